//! What an office gives places for: its services with durations, quotas, special openings and rules. All of it is content.

use jiff::civil::{Date, DateTime, Time};

use crate::office::Span;

/// A service that can be booked at one office. Built by `sigap-content` from `content/offices/{slug}.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    /// Stable name; its words stand in content under `service.{id}`. E.g. `simpatik`, `pickup`, `passport`.
    pub id: String,
    /// How long one slot is, in minutes.
    pub slot_minutes: u16,
    /// What is given on ordinary days, Monday first.
    pub week: [Vec<SlotPlan>; 7],
    /// Days with rules of their own, by date.
    pub openings: Vec<Opening>,
    /// What may be done with a booking.
    pub rules: BookingRules,
    /// Whether places are scarce: then each person's NIK is needed, in the form, never in the chat.
    pub needs_nik: bool,
    /// True when the office itself has confirmed these rules; else citizens are asked to check.
    pub is_confirmed: bool,
}

/// Places for each slot within a span of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlotPlan {
    /// From the first slot's start to the last one's end.
    pub span: Span,
    /// People in each slot.
    pub places: u16,
}

impl SlotPlan {
    /// Places of a slot from a roster: `floor(utilisation × counters × slot ÷ minutes a person)`. The rest is for walk-in and
    /// priority groups.
    #[must_use]
    pub fn places_of_roster(target_percent: u16, counters: u16, slot_minutes: u16, minutes_per_person: u16) -> u16 {
        let work = u64::from(target_percent.min(100)) * u64::from(counters) * u64::from(slot_minutes);
        let person = u64::from(minutes_per_person.max(1)) * 100;
        u16::try_from(work / person).unwrap_or(u16::MAX)
    }
}

/// What an office allows. Numbers are data with source and date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BookingRules {
    /// How many days ahead ordinary places are given.
    pub horizon_days: u16,
    /// At what time of day a new day's places come out.
    pub opens_time: Time,
    /// A slot can be booked until so many minutes before it begins.
    pub close_minutes: u16,
    /// People in one booking, at most `limits::PARTY_MAX`.
    pub party_max: u8,
    /// People with live bookings under one contact, over all bookings of the service.
    pub people_per_contact_max: u8,
    /// How often day or hour may be changed.
    pub moves_max: u8,
    /// It can be changed or cancelled until so many days before the visit, to the end of that day; 0 is the day itself, until
    /// the visit begins.
    pub change_days_before: u8,
    /// How early people should be there, in minutes.
    pub early_minutes: u16,
    /// How late they may be, in minutes; later it counts as missed.
    pub late_minutes: u16,
    /// Whether the office marks who came. Where it does not, a visit that is over counts as made.
    pub marks_attendance: bool,
    /// Who did not come gets no place for so many days; 0 bars nobody. Needs `marks_attendance`.
    pub missed_bar_days: u16,
    /// Below this age a grown-up has to come along.
    pub adult_age: u8,
}

/// A special day: *paspor simpatik*, or an ordinary service with a release of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The day; a service has one opening on it at most.
    pub date: Date,
    /// Hours and places of its slots.
    pub plan: Vec<SlotPlan>,
    /// People on the whole day, when fewer than the slots would hold.
    pub day_places: Option<u16>,
    /// How its places are given.
    pub release: Release,
}

/// How places come to people. Times are the office's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Release {
    /// Whoever comes first, from that moment on.
    FirstCome {
        /// From when.
        opens_at: DateTime,
    },
    /// Who is in the waiting room before the hour gets a random place in it, later ones stand behind.
    Shuffled {
        /// The hour; the room opens `limits::ROOM_MINUTES` before.
        opens_at: DateTime,
        /// People let in a minute.
        per_minute: u16,
    },
    /// Everybody who enters before the closing has the chance of everybody else.
    Draw {
        /// Entries from then on.
        opens_at: DateTime,
        /// Entries until then.
        closes_at: DateTime,
        /// When the draw is made: after the public value is known.
        drawn_at: DateTime,
        /// Which public value is mixed in, in words for citizens: named before, unknown at closing.
        public_value: String,
    },
    /// Everybody who wants goes on a list; places are offered in its order, by message.
    WaitingList {
        /// Entries from then on.
        opens_at: DateTime,
        /// First offers.
        offers_at: DateTime,
    },
}

impl Release {
    /// When it begins.
    #[must_use]
    pub const fn opens_at(&self) -> DateTime {
        match self {
            Self::FirstCome { opens_at }
            | Self::Shuffled { opens_at, .. }
            | Self::Draw { opens_at, .. }
            | Self::WaitingList { opens_at, .. } => *opens_at,
        }
    }

    /// The name in storage and transcripts.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::FirstCome { .. } => "first_come",
            Self::Shuffled { .. } => "shuffled",
            Self::Draw { .. } => "draw",
            Self::WaitingList { .. } => "waiting_list",
        }
    }
}

impl Service {
    /// People in the largest slot: a larger family never fits together. Without any slot there is no such bound.
    #[must_use]
    pub fn largest_slot(&self) -> u16 {
        let weekly = self.week.iter().flatten();
        let special = self.openings.iter().flat_map(|opening| &opening.plan);
        weekly.chain(special).map(|plan| plan.places).max().unwrap_or(u16::MAX)
    }

    /// People that one booking can be for.
    #[must_use]
    pub fn most_people(&self) -> u16 {
        u16::from(self.rules.party_max).min(self.largest_slot())
    }

    /// The special opening on a day.
    #[must_use]
    pub fn opening_on(&self, date: Date) -> Option<&Opening> {
        self.openings.iter().find(|opening| opening.date == date)
    }
}
