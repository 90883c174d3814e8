//! Cases as storage gives and takes them.

use jiff::Timestamp;
use sigap_core::cases::Case;
use sigap_core::ids::{CaseId, OutboxId, StaffId};

/// A case as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct CaseRow {
    /// As the rules see it.
    pub case: Case,
    /// The words with which it came, sealed; empty when they were erased.
    pub text: String,
    /// Whether its person was erased: the row is counted, and nobody can be answered.
    pub is_erased: bool,
    /// Words by which the office sorts it; without commas.
    pub tags: Vec<String>,
    /// How often it was changed: whoever changes it says which one was read.
    pub version: i64,
}

impl std::fmt::Debug for CaseRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CaseRow")
            .field("case", &self.case)
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

/// What happened to a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CaseEventKind {
    /// The citizen wrote.
    Heard,
    /// An officer answered.
    Answered,
    /// Somebody whose window was closed was asked to write, by a paid message.
    Invited,
    /// A note for colleagues.
    Note,
    /// An officer took it.
    Taken,
    /// The assistant answers again.
    GivenBack,
    /// It went to the head of the office.
    Escalated,
    /// Somebody looks into it on the spot.
    FieldCheck,
    /// It ended.
    Closed,
    /// It goes on.
    Reopened,
    /// The citizen said how the answer was.
    Rated,
    /// What the assistant and the citizen said before it was opened.
    Before,
    /// Its praise was passed on to officers.
    Passed,
    /// Its person and another one are the same, or are so no more.
    Linked,
    /// The office's own words for it were changed.
    Tagged,
}

impl CaseEventKind {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::Heard,
        Self::Answered,
        Self::Invited,
        Self::Note,
        Self::Taken,
        Self::GivenBack,
        Self::Escalated,
        Self::FieldCheck,
        Self::Closed,
        Self::Reopened,
        Self::Rated,
        Self::Before,
        Self::Passed,
        Self::Linked,
        Self::Tagged,
    ];

    /// The word in storage and in keys of content.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Heard => "heard",
            Self::Answered => "answered",
            Self::Invited => "invited",
            Self::Note => "note",
            Self::Taken => "taken",
            Self::GivenBack => "given_back",
            Self::Escalated => "escalated",
            Self::FieldCheck => "field_check",
            Self::Closed => "closed",
            Self::Reopened => "reopened",
            Self::Rated => "rated",
            Self::Before => "before",
            Self::Passed => "passed",
            Self::Linked => "linked",
            Self::Tagged => "tagged",
        }
    }

    /// The kind of that word.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A line of a case's story.
#[derive(Clone, PartialEq, Eq)]
pub struct CaseEvent {
    /// Time-ordered id.
    pub id: i64,
    /// Which case.
    pub case: CaseId,
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: CaseEventKind,
    /// Who of the staff; `None` for the citizen and the program.
    pub staff: Option<StaffId>,
    /// The message that went out with it.
    pub outbox: Option<OutboxId>,
    /// The words, sealed under the key of the case's person.
    pub words: String,
}

impl std::fmt::Debug for CaseEvent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CaseEvent")
            .field("id", &self.id)
            .field("case", &self.case)
            .field("kind", &self.kind)
            .field("staff", &self.staff)
            .finish_non_exhaustive()
    }
}

/// Praise that was passed on to an officer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Praise {
    /// To whom.
    pub staff: StaffId,
    /// The case whose words praise them.
    pub case: CaseId,
    /// When.
    pub passed_at: Timestamp,
}
