//! Versions of what an office changes of its content, and the conversations it tries them with. What is in them belongs to the use
//! cases: here it is text with a form of its own.

use jiff::Timestamp;
use sigap_core::ids::{ContentScriptId, ContentVersionId, StaffId};

/// How far a version is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VersionState {
    /// Somebody writes at it.
    Draft,
    /// It waits for approval.
    Submitted,
    /// Citizens read it, or read it once.
    Published,
    /// It was thrown away.
    Withdrawn,
}

impl VersionState {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Draft, Self::Submitted, Self::Published, Self::Withdrawn];

    /// The word in storage.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state of that word.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// A version without what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentVersionHead {
    /// Time-ordered id.
    pub id: ContentVersionId,
    /// How far it is.
    pub state: VersionState,
    /// Counted from 1 with each publishing; the highest is what citizens read.
    pub edition: Option<u32>,
    /// Counted up with each change of the row.
    pub revision: u32,
    /// Who changed or submitted it last.
    pub author: StaffId,
    /// Who published it.
    pub approver: Option<StaffId>,
    /// When it was begun.
    pub made_at: Timestamp,
    /// When it was changed last.
    pub changed_at: Timestamp,
    /// When it was published.
    pub published_at: Option<Timestamp>,
    /// Digest of the files under it.
    pub base: String,
}

/// A version of what an office changes of its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentVersionRow {
    /// All but what is in it.
    pub head: ContentVersionHead,
    /// What is in it.
    pub content: String,
}

/// A conversation that an office tries its content with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentScriptRow {
    /// Time-ordered id.
    pub id: ContentScriptId,
    /// Counted up with each change of the row.
    pub revision: u32,
    /// Who changed it last.
    pub author: StaffId,
    /// When.
    pub changed_at: Timestamp,
    /// What is in it.
    pub content: String,
}
