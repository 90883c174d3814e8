//! `/staff/{office}/daftar`: an officer books for somebody, with or without a phone, by the same rules and from the same places as everybody;
//! or cancels by the code.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::{Date, DateTime};
use serde::Deserialize;
use sigap_actions::book_on_behalf::DeskOrder;

use sigap_core::booking::slots::DayState;
use sigap_core::booking::{BookingCode, BookingRefusal, BookingView, Nik, Visitor};
use sigap_core::conversation::nik_problem_in_words;
use sigap_core::conversation::reply::Arg;
use sigap_core::limits::PARTY_MAX;
use sigap_core::person::Contact;

use super::{Asker, Bar, new_tap};
use crate::booking_words::refusal_words;
use crate::pages::{Words, busy, nowhere, private_page};
use crate::routes::AppState;

/// Days with room that are shown at once.
const DAYS_SHOWN: usize = 10;

#[derive(Template)]
#[template(path = "console/booking.html")]
struct BookingPage<'a> {
    words: Words<'a>,
    bar: Bar,
    slug: String,
    services: Vec<(String, String)>,
    service: String,
    parties: Vec<usize>,
    party: usize,
    days: Vec<Day>,
    people: Vec<Person>,
    at: String,
    phone: String,
    problem: String,
    tap: String,
    done: Option<Done>,
}

struct Day {
    name: String,
    hours: Vec<Hour>,
}

impl Day {
    /// Whether the hour is one of this day's.
    fn has(&self, at: &str) -> bool {
        self.hours.iter().any(|hour| hour.value == at)
    }
}

struct Hour {
    value: String,
    time: String,
    left: String,
}

#[derive(Clone, Default)]
struct Person {
    name: String,
    born: String,
    nik: String,
}

/// A booking that was made or cancelled.
struct Done {
    title: String,
    code: String,
    lines: Vec<String>,
    ticket: String,
}

/// What is chosen so far.
#[derive(Debug, Default, Deserialize)]
pub struct Chosen {
    #[serde(default)]
    service: String,
    #[serde(default)]
    people: usize,
}

/// The form as it was sent.
struct Typed {
    service: String,
    at: String,
    phone: String,
    people: Vec<Person>,
}

impl Typed {
    fn read(fields: &HashMap<String, String>) -> Self {
        let field = |name: &str| {
            fields
                .get(name)
                .map(|value| value.trim().to_owned())
                .unwrap_or_default()
        };
        let count = field("people").parse().unwrap_or(1).clamp(1, PARTY_MAX);
        Self {
            service: field("service"),
            at: field("at"),
            phone: field("phone"),
            people: (0..count)
                .map(|place| Person {
                    name: field(&format!("name{place}")),
                    born: field(&format!("born{place}")),
                    nik: field(&format!("nik{place}")),
                })
                .collect(),
        }
    }

    /// The order, or what is to be corrected.
    fn order(&self, words: Words<'_>, line: Option<&str>, officer: String) -> Result<DeskOrder, String> {
        let at: DateTime = self.at.parse().map_err(|_| words.c("book_no_hour"))?;
        let contact = Contact::of_typed_phone(&self.phone).ok_or_else(|| words.c("book_phone_wrong"))?;
        let mut people = Vec::new();
        for person in &self.people {
            if person.name.is_empty() {
                return Err(words.c("book_no_name"));
            }
            let born_on: Date = person.born.parse().map_err(|_| words.c("book_no_birth"))?;
            let nik = match person.nik.as_str() {
                "" => None,
                nik => Some(Nik::parse(nik, born_on).map_err(|problem| words.arg(&nik_problem_in_words(problem)))?),
            };
            let visitor = Visitor {
                name: person.name.clone(),
                born_on,
            };
            people.push((visitor, nik));
        }
        Ok(DeskOrder {
            number: contact.phone.as_ref().and(line).unwrap_or_default().to_owned(),
            contact,
            officer,
            service: self.service.clone(),
            at,
            people,
        })
    }
}

/// The page.
pub async fn show(State(state): State<AppState>, asker: Asker, Query(chosen): Query<Chosen>) -> Response {
    let people = vec![Person::default(); chosen.people.clamp(1, PARTY_MAX)];
    let typed = Typed {
        service: chosen.service,
        at: String::new(),
        phone: String::new(),
        people,
    };
    render(&state, &asker, typed, String::new(), None, StatusCode::OK).await
}

/// Books.
pub async fn send(
    State(state): State<AppState>,
    asker: Asker,
    Form(fields): Form<HashMap<String, String>>,
) -> Response {
    let Some(words) = asker.words(&state) else {
        return nowhere();
    };
    let office = asker.officer.office();
    let typed = Typed::read(&fields);
    let order = match typed.order(
        words,
        state.numbers.line(office),
        format!("staff {}", asker.officer.staff()),
    ) {
        Ok(order) => order,
        Err(problem) => return render(&state, &asker, typed, problem, None, StatusCode::UNPROCESSABLE_ENTITY).await,
    };
    let at = order.at;
    let tap = fields.get("tap").cloned().unwrap_or_default();
    match state
        .service
        .book_at_desk(office, asker.officer.clone(), tap, order)
        .await
    {
        Err(_) => busy(),
        Ok(None) => {
            let nothing = Typed::read(&HashMap::new());
            let problem = words.c("book_twice");
            render(&state, &asker, nothing, problem, None, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Ok(Some(Err(refusal))) => {
            let problem = refusal_words(words, &refusal, at);
            render(&state, &asker, typed, problem, None, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Ok(Some(Ok(view))) => {
            let done = done(words, words.c("booked"), &view);
            let nothing = Typed::read(&HashMap::new());
            render(&state, &asker, nothing, String::new(), Some(done), StatusCode::OK).await
        }
    }
}

/// Cancels by the code.
pub async fn cancel(
    State(state): State<AppState>,
    asker: Asker,
    Form(fields): Form<HashMap<String, String>>,
) -> Response {
    let Some(words) = asker.words(&state) else {
        return nowhere();
    };
    let nothing = Typed::read(&HashMap::new());
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let Some(code) = fields.get("code").and_then(|code| BookingCode::parse(code)) else {
        return render(&state, &asker, nothing, words.c("door_unknown"), None, refused).await;
    };
    let office = asker.officer.office();
    match state.service.cancel_at_desk(office, asker.officer.clone(), code).await {
        Err(_) => busy(),
        Ok(Err(BookingRefusal::Unknown)) => {
            render(&state, &asker, nothing, words.c("door_unknown"), None, refused).await
        }
        Ok(Err(_)) => render(&state, &asker, nothing, words.c("book_not_cancelled"), None, refused).await,
        Ok(Ok(view)) => {
            let mut done = done(words, words.c("book_cancelled"), &view);
            done.ticket = String::new();
            render(&state, &asker, nothing, String::new(), Some(done), StatusCode::OK).await
        }
    }
}

fn done(words: Words<'_>, title: String, view: &BookingView) -> Done {
    let mut lines = vec![words.service(&view.service)];
    lines.push(match view.at {
        Some(at) => format!(
            "{}, {}",
            words.arg(&Arg::Day(at.date())),
            words.arg(&Arg::Clock(at.time()))
        ),
        None => words.arg(&Arg::Day(view.day)),
    });
    lines.extend(view.people.iter().map(|visitor| visitor.name.clone()));
    Done {
        title,
        code: view.code.grouped(),
        lines,
        ticket: view.url.clone().unwrap_or_default(),
    }
}

async fn render(
    state: &AppState,
    asker: &Asker,
    typed: Typed,
    problem: String,
    done: Option<Done>,
    status: StatusCode,
) -> Response {
    let (Some(office), Some(words)) = (asker.office(state), asker.words(state)) else {
        return nowhere();
    };
    let party = typed.people.len();
    let mut days = Vec::new();
    if office.services.iter().any(|service| service.id == typed.service) {
        let places = u8::try_from(party).unwrap_or(u8::MAX);
        let Ok(free) = state.service.list_free(office.id, typed.service.clone(), places).await else {
            return busy();
        };
        days.extend(free.into_iter().filter_map(|(day, state)| {
            match state {
                DayState::Free(hours) => Some(Day {
                    name: words.arg(&Arg::Day(day)),
                    hours: hours
                        .into_iter()
                        .map(|(time, left)| Hour {
                            value: day.to_datetime(time).to_string(),
                            time: words.arg(&Arg::Hour(time)),
                            left: words.key("console.book_left", &[("count", Arg::Number(i64::from(left)))]),
                        })
                        .collect(),
                }),
                DayState::Full | DayState::Not(_) => None,
            }
        }));
        days.truncate(DAYS_SHOWN);
    }
    private_page(
        status,
        &BookingPage {
            bar: asker.bar("booking"),
            slug: asker.slug.clone(),
            services: office
                .services
                .iter()
                .map(|service| (service.id.clone(), words.service(&service.id)))
                .collect(),
            service: typed.service,
            parties: (1..=PARTY_MAX).collect(),
            party,
            days,
            people: typed.people,
            at: typed.at,
            phone: typed.phone,
            problem,
            tap: new_tap(state),
            done,
            words,
        },
    )
}
