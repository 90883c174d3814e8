//! `/staff/{office}/angka`: the figures of an office, of today, a month or a year; the same as files, and a month on one sheet of paper.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use sigap_core::figures::Period;

use super::{Asker, Bar};
use crate::figures::{Headline, Report, Section, csv, pdf, period_words, xlsx};
use crate::pages::{Words, busy, nowhere, private_page};
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "console/figures.html")]
struct FiguresPage<'a> {
    words: Words<'a>,
    bar: Bar,
    title: String,
    note: String,
    is_empty: bool,
    periods: PeriodLinks,
    headlines: Vec<Headline>,
    sections: Vec<Section>,
    files: Vec<(String, String)>,
}

/// The ways to other times.
pub(super) struct PeriodLinks {
    /// Address, words, and whether it is shown now.
    pub(super) links: Vec<(String, String, bool)>,
    /// Where the field sends.
    pub(super) base: String,
    /// For the field.
    pub(super) month: String,
}

/// Which time, from the field of the page.
#[derive(Debug, Default, Deserialize)]
pub struct Picked {
    #[serde(default)]
    hari: String,
    #[serde(default)]
    bulan: String,
    #[serde(default)]
    tahun: String,
}

impl Picked {
    /// The time that was picked; `Err` when something was, and is none.
    pub(super) fn period(&self) -> Result<Option<Period>, ()> {
        let picked = [&self.hari, &self.bulan, &self.tahun];
        match picked.into_iter().find(|text| !text.is_empty()) {
            None => Ok(None),
            Some(text) => Period::parse(text).map(Some).ok_or(()),
        }
    }
}

impl PeriodLinks {
    pub(super) fn new(
        words: Words<'_>,
        base: &str,
        shown: Period,
        today: jiff::civil::Date,
        is_with_today: bool,
    ) -> Self {
        let at = |period: Period| format!("{base}/{}", period.name());
        let month = Period::month_of(today);
        let year = Period::Year(today.first_of_year());
        let mut links = Vec::new();
        if is_with_today {
            links.push((base.to_owned(), words.f("today"), shown == Period::Day(today)));
        }
        links.push((at(month), words.f("this_month"), shown == month));
        links.push((at(year), words.f("this_year"), shown == year));
        let named = |key: &str, period: Period| {
            let name = sigap_core::conversation::reply::Arg::Text(period_words(words, period));
            (at(period), words.key(key, &[("period", name)]), false)
        };
        links.extend(shown.before().map(|before| named("figures.before", before)));
        let after = shown.after().filter(|after| after.from() <= today);
        links.extend(after.map(|after| named("figures.after", after)));
        Self {
            links,
            base: base.to_owned(),
            month: Period::month_of(shown.from()).name(),
        }
    }
}

/// Today's, or on to the time that was picked.
pub async fn show(State(state): State<AppState>, asker: Asker, Query(picked): Query<Picked>) -> Response {
    match picked.period() {
        Ok(Some(period)) => Redirect::to(&format!("/staff/{}/angka/{}", asker.slug, period.name())).into_response(),
        Ok(None) => respond(&state, &asker, None, Form::Page).await,
        Err(()) => Redirect::to(&format!("/staff/{}/angka", asker.slug)).into_response(),
    }
}

/// In which form figures are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Page,
    Csv,
    Xlsx,
    Pdf,
}

/// Those of a time; with an ending to its name as a file.
pub async fn of_period(
    State(state): State<AppState>,
    asker: Asker,
    Path((_, name)): Path<(String, String)>,
) -> Response {
    let (name, form) = match name.rsplit_once('.') {
        None => (name.as_str(), Form::Page),
        Some((name, "csv")) => (name, Form::Csv),
        Some((name, "xlsx")) => (name, Form::Xlsx),
        Some((name, "pdf")) => (name, Form::Pdf),
        Some(_) => return nowhere(),
    };
    match Period::parse(name) {
        // The sheet is made for a month.
        Some(period) if form != Form::Pdf || matches!(period, Period::Month(_)) => {
            respond(&state, &asker, Some(period), form).await
        }
        _ => nowhere(),
    }
}

async fn respond(state: &AppState, asker: &Asker, period: Option<Period>, form: Form) -> Response {
    let (Some(office), Some(words)) = (asker.office(state), asker.words(state)) else {
        return nowhere();
    };
    let view = match state
        .service
        .view_figures(office.id, asker.officer.clone(), period)
        .await
    {
        Err(_) => return busy(),
        Ok(None) => return nowhere(),
        Ok(Some(view)) => view,
    };
    let report = Report::of(words, &state.service.content().catalogue().survey, &view);
    let base = format!("/staff/{}/angka", asker.slug);
    let name = format!("angka-{}-{}", asker.slug, view.period.name());
    match form {
        Form::Page => {
            let file = |ending: &str| format!("{base}/{}.{ending}", view.period.name());
            let mut files = vec![(file("xlsx"), words.f("xlsx")), (file("csv"), words.f("csv"))];
            if matches!(view.period, Period::Month(_)) {
                files.insert(0, (file("pdf"), words.f("pdf")));
            }
            let page = FiguresPage {
                bar: asker.bar("figures"),
                title: report.title,
                note: report.note,
                is_empty: report.is_empty,
                periods: PeriodLinks::new(words, &base, view.period, view.today, true),
                headlines: report.headlines,
                sections: report.sections,
                files,
                words,
            };
            private_page(StatusCode::OK, &page)
        }
        Form::Csv => file(
            csv::file(words, &report),
            "text/csv; charset=utf-8",
            &format!("{name}.csv"),
            "attachment",
        ),
        Form::Xlsx => match xlsx::file(words, &report) {
            Ok(bytes) => file(
                bytes,
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                &format!("{name}.xlsx"),
                "attachment",
            ),
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        },
        Form::Pdf => file(
            pdf::file(words, &report, &view),
            "application/pdf",
            &format!("{name}.pdf"),
            "inline",
        ),
    }
}

fn file(bytes: Vec<u8>, kind: &str, name: &str, how: &str) -> Response {
    (
        [
            (header::CONTENT_TYPE, kind.to_owned()),
            (header::CONTENT_DISPOSITION, format!("{how}; filename=\"{name}\"")),
            (header::CACHE_CONTROL, "no-store".to_owned()),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        ],
        bytes,
    )
        .into_response()
}
