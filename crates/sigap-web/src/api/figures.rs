//! Figures of a month that is over: those that everybody may see, small numbers left out.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use sigap_core::figures::shown::{Shown, bound, count, parts};
use sigap_core::figures::{Bound, Period};
use utoipa::{IntoParams, ToSchema};

use super::{OfOffice, Problem, Program, busy, json, problem};
use crate::routes::AppState;

/// Of which month.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// `2026-11`; left out, the newest month that is over.
    #[serde(default)]
    month: Option<String>,
}

/// A month of an office. A number from one to four is left out, and with it another one from which it could be reckoned: nobody is to be found
/// in them.
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
    /// Half of the people waited at most so many minutes; left out below ten people.
    wait_minutes_p50: Option<u32>,
    /// Nine of ten waited at most so many minutes; left out below fifty people.
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
        (status = 422, description = "Not a month, or not over", body = Problem, content_type = "application/problem+json"),
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
    let seen = match state.service.view_public_month(program.office, month.flatten()).await {
        Err(_) => return busy(),
        Ok(None) => {
            return problem(
                StatusCode::UNPROCESSABLE_ENTITY,
                "urn:sigap:problem:not-over",
                "This month is not over",
                "ask when it is over; left out, the month is the newest that is",
            );
        }
        Ok(Some(seen)) => seen,
    };
    let all = &seen.all;
    let ends = all.visits.map(|of| parts([of.served, of.left, of.missed]));
    let end = |place: usize| ends.and_then(|ends| told(ends[place]));
    let minutes = |percent| told(bound(&all.wait, percent)).map(Bound::minutes);
    json(
        StatusCode::OK,
        Figures {
            month: seen.period.name(),
            until: seen.until.map(|day| day.to_string()),
            days: all.days,
            came: all.visits.and_then(|of| told(count(of.came))),
            served: end(0),
            left: end(1),
            missed: end(2),
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
