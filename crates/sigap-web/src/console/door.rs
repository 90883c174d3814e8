//! `/staff/{office}/datang`: people at the door. One field takes a hand scanner, a camera, a typed code or a name; the answer fills the
//! screen, green or red, and says the next step.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use sigap_actions::arrive::ArrivalRefusal;
use sigap_actions::give_number::{CheckInRefusal, Ticket};
use sigap_actions::hall_parts::HallRefusal;
use sigap_actions::service::{CheckIn, NumberAsked};
use sigap_core::booking::{BookingCode, BookingState, BookingView};
use sigap_core::conversation::reply::Arg;
use sigap_core::office::Office;
use sigap_core::staff::Right;

use super::{Asker, Bar, new_tap};
use crate::hall::{band_words, group_words, line_words, refusal_words};
use crate::pages::{Words, busy, nowhere, with_camera};
use crate::routes::AppState;
use crate::ticket_code::{TicketClaims, TicketProblem};

#[derive(Template)]
#[template(path = "console/door.html")]
struct DoorPage<'a> {
    words: Words<'a>,
    bar: Bar,
    slug: String,
    tap: String,
    code: String,
    groups: Vec<(String, String)>,
    lines: Vec<(String, String)>,
    told: Option<Told>,
    found: Vec<Found>,
}

/// What became of it.
struct Told {
    is_good: bool,
    title: String,
    number: String,
    body: Vec<String>,
    ticket: String,
    offer: Option<Offer>,
}

/// What the head of the office may decide in spite of the refusal.
enum Offer {
    /// A missed visit counts against nobody.
    Excuse { code: String },
    /// A number past those of the day.
    Beyond { line: String },
}

/// A booking found by name.
struct Found {
    code: String,
    grouped: String,
    people: String,
    time: String,
    service: String,
}

/// What is typed, scanned or tapped.
#[derive(Debug, Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    code: String,
    #[serde(default)]
    nik: String,
    #[serde(default)]
    group: String,
    #[serde(default)]
    tap: String,
    #[serde(default)]
    line: String,
    #[serde(default)]
    beyond: bool,
}

/// The page.
pub async fn show(State(state): State<AppState>, asker: Asker) -> Response {
    door(&state, &asker, String::new(), None, Vec::new(), StatusCode::OK)
}

fn door(
    state: &AppState,
    asker: &Asker,
    code: String,
    told: Option<Told>,
    found: Vec<Found>,
    status: StatusCode,
) -> Response {
    let (Some(office), Some(words)) = (asker.office(state), asker.words(state)) else {
        return nowhere();
    };
    let groups = office.priority.iter();
    let lines = office.hall.iter().flat_map(|hall| &hall.lines);
    with_camera(
        status,
        &DoorPage {
            bar: asker.bar("door"),
            slug: asker.slug.clone(),
            tap: new_tap(state),
            code,
            groups: groups
                .map(|group| (group.id.clone(), group_words(words, office, &group.id)))
                .collect(),
            lines: lines
                .map(|line| (line.id.clone(), line_words(words, &line.id)))
                .collect(),
            told,
            found,
            words,
        },
    )
}

/// What the field holds.
pub(super) enum Meant {
    Code(BookingCode),
    Elsewhere,
    Forged,
    Name(String),
}

pub(super) fn meant(state: &AppState, office: &Office, text: &str) -> Meant {
    let text = text.trim();
    match TicketClaims::check(&state.tickets.public_key(), text) {
        Ok(claims) if claims.office != office.slug => return Meant::Elsewhere,
        Ok(claims) => {
            if let Some(code) = BookingCode::parse(&claims.code) {
                return Meant::Code(code);
            }
        }
        Err(TicketProblem::Signature) => return Meant::Forged,
        Err(TicketProblem::NoTicket | TicketProblem::Key) => {}
    }
    match BookingCode::parse(text) {
        Some(code) => Meant::Code(code),
        None => Meant::Name(text.to_owned()),
    }
}

/// A code, a picture's text or a name is sent.
pub async fn send(State(state): State<AppState>, asker: Asker, Form(typed): Form<Typed>) -> Response {
    let (Some(office), Some(words)) = (asker.office(&state), asker.words(&state)) else {
        return nowhere();
    };
    let bad = |body| bad(words, body);
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let code = match meant(&state, office, &typed.code) {
        Meant::Code(code) => code,
        Meant::Elsewhere => {
            let told = bad(words.key("console.door_elsewhere", &[]));
            return door(&state, &asker, String::new(), Some(told), Vec::new(), refused);
        }
        Meant::Forged => {
            let told = bad(words.key("console.door_forged", &[]));
            return door(&state, &asker, String::new(), Some(told), Vec::new(), refused);
        }
        Meant::Name(name) => return by_name(&state, &asker, words, office, name).await,
    };
    let asked = CheckIn {
        code,
        niks: typed
            .nik
            .split([' ', ',', ';', '\n'])
            .filter(|nik| !nik.is_empty())
            .map(str::to_owned)
            .collect(),
        group: Some(typed.group).filter(|group| !group.is_empty()),
    };
    match state.service.check_in(office.id, asker.officer.clone(), asked).await {
        Err(_) => busy(),
        Ok(Ok((ticket, view))) => {
            state.hall_news.tell(office.id);
            let told = given(&state, &asker, words, office, &ticket, Some(&view)).await;
            door(&state, &asker, String::new(), Some(told), Vec::new(), StatusCode::OK)
        }
        Ok(Err(refusal)) => {
            let mut told = bad(check_in_words(words, &refusal));
            let missed = ArrivalRefusal::NotBooked(BookingState::Missed);
            if refusal == CheckInRefusal::Booking(missed) && asker.officer.may(Right::Lead) {
                told.offer = Some(Offer::Excuse {
                    code: typed.code.clone(),
                });
            }
            door(&state, &asker, typed.code, Some(told), Vec::new(), refused)
        }
    }
}

/// Why nothing was given.
fn bad(words: Words<'_>, body: String) -> Told {
    Told {
        is_good: false,
        title: words.key("console.door_no", &[]),
        number: String::new(),
        body: vec![body],
        ticket: String::new(),
        offer: None,
    }
}

/// The head of the office excuses a missed visit.
pub async fn excuse(State(state): State<AppState>, asker: Asker, Form(typed): Form<Typed>) -> Response {
    let (Some(office), Some(words)) = (asker.office(&state), asker.words(&state)) else {
        return nowhere();
    };
    let Meant::Code(code) = meant(&state, office, &typed.code) else {
        return super::go(&format!("/staff/{}/datang", asker.slug));
    };
    let (told, status) = match state.service.excuse_visit(office.id, asker.officer.clone(), code).await {
        Err(_) => return busy(),
        Ok(Ok(())) => {
            let told = Told {
                is_good: true,
                title: words.key("console.excused", &[]),
                number: String::new(),
                body: vec![words.key("console.excused_next", &[])],
                ticket: String::new(),
                offer: None,
            };
            (told, StatusCode::OK)
        }
        Ok(Err(refusal)) => (
            bad(words, check_in_words(words, &refusal)),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
    };
    door(&state, &asker, String::new(), Some(told), Vec::new(), status)
}

async fn by_name(state: &AppState, asker: &Asker, words: Words<'_>, office: &Office, name: String) -> Response {
    let Ok(Ok(views)) = state
        .service
        .find_by_name(office.id, asker.officer.clone(), name.clone())
        .await
    else {
        return busy();
    };
    let found: Vec<Found> = views
        .iter()
        .map(|view| Found {
            code: view.code.as_str().to_owned(),
            grouped: view.code.grouped(),
            people: view
                .people
                .iter()
                .map(|visitor| visitor.name.as_str())
                .collect::<Vec<_>>()
                .join(", "),
            time: view.at.map(|at| words.arg(&Arg::Clock(at.time()))).unwrap_or_default(),
            service: words.service(&view.service),
        })
        .collect();
    let told = found.is_empty().then(|| Told {
        is_good: false,
        title: words.key("console.door_nothing", &[]),
        number: String::new(),
        body: vec![words.key("console.door_nothing_next", &[])],
        ticket: String::new(),
        offer: None,
    });
    door(state, asker, name, told, found, StatusCode::OK)
}

/// Somebody without booking gets a number.
pub async fn number(State(state): State<AppState>, asker: Asker, Form(typed): Form<Typed>) -> Response {
    let (Some(office), Some(words)) = (asker.office(&state), asker.words(&state)) else {
        return nowhere();
    };
    let asked = NumberAsked {
        line: typed.line.clone(),
        group: Some(typed.group).filter(|group| !group.is_empty()),
        beyond: typed.beyond,
    };
    let given_now = state
        .service
        .give_number(office.id, asker.officer.clone(), typed.tap, asked)
        .await;
    match given_now {
        Err(_) => busy(),
        Ok(Ok(None)) => super::go(&format!("/staff/{}/datang", asker.slug)),
        Ok(Ok(Some(ticket))) => {
            state.hall_news.tell(office.id);
            let told = given(&state, &asker, words, office, &ticket, None).await;
            door(&state, &asker, String::new(), Some(told), Vec::new(), StatusCode::OK)
        }
        Ok(Err(refusal)) => {
            let mut told = bad(words, refusal_words(words, refusal));
            if refusal == HallRefusal::WalkInsGiven && asker.officer.may(Right::Lead) {
                told.offer = Some(Offer::Beyond { line: typed.line });
            }
            door(
                &state,
                &asker,
                String::new(),
                Some(told),
                Vec::new(),
                StatusCode::UNPROCESSABLE_ENTITY,
            )
        }
    }
}

async fn given(
    state: &AppState,
    asker: &Asker,
    words: Words<'_>,
    office: &Office,
    ticket: &Ticket,
    view: Option<&BookingView>,
) -> Told {
    let mut body = Vec::new();
    if let Some(view) = view {
        body.push(
            view.people
                .iter()
                .map(|visitor| visitor.name.as_str())
                .collect::<Vec<_>>()
                .join(", "),
        );
    }
    if let Some(punctuality) = ticket.punctuality {
        body.push(words.key(&format!("console.came_{}", punctuality.name()), &[]));
    }
    body.push(line_words(words, &ticket.line));
    if let Some(group) = &ticket.group {
        body.push(group_words(words, office, group));
        if !ticket.is_faster {
            body.push(words.key("console.group_many", &[]));
        }
    }
    if let Ok(Some(place)) = state.service.view_place(office.id, ticket.token.clone()).await {
        body.push(band_words(words, office, place.at, place.band));
    }
    Told {
        is_good: true,
        title: words.key("console.door_yes", &[]),
        number: ticket.label.to_string(),
        body,
        ticket: format!("/o/{}/q/{}?cetak=1", asker.slug, ticket.token),
        offer: None,
    }
}

fn check_in_words(words: Words<'_>, refusal: &CheckInRefusal) -> String {
    match refusal {
        CheckInRefusal::Hall(refusal) => refusal_words(words, *refusal),
        CheckInRefusal::HasNumber(label, state) => words.key(
            "console.has_number",
            &[
                ("number", Arg::Text(label.to_string())),
                ("state", Arg::Key(format!("hall.state_{}", state.name()))),
            ],
        ),
        CheckInRefusal::Booking(ArrivalRefusal::Unknown) => words.key("console.door_unknown", &[]),
        CheckInRefusal::Booking(ArrivalRefusal::OtherDay(day)) => {
            words.key("console.door_other_day", &[("day", Arg::Day(*day))])
        }
        CheckInRefusal::Booking(ArrivalRefusal::NotBooked(BookingState::Missed)) => {
            words.key("console.door_missed", &[])
        }
        CheckInRefusal::Booking(ArrivalRefusal::NotBooked(state)) => {
            let state = Arg::Key(format!("booking.state_{}", state.name()));
            words.key("console.door_not_booked", &[("state", state)])
        }
        CheckInRefusal::Booking(ArrivalRefusal::Niks(_)) => words.key("console.door_nik", &[]),
        CheckInRefusal::Booking(ArrivalRefusal::Booking(_)) => words.key("console.door_nik_booked", &[]),
    }
}
