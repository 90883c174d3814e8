//! Wishes to be told when an application moves on, as storage gives and takes them.

use jiff::Timestamp;
use sigap_core::application::Stage;
use sigap_core::ids::{ApplicationNumber, PersonId};

/// Somebody wants to be told when an application moves on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowRow {
    /// Who.
    pub person: PersonId,
    /// Of which application.
    pub number: ApplicationNumber,
    /// From which of our numbers they are told.
    pub line: String,
    /// The stage that they know.
    pub told: Stage,
    /// Since when there is something to tell.
    pub moved_at: Option<Timestamp>,
}
