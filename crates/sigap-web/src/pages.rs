//! Pages of citizens, those that links in the chat lead to and those that everybody may find: server-rendered, readable without scripts,
//! under 15 KB, in Indonesian and English, and in Sundanese and Javanese as far as their words go.
//!
//! How to add a page: a file here with its typed context and handler, a template, its words under `page.` in content, a line
//! in `routes.rs`, and a sample in its tests.

pub(crate) mod booking;
pub(crate) mod chat;
pub(crate) mod chat_text;
pub(crate) mod feedback;
pub mod check_number;
pub mod figures;
mod guide;
pub mod identity;
pub(crate) mod mine;
pub mod offline;
pub mod openings;
pub(crate) mod own_case;
pub(crate) mod own_data;
pub(crate) mod proof;
pub mod room;
pub(crate) mod status;
pub mod settings;
pub mod info;
pub mod office;
mod office_search;
pub mod offices;
pub mod papers;
pub mod privacy;
pub mod start;
pub mod ticket;
pub(crate) mod visitor;

use askama::Template;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::Deserialize;
use sigap_content::Content;
use sigap_core::conversation::choice;
use sigap_core::conversation::reply::Arg;
use sigap_core::language::Language;
use sigap_core::office::Office;
use sigap_core::person::international;

use self::office::whatsapp_link;
use crate::assets::GAYA;
use crate::routes::AppState;
use crate::settings::language_of;

/// What is shown where no office is known, in both languages.
const NOWHERE: &str = include_str!("../assets/nowhere.html");
/// What is shown when the store does not answer, in both languages.
const BUSY: &str = include_str!("../assets/busy.html");

/// Tells search engines what they may keep.
const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

/// `?lang=en`, or the language that the reader chose (`settings.rs` writes it there); without both the language of the talk, or
/// Indonesian.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    lang: Option<String>,
}

impl Asked {
    pub(crate) fn language(&self) -> Language {
        self.language_or(Language::Id)
    }

    /// Of a language that does not exist, Indonesian.
    pub(crate) fn language_or(&self, talk: Language) -> Language {
        self.lang
            .as_deref()
            .map_or(talk, |code| language_of(code).unwrap_or_default())
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

    /// The words of `intakes.{name}`.
    pub(crate) fn n(&self, name: &str) -> String {
        self.key(&format!("intakes.{name}"), &[])
    }

    /// The words of `inbox.{name}`.
    pub(crate) fn i(&self, name: &str) -> String {
        self.key(&format!("inbox.{name}"), &[])
    }

    /// The words of `web.{name}`.
    pub(crate) fn w(&self, name: &str) -> String {
        self.key(&format!("web.{name}"), &[])
    }

    pub(crate) fn with_web(&self, name: &str, args: &[(&'static str, Arg)]) -> String {
        self.key(&format!("web.{name}"), args)
    }

    /// *Orang ke-2*.
    pub(crate) fn person(&self, count: usize) -> String {
        self.filled("web.people_person", "count", &count)
    }

    /// One of the ratings from one to five.
    pub(crate) fn rating(&self, value: &i32) -> String {
        self.w(&format!("feedback_rate_{value}"))
    }

    /// What a chat may begin with: the same words on the button and in the message.
    pub(crate) fn starts(&self) -> [String; 5] {
        [
            choice::STATUS,
            choice::REQUIREMENTS,
            choice::FEES,
            choice::PICKUP,
            choice::OFFICER,
        ]
        .map(|choice| self.content.title_of_choice(self.office, self.language, choice))
    }

    /// The words of `program.{name}`.
    pub(crate) fn p(&self, name: &str) -> String {
        self.key(&format!("program.{name}"), &[])
    }

    /// The words of `survey.{name}`.
    pub(crate) fn s(&self, name: &str) -> String {
        self.key(&format!("survey.{name}"), &[])
    }

    /// The words of `guide.{name}`.
    pub(crate) fn g(&self, name: &str) -> String {
        self.key(&format!("guide.{name}"), &[])
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
        self.language.code()
    }

    /// The other language, for the link to it; the rest are chosen on the page of settings.
    pub(crate) const fn other(&self) -> &'static str {
        match self.language {
            Language::Id => "en",
            _ => "id",
        }
    }

    /// The words of `app.{name}`.
    pub(crate) fn app(&self, name: &str) -> String {
        self.key(&format!("app.{name}"), &[])
    }

    /// The same for a script, which puts the time where `{}` stands.
    pub(crate) fn app_at(&self, name: &str) -> String {
        self.key(&format!("app.{name}"), &[("time", Arg::Text("{}".to_owned()))])
    }

    /// *Telepon 0266-123456*.
    pub(crate) fn call(&self, number: &str) -> String {
        self.filled("app.call", "number", &number)
    }

    /// ` lang="id"` where the words of that key are not there in the language of the page, so that a reader's voice reads them right.
    pub(crate) fn mark(&self, key: &str) -> &'static str {
        if self.language.fallback().is_some() && !self.content.speaks(self.office, self.language, key) {
            " lang=\"id\""
        } else {
            ""
        }
    }

    /// The office's telephone as a link dials it, and as it is read.
    pub(crate) fn telephone(&self) -> Option<(String, &'a str)> {
        let number = self.office.phone.as_deref()?;
        Some((format!("tel:+{}", international(number)), number))
    }

    /// A chat with the office's own number, and how the number is read.
    pub(crate) fn whatsapp(&self) -> Option<(String, &'a str)> {
        Some((whatsapp_link(self.office, "")?, self.office.whatsapp.as_deref()?))
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

/// What a page may load: what is ours and nothing else; the worker keeps tickets for hours without a network.
const OURS: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
    img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// As `OURS`, with the camera and the worker that reads QR codes.
const CAMERA: &str = "default-src 'none'; style-src 'self'; script-src 'self'; worker-src 'self' blob:; connect-src 'self'; \
    img-src 'self' data:; media-src 'self' blob: mediastream:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// As `OURS`, with sounds and films of our own.
const SOUNDS: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
    img-src 'self' data:; media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A rendered page with the headers that keep it to its reader: never kept, never told to another site, no scripts but ours.
pub(crate) fn private_page(status: StatusCode, template: &impl Template) -> Response {
    rendered(status, template, OURS, "no-store")
}

/// As `private_page`, with sounds and films that people sent.
pub(crate) fn with_sounds(status: StatusCode, template: &impl Template) -> Response {
    rendered(status, template, SOUNDS, "no-store")
}

/// A page on which nothing is personal: the browser may keep it, and the app shows it where there is no network.
pub(crate) fn lasting(status: StatusCode, template: &impl Template) -> Response {
    rendered(status, template, OURS, "no-cache")
}

/// As `private_page`, with the camera.
pub(crate) fn with_camera(status: StatusCode, template: &impl Template) -> Response {
    rendered(status, template, CAMERA, "no-store")
}

/// As `lasting`, for what everybody may find: nothing on it is about anybody, so search engines may keep it and browsers go back to it.
pub(crate) fn public_page(status: StatusCode, template: &impl Template) -> Response {
    let mut response = lasting(status, template);
    // A page that says that something is wrong is nothing to find.
    if response.status() == StatusCode::OK {
        response.headers_mut().remove(ROBOTS);
    }
    response
}

fn rendered(status: StatusCode, template: &impl Template, policy: &'static str, keeping: &'static str) -> Response {
    let Ok(html) = template.render() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut response = (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response();
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CACHE_CONTROL, keeping),
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

/// A message page by the names of its words.
pub(crate) fn told(words: Words<'_>, status: StatusCode, title: &str, body: &str) -> Response {
    private_page(
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
        styled(NOWHERE),
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
        styled(BUSY),
    )
        .into_response()
}

/// A page that stands in a file, with the address of our style.
fn styled(page: &str) -> String {
    page.replace("/gaya.css", GAYA.url())
}

#[cfg(test)]
mod tests;
