//! The demo's people: a page that signs in as one of them. The sign-in itself is the real one, with a password and a code made here.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Form, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use jiff::SignedDuration;
use serde::Deserialize;
use sigap_actions::enrol_staff::{Enrolment, NewStaff};
use sigap_actions::ports::Clock;
use sigap_actions::secrets::{code_now, code_secret};
use sigap_actions::service::Service;
use sigap_core::staff::Role;
use sigap_web::console::session_cookie;
use tokio::sync::OnceCell;

use crate::clock::SystemClock;

/// Who works in the demo: address, name, role. All of them are made up.
const PEOPLE: [(&str, &str, Role); 7] = [
    ("ani@contoh.go.id", "Ani (contoh)", Role::Counter),
    ("budi@contoh.go.id", "Budi (contoh)", Role::Counter),
    ("citra@contoh.go.id", "Citra (contoh)", Role::Head),
    ("dewi@contoh.go.id", "Dewi (contoh)", Role::Auditor),
    ("eko@contoh.go.id", "Eko (contoh)", Role::Helpdesk),
    ("fajar@contoh.go.id", "Fajar (contoh)", Role::Directorate),
    ("fitri@contoh.go.id", "Fitri (contoh)", Role::Content),
];
/// Their password: the page knows it anyway.
const PASSWORD: &str = "hujan turun di sore hari";

#[derive(Clone)]
struct Demo {
    service: Arc<OnceCell<Service>>,
    office: &'static str,
}

/// The page, and the service it signs in at, to be set once the service runs.
pub(super) fn router(office: &'static str) -> (Router, Arc<OnceCell<Service>>) {
    let service = Arc::new(OnceCell::new());
    let demo = Demo {
        service: Arc::clone(&service),
        office,
    };
    let router = Router::new().route("/demo", get(show).post(send)).with_state(demo);
    (router, service)
}

async fn show(State(demo): State<Demo>) -> Response {
    let people: String = PEOPLE
        .iter()
        .enumerate()
        .map(|(place, (email, name, role))| {
            format!(
                "<p><button name=\"who\" value=\"{place}\">{name}, {}</button><br><small>{email}</small></p>",
                role.name()
            )
        })
        .collect();
    let office = demo.office;
    let style = sigap_web::style_url();
    Html(format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>sigap demo</title><link rel=\"stylesheet\" \
         href=\"{style}\"></head><body><main><h1>Sign in to the demo office</h1><p>Made-up people of {office}. \
         In a real office each of them has a password and a code of their own.</p><form method=\"post\">{people}</form>\
         </main></body></html>"
    ))
    .into_response()
}

#[derive(Deserialize)]
struct Chosen {
    who: usize,
}

async fn send(State(demo): State<Demo>, Form(chosen): Form<Chosen>) -> Response {
    match sign_in(&demo, chosen.who).await {
        Some(cookie) => (
            [(header::SET_COOKIE, cookie)],
            Redirect::to(&format!("/staff/{}", demo.office)),
        )
            .into_response(),
        None => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

async fn sign_in(demo: &Demo, who: usize) -> Option<String> {
    let service = demo.service.get()?.clone();
    let (email, name, role) = PEOPLE.get(who)?;
    let office = service.content().office_by_slug(demo.office)?.clone();
    let new = NewStaff {
        email: (*email).to_owned(),
        name: (*name).to_owned(),
        roles: vec![*role],
    };
    let link = service.add_staff(office.id, None, new).await.ok()?.ok()?;
    let token = link.rsplit('/').next()?.to_owned();
    let content = service.view_enrolment(office.id, token.clone()).await.ok()??;
    let now = SystemClock.now();
    let secret = code_secret(service.random().ok()?);
    let (salt, code) = (service.random().ok()?, code_now(&secret, now)?);
    let (place, hidden) = (office.clone(), secret.clone());
    let made = move || Enrolment::new(&place, &content, PASSWORD, salt, &hidden, &code);
    let enrolment = tokio::task::spawn_blocking(made).await.ok()?.ok()?.ok()?;
    service.enrol(office.id, token, enrolment).await.ok()?.ok()?;
    let candidate = service.find_candidate(office.id, (*email).to_owned()).await.ok()?;
    let checked = tokio::task::spawn_blocking(move || candidate.check(PASSWORD))
        .await
        .ok()?;
    // The code of now was used to set the sign-in up, and each counts once.
    let next = code_now(&secret, now.checked_add(SignedDuration::from_secs(30)).ok()?)?;
    let signed_in = service
        .sign_in(office.id, checked, next, "demo".into())
        .await
        .ok()?
        .ok()?;
    let seconds = signed_in.ends_at.duration_since(now).as_secs();
    Some(session_cookie(demo.office, &signed_in.token, seconds))
}
