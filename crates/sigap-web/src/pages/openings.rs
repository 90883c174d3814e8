//! `GET /o/{office}/undian`: what is published of an office's openings, with the transcripts of its draws.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::DateTime;
use sigap_core::booking::Release;
use sigap_core::conversation::reply::Arg;

use super::{Asked, Words, busy, nowhere, office_of, page};
use crate::routes::AppState;

struct Row {
    service: String,
    day: String,
    how: String,
    when: String,
    /// Where the transcript is; empty for releases without one.
    transcript: String,
}

#[derive(Template)]
#[template(path = "openings.html")]
struct OpeningsPage<'a> {
    words: Words<'a>,
    rows: Vec<Row>,
}

/// The list.
pub async fn list(State(state): State<AppState>, Path(slug): Path<String>, Query(asked): Query<Asked>) -> Response {
    let Some(office) = office_of(&state, &slug) else {
        return nowhere();
    };
    let Ok(published) = state.service.view_openings(office.id).await else {
        return busy();
    };
    let words = Words::new(state.service.content(), office, asked.language());
    let moment = |at: &DateTime| [("day", Arg::Day(at.date())), ("time", Arg::Clock(at.time()))];
    let rows = published
        .into_iter()
        .map(|opening| Row {
            service: words.service(&opening.service),
            day: words.arg(&Arg::Day(opening.day)),
            how: words.of(&format!("release_{}", opening.release.name())),
            when: match &opening.release {
                Release::Draw { drawn_at, .. } => words.with("drawn_at", &moment(drawn_at)),
                other => words.with("opens_at", &moment(&other.opens_at())),
            },
            transcript: if opening.transcript.is_empty() {
                String::new()
            } else {
                format!("/o/{slug}/undian/{}/{}", opening.service, opening.day)
            },
        })
        .collect();
    page(StatusCode::OK, &OpeningsPage { words, rows })
}

/// One transcript as it stands, JSON.
pub async fn transcript(
    State(state): State<AppState>,
    Path((slug, service, day)): Path<(String, String, String)>,
) -> Response {
    let Some(office) = office_of(&state, &slug) else {
        return nowhere();
    };
    let Ok(published) = state.service.view_openings(office.id).await else {
        return busy();
    };
    let found = published
        .into_iter()
        .find(|opening| opening.service == service && opening.day.to_string() == day && !opening.transcript.is_empty());
    match found {
        None => nowhere(),
        Some(opening) => (
            [
                (header::CONTENT_TYPE, "application/json; charset=utf-8"),
                (header::CACHE_CONTROL, "no-cache"),
            ],
            opening.transcript,
        )
            .into_response(),
    }
}
