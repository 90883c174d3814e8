//! What an erasure touches, as storage gives and takes it.

use jiff::Timestamp;
use serde::Serialize;
use sigap_core::ids::OutboxId;

/// What was taken away or emptied at once, in rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct ErasedRows {
    /// Phone number and user ids.
    pub identifiers: u64,
    /// Bindings of the phone to applications.
    pub bindings: u64,
    /// Wishes to be told.
    pub follows: u64,
    /// Dialogues.
    pub conversations: u64,
    /// Messages that were not sent or not answered yet, notices that waited for the morning.
    pub waiting: u64,
    /// Bookings whose names are gone.
    pub bookings: u64,
    /// Hashes of who they were for.
    pub identities: u64,
    /// Cases whose words are gone.
    pub cases: u64,
    /// Lines of their stories.
    pub case_lines: u64,
    /// Visits whose names and notes are gone.
    pub visits: u64,
    /// Files they sent.
    pub files: u64,
    /// What they gave ahead of visits.
    pub intakes: u64,
    /// Addresses of tickets, numbers and forms.
    pub links: u64,
    /// Tickets of waiting rooms.
    pub tickets: u64,
    /// Signals.
    pub signals: u64,
    /// Ties to other numbers of the same person.
    pub ties: u64,
}

/// A span of an office's messages: those received in a time, and those owed with ids in a range. The ends do not belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MessageSpan {
    /// Sent by people from then on.
    pub from: Timestamp,
    /// Until then.
    pub until: Timestamp,
    /// Owed by us from this id on.
    pub first: OutboxId,
    /// Up to this one.
    pub end: OutboxId,
}
