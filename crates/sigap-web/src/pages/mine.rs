//! `/o/{office}/tiket`: what somebody has here: visits, entries, offers, each with what can be done about it. Tickets open without a proof by
//! their own address; the list, and changing anything, needs one.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use sigap_core::booking::{BookingRefusal, BookingState, BookingView, rules};
use sigap_core::conversation::refusal_told;
use sigap_core::conversation::reply::Arg;
use sigap_core::conversation::state::Draft;
use sigap_core::ids::BookingId;

use super::chat_text::{Block, ChatText};
use super::visitor::Visitor;
use super::{Words, busy, nowhere, private_page};
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "visitor/mine.html")]
struct MinePage<'a> {
    words: Words<'a>,
    slug: &'a str,
    is_proven: bool,
    is_new: bool,
    is_cancelled: bool,
    bookings: Vec<Booking>,
}

#[derive(Template)]
#[template(path = "visitor/cancel.html")]
struct CancelPage<'a> {
    words: Words<'a>,
    slug: &'a str,
    booking: Booking,
    refused: Option<ChatText>,
}

/// A booking of the list.
struct Booking {
    id: i64,
    service: String,
    state: String,
    when: String,
    people: String,
    url: String,
    until: String,
    needs_nik: bool,
    is_offer: bool,
    can_move: bool,
    can_cancel: bool,
}

/// What the page is come to with.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Come {
    #[serde(default)]
    baru: String,
    #[serde(default)]
    batal: String,
}

/// The list.
pub(crate) async fn show(State(state): State<AppState>, visitor: Visitor, Query(come): Query<Come>) -> Response {
    let Some(words) = visitor.words(&state) else {
        return nowhere();
    };
    let known = match own(&state, &visitor).await {
        Err(response) => return response,
        Ok(known) => known,
    };
    let page = MinePage {
        slug: &visitor.slug,
        is_proven: visitor.is_proven(),
        is_new: !come.baru.is_empty(),
        is_cancelled: !come.batal.is_empty(),
        bookings: known.iter().map(|view| booking(&state, words, view)).collect(),
        words,
    };
    visitor.answer(private_page(StatusCode::OK, &page))
}

/// Bookings of whoever the browser acts for.
async fn own(state: &AppState, visitor: &Visitor) -> Result<Vec<BookingView>, Response> {
    let Some(browser) = visitor.browser.clone() else {
        return Ok(Vec::new());
    };
    match state.service.view_bookings_in_browser(visitor.office, browser).await {
        Err(_) => Err(busy()),
        Ok(known) => Ok(known.unwrap_or_default()),
    }
}

fn booking(state: &AppState, words: Words<'_>, view: &BookingView) -> Booking {
    let now = state.clock.now();
    let service = words.office.services.iter().find(|service| service.id == view.service);
    Booking {
        id: view.id.0,
        service: words.service(&view.service),
        state: words.arg(&Arg::Key(format!("booking.state_{}", view.state.name()))),
        when: when(words, view),
        people: view
            .people
            .iter()
            .map(|guest| guest.name.as_str())
            .collect::<Vec<_>>()
            .join(", "),
        url: view.url.clone().unwrap_or_default(),
        until: view
            .until
            .map(|until| words.arg(&Arg::Moment(until)))
            .unwrap_or_default(),
        needs_nik: view.needs_nik,
        is_offer: view.state == BookingState::Offered && !view.needs_nik,
        can_move: service.is_some_and(|service| rules::may_move(words.office, &service.rules, view, now).is_ok()),
        can_cancel: rules::may_cancel(words.office, view, now).is_ok(),
    }
}

fn when(words: Words<'_>, view: &BookingView) -> String {
    match view.at {
        Some(at) => format!(
            "{}, {}",
            words.arg(&Arg::Day(at.date())),
            words.arg(&Arg::Clock(at.time()))
        ),
        None => words.arg(&Arg::Day(view.day)),
    }
}

/// One of them; `None` when it is nobody's here, or not any more.
async fn one(state: &AppState, visitor: &Visitor, id: i64) -> Result<Option<BookingView>, Response> {
    let known = own(state, visitor).await?;
    Ok(known.into_iter().find(|view| view.id == BookingId(id)))
}

/// Asks before a place is given back.
pub(crate) async fn ask_cancel(
    State(state): State<AppState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, i64)>,
) -> Response {
    let Some(words) = visitor.words(&state) else {
        return nowhere();
    };
    match one(&state, &visitor, id).await {
        Err(response) => response,
        Ok(None) => visitor.go("/tiket"),
        Ok(Some(view)) => {
            let booking = booking(&state, words, &view);
            asked(&visitor, words, StatusCode::OK, booking, None)
        }
    }
}

/// Gives it back.
pub(crate) async fn cancel(
    State(state): State<AppState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, i64)>,
) -> Response {
    let Some(words) = visitor.words(&state) else {
        return nowhere();
    };
    let view = match one(&state, &visitor, id).await {
        Err(response) => return response,
        // Pressed twice: it is gone already.
        Ok(None) => return visitor.go("/tiket"),
        Ok(Some(view)) => view,
    };
    let Some(browser) = visitor.browser.clone() else {
        return visitor.go("/tiket");
    };
    let booking = booking(&state, words, &view);
    match state.service.cancel_in_browser(visitor.office, browser, view.id).await {
        Err(_) => busy(),
        Ok(Ok(_)) => visitor.go("/tiket?batal=1"),
        Ok(Err(refusal)) => {
            let told = told(words, &view.service, &refusal);
            asked(&visitor, words, StatusCode::CONFLICT, booking, Some(told))
        }
    }
}

fn told(words: Words<'_>, service: &str, refusal: &BookingRefusal) -> ChatText {
    let told = refusal_told(service, refusal, None);
    ChatText::read(&words.key(told.key, &told.args))
}

fn asked(
    visitor: &Visitor,
    words: Words<'_>,
    status: StatusCode,
    booking: Booking,
    refused: Option<ChatText>,
) -> Response {
    let page = CancelPage {
        words,
        slug: &visitor.slug,
        booking,
        refused,
    };
    visitor.answer(private_page(status, &page))
}

/// Begins to change day or hour: the calendar, with who comes as it was.
pub(crate) async fn begin_move(
    State(state): State<AppState>,
    mut visitor: Visitor,
    Path((_, id)): Path<(String, i64)>,
) -> Response {
    let view = match one(&state, &visitor, id).await {
        Err(response) => return response,
        Ok(None) => return visitor.go("/tiket"),
        Ok(Some(view)) => view,
    };
    let draft = Draft {
        service: view.service.clone(),
        people: view.people.clone(),
        moving: Some(view.id),
        ..Draft::default()
    };
    super::booking::keep(&state, &mut visitor, draft, "/antrean/hari").await
}

/// Says yes to an offer.
pub(crate) async fn accept(
    State(state): State<AppState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, i64)>,
) -> Response {
    let (Some(words), Some(browser)) = (visitor.words(&state), visitor.browser.clone()) else {
        return visitor.go("/tiket");
    };
    let view = match one(&state, &visitor, id).await {
        Err(response) => return response,
        Ok(None) => return visitor.go("/tiket"),
        Ok(Some(view)) => view,
    };
    match state.service.accept_in_browser(visitor.office, browser, view.id).await {
        Err(_) => busy(),
        Ok(Ok(view)) => match view.url {
            Some(url) => visitor.answer(Redirect::to(&url).into_response()),
            None => visitor.go("/tiket?baru=1"),
        },
        Ok(Err(refusal)) => {
            let booking = booking(&state, words, &view);
            let told = told(words, &view.service, &refusal);
            asked(&visitor, words, StatusCode::CONFLICT, booking, Some(told))
        }
    }
}

/// Ends the browser: on a shared phone, the last thing one does.
pub(crate) async fn leave(State(state): State<AppState>, mut visitor: Visitor) -> Response {
    if let Some(token) = visitor.token()
        && state.service.leave_browser(visitor.office, token).await.is_err()
    {
        return busy();
    }
    visitor.forget();
    visitor.go("")
}
