//! Special openings of an office: which days, how their places are given, and where the public record of a draw is.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;
use sigap_core::booking::Release;
use utoipa::ToSchema;

use super::{OfOffice, Problem, Program, busy, json, unknown_office};
use crate::routes::AppState;

/// A special opening. Times are those of the office.
#[derive(Serialize, ToSchema)]
pub struct Opening {
    /// The service.
    service: String,
    /// The day of the visits.
    day: String,
    /// How places are given: `first_come`, `shuffled`, `draw` or `waiting_list`.
    release: &'static str,
    /// From when.
    opens_at: String,
    /// Entries until then, where places are drawn.
    closes_at: Option<String>,
    /// When the draw is made.
    drawn_at: Option<String>,
    /// How far it is: `committed`, `closed` or `released`.
    phase: &'static str,
    /// The public record of the draw, once there is one.
    record: Option<String>,
}

/// The openings, the next one first.
#[utoipa::path(
    get,
    path = "/api/v1/offices/{office}/openings",
    tag = "places",
    params(OfOffice),
    security(("key" = ["places"])),
    responses(
        (status = 200, description = "The openings", body = Vec<Opening>),
        (status = 401, description = "No good key", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn openings(State(state): State<AppState>, program: Program) -> Response {
    let Some(office) = program.office(&state) else {
        return unknown_office();
    };
    let Ok(published) = state.service.view_openings(office.id).await else {
        return busy();
    };
    let page = state.links.openings(&office.slug);
    let openings: Vec<Opening> = published
        .into_iter()
        .map(|opening| {
            let (closes_at, drawn_at) = match &opening.release {
                Release::Draw {
                    closes_at, drawn_at, ..
                } => (Some(closes_at.to_string()), Some(drawn_at.to_string())),
                _ => (None, None),
            };
            let record =
                (!opening.transcript.is_empty()).then(|| format!("{page}/{}/{}", opening.service, opening.day));
            Opening {
                day: opening.day.to_string(),
                release: opening.release.name(),
                opens_at: opening.release.opens_at().to_string(),
                closes_at,
                drawn_at,
                phase: opening.phase.name(),
                record,
                service: opening.service,
            }
        })
        .collect();
    json(StatusCode::OK, openings)
}
