//! Finished passports as storage gives and takes them.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sigap_core::ids::ApplicationNumber;

/// How far a finished passport is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PassportState {
    /// On the shelf.
    Ready,
    /// Handed over.
    Collected,
    /// Cancelled: nobody came in time.
    Cancelled,
}

impl PassportState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Ready, Self::Collected, Self::Cancelled];

    /// The word in the table.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Collected => "collected",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state of that word.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// A finished passport.
#[derive(Debug, Clone, PartialEq)]
pub struct PassportRow {
    /// The application it belongs to.
    pub number: ApplicationNumber,
    /// How far it is.
    pub state: PassportState,
    /// The day of issue: days count from here.
    pub ready_on: Date,
    /// Where it lies, in the office's own words; empty when nobody said.
    pub shelf: String,
    /// Who collected it: the id of a `PickupBy`.
    pub collected_by: Option<String>,
    /// When the state changed last.
    pub changed_at: Timestamp,
    /// The sealed part.
    pub content: PassportContent,
}

/// The sealed part. Stored as JSON: add fields with a default, never rename.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PassportContent {
    /// The sixteen digits.
    pub number: String,
    /// Whose it is, as the report says.
    #[serde(default)]
    pub name: String,
    /// Who signed for it, when somebody else came.
    #[serde(default)]
    pub taker: String,
}

impl std::fmt::Debug for PassportContent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PassportContent(…)")
    }
}
