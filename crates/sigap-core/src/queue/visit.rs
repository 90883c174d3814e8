//! A visit to the hall: one ticket, from the door to the end.

use std::fmt;

use jiff::Timestamp;

use crate::ids::{BookingId, CounterName, PersonId, VisitId};

/// How far a visit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VisitState {
    /// In line.
    Waiting,
    /// Out of line for a while: something has to be fetched, or nobody came when called. Comes back by itself.
    Held,
    /// Called to a counter, and served there.
    Called,
    /// Served.
    Done,
    /// Called in vain as often as the office calls.
    Missed,
    /// Gone without being served, or still there at the end of the day.
    Left,
}

impl VisitState {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Waiting,
        Self::Held,
        Self::Called,
        Self::Done,
        Self::Missed,
        Self::Left,
    ];

    /// The word in storage.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Held => "held",
            Self::Called => "called",
            Self::Done => "done",
            Self::Missed => "missed",
            Self::Left => "left",
        }
    }

    /// The state of that word.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Whether somebody with such a ticket is still to be served.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Held | Self::Called)
    }
}

/// What stands on a ticket: `A-012`. Unique in the office on its day, kept through transfers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TicketLabel {
    /// Of the line in which it was given.
    pub letter: char,
    /// Counted from 1 each day.
    pub number: u32,
}

impl fmt::Display for TicketLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:03}", self.letter, self.number)
    }
}

impl TicketLabel {
    /// Reads `A-012`, `a12`, `A 12`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut characters = text.trim().chars();
        let letter = characters
            .next()
            .filter(char::is_ascii_alphabetic)?
            .to_ascii_uppercase();
        let rest = characters.as_str().trim_start_matches([' ', '-']);
        let number = rest.parse().ok().filter(|number| *number > 0)?;
        (rest.len() <= 6).then_some(Self { letter, number })
    }
}

/// A visit as the rules see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    /// Which.
    pub id: VisitId,
    /// What stands on the ticket.
    pub label: TicketLabel,
    /// The line in which it stands now.
    pub line: String,
    /// How far it is.
    pub state: VisitState,
    /// Since when credit grows.
    pub since: Timestamp,
    /// Not called before this, when held.
    pub free_at: Option<Timestamp>,
    /// Credit for each minute, in percent of everybody's.
    pub percent: u16,
    /// The priority group, when somebody belongs to one.
    pub group: Option<String>,
    /// Where it was called to last.
    pub counter: Option<CounterName>,
    /// Times it was called.
    pub calls: u8,
    /// When it was called last.
    pub called_at: Option<Timestamp>,
    /// Who holds the booking, when there is one.
    pub person: Option<PersonId>,
    /// The booking, when there is one.
    pub booking: Option<BookingId>,
}

/// What staff may do with a visit, and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Call by name, out of turn; needs a reason.
    Call,
    /// Call again to the same counter.
    Recall,
    /// Nobody came.
    Skip,
    /// Something has to be fetched.
    Hold,
    /// Back into the line, with the time waited.
    Back,
    /// To another line, with the time waited.
    Transfer,
    /// Served.
    Finish,
    /// The ticket's owner went away.
    Leave,
    /// The last deed was a slip of the finger: at the counter again.
    Undo,
}

impl Deed {
    /// Whether it may be done to a visit in that state.
    #[must_use]
    pub const fn is_allowed(self, state: VisitState) -> bool {
        use VisitState::{Called, Done, Held, Left, Missed, Waiting};
        match self {
            Self::Call => matches!(state, Waiting | Held | Missed),
            Self::Recall | Self::Skip | Self::Hold | Self::Finish => matches!(state, Called),
            Self::Back => matches!(state, Called | Held | Missed | Left),
            Self::Transfer => matches!(state, Called | Waiting | Held),
            Self::Leave => matches!(state, Waiting | Held),
            Self::Undo => matches!(state, Done | Held | Missed | Waiting),
        }
    }

    /// The word in the audit trail and in keys of content.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Recall => "recall",
            Self::Skip => "skip",
            Self::Hold => "hold",
            Self::Back => "back",
            Self::Transfer => "transfer",
            Self::Finish => "finish",
            Self::Leave => "leave",
            Self::Undo => "undo",
        }
    }
}

#[cfg(test)]
mod tests;
