//! Bookings, openings, jobs, links and signals as storage gives and takes them.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sigap_core::booking::{ApprovalCode, BookingCode, BookingState, Visitor};
use sigap_core::ids::{BookingId, PersonId};

/// A booking, from the first hold or entry on.
#[derive(Debug, Clone, PartialEq)]
pub struct BookingRow {
    /// Its number.
    pub id: BookingId,
    /// Its code, unique at the office.
    pub code: BookingCode,
    /// The contact it is under.
    pub person: PersonId,
    /// The service.
    pub service: String,
    /// The day at the office.
    pub day: Date,
    /// When it begins; `None` while it has no place.
    pub starts_at: Option<Timestamp>,
    /// People.
    pub places: u16,
    /// How far it is.
    pub state: BookingState,
    /// How often day or hour was changed.
    pub moves: u8,
    /// When a hold or an offer ends.
    pub until: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// What only its owner and the office may read.
    pub content: BookingContent,
}

/// The sealed part of a booking. Stored as JSON: add fields with a default, never rename.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct BookingContent {
    /// Who comes; nobody when the booking was erased.
    pub people: Vec<Visitor>,
    /// Whether their NIK is still to be given.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub needs_nik: bool,
    /// The eight digits that the dialogue of 2017 waits for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval: Option<ApprovalCode>,
    /// The secret part of the address of its page; its blind index finds the link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// The business number under which its owner is written to.
    #[serde(default)]
    pub number: String,
    /// Who booked it on behalf of the owner; `None` for the owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booked_by: Option<String>,
}

/// A keyed hash of who a person is to the rules (`sigap_core::booking::Identity`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdentityKey(pub [u8; 16]);

impl std::fmt::Debug for IdentityKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("IdentityKey(…)")
    }
}

/// One person of a booking, as hashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookingIdentity {
    /// Place in the list of people, from 0.
    pub position: u8,
    /// Who it is.
    pub key: IdentityKey,
    /// By name and birth date alone.
    pub alike: IdentityKey,
    /// Whether `key` comes from a NIK.
    pub is_nik: bool,
}

/// What is remembered of a person and a service over all offices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// Draws lost since the last one won.
    pub lost: u32,
    /// When the person last did not come, unless excused.
    pub missed_at: Option<Timestamp>,
}

/// A change of a standing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StandingChange {
    /// One more draw lost.
    Lost,
    /// A draw won, or a visit made: losses count from 0 again.
    Won,
    /// Did not come, at that time.
    Missed(Timestamp),
    /// Was excused by an officer.
    Excused,
}

/// Places that were given back and are not shown yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnedPlaces {
    /// Number.
    pub id: i64,
    /// The service.
    pub service: String,
    /// The day at the office.
    pub day: Date,
    /// The hour.
    pub starts_at: Timestamp,
    /// People.
    pub places: u16,
}

/// How far a special opening is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OpeningPhase {
    /// The commitment is published; entries may come.
    Committed,
    /// Entries are closed and the root is published.
    Closed,
    /// Drawn, offered or opened: nothing of the release is left to do.
    Released,
}

impl OpeningPhase {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Committed, Self::Closed, Self::Released];

    /// The word in the table.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Committed => "committed",
            Self::Closed => "closed",
            Self::Released => "released",
        }
    }

    /// The phase of that word.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| phase.name() == name)
    }
}

/// A special opening's state. Its plan is content; here stands what happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpeningRow {
    /// The service.
    pub service: String,
    /// The day.
    pub day: Date,
    /// How far.
    pub phase: OpeningPhase,
    /// What nobody may know before its time.
    pub secret: OpeningSecret,
    /// What everybody may read: the commitment, later the root, at last the whole transcript, as JSON.
    pub published: String,
}

/// The sealed part of an opening. Stored as JSON: add fields with a default, never rename.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpeningSecret {
    /// The 32 random bytes of the draw, or of the room's shuffle, in hex. Those of a draw are told at its closing.
    pub seed: String,
    /// The 32 random bytes that order the waiting list, in hex; never told while somebody may join.
    #[serde(default)]
    pub list: String,
}

impl std::fmt::Debug for OpeningSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OpeningSecret(…)")
    }
}

/// The integers of a waiting room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Room {
    /// Tickets taken before the hour.
    pub before: u64,
    /// Tickets taken after it.
    pub after: u64,
    /// Places in line that were let in.
    pub serving: u64,
}

/// What is to be done at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Not before.
    pub due_at: Timestamp,
    /// What.
    pub kind: JobKind,
    /// With which booking, returned place or opening.
    pub subject: String,
}

/// Kinds of jobs. A job that finds its subject changed does nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum JobKind {
    /// End a hold or an offer that got no answer.
    Lapse,
    /// Remind of a visit.
    Remind,
    /// Nobody came.
    Miss,
    /// Offer places that were given back.
    Reveal,
    /// Take the next step of an opening: commit, close, draw, let in.
    Open,
    /// End a day in the hall.
    CloseHall,
    /// Look at the shelf of finished passports.
    Shelf,
    /// What is owed to a case has not come in time.
    Escalate,
    /// Merge the next parts of an uploaded report.
    Apply,
    /// Forget an uploaded report.
    Forget,
    /// Tell people that an application of theirs moved on.
    Tell,
    /// Count a day that is over.
    Figures,
    /// Send notices that waited for the morning.
    Notices,
    /// Forget a citizen's browser that was not used for long.
    Browser,
    /// Destroy the key of somebody whose rows were erased, then empty the messages.
    Erase,
    /// Forget a missed visit of somebody who was erased, once nothing hangs on it any more.
    Unbar,
    /// Forget a file whose time is over.
    EndFile,
    /// Forget what was given ahead of a visit, once the visit is over.
    EndIntake,
}

impl JobKind {
    /// All of them.
    pub const ALL: [Self; 18] = [
        Self::Lapse,
        Self::Remind,
        Self::Miss,
        Self::Reveal,
        Self::Open,
        Self::CloseHall,
        Self::Shelf,
        Self::Escalate,
        Self::Apply,
        Self::Forget,
        Self::Tell,
        Self::Figures,
        Self::Notices,
        Self::Browser,
        Self::Erase,
        Self::Unbar,
        Self::EndFile,
        Self::EndIntake,
    ];

    /// The word in the table.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lapse => "lapse",
            Self::Remind => "remind",
            Self::Miss => "miss",
            Self::Reveal => "reveal",
            Self::Open => "open",
            Self::CloseHall => "close_hall",
            Self::Shelf => "shelf",
            Self::Escalate => "escalate",
            Self::Apply => "apply",
            Self::Forget => "forget",
            Self::Tell => "tell",
            Self::Figures => "figures",
            Self::Notices => "notices",
            Self::Browser => "browser",
            Self::Erase => "erase",
            Self::Unbar => "unbar",
            Self::EndFile => "end_file",
            Self::EndIntake => "end_intake",
        }
    }

    /// The kind of that word.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// What a link that was sent opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkRow {
    /// Who was sent it.
    pub person: PersonId,
    /// Which booking it is about.
    pub booking: BookingId,
    /// What it is for.
    pub kind: LinkKind,
    /// Until then.
    pub expires_at: Timestamp,
    /// When it was used up.
    pub used_at: Option<Timestamp>,
}

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// To give the NIK, once.
    Identity,
    /// To see the ticket.
    Ticket,
    /// The name under which a partner's program knows the booking.
    Reference,
}

impl LinkKind {
    /// The word in the table.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Ticket => "ticket",
            Self::Reference => "reference",
        }
    }

    /// The kind of that word.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Identity, Self::Ticket, Self::Reference]
            .into_iter()
            .find(|kind| kind.name() == name)
    }
}

/// Something that a broker does and a family hardly ever: for people to look at, never a reason to refuse by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signal {
    /// Number.
    pub id: i64,
    /// What was seen.
    pub kind: SignalKind,
    /// The contact.
    pub person: PersonId,
    /// Day at the office, since 1970: one row for a kind, contact and day.
    pub day: i32,
    /// When it was seen last.
    pub at: Timestamp,
    /// How many: people, pairs, seconds, contacts.
    pub count: u32,
}

/// Kinds of signals, each explained in content under `signal.{name}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SignalKind {
    /// Many different people under one contact within some weeks.
    ManyPeople,
    /// A place cancelled and one for another person booked for the same day soon after.
    CancelRebook,
    /// Faster from the first question to the booking than people type.
    MachineTiming,
    /// One person under many contacts.
    ManyContacts,
}

impl SignalKind {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::ManyPeople,
        Self::CancelRebook,
        Self::MachineTiming,
        Self::ManyContacts,
    ];

    /// The word in the table.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ManyPeople => "many_people",
            Self::CancelRebook => "cancel_rebook",
            Self::MachineTiming => "machine_timing",
            Self::ManyContacts => "many_contacts",
        }
    }

    /// The kind of that word.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}
