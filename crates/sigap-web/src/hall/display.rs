//! `GET /display/{office}`: the board of the hall. Numbers and counters only, nothing personal; it recovers by itself.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;
use sigap_actions::view_hall::DisplayView;
use sigap_core::calendar::local_date;
use sigap_core::conversation::reply::Arg;
use sigap_core::office::{DayException, Office};
use sigap_core::queue::spoken::clips;

use super::{Feed, clock_words, line_words, short_band, streamed, today_words};
use crate::pages::{Asked, Words, busy, nowhere, office_of, private_page, told};
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "hall/display.html", blocks = ["call", "last", "foot"])]
struct DisplayPage<'a> {
    words: Words<'a>,
    slug: String,
    zone: String,
    current: Option<Call>,
    others: Vec<Call>,
    lines: Vec<LineRow>,
    closure: String,
    day: String,
    updated: String,
    newest: i64,
}

struct Call {
    number: String,
    counter: String,
}

struct LineRow {
    name: String,
    waiting: usize,
    band: String,
}

#[derive(Serialize)]
struct Told {
    call: String,
    last: String,
    foot: String,
    calls: Vec<Spoken>,
}

#[derive(Serialize)]
struct Spoken {
    id: i64,
    /// Seconds since it was called.
    age: i64,
    clips: Vec<&'static str>,
}

/// Days ahead in which the next day off is told.
const CLOSURE_DAYS: i64 = 14;

/// The next day on which the office is closed although its week is not, and why.
fn next_closure(office: &Office, now: jiff::Timestamp) -> Option<(Date, String)> {
    let today = local_date(office, now);
    let until = today.checked_add(CLOSURE_DAYS.days()).ok()?;
    let after = (std::ops::Bound::Excluded(today), std::ops::Bound::Included(until));
    office.exceptions.range(after).find_map(|(day, exception)| {
        let weekday = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or_default();
        let is_worked = office.hours.week.get(weekday).is_some_and(|hours| !hours.is_empty());
        match exception {
            DayException::Closed { reason, .. } if is_worked => Some((*day, reason.clone())),
            _ => None,
        }
    })
}

fn page_of<'a>(words: Words<'a>, office: &'a Office, view: &DisplayView) -> DisplayPage<'a> {
    let mut calls = view.calls.iter().map(|call| Call {
        number: call.label.to_string(),
        counter: call.counter.to_string(),
    });
    DisplayPage {
        slug: office.slug.clone(),
        zone: office.zone.iana_name().unwrap_or("UTC").to_owned(),
        current: calls.next(),
        others: calls.collect(),
        lines: view
            .lines
            .iter()
            .filter(|line| line.waiting > 0 || line.counters > 0)
            .map(|line| LineRow {
                name: line_words(words, &line.line),
                waiting: line.waiting,
                band: match line.newcomer {
                    Some(_) => words.newcomer(&short_band(words, office, view.at, line.newcomer)),
                    None => short_band(words, office, view.at, None).to_lowercase(),
                },
            })
            .collect(),
        closure: next_closure(office, view.at)
            .map(|(day, reason)| {
                words.key(
                    "hall.closed_on",
                    &[("day", Arg::Day(day)), ("reason", Arg::Text(reason))],
                )
            })
            .unwrap_or_default(),
        day: today_words(words, office, view.at),
        updated: clock_words(words, office, view.at),
        newest: view.calls.first().map_or(0, |call| call.id),
        words,
    }
}

/// The board.
pub async fn show(State(state): State<AppState>, Path(slug): Path<String>, Query(asked): Query<Asked>) -> Response {
    let Some(office) = office_of(&state, &slug) else {
        return nowhere();
    };
    let words = Words::new(state.service.content(), office, asked.language());
    match state.service.view_display(office.id).await {
        Err(_) => busy(),
        Ok(Err(_)) => told(words, StatusCode::NOT_FOUND, "no_hall_title", "no_hall"),
        Ok(Ok(view)) => private_page(StatusCode::OK, &page_of(words, office, &view)),
    }
}

/// The live parts of the board.
pub async fn stream(State(state): State<AppState>, Path(slug): Path<String>, Query(asked): Query<Asked>) -> Response {
    let Some(office) = office_of(&state, &slug).map(|office| office.id) else {
        return nowhere();
    };
    streamed(&state, Feed::Hall, office, move |state| {
        let asked = asked.clone();
        async move {
            let view = state.service.view_display(office).await.ok()?.ok()?;
            let content = state.service.content();
            let office = content.office(office)?;
            let page = page_of(Words::new(content, office, asked.language()), office, &view);
            let told = Told {
                call: page.as_call().render().ok()?,
                last: page.as_last().render().ok()?,
                foot: page.as_foot().render().ok()?,
                calls: view
                    .calls
                    .iter()
                    .map(|call| Spoken {
                        id: call.id,
                        age: view.at.duration_since(call.at).as_secs(),
                        clips: clips(call.label, call.counter),
                    })
                    .collect(),
            };
            serde_json::to_string(&told).ok()
        }
    })
}

#[cfg(test)]
mod tests;
