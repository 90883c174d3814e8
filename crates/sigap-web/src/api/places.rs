//! What can be booked at an office, and which days and hours have room.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use sigap_core::booking::slots::DayState;
use sigap_core::conversation::why_not_in_words;
use sigap_core::language::Language;
use sigap_core::limits::PARTY_MAX;
use utoipa::{IntoParams, ToSchema};

use super::{OfOffice, Problem, Program, busy, json, no_such_service, unknown_office};
use crate::pages::Words;
use crate::routes::AppState;

/// An office.
#[derive(Serialize, ToSchema)]
#[schema(as = Office)]
pub struct OfficeAnswer {
    /// Its short name.
    office: String,
    /// Its name.
    name: String,
    /// `WIB`, `WITA` or `WIT`.
    zone: String,
    /// Its time zone, as in the tz database.
    time_zone: Option<String>,
    /// Its address.
    address: Option<String>,
    /// False while nobody at the office has confirmed the address: say so where you show it.
    is_address_confirmed: bool,
    /// The number of its WhatsApp line.
    whatsapp: Option<String>,
    /// What can be booked.
    services: Vec<ServiceAnswer>,
}

/// Something that can be booked.
#[derive(Serialize, ToSchema)]
#[schema(as = Service)]
pub struct ServiceAnswer {
    /// Its id.
    service: String,
    /// Its name for citizens.
    name: String,
    /// Minutes of an hour that is booked.
    slot_minutes: u16,
    /// Whether everybody's NIK is asked.
    needs_nik: bool,
}

/// The office and its services.
#[utoipa::path(
    get,
    path = "/api/v1/offices/{office}",
    tag = "places",
    params(OfOffice),
    security(("key" = ["places"])),
    responses(
        (status = 200, description = "The office", body = OfficeAnswer),
        (status = 401, description = "No good key", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn office(State(state): State<AppState>, program: Program) -> Response {
    let Some(office) = program.office(&state) else {
        return unknown_office();
    };
    let words = Words::new(state.service.content(), office, Language::Id);
    let services = office.services.iter().map(|service| ServiceAnswer {
        service: service.id.clone(),
        name: words.service(&service.id),
        slot_minutes: service.slot_minutes,
        needs_nik: service.needs_nik,
    });
    let answer = OfficeAnswer {
        office: office.slug.clone(),
        name: office.name.clone(),
        zone: office.zone_name.clone(),
        time_zone: office.zone.iana_name().map(ToOwned::to_owned),
        address: office.address.clone(),
        is_address_confirmed: office.is_address_confirmed,
        whatsapp: office.whatsapp.clone(),
        services: services.collect(),
    };
    json(StatusCode::OK, answer)
}

/// For what.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// The service.
    service: String,
    /// How many people come, 1 to 5.
    #[serde(default)]
    #[param(required = false)]
    people: Option<u8>,
}

/// A day.
#[derive(Serialize, ToSchema)]
pub struct Day {
    /// `2026-12-05`.
    day: String,
    /// `free`, `full` or `closed`.
    state: &'static str,
    /// Why nothing is given, in words for citizens.
    why: Option<String>,
    /// Hours with enough room.
    hours: Vec<Hour>,
}

/// An hour.
#[derive(Serialize, ToSchema)]
pub struct Hour {
    /// Office time, `2026-12-05T09:00:00`: what a booking asks for.
    at: String,
    /// Places left there.
    places: u16,
}

/// Days and hours from today to the end of what is announced; a day without room says why.
#[utoipa::path(
    get,
    path = "/api/v1/offices/{office}/places",
    tag = "places",
    params(OfOffice, Wanted),
    security(("key" = ["places"])),
    responses(
        (status = 200, description = "Day by day", body = Vec<Day>),
        (status = 404, description = "No such service", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn places(State(state): State<AppState>, program: Program, Query(wanted): Query<Wanted>) -> Response {
    let Some(office) = program.office(&state) else {
        return unknown_office();
    };
    if !office.services.iter().any(|service| service.id == wanted.service) {
        return no_such_service();
    }
    let most = u8::try_from(PARTY_MAX).unwrap_or(u8::MAX);
    let people = wanted.people.unwrap_or(1).clamp(1, most);
    let Ok(days) = state.service.list_free(office.id, wanted.service, people).await else {
        return busy();
    };
    let words = Words::new(state.service.content(), office, Language::Id);
    let days: Vec<Day> = days
        .into_iter()
        .map(|(day, state)| {
            let (state, why, hours) = match state {
                DayState::Free(hours) => ("free", None, hours),
                DayState::Full => ("full", None, Vec::new()),
                DayState::Not(why) => {
                    let why = words.arg(&why_not_in_words(&why, day, None));
                    ("closed", Some(why), Vec::new())
                }
            };
            Day {
                day: day.to_string(),
                state,
                why,
                hours: hours
                    .into_iter()
                    .map(|(time, places)| Hour {
                        at: day.to_datetime(time).to_string(),
                        places,
                    })
                    .collect(),
            }
        })
        .collect();
    json(StatusCode::OK, days)
}
