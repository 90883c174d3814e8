//! `GET /o/{office}`: where a citizen begins. Four tiles for what most come for, whether the office is open, who need not queue, and ways
//! to everything else.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use sigap_core::calendar::{OfficeStatus, local_date, status_at};
use sigap_core::conversation::choice::{
    BOOKING, DURATION, FEEDBACK, FEES, HELP, HELPDESK, PAYMENT, PICKUP, PRIORITY, REQUIREMENTS, SIMPATIK, STATUS,
};
use sigap_core::conversation::reply::{Arg, Choice};

use super::guide::{Way, path_of, priority_notice, ways_to};
use super::office::{has_no_hours, hours_caution, is_served};
use super::offices::OFFICE_COOKIE;
use super::{Asked, Words, nowhere, office_of, public_page};
use crate::routes::AppState;

/// A year: how long a browser remembers which office was opened last.
const REMEMBERED_SECONDS: u32 = 31_536_000;

/// What most people come for, in the order of the tiles: the choice, its words, its picture.
const TILES: [(Choice, &str, &str); 4] = [
    (BOOKING, "tile_queue", "ticket"),
    (STATUS, "tile_status", "progress"),
    (REQUIREMENTS, "tile_papers", "papers"),
    (PICKUP, "tile_pickup", "passport"),
];

#[derive(Template)]
#[template(path = "guide/start.html")]
struct StartPage<'a> {
    words: Words<'a>,
    opening: Vec<String>,
    hours_caution: String,
    tiles: Vec<Tile>,
    priority: String,
    priority_page: String,
    whatsapp: Option<(String, &'a str)>,
    links: Vec<(String, String)>,
}

struct Tile {
    href: String,
    title: String,
    icon: &'static str,
}

/// The page. An office without a line here has a page of facts only.
pub async fn show(State(state): State<AppState>, Path(slug): Path<String>, Query(asked): Query<Asked>) -> Response {
    let Some(office) = office_of(&state, &slug) else {
        return nowhere();
    };
    if !is_served(&state, office) {
        return Redirect::to(&format!("/o/{slug}/kantor")).into_response();
    }
    let words = Words::new(state.service.content(), office, asked.language());
    let tiles = TILES
        .into_iter()
        .filter(|(choice, ..)| office.offers(*choice))
        .map(|(choice, title, icon)| Tile {
            href: path_of(&slug, choice),
            title: words.g(title),
            icon,
        })
        .collect();
    let mut response = public_page(
        StatusCode::OK,
        &StartPage {
            opening: opening(words, state.clock.now()),
            hours_caution: hours_caution(words),
            tiles,
            priority: priority_notice(words).unwrap_or_default(),
            priority_page: path_of(&slug, PRIORITY),
            whatsapp: words.whatsapp(),
            links: links(words, &slug),
            words,
        },
    );
    // The office's name alone: who opened it is nobody's business.
    let kept = format!("{OFFICE_COOKIE}={slug}; Path=/; HttpOnly; SameSite=Lax; Max-Age={REMEMBERED_SECONDS}");
    if let Ok(kept) = HeaderValue::from_str(&kept) {
        response.headers_mut().append(header::SET_COOKIE, kept);
    }
    response
}

/// Everything else, each with its page.
fn links(words: Words<'_>, slug: &str) -> Vec<(String, String)> {
    let named = |choices: &[Choice]| -> Vec<(String, String)> {
        let choices: Vec<Choice> = choices
            .iter()
            .copied()
            .filter(|choice| words.office.offers(*choice))
            .collect();
        ways_to(words, &choices)
            .into_iter()
            .map(|Way { href, title, .. }| (href, title))
            .collect()
    };
    let own = |path: &str, name: &str| (format!("/o/{slug}/{path}"), words.g(name));
    let mut links = vec![own("tiket", "link_ticket"), own("kantor", "link_office")];
    links.extend(named(&[FEES, PAYMENT, DURATION, SIMPATIK, HELPDESK]));
    links.push(own("undian", "link_draws"));
    links.push(own("angka", "link_figures"));
    links.push(own("obrolan", "link_chat"));
    links.extend(named(&[FEEDBACK]));
    links.push(own("masukan?jenis=broker", "link_broker"));
    links.push(("/cek-nomor".to_owned(), words.g("link_check")));
    links.extend(named(&[HELP]));
    links.push(own("privasi", "link_privacy"));
    links.push(own("setelan", "link_settings"));
    links.push(("/".to_owned(), words.g("link_offices")));
    links
}

/// Whether the office is open now, and until when; or why not, and when again. One or two sentences.
pub(crate) fn opening(words: Words<'_>, now: Timestamp) -> Vec<String> {
    let office = words.office;
    if has_no_hours(office) {
        return vec![words.g("hours_unknown")];
    }
    match status_at(office, now) {
        OfficeStatus::Open { until } => vec![words.key("guide.open_until", &[("until", Arg::Clock(until))])],
        OfficeStatus::Closed { reason, next } => {
            let why = match reason {
                Some(reason) => words.key("guide.closed_because", &[("reason", Arg::Text(reason))]),
                None => words.g("closed"),
            };
            let again = next.map(|(day, time)| {
                let time = ("time", Arg::Clock(time));
                if day == local_date(office, now) {
                    words.key("guide.opens_today", &[time])
                } else {
                    words.key("guide.opens_next", &[("day", Arg::Day(day)), time])
                }
            });
            std::iter::once(why).chain(again).collect()
        }
    }
}
