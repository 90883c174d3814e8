//! `GET /staff` and `GET /staff/{office}`: which office, and what waits there now.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use sigap_core::calendar::local_date;
use sigap_core::conversation::reply::Arg;
use sigap_core::language::Language;
use sigap_core::notices::budget::Used;
use sigap_core::staff::Right;

use super::{Asker, Bar};
use crate::hall::{clock_words, line_words, short_band};
use crate::pages::{Words, busy, nowhere, private_page};
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "console/offices.html")]
struct OfficesPage<'a> {
    words: Words<'a>,
    offices: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "console/home.html")]
struct HomePage<'a> {
    words: Words<'a>,
    bar: Bar,
    lines: Vec<LineRow>,
    has_hall: bool,
    cases: Option<String>,
    /// When, and what a citizen wrote.
    praises: Vec<(String, String)>,
    money: Option<String>,
    to_check: Option<String>,
    updated: String,
}

struct LineRow {
    name: String,
    waiting: usize,
    longest: String,
    counters: usize,
    band: String,
    done: u64,
}

#[derive(Template)]
#[template(path = "console/message.html")]
struct MessagePage<'a> {
    words: Words<'a>,
    bar: Bar,
    title: String,
    body: String,
}

/// Offices that this installation serves.
pub async fn offices(State(state): State<AppState>) -> Response {
    let content = state.service.content();
    let known: Vec<_> = state
        .numbers
        .offices()
        .into_iter()
        .filter_map(|id| content.office(id))
        .collect();
    let Some(first) = known.first() else {
        return nowhere();
    };
    private_page(
        StatusCode::OK,
        &OfficesPage {
            words: Words::new(content, first, Language::Id),
            offices: known
                .iter()
                .map(|office| (office.slug.clone(), office.name.clone()))
                .collect(),
        },
    )
}

/// What waits now.
pub async fn show(State(state): State<AppState>, asker: Asker) -> Response {
    let (Some(office), Some(words)) = (asker.office(&state), asker.words(&state)) else {
        return nowhere();
    };
    let seen = match state.service.view_display(office.id).await {
        Err(_) => return busy(),
        Ok(seen) => seen.ok(),
    };
    let mut cases = None;
    if asker.officer.may(Right::Cases) {
        let Ok(seen) = state.service.count_cases(office.id, asker.officer.clone()).await else {
            return busy();
        };
        cases = seen.ok().map(|waiting| {
            let number = |count: u64| Arg::count(count);
            words.key(
                "console.cases_waiting",
                &[("count", number(waiting.open)), ("late", number(waiting.late))],
            )
        });
    }
    let Ok(praises) = state.service.view_praises(office.id, asker.officer.clone()).await else {
        return busy();
    };
    let praises = praises
        .into_iter()
        .map(|(at, text)| (words.arg(&Arg::Day(office.zone.to_datetime(at).date())), text));
    let mut money = None;
    if asker.officer.may(Right::Notices) {
        let Ok(seen) = state.service.view_money(office.id).await else {
            return busy();
        };
        let used = seen.used();
        let left = [("left", Arg::Rupiah(seen.left_rupiah()))];
        money = (used != Used::Fine).then(|| words.key(&format!("console.notices_warn_{}", used.name()), &left));
    }
    let mut to_check = None;
    if asker.officer.may(Right::Content) {
        let today = local_date(office, state.clock.now());
        let due = state.service.content().to_check(office, today);
        let due = due.iter().filter(|entry| entry.since.is_some()).count();
        let count = Arg::count(due);
        to_check = (due > 0).then(|| words.key("editor.home_to_check", &[("count", count)]));
    }
    let lines = seen.iter().flat_map(|view| {
        view.lines.iter().map(|line| LineRow {
            name: line_words(words, &line.line),
            waiting: line.waiting,
            longest: line
                .longest
                .map(|since| clock_words(words, office, since))
                .unwrap_or_default(),
            counters: line.counters,
            band: short_band(words, office, view.at, line.newcomer),
            done: line.done,
        })
    });
    private_page(
        StatusCode::OK,
        &HomePage {
            words,
            bar: asker.bar("home"),
            lines: lines.collect(),
            has_hall: seen.is_some(),
            cases,
            praises: praises.collect(),
            money,
            to_check,
            updated: clock_words(words, office, state.clock.now()),
        },
    )
}

/// The right is missing: said kindly, with who can give it.
pub(crate) fn denied(state: &AppState, asker: &Asker) -> Response {
    let Some(words) = asker.words(state) else {
        return nowhere();
    };
    message(
        words,
        asker.bar(""),
        StatusCode::FORBIDDEN,
        "console.denied_title",
        words.key("console.denied", &[]),
    )
}

/// A page that only says something.
pub(crate) fn message(words: Words<'_>, bar: Bar, status: StatusCode, title: &str, body: String) -> Response {
    private_page(
        status,
        &MessagePage {
            words,
            bar,
            title: words.key(title, &[]),
            body,
        },
    )
}
