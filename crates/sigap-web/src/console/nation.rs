//! `/staff/{office}/angka/nasional`: all offices side by side, for the directorate. The table is sorted by the server: it works without a script.

use std::cmp::Reverse;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use sigap_actions::view_figures::NationRow;
use sigap_core::calendar::local_date;
use sigap_core::conversation::reply::Arg;
use sigap_core::figures::{Bound, Period};
use sigap_core::limits::OFFICES_DRAWN_MAX;

use super::figures::{PeriodLinks, Picked};
use super::{Asker, Bar};
use crate::figures::chart::Picture;
use crate::figures::period_words;
use crate::figures::table::{Cell, number, time_words};
use crate::pages::{Words, busy, nowhere, private_page};
use crate::routes::AppState;

/// The columns beside the office, by the names of their words. The second is what people look at first.
const COLUMNS: [&str; 7] = [
    "visits",
    "nation_wait",
    "no_show",
    "used",
    "late_cases",
    "index",
    "waiting_now",
];

#[derive(Template)]
#[template(path = "console/nation.html")]
struct NationPage<'a> {
    words: Words<'a>,
    bar: Bar,
    title: String,
    periods: PeriodLinks,
    heads: Vec<Head>,
    offices: Vec<Line>,
    quiet: String,
    picture: Option<Picture>,
}

struct Head {
    name: &'static str,
    words: String,
    told: String,
    /// `ascending`, `descending`, or empty when the table is sorted by another column.
    sorted: &'static str,
}

struct Line {
    slug: String,
    name: String,
    cells: Vec<Cell>,
}

/// By which column.
#[derive(Debug, Default, Deserialize)]
pub struct Sorted {
    #[serde(default)]
    urut: String,
}

/// This month's, or on to the time that was picked.
pub async fn show(
    State(state): State<AppState>,
    asker: Asker,
    Query(picked): Query<Picked>,
    Query(sorted): Query<Sorted>,
) -> Response {
    match picked.period() {
        Ok(Some(period)) => {
            Redirect::to(&format!("/staff/{}/angka/nasional/{}", asker.slug, period.name())).into_response()
        }
        Ok(None) => respond(&state, &asker, None, &sorted).await,
        Err(()) => Redirect::to(&format!("/staff/{}/angka/nasional", asker.slug)).into_response(),
    }
}

/// Those of a time.
pub async fn of_period(
    State(state): State<AppState>,
    asker: Asker,
    Path((_, name)): Path<(String, String)>,
    Query(sorted): Query<Sorted>,
) -> Response {
    match Period::parse(&name) {
        Some(period) => respond(&state, &asker, Some(period), &sorted).await,
        None => nowhere(),
    }
}

async fn respond(state: &AppState, asker: &Asker, period: Option<Period>, sorted: &Sorted) -> Response {
    let (Some(office), Some(words)) = (asker.office(state), asker.words(state)) else {
        return nowhere();
    };
    let (period, rows) = match state.service.view_nation(&asker.officer, period).await {
        Err(_) => return busy(),
        Ok(None) => return nowhere(),
        Ok(Some(seen)) => seen,
    };
    let count = rows.len();
    let known: Vec<NationRow> = rows.into_iter().filter(|row| row.summary.days > 0).collect();
    let quiet = count - known.len();
    let mut offices: Vec<Line> = known.iter().filter_map(|row| line(state, row)).collect();
    let picture = picture(words, &offices);
    let by = COLUMNS.iter().position(|column| *column == sorted.urut);
    sort(&mut offices, by);
    let heads = COLUMNS
        .into_iter()
        .enumerate()
        .map(|(place, name)| head(words, name, by == Some(place)))
        .collect();
    let base = format!("/staff/{}/angka/nasional", asker.slug);
    let today = local_date(office, state.clock.now());
    let period_name = Arg::Text(period_words(words, period));
    let quiet_count = Arg::count(quiet);
    private_page(
        StatusCode::OK,
        &NationPage {
            bar: asker.bar("nation"),
            title: words.key("figures.nation_title", &[("period", period_name)]),
            periods: PeriodLinks::new(words, &base, period, today, false),
            heads,
            offices,
            quiet: if quiet == 0 {
                String::new()
            } else {
                words.key("figures.nation_quiet", &[("count", quiet_count)])
            },
            picture,
            words,
        },
    )
}

fn head(words: Words<'_>, name: &'static str, is_sorted: bool) -> Head {
    let column = words.f(name);
    let told = words.key("figures.nation_sort", &[("column", Arg::Text(column.clone()))]);
    Head {
        name,
        words: column,
        told,
        sorted: if is_sorted { "descending" } else { "" },
    }
}

fn line(state: &AppState, row: &NationRow) -> Option<Line> {
    let office = state.service.content().office(row.office)?;
    let summary = &row.summary;
    Some(Line {
        slug: office.slug.clone(),
        name: office.short.clone(),
        cells: vec![
            Cell::count(summary.visits.map(|visits| visits.came)),
            Cell::time(summary.wait.bound(90)),
            Cell::percent(summary.all_attendance().and_then(|of| of.no_show())),
            Cell::percent(summary.all_places().and_then(|of| of.used())),
            Cell::Count(row.late_cases),
            Cell::index(row.survey.index()),
            Cell::count(row.waiting),
        ],
    })
}

/// The largest first, those without a figure last; by name where nothing was chosen, and among equals.
fn sort(offices: &mut [Line], by: Option<usize>) {
    offices.sort_by(|one, other| one.name.cmp(&other.name));
    let Some(by) = by else { return };
    let value = |cell: Option<&Cell>| match cell {
        Some(Cell::Count(count) | Cell::Percent(count)) => Some(*count),
        // Longer than the last step comes before the last step.
        Some(Cell::Time(bound)) => Some(u64::from(bound.minutes()) * 2 + u64::from(matches!(bound, Bound::Over(_)))),
        Some(Cell::Index(index)) => Some(u64::from(index.0)),
        Some(Cell::Words(_) | Cell::None) | None => None,
    };
    offices.sort_by_key(|line| Reverse(value(line.cells.get(by))));
}

/// Waits of the offices in which people wait longest.
fn picture(words: Words<'_>, offices: &[Line]) -> Option<Picture> {
    let mut waits: Vec<(String, Bound)> = offices
        .iter()
        .filter_map(|line| match line.cells.get(1) {
            Some(Cell::Time(bound)) => Some((line.name.clone(), *bound)),
            _ => None,
        })
        .collect();
    waits.sort_by_key(|(_, bound)| Reverse((bound.minutes(), matches!(bound, Bound::Over(_)))));
    waits.truncate(OFFICES_DRAWN_MAX);
    let (name, longest) = waits.first()?;
    let time = time_words(words, *longest);
    let told = words.key(
        "figures.chart_waits_told",
        &[("time", Arg::Text(time)), ("part", Arg::Text(name.clone()))],
    );
    let bars: Vec<(String, f32)> = waits
        .iter()
        .map(|(name, bound)| (name.clone(), bound.minutes() as f32))
        .collect();
    Some(Picture::rows(
        "nation",
        words.f("nation_picture"),
        told,
        &bars,
        &|value| number(words, value as u64),
    ))
}

#[cfg(test)]
mod tests;
