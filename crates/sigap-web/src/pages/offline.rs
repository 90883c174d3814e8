//! `GET /luring`: what a browser shows where there is no network and the wanted page is not kept. The worker keeps it beforehand; a
//! script fills in what is kept on this very phone.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::{Asked, Words, lasting, nowhere};
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "offline.html")]
struct OfflinePage<'a> {
    words: Words<'a>,
}

/// The page. It is of no office: any one lends it its words.
pub async fn show(State(state): State<AppState>, Query(asked): Query<Asked>) -> Response {
    let content = state.service.content();
    let Some(office) = content.offices().first() else {
        return nowhere();
    };
    let words = Words::new(content, office, asked.language());
    lasting(StatusCode::OK, &OfflinePage { words })
}
