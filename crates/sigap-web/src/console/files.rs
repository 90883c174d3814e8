//! `/staff/{office}/berkas/{file}`: a file that somebody sent, to be saved, looked at in a page of ours, or played there. Nothing in it can run:
//! its kind is one of a short table, it is never guessed again, and opened by itself it has no rights.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use sigap_core::files::{FileRefusal, FileState, FileUse, ending_of, header_of, use_of};
use sigap_core::ids::FileId;

use super::Asker;
use crate::pages::{Words, busy, nowhere};
use crate::routes::AppState;
use sigap_actions::view_files::FileRow;

/// Opened alone the file may load nothing, run nothing and stand in no frame.
const POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

/// The file. Its name is made here: the one it was sent under may say anything.
pub async fn show(State(state): State<AppState>, Path((_, file)): Path<(String, i64)>, asker: Asker) -> Response {
    let office = asker.officer.office();
    let opened = state
        .service
        .open_file(office, asker.officer.clone(), FileId(file))
        .await;
    match opened {
        Err(_) => busy(),
        Ok(None) => nowhere(),
        Ok(Some((row, bytes))) => {
            let kind = &row.content.mime_type;
            let name = format!("attachment; filename=\"berkas-{file}.{}\"", ending_of(kind));
            (
                [
                    (header::CONTENT_TYPE, header_of(kind).to_owned()),
                    (header::CONTENT_DISPOSITION, name),
                    (header::CACHE_CONTROL, "no-store".to_owned()),
                    (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
                    (header::X_FRAME_OPTIONS, "DENY".to_owned()),
                    (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
                    (header::REFERRER_POLICY, "no-referrer".to_owned()),
                ],
                bytes,
            )
                .into_response()
        }
    }
}

/// A file as a page shows it.
pub(super) struct FileShown {
    /// Where its bytes are; empty while there are none.
    pub(super) url: String,
    /// What is shown instead of the bytes, or beside them.
    pub(super) told: String,
    pub(super) transcript: String,
    pub(super) is_picture: bool,
    pub(super) is_sound: bool,
    pub(super) is_film: bool,
}

/// How a page shows a file.
pub(super) fn shown(asker: &Asker, words: Words<'_>, row: &FileRow) -> FileShown {
    let used = use_of(&row.content.mime_type);
    let is_kept = row.state == FileState::Kept;
    let told = match row.state {
        FileState::Waiting => "intakes.file_waiting".to_owned(),
        FileState::Kept => "intakes.file_kept".to_owned(),
        FileState::Refused => {
            let why = row.content.refusal.unwrap_or(FileRefusal::Gone);
            format!("intakes.file_{}", why.name())
        }
    };
    FileShown {
        url: if is_kept {
            format!("/staff/{}/berkas/{}", asker.slug, row.id)
        } else {
            String::new()
        },
        told: words.key(&told, &[]),
        transcript: row.content.transcript.clone().unwrap_or_default(),
        is_picture: is_kept && used == Some(FileUse::Picture),
        is_sound: is_kept && used == Some(FileUse::Sound),
        is_film: is_kept && used == Some(FileUse::Film),
    }
}
