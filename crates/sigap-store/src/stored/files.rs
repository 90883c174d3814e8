//! Rows of files.

use sigap_core::files::FileState;
use sigap_core::ids::{FileId, PersonId};

use super::instant;
use crate::fault::Fault;
use crate::records::{FileContent, FileRow};

/// The sealed column of a file.
pub const FILE_CONTENT: &str = "file.content";
/// The sealed column of a part of its bytes.
pub const FILE_PART_CONTENT: &str = "file_part.content";

/// A row of the table `file`.
#[derive(Debug, Clone)]
pub struct StoredFile {
    /// `file_id`
    pub id: i64,
    /// `person_id`
    pub person: i64,
    /// `about_id`
    pub about: i64,
    /// `state`
    pub state: String,
    /// `came_at`
    pub came_at: i64,
    /// `due_at`
    pub due_at: i64,
    /// `attempts`
    pub attempts: i64,
    /// `ends_at`
    pub ends_at: i64,
    /// `parts`
    pub parts: i64,
    /// `content`, sealed
    pub content: Vec<u8>,
}

/// A file, with its content opened.
///
/// # Errors
/// `Fault::Unreadable` when its state is none of ours.
pub fn file(row: &StoredFile, content: FileContent) -> Result<FileRow, Fault> {
    Ok(FileRow {
        id: FileId(row.id),
        person: PersonId(row.person),
        about: row.about,
        state: FileState::from_name(&row.state).ok_or(Fault::Unreadable("file.state"))?,
        came_at: instant(row.came_at),
        due_at: instant(row.due_at),
        attempts: u32::try_from(row.attempts).unwrap_or_default(),
        ends_at: instant(row.ends_at),
        parts: u32::try_from(row.parts).unwrap_or_default(),
        content,
    })
}

/// The row key of a part, which is authenticated with what is sealed.
#[must_use]
pub fn file_part_key(id: FileId, place: u32) -> Vec<u8> {
    [&id.0.to_be_bytes()[..], &place.to_be_bytes()[..]].concat()
}
