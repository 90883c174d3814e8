//! `GET /o/{office}/kantor`: when an office is open, where it is, by which numbers it can be trusted, and how to tell a fake.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::ToSpan;
use jiff::civil::Date;
use sigap_core::calendar::local_date;
use sigap_core::conversation::choice::{FEES, HELPDESK, PRIORITY, REQUIREMENTS};
use sigap_core::conversation::reply::Arg;
use sigap_core::office::{DayException, Office};
use sigap_core::person::international;

use super::chat_text::{Block, ChatText};
use super::guide::{Way, ask, body, ways_to};
use super::start::opening;
use super::{Asked, Words, nowhere, office_of, public_page};
use crate::routes::AppState;

/// Days ahead in which special days are told.
const DAYS_AHEAD: i64 = 42;
/// Special days told at most.
const DAYS_TOLD_MAX: usize = 12;

#[derive(Template)]
#[template(path = "guide/office.html")]
struct OfficePage<'a> {
    words: Words<'a>,
    is_served: bool,
    opening: Vec<String>,
    /// Day, hours, whether it is today.
    week: Vec<(String, String, bool)>,
    /// Empty where the office has confirmed its hours.
    hours_caution: String,
    days: Vec<(String, String)>,
    address: Option<&'a str>,
    address_caution: String,
    map: String,
    geo: String,
    phone: Option<(String, &'a str)>,
    whatsapp: Option<(String, &'a str)>,
    site: Option<&'a str>,
    helpdesk: Vec<Block>,
    fake: ChatText,
    ways: Vec<Way>,
}

/// The page.
pub async fn show(State(state): State<AppState>, Path(slug): Path<String>, Query(asked): Query<Asked>) -> Response {
    let Some(office) = office_of(&state, &slug) else {
        return nowhere();
    };
    let words = Words::new(state.service.content(), office, asked.language());
    let now = state.clock.now();
    let today = local_date(office, now);
    let address = office.address.as_deref();
    let helpdesk = ask(words, now, HELPDESK).map(|reply| ChatText::read(&body(words, &reply)).blocks);
    let at = address
        .map(|address| query(&format!("{}, {address}", office.name)))
        .unwrap_or_default();
    public_page(
        StatusCode::OK,
        &OfficePage {
            is_served: is_served(&state, office),
            opening: opening(words, now),
            week: week(words, today),
            hours_caution: hours_caution(words),
            address_caution: words.key("hours.address_caution", &[]),
            days: special_days(words, today),
            address,
            map: format!("https://maps.google.com/?q={at}"),
            geo: format!("geo:0,0?q={at}"),
            phone: words.telephone(),
            whatsapp: words.whatsapp(),
            site: office.site.as_deref(),
            helpdesk: helpdesk.unwrap_or_default(),
            fake: ChatText::read(&words.g("office_fake")),
            ways: ways_to(words, &[REQUIREMENTS, FEES, PRIORITY]),
            words,
        },
    )
}

/// Whether this installation has a line of that office.
pub(crate) fn is_served(state: &AppState, office: &Office) -> bool {
    state.numbers.line(office.id).is_some()
}

pub(crate) fn has_no_hours(office: &Office) -> bool {
    office.hours.week.iter().all(Vec::is_empty)
}

/// That the hours are not confirmed; empty where they are, or where there are none.
pub(crate) fn hours_caution(words: Words<'_>) -> String {
    if words.office.hours.is_confirmed || has_no_hours(words.office) {
        String::new()
    } else {
        words.key("hours.caution", &[])
    }
}

fn week(words: Words<'_>, today: Date) -> Vec<(String, String, bool)> {
    if has_no_hours(words.office) {
        return Vec::new();
    }
    let today = today.weekday().to_monday_zero_offset();
    (0_u8..)
        .zip(&words.office.hours.week)
        .map(|(day, spans)| {
            let name = words.arg(&Arg::Weekdays(day, day));
            (
                name,
                words.arg(&Arg::Hours(spans.clone())),
                i8::try_from(day) == Ok(today),
            )
        })
        .collect()
}

/// Days unlike their weekday, with the reason.
fn special_days(words: Words<'_>, today: Date) -> Vec<(String, String)> {
    let Ok(last) = today.checked_add(DAYS_AHEAD.days()) else {
        return Vec::new();
    };
    let days = words.office.exceptions.range(today..=last).take(DAYS_TOLD_MAX);
    days.map(|(day, exception)| {
        let told = match exception {
            DayException::Closed { reason, is_estimated } => {
                let key = if *is_estimated {
                    "guide.office_closed_perhaps"
                } else {
                    "guide.office_closed"
                };
                words.key(key, &[("reason", Arg::Text(reason.clone()))])
            }
            DayException::Open { spans, reason } => words.key(
                "guide.office_open",
                &[
                    ("hours", Arg::Hours(spans.clone())),
                    ("reason", Arg::Text(reason.clone())),
                ],
            ),
        };
        (words.arg(&Arg::Day(*day)), told)
    })
    .collect()
}

/// Opens a chat with the office's number, with words already written (Meta, click to chat); `None` where the office has no number.
pub(crate) fn whatsapp_link(office: &Office, text: &str) -> Option<String> {
    let link = format!("https://wa.me/{}", international(office.whatsapp.as_deref()?));
    Some(if text.is_empty() {
        link
    } else {
        format!("{link}?text={}", query(text))
    })
}

/// Words inside the query of an address; gaps as `%20`, which every app reads.
fn query(words: &str) -> String {
    let pair = serde_urlencoded::to_string([("q", words)]).unwrap_or_default();
    pair.strip_prefix("q=").unwrap_or_default().replace('+', "%20")
}
