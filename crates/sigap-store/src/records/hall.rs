//! The hall as storage gives and takes it.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sigap_core::ids::{CounterName, PersonId, StaffId, VisitId};
use sigap_core::queue::credit::InLine;
use sigap_core::queue::{TicketLabel, Visit};

/// A visit as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct VisitRow {
    /// As the rules see it.
    pub visit: Visit,
    /// The day at the office.
    pub day: Date,
    /// Whether its owner was told that the turn is near.
    pub is_near_told: bool,
    /// The secret part of the ticket's address; kept as a blind index beside the row, and sealed in it.
    pub token: String,
    /// The sealed part.
    pub content: VisitContent,
}

/// The sealed part of a visit. Stored as JSON: add fields with a default, never rename.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct VisitContent {
    /// Names of those who come, as far as they are known.
    #[serde(default)]
    pub names: Vec<String>,
    /// What officers wrote for each other.
    #[serde(default)]
    pub note: String,
    /// Our number under which the owner writes; empty when there is none.
    #[serde(default)]
    pub number: String,
    /// The secret part of the ticket's address.
    #[serde(default)]
    pub token: String,
}

impl std::fmt::Debug for VisitContent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("VisitContent(…)")
    }
}

/// Somebody who waits, as far as the order of the line needs it.
#[derive(Debug, Clone, PartialEq)]
pub struct WaitingRow {
    /// Which visit.
    pub id: VisitId,
    /// What stands on the ticket.
    pub label: TicketLabel,
    /// The line.
    pub line: String,
    /// Since when credit grows.
    pub since: Timestamp,
    /// Credit for each minute, in percent.
    pub percent: u16,
    /// Not called before this.
    pub free_at: Option<Timestamp>,
    /// The priority group.
    pub group: Option<String>,
}

impl WaitingRow {
    /// Whether it may be called at that moment.
    #[must_use]
    pub fn is_callable(&self, now: Timestamp) -> bool {
        self.free_at.is_none_or(|free_at| free_at <= now)
    }

    /// As the order of the line sees it.
    #[must_use]
    pub fn in_line(&self) -> InLine {
        InLine {
            number: self.label.number,
            since: self.since,
            percent: self.percent,
        }
    }
}

/// A call, for the display.
#[derive(Debug, Clone, PartialEq)]
pub struct CallRow {
    /// The event, which grows with time.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// Who was called.
    pub label: TicketLabel,
    /// The line.
    pub line: String,
    /// Where to.
    pub counter: CounterName,
}

/// What happened to a visit.
#[derive(Debug, Clone, PartialEq)]
pub struct VisitEvent {
    /// Time-ordered id.
    pub id: i64,
    /// Which visit.
    pub visit: VisitId,
    /// What stands on its ticket.
    pub label: TicketLabel,
    /// When.
    pub at: Timestamp,
    /// What: `arrived`, `called`, or the name of a deed.
    pub kind: String,
    /// The line after it.
    pub line: String,
    /// The counter, when one was concerned.
    pub counter: Option<CounterName>,
    /// Who did it; `None` for the visitor or a machine.
    pub staff: Option<StaffId>,
}

/// A counter at which somebody works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskRow {
    /// The counter.
    pub counter: CounterName,
    /// The day; a desk of another day is closed.
    pub day: Date,
    /// Who works there.
    pub staff: StaffId,
    /// False during a break.
    pub is_open: bool,
    /// Since when.
    pub since: Timestamp,
}

/// Who may be called soon, for the message that the turn is near.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearRow {
    /// Which visit.
    pub id: VisitId,
    /// Who holds the booking.
    pub person: Option<PersonId>,
    /// Whether that was said.
    pub is_near_told: bool,
}
