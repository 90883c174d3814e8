//! `/o/{office}/antrean`: a visit is booked, one question a page: what for, who, which day, which hour, check, done. What was chosen is kept with
//! the browser, so nothing is lost by loading again, by going back, or by coming back tomorrow. The rules are those of the chat.

pub(crate) mod check;
pub(crate) mod days;
pub(crate) mod hours;
pub(crate) mod people;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use sigap_core::booking::Service;
use sigap_core::booking::slots::{DayState, WhyNot};
use sigap_core::conversation::state::Draft;
use sigap_core::office::Office;

use super::visitor::{Fields, Visitor};
use super::{Words, busy, nowhere, private_page};
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "visitor/booking.html")]
struct BookingPage<'a> {
    words: Words<'a>,
    slug: &'a str,
    services: Vec<Offered>,
    has_draft: bool,
    begun: String,
    problem: String,
}

/// A service to choose.
struct Offered {
    id: String,
    name: String,
    is_scarce: bool,
}

/// What was chosen so far; nothing when there is no browser.
fn draft_of(visitor: &Visitor) -> Draft {
    visitor
        .browser
        .as_ref()
        .and_then(|browser| browser.row.content.draft.clone())
        .unwrap_or_default()
}

/// The service of a draft.
fn service_of<'a>(office: &'a Office, draft: &Draft) -> Option<&'a Service> {
    office.services.iter().find(|service| service.id == draft.service)
}

/// People the draft is for: at least one, so that days can be looked at.
fn places_of(draft: &Draft) -> u8 {
    u8::try_from(draft.people.len().max(1)).unwrap_or(u8::MAX)
}

/// The days of a draft's service with what can be had on each. A visit is moved to an hour, never to a draw, a list or the waiting room.
async fn days_of(state: &AppState, visitor: &Visitor, draft: &Draft) -> Result<Vec<(Date, DayState)>, Response> {
    let free = state
        .service
        .list_free(visitor.office, draft.service.clone(), places_of(draft));
    let mut days = free.await.map_err(|_| busy())?;
    if draft.moving.is_some() {
        for (_, day) in &mut days {
            if matches!(
                day,
                DayState::Not(WhyNot::ByDraw { .. } | WhyNot::ByList { .. } | WhyNot::ByRoom { .. })
            ) {
                *day = DayState::Not(WhyNot::NoPlaces);
            }
        }
    }
    Ok(days)
}

/// Keeps a draft and goes on.
pub(crate) async fn keep(state: &AppState, visitor: &mut Visitor, draft: Draft, next: &str) -> Response {
    let token = match visitor.open(state).await {
        Err(response) => return response,
        Ok((token, _)) => token,
    };
    match state.service.keep_draft(visitor.office, token, Some(draft)).await {
        Err(_) => busy(),
        Ok(()) => visitor.go(next),
    }
}

/// What can be booked here.
pub(crate) async fn show(State(state): State<AppState>, visitor: Visitor) -> Response {
    respond(&state, &visitor, StatusCode::OK, String::new())
}

/// One is chosen.
pub(crate) async fn choose(State(state): State<AppState>, mut visitor: Visitor, fields: Fields) -> Response {
    let (Some(office), Some(words)) = (visitor.office(&state), visitor.words(&state)) else {
        return nowhere();
    };
    let Some(service) = office
        .services
        .iter()
        .find(|service| service.id == fields.get("layanan"))
    else {
        let problem = words.w("book_no_service");
        return respond(&state, &visitor, StatusCode::UNPROCESSABLE_ENTITY, problem);
    };
    let before = draft_of(&visitor);
    // Who comes stays when only the service is changed.
    let draft = Draft {
        service: service.id.clone(),
        people: if before.moving.is_none() {
            before.people
        } else {
            Vec::new()
        },
        ..Draft::default()
    };
    keep(&state, &mut visitor, draft, "/antrean/orang").await
}

fn respond(state: &AppState, visitor: &Visitor, status: StatusCode, problem: String) -> Response {
    let (Some(office), Some(words)) = (visitor.office(state), visitor.words(state)) else {
        return nowhere();
    };
    let draft = draft_of(visitor);
    let page = BookingPage {
        slug: &visitor.slug,
        services: office
            .services
            .iter()
            .map(|service| Offered {
                id: service.id.clone(),
                name: words.service(&service.id),
                is_scarce: service.needs_nik,
            })
            .collect(),
        has_draft: service_of(office, &draft).is_some(),
        begun: words.service(&draft.service),
        problem,
        words,
    };
    visitor.answer(private_page(status, &page))
}
