//! Styles and scripts, in the binary. A page asks for them again after a day, so that an update reaches everybody.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};

use crate::routes::AppState;

const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// Every file by its address. `qr-scanner` is by Nimiq, under the MIT licence beside it.
const FILES: [(&str, &str, &str); 10] = [
    ("/gaya.css", CSS, include_str!("../assets/gaya.css")),
    ("/kantor.css", CSS, include_str!("../assets/kantor.css")),
    ("/kantor.js", SCRIPT, include_str!("../assets/kantor.js")),
    ("/papan.css", CSS, include_str!("../assets/papan.css")),
    ("/papan.js", SCRIPT, include_str!("../assets/papan.js")),
    ("/syarat.js", SCRIPT, include_str!("../assets/syarat.js")),
    ("/kunci.js", SCRIPT, include_str!("../assets/kunci.js")),
    ("/kamera.js", SCRIPT, include_str!("../assets/kamera.js")),
    (
        "/qr-scanner.js",
        SCRIPT,
        include_str!("../assets/vendor/qr-scanner.min.js"),
    ),
    (
        "/qr-scanner-worker.min.js",
        SCRIPT,
        include_str!("../assets/vendor/qr-scanner-worker.min.js"),
    ),
];

/// The routes of all files.
pub(crate) fn routes() -> impl Iterator<Item = (&'static str, MethodRouter<AppState>)> {
    FILES
        .into_iter()
        .map(|(path, kind, text)| (path, get(move || async move { file(kind, text) })))
}

fn file(kind: &'static str, text: &'static str) -> Response {
    (
        [
            (header::CONTENT_TYPE, kind),
            (header::CACHE_CONTROL, "public, max-age=86400"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        ],
        text,
    )
        .into_response()
}
