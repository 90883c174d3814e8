//! Large text on every page, kept in the browser: a style sheet that is empty until somebody asks for it, so that no page needs a script
//! or has to know.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

use crate::console::cookie;

/// Set in the browsers of those who want large text.
const COOKIE: &str = "sigap-huruf";
/// A year.
const SECONDS: u32 = 31_536_000;
/// The root grows, and everything measured by it; the sign on the button turns round.
const LARGE: &str = "@media screen { html { font-size: 135%; } }\n.size::before { content: \"A−\"; }\n\
    @media (max-width: 50rem) { td, th { overflow-wrap: anywhere; } }\n";
const ORDINARY: &str = ".size::before { content: \"A+\"; }\n";

fn is_large(headers: &HeaderMap) -> bool {
    cookie(headers, COOKIE).is_some()
}

/// `GET /huruf.css`
pub async fn show(headers: HeaderMap) -> Response {
    let style = if is_large(&headers) { LARGE } else { ORDINARY };
    (
        [
            (header::CONTENT_TYPE, "text/css; charset=utf-8"),
            (header::CACHE_CONTROL, "no-cache"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        ],
        style,
    )
        .into_response()
}

/// `POST /huruf`: the other size, and back to the page.
pub async fn change(headers: HeaderMap) -> Response {
    let seconds = if is_large(&headers) { 0 } else { SECONDS };
    let kept = format!("{COOKIE}=1; Path=/; SameSite=Lax; Max-Age={seconds}");
    let mut response = Redirect::to(&page_before(&headers)).into_response();
    *response.status_mut() = StatusCode::SEE_OTHER;
    if let Ok(kept) = HeaderValue::from_str(&kept) {
        response.headers_mut().append(header::SET_COOKIE, kept);
    }
    response
}

/// The path of the page on which the button stood; of another site, nothing.
fn page_before(headers: &HeaderMap) -> String {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let (Some(from), Some(host)) = (text(header::REFERER), text(header::HOST)) else {
        return "/".to_owned();
    };
    let path = from
        .split_once("://")
        .and_then(|(_, rest)| rest.strip_prefix(host))
        .filter(|path| path.starts_with('/') && !path.starts_with("//"));
    path.unwrap_or("/").to_owned()
}

#[cfg(test)]
mod tests;
