//! The office's console. Every page stands in `routes.rs` with the right it needs; the check runs before the handler, so that a
//! handler finds its `Officer` or is never reached.
//!
//! How to add a page: a file here with its typed context and handlers, a template under `templates/console`, its words under `console.` in
//! content and in `page_words.rs`, and a line in `routes.rs`.

pub mod account;
pub mod booking;
pub mod case;
pub mod cases;
pub mod content;
pub mod desk;
pub mod door;
pub mod enrol;
pub mod figures;
pub mod files;
pub mod home;
pub mod institution;
pub mod intake;
pub mod intakes;
pub mod kiosk;
pub mod nation;
mod notice_words;
pub mod notices;
pub mod one_notice;
pub mod one_report;
pub mod passkeys;
pub mod passports;
pub mod people;
pub mod programs;
mod report_words;
pub mod reports;
pub mod same_person;
pub mod sign_in;
pub mod survey;
pub mod trail;

use axum::extract::{FromRequestParts, Path, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use data_encoding::BASE64URL_NOPAD;
use jiff::SignedDuration;
use serde::Deserialize;
use sigap_actions::authority::Officer;
use sigap_core::ids::CounterName;
use sigap_core::language::Language;
use sigap_core::office::Office;
use sigap_core::staff::Right;

use crate::pages::{Words, busy, nowhere};
use crate::routes::AppState;

/// The session's cookie. `__Host-`: this host alone, secure, for all of its paths (RFC 6265bis, section 4.1.3.2).
const COOKIE: &str = "__Host-sigap";
/// The language that staff chose.
const LANGUAGE: &str = "sigap-bahasa";
/// A session is noted as used so often, not with each request.
const NOTE_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// The office of an address; with its slug, so that links can be made.
#[derive(Debug, Deserialize)]
struct OfOffice {
    office: String,
}

/// What every page of the console is given: who asks, where, in which language.
#[derive(Debug, Clone)]
pub struct Asker {
    /// Who.
    pub officer: Officer,
    /// The slug of the office.
    pub slug: String,
    /// The session's token.
    pub token: String,
    language: Language,
}

impl Asker {
    /// The office.
    pub(crate) fn office<'a>(&self, state: &'a AppState) -> Option<&'a Office> {
        state.service.content().office_by_slug(&self.slug)
    }

    /// Words of the office in the language of the reader.
    pub(crate) fn words<'a>(&self, state: &'a AppState) -> Option<Words<'a>> {
        Some(Words::new(state.service.content(), self.office(state)?, self.language))
    }

    /// What the head of each page shows.
    pub(crate) fn bar(&self, here: &'static str) -> Bar {
        let may = |right| self.officer.may(right);
        Bar {
            slug: self.slug.clone(),
            here,
            hall: may(Right::Hall),
            cases: may(Right::Cases),
            intakes: may(Right::Intakes),
            figures: may(Right::Figures),
            nation: may(Right::Nation),
            reports: may(Right::Import),
            content: may(Right::Content),
            trail: may(Right::Trail),
            staff: may(Right::Staff),
            programs: may(Right::Programs),
            notices: may(Right::Notices),
        }
    }
}

/// The head of a console page.
#[derive(Debug, Clone)]
pub struct Bar {
    /// The slug of the office.
    pub slug: String,
    /// The page shown, by the name of its link.
    pub here: &'static str,
    /// Whether the links of the hall are shown.
    pub hall: bool,
    /// Whether figures are shown.
    pub figures: bool,
    /// Whether figures of all offices are shown.
    pub nation: bool,
    /// Whether cases are shown.
    pub cases: bool,
    /// Whether intakes are shown.
    pub intakes: bool,
    /// Whether reports are shown.
    pub reports: bool,
    /// Whether the content of the office is shown.
    pub content: bool,
    /// Whether the trail is shown.
    pub trail: bool,
    /// Whether colleagues are shown.
    pub staff: bool,
    /// Whether programs of partners are shown.
    pub programs: bool,
    /// Whether notices are shown.
    pub notices: bool,
}

impl Bar {
    /// Marks the link of the present page.
    pub(crate) fn mark(&self, name: &str) -> &'static str {
        if self.here == name {
            r#" aria-current="page""#
        } else {
            ""
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Asker {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        // Only `guard` puts it there.
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// Lets a request through to a page that needs `right`: from a session of this office that is alive and has it.
pub(crate) async fn guard(right: Right, state: AppState, mut request: Request, next: Next) -> Response {
    let Ok(Path(OfOffice { office: slug })) = request_office(&mut request).await else {
        return nowhere();
    };
    let Some(office) = state.service.content().office_by_slug(&slug) else {
        return nowhere();
    };
    let Some(token) = session_of(request.headers(), &slug) else {
        return to_sign_in(&request, &slug);
    };
    let officer = match state.service.find_officer(office.id, token.clone()).await {
        Err(_) => return busy(),
        Ok(None) => return to_sign_in(&request, &slug),
        Ok(Some(officer)) => officer,
    };
    let (language, chosen) = language_of(request.uri().query(), request.headers());
    let asker = Asker {
        officer,
        slug,
        token,
        language,
    };
    if !asker.officer.may(right) {
        return home::denied(&state, &asker);
    }
    if note(&state, &asker).await.is_err() {
        return busy();
    }
    request.extensions_mut().insert(asker);
    let mut response = next.run(request).await;
    if let Some(cookie) = chosen {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

async fn request_office(request: &mut Request) -> Result<Path<OfOffice>, ()> {
    use axum::RequestExt;
    request.extract_parts::<Path<OfOffice>>().await.map_err(|_| ())
}

/// Whoever looks at a live page, as long as the session lives. A page that is looked at is in use: its session stays alive.
pub(crate) async fn still_here(state: &AppState, asker: &Asker, counter: Option<CounterName>) -> Option<Officer> {
    let office = asker.officer.office();
    let officer = state.service.find_officer(office, asker.token.clone()).await.ok()??;
    if is_to_be_noted(state, &officer) {
        let noted = state.service.note_session(office, asker.token.clone(), counter);
        noted.await.ok()?;
    }
    Some(officer)
}

/// Whether so much time has passed that the use of a session is noted again.
fn is_to_be_noted(state: &AppState, officer: &Officer) -> bool {
    let now = state.clock.now();
    officer.seen_at() <= now.checked_sub(NOTE_EVERY).unwrap_or(now)
}

/// Notes that the session is in use, once in a while.
async fn note(state: &AppState, asker: &Asker) -> Result<(), ()> {
    if !is_to_be_noted(state, &asker.officer) {
        return Ok(());
    }
    let (office, counter) = (asker.officer.office(), asker.officer.counter());
    let noted = state.service.note_session(office, asker.token.clone(), counter).await;
    noted.map_err(|_| ())
}

/// A change that another site asks for: `Sec-Fetch-Site` says so, or, from browsers that do not send it, `Origin`.
fn is_forged(method: &Method, headers: &HeaderMap) -> bool {
    if method.is_safe() {
        return false;
    }
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    match (text("sec-fetch-site"), text("origin"), text("host")) {
        (Some(site), ..) => site != "same-origin",
        (None, Some(origin), Some(host)) => origin.split_once("://").is_none_or(|(_, from)| from != host),
        // A program of the office's own: it has no cookie of a person to misuse.
        (None, None, _) => false,
        _ => true,
    }
}

/// Refuses what another site asks for; put before every route of the console, those without a session as well.
pub(crate) async fn refuse_forged(request: Request, next: Next) -> Response {
    if is_forged(request.method(), request.headers()) {
        return StatusCode::FORBIDDEN.into_response();
    }
    next.run(request).await
}

/// To the sign-in; a page is come back to, a stream or a tap just ends.
fn to_sign_in(request: &Request, slug: &str) -> Response {
    if request.method().is_safe() && !request.uri().path().ends_with("/aliran") {
        Redirect::to(&format!("/staff/{slug}/masuk")).into_response()
    } else {
        StatusCode::UNAUTHORIZED.into_response()
    }
}

pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split("; "))
        .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

/// The token of a session at that office.
fn session_of(headers: &HeaderMap, slug: &str) -> Option<String> {
    let (office, token) = cookie(headers, COOKIE)?.split_once('.')?;
    (office == slug).then(|| token.to_owned())
}

/// The cookie that begins a session.
#[must_use]
pub fn session_cookie(slug: &str, token: &str, seconds: i64) -> String {
    format!("{COOKIE}={slug}.{token}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age={seconds}")
}

/// The cookie that ends it.
pub(crate) fn no_session() -> String {
    format!("{COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0")
}

/// The language: of the address, then it is kept; else the one kept; else Indonesian.
pub(crate) fn language_of(query: Option<&str>, headers: &HeaderMap) -> (Language, Option<HeaderValue>) {
    let asked = query
        .into_iter()
        .flat_map(|query| query.split('&'))
        .find_map(|pair| pair.strip_prefix("lang="));
    let of = |code: &str| if code == "en" { Language::En } else { Language::Id };
    match asked {
        Some(code) => {
            let language = of(code);
            let kept = format!(
                "{LANGUAGE}={}; Path=/staff; Max-Age=31536000; SameSite=Lax",
                language.code()
            );
            (language, HeaderValue::from_str(&kept).ok())
        }
        None => (cookie(headers, LANGUAGE).map_or(Language::Id, of), None),
    }
}

/// A number for a form: sent twice, it is carried out once.
pub(crate) fn new_tap(state: &AppState) -> String {
    state
        .service
        .random::<12>()
        .map(|random| BASE64URL_NOPAD.encode(&random))
        .unwrap_or_default()
}

/// The browser as it calls itself.
pub(crate) fn device_of(headers: &HeaderMap) -> String {
    headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_owned()
}

/// After a form: to a page, so that loading it again sends nothing.
pub(crate) fn go(to: &str) -> Response {
    Redirect::to(to).into_response()
}

/// `guard` as a layer of a route.
pub(crate) async fn guard_layer(
    State((state, right)): State<(AppState, Right)>,
    request: Request,
    next: Next,
) -> Response {
    guard(right, state, request, next).await
}

#[cfg(test)]
mod tests;
