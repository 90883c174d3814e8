//! `/staff/{office}/laporan/{upload}`: what one report would change, applying it, and how far that is. The page of a report that is
//! being applied loads itself anew; it works without a script.

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use sigap_actions::upload_report::{UploadCounts, UploadRefusal, UploadState, UploadView, Why};
use sigap_core::application::RowRefusal;
use sigap_core::conversation::reply::Arg;
use sigap_core::ids::UploadId;
use sigap_core::limits::ROWS_PER_CHUNK;

use super::home::message;
use super::report_words::{count, kind_words, row_words};
use super::{Asker, Bar, go};
use crate::pages::{Words, busy, nowhere, private_page};
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "console/report.html")]
struct ReportPage<'a> {
    words: Words<'a>,
    bar: Bar,
    title: String,
    from: String,
    newest: String,
    notes: Vec<String>,
    is_waiting: bool,
    is_applying: bool,
    is_applied: bool,
    has_news: bool,
    progress: String,
    /// Name, how many, what that means.
    counts: Vec<(String, u32, String)>,
    refused: Vec<(u32, String)>,
    more: String,
}

/// Which report.
#[derive(Deserialize)]
pub struct OfUpload {
    upload: String,
}

/// What is done with it.
#[derive(Debug, Default, Deserialize)]
pub struct Tapped {
    #[serde(default)]
    deed: String,
}

fn id_of(path: &OfUpload) -> Option<UploadId> {
    path.upload.parse().ok().map(UploadId)
}

/// The page.
pub async fn show(State(state): State<AppState>, asker: Asker, Path(path): Path<OfUpload>) -> Response {
    let Some(words) = asker.words(&state) else {
        return nowhere();
    };
    let Some(id) = id_of(&path) else {
        return gone(words, &asker);
    };
    let office = asker.officer.office();
    match state.service.view_upload(office, asker.officer.clone(), id).await {
        Err(_) => busy(),
        Ok(Ok(view)) if view.row.state != UploadState::Arriving => render(words, &asker, &view),
        Ok(_) => gone(words, &asker),
    }
}

/// Applies a report, or throws it away.
pub async fn send(
    State(state): State<AppState>,
    asker: Asker,
    Path(path): Path<OfUpload>,
    Form(tapped): Form<Tapped>,
) -> Response {
    let Some(words) = asker.words(&state) else {
        return nowhere();
    };
    let Some(id) = id_of(&path) else {
        return gone(words, &asker);
    };
    let (office, who) = (asker.officer.office(), asker.officer.clone());
    let (done, next) = match tapped.deed.as_str() {
        "apply" => (
            state.service.apply_upload(office, who, id).await,
            format!("/staff/{}/laporan/{id}", asker.slug),
        ),
        "drop" => (
            state.service.drop_upload(office, who, id).await,
            format!("/staff/{}/laporan", asker.slug),
        ),
        _ => return go(&format!("/staff/{}/laporan/{id}", asker.slug)),
    };
    match done {
        Err(_) => busy(),
        Ok(Ok(())) => go(&next),
        Ok(Err(UploadRefusal::Denied | UploadRefusal::TooManyRows | UploadRefusal::Gone)) => gone(words, &asker),
    }
}

/// It was thrown away, or its day is over.
fn gone(words: Words<'_>, asker: &Asker) -> Response {
    message(
        words,
        asker.bar("reports"),
        StatusCode::NOT_FOUND,
        "console.report_gone_title",
        words.c("report_gone"),
    )
}

fn render(words: Words<'_>, asker: &Asker, view: &UploadView) -> Response {
    let (row, content) = (&view.row, &view.row.content);
    let is_waiting = row.state == UploadState::Waiting;
    let counts = if is_waiting { content.preview } else { content.counts };
    let has_news = counts.new + counts.moved > 0;
    let from = [
        ("file", Arg::Text(content.file.clone())),
        ("at", Arg::Moment(row.made_at)),
    ];
    let newest = match content.newest_on {
        Some(day) => words.key("console.report_newest", &[("day", Arg::Day(day))]),
        None => words.c("report_no_day"),
    };
    let left = (counts.refused as usize).saturating_sub(content.refused.len());
    let done = (row.done as usize * ROWS_PER_CHUNK).min(content.rows as usize);
    private_page(
        StatusCode::OK,
        &ReportPage {
            bar: asker.bar("reports"),
            title: kind_words(words, content.report),
            from: words.key("console.report_from", &from),
            newest,
            notes: notes(words, view, counts),
            is_waiting,
            is_applying: row.state == UploadState::Applying,
            is_applied: row.state == UploadState::Applied,
            has_news,
            progress: words.key(
                "console.report_progress",
                &[("done", count(done)), ("rows", count(content.rows as usize))],
            ),
            counts: [
                ("new", counts.new),
                ("moved", counts.moved),
                ("unchanged", counts.unchanged),
                ("refused", counts.refused),
            ]
            .map(|(name, many)| {
                let means = words.c(&format!("count_{name}_means"));
                (words.c(&format!("count_{name}")), many, means)
            })
            .into(),
            refused: content
                .refused
                .iter()
                .map(|refused| (refused.row, row_words(words, &refused.why)))
                .collect(),
            more: if left > 0 {
                words.key("console.report_more", &[("count", count(left))])
            } else {
                String::new()
            },
            words,
        },
    )
}

/// What somebody should know before saying yes.
fn notes(words: Words<'_>, view: &UploadView, counts: UploadCounts) -> Vec<String> {
    let mut notes = Vec::new();
    if view.row.state != UploadState::Waiting {
        return notes;
    }
    let content = &view.row.content;
    let elsewhere = content
        .refused
        .iter()
        .filter(|row| row.why == Why::Refusal(RowRefusal::OtherOffice))
        .count();
    if elsewhere * 2 > content.refused.len() && elsewhere * 2 > (counts.new + counts.moved + counts.unchanged) as usize
    {
        notes.push(words.c("report_elsewhere"));
    }
    if view.is_known {
        notes.push(words.c("report_known"));
    } else if view.is_older {
        notes.push(words.c("report_older"));
    }
    if counts.new + counts.moved == 0 {
        notes.push(words.c("report_nothing"));
    }
    notes
}
