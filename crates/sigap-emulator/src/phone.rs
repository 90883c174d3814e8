//! The page `/phone`: a phone with a chat, served as plain HTML with one script and one style sheet of its own.
//!
//! It shows what Meta would show, not what the office meant: everything on it came over the wire.

mod events;
mod page;
mod templates;

use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::json;

use crate::emulator::Emulator;
use crate::exchange::FormStep;
use crate::limits::IMAGE_BYTES_MAX;
use crate::media::kind_of;
use crate::said::{Said, SayRefusal};

/// Nothing inline, nothing from elsewhere.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

/// Which chat.
#[derive(Deserialize)]
struct Which {
    person: String,
    number: String,
}

pub(crate) fn router(emulator: Emulator) -> Router {
    Router::new()
        .route("/phone", get(page::show))
        .route("/phone/templat", get(templates::show).post(templates::judge))
        .route("/phone/app.js", get(script))
        .route("/phone/form.js", get(form_script))
        .route("/phone/flow/{id}", get(flow))
        .route("/phone/form", post(step_form))
        .route("/phone/app.css", get(style))
        .route("/phone/events", get(events::stream))
        .route("/phone/say", post(say))
        .route(
            "/phone/file",
            post(put_file).layer(DefaultBodyLimit::max(IMAGE_BYTES_MAX)),
        )
        .route("/phone/media/{id}", get(media))
        .route("/phone/wire", get(events::wire))
        .route("/phone/line", post(set_line))
        .route("/phone/faults", post(push_fault).delete(clear_faults))
        .with_state(emulator)
}

async fn script() -> Response {
    asset("text/javascript; charset=utf-8", include_str!("../assets/phone.js"))
}

async fn form_script() -> Response {
    asset("text/javascript; charset=utf-8", include_str!("../assets/form.js"))
}

/// The screens of a form, as the phone draws them.
async fn flow(State(emulator): State<Emulator>, Path(id): Path<String>) -> Response {
    match emulator.inner.flows.get(&id) {
        Some(flow) => Json(flow.screens()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn style() -> Response {
    asset("text/css; charset=utf-8", include_str!("../assets/phone.css"))
}

fn asset(kind: &'static str, text: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, text).into_response()
}

/// A browser says where a request comes from; pages of other sites may not type on this phone.
fn is_foreign(headers: &HeaderMap) -> bool {
    headers
        .get("sec-fetch-site")
        .is_some_and(|site| site != "same-origin" && site != "none")
}

async fn say(
    State(emulator): State<Emulator>,
    Query(which): Query<Which>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if is_foreign(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let Ok(said) = serde_json::from_slice::<Said>(&body) else {
        return (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "error": "unreadable" }))).into_response();
    };
    match emulator.person_says(&which.person, &which.number, said) {
        Ok(id) => (StatusCode::CREATED, Json(json!({ "id": id }))).into_response(),
        Err(refusal) => {
            let status = match refusal {
                SayRefusal::NoSuchPerson | SayRefusal::NoSuchNumber | SayRefusal::NoSuchMessage => {
                    StatusCode::NOT_FOUND
                }
                SayRefusal::Offline => StatusCode::SERVICE_UNAVAILABLE,
                SayRefusal::BadLength => StatusCode::UNPROCESSABLE_ENTITY,
            };
            (status, Json(json!({ "error": refusal.word() }))).into_response()
        }
    }
}

/// One step of a form that asks its office for each screen.
async fn step_form(
    State(emulator): State<Emulator>,
    Query(which): Query<Which>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if is_foreign(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let Ok(step) = serde_json::from_slice::<FormStep>(&body) else {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    };
    match emulator.step_form(&which.person, &which.number, step).await {
        Ok(next) => Json(next).into_response(),
        Err(refusal) => (StatusCode::NOT_FOUND, Json(json!({ "error": refusal.word() }))).into_response(),
    }
}

async fn put_file(State(emulator): State<Emulator>, headers: HeaderMap, body: Bytes) -> Response {
    if is_foreign(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    match kind_of(kind) {
        Some((_, bytes_max)) if !body.is_empty() && body.len() <= bytes_max => {
            let id = emulator.shelve(body, kind.to_owned());
            (StatusCode::CREATED, Json(json!({ "id": id }))).into_response()
        }
        _ => (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "error": "bad_file" }))).into_response(),
    }
}

async fn media(State(emulator): State<Emulator>, Path(id): Path<String>) -> Response {
    match emulator.inner.media.get(&id) {
        Some(file) => {
            let headers = [
                (header::CONTENT_TYPE, file.mime_type),
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
                (
                    header::CONTENT_SECURITY_POLICY,
                    "sandbox; default-src 'none'".to_owned(),
                ),
            ];
            (headers, file.bytes).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Whether the phone has a line.
#[derive(Deserialize)]
struct Line {
    person: String,
    online: bool,
}

async fn set_line(State(emulator): State<Emulator>, headers: HeaderMap, Json(line): Json<Line>) -> Response {
    if is_foreign(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    if emulator.person(&line.person).is_none() {
        return StatusCode::NOT_FOUND.into_response();
    }
    emulator.set_online(&line.person, line.online);
    StatusCode::NO_CONTENT.into_response()
}

async fn push_fault(State(emulator): State<Emulator>, headers: HeaderMap, body: Bytes) -> Response {
    if is_foreign(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    match serde_json::from_slice(&body) {
        Ok(fault) => {
            emulator.faults().push(fault);
            Json(emulator.faults().waiting()).into_response()
        }
        Err(_) => StatusCode::UNPROCESSABLE_ENTITY.into_response(),
    }
}

async fn clear_faults(State(emulator): State<Emulator>, headers: HeaderMap) -> Response {
    if is_foreign(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    emulator.faults().clear();
    Json(emulator.faults().waiting()).into_response()
}
