//! The page itself, filled with the people and offices at hand. The chat is drawn by the script from the live line.

use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::POLICY;
use crate::emulator::Emulator;
use crate::lock::read;

/// What the address may choose.
#[derive(Deserialize)]
pub(super) struct Chosen {
    person: Option<String>,
    number: Option<String>,
}

/// `GET /phone`.
pub(super) async fn show(State(emulator): State<Emulator>, Query(chosen): Query<Chosen>) -> Response {
    let (mut persons, mut numbers) = (String::new(), String::new());
    for person in &read(&emulator.inner.directory).persons {
        option(
            &mut persons,
            &person.id,
            &person.name,
            &person.about,
            chosen.person.as_deref(),
        );
    }
    for number in &emulator.inner.numbers {
        let number = &number.config;
        option(
            &mut numbers,
            &number.phone_number_id,
            &number.office_name,
            "",
            chosen.number.as_deref(),
        );
    }
    let html = include_str!("../../assets/phone.html")
        .replace("<!--persons-->", &persons)
        .replace("<!--numbers-->", &numbers);
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, [(header::CONTENT_SECURITY_POLICY, POLICY)], html).into_response()
}

fn option(html: &mut String, value: &str, label: &str, about: &str, chosen: Option<&str>) {
    let selected = if chosen == Some(value) { " selected" } else { "" };
    html.push_str(&format!(
        "<option value=\"{}\" data-about=\"{}\"{selected}>{}</option>",
        escaped(value),
        escaped(about),
        escaped(label)
    ));
}

pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
