//! Bookings: a reserved place on a date for up to five named people under one contact.
//!
//! How places are planned and released is data of the office (`service.rs`, `slots.rs`); who people are to the rules stands
//! in `identity.rs`; what may be done with a booking in `rules.rs`. Drawing and shuffling are in `crate::release`.

pub mod code;
pub mod identity;
pub mod rules;
pub mod service;
pub mod slots;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Serialize};

use crate::ids::{BookingId, OfficeId};

pub use code::{ApprovalCode, BookingCode};
pub use identity::{Identity, Nik};
pub use service::{BookingRules, Opening, Release, Service};

/// One person who comes. The name never changes after booking: a place cannot be handed on.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visitor {
    /// As written by the citizen, trimmed.
    pub name: String,
    /// Birth date.
    pub born_on: Date,
}

impl std::fmt::Debug for Visitor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Visitor(…)")
    }
}

impl Visitor {
    /// Full years on a day; 0 before birth.
    #[must_use]
    pub fn age_on(&self, day: Date) -> u8 {
        let had_birthday = (day.month(), day.day()) >= (self.born_on.month(), self.born_on.day());
        let years = day.year() - self.born_on.year() - i16::from(!had_birthday);
        u8::try_from(years.max(0)).unwrap_or(u8::MAX)
    }

    /// Whether two lines tell of one person, however the name is written.
    #[must_use]
    pub fn is_same_as(&self, other: &Self) -> bool {
        self.born_on == other.born_on && identity::plain_name(&self.name) == identity::plain_name(&other.name)
    }
}

/// How far a booking is. A place is counted as taken in the states that hold one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BookingState {
    /// Chosen, not yet confirmed; lapses after minutes.
    Held,
    /// Entered for a draw; holds no place.
    Entered,
    /// On the waiting list; holds no place.
    Waiting,
    /// A place from a draw or the waiting list that waits for the citizen's yes.
    Offered,
    /// Confirmed.
    Booked,
    /// The people came.
    Attended,
    /// Nobody came.
    Missed,
    /// Given back by the citizen or the office.
    Cancelled,
    /// A hold or an offer that ran out, an entry that won nothing.
    Lapsed,
}

impl BookingState {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Held,
        Self::Entered,
        Self::Waiting,
        Self::Offered,
        Self::Booked,
        Self::Attended,
        Self::Missed,
        Self::Cancelled,
        Self::Lapsed,
    ];

    /// The name in storage and scripts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Entered => "entered",
            Self::Waiting => "waiting",
            Self::Offered => "offered",
            Self::Booked => "booked",
            Self::Attended => "attended",
            Self::Missed => "missed",
            Self::Cancelled => "cancelled",
            Self::Lapsed => "lapsed",
        }
    }

    /// The state of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Whether the person may have no other one for the same service.
    #[must_use]
    pub const fn is_live(self) -> bool {
        matches!(
            self,
            Self::Held | Self::Entered | Self::Waiting | Self::Offered | Self::Booked
        )
    }

    /// Whether it counts in the quota of its hour. Past visits keep their places: the hour is over.
    #[must_use]
    pub const fn holds_places(self) -> bool {
        matches!(
            self,
            Self::Held | Self::Offered | Self::Booked | Self::Attended | Self::Missed
        )
    }
}

/// A booking as its owner sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct BookingView {
    /// Which.
    pub id: BookingId,
    /// Where.
    pub office: OfficeId,
    /// The code for the desk: `K7QX-M2PD`.
    pub code: BookingCode,
    /// Which service, by its id.
    pub service: String,
    /// The day at the office.
    pub day: Date,
    /// Day and hour at the office; `None` while it has no place (draw entry, waiting list).
    pub at: Option<DateTime>,
    /// Who comes.
    pub people: Vec<Visitor>,
    /// How far it is.
    pub state: BookingState,
    /// When a hold or an offer ends.
    pub until: Option<Timestamp>,
    /// How often its day or hour was changed.
    pub moves: u8,
    /// Its page with ticket, QR and calendar file; or, while `needs_nik`, the form where the NIK is to be given.
    pub url: Option<String>,
    /// Whether the NIK of its people is still to be given before it can go on.
    pub needs_nik: bool,
    /// The eight digits that the dialogue of 2017 waits for.
    pub approval: Option<ApprovalCode>,
}

/// A special opening as somebody sees it who wants to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpeningView {
    /// People for whom entries or a place on the list stand.
    pub people: u64,
    /// Places of the day.
    pub places: u64,
}

/// Where somebody stands in a waiting room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RoomView {
    /// Before the hour: the place is drawn when it comes.
    Before {
        /// The hour.
        opens_at: DateTime,
        /// How many are in the room.
        inside: u64,
    },
    /// In line.
    Waiting {
        /// People before this one.
        ahead: u64,
        /// About when it is this one's turn; never told earlier and then later.
        about_at: DateTime,
    },
    /// In: places can be chosen until then, and again afterwards.
    Inside {
        /// Until then the turn is kept.
        until: Timestamp,
        /// Free hours of the day, with the places left.
        hours: Vec<(Time, u16)>,
    },
    /// All places are gone; the waiting list is open.
    Gone,
}

/// A place in a waiting room, with the address of the page that shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomPlace {
    /// Where.
    pub view: RoomView,
    /// The page.
    pub url: String,
}

/// Why a place is not given. Each has a kind sentence with the next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BookingRefusal {
    /// The office does not offer this service, or not any more.
    NoService,
    /// Nothing is given at that day and hour, and why.
    NotThen(slots::WhyNot),
    /// Too few places are left at that hour; nearest free ones, at most three.
    Full {
        /// Nearest first.
        nearest: Vec<DateTime>,
    },
    /// One of the people has a live booking or entry for this service already, here or at another office.
    HasOne {
        /// Where, when it is known.
        office: Option<OfficeId>,
        /// True when it is under this contact: then it can be changed here.
        is_own: bool,
    },
    /// More people than one contact may book.
    TooMany {
        /// How many at most.
        most: u8,
    },
    /// A person did not come last time and has to wait until that day.
    Barred {
        /// From this day on places are given again.
        until: Date,
    },
    /// The hold or the offer ran out before the answer came.
    Lapsed,
    /// It cannot be changed any more, or was changed too often.
    NotChangeable(rules::NoChange),
    /// There is no such booking under this contact.
    Unknown,
    /// The place is given only with the NIK, in the form of the link.
    NeedsNik {
        /// The form.
        url: String,
    },
    /// Too many tries; a person at the helpdesk helps.
    Helpdesk,
}
