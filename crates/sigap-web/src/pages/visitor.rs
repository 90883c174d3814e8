//! Who looks at a page: a browser with a secret in its cookie, or one that has none yet. A browser is made by the first form that has something
//! to keep, never by looking.

use std::collections::HashMap;
use std::convert::Infallible;

use askama::Template;
use axum::extract::{FromRequestParts, Path, Query};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use sigap_actions::browsers::Browser;
use sigap_core::ids::OfficeId;
use sigap_core::language::Language;
use sigap_core::limits::BROWSER_DAYS;
use sigap_core::office::Office;

use super::office::is_served;
use super::{Asked, Words, busy, nowhere, office_of, private_page};
use crate::console::{cookie, new_tap};
use crate::routes::AppState;
use crate::toll::WORK_BITS;

/// The secret of a browser at one office. It is sent to this office's pages alone.
const COOKIE: &str = "sigap-warga";
/// What a new browser pays the toll with.
const TOLL: &str = "sigap-kerja";

#[derive(Template)]
#[template(path = "visitor/toll.html")]
struct TollPage<'a> {
    words: Words<'a>,
    slug: &'a str,
    question: String,
    bits: u32,
}

/// Who looks at a page of an office.
#[derive(Debug)]
pub(crate) struct Visitor {
    /// The office's name in addresses.
    pub(crate) slug: String,
    /// The office.
    pub(crate) office: OfficeId,
    /// The browser, once there is one.
    pub(crate) browser: Option<Browser>,
    language: Language,
    token: Option<String>,
    /// What the browser paid the toll with.
    paid: Option<String>,
}

impl FromRequestParts<AppState> for Visitor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Self::Rejection> {
        let Ok(Path(path)) = Path::<HashMap<String, String>>::from_request_parts(parts, state).await else {
            return Err(nowhere());
        };
        let slug = path.get("office").cloned().unwrap_or_default();
        let Some(office) = office_of(state, &slug) else {
            return Err(nowhere());
        };
        // Nobody would read there what is written to an office without a line.
        if !is_served(state, office) {
            return Err(Redirect::to(&format!("/o/{slug}/kantor")).into_response());
        }
        let asked = Query::<Asked>::from_request_parts(parts, state).await;
        let language = asked.map(|Query(asked)| asked.language()).unwrap_or_default();
        let mut visitor = Self {
            office: office.id,
            slug,
            browser: None,
            language,
            token: None,
            paid: cookie(&parts.headers, TOLL).map(str::to_owned),
        };
        if let Some(token) = cookie(&parts.headers, COOKIE).map(str::to_owned) {
            match state.service.find_browser(visitor.office, token.clone()).await {
                Err(_) => return Err(busy()),
                Ok(browser) => {
                    visitor.token = browser.is_some().then_some(token);
                    visitor.browser = browser;
                }
            }
        }
        Ok(visitor)
    }
}

impl Visitor {
    /// Words of the office in the language of the reader.
    pub(crate) fn words<'a>(&self, state: &'a AppState) -> Option<Words<'a>> {
        Some(Words::new(state.service.content(), self.office(state)?, self.language))
    }

    /// The office.
    pub(crate) fn office<'a>(&self, state: &'a AppState) -> Option<&'a Office> {
        state.service.content().office(self.office)
    }

    /// The language of the reader.
    pub(crate) const fn language(&self) -> Language {
        self.language
    }

    /// The browser and its secret; makes one when there is none.
    ///
    /// # Errors
    /// The page that says that the store does not answer.
    pub(crate) async fn open(&mut self, state: &AppState) -> Result<(String, Browser), Response> {
        if let (Some(token), Some(browser)) = (&self.token, &self.browser) {
            return Ok((token.clone(), browser.clone()));
        }
        let now = state.clock.now();
        if !state.toll.lets_in(self.paid.as_deref(), now) {
            return Err(self.toll(state));
        }
        let opened = state.service.open_browser(self.office).await;
        let (token, browser) = opened.map_err(|_| busy())?;
        self.token = Some(token.clone());
        self.browser = Some(browser.clone());
        Ok((token, browser))
    }

    /// The page on which a new browser pays; its script reckons, and the cookie it brings is worth something after some patience.
    fn toll(&self, state: &AppState) -> Response {
        let Some(words) = self.words(state) else {
            return nowhere();
        };
        let question = state.toll.ask(&new_tap(state), state.clock.now());
        let kept = format!(
            "{TOLL}={question}; Path=/o/{}; Secure; SameSite=Lax; Max-Age=600",
            self.slug
        );
        let shown = TollPage {
            words,
            slug: &self.slug,
            question,
            bits: WORK_BITS,
        };
        let mut response = private_page(StatusCode::TOO_MANY_REQUESTS, &shown);
        if let Ok(kept) = HeaderValue::from_str(&kept) {
            response.headers_mut().append(header::SET_COOKIE, kept);
        }
        response
    }

    /// The browser's secret.
    pub(crate) fn token(&self) -> Option<String> {
        self.token.clone()
    }

    /// The browser is ended here as well.
    pub(crate) fn forget(&mut self) {
        self.token = None;
        self.browser = None;
    }

    /// Whether somebody showed that the browser is theirs.
    pub(crate) fn is_proven(&self) -> bool {
        self.browser.as_ref().is_some_and(|browser| browser.acts_for.is_some())
    }

    /// A response to this browser, which keeps its secret with it.
    pub(crate) fn answer(&self, response: impl IntoResponse) -> Response {
        let mut response = response.into_response();
        let (value, seconds) = match &self.token {
            Some(token) => (token.as_str(), BROWSER_DAYS * 24 * 3600),
            None => ("", 0),
        };
        let kept = format!(
            "{COOKIE}={value}; Path=/o/{}; Secure; HttpOnly; SameSite=Lax; Max-Age={seconds}",
            self.slug
        );
        if let Ok(kept) = HeaderValue::from_str(&kept) {
            response.headers_mut().append(header::SET_COOKIE, kept);
        }
        response
    }

    /// After a form: to a page of the office, so that loading it again sends nothing.
    pub(crate) fn go(&self, path: &str) -> Response {
        self.answer(Redirect::to(&format!("/o/{}{path}", self.slug)))
    }
}

/// A key for a form that makes something: the second and chance. Sent twice, it makes one.
pub(crate) fn new_key(state: &AppState) -> String {
    format!("{}-{}", state.clock.now().as_second(), new_tap(state))
}

/// The fields of a form, trimmed.
pub(crate) struct Fields(HashMap<String, String>);

impl Fields {
    /// One of them; empty when it was not sent.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.get(name).map(|value| value.trim()).unwrap_or_default()
    }
}

impl<S: Send + Sync> axum::extract::FromRequest<S> for Fields {
    type Rejection = Infallible;

    async fn from_request(request: axum::extract::Request, state: &S) -> Result<Self, Self::Rejection> {
        // A form that cannot be read is an empty one: the page then says what is missing.
        let form = axum::Form::<HashMap<String, String>>::from_request(request, state).await;
        Ok(Self(form.map(|axum::Form(fields)| fields).unwrap_or_default()))
    }
}
