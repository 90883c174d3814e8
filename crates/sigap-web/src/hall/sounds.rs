//! `GET /suara/{name}`: the clips of spoken calls, kept by the browser of the board for a year.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use include_dir::{Dir, include_dir};

use crate::pages::nowhere;

static CLIPS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/assets/suara");

/// A clip.
pub async fn show(Path(name): Path<String>) -> Response {
    match CLIPS
        .get_file(&name)
        .filter(|file| file.path().extension().is_some_and(|end| end == "opus"))
    {
        None => nowhere(),
        Some(file) => (
            [
                (header::CONTENT_TYPE, "audio/ogg"),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ],
            file.contents(),
        )
            .into_response(),
    }
}

#[cfg(test)]
mod tests;
