//! `/cek-nomor`: is this number or web address really an office's? Asked by POST, so that what was typed stands in no address and no log.

use askama::Template;
use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use sigap_content::Content;

use super::offices::{OFFICE_COOKIE, nationwide};
use super::{Asked, Words, nowhere, office_of, public_page};
use crate::console::cookie;
use crate::routes::AppState;

/// Characters that are read; no number and no host is longer.
const TYPED_CHARS_MAX: usize = 300;
/// Digits of a telephone number.
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;
/// Digits that a number has at least behind the country's code; with fewer, *62* is its own beginning.
const ABROAD_DIGITS_MIN: usize = 8;
/// Sites of the state: whoever has such a name has all names below it.
const STATE: &str = ".go.id";
/// Links that open a chat with a number.
const CHAT_HOSTS: [&str; 3] = ["wa.me", "api.whatsapp.com", "web.whatsapp.com"];

/// What is asked.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Question {
    #[serde(default)]
    nomor: Option<String>,
}

/// What was typed, made comparable.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Asking {
    /// Digits behind the country's code or the leading zero.
    Number(String),
    /// A host in small letters, without `www.`.
    Host(String),
    /// Neither.
    Unclear,
}

/// Whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Whose {
    /// That office's, by its short name.
    Office(String),
    /// A site of the directorate, of whichever office.
    Authority,
    Nobody,
}

#[derive(Template)]
#[template(path = "guide/check_number.html")]
struct CheckPage<'a> {
    words: Words<'a>,
    typed: String,
    is_unclear: bool,
    /// Heading of the answer; empty before the question.
    answer: String,
    is_ours: bool,
    told: Vec<String>,
    report: String,
}

/// The form.
pub async fn show(State(state): State<AppState>, Query(asked): Query<Asked>, headers: HeaderMap) -> Response {
    respond(&state, &asked, &headers, None)
}

/// The answer.
pub async fn send(
    State(state): State<AppState>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    Form(question): Form<Question>,
) -> Response {
    respond(&state, &asked, &headers, Some(question.nomor.unwrap_or_default()))
}

fn respond(state: &AppState, asked: &Asked, headers: &HeaderMap, typed: Option<String>) -> Response {
    let Some(words) = nationwide(state, asked) else {
        return nowhere();
    };
    let office = cookie(headers, OFFICE_COOKIE).and_then(|slug| office_of(state, slug));
    let report = office.unwrap_or(words.office);
    let mut page = CheckPage {
        typed: typed
            .clone()
            .unwrap_or_default()
            .chars()
            .take(TYPED_CHARS_MAX)
            .collect(),
        is_unclear: false,
        answer: String::new(),
        is_ours: false,
        told: Vec::new(),
        report: format!("/o/{}/masukan?jenis=broker", report.slug),
        words,
    };
    let Some(typed) = typed else {
        return public_page(StatusCode::OK, &page);
    };
    let asking = read(&typed);
    if asking == Asking::Unclear {
        page.is_unclear = true;
        return public_page(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let who = match whose(state.service.content(), state.links.base(), &asking) {
        Whose::Office(name) => Some(name),
        Whose::Authority => Some(words.g("check_authority")),
        Whose::Nobody => None,
    };
    page.is_ours = who.is_some();
    let told = match who {
        Some(who) => {
            page.answer = words.key(
                "guide.check_yes",
                &[("who", sigap_core::conversation::reply::Arg::Text(who))],
            );
            words.g("check_yes_what")
        }
        None => {
            let is_number = matches!(asking, Asking::Number(_));
            page.answer = words.g(if is_number { "check_no_number" } else { "check_no_site" });
            words.g("check_no_what")
        }
    };
    page.told = told.lines().map(str::to_owned).collect();
    public_page(StatusCode::OK, &page)
}

/// Reads a number in any spelling, a link to a chat, or an address.
fn read(typed: &str) -> Asking {
    let typed: String = typed.trim().chars().take(TYPED_CHARS_MAX).collect();
    if let Some(number) = number_of(&typed) {
        return Asking::Number(number);
    }
    let Some((host, rest)) = host_of(&typed) else {
        return Asking::Unclear;
    };
    if CHAT_HOSTS.contains(&host.as_str()) {
        let digits = rest.split(|c: char| !c.is_ascii_digit()).max_by_key(|run| run.len());
        return digits.and_then(number_of).map_or(Asking::Host(host), Asking::Number);
    }
    Asking::Host(host)
}

/// The digits that tell one number from another: `0811-8539-333`, `+62 811 8539 333` and `62811…` are the same.
fn number_of(typed: &str) -> Option<String> {
    let is_number = typed
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '\u{a0}' | '-' | '–' | '.' | '(' | ')' | '/' | '+'));
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    if !is_number || !DIGITS.contains(&digits.len()) {
        return None;
    }
    let own = digits.trim_start_matches('0');
    let own = own
        .strip_prefix("62")
        .filter(|own| own.len() >= ABROAD_DIGITS_MIN)
        .unwrap_or(own);
    Some(own.trim_start_matches('0').to_owned())
}

/// The host as a browser would read it, and what follows. What stands before an `@` is not the host.
fn host_of(typed: &str) -> Option<(String, &str)> {
    let address = typed.split_once("://").map_or(typed, |(_, rest)| rest);
    let end = address.find(['/', '?', '#', '\\']).unwrap_or(address.len());
    let (authority, rest) = address.split_at_checked(end)?;
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = host
        .split(':')
        .next()
        .unwrap_or_default()
        .trim_end_matches('.')
        .to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host).to_owned();
    let is_host =
        host.contains('.') && !host.contains(char::is_whitespace) && host.split('.').all(|label| !label.is_empty());
    is_host.then_some((host, rest))
}

fn whose(content: &Content, base: &str, asking: &Asking) -> Whose {
    match asking {
        Asking::Number(number) => {
            let office = content.offices().iter().find(|office| {
                let own = [&office.whatsapp, &office.phone];
                own.into_iter()
                    .flatten()
                    .filter_map(|known| number_of(known))
                    .any(|known| known == *number)
            });
            office.map_or(Whose::Nobody, |office| Whose::Office(office.short.clone()))
        }
        Asking::Host(host) => {
            let sites = || {
                content
                    .offices()
                    .iter()
                    .filter_map(|office| Some((office, host_of(office.site.as_deref()?)?.0)))
            };
            let of = sites()
                .filter(|(_, site)| site == host)
                .map(|(office, _)| office.short.clone());
            // The directorate's own site stands with many offices.
            let mut of = of.take(2);
            match (of.next(), of.next()) {
                (Some(name), None) => return Whose::Office(name),
                (Some(_), Some(_)) => return Whose::Authority,
                _ => {}
            }
            let is_below = sites().any(|(_, site)| {
                site.ends_with(STATE) && host.strip_suffix(&site).is_some_and(|below| below.ends_with('.'))
            });
            let is_this = host_of(base).is_some_and(|(own, _)| own == *host);
            if is_below || is_this {
                Whose::Authority
            } else {
                Whose::Nobody
            }
        }
        Asking::Unclear => Whose::Nobody,
    }
}

#[cfg(test)]
mod tests;
