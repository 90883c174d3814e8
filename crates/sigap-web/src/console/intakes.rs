//! `/staff/{office}/permohonan`: what people gave ahead of their visits, day by day, what is missing most comes first.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use serde::Deserialize;
use sigap_actions::work_intake::IntakeLine;
use sigap_core::calendar::local_date;
use sigap_core::conversation::reply::Arg;
use sigap_core::ids::BookingId;
use sigap_core::intake::PaperState;
use sigap_core::office::Office;

use super::door::{Meant, meant};
use super::{Asker, Bar, go};
use crate::pages::{Words, busy, nowhere, with_camera};
use crate::routes::AppState;

/// Days that can be looked at from the list: today and the coming week.
const DAYS: usize = 8;

#[derive(Template)]
#[template(path = "console/intakes.html")]
struct IntakesPage<'a> {
    words: Words<'a>,
    bar: Bar,
    slug: String,
    title: String,
    days: Vec<DayLink>,
    rows: Vec<Row>,
    /// Why nothing was found by a code.
    wrong: String,
}

struct DayLink {
    date: String,
    name: String,
    is_shown: bool,
}

struct Row {
    id: i64,
    name: String,
    code: String,
    service: String,
    case: String,
    state: String,
    is_open: bool,
    counts: String,
}

/// Which day.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    hari: String,
}

/// The intakes of a day.
pub async fn list(State(state): State<AppState>, asker: Asker, Query(asked): Query<Asked>) -> Response {
    let (Some(office), Some(words)) = (asker.office(&state), asker.words(&state)) else {
        return nowhere();
    };
    let today = local_date(office, state.clock.now());
    let day: Date = asked.hari.parse().unwrap_or(today);
    let listed = state
        .service
        .list_day_intakes(office.id, asker.officer.clone(), day)
        .await;
    match listed {
        Err(_) => busy(),
        Ok(Err(_)) => nowhere(),
        Ok(Ok(lines)) => {
            let title = words.arg(&Arg::Day(day));
            page(&asker, words, (today, Some(day)), title, &lines, "")
        }
    }
}

/// What is typed, or scanned from a ticket.
#[derive(Debug, Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    code: String,
}

/// The intake of whoever shows a ticket.
pub async fn find(State(state): State<AppState>, asker: Asker, Form(typed): Form<Typed>) -> Response {
    let (Some(office), Some(words)) = (asker.office(&state), asker.words(&state)) else {
        return nowhere();
    };
    let found = match meant(&state, office, &typed.code) {
        Meant::Code(code) => {
            let service = &state.service;
            let found = service.intakes_by_code(office.id, asker.officer.clone(), code);
            match found.await {
                Err(_) => return busy(),
                Ok(found) => found.unwrap_or_default(),
            }
        }
        Meant::Elsewhere | Meant::Forged | Meant::Name(_) => Vec::new(),
    };
    shown(&state, &asker, words, office, &found)
}

/// The intake of whoever came with a booking; of several people the list of them.
pub async fn of_visit(
    State(state): State<AppState>,
    Path((_, booking)): Path<(String, i64)>,
    asker: Asker,
) -> Response {
    let (Some(office), Some(words)) = (asker.office(&state), asker.words(&state)) else {
        return nowhere();
    };
    let found = state
        .service
        .intakes_of_booking(office.id, asker.officer.clone(), BookingId(booking))
        .await;
    match found {
        Err(_) => busy(),
        Ok(Err(_)) => nowhere(),
        Ok(Ok(lines)) => shown(&state, &asker, words, office, &lines),
    }
}

/// The one intake of a booking, or the list of its people's.
fn shown(state: &AppState, asker: &Asker, words: Words<'_>, office: &Office, lines: &[IntakeLine]) -> Response {
    if let [only] = lines {
        return go(&format!("/staff/{}/permohonan/{}", asker.slug, only.row.id));
    }
    let today = local_date(office, state.clock.now());
    let title = words.key("intakes.of_visit", &[]);
    let wrong = if lines.is_empty() { "intakes.none_by_code" } else { "" };
    page(asker, words, (today, None), title, lines, wrong)
}

fn page(
    asker: &Asker,
    words: Words<'_>,
    (today, shown): (Date, Option<Date>),
    title: String,
    lines: &[IntakeLine],
    wrong: &str,
) -> Response {
    let days = std::iter::successors(Some(today), |day| day.tomorrow().ok())
        .take(DAYS)
        .map(|day| DayLink {
            date: day.to_string(),
            name: words.arg(&Arg::ShortDay(day)),
            is_shown: Some(day) == shown,
        })
        .collect();
    let (status, wrong) = match wrong {
        "" => (StatusCode::OK, String::new()),
        key => (StatusCode::NOT_FOUND, words.key(key, &[])),
    };
    with_camera(
        status,
        &IntakesPage {
            words,
            bar: asker.bar("intakes"),
            slug: asker.slug.clone(),
            title,
            days,
            rows: lines.iter().map(|line| row(words, line)).collect(),
            wrong,
        },
    )
}

fn row(words: Words<'_>, line: &IntakeLine) -> Row {
    Row {
        id: line.row.id.0,
        name: line.visitor.name.clone(),
        code: line.code.grouped(),
        service: words.service(&line.service),
        case: case_words(words, &line.row.content.case),
        state: words.key(&format!("intakes.state_{}", line.row.state.name()), &[]),
        is_open: line.missing > 0,
        counts: counts_words(words, line),
    }
}

/// What is missing, and what waits for an officer's eye.
fn counts_words(words: Words<'_>, line: &IntakeLine) -> String {
    let papers = line.row.content.papers.iter();
    let waiting = papers.filter(|paper| matches!(paper.state, PaperState::Checked | PaperState::Waiting));
    words.key(
        "intakes.counts",
        &[
            ("missing", Arg::count(line.missing)),
            ("waiting", Arg::count(waiting.count())),
        ],
    )
}

/// One person's intake in a line, for the counter.
pub(super) fn given_words(words: Words<'_>, line: &IntakeLine) -> String {
    let case = case_words(words, &line.row.content.case);
    let state = words.key(&format!("intakes.state_{}", line.row.state.name()), &[]);
    let counts = counts_words(words, line);
    format!("{}: {case}, {state}. {counts}", line.visitor.name)
}

/// Which application it is for; a dash while nobody said.
pub(super) fn case_words(words: Words<'_>, case: &str) -> String {
    if case.is_empty() {
        "–".to_owned()
    } else {
        words.arg(&Arg::Key(format!("case.{case}")))
    }
}
