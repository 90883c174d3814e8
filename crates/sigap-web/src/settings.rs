//! What a reader chose for all pages: language, size of text, contrast, colours. It is kept in cookies of the browser, holds nothing
//! personal and needs no script. No page has to know: what was chosen is put on a page when it leaves, as classes of its first tag, and
//! into the address of a request when it comes, as `?lang=`.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use bytes::Bytes;
use sigap_core::language::Language;

use crate::console::cookie;

/// The language that was chosen.
const LANGUAGE: &str = "sigap-bahasa";
/// Set in the browsers of those who want large text.
const SIZE: &str = "sigap-huruf";
/// Set for high contrast.
const CONTRAST: &str = "sigap-kontras";
/// `terang` or `gelap`; without it, as the phone has it.
const COLOURS: &str = "sigap-warna";
/// A year.
const SECONDS: u32 = 31_536_000;
/// No page is larger; a longer answer goes out as it is.
const PAGE_BYTES_MAX: usize = 2 * 1024 * 1024;
/// How every page of ours begins, from which its classes hang.
const FIRST_TAG: &[u8] = b"<html ";

/// Which colours pages have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Colours {
    /// As the phone is set.
    #[default]
    Phone,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// What a reader chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Settings {
    pub(crate) language: Option<Language>,
    pub(crate) is_large: bool,
    pub(crate) is_high: bool,
    pub(crate) colours: Colours,
}

impl Settings {
    /// What the browser keeps.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        Self {
            language: cookie(headers, LANGUAGE).and_then(language_of),
            is_large: cookie(headers, SIZE).is_some(),
            is_high: cookie(headers, CONTRAST).is_some(),
            colours: match cookie(headers, COLOURS) {
                Some("terang") => Colours::Light,
                Some("gelap") => Colours::Dark,
                _ => Colours::Phone,
            },
        }
    }

    /// The cookies that keep it. What is as ordinary is forgotten, so that an ordinary browser sends nothing.
    pub(crate) fn cookies(&self) -> impl Iterator<Item = HeaderValue> {
        let colours = match self.colours {
            Colours::Phone => None,
            Colours::Light => Some("terang"),
            Colours::Dark => Some("gelap"),
        };
        [
            kept(LANGUAGE, self.language.map(Language::code)),
            kept(SIZE, self.is_large.then_some("1")),
            kept(CONTRAST, self.is_high.then_some("1")),
            kept(COLOURS, colours),
        ]
        .into_iter()
        .flatten()
    }

    /// For the style: `large high dark`.
    fn classes(&self) -> String {
        let colours = match self.colours {
            Colours::Phone => "",
            Colours::Light => "light",
            Colours::Dark => "dark",
        };
        let size = if self.is_large { "large" } else { "" };
        let contrast = if self.is_high { "high" } else { "" };
        let named: Vec<&str> = [size, contrast, colours]
            .into_iter()
            .filter(|name| !name.is_empty())
            .collect();
        named.join(" ")
    }
}

/// The language of that code.
pub(crate) fn language_of(code: &str) -> Option<Language> {
    Language::ALL.into_iter().find(|language| language.code() == code)
}

fn kept(name: &str, value: Option<&str>) -> Option<HeaderValue> {
    let seconds = if value.is_some() { SECONDS } else { 0 };
    let value = value.unwrap_or_default();
    HeaderValue::from_str(&format!(
        "{name}={value}; Path=/; SameSite=Lax; HttpOnly; Max-Age={seconds}"
    ))
    .ok()
}

/// `POST /huruf`: the other size, and back to the page.
pub(crate) async fn change_size(headers: HeaderMap) -> Response {
    let is_large = Settings::of(&headers).is_large;
    let mut response = Redirect::to(&page_before(&headers)).into_response();
    if let Some(kept) = kept(SIZE, (!is_large).then_some("1")) {
        response.headers_mut().append(header::SET_COOKIE, kept);
    }
    response
}

/// The path of the page on which the button stood; of another site, nothing.
pub(crate) fn page_before(headers: &HeaderMap) -> String {
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

/// Put before every page: gives the request the language that was chosen, and the page the look that was chosen.
pub(crate) async fn dress(mut request: Request, next: Next) -> Response {
    let settings = Settings::of(request.headers());
    if request.method() == Method::GET
        && let Some(chosen) = asked(request.uri(), "bahasa").and_then(language_of)
    {
        return remember(request.uri(), chosen);
    }
    if is_of_citizens(request.uri().path())
        && let Some(language) = settings.language
        && let Some(uri) = with_language(request.uri(), language)
    {
        *request.uri_mut() = uri;
    }
    wear(next.run(request).await, &settings.classes()).await
}

/// The console has a language of its own, kept under its own path; a board has the one it was opened with, programs have none.
fn is_of_citizens(path: &str) -> bool {
    !["/staff", "/display", "/api"]
        .iter()
        .any(|other| path.starts_with(other))
}

/// The value of a name in the address.
fn asked<'a>(uri: &'a Uri, name: &str) -> Option<&'a str> {
    uri.query()?
        .split('&')
        .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

/// `?bahasa=su`: from now on so, and to the page without it.
fn remember(uri: &Uri, language: Language) -> Response {
    // Two slashes would lead to another site.
    let path = format!("/{}", uri.path().trim_start_matches('/'));
    let mut response = Redirect::to(&path).into_response();
    if let Some(kept) = kept(LANGUAGE, Some(language.code())) {
        response.headers_mut().append(header::SET_COOKIE, kept);
    }
    response
}

/// The address with the language that was chosen; nothing when the address has one.
fn with_language(uri: &Uri, language: Language) -> Option<Uri> {
    if asked(uri, "lang").is_some() {
        return None;
    }
    let begun = uri
        .query()
        .filter(|query| !query.is_empty())
        .map_or_else(String::new, |query| format!("{query}&"));
    let path = format!("{}?{begun}lang={}", uri.path(), language.code());
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(path).ok()?);
    Uri::from_parts(parts).ok()
}

/// Puts classes on the first tag of a page.
async fn wear(response: Response, classes: &str) -> Response {
    let is_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if classes.is_empty() || !is_page {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(page) = to_bytes(body, PAGE_BYTES_MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let page = dressed(page, classes);
    if parts.headers.contains_key(header::CONTENT_LENGTH) {
        parts.headers.insert(header::CONTENT_LENGTH, page.len().into());
    }
    Response::from_parts(parts, Body::from(page))
}

fn dressed(page: Bytes, classes: &str) -> Bytes {
    let Some(at) = page.windows(FIRST_TAG.len()).position(|part| part == FIRST_TAG) else {
        return page;
    };
    let (before, after) = page.split_at(at + FIRST_TAG.len());
    [before, format!("class=\"{classes}\" ").as_bytes(), after]
        .concat()
        .into()
}

#[cfg(test)]
mod tests;
