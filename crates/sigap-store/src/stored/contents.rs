//! Rows of versions of content and of the conversations that try them.

use sigap_core::ids::{ContentScriptId, ContentVersionId, StaffId};

use super::{instant, small};
use crate::fault::Fault;
use crate::records::{ContentScriptRow, ContentVersionHead, VersionState};

/// A row of the table `content_version`, but for its content.
#[derive(Debug, Clone)]
pub struct StoredVersion {
    /// `version_id`
    pub id: i64,
    /// `state`
    pub state: String,
    /// `edition`
    pub edition: Option<i64>,
    /// `revision`
    pub revision: i64,
    /// `author_id`
    pub author: i64,
    /// `approver_id`
    pub approver: Option<i64>,
    /// `made_at`
    pub made_at: i64,
    /// `changed_at`
    pub changed_at: i64,
    /// `published_at`
    pub published_at: Option<i64>,
    /// `base`
    pub base: String,
}

/// A version.
///
/// # Errors
/// When a column holds what no version wrote.
pub fn version(row: StoredVersion) -> Result<ContentVersionHead, Fault> {
    Ok(ContentVersionHead {
        id: ContentVersionId(row.id),
        state: VersionState::from_name(&row.state).ok_or(Fault::Unreadable("content_version.state"))?,
        edition: row.edition.map(edition).transpose()?,
        revision: small(row.revision, "content_version.revision")?,
        author: StaffId(row.author),
        approver: row.approver.map(StaffId),
        made_at: instant(row.made_at),
        changed_at: instant(row.changed_at),
        published_at: row.published_at.map(instant),
        base: row.base,
    })
}

/// The number of an edition.
///
/// # Errors
/// When the column holds what no version wrote.
pub fn edition(number: i64) -> Result<u32, Fault> {
    small(number, "content_version.edition")
}

/// A row of the table `content_script`.
#[derive(Debug, Clone)]
pub struct StoredScript {
    /// `script_id`
    pub id: i64,
    /// `revision`
    pub revision: i64,
    /// `author_id`
    pub author: i64,
    /// `changed_at`
    pub changed_at: i64,
    /// `content`
    pub content: String,
}

/// A conversation.
///
/// # Errors
/// When a column holds what no version wrote.
pub fn script(row: StoredScript) -> Result<ContentScriptRow, Fault> {
    Ok(ContentScriptRow {
        id: ContentScriptId(row.id),
        revision: small(row.revision, "content_script.revision")?,
        author: StaffId(row.author),
        changed_at: instant(row.changed_at),
        content: row.content,
    })
}
