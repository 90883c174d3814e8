//! `GET /`: which office. Searched by town, name or province, in spite of typing errors; nobody's place is asked for. The office that was
//! opened last stands first, then those with a line here, then all others by province.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use sigap_core::office::Office;

use super::office::is_served;
use super::office_search::{Found, find};
use super::{Asked, Words, nowhere, office_of, public_page};
use crate::console::cookie;
use crate::routes::AppState;

/// Which office this browser opened last: its slug and nothing else.
pub(crate) const OFFICE_COOKIE: &str = "sigap-kantor";

/// What is searched.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Search {
    #[serde(default)]
    cari: Option<String>,
}

#[derive(Template)]
#[template(path = "guide/offices.html")]
struct OfficesPage<'a> {
    words: Words<'a>,
    typed: String,
    /// Heading of what was found, empty without a search.
    found_title: String,
    found: Vec<Row<'a>>,
    is_nothing_found: bool,
    last: Option<&'a Office>,
    served: Vec<&'a Office>,
    others: BTreeMap<&'a str, Vec<&'a Office>>,
}

struct Row<'a> {
    office: &'a Office,
    is_served: bool,
}

/// The page.
pub async fn list(
    State(state): State<AppState>,
    Query(asked): Query<Asked>,
    Query(search): Query<Search>,
    headers: HeaderMap,
) -> Response {
    let content = state.service.content();
    let Some(words) = nationwide(&state, &asked) else {
        return nowhere();
    };
    let last = cookie(&headers, OFFICE_COOKIE).and_then(|slug| office_of(&state, slug));
    let mut served: Vec<&Office> = content
        .offices()
        .iter()
        .filter(|office| is_served(&state, office))
        .collect();
    served.sort_by(|a, b| a.short.cmp(&b.short));
    let mut others: BTreeMap<&str, Vec<&Office>> = BTreeMap::new();
    for office in content.offices().iter().filter(|office| !is_served(&state, office)) {
        others.entry(&office.province).or_default().push(office);
    }
    for offices in others.values_mut() {
        offices.sort_by(|a, b| a.short.cmp(&b.short));
    }
    let typed = search.cari.unwrap_or_default();
    let found = find(content.offices(), &typed);
    let (found_title, rows) = match found {
        Found::Nothing => (String::new(), Vec::new()),
        Found::Offices(offices) => (words.g("search_results"), offices),
        Found::Near(offices) => (words.g("search_near"), offices),
    };
    let row = |office| Row {
        is_served: is_served(&state, office),
        office,
    };
    let is_searched = !typed.trim().is_empty();
    public_page(
        StatusCode::OK,
        &OfficesPage {
            words,
            is_nothing_found: is_searched && rows.is_empty(),
            typed,
            found_title,
            found: rows.into_iter().map(row).collect(),
            last,
            served,
            others,
        },
    )
}

/// Words of pages that belong to no office: those of the first with a line here, or of the first there is. `None` without any office.
pub(crate) fn nationwide<'a>(state: &'a AppState, asked: &Asked) -> Option<Words<'a>> {
    let content = state.service.content();
    let first = state.numbers.offices().first().and_then(|id| content.office(*id));
    let office = first.or_else(|| content.offices().first())?;
    Some(Words::new(content, office, asked.language()))
}
