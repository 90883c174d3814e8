//! `GET /api/openapi.json`: what programs may ask for, as OpenAPI 3.1, made from the code that answers.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

use super::{bookings, figures, openings, places, queue, reports, status};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "sigap",
        version = "1",
        description = "For partners of an immigration office. Every request names one office and shows a key of that office, which the \
                       office makes and takes back; a key allows what the office chose, so many times an hour. Refusals are problem \
                       details (RFC 9457): `type` stays, `detail` says the next step. Calls to the addresses of partners follow \
                       Standard Webhooks."
    ),
    paths(
        places::office,
        places::places,
        openings::openings,
        queue::queue,
        status::status,
        bookings::book,
        bookings::show,
        bookings::cancel,
        figures::figures,
        reports::import,
    ),
    modifiers(&Key)
)]
struct Document;

struct Key;

impl Modify for Key {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("A key of the office: `Authorization: Bearer sigap_…`"))
            .build();
        if let Some(components) = openapi.components.as_mut() {
            components.add_security_scheme("key", SecurityScheme::Http(scheme));
        }
    }
}

/// The document.
pub async fn show() -> Response {
    match Document::openapi().to_json() {
        Ok(document) => (
            [
                (header::CONTENT_TYPE, "application/json; charset=utf-8"),
                (header::CACHE_CONTROL, "max-age=3600"),
            ],
            document,
        )
            .into_response(),
        Err(_) => super::busy(),
    }
}

#[cfg(test)]
mod tests;
