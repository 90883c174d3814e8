//! How the hall of an office stands: what everybody in it sees on the display.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;
use sigap_core::queue::outlook::rounded;
use utoipa::ToSchema;

use super::{OfOffice, Problem, Program, busy, json, problem};
use crate::routes::AppState;

/// The hall at a moment.
#[derive(Serialize, ToSchema)]
pub struct Hall {
    /// When it was read.
    at: String,
    /// Its lines.
    lines: Vec<Line>,
    /// The last calls, the newest first.
    calls: Vec<Call>,
}

/// A line.
#[derive(Serialize, ToSchema)]
pub struct Line {
    /// Which.
    line: String,
    /// People in it.
    waiting: usize,
    /// Counters that serve it.
    counters: usize,
    /// Since when the first of them waits.
    longest_since: Option<String>,
    /// Served today.
    done: u64,
    /// When somebody who comes now is called; absent while nobody can know.
    newcomer: Option<Between>,
}

/// Half of the people are called before the first time, nine of ten before the second.
#[derive(Serialize, ToSchema)]
pub struct Between {
    /// From.
    from: String,
    /// To.
    to: String,
}

/// A call.
#[derive(Serialize, ToSchema)]
pub struct Call {
    /// What stands on the ticket.
    number: String,
    /// The line.
    line: String,
    /// Where to.
    counter: String,
    /// When.
    at: String,
}

/// The hall.
#[utoipa::path(
    get,
    path = "/api/v1/offices/{office}/queue",
    tag = "queue",
    params(OfOffice),
    security(("key" = ["queue"])),
    responses(
        (status = 200, description = "The hall at this moment", body = Hall),
        (status = 404, description = "The office runs its hall without sigap", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn queue(State(state): State<AppState>, program: Program) -> Response {
    let seen = match state.service.view_display(program.office).await {
        Err(_) => return busy(),
        Ok(Err(_)) => {
            return problem(
                StatusCode::NOT_FOUND,
                "urn:sigap:problem:no-hall",
                "The office runs its hall without sigap",
                "ask the office how people queue there",
            );
        }
        Ok(Ok(seen)) => seen,
    };
    let at = seen.at;
    let hall = Hall {
        at: at.to_string(),
        lines: seen
            .lines
            .into_iter()
            .map(|line| Line {
                line: line.line,
                waiting: line.waiting,
                counters: line.counters,
                longest_since: line.longest.map(|since| since.to_string()),
                done: line.done,
                newcomer: line.newcomer.map(|band| {
                    let (from, to) = rounded(band, at);
                    Between {
                        from: from.to_string(),
                        to: to.to_string(),
                    }
                }),
            })
            .collect(),
        calls: seen
            .calls
            .into_iter()
            .map(|call| Call {
                number: call.label.to_string(),
                line: call.line,
                counter: call.counter.to_string(),
                at: call.at.to_string(),
            })
            .collect(),
    };
    json(StatusCode::OK, hall)
}
