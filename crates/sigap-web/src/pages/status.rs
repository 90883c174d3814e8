//! `/o/{office}/status`: how far an application is, in the words of the chat. The number is never in an address, and nothing that was typed is
//! kept but the count of tries.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use sigap_core::conversation::state::Place;
use sigap_core::ids::ApplicationNumber;

use super::chat_text::{Block, ChatText};
use super::visitor::{Fields, Visitor};
use super::{Words, busy, nowhere, private_page};
use crate::routes::AppState;

/// What the answer begins with when a number was shown: everything else is a page with something to mend.
const SHOWN: [&str; 5] = [
    "status.bare",
    "status.bare_unprovable",
    "status.dated",
    "status.ready",
    "status.ready_late",
];

#[derive(Template)]
#[template(path = "visitor/status.html")]
struct StatusPage<'a> {
    words: Words<'a>,
    slug: &'a str,
    answer: Option<ChatText>,
    is_shown: bool,
    problem: String,
    number: String,
}

/// The form.
pub(crate) async fn show(State(state): State<AppState>, visitor: Visitor) -> Response {
    respond(&state, &visitor, StatusCode::OK, None, false, "", String::new())
}

/// A number, with or without the birth date.
pub(crate) async fn send(State(state): State<AppState>, mut visitor: Visitor, fields: Fields) -> Response {
    let Some(words) = visitor.words(&state) else {
        return nowhere();
    };
    let typed = fields.get("nomor").to_owned();
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    if !typed.bytes().any(|byte| byte.is_ascii_digit()) {
        let problem = words.w("status_no_number");
        return respond(&state, &visitor, wrong, None, false, &typed, problem);
    }
    let browser = match visitor.open(&state).await {
        Err(response) => return response,
        Ok((_, browser)) => browser,
    };
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let born = fields.get("lahir");
    // With a birth date the proof is what was asked for; a number that is none is explained whatever stands beside it.
    let (place, said) = match ApplicationNumber::parse(&digits).filter(|_| !born.is_empty()) {
        Some(number) => (Place::StatusBirth { number }, born.to_owned()),
        None => (Place::StatusNumber, typed.clone()),
    };
    let asked = state
        .service
        .ask_in_browser(visitor.office, browser, visitor.language(), place, said)
        .await;
    let Ok((outcome, message)) = asked else {
        return busy();
    };
    let is_shown = outcome.reply.is_some_and(|reply| SHOWN.contains(&reply.key));
    let status = if is_shown { StatusCode::OK } else { wrong };
    let answer = Some(ChatText::read(&message.body));
    respond(&state, &visitor, status, answer, is_shown, &typed, String::new())
}

fn respond(
    state: &AppState,
    visitor: &Visitor,
    status: StatusCode,
    answer: Option<ChatText>,
    is_shown: bool,
    number: &str,
    problem: String,
) -> Response {
    let Some(words) = visitor.words(state) else {
        return nowhere();
    };
    let page = StatusPage {
        words,
        slug: &visitor.slug,
        answer,
        is_shown,
        problem,
        // What may be a NIK is not shown again.
        number: if is_shown { number.to_owned() } else { String::new() },
    };
    visitor.answer(private_page(status, &page))
}
