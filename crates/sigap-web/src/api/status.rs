//! The stage of an application: what the bare number shows to anybody. The number is sent in the body, for addresses are written to logs.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use sigap_core::application::ApplicationView;
use sigap_core::ids::ApplicationNumber;
use utoipa::ToSchema;

use super::{OfOffice, Problem, Program, busy, json, parsed, problem};
use crate::routes::AppState;

/// Of which.
#[derive(Deserialize, ToSchema)]
#[schema(as = StatusQuestion)]
pub struct Question {
    /// Sixteen digits; spaces, dots and dashes do not matter.
    number: String,
}

/// How far it is.
#[derive(Serialize, ToSchema)]
pub struct Status {
    /// The stage.
    stage: &'static str,
    /// The office, by its short name.
    office: Option<String>,
    /// When the office took over its reports last: the stage is as old as that.
    data_at: Option<String>,
}

/// The stage of an application, whichever office has it.
#[utoipa::path(
    post,
    path = "/api/v1/offices/{office}/status",
    tag = "status",
    params(OfOffice),
    request_body = Question,
    security(("key" = ["status"])),
    responses(
        (status = 200, description = "How far it is", body = Status),
        (status = 404, description = "Nobody has this number, or no report has named it yet", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Not a number of an application", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn status(State(state): State<AppState>, program: Program, body: Bytes) -> Response {
    let question: Question = match parsed(&body) {
        Ok(question) => question,
        Err(response) => return *response,
    };
    let digits: String = question.number.chars().filter(char::is_ascii_digit).collect();
    let Some(number) = ApplicationNumber::parse(&digits) else {
        return problem(
            StatusCode::UNPROCESSABLE_ENTITY,
            "urn:sigap:problem:not-a-number",
            "This is no number of an application",
            "send the sixteen digits on the proof of application",
        );
    };
    let bare = match state.service.view_bare(program.office, number).await {
        Err(_) => return busy(),
        Ok(ApplicationView::Bare(bare) | ApplicationView::Dated(bare, _) | ApplicationView::Full(bare, _, _)) => bare,
        Ok(ApplicationView::NotShown) => {
            return problem(
                StatusCode::NOT_FOUND,
                "urn:sigap:problem:unknown-number",
                "No report has named this number yet",
                "check the digits; a new application appears after the office's next report",
            );
        }
    };
    let office = state.service.content().office(bare.office);
    json(
        StatusCode::OK,
        Status {
            stage: bare.stage.name(),
            office: office.map(|office| office.slug.clone()),
            data_at: bare.data_at.map(|at| at.to_string()),
        },
    )
}
