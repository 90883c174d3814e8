//! `/o/{office}/bukti`: whose browser is it? Its page shows a code; a message from the phone brings it to the office's own WhatsApp line, and
//! a yes there ties the browser to the phone for a day. Free for both, and no password to forget.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sigap_core::conversation::browser::CODE_MARK;
use sigap_core::conversation::reply::Arg;

use super::office::whatsapp_link;
use super::visitor::Visitor;
use super::{Words, busy, nowhere, private_page};
use crate::qr_picture::picture;
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "visitor/proof.html")]
struct ProofPage<'a> {
    words: Words<'a>,
    slug: &'a str,
    text: String,
    link: String,
    picture: String,
    check: String,
    until: String,
    line: String,
    next: String,
    has_code: bool,
}

/// Where to go on afterwards: a page of the office, by its name alone.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Onward {
    #[serde(default)]
    ke: String,
}

impl Onward {
    /// Only pages that need a proof; another name leads to the list of bookings.
    fn name(&self) -> &'static str {
        ["antrean", "data", "obrolan"]
            .into_iter()
            .find(|known| *known == self.ke)
            .unwrap_or("tiket")
    }

    fn path(&self) -> String {
        match self.name() {
            "antrean" => "/antrean/periksa".to_owned(),
            name => format!("/{name}"),
        }
    }
}

/// The page with the code.
pub(crate) async fn show(State(state): State<AppState>, visitor: Visitor, Query(onward): Query<Onward>) -> Response {
    if visitor.is_proven() {
        return visitor.go(&onward.path());
    }
    let Some(words) = visitor.words(&state) else {
        return nowhere();
    };
    let mut page = ProofPage {
        slug: &visitor.slug,
        text: String::new(),
        link: String::new(),
        picture: String::new(),
        check: String::new(),
        until: String::new(),
        line: words.office.whatsapp.clone().unwrap_or_default(),
        next: format!("/o/{}{}", visitor.slug, onward.path()),
        has_code: false,
        words,
    };
    if let Some(token) = visitor.token() {
        let Ok(asked) = state.service.ask_proof(visitor.office, token).await else {
            return busy();
        };
        page.has_code = true;
        page.text = words.with_web(
            "code",
            &[("code", Arg::Text(format!("{CODE_MARK}{}", asked.code.grouped())))],
        );
        page.check = asked.check.to_string();
        page.until = words.arg(&Arg::Moment(asked.until));
        if let Some(link) = whatsapp_link(words.office, &page.text) {
            page.link = link;
            page.picture = picture(&page.link);
        }
    }
    visitor.answer(private_page(StatusCode::OK, &page))
}

/// Makes a code for a browser that had nothing to keep until now.
pub(crate) async fn send(
    State(state): State<AppState>,
    mut visitor: Visitor,
    Query(onward): Query<Onward>,
) -> Response {
    if let Err(response) = visitor.open(&state).await {
        return response;
    }
    visitor.go(&format!("/bukti?ke={}", onward.name()))
}

/// Whether it is proven now, for the script that waits on the page.
pub(crate) async fn ask(visitor: Visitor) -> Response {
    let told = if visitor.is_proven() { "1" } else { "0" };
    ([(header::CACHE_CONTROL, "no-store")], told).into_response()
}
