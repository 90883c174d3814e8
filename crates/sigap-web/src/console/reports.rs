//! `/staff/{office}/laporan`: reports of the issuing system. Files are dropped here, each is read and kept, and nothing changes until
//! somebody has looked at what it would change (`one_report.rs`).

use std::time::Duration;

use askama::Template;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::Response;
use sigap_actions::import_applications::{Actor, fingerprint};
use sigap_actions::upload_report::{ImportView, UploadRow, UploadState};
use sigap_core::application::{ReportKind, UnreadableFile};
use sigap_core::conversation::reply::Arg;
use sigap_core::ids::UploadId;
use sigap_core::limits::{FILE_NAME_CHARS_MAX, UPLOAD_BYTES_MAX, UPLOAD_FILES_MAX};

use super::report_words::{count, file_words, kind_words, megabytes, refusal_words};
use super::{Asker, Bar, go};
use crate::pages::{Words, busy, nowhere, private_page};
use crate::report_reader::Turn;
use crate::routes::AppState;

/// How long the next piece of a file is waited for.
const PIECE: Duration = Duration::from_secs(30);
/// Bytes of a form's field that is no file.
const FIELD_BYTES_MAX: usize = 64;

#[derive(Template)]
#[template(path = "console/reports.html")]
struct ReportsPage<'a> {
    words: Words<'a>,
    bar: Bar,
    age: String,
    hint: String,
    kinds: Vec<(&'static str, String)>,
    problems: Vec<Problem>,
    uploads: Vec<Upload>,
    imports: Vec<Import>,
}

/// Why a file was not taken.
struct Problem {
    file: String,
    why: String,
}

/// A file that waits, or was applied lately.
struct Upload {
    id: i64,
    file: String,
    kind: String,
    newest_on: String,
    state: String,
}

/// A past import.
struct Import {
    at: String,
    kind: String,
    newest_on: String,
    who: String,
    counts: [u32; 4],
}

/// The page.
pub async fn show(State(state): State<AppState>, asker: Asker) -> Response {
    render(&state, &asker, Vec::new()).await
}

async fn render(state: &AppState, asker: &Asker, problems: Vec<Problem>) -> Response {
    let Some(words) = asker.words(state) else {
        return nowhere();
    };
    let office = asker.officer.office();
    let Ok(Ok(view)) = state.service.view_reports(office, asker.officer.clone()).await else {
        return busy();
    };
    let age = match view.data_at {
        Some(at) => words.key("console.reports_age", &[("at", Arg::Moment(at))]),
        None => words.c("reports_never"),
    };
    let limits = [("count", count(UPLOAD_FILES_MAX)), ("size", megabytes())];
    let status = if problems.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    private_page(
        status,
        &ReportsPage {
            bar: asker.bar("reports"),
            age,
            hint: words.key("console.reports_hint", &limits),
            kinds: ReportKind::ALL
                .into_iter()
                .map(|kind| (kind.name(), kind_words(words, kind)))
                .collect(),
            problems,
            uploads: view
                .uploads
                .iter()
                .filter(|row| row.state != UploadState::Arriving)
                .map(|row| upload(words, row))
                .collect(),
            imports: view.imports.iter().map(|past| import(words, past)).collect(),
            words,
        },
    )
}

fn upload(words: Words<'_>, row: &UploadRow) -> Upload {
    Upload {
        id: row.id.0,
        file: row.content.file.clone(),
        kind: kind_words(words, row.content.report),
        newest_on: row
            .content
            .newest_on
            .map(|day| words.arg(&Arg::Day(day)))
            .unwrap_or_default(),
        state: words.c(&format!("report_{}", row.state.name())),
    }
}

fn import(words: Words<'_>, past: &ImportView) -> Import {
    let run = &past.run;
    let name = || Arg::Text(past.name.clone());
    Import {
        at: words.arg(&Arg::Moment(run.at)),
        kind: ReportKind::from_name(&run.report).map_or_else(|| run.report.clone(), |kind| kind_words(words, kind)),
        newest_on: run.newest_on.map(|day| words.arg(&Arg::Day(day))).unwrap_or_default(),
        who: match past.actor {
            Some(Actor::Command) => words.c("by_command"),
            Some(Actor::Folder) => words.c("by_folder"),
            Some(Actor::Key(_)) => words.key("console.by_key", &[("name", name())]),
            Some(Actor::Staff(_)) => past.name.clone(),
            None => String::new(),
        },
        counts: run.counts,
    }
}

/// What became of one file.
struct Taken {
    file: String,
    kept: Result<UploadId, String>,
}

/// Why the rest of a form was not read.
enum Broken {
    /// The store does not answer.
    Busy,
    /// Said in words.
    Told(String),
}

/// Takes files in, one after the other.
pub async fn send(State(state): State<AppState>, asker: Asker, form: Multipart) -> Response {
    let Some(words) = asker.words(&state) else {
        return nowhere();
    };
    let Some(turn) = state.reports.turn().await else {
        let why = words.c("reports_busy");
        return render(
            &state,
            &asker,
            vec![Problem {
                file: String::new(),
                why,
            }],
        )
        .await;
    };
    let mut taken = Vec::new();
    let broken = take_all(&state, &asker, words, &turn, form, &mut taken).await;
    drop(turn);
    let mut problems = Vec::new();
    let mut kept = Vec::new();
    for one in taken {
        match one.kept {
            Ok(id) => kept.push(id),
            Err(why) => problems.push(Problem { file: one.file, why }),
        }
    }
    match broken {
        Some(Broken::Busy) => return busy(),
        Some(Broken::Told(why)) => problems.push(Problem {
            file: String::new(),
            why,
        }),
        None if kept.is_empty() && problems.is_empty() => problems.push(Problem {
            file: String::new(),
            why: words.c("reports_no_file"),
        }),
        None => {}
    }
    if !problems.is_empty() {
        return render(&state, &asker, problems).await;
    }
    match kept.as_slice() {
        [only] => go(&format!("/staff/{}/laporan/{only}", asker.slug)),
        _ => go(&format!("/staff/{}/laporan", asker.slug)),
    }
}

async fn take_all(
    state: &AppState,
    asker: &Asker,
    words: Words<'_>,
    turn: &Turn,
    mut form: Multipart,
    taken: &mut Vec<Taken>,
) -> Option<Broken> {
    let mut kind = None;
    loop {
        let mut field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return None,
            Err(error) => return Some(Broken::Told(form_words(words, &error))),
        };
        let Some(file) = field.file_name().map(tidy_name) else {
            match read_field(&mut field, FIELD_BYTES_MAX).await {
                Ok(Some(bytes)) => kind = std::str::from_utf8(&bytes).ok().and_then(ReportKind::from_name),
                Ok(None) => {}
                Err(error) => return Some(Broken::Told(read_words(words, error))),
            }
            continue;
        };
        if taken.len() >= UPLOAD_FILES_MAX {
            let limit = [("count", count(UPLOAD_FILES_MAX))];
            return Some(Broken::Told(words.key("console.reports_too_many_files", &limit)));
        }
        let bytes = match read_field(&mut field, UPLOAD_BYTES_MAX).await {
            // A form without a chosen file has one without a name.
            Ok(Some(bytes)) if bytes.is_empty() && file.is_empty() => continue,
            Ok(Some(bytes)) => bytes,
            Ok(None) => {
                let kept = Err(file_words(words, &UnreadableFile::TooLarge));
                taken.push(Taken { file, kept });
                continue;
            }
            Err(error) => return Some(Broken::Told(read_words(words, error))),
        };
        match keep(state, asker, words, turn, bytes, &file, kind).await {
            Ok(kept) => taken.push(Taken { file, kept }),
            Err(broken) => return Some(broken),
        }
    }
}

async fn keep(
    state: &AppState,
    asker: &Asker,
    words: Words<'_>,
    turn: &Turn,
    bytes: Vec<u8>,
    file: &str,
    kind: Option<ReportKind>,
) -> Result<Result<UploadId, String>, Broken> {
    let (bytes, report) = state.reports.read(turn, bytes, file.to_owned(), kind).await;
    let report = match report {
        Ok(report) => report,
        Err(problem) => return Ok(Err(file_words(words, &problem))),
    };
    let (office, print) = (asker.officer.office(), fingerprint(&bytes));
    drop(bytes);
    let kept = state
        .service
        .keep_report(office, asker.officer.clone(), report, file.to_owned(), print)
        .await
        .map_err(|_| Broken::Busy)?;
    Ok(kept.map_err(|refusal| refusal_words(words, refusal)))
}

/// Why a field was not read to its end.
enum ReadError {
    /// The form is broken, or larger than all files may be.
    Form(MultipartError),
    /// The line stood still.
    Slow,
}

/// The bytes of a field; `None` when it has more than it may. What is too much is read to its end and dropped.
async fn read_field(field: &mut Field<'_>, bytes_max: usize) -> Result<Option<Vec<u8>>, ReadError> {
    let mut bytes = Vec::new();
    let mut is_over = false;
    loop {
        let piece = tokio::time::timeout(PIECE, field.chunk()).await;
        match piece.map_err(|_| ReadError::Slow)?.map_err(ReadError::Form)? {
            Some(piece) if is_over || bytes.len() + piece.len() > bytes_max => {
                is_over = true;
                bytes = Vec::new();
            }
            Some(piece) => bytes.extend_from_slice(&piece),
            None => return Ok((!is_over).then_some(bytes)),
        }
    }
}

fn read_words(words: Words<'_>, error: ReadError) -> String {
    match error {
        ReadError::Form(error) => form_words(words, &error),
        ReadError::Slow => words.c("reports_broken_off"),
    }
}

fn form_words(words: Words<'_>, error: &MultipartError) -> String {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return file_words(words, &UnreadableFile::TooLarge);
    }
    words.c("reports_broken_off")
}

/// A file's name without the folders that some browsers send along.
fn tidy_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars()
        .filter(|c| !c.is_control())
        .take(FILE_NAME_CHARS_MAX)
        .collect()
}
