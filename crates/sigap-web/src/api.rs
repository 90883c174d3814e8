//! `POST /api/v1/offices/{office}/reports`: a program of the office hands in a report. Refusals are problem details (RFC 9457) whose
//! `detail` says the next step; what is personal stands in none of them.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sigap_actions::import_applications::{Actor, ImportSource};
use sigap_actions::service::Imported;
use sigap_core::application::ReportKind;
use sigap_core::ids::{ApiKeyId, OfficeId};
use sigap_core::limits::{REFUSED_ROWS_KEPT_MAX, UPLOAD_BYTES_MAX, UPLOAD_ROWS_MAX};

use crate::routes::AppState;

/// Reports that one key may hand in within an hour: four reports of an office, every few minutes.
const REPORTS_PER_HOUR_MAX: u32 = 60;
/// The hour.
const HOUR: SignedDuration = SignedDuration::from_hours(1);
/// How long the bytes of a report may take: the largest one on a slow line of 256 kbit/s.
const WHOLE: Duration = Duration::from_secs(9 * 60);
/// Seconds after which somebody who met a busy service comes back.
const AGAIN_SECONDS: u64 = 30;

/// How often each key was used of late, in this process.
#[derive(Debug, Default)]
pub struct Rates {
    used: Mutex<HashMap<ApiKeyId, (Timestamp, u32)>>,
}

impl Rates {
    /// Counts a use; the seconds to wait when there were too many.
    fn count(&self, key: ApiKeyId, now: Timestamp) -> Result<(), u64> {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        // Keys are few, and those that rest are forgotten: the map stays small.
        used.retain(|_, (since, _)| now.duration_since(*since) < HOUR);
        let (since, times) = used.entry(key).or_insert((now, 0));
        if *times >= REPORTS_PER_HOUR_MAX {
            let left = HOUR - now.duration_since(*since);
            return Err(u64::try_from(left.as_secs()).unwrap_or_default().max(1));
        }
        *times += 1;
        Ok(())
    }
}

/// Where to.
#[derive(Deserialize)]
pub struct OfOffice {
    office: String,
}

/// How.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    dry_run: bool,
    #[serde(default)]
    report: Option<String>,
}

/// What a report did, or would do.
#[derive(Serialize)]
struct Answer {
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

#[derive(Serialize)]
struct Refused {
    row: u32,
    reason: String,
}

/// A refusal as RFC 9457 writes it.
#[derive(Serialize)]
struct Problem {
    r#type: &'static str,
    title: &'static str,
    status: u16,
    detail: String,
}

fn problem(status: StatusCode, kind: &'static str, title: &'static str, detail: impl Into<String>) -> Response {
    let body = Problem {
        r#type: kind,
        title,
        status: status.as_u16(),
        detail: detail.into(),
    };
    let Ok(body) = serde_json::to_string(&body) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut response = (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response();
    no_store(&mut response);
    response
}

fn no_store(response: &mut Response) {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
}

fn with_header(mut response: Response, name: header::HeaderName, value: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
    response
}

fn unknown_key() -> Response {
    let told = problem(
        StatusCode::UNAUTHORIZED,
        "urn:sigap:problem:unknown-key",
        "The key is missing, unknown or was taken back",
        "send the header `Authorization: Bearer KEY` with a key of this office; `sigap api-key add` makes one",
    );
    with_header(told, header::WWW_AUTHENTICATE, "Bearer")
}

fn busy() -> Response {
    let told = problem(
        StatusCode::SERVICE_UNAVAILABLE,
        "urn:sigap:problem:busy",
        "The service is busy",
        "send the report again after the seconds in `Retry-After`; what was taken over already stays and is not taken twice",
    );
    with_header(told, header::RETRY_AFTER, &AGAIN_SECONDS.to_string())
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

/// Takes a report.
pub async fn import(
    State(state): State<AppState>,
    Path(path): Path<OfOffice>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let Some(office) = state
        .service
        .content()
        .office_by_slug(&path.office)
        .map(|office| office.id)
    else {
        return problem(
            StatusCode::NOT_FOUND,
            "urn:sigap:problem:unknown-office",
            "There is no such office",
            "write the office in the address by its short name, as in content/offices/register.csv",
        );
    };
    let key = match key_of(&state, office, &headers).await {
        Ok(key) => key,
        Err(response) => return response,
    };
    if let Err(seconds) = state.api_rates.count(key, state.clock.now()) {
        let told = problem(
            StatusCode::TOO_MANY_REQUESTS,
            "urn:sigap:problem:too-often",
            "Too many reports",
            format!("a key hands in {REPORTS_PER_HOUR_MAX} reports an hour; wait for the seconds in `Retry-After`"),
        );
        return with_header(told, header::RETRY_AFTER, &seconds.to_string());
    }
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

async fn key_of(state: &AppState, office: OfficeId, headers: &HeaderMap) -> Result<ApiKeyId, Response> {
    let shown = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, key)| key.trim().to_owned());
    let Some(shown) = shown else {
        return Err(unknown_key());
    };
    match state.service.find_api_key(office, shown).await {
        Err(_) => Err(busy()),
        Ok(None) => Err(unknown_key()),
        Ok(Some(row)) => Ok(row.id),
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
