//! `/o/{office}/antrean/periksa`: everything once more, each with its way to change it; then the yes. What is done is not done twice, however
//! often the button is pressed.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use sigap_actions::book_in_browser::Booked;
use sigap_core::booking::{BookingRefusal, BookingState};
use sigap_core::conversation::refusal_told;
use sigap_core::conversation::reply::Arg;

use super::hours::{Way, way_of};
use super::{draft_of, service_of};
use crate::pages::chat_text::{Block, ChatText};
use crate::pages::visitor::Visitor;
use crate::pages::{Words, busy, nowhere, private_page};
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "visitor/check.html")]
struct CheckPage<'a> {
    words: Words<'a>,
    slug: &'a str,
    service: String,
    day: String,
    time: String,
    way: &'static str,
    people: Vec<(String, String)>,
    caution: String,
    was: String,
    is_moving: bool,
    needs_nik: bool,
    is_proven: bool,
    refused: Option<ChatText>,
    nearest: Vec<(String, String)>,
    nearest_title: String,
}

/// The summary.
pub(crate) async fn show(State(state): State<AppState>, visitor: Visitor) -> Response {
    respond(&state, &visitor, None).await
}

/// The yes.
pub(crate) async fn send(State(state): State<AppState>, visitor: Visitor) -> Response {
    let Some(token) = visitor.token() else {
        return visitor.go("/antrean");
    };
    let draft = draft_of(&visitor);
    if let (Some(day), None, Some(browser)) = (draft.day, draft.held, &visitor.browser)
        && visitor.is_proven()
    {
        match way_of(&state, &visitor, &draft, day).await {
            Err(response) => return response,
            Ok(Way::Room(_)) => {
                let entered =
                    state
                        .service
                        .enter_room_in_browser(visitor.office, browser.clone(), draft.service.clone(), day);
                return match entered.await {
                    Err(_) => busy(),
                    Ok(Some(Ok(place))) => visitor.answer(Redirect::to(&place.url)),
                    Ok(Some(Err(refusal))) => respond(&state, &visitor, Some(refusal)).await,
                    Ok(None) => visitor.go("/bukti?ke=antrean"),
                };
            }
            Ok(Way::Hours(_)) => return visitor.go(&format!("/antrean/jam?hari={day}")),
            Ok(Way::Draw(_) | Way::List | Way::Nothing) => {}
        }
    }
    match state.service.book_in_browser(visitor.office, token).await {
        Err(_) => busy(),
        Ok(Booked::NeedsPhone) => visitor.go("/bukti?ke=antrean"),
        // Pressed twice, or come back to: what is there is shown.
        Ok(Booked::Incomplete) => visitor.go("/tiket"),
        Ok(Booked::Refused(refusal)) => respond(&state, &visitor, Some(refusal)).await,
        Ok(Booked::Done(view)) => match (&view.url, view.state) {
            (Some(url), BookingState::Booked | BookingState::Held) => visitor.answer(Redirect::to(url)),
            _ => visitor.go("/tiket?baru=1"),
        },
    }
}

async fn respond(state: &AppState, visitor: &Visitor, refusal: Option<BookingRefusal>) -> Response {
    let (Some(office), Some(words)) = (visitor.office(state), visitor.words(state)) else {
        return nowhere();
    };
    let draft = draft_of(visitor);
    let Some(service) = service_of(office, &draft) else {
        return visitor.go(if visitor.is_proven() { "/tiket" } else { "/antrean" });
    };
    if draft.people.is_empty() {
        return visitor.go("/antrean/orang");
    }
    let Some(day) = draft.held.map(|at| at.date()).or(draft.day) else {
        return visitor.go("/antrean/hari");
    };
    let way = if draft.held.is_some() {
        "hours"
    } else {
        match way_of(state, visitor, &draft, day).await {
            Err(response) => return response,
            Ok(Way::Draw(_)) => "draw",
            Ok(Way::Room(_)) => "room",
            Ok(Way::List) => "list",
            Ok(Way::Hours(_)) => return visitor.go(&format!("/antrean/jam?hari={day}")),
            Ok(Way::Nothing) => return visitor.go(&format!("/antrean/hari?kenapa={day}")),
        }
    };
    let was = match (draft.moving, &visitor.browser) {
        (Some(id), Some(browser)) => {
            let Ok(known) = state
                .service
                .view_bookings_in_browser(visitor.office, browser.clone())
                .await
            else {
                return busy();
            };
            known
                .into_iter()
                .flatten()
                .find(|view| view.id == id)
                .and_then(|view| view.at)
                .map(|at| {
                    format!(
                        "{}, {}",
                        words.arg(&Arg::Day(at.date())),
                        words.arg(&Arg::Clock(at.time()))
                    )
                })
                .unwrap_or_default()
        }
        _ => String::new(),
    };
    let nearest = match &refusal {
        Some(BookingRefusal::Full { nearest }) => nearest.clone(),
        _ => Vec::new(),
    };
    let page = CheckPage {
        slug: &visitor.slug,
        service: words.service(&service.id),
        day: words.arg(&Arg::Day(day)),
        time: draft
            .held
            .map(|at| words.arg(&Arg::Clock(at.time())))
            .unwrap_or_default(),
        way,
        people: draft
            .people
            .iter()
            .map(|guest| (guest.name.clone(), words.arg(&Arg::Day(guest.born_on))))
            .collect(),
        caution: if service.is_confirmed {
            String::new()
        } else {
            words.key("booking.caution", &[])
        },
        was,
        is_moving: draft.moving.is_some(),
        needs_nik: service.needs_nik && draft.moving.is_none(),
        is_proven: visitor.is_proven(),
        refused: refusal.as_ref().map(|refusal| {
            let told = refusal_told(
                &draft.service,
                refusal,
                draft.held.or(Some(day.to_datetime(jiff::civil::Time::MIN))),
            );
            ChatText::read(&words.key(told.key, &told.args))
        }),
        nearest: nearest
            .into_iter()
            .map(|at| {
                (
                    format!("{}T{}", at.date(), at.time().strftime("%H:%M")),
                    format!(
                        "{}, {}",
                        words.arg(&Arg::Day(at.date())),
                        words.arg(&Arg::Clock(at.time()))
                    ),
                )
            })
            .collect(),
        nearest_title: words.key("booking.nearest", &[]),
        words,
    };
    let status = if page.refused.is_some() {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    visitor.answer(private_page(status, &page).into_response())
}
