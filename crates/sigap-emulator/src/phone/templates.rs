//! The page `/phone/templat`: Meta's side of the templates, where a reviewer's pen is in everybody's hand. Plain forms, no script.

use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::page::escaped;
use super::{POLICY, is_foreign};
use crate::emulator::Emulator;
use crate::templates::{Held, TemplateVerdict};

/// What a reviewer may do: the value of the form, the words on it.
const VERDICTS: [(&str, &str); 7] = [
    ("APPROVED", "Setujui"),
    ("REJECTED", "Tolak"),
    ("PAUSED", "Jeda: terlalu banyak keluhan"),
    ("DISABLED", "Matikan"),
    ("MARKETING", "Pindahkan ke pemasaran"),
    ("UTILITY", "Kembalikan ke layanan"),
    ("RED", "Mutu merah"),
];

/// `GET /phone/templat`.
pub(super) async fn show(State(emulator): State<Emulator>) -> Response {
    let now = emulator.now();
    let mut held = emulator.inner.templates.all();
    held.sort_by(|a, b| (&a.account, &a.name, &a.language).cmp(&(&b.account, &b.name, &b.language)));
    let rows: String = held.iter().map(|held| row(held, held.status(now))).collect();
    let body = if rows.is_empty() {
        "<p>Belum ada templat. Kantor mengirimnya dari halaman Pemberitahuan.</p>".to_owned()
    } else {
        rows
    };
    let html = include_str!("../../assets/templates.html").replace("<!--templates-->", &body);
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, [(header::CONTENT_SECURITY_POLICY, POLICY)], html).into_response()
}

fn row(held: &Held, status: &str) -> String {
    let options: String = VERDICTS
        .iter()
        .map(|(value, words)| format!("<option value=\"{value}\">{words}</option>"))
        .collect();
    let (id, name, language) = (held.id, escaped(&held.name), escaped(&held.language));
    format!(
        "<section class=\"card\" aria-labelledby=\"t{id}\"><h2 id=\"t{id}\">{name} ({language})</h2>\
         <p><strong>{status}</strong>, {category}, {quality}</p><pre tabindex=\"0\" aria-label=\"{name} {language}\">{body}</pre>\
         <form method=\"post\" class=\"inline\"><input type=\"hidden\" name=\"id\" value=\"{id}\">\
         <label class=\"hidden\" for=\"v{id}\">Putusan untuk {name} ({language})</label>\
         <select id=\"v{id}\" name=\"verdict\">{options}</select><button type=\"submit\">Putuskan</button></form></section>",
        category = escaped(&held.category),
        quality = held.quality,
        body = escaped(held.body()),
    )
}

/// What was chosen.
#[derive(Deserialize)]
pub(super) struct Chosen {
    id: String,
    verdict: String,
}

/// `POST /phone/templat`.
pub(super) async fn judge(
    State(emulator): State<Emulator>,
    headers: HeaderMap,
    Form(chosen): Form<Chosen>,
) -> Response {
    if is_foreign(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let mut verdict = TemplateVerdict::default();
    match chosen.verdict.as_str() {
        "MARKETING" | "UTILITY" => verdict.category = Some(chosen.verdict),
        "RED" => verdict.quality = Some(chosen.verdict),
        "REJECTED" => {
            verdict.status = Some(chosen.verdict);
            verdict.reason = Some("INVALID_FORMAT".into());
        }
        _ => verdict.status = Some(chosen.verdict),
    }
    if emulator.judge_template(&chosen.id, &verdict) {
        Redirect::to("/phone/templat").into_response()
    } else {
        StatusCode::UNPROCESSABLE_ENTITY.into_response()
    }
}
