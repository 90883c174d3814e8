//! What goes in and comes out of storage: plain values. Sealing happens below this line, inside the engines.

mod bookings;
mod browsers;
mod cases;
mod contents;
mod files;
mod follows;
mod hall;
mod hooks;
mod intakes;
mod notices;
mod own_data;
mod passports;
mod reports;
mod staff;
mod surveys;
mod unclear;

pub use bookings::*;
pub use browsers::*;
pub use cases::*;
pub use contents::*;
pub use files::*;
pub use follows::*;
pub use hall::*;
pub use hooks::*;
pub use intakes::*;
pub use notices::*;
pub use own_data::*;
pub use passports::*;
pub use reports::*;
pub use staff::*;
pub use surveys::*;
pub use unclear::*;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sigap_core::application::Stage;
use sigap_core::ids::{ApplicationNumber, OfficeId, OutboxId, PersonId};
use sigap_core::inbound::InboundMessage;
use sigap_core::message::OutboundMessage;

/// What became of a received message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InboxState {
    /// Its turn is done; the reply, if any, stands in the outbox.
    Answered,
    /// Received and kept, the turn failed by our fault: a reply is owed.
    Owed,
    /// Needs no answer (a reaction, a message over 24 hours old).
    Silent,
    /// Given to a person after the last try.
    HandedOver,
}

impl InboxState {
    /// The word in the table.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Owed => "owed",
            Self::Silent => "silent",
            Self::HandedOver => "handed_over",
        }
    }

    /// The state of that word.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Answered, Self::Owed, Self::Silent, Self::HandedOver]
            .into_iter()
            .find(|state| state.name() == name)
    }
}

/// What makes a message the same message when it is delivered again.
///
/// Meta redelivers the same message object, so its own time comes along and keeps the key in time order (decision 0003).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageKey {
    /// The business number that received it.
    pub number: String,
    /// The channel's id (wamid). Holds the sender's phone number in base64: never stored or logged as it is.
    pub message_id: String,
    /// When it was sent, by the channel's clock.
    pub sent_at: Timestamp,
}

impl From<&InboundMessage> for MessageKey {
    fn from(message: &InboundMessage) -> Self {
        Self {
            number: message.number.clone(),
            message_id: message.message_id.clone(),
            sent_at: message.sent_at,
        }
    }
}

/// A received message as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct InboxRow {
    /// Whose it is.
    pub person: PersonId,
    /// Its key.
    pub key: MessageKey,
    /// What became of it.
    pub state: InboxState,
    /// Tries so far.
    pub attempts: u32,
    /// When it reached us.
    pub received_at: Timestamp,
    /// What it says; `None` when it must not be kept or was taken back.
    pub content: Option<InboxContent>,
}

/// The sealed part of a received message. Stored as JSON: add fields with a default, never rename.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InboxContent {
    /// The message.
    pub message: InboundMessage,
    /// The channel's own text of it, for every kind but plain words and taps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<String>,
}

/// The dialogue with one person, between turns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConversationRow {
    /// The engine's stored state.
    pub state: String,
    /// The last message of the person, by the channel's clock: the 24-hour window counts from here.
    pub last_inbound_at: Timestamp,
}

/// How far an owed message is. Order is progress: a later state never goes back (except `Failed`, see `rank`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OutboxState {
    /// Waits for its turn.
    Queued,
    /// An attempt was recorded and may be under way.
    Sending,
    /// The attempt's outcome is not known: Meta may or may not have it.
    Unknown,
    /// Meta answered 200.
    Accepted,
    /// Meta sent it.
    Sent,
    /// It reached a device.
    Delivered,
    /// It was read (or a voice note played).
    Read,
    /// It will not arrive.
    Failed,
    /// Its words went out inside a later message.
    Merged,
    /// Not sent any more: the window closed or it grew too old.
    Expired,
}

impl OutboxState {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Queued,
        Self::Sending,
        Self::Unknown,
        Self::Accepted,
        Self::Sent,
        Self::Delivered,
        Self::Read,
        Self::Failed,
        Self::Merged,
        Self::Expired,
    ];

    /// The word in the table.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Unknown => "unknown",
            Self::Accepted => "accepted",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Failed => "failed",
            Self::Merged => "merged",
            Self::Expired => "expired",
        }
    }

    /// The state of that word.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Statuses may come in any order and twice; only a higher rank is written. `Failed` ranks below `Delivered`: with
    /// several devices a message can fail on one and still arrive (Meta, messages status webhook).
    #[must_use]
    pub const fn rank(self) -> u8 {
        match self {
            Self::Queued => 0,
            Self::Sending => 1,
            Self::Unknown => 2,
            Self::Merged | Self::Expired | Self::Accepted => 3,
            Self::Sent => 4,
            Self::Failed => 5,
            Self::Delivered => 6,
            Self::Read => 7,
        }
    }
}

/// A message owed to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxRow {
    /// Its id, also the callback data.
    pub id: OutboxId,
    /// To whom.
    pub person: PersonId,
    /// From which business number.
    pub number: String,
    /// How far it is.
    pub state: OutboxState,
    /// Attempts recorded.
    pub attempts: u32,
    /// When it was owed.
    pub created_at: Timestamp,
    /// Not sent after this (the window's end, or earlier).
    pub expires_at: Timestamp,
    /// The words.
    pub message: OutboundMessage,
}

/// A claimed message with what the sender needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedMessage {
    /// The office.
    pub office: OfficeId,
    /// The row; its `attempts` counts the attempt about to be made.
    pub row: OutboxRow,
    /// How to address the person.
    pub contact: sigap_core::person::Contact,
}

/// A status webhook, already matched to its office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryStatus {
    /// The row, from the callback data.
    pub id: OutboxId,
    /// Where it is now.
    pub state: OutboxState,
    /// Meta's error code, when it failed.
    pub error_code: Option<i64>,
    /// When, by Meta's clock.
    pub at: Timestamp,
}

/// A line of the audit trail: what was done, never to whom in plain words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Time-ordered id.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// `citizen`, `command`, later a staff id.
    pub actor: String,
    /// Past tense: `phone_bound`, `case_opened`.
    pub act: String,
    /// An id of ours (person, case, import), no personal data.
    pub subject: String,
}

/// One import of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRun {
    /// Time-ordered id.
    pub id: i64,
    /// Which report.
    pub report: String,
    /// When.
    pub at: Timestamp,
    /// Rows that were new, moved on, unchanged, refused.
    pub counts: [u32; 4],
    /// Who: the word `command`, or what they came by and its number; empty for imports of earlier versions.
    pub actor: String,
    /// The newest day in it, as far as one was told.
    pub newest_on: Option<Date>,
}

/// A number and its place among the applications of the nation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationPlace {
    /// The number.
    pub number: ApplicationNumber,
    /// The office that imported it first.
    pub office: OfficeId,
}

/// What kind of guess is counted (trust: limits against guessing).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GuessKind {
    /// Numbers looked up by one person.
    LookUp,
    /// Wrong second proofs for one application number.
    WrongProof,
    /// Application numbers tried with one birth date at one office.
    BirthDate,
    /// Wrong slip codes by one person.
    SlipCode,
    /// Holds and entries by one person.
    Hold,
    /// NIKs given by one person that had a booking already.
    Nik,
    /// Paid notices to one person.
    Notice,
    /// Erasures of one contact.
    Erasure,
}

impl GuessKind {
    /// The word in the table.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::LookUp => "look_up",
            Self::WrongProof => "wrong_proof",
            Self::BirthDate => "birth_date",
            Self::SlipCode => "slip_code",
            Self::Hold => "hold",
            Self::Nik => "nik",
            Self::Notice => "notice",
            Self::Erasure => "erasure",
        }
    }
}

/// How much of the outbox and inbox is waiting; for metrics, alarms and `doctor`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Backlog {
    /// Received messages whose reply is owed.
    pub owed: u64,
    /// When the oldest of them came.
    pub oldest_owed_at: Option<Timestamp>,
    /// Outbox rows that wait, are under way, or are unknown.
    pub unsent: u64,
    /// When the oldest of them was owed.
    pub oldest_unsent_at: Option<Timestamp>,
}

/// Applications by stage, for `doctor` and the demo's start page.
pub type StageCounts = Vec<(Stage, u64)>;
