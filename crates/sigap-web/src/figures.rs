//! Figures as a report: headlines, pictures and tables with what they count, made once and shown on pages, on paper and in files.
//!
//! How to add a figure: count it in `sigap_core::figures::Totals`, read it in `Summary`, and add a section here; its words stand in content
//! under `figures.` and in `figure_words.rs`.

pub(crate) mod chart;
pub(crate) mod csv;
pub(crate) mod pdf;
pub(crate) mod pdf_sheet;
mod sections;
pub(crate) mod table;
pub(crate) mod xlsx;

use jiff::civil::Date;
use sigap_actions::view_figures::FiguresView;
use sigap_core::conversation::reply::Arg;
use sigap_core::figures::{Period, Summary};
use sigap_core::survey::SurveyRules;

use crate::pages::Words;
use chart::Picture;
use table::{Cell, Table};

/// A figure that is told first.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Headline {
    pub(crate) label: String,
    pub(crate) value: Cell,
}

/// Figures about one thing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Section {
    /// Its name in the page and in files.
    pub(crate) id: &'static str,
    pub(crate) title: String,
    pub(crate) pictures: Vec<Picture>,
    pub(crate) table: Table,
    /// Whether the table only stands behind the pictures.
    pub(crate) is_behind: bool,
    /// What is said when there is nothing.
    pub(crate) empty: String,
    /// What counts.
    pub(crate) help: String,
}

/// Everything about a period of an office.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Report {
    pub(crate) title: String,
    /// How far it goes.
    pub(crate) note: String,
    pub(crate) is_empty: bool,
    pub(crate) headlines: Vec<Headline>,
    pub(crate) sections: Vec<Section>,
}

/// A period in the reader's words.
pub(crate) fn period_words(words: Words<'_>, period: Period) -> String {
    match period {
        Period::Day(day) => words.arg(&Arg::Day(day)),
        Period::Month(day) => words.month(day),
        Period::Year(day) => day.year().to_string(),
    }
}

impl Report {
    pub(crate) fn of(words: Words<'_>, rules: &SurveyRules, view: &FiguresView) -> Self {
        let period = period_words(words, view.period);
        Self {
            title: words.key("figures.title_of", &[("period", Arg::Text(period))]),
            note: note(words, view),
            is_empty: view.all.days == 0,
            headlines: headlines(words, view),
            sections: sections::all(words, rules, view),
        }
    }
}

/// How far the figures go, and whether more will come.
fn note(words: Words<'_>, view: &FiguresView) -> String {
    if view.period == Period::Day(view.today) {
        return words.key("figures.so_far", &[("moment", Arg::Moment(view.at))]);
    }
    let Some(until) = view.until else { return String::new() };
    let days = i64::try_from(view.all.days).unwrap_or(i64::MAX);
    let counted = words.key(
        "figures.until",
        &[("day", Arg::Day(until)), ("days", Arg::Number(days))],
    );
    if view.period.holds(view.today) {
        format!("{counted} {}", words.f("not_over"))
    } else {
        counted
    }
}

fn headlines(words: Words<'_>, view: &FiguresView) -> Vec<Headline> {
    let all = &view.all;
    let late = view
        .open_cases
        .as_ref()
        .map(|cases| cases.iter().map(|of| of.late).sum());
    let mut headlines = vec![
        ("visits", Cell::count(all.visits.map(|visits| visits.came))),
        ("nine", Cell::time(all.wait.bound(90))),
        (
            "no_show",
            Cell::percent(all.all_attendance().and_then(|of| of.no_show())),
        ),
        ("used", Cell::percent(all.all_places().and_then(|of| of.used()))),
        (
            "first_contact",
            Cell::percent(all.chat.and_then(|chat| chat.first_contact())),
        ),
        ("punctual", Cell::percent(all.legal_cases().punctual())),
        ("late_cases", Cell::count(late)),
    ];
    if let Some(survey) = &view.survey {
        headlines.push(("index", Cell::index(survey.index())));
    }
    headlines
        .into_iter()
        .map(|(name, value)| Headline {
            label: words.f(name),
            value,
        })
        .collect()
}

/// The name of a part in a picture: the day of the month, or the month in three letters.
fn short_part(words: Words<'_>, period: Period, day: Date) -> String {
    match period {
        Period::Year(_) => words.month(day).chars().take(3).collect(),
        Period::Day(_) | Period::Month(_) => day.day().to_string(),
    }
}

/// The name of a part in a table, which has to fit on a phone.
fn row_part(words: Words<'_>, period: Period, day: Date) -> String {
    match period {
        Period::Year(_) => words.month(day),
        Period::Day(_) | Period::Month(_) => words.arg(&Arg::ShortDay(day)),
    }
}

/// The name of a part in a sentence.
fn part_words(words: Words<'_>, period: Period, day: Date) -> String {
    match period {
        Period::Year(_) => words.month(day),
        Period::Day(_) | Period::Month(_) => words.arg(&Arg::Day(day)),
    }
}

/// A value of each part.
fn values(parts: &[(Date, Summary)], value: impl Fn(&Summary) -> Option<u64>) -> Vec<chart::Value> {
    parts
        .iter()
        .map(|(_, summary)| value(summary).map(|value| value as f32))
        .collect()
}

#[cfg(test)]
mod tests;
