//! `GET /o/{office}/q/{token}`: a number in the hall, live on a phone, and the ticket that is printed.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use sigap_actions::view_hall::PlaceView;
use sigap_core::conversation::reply::Arg;
use sigap_core::office::Office;
use sigap_core::queue::VisitState;

use super::{Feed, band_words, clock_words, line_words, streamed, today_words};
use crate::pages::{Asked, Words, busy, nowhere, office_of, private_page};
use crate::qr_picture::picture;
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "hall/place.html", blocks = ["place"])]
struct PlacePage<'a> {
    words: Words<'a>,
    slug: String,
    token: String,
    number: String,
    line: String,
    state: &'static str,
    is_open: bool,
    is_done: bool,
    is_called: bool,
    counter: String,
    ahead: String,
    band: String,
    now_served: String,
    day: String,
    given: String,
    updated: String,
    picture: String,
    prints: bool,
}

#[derive(Serialize)]
struct Told {
    place: String,
}

/// Whether the page prints itself when it is loaded.
#[derive(Debug, Default, Deserialize)]
pub struct Printed {
    #[serde(default)]
    cetak: Option<String>,
}

fn page_of<'a>(words: Words<'a>, office: &'a Office, token: &str, address: &str, view: &PlaceView) -> PlacePage<'a> {
    let visit = &view.visit;
    let state = if view.is_today { visit.state } else { VisitState::Left };
    PlacePage {
        slug: office.slug.clone(),
        token: token.to_owned(),
        number: visit.label.to_string(),
        line: line_words(words, &visit.line),
        state: state.name(),
        is_open: state.is_open(),
        is_done: visit.state == VisitState::Done,
        is_called: state == VisitState::Called,
        counter: visit.counter.map(|counter| counter.to_string()).unwrap_or_default(),
        ahead: match state {
            VisitState::Waiting => words.key("hall.ahead", &[("count", Arg::Number(i64::from(view.ahead)))]),
            _ => String::new(),
        },
        band: match state {
            VisitState::Waiting => band_words(words, office, view.at, view.band),
            _ => String::new(),
        },
        now_served: view.now_served.map(|label| label.to_string()).unwrap_or_default(),
        day: today_words(words, office, view.at),
        given: clock_words(words, office, visit.since),
        updated: clock_words(words, office, view.at),
        picture: picture(address),
        prints: false,
        words,
    }
}

/// The page.
pub async fn show(
    State(state): State<AppState>,
    Path((slug, token)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    Query(printed): Query<Printed>,
) -> Response {
    let Some(office) = office_of(&state, &slug) else {
        return nowhere();
    };
    let view = match state.service.view_place(office.id, token.clone()).await {
        Err(_) => return busy(),
        Ok(None) => return nowhere(),
        Ok(Some(view)) => view,
    };
    let words = Words::new(state.service.content(), office, asked.language());
    let mut page = page_of(words, office, &token, &state.links.queue(&slug, &token), &view);
    page.prints = printed.cetak.is_some();
    private_page(StatusCode::OK, &page)
}

/// Its live part.
pub async fn stream(
    State(state): State<AppState>,
    Path((slug, token)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Response {
    let Some(office) = office_of(&state, &slug).map(|office| office.id) else {
        return nowhere();
    };
    streamed(&state, Feed::Hall, office, move |state| {
        let (asked, token) = (asked.clone(), token.clone());
        async move {
            let view = state.service.view_place(office, token.clone()).await.ok()??;
            let content = state.service.content();
            let office = content.office(office)?;
            let words = Words::new(content, office, asked.language());
            let page = page_of(words, office, &token, "", &view);
            let told = Told {
                place: page.as_place().render().ok()?,
            };
            serde_json::to_string(&told).ok()
        }
    })
}
