//! `/staff/{office}/kasus/{number}/orang`: somebody writes from two numbers. Both sides are looked at before an officer says that they are one.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use sigap_actions::same_person::SameRefusal;
use sigap_core::conversation::reply::Arg;
use sigap_core::ids::PersonId;
use sigap_core::limits::SAME_PERSONS_MAX;

use super::{Asker, Bar, go};
use crate::pages::{Words, busy, nowhere, private_page};
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "console/same_person.html")]
struct SamePersonPage<'a> {
    words: Words<'a>,
    bar: Bar,
    number: String,
    other: String,
    problem: String,
    /// Case, name, phone.
    sides: Vec<(String, String, String)>,
}

/// The case of the other one.
#[derive(Deserialize)]
pub struct Other {
    other: String,
}

/// One of those who were joined.
#[derive(Deserialize)]
pub struct Joined {
    person: i64,
}

/// Both sides.
pub async fn show(
    State(state): State<AppState>,
    Path((_, number)): Path<(String, String)>,
    asker: Asker,
    Query(asked): Query<Other>,
) -> Response {
    let Some(words) = asker.words(&state) else {
        return nowhere();
    };
    let office = asker.officer.office();
    let pair = state
        .service
        .view_pair(office, asker.officer.clone(), number.clone(), asked.other.clone())
        .await;
    let mut page = SamePersonPage {
        bar: asker.bar("cases"),
        number: number.clone(),
        other: asked.other,
        problem: String::new(),
        sides: Vec::new(),
        words,
    };
    match pair {
        Err(_) => busy(),
        Ok(Err(refusal)) => {
            page.problem = refusal_words(words, refusal);
            private_page(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Ok(Ok(pair)) => {
            page.other.clone_from(&pair.other_case);
            page.sides = vec![
                (number, pair.one.name, pair.one.phone),
                (pair.other_case, pair.other.name, pair.other.phone),
            ];
            private_page(StatusCode::OK, &page)
        }
    }
}

/// They are one.
pub async fn join(
    State(state): State<AppState>,
    Path((_, number)): Path<(String, String)>,
    asker: Asker,
    Form(asked): Form<Other>,
) -> Response {
    let Some(words) = asker.words(&state) else {
        return nowhere();
    };
    let office = asker.officer.office();
    let joined = state
        .service
        .join_persons(office, asker.officer.clone(), number.clone(), asked.other.clone())
        .await;
    state.hall_news.tell_cases(office);
    match joined {
        Err(_) => busy(),
        Ok(Ok(())) => go(&format!("/staff/{}/kasus/{number}", asker.slug)),
        Ok(Err(refusal)) => private_page(
            StatusCode::UNPROCESSABLE_ENTITY,
            &SamePersonPage {
                bar: asker.bar("cases"),
                problem: refusal_words(words, refusal),
                sides: Vec::new(),
                number,
                other: asked.other,
                words,
            },
        ),
    }
}

/// They are two after all.
pub async fn part(
    State(state): State<AppState>,
    Path((_, number)): Path<(String, String)>,
    asker: Asker,
    Form(joined): Form<Joined>,
) -> Response {
    let office = asker.officer.office();
    let parted = state
        .service
        .part_persons(office, asker.officer.clone(), number.clone(), PersonId(joined.person))
        .await;
    state.hall_news.tell_cases(office);
    match parted {
        Err(_) => busy(),
        Ok(Err(_)) => nowhere(),
        Ok(Ok(())) => go(&format!("/staff/{}/kasus/{number}", asker.slug)),
    }
}

fn refusal_words(words: Words<'_>, refusal: SameRefusal) -> String {
    match refusal {
        SameRefusal::Denied => words.c("denied"),
        SameRefusal::Unknown => words.c("case_unknown"),
        SameRefusal::Same => words.i("same_already"),
        SameRefusal::TooMany => {
            let most = i64::try_from(SAME_PERSONS_MAX).unwrap_or(i64::MAX);
            words.key("inbox.same_too_many", &[("count", Arg::Number(most))])
        }
    }
}
