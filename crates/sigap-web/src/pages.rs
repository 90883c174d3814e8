//! Pages that links in the chat lead to: server-rendered, readable without scripts, under 15 KB, in Indonesian and English.
//!
//! How to add a page: a file here with its typed context and handler, a template, its words under `page.` in content, a line
//! in `routes.rs`, and a sample in its tests.

pub mod figures;
pub mod identity;
pub mod openings;
pub mod room;
pub mod ticket;

use askama::Template;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::Deserialize;
use sigap_content::Content;
use sigap_core::conversation::reply::Arg;
use sigap_core::language::Language;
use sigap_core::office::Office;

use crate::routes::AppState;

/// What is shown where no office is known, in both languages.
const NOWHERE: &str = include_str!("../assets/nowhere.html");
/// What is shown when the store does not answer, in both languages.
const BUSY: &str = include_str!("../assets/busy.html");

/// Tells search engines what they may keep.
const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

/// `?lang=en`; without it the language of the talk, or Indonesian.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    lang: Option<String>,
}

impl Asked {
    pub(crate) fn language(&self) -> Language {
        self.language_or(Language::Id)
    }

    /// Pages have Indonesian and English words only.
    pub(crate) fn language_or(&self, talk: Language) -> Language {
        match self.lang.as_deref() {
            Some("en") => Language::En,
            Some(_) => Language::Id,
            None => talk.of_template(),
        }
    }
}

/// Words of one office in one language.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    content: &'a Content,
    pub(crate) office: &'a Office,
    pub(crate) language: Language,
}

impl<'a> Words<'a> {
    pub(crate) const fn new(content: &'a Content, office: &'a Office, language: Language) -> Self {
        Self {
            content,
            office,
            language,
        }
    }

    /// What the words come from.
    pub(crate) const fn content(&self) -> &'a Content {
        self.content
    }

    /// The words of `page.{name}`.
    pub(crate) fn of(&self, name: &str) -> String {
        self.with(name, &[])
    }

    pub(crate) fn with(&self, name: &str, args: &[(&'static str, Arg)]) -> String {
        self.content
            .text(self.office, self.language, &format!("page.{name}"), args)
    }

    /// The words of a key of any topic.
    pub(crate) fn key(&self, key: &str, args: &[(&'static str, Arg)]) -> String {
        self.content.text(self.office, self.language, key, args)
    }

    /// The words of `console.{name}`.
    pub(crate) fn c(&self, name: &str) -> String {
        self.key(&format!("console.{name}"), &[])
    }

    /// The words of `editor.{name}`.
    pub(crate) fn e(&self, name: &str) -> String {
        self.key(&format!("editor.{name}"), &[])
    }

    /// The words of `hall.{name}`.
    pub(crate) fn h(&self, name: &str) -> String {
        self.key(&format!("hall.{name}"), &[])
    }

    /// The words of `inbox.{name}`.
    pub(crate) fn i(&self, name: &str) -> String {
        self.key(&format!("inbox.{name}"), &[])
    }

    /// The words of `program.{name}`.
    pub(crate) fn p(&self, name: &str) -> String {
        self.key(&format!("program.{name}"), &[])
    }

    /// The words of `survey.{name}`.
    pub(crate) fn s(&self, name: &str) -> String {
        self.key(&format!("survey.{name}"), &[])
    }

    /// The words of `figures.{name}`.
    pub(crate) fn f(&self, name: &str) -> String {
        self.key(&format!("figures.{name}"), &[])
    }

    /// *November 2026*.
    pub(crate) fn month(&self, day: Date) -> String {
        self.content.format(self.language).month(day)
    }

    fn filled(&self, key: &str, name: &'static str, value: &dyn std::fmt::Display) -> String {
        self.key(key, &[(name, Arg::Text(value.to_string()))])
    }

    pub(crate) fn conflict(&self, who: &str) -> String {
        self.filled("editor.conflict", "who", &who)
    }

    pub(crate) fn restore(&self, edition: &str) -> String {
        self.filled("editor.restore", "edition", &edition)
    }

    pub(crate) fn counter(&self, counter: &str) -> String {
        self.filled("hall.counter", "counter", &counter)
    }

    pub(crate) fn waiting(&self, count: &usize) -> String {
        self.filled("hall.waiting", "count", count)
    }

    pub(crate) fn newcomer(&self, band: &str) -> String {
        self.filled("hall.newcomer", "band", &band)
    }

    pub(crate) fn updated(&self, time: &str) -> String {
        self.filled("hall.updated", "time", &time)
    }

    pub(crate) fn now_served(&self, number: &str) -> String {
        self.filled("hall.now_served", "number", &number)
    }

    pub(crate) fn key_of_state(&self, state: &str) -> String {
        self.key(&format!("hall.state_{state}"), &[])
    }

    pub(crate) fn called_at(&self, time: &str) -> String {
        self.filled("console.called_at", "time", &time)
    }

    pub(crate) fn times(&self, count: &u8) -> String {
        self.filled("console.times", "count", count)
    }

    pub(crate) fn since(&self, time: &str) -> String {
        self.filled("console.waits_since", "time", &time)
    }

    pub(crate) fn passport_since(&self, day: &str) -> String {
        self.filled("console.passport_since", "day", &day)
    }

    pub(crate) fn passport_until(&self, day: &str) -> String {
        self.filled("console.passport_until", "day", &day)
    }

    pub(crate) fn passkeys(&self, count: &usize) -> String {
        self.filled("console.passkeys_kept", "count", count)
    }

    pub(crate) fn nth_person(&self, count: &usize) -> String {
        self.filled("console.book_person", "count", count)
    }

    /// The name of a choice of cases.
    pub(crate) fn shown(&self, name: &str) -> String {
        self.key(&format!("console.cases_{name}"), &[])
    }

    pub(crate) fn late(&self, count: &u64) -> String {
        self.filled("console.cases_late", "count", count)
    }

    pub(crate) fn undo(&self, number: &str) -> String {
        self.filled("console.undo", "number", &number)
    }

    /// What is done with the visit at a counter by one tap: deed, key, words.
    pub(crate) fn deeds(&self) -> [(&'static str, &'static str, String); 4] {
        [("recall", "R"), ("skip", "L"), ("hold", "H"), ("finish", "S")].map(|(deed, key)| (deed, key, self.c(deed)))
    }

    pub(crate) fn arg(&self, arg: &Arg) -> String {
        self.content.words_of(self.office, self.language, arg)
    }

    pub(crate) fn service(&self, id: &str) -> String {
        self.arg(&Arg::Key(format!("service.{id}")))
    }

    /// For the `lang` of the page.
    pub(crate) const fn code(&self) -> &'static str {
        match self.language {
            Language::En => "en",
            _ => "id",
        }
    }

    /// The other language, for the link to it.
    pub(crate) const fn other(&self) -> &'static str {
        match self.language {
            Language::En => "id",
            _ => "en",
        }
    }
}

/// A page without anything personal: a message and the next step.
#[derive(Template)]
#[template(path = "plain.html")]
pub(crate) struct Plain<'a> {
    words: Words<'a>,
    title: String,
    body: String,
}

impl<'a> Plain<'a> {
    pub(crate) const fn new(words: Words<'a>, title: String, body: String) -> Self {
        Self { words, title, body }
    }
}

/// What a page may load: nothing but its style, and forms to us. Without scripts nothing of it connects anywhere; those who examine pages from
/// inside the browser fetch our `robots.txt` by that rule.
const PLAIN: &str = "default-src 'none'; style-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'";
/// As `PLAIN`, with our scripts and streams.
const SCRIPTED: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// As `SCRIPTED`, with the worker that reads QR codes.
const CAMERA: &str = "default-src 'none'; style-src 'self'; script-src 'self'; worker-src 'self' blob:; connect-src 'self'; \
    img-src 'self' data:; media-src 'self' blob: mediastream:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A rendered page with the headers that keep it to its reader: never cached, never told to another site, no search engine, no scripts.
pub(crate) fn page(status: StatusCode, template: &impl Template) -> Response {
    rendered(status, template, PLAIN)
}

/// As `page`, with our own scripts.
pub(crate) fn scripted(status: StatusCode, template: &impl Template) -> Response {
    rendered(status, template, SCRIPTED)
}

/// As `scripted`, with the camera.
pub(crate) fn with_camera(status: StatusCode, template: &impl Template) -> Response {
    rendered(status, template, CAMERA)
}

fn rendered(status: StatusCode, template: &impl Template, policy: &'static str) -> Response {
    let Ok(html) = template.render() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut response = (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response();
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        // Within the office only: without any, old browsers send forms with `Origin: null`.
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (ROBOTS, "noindex"),
        (header::CONTENT_SECURITY_POLICY, policy),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Lets search engines keep a page: one that tells everybody the same. What is about one person, or lies behind a secret in the address,
/// never comes through here; what is no answer stays out by itself.
pub(crate) fn findable(mut page: Response) -> Response {
    if page.status() == StatusCode::OK {
        page.headers_mut().remove(ROBOTS);
    }
    page
}

/// A message page by the names of its words.
pub(crate) fn told(words: Words<'_>, status: StatusCode, title: &str, body: &str) -> Response {
    page(
        status,
        &Plain {
            words,
            title: words.of(title),
            body: words.of(body),
        },
    )
}

/// Runs a page of an office; an unknown one is told without office.
pub(crate) fn office_of<'a>(state: &'a AppState, slug: &str) -> Option<&'a Office> {
    state.service.content().office_by_slug(slug)
}

/// An address that leads nowhere.
pub(crate) fn nowhere() -> Response {
    (
        StatusCode::NOT_FOUND,
        [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
        NOWHERE,
    )
        .into_response()
}

/// The store does not answer: kindly, and without a word about why.
pub(crate) fn busy() -> Response {
    (
        StatusCode::SERVICE_UNAVAILABLE,
        [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::RETRY_AFTER, "5"),
        ],
        BUSY,
    )
        .into_response()
}

#[cfg(test)]
mod tests;
