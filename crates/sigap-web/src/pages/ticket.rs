//! `GET /o/{office}/t/{token}`: the ticket with its QR code, and its calendar file.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use ics::properties::{Description, DtEnd, DtStart, Location, Status, Summary};
use ics::{Event, ICalendar};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use sigap_actions::view_ticket::{TicketIntake, TicketView};
use sigap_core::booking::{BookingState, BookingView};
use sigap_core::conversation::reply::Arg;
use sigap_core::intake::IntakeState;

use super::{Asked, Words, busy, nowhere, office_of, private_page};
use crate::qr_picture::picture;
use crate::routes::AppState;
use crate::ticket_code::TicketClaims;

#[derive(Template)]
#[template(path = "ticket.html")]
struct TicketPage<'a> {
    words: Words<'a>,
    service: String,
    state: String,
    is_booked: bool,
    day: String,
    time: String,
    code: String,
    people: Vec<String>,
    intakes: Vec<(String, String)>,
    address: String,
    early: String,
    picture: String,
    calendar: String,
    place: String,
    mine: String,
}

/// The ticket.
pub async fn show(
    State(state): State<AppState>,
    Path((slug, token)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Response {
    let Some(office) = office_of(&state, &slug) else {
        return nowhere();
    };
    let TicketView {
        booking: view,
        language,
        place,
        intakes,
    } = match state.service.view_ticket(office.id, token.clone()).await {
        Err(_) => return busy(),
        Ok(None) => return nowhere(),
        Ok(Some(found)) => found,
    };
    let words = Words::new(state.service.content(), office, asked.language_or(language));
    let is_booked = view.state == BookingState::Booked;
    let claims = claims(&slug, &view);
    let early = office
        .services
        .iter()
        .find(|service| service.id == view.service)
        .map_or(0, |service| service.rules.early_minutes);
    private_page(
        StatusCode::OK,
        &TicketPage {
            words,
            service: words.service(&view.service),
            state: words.arg(&Arg::Key(format!("booking.state_{}", view.state.name()))),
            is_booked,
            day: words.arg(&Arg::Day(view.day)),
            time: view.at.map(|at| words.arg(&Arg::Clock(at.time()))).unwrap_or_default(),
            code: view.code.grouped(),
            people: view.people.iter().map(|visitor| visitor.name.clone()).collect(),
            intakes: intakes
                .iter()
                .map(|intake| (intake.name.clone(), intake_words(words, intake)))
                .collect(),
            address: office.address.clone().unwrap_or_default(),
            early: words.with("early", &[("minutes", Arg::Number(i64::from(early)))]),
            picture: if is_booked {
                picture(&state.tickets.sign(&claims))
            } else {
                String::new()
            },
            calendar: format!("/o/{slug}/t/{token}/kunjungan.ics?lang={}", words.code()),
            place: place.unwrap_or_default(),
            mine: format!("/o/{slug}/tiket"),
        },
    )
}

/// How far somebody's papers are, and the next step where one is left.
fn intake_words(words: Words<'_>, intake: &TicketIntake) -> String {
    let missing = [("missing", Arg::count(intake.missing))];
    match intake.state {
        None => words.of("ticket_intake_none"),
        Some(IntakeState::Open) => words.with("ticket_intake_open", &missing),
        Some(IntakeState::Given) => words.of("ticket_intake_given"),
        Some(IntakeState::Accepted) => words.of("ticket_intake_accepted"),
    }
}

/// The calendar file.
pub async fn calendar(
    State(state): State<AppState>,
    Path((slug, token)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Response {
    let Some(office) = office_of(&state, &slug) else {
        return nowhere();
    };
    let TicketView {
        booking: view,
        language,
        ..
    } = match state.service.view_ticket(office.id, token).await {
        Err(_) => return busy(),
        Ok(None) => return nowhere(),
        Ok(Some(found)) => found,
    };
    let Some(starts_at) = view.at.and_then(|at| office.zone.to_timestamp(at).ok()) else {
        return nowhere();
    };
    let words = Words::new(state.service.content(), office, asked.language_or(language));
    let minutes = office
        .services
        .iter()
        .find(|service| service.id == view.service)
        .map_or(30, |service| i64::from(service.slot_minutes));
    let ends_at = starts_at
        .checked_add(SignedDuration::from_mins(minutes))
        .unwrap_or(starts_at);
    let mut event = Event::new(
        format!("{}-{}@sigap", slug, view.code.as_str()),
        stamp(state.clock.now()),
    );
    event.push(DtStart::new(stamp(starts_at)));
    event.push(DtEnd::new(stamp(ends_at)));
    event.push(Summary::new(ics::escape_text(format!(
        "{}, {}",
        words.service(&view.service),
        office.short
    ))));
    if let Some(address) = &office.address {
        event.push(Location::new(ics::escape_text(address.clone())));
    }
    event.push(Description::new(ics::escape_text(
        words.with("calendar_note", &[("code", Arg::Text(view.code.grouped()))]),
    )));
    event.push(if view.state == BookingState::Booked {
        Status::confirmed()
    } else {
        Status::cancelled()
    });
    let mut file = ICalendar::new("2.0", "-//sigap//kunjungan//ID");
    file.add_event(event);
    (
        [
            (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
            (header::CONTENT_DISPOSITION, "attachment; filename=\"kunjungan.ics\""),
            (header::CACHE_CONTROL, "no-store"),
        ],
        file.to_string(),
    )
        .into_response()
}

/// The key with which tickets are checked, for doors without a network.
pub async fn public_key(State(state): State<AppState>) -> Response {
    format!("{}\n", state.tickets.public_key()).into_response()
}

fn claims(slug: &str, view: &BookingView) -> TicketClaims {
    TicketClaims {
        office: slug.to_owned(),
        code: view.code.as_str().to_owned(),
        service: view.service.clone(),
        at: view
            .at
            .map(|at| at.strftime("%Y-%m-%dT%H:%M").to_string())
            .unwrap_or_default(),
        places: view.people.len(),
    }
}

pub(super) fn stamp(at: Timestamp) -> String {
    TimeZone::UTC.to_datetime(at).strftime("%Y%m%dT%H%M%SZ").to_string()
}
