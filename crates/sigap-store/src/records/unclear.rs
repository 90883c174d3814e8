//! Messages that were not understood. Nothing in them says who wrote them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A message without its writer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnclearRow {
    /// An id of its day that tells no time.
    pub id: i64,
    /// The day at the office.
    pub day: Date,
    /// What was said, sealed under a key of the office.
    pub content: UnclearContent,
}

/// What was said.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnclearContent {
    /// The words, without numbers and names.
    pub words: String,
    /// The code of the language that was answered in.
    pub language: String,
}

impl std::fmt::Debug for UnclearContent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UnclearContent")
            .field("language", &self.language)
            .finish_non_exhaustive()
    }
}
