//! `GET` and `POST /o/{office}/n/{token}`: the form for the NIK behind a link that was sent. The numbers are hashed at once;
//! nothing of them is stored, logged or put into an address.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use sigap_actions::give_identity::{FormRefusal, FormView};
use sigap_core::booking::identity::NikProblem;
use sigap_core::booking::{BookingRefusal, BookingState, BookingView};
use sigap_core::conversation::nik_problem_in_words;
use sigap_core::conversation::reply::Arg;

use super::{Asked, Words, busy, nowhere, office_of, private_page, told};
use crate::routes::AppState;

/// What was typed, a field a person.
#[derive(Debug, Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    nik0: String,
    #[serde(default)]
    nik1: String,
    #[serde(default)]
    nik2: String,
    #[serde(default)]
    nik3: String,
    #[serde(default)]
    nik4: String,
}

impl Typed {
    fn list(self, people: usize) -> Vec<String> {
        let mut niks = vec![self.nik0, self.nik1, self.nik2, self.nik3, self.nik4];
        niks.truncate(people);
        niks
    }
}

/// One person's field.
struct Field {
    position: usize,
    name: String,
    born: String,
    typed: String,
    problem: String,
}

#[derive(Template)]
#[template(path = "identity.html")]
struct IdentityPage<'a> {
    words: Words<'a>,
    service: String,
    day: String,
    time: String,
    until: String,
    fields: Vec<Field>,
    problem: String,
}

/// The form.
pub async fn show(
    State(state): State<AppState>,
    Path((office, token)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Response {
    let Some(office) = office_of(&state, &office) else {
        return nowhere();
    };
    let form = match state.service.view_form(office.id, token).await {
        Err(_) => return busy(),
        Ok(Err(_)) => return nowhere(),
        Ok(Ok(form)) => form,
    };
    let words = Words::new(state.service.content(), office, asked.language_or(form.language));
    if form.is_open {
        shown(words, StatusCode::OK, &form.booking, &[], &[], "")
    } else {
        ended(words, &form)
    }
}

/// What was typed.
pub async fn send(
    State(state): State<AppState>,
    Path((slug, token)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    Form(typed): Form<Typed>,
) -> Response {
    let Some(office) = office_of(&state, &slug) else {
        return nowhere();
    };
    let form = match state.service.view_form(office.id, token.clone()).await {
        Err(_) => return busy(),
        Ok(Err(_)) => return nowhere(),
        Ok(Ok(form)) => form,
    };
    let words = Words::new(state.service.content(), office, asked.language_or(form.language));
    let niks = typed.list(form.booking.people.len());
    match state.service.give_identity(office.id, token, niks.clone()).await {
        Err(_) => busy(),
        Ok(Ok(view)) => after(words, &view),
        Ok(Err(FormRefusal::NoLink)) => nowhere(),
        Ok(Err(FormRefusal::Used | FormRefusal::Lapsed)) => ended(words, &form),
        Ok(Err(FormRefusal::Niks(problems))) => shown(
            words,
            StatusCode::UNPROCESSABLE_ENTITY,
            &form.booking,
            &niks,
            &problems,
            "",
        ),
        Ok(Err(FormRefusal::Twice)) => shown(
            words,
            StatusCode::UNPROCESSABLE_ENTITY,
            &form.booking,
            &niks,
            &[],
            "nik_twice",
        ),
        Ok(Err(FormRefusal::Booking(refusal))) => refused(words, &refusal),
    }
}

fn shown(
    words: Words<'_>,
    status: StatusCode,
    view: &BookingView,
    typed: &[String],
    problems: &[(usize, NikProblem)],
    problem: &str,
) -> Response {
    let fields = view
        .people
        .iter()
        .enumerate()
        .map(|(position, visitor)| Field {
            position,
            name: visitor.name.clone(),
            born: words.arg(&Arg::Day(visitor.born_on)),
            typed: typed.get(position).cloned().unwrap_or_default(),
            problem: problems
                .iter()
                .find(|(at, _)| *at == position)
                .map(|(_, problem)| words.arg(&nik_problem_in_words(*problem)))
                .unwrap_or_default(),
        })
        .collect();
    private_page(
        status,
        &IdentityPage {
            words,
            service: words.service(&view.service),
            day: words.arg(&Arg::Day(view.day)),
            time: view.at.map(|at| words.arg(&Arg::Clock(at.time()))).unwrap_or_default(),
            until: view
                .until
                .map(|until| words.arg(&Arg::Moment(until)))
                .unwrap_or_default(),
            fields,
            problem: if problem.is_empty() {
                String::new()
            } else {
                words.of(problem)
            },
        },
    )
}

/// The form was sent: the ticket, or that the entry stands.
fn after(words: Words<'_>, view: &BookingView) -> Response {
    match (&view.url, view.state) {
        (Some(url), BookingState::Booked) => Redirect::to(url).into_response(),
        (_, BookingState::Entered) => told(words, StatusCode::OK, "entered_title", "entered"),
        (_, BookingState::Offered) => told(words, StatusCode::OK, "offered_title", "offered"),
        _ => told(words, StatusCode::OK, "waiting_title", "waiting"),
    }
}

/// A link that was used, or whose time is over.
fn ended(words: Words<'_>, form: &FormView) -> Response {
    match form.booking.state {
        BookingState::Held | BookingState::Lapsed | BookingState::Cancelled | BookingState::Missed => {
            told(words, StatusCode::GONE, "lapsed_title", "lapsed")
        }
        _ => after(words, &form.booking),
    }
}

fn refused(words: Words<'_>, refusal: &BookingRefusal) -> Response {
    let body = match refusal {
        BookingRefusal::HasOne { .. } => "has_one",
        BookingRefusal::Barred { .. } => "barred",
        BookingRefusal::Helpdesk => "helpdesk",
        BookingRefusal::NotThen(_) => "closed",
        _ => "lapsed",
    };
    told(words, StatusCode::CONFLICT, "refused_title", body)
}
