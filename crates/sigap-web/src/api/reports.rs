//! `POST /api/v1/offices/{office}/reports`: a program of the office hands in a report.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use sigap_actions::import_applications::{Actor, ImportSource};
use sigap_actions::service::Imported;
use sigap_core::application::ReportKind;
use sigap_core::limits::{REFUSED_ROWS_KEPT_MAX, UPLOAD_BYTES_MAX, UPLOAD_ROWS_MAX};
use utoipa::{IntoParams, ToSchema};

use super::{OfOffice, Problem, Program, busy, no_store, problem};
use crate::routes::AppState;

/// How long the bytes of a report may take: the largest one on a slow line of 256 kbit/s.
const WHOLE: Duration = Duration::from_secs(9 * 60);

/// How.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Only say what would change.
    #[serde(default)]
    #[param(required = false)]
    dry_run: bool,
    /// Which report it is, where the file does not say it: wawancara, alokasi, pencetakan, penerbitan.
    #[serde(default)]
    report: Option<String>,
}

/// What a report did, or would do.
#[derive(Serialize, ToSchema)]
#[schema(as = ReportAnswer)]
pub struct Answer {
    report: &'static str,
    dry_run: bool,
    newest_day: Option<String>,
    new: u32,
    moved: u32,
    unchanged: u32,
    refused: u32,
    refused_rows: Vec<Refused>,
    refused_rows_left_out: usize,
}

/// A row that is not taken.
#[derive(Serialize, ToSchema)]
#[schema(as = RefusedRow)]
pub struct Refused {
    row: u32,
    reason: String,
}

fn too_large() -> Response {
    problem(
        StatusCode::PAYLOAD_TOO_LARGE,
        "urn:sigap:problem:too-large",
        "The report is too large",
        format!(
            "a report has at most {} MB and {UPLOAD_ROWS_MAX} rows; export a shorter period, or run `sigap import applications`",
            UPLOAD_BYTES_MAX / (1024 * 1024)
        ),
    )
}

fn too_slow() -> Response {
    problem(
        StatusCode::REQUEST_TIMEOUT,
        "urn:sigap:problem:too-slow",
        "The report did not come to its end",
        "send it again over a better line, or put it into the watched folder",
    )
}

/// Takes a report. Sending it again never does harm.
#[utoipa::path(
    post,
    path = "/api/v1/offices/{office}/reports",
    tag = "reports",
    params(OfOffice, Wanted),
    request_body(content_type = "application/octet-stream", description = "The file: xls, xlsx or csv, up to 16 MB"),
    security(("key" = ["reports"])),
    responses(
        (status = 200, description = "What the report did, or would do", body = Answer),
        (status = 401, description = "No good key", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The file cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too often", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Busy; come back after the seconds in `Retry-After`", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn import(
    State(state): State<AppState>,
    program: Program,
    Query(wanted): Query<Wanted>,
    body: Body,
) -> Response {
    let (office, key) = (program.office, program.key);
    let kind = match wanted.report.as_deref().map(ReportKind::from_name) {
        Some(None) => {
            return problem(
                StatusCode::BAD_REQUEST,
                "urn:sigap:problem:unknown-report",
                "There is no such report",
                "`report` is one of wawancara, alokasi, pencetakan, penerbitan; leave it out when the title says it",
            );
        }
        Some(kind) => kind,
        None => None,
    };
    let Some(turn) = state.reports.turn().await else {
        return busy();
    };
    let bytes = match tokio::time::timeout(WHOLE, to_bytes(body, UPLOAD_BYTES_MAX)).await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(_)) => return too_large(),
        Err(_) => return too_slow(),
    };
    let (bytes, report) = state.reports.read(&turn, bytes.into(), String::new(), kind).await;
    let report = match report {
        Ok(report) if report.rows.len() > UPLOAD_ROWS_MAX => return too_large(),
        Ok(report) => report,
        Err(unreadable) => {
            return problem(
                StatusCode::UNPROCESSABLE_ENTITY,
                "urn:sigap:problem:unreadable-report",
                "The report cannot be read",
                unreadable.to_string(),
            );
        }
    };
    let source = ImportSource::of(&report, &bytes, Actor::Key(key));
    drop(bytes);
    let (kind, newest_on, service) = (report.kind, source.newest_on, state.service.clone());
    // On a task of its own: what was begun is finished, also when nobody listens any more.
    let imported = tokio::spawn(async move {
        let _turn = turn;
        service
            .import_report(office, source, report, wanted.dry_run, |_| {})
            .await
    });
    match imported.await {
        Ok(Ok(imported)) => answer(kind, newest_on.map(|day| day.to_string()), wanted.dry_run, &imported),
        Ok(Err(_)) | Err(_) => busy(),
    }
}

fn answer(kind: ReportKind, newest_day: Option<String>, dry_run: bool, imported: &Imported) -> Response {
    let refused_rows: Vec<Refused> = imported
        .refused
        .iter()
        .take(REFUSED_ROWS_KEPT_MAX)
        .map(|refused| Refused {
            row: refused.row,
            reason: refused.why.to_string(),
        })
        .collect();
    let counts = imported.counts;
    let body = Answer {
        report: kind.name(),
        dry_run,
        newest_day,
        new: counts.new,
        moved: counts.moved,
        unchanged: counts.unchanged,
        refused: counts.refused,
        refused_rows_left_out: imported.refused.len() - refused_rows.len(),
        refused_rows,
    };
    let mut response = axum::Json(body).into_response();
    no_store(&mut response);
    response
}
