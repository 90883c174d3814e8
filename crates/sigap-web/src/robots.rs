//! `GET /robots.txt`: what search engines need not ask for. Pages about one person are not named here: a robot must be allowed to open such a
//! page to read in its header that nobody may keep it.

use axum::http::header;
use axum::response::{IntoResponse, Response};

/// Nothing of what follows is for anybody who searches.
const TEXT: &str = "User-agent: *\nDisallow: /staff\nDisallow: /api/\nDisallow: /display/\nDisallow: /webhooks/\n";

/// The file.
pub(crate) async fn show() -> Response {
    (
        [
            (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
            (header::CACHE_CONTROL, "public, max-age=86400"),
        ],
        TEXT,
    )
        .into_response()
}
