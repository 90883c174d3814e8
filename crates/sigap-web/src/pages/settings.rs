//! `/o/{office}/setelan`: language, size of text, contrast, colours. Kept in the browser alone; the page works without a script.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use sigap_core::language::Language;

use super::{Asked, Words, nowhere, office_of, private_page};
use crate::routes::AppState;
use crate::settings::{Colours, Settings, language_of, page_before};

/// What is chosen among.
struct Group {
    name: &'static str,
    title: String,
    choices: Vec<Choice>,
}

struct Choice {
    value: &'static str,
    words: String,
    /// The language of the words, where it is another than the page's.
    lang: &'static str,
    is_chosen: bool,
}

#[derive(Template)]
#[template(path = "settings.html")]
struct SettingsPage<'a> {
    words: Words<'a>,
    groups: Vec<Group>,
    is_saved: bool,
    /// The page from which the reader came, when there is one.
    back: String,
    home: String,
}

/// What was chosen, and the page from which the reader came.
#[derive(Debug, Default, Deserialize)]
pub struct Chosen {
    #[serde(default)]
    bahasa: String,
    #[serde(default)]
    huruf: String,
    #[serde(default)]
    kontras: String,
    #[serde(default)]
    warna: String,
    #[serde(default)]
    kembali: String,
}

/// Where to go back to, and whether something was saved.
#[derive(Debug, Default, Deserialize)]
pub struct After {
    #[serde(default)]
    tersimpan: Option<String>,
}

/// The page.
pub async fn show(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
    Query(after): Query<After>,
    headers: HeaderMap,
) -> Response {
    let Some(office) = office_of(&state, &slug) else {
        return nowhere();
    };
    let words = Words::new(state.service.content(), office, asked.language());
    let is_saved = after.tersimpan.is_some();
    let before = page_before(&headers);
    let is_elsewhere = before.len() > 1 && !before.starts_with(&format!("/o/{slug}/setelan"));
    private_page(
        StatusCode::OK,
        &SettingsPage {
            groups: groups(words, Settings::of(&headers)),
            words,
            is_saved,
            home: format!("/o/{slug}"),
            back: if is_elsewhere { before } else { String::new() },
        },
    )
}

/// What was chosen: kept, and shown at once on the page from which the reader came.
pub async fn send(State(state): State<AppState>, Path(slug): Path<String>, Form(chosen): Form<Chosen>) -> Response {
    if office_of(&state, &slug).is_none() {
        return nowhere();
    }
    let settings = Settings {
        language: language_of(&chosen.bahasa),
        is_large: chosen.huruf == "besar",
        is_high: chosen.kontras == "tinggi",
        colours: match chosen.warna.as_str() {
            "terang" => Colours::Light,
            "gelap" => Colours::Dark,
            _ => Colours::Phone,
        },
    };
    let own = format!("/o/{slug}/setelan?tersimpan=1");
    let to = if is_ours(&chosen.kembali) {
        &chosen.kembali
    } else {
        &own
    };
    let mut response = Redirect::to(to).into_response();
    for cookie in settings.cookies() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// Whether an address is a page of ours: forms can be made up.
fn is_ours(address: &str) -> bool {
    address.starts_with('/') && !address.starts_with("//") && !address.contains('\\')
}

fn groups(words: Words<'_>, settings: Settings) -> Vec<Group> {
    let choice = |value, key: &str, is_chosen| Choice {
        value,
        words: words.app(key),
        lang: "",
        is_chosen,
    };
    let languages = Language::ALL.map(|language| Choice {
        value: language.code(),
        // Everybody finds their own language by its own name.
        words: words.key(&format!("choice.language.{}", language.code()), &[]),
        lang: language.code(),
        is_chosen: words.language == language,
    });
    let colours = settings.colours;
    vec![
        Group {
            name: "bahasa",
            title: words.app("settings_language"),
            choices: languages.into(),
        },
        Group {
            name: "huruf",
            title: words.app("settings_size"),
            choices: vec![
                choice("biasa", "settings_ordinary", !settings.is_large),
                choice("besar", "settings_large", settings.is_large),
            ],
        },
        Group {
            name: "kontras",
            title: words.app("settings_contrast"),
            choices: vec![
                choice("biasa", "settings_ordinary", !settings.is_high),
                choice("tinggi", "settings_high", settings.is_high),
            ],
        },
        Group {
            name: "warna",
            title: words.app("settings_colours"),
            choices: vec![
                choice("hp", "settings_phone", colours == Colours::Phone),
                choice("terang", "settings_light", colours == Colours::Light),
                choice("gelap", "settings_dark", colours == Colours::Dark),
            ],
        },
    ]
}
