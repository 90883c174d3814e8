//! Rows of uploaded reports, imports, wishes to be told and programs' keys.

use sigap_core::application::Stage;
use sigap_core::ids::{ApiKeyId, ApplicationNumber, PersonId, StaffId, UploadId};

use super::{day, instant, small};
use crate::fault::Fault;
use crate::records::{ApiKeyRow, FollowRow, ImportRun, UploadContent, UploadRow, UploadState};

/// A row of the table `upload`.
#[derive(Debug, Clone)]
pub struct StoredUpload {
    /// `upload_id`
    pub id: i64,
    /// `staff_id`
    pub staff: i64,
    /// `state`
    pub state: String,
    /// `made_at`
    pub made_at: i64,
    /// `ends_at`
    pub ends_at: i64,
    /// `parts`
    pub parts: i64,
    /// `done`
    pub done: i64,
    /// `content`, sealed
    pub content: Vec<u8>,
}

/// An uploaded report, with its content opened.
///
/// # Errors
/// When a column holds what no version wrote.
pub fn upload(row: StoredUpload, content: UploadContent) -> Result<UploadRow, Fault> {
    Ok(UploadRow {
        id: UploadId(row.id),
        staff: StaffId(row.staff),
        state: UploadState::from_name(&row.state).ok_or(Fault::Unreadable("upload.state"))?,
        made_at: instant(row.made_at),
        ends_at: instant(row.ends_at),
        parts: small(row.parts, "upload.parts")?,
        done: small(row.done, "upload.done")?,
        content,
    })
}

/// The identity of a part among the parts of its office, as it is authenticated.
#[must_use]
pub fn upload_part_key(id: UploadId, part: u32) -> Vec<u8> {
    [&id.0.to_be_bytes()[..], &part.to_be_bytes()[..]].concat()
}

/// A row of the table `import_run`.
#[derive(Debug, Clone)]
pub struct StoredImport {
    /// `import_id`
    pub id: i64,
    /// `report`
    pub report: String,
    /// `imported_at`
    pub at: i64,
    /// `rows_new`, `rows_moved`, `rows_unchanged`, `rows_refused`
    pub counts: [i64; 4],
    /// `actor`
    pub actor: Option<String>,
    /// `newest_on`
    pub newest_on: Option<String>,
}

/// A past import.
///
/// # Errors
/// When a column holds what no version wrote.
pub fn import(row: StoredImport) -> Result<ImportRun, Fault> {
    let [new, moved, unchanged, refused] = row.counts;
    let count = |value| small(value, "import_run.rows");
    Ok(ImportRun {
        id: row.id,
        report: row.report,
        at: instant(row.at),
        counts: [count(new)?, count(moved)?, count(unchanged)?, count(refused)?],
        actor: row.actor.unwrap_or_default(),
        newest_on: row
            .newest_on
            .map(|text| day(&text, "import_run.newest_on"))
            .transpose()?,
    })
}

/// A row of the table `follow`.
#[derive(Debug, Clone)]
pub struct StoredFollow {
    /// `person_id`
    pub person: i64,
    /// `number_key`
    pub number_key: Vec<u8>,
    /// `line`
    pub line: String,
    /// `told`
    pub told: String,
    /// `moved_at`
    pub moved_at: Option<i64>,
    /// `number_content`, sealed
    pub number_content: Vec<u8>,
}

/// A wish to be told, with its number opened.
///
/// # Errors
/// When a column holds what no version wrote.
pub fn follow(row: StoredFollow, number: ApplicationNumber) -> Result<FollowRow, Fault> {
    Ok(FollowRow {
        person: PersonId(row.person),
        number,
        line: row.line,
        told: Stage::from_name(&row.told).ok_or(Fault::Unreadable("follow.told"))?,
        moved_at: row.moved_at.map(instant),
    })
}

/// The columns of a row of `api_key`: id, label, made, taken back, scopes, requests within an hour.
pub type StoredApiKey = (i64, String, i64, Option<i64>, String, i64);

/// A program's key.
///
/// # Errors
/// When a column holds what no version wrote.
pub fn api_key(row: StoredApiKey) -> Result<ApiKeyRow, Fault> {
    let (id, label, made_at, revoked_at, scopes, per_hour) = row;
    Ok(ApiKeyRow {
        id: ApiKeyId(id),
        label,
        made_at: instant(made_at),
        revoked_at: revoked_at.map(instant),
        scopes,
        per_hour: small(per_hour, "api_key.per_hour")?,
    })
}
