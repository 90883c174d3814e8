//! Files that people send, as storage gives and takes them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sigap_core::files::{FileRefusal, FileState};
use sigap_core::ids::{FileId, PersonId};

/// A file without its bytes, which lie beside it in parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRow {
    /// Its number; rises with time.
    pub id: FileId,
    /// Who sent it.
    pub person: PersonId,
    /// The case or the intake to which it belongs; 0 for none.
    pub about: i64,
    /// How far it is.
    pub state: FileState,
    /// When it was sent.
    pub came_at: Timestamp,
    /// When it is tried next.
    pub due_at: Timestamp,
    /// Tries that were begun.
    pub attempts: u32,
    /// From then on it is forgotten.
    pub ends_at: Timestamp,
    /// Parts in which its bytes are kept.
    pub parts: u32,
    /// What is sealed of it.
    pub content: FileContent,
}

/// The sealed part of a file. Stored as JSON: add fields with a default, never rename.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FileContent {
    /// Our business number to which it was sent: it is fetched, and answered about, from there.
    #[serde(default)]
    pub line: String,
    /// The channel's id of it.
    #[serde(default)]
    pub media_id: String,
    /// The kind by its first bytes.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub mime_type: String,
    /// Its length.
    #[serde(default)]
    pub bytes_count: u64,
    /// The name it was sent under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filename: Option<String>,
    /// Of which paper it is a photo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<String>,
    /// Why it is not kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<FileRefusal>,
    /// The words of a voice note, as a machine heard them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transcript: Option<String>,
}

impl std::fmt::Debug for FileContent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FileContent(…)")
    }
}
