//! `/staff/{office}/paspor`: finished passports: where they lie, who may collect them with which papers, which are cancelled soon. The
//! number is typed or scanned from the slip and never stands in an address.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use sigap_actions::hand_over_passport::{PassportRefusal, PassportView};
use sigap_actions::service::PassportDeed;
use sigap_core::conversation::reply::Arg;
use sigap_core::ids::ApplicationNumber;

use super::{Asker, Bar};
use crate::pages::{Words, busy, nowhere, private_page};
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "console/passports.html")]
struct PassportsPage<'a> {
    words: Words<'a>,
    bar: Bar,
    typed: String,
    told: String,
    problem: String,
    found: Option<Found>,
    soon: Vec<Row>,
    cancelled: Vec<Row>,
}

/// A passport in full.
struct Found {
    number: String,
    grouped: String,
    name: String,
    state: String,
    is_ready: bool,
    ready_on: String,
    last_day: String,
    left: String,
    shelf: String,
    ways: Vec<Way>,
}

/// A way to collect.
struct Way {
    id: String,
    name: String,
    papers: Vec<String>,
}

/// A passport in a list.
struct Row {
    number: String,
    grouped: String,
    name: String,
    shelf: String,
    last_day: String,
}

/// What is typed or tapped.
#[derive(Debug, Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    number: String,
    #[serde(default)]
    deed: String,
    #[serde(default)]
    shelf: String,
    #[serde(default)]
    by: String,
    #[serde(default)]
    taker: String,
}

/// The page.
pub async fn show(State(state): State<AppState>, asker: Asker) -> Response {
    render(&state, &asker, String::new(), None, "", String::new(), StatusCode::OK).await
}

/// Looks for a passport, or does something with it.
pub async fn send(State(state): State<AppState>, asker: Asker, Form(typed): Form<Typed>) -> Response {
    let Some(words) = asker.words(&state) else {
        return nowhere();
    };
    let Some(number) = ApplicationNumber::parse(&typed.number) else {
        let digits = typed.number.chars().filter(char::is_ascii_digit).count();
        let count = Arg::count(digits);
        let problem = words.key("console.passport_digits", &[("count", count)]);
        return render(
            &state,
            &asker,
            typed.number,
            None,
            "",
            problem,
            StatusCode::UNPROCESSABLE_ENTITY,
        )
        .await;
    };
    let deed = match typed.deed.as_str() {
        "shelve" => PassportDeed::Shelve { shelf: typed.shelf },
        "hand_over" => PassportDeed::HandOver {
            by: typed.by,
            taker: typed.taker,
        },
        _ => PassportDeed::Find,
    };
    let told = match deed {
        PassportDeed::Find => "",
        PassportDeed::Shelve { .. } => "console.passport_shelved",
        PassportDeed::HandOver { .. } => "console.passport_handed_over",
    };
    let office = asker.officer.office();
    let who = asker.officer.clone();
    match state
        .service
        .with_passport(office, who.clone(), number.clone(), deed)
        .await
    {
        Err(_) => busy(),
        Ok(Ok(view)) => {
            render(
                &state,
                &asker,
                String::new(),
                Some(view),
                told,
                String::new(),
                StatusCode::OK,
            )
            .await
        }
        Ok(Err(refusal)) => {
            let problem = refusal_words(words, refusal);
            // What can be corrected stays on the page.
            let again = match refusal {
                PassportRefusal::NoTaker | PassportRefusal::NoWay => {
                    let found = state
                        .service
                        .with_passport(office, who, number, PassportDeed::Find)
                        .await;
                    found.ok().and_then(Result::ok)
                }
                _ => None,
            };
            render(
                &state,
                &asker,
                typed.number,
                again,
                "",
                problem,
                StatusCode::UNPROCESSABLE_ENTITY,
            )
            .await
        }
    }
}

async fn render(
    state: &AppState,
    asker: &Asker,
    typed: String,
    view: Option<PassportView>,
    told: &str,
    problem: String,
    status: StatusCode,
) -> Response {
    let Some(words) = asker.words(state) else {
        return nowhere();
    };
    let office = asker.officer.office();
    let Ok(Ok(shelf)) = state.service.view_shelf(office, asker.officer.clone()).await else {
        return busy();
    };
    let ways = &state.service.content().catalogue_of(office).pickup.by;
    let day = |day: Option<jiff::civil::Date>| day.map(|day| words.arg(&Arg::Day(day))).unwrap_or_default();
    let grouped = |number: &ApplicationNumber| words.arg(&Arg::ApplicationNumber(number.clone()));
    let row = |view: &PassportView| Row {
        number: view.row.number.as_str().to_owned(),
        grouped: grouped(&view.row.number),
        name: view.row.content.name.clone(),
        shelf: view.row.shelf.clone(),
        last_day: day(view.last_day),
    };
    let found = view.map(|view| Found {
        number: view.row.number.as_str().to_owned(),
        grouped: grouped(&view.row.number),
        name: view.row.content.name.clone(),
        state: words.key(&format!("console.passport_{}", view.row.state.name()), &[]),
        is_ready: view.left.is_some() && view.row.collected_by.is_none(),
        ready_on: day(Some(view.row.ready_on)),
        last_day: day(view.last_day),
        left: view
            .left
            .map(|left| words.key("console.days_left", &[("count", Arg::Number(i64::from(left)))]))
            .unwrap_or_default(),
        shelf: view.row.shelf.clone(),
        ways: ways
            .iter()
            .map(|way| Way {
                id: way.id.clone(),
                name: words.key(&format!("pickup_by.{}", way.id), &[]),
                papers: way
                    .bring
                    .iter()
                    .map(|paper| words.key(&format!("document.{paper}"), &[]))
                    .collect(),
            })
            .collect(),
    });
    private_page(
        status,
        &PassportsPage {
            bar: asker.bar("passports"),
            typed,
            told: if told.is_empty() {
                String::new()
            } else {
                words.key(told, &[])
            },
            problem,
            found,
            soon: shelf.soon.iter().map(row).collect(),
            cancelled: shelf.cancelled.iter().map(row).collect(),
            words,
        },
    )
}

fn refusal_words(words: Words<'_>, refusal: PassportRefusal) -> String {
    match refusal {
        PassportRefusal::Denied => words.key("console.denied", &[]),
        PassportRefusal::Unknown => words.key("console.passport_unknown", &[]),
        PassportRefusal::NotReady(stage) => words.key("console.passport_not_ready", &[("stage", Arg::Stage(stage))]),
        PassportRefusal::Over(state) => {
            let state = Arg::Key(format!("console.passport_{}", state.name()));
            words.key("console.passport_over", &[("state", state)])
        }
        PassportRefusal::NoWay => words.key("console.passport_no_way", &[]),
        PassportRefusal::NoTaker => words.key("console.passport_no_taker", &[]),
    }
}
