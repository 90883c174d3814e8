//! Figures of a month: those that everybody may see, small numbers left out.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use sigap_core::figures::Period;
use sigap_core::figures::shown::{Shown, count, of_people};
use utoipa::{IntoParams, ToSchema};

use super::{OfOffice, Problem, Program, busy, json, problem};
use crate::routes::AppState;

/// Of which month.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// `2026-11`; left out, the month of yesterday.
    #[serde(default)]
    month: Option<String>,
}

/// A month of an office. A number from one to four is left out: nobody is to be found in it.
#[derive(Serialize, ToSchema)]
pub struct Figures {
    /// `2026-11`.
    month: String,
    /// The last day that was counted.
    until: Option<String>,
    /// Days that were counted.
    days: u64,
    /// Numbers given in the hall.
    came: Option<u64>,
    /// Served at a counter.
    served: Option<u64>,
    /// Gone without being served.
    left: Option<u64>,
    /// Called in vain.
    missed: Option<u64>,
    /// Half of the people waited at most so many minutes.
    wait_minutes_p50: Option<u32>,
    /// Nine of ten waited at most so many minutes.
    wait_minutes_p90: Option<u32>,
}

/// The figures of a month.
#[utoipa::path(
    get,
    path = "/api/v1/offices/{office}/figures",
    tag = "figures",
    params(OfOffice, Wanted),
    security(("key" = ["figures"])),
    responses(
        (status = 200, description = "The month", body = Figures),
        (status = 422, description = "Not a month", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn figures(State(state): State<AppState>, program: Program, Query(wanted): Query<Wanted>) -> Response {
    let month = wanted.month.as_deref().map(Period::parse);
    if month.is_some_and(|month| !matches!(month, Some(Period::Month(_)))) {
        return problem(
            StatusCode::UNPROCESSABLE_ENTITY,
            "urn:sigap:problem:not-a-month",
            "This is not a month",
            "write it as 2026-11",
        );
    }
    let Ok(seen) = state.service.view_public_figures(program.office, month.flatten()).await else {
        return busy();
    };
    let all = &seen.figures.all;
    let visits = all.visits;
    let waited = all.wait.count();
    let minutes = |percent| told(of_people(all.wait.bound(percent).map(|bound| bound.minutes()), waited));
    json(
        StatusCode::OK,
        Figures {
            month: seen.figures.period.name(),
            until: seen.figures.until.map(|day| day.to_string()),
            days: all.days,
            came: visits.and_then(|visits| told(count(visits.came))),
            served: visits.and_then(|visits| told(count(visits.served))),
            left: visits.and_then(|visits| told(count(visits.left))),
            missed: visits.and_then(|visits| told(count(visits.missed))),
            wait_minutes_p50: minutes(50),
            wait_minutes_p90: minutes(90),
        },
    )
}

fn told<T>(shown: Shown<T>) -> Option<T> {
    match shown {
        Shown::Told(value) => Some(value),
        Shown::Few | Shown::None => None,
    }
}
