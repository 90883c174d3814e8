//! What makes a browser take the pages for an app: the manifest, one for each office, and the worker that keeps tickets. The worker is a
//! file with two holes, the version and the files of the shell, filled once.

use std::sync::OnceLock;

use axum::extract::{Path, Query, State};
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::assets::{GAYA, ICON, ICON_192, ICON_512, ICON_MASK, KIRIM, WARGA, hash_of, slim};
use crate::pages::{Asked, Words, nowhere, office_of};
use crate::routes::AppState;

/// The worker, with its holes.
const WORKER: &str = include_str!("../assets/sw.js");
/// The page that is shown where there is no network.
const OFFLINE: &str = "/luring";
/// The colour of the bar above the pages, `--act` of the style.
const COLOUR: &str = "#0a489f";

/// `GET /sw.js`: asked for again each time, so that an update is found.
pub async fn worker() -> Response {
    let headers: [(HeaderName, &str); 3] = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, filled()).into_response()
}

/// The worker of this version: another shell is another version, and so is another worker.
fn filled() -> &'static str {
    static FILLED: OnceLock<String> = OnceLock::new();
    FILLED.get_or_init(|| {
        let files = [&GAYA, &KIRIM, &WARGA, &ICON];
        let shell: Vec<&str> = files.iter().map(|file| file.url()).chain([OFFLINE]).collect();
        let version = hash_of(format!("{WORKER}{}", shell.join(" ")).as_bytes());
        String::from_utf8_lossy(&slim(WORKER.as_bytes()))
            .replace("{version}", &version)
            .replace("{kirim}", KIRIM.url())
            .replace("{shell}", &json!(shell).to_string())
    })
}

/// `GET /o/{office}/manifest.webmanifest`
pub async fn manifest_of_office(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    let Some(office) = office_of(&state, &slug) else {
        return nowhere();
    };
    let words = Words::new(state.service.content(), office, asked.language());
    let name = format!("{} {}", office.line_name, office.short);
    described(words, &name, &office.line_name, &format!("/o/{slug}"))
}

/// `GET /manifest.webmanifest`: of no office; any one lends it its words.
pub async fn manifest(State(state): State<AppState>, Query(asked): Query<Asked>) -> Response {
    let content = state.service.content();
    let Some(office) = content.offices().first() else {
        return nowhere();
    };
    let words = Words::new(content, office, asked.language());
    let name = words.app("name");
    described(words, &name, &name, "/")
}

fn described(words: Words<'_>, name: &str, short: &str, start: &str) -> Response {
    let icon = |url, kind, sizes, purpose| json!({ "src": url, "type": kind, "sizes": sizes, "purpose": purpose });
    let manifest = json!({
        "id": start,
        "name": name,
        "short_name": short,
        "description": words.app("description"),
        "lang": words.code(),
        "start_url": start,
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": COLOUR,
        "icons": [
            icon(ICON.url(), "image/svg+xml", "any", "any"),
            icon(ICON_192.url(), "image/png", "192x192", "any"),
            icon(ICON_512.url(), "image/png", "512x512", "any"),
            icon(ICON_MASK.url(), "image/png", "512x512", "maskable"),
        ],
    });
    let headers: [(HeaderName, &str); 2] = [
        (header::CONTENT_TYPE, "application/manifest+json"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, manifest.to_string()).into_response()
}

#[cfg(test)]
mod tests;
