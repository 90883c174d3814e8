//! Identifiers as types, so that an office can never be passed where a person is meant.
//!
//! Numbers that point at a person print as dots in `Debug`: a log line may hold the value, never show it.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! number_id {
    ($(#[$doc:meta])* $name:ident, $inner:ty) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub $inner);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

number_id!(
    /// An immigration office. The number stands in the office register (`content/offices/register.csv`) and never changes.
    OfficeId, i64
);
number_id!(
    /// One person as one office knows them. Time-ordered; says nothing about who it is.
    PersonId, i64
);
number_id!(
    /// A row of the outbox: one message owed to one person. Travels to Meta as `biz_opaque_callback_data`.
    OutboxId, i64
);
number_id!(
    /// A complaint, a report or a request for an officer.
    CaseId, i64
);
number_id!(
    /// A booking, from the first hold or entry on.
    BookingId, i64
);
number_id!(
    /// A visit to the hall: one ticket on one day.
    VisitId, i64
);
number_id!(
    /// Somebody who works at an office, as that office knows them.
    StaffId, i64
);
number_id!(
    /// A report that somebody uploaded and that waits to be applied.
    UploadId, i64
);
number_id!(
    /// A key with which a program of the office reaches us.
    ApiKeyId, i64
);
number_id!(
    /// An address of a partner that is called when something happens.
    HookId, i64
);
number_id!(
    /// A version of what an office changes of its content.
    ContentVersionId, i64
);
number_id!(
    /// A conversation that an office wrote to try its content with.
    ContentScriptId, i64
);
number_id!(
    /// A file that somebody sent.
    FileId, i64
);
number_id!(
    /// What one person of a booking gave ahead of the visit: answers and photos of papers.
    IntakeId, i64
);
number_id!(
    /// One running process of ours, from its start to its end. Drawn by chance at the start.
    ProcessId, i64
);

/// What stands above a counter: a number from 1 to 99, so that it can be spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CounterName(u8);

impl CounterName {
    /// The largest that is spoken.
    pub const MAX: u8 = 99;

    /// A counter from 1 to `MAX`.
    #[must_use]
    pub const fn new(number: u8) -> Option<Self> {
        if number == 0 || number > Self::MAX {
            return None;
        }
        Some(Self(number))
    }

    /// Reads a number.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        text.trim().parse().ok().and_then(Self::new)
    }

    /// The number.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }
}

impl fmt::Display for CounterName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The 16 digits under the barcode of the *Bukti Pengantar* (nomor permohonan).
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ApplicationNumber(String);

impl ApplicationNumber {
    /// How many digits a number has (`catalog.toml`, `[number.application]`).
    pub const DIGITS: usize = 16;

    /// Reads digits with any spaces, dots, dashes and apostrophes between them; `None` unless exactly 16 digits remain.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut digits = String::with_capacity(Self::DIGITS);
        for c in text.chars() {
            match c {
                '0'..='9' if digits.len() < Self::DIGITS => digits.push(c),
                ' ' | '.' | '-' | '\'' | '’' | '\u{a0}' | '\t' => {}
                _ => return None,
            }
        }
        (digits.len() == Self::DIGITS).then_some(Self(digits))
    }

    /// The sixteen digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ApplicationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApplicationNumber(…)")
    }
}
