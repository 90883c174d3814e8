//! `/o/{office}/kasus/{number}/{secret}`: what became of a complaint, for whoever has the address of its page.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use sigap_core::conversation::reply::Arg;

use super::visitor::Visitor;
use super::{Words, busy, nowhere, private_page};
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "visitor/case.html")]
struct CasePage<'a> {
    words: Words<'a>,
    slug: &'a str,
    number: String,
    kind: String,
    opened: String,
    due: String,
    is_closed: bool,
    is_answered: bool,
    lines: Vec<(String, bool, String)>,
    national: String,
}

/// The page.
pub(crate) async fn show(
    State(state): State<AppState>,
    visitor: Visitor,
    Path((_, number, secret)): Path<(String, String, String)>,
) -> Response {
    let Some(words) = visitor.words(&state) else {
        return nowhere();
    };
    if !state.tickets.is_case_secret(&visitor.slug, &number, &secret) {
        return nowhere();
    }
    let case = match state.service.view_own_case(visitor.office, number).await {
        Err(_) => return busy(),
        Ok(None) => return nowhere(),
        Ok(Some(case)) => case,
    };
    let is_answered = case.lines.iter().any(|line| line.is_ours);
    let due = if is_answered { case.end_on } else { case.due_on };
    let page = CasePage {
        slug: &visitor.slug,
        kind: words.w(&format!("feedback_{}", case.kind.name())),
        opened: words.arg(&Arg::Moment(case.opened_at)),
        due: due
            .filter(|_| !case.is_closed)
            .map(|day| words.arg(&Arg::Day(day)))
            .unwrap_or_default(),
        is_closed: case.is_closed,
        is_answered,
        lines: case
            .lines
            .into_iter()
            .map(|line| (words.arg(&Arg::Moment(line.at)), line.is_ours, line.words))
            .collect(),
        national: if case.kind.is_legal() {
            words
                .content()
                .catalogue_of(visitor.office)
                .complaint
                .national_channel
                .clone()
        } else {
            String::new()
        },
        number: case.number,
        words,
    };
    visitor.answer(private_page(StatusCode::OK, &page))
}
