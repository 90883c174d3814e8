//! Partners book for people, look at what they booked, and give it back.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};
use sigap_actions::book_on_behalf::DeskOrder;
use sigap_actions::partner_bookings::maker;
use sigap_core::booking::{BookingCode, BookingRefusal, BookingView, Nik, Visitor};
use sigap_core::language::Language;
use sigap_core::limits::{API_REFERENCE_CHARS_MAX, NAME_CHARS_MAX, PARTY_MAX};
use sigap_core::person::Contact;
use utoipa::{IntoParams, ToSchema};

use super::{OfOffice, Problem, Program, busy, json, no_such_service, parsed, problem, unknown_office};
use crate::booking_words::refusal_words;
use crate::pages::Words;
use crate::routes::AppState;

/// What is booked.
#[derive(Deserialize, ToSchema)]
#[schema(as = BookingOrder)]
pub struct Order {
    /// A name of the partner's own for this booking, up to 80 characters. Sent again, it books nothing more.
    reference: String,
    /// The service.
    service: String,
    /// Day and hour at the office, as `places` gives them.
    at: String,
    /// Who comes, one to five.
    people: Vec<Person>,
    /// The WhatsApp number of whoever is told about it; left out, nobody is reminded.
    #[serde(default)]
    phone: String,
}

/// Somebody who comes.
#[derive(Deserialize, ToSchema)]
#[schema(as = BookedPerson)]
pub struct Person {
    /// As on the identity card.
    name: String,
    /// `1990-12-31`.
    born_on: String,
    /// Where the service asks for it.
    #[serde(default)]
    nik: Option<String>,
}

/// A booking. Of the people it tells their number only.
#[derive(Serialize, ToSchema)]
pub struct Booking {
    /// What opens the door: give it to the people and to nobody else.
    code: String,
    /// The service.
    service: String,
    /// The day.
    day: String,
    /// Day and hour at the office.
    at: Option<String>,
    /// `booked`, `attended`, `missed`, `cancelled` …
    state: &'static str,
    /// How many people.
    people: usize,
    /// The page of the ticket.
    ticket: Option<String>,
}

impl Booking {
    fn of(view: &BookingView) -> Self {
        Self {
            code: view.code.as_str().to_owned(),
            service: view.service.clone(),
            day: view.day.to_string(),
            at: view.at.map(|at| at.to_string()),
            state: view.state.name(),
            people: view.people.len(),
            ticket: view.url.clone(),
        }
    }
}

/// Which.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct OfBooking {
    /// The code of the booking.
    code: String,
}

/// Books a place, from the same places and by the same rules as everybody.
#[utoipa::path(
    post,
    path = "/api/v1/offices/{office}/bookings",
    tag = "bookings",
    params(OfOffice),
    request_body = Order,
    security(("key" = ["bookings"])),
    responses(
        (status = 201, description = "Booked, now or under this reference before", body = Booking),
        (status = 409, description = "Not possible; `type` says why", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Something in it is wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn book(State(state): State<AppState>, program: Program, body: Bytes) -> Response {
    let order: Order = match parsed(&body) {
        Ok(order) => order,
        Err(response) => return *response,
    };
    let reference = order.reference.trim().to_owned();
    let desk_order = match desk_order(&state, program, order) {
        Ok(order) => order,
        Err((field, next)) => {
            return problem(
                StatusCode::UNPROCESSABLE_ENTITY,
                "urn:sigap:problem:wrong-field",
                "Something in the request is wrong",
                format!("`{field}`: {next}"),
            );
        }
    };
    let Some(office) = program.office(&state) else {
        return unknown_office();
    };
    let at = desk_order.at;
    let booked = state
        .service
        .book_for_partner(office.id, program.key, reference, desk_order)
        .await;
    match booked {
        Err(_) => busy(),
        Ok(Ok(view)) => json(StatusCode::CREATED, Booking::of(&view)),
        Ok(Err(BookingRefusal::NoService)) => no_such_service(),
        Ok(Err(refusal)) => {
            let words = Words::new(state.service.content(), office, Language::Id);
            let (kind, title) = kind_of(&refusal);
            problem(StatusCode::CONFLICT, kind, title, refusal_words(words, &refusal, at))
        }
    }
}

/// The order as the desk gives it, or the field that is wrong and the next step.
fn desk_order(state: &AppState, program: Program, order: Order) -> Result<DeskOrder, (&'static str, &'static str)> {
    let reference = order.reference.trim().chars().count();
    if reference == 0 || reference > API_REFERENCE_CHARS_MAX {
        return Err(("reference", "a name of your own for this booking, up to 80 characters"));
    }
    let at: DateTime = order
        .at
        .parse()
        .map_err(|_| ("at", "day and hour at the office, as `places` gives them"))?;
    if order.people.is_empty() || order.people.len() > PARTY_MAX {
        return Err(("people", "one to five"));
    }
    let mut people = Vec::new();
    for person in order.people {
        let name = person.name.trim().to_owned();
        if name.is_empty() || name.chars().count() > NAME_CHARS_MAX {
            return Err(("people.name", "the name on the identity card"));
        }
        let born_on: Date = person
            .born_on
            .parse()
            .map_err(|_| ("people.born_on", "a day, as 1990-12-31"))?;
        let nik = person
            .nik
            .map(|nik| Nik::parse(&nik, born_on))
            .transpose()
            .map_err(|_| ("people.nik", "sixteen digits that fit the day of birth"))?;
        people.push((Visitor { name, born_on }, nik));
    }
    let contact =
        Contact::of_typed_phone(&order.phone).ok_or(("phone", "a number of 8 to 15 digits, with the country"))?;
    let line = state.numbers.line(program.office);
    Ok(DeskOrder {
        number: contact.phone.as_ref().and(line).unwrap_or_default().to_owned(),
        contact,
        officer: maker(program.key),
        service: order.service,
        at,
        people,
    })
}

/// A name that stays for programs, and what it means.
fn kind_of(refusal: &BookingRefusal) -> (&'static str, &'static str) {
    match refusal {
        BookingRefusal::NotThen(_) => ("urn:sigap:problem:not-then", "Nothing is given then"),
        BookingRefusal::Full { .. } => ("urn:sigap:problem:full", "No places are left then"),
        BookingRefusal::HasOne { .. } => ("urn:sigap:problem:has-one", "One of them has a booking already"),
        BookingRefusal::TooMany { .. } => ("urn:sigap:problem:too-many", "Too many people or bookings"),
        BookingRefusal::Barred { .. } => ("urn:sigap:problem:barred", "One of them did not come last time"),
        BookingRefusal::NeedsNik { .. } => ("urn:sigap:problem:needs-nik", "This service asks for everybody's NIK"),
        BookingRefusal::Helpdesk => (
            "urn:sigap:problem:helpdesk",
            "Only the helpdesk of the office can do this",
        ),
        BookingRefusal::NotChangeable(_) => ("urn:sigap:problem:not-changeable", "It cannot be changed any more"),
        BookingRefusal::NoService | BookingRefusal::Lapsed | BookingRefusal::Unknown => (
            "urn:sigap:problem:unknown-booking",
            "There is no such booking of this key",
        ),
    }
}

fn unknown_booking() -> Response {
    problem(
        StatusCode::NOT_FOUND,
        "urn:sigap:problem:unknown-booking",
        "There is no such booking of this key",
        "check the code; a key sees what was booked with it",
    )
}

/// A booking of this key.
#[utoipa::path(
    get,
    path = "/api/v1/offices/{office}/bookings/{code}",
    tag = "bookings",
    params(OfOffice, OfBooking),
    security(("key" = ["bookings"])),
    responses(
        (status = 200, description = "The booking", body = Booking),
        (status = 404, description = "No such booking of this key", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn show(State(state): State<AppState>, program: Program, Path(path): Path<OfBooking>) -> Response {
    let Some(code) = BookingCode::parse(&path.code) else {
        return unknown_booking();
    };
    match state.service.view_for_partner(program.office, program.key, code).await {
        Err(_) => busy(),
        Ok(None) => unknown_booking(),
        Ok(Some(view)) => json(StatusCode::OK, Booking::of(&view)),
    }
}

/// Gives a booking of this key back.
#[utoipa::path(
    delete,
    path = "/api/v1/offices/{office}/bookings/{code}",
    tag = "bookings",
    params(OfOffice, OfBooking),
    security(("key" = ["bookings"])),
    responses(
        (status = 200, description = "Cancelled, now or before", body = Booking),
        (status = 404, description = "No such booking of this key", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It cannot be changed any more", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn cancel(State(state): State<AppState>, program: Program, Path(path): Path<OfBooking>) -> Response {
    let Some(code) = BookingCode::parse(&path.code) else {
        return unknown_booking();
    };
    match state
        .service
        .cancel_for_partner(program.office, program.key, code)
        .await
    {
        Err(_) => busy(),
        Ok(Err(BookingRefusal::Unknown)) => unknown_booking(),
        Ok(Err(refusal)) => {
            let (kind, title) = kind_of(&refusal);
            problem(
                StatusCode::CONFLICT,
                kind,
                title,
                "tell the people to ask at the desk of the office",
            )
        }
        Ok(Ok(view)) => json(StatusCode::OK, Booking::of(&view)),
    }
}
