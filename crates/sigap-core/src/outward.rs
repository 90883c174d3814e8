//! What programs of partners may ask for with a key, and of which events they can hear.

use crate::limits::API_REQUESTS_PER_HOUR_MAX;

/// What a key allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Hand in reports of the issuing system.
    Reports,
    /// Ask for the stage of an application: what a bare number shows to anybody.
    Status,
    /// See services, free places and openings.
    Places,
    /// See how the hall stands, without anybody in it.
    Queue,
    /// Book for people, look at and cancel what was booked by the same key.
    Bookings,
    /// Read figures of a month.
    Figures,
}

impl Scope {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Reports,
        Self::Status,
        Self::Places,
        Self::Queue,
        Self::Bookings,
        Self::Figures,
    ];

    /// The word in storage, in commands and in the document of the interface.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reports => "reports",
            Self::Status => "status",
            Self::Places => "places",
            Self::Queue => "queue",
            Self::Bookings => "bookings",
            Self::Figures => "figures",
        }
    }

    /// The scope of that word.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }

    /// How often one key may ask for it within an hour, whatever the office allows.
    #[must_use]
    pub const fn requests_per_hour_max(self) -> u32 {
        match self {
            // Four reports of an office, every few minutes. Each may take a minute of work.
            Self::Reports => 60,
            _ => API_REQUESTS_PER_HOUR_MAX,
        }
    }
}

/// What a partner can hear of. Nothing that is told names a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    /// A place was taken.
    BookingBooked,
    /// A booking was given back.
    BookingCancelled,
    /// Its people came.
    BookingAttended,
    /// Nobody came.
    BookingMissed,
    /// A number was called to a counter.
    NumberCalled,
    /// A number was served.
    NumberDone,
    /// A case was opened.
    CaseOpened,
    /// What was owed about a case did not come in time.
    CaseLate,
    /// A case ended.
    CaseClosed,
    /// Reports of the issuing system were taken over.
    ReportsApplied,
    /// The office tries whether the address hears.
    Test,
}

impl Event {
    /// What an address can be told of.
    pub const ALL: [Self; 10] = [
        Self::BookingBooked,
        Self::BookingCancelled,
        Self::BookingAttended,
        Self::BookingMissed,
        Self::NumberCalled,
        Self::NumberDone,
        Self::CaseOpened,
        Self::CaseLate,
        Self::CaseClosed,
        Self::ReportsApplied,
    ];

    /// The word in storage, in commands and in calls.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::BookingBooked => "booking.booked",
            Self::BookingCancelled => "booking.cancelled",
            Self::BookingAttended => "booking.attended",
            Self::BookingMissed => "booking.missed",
            Self::NumberCalled => "number.called",
            Self::NumberDone => "number.done",
            Self::CaseOpened => "case.opened",
            Self::CaseLate => "case.late",
            Self::CaseClosed => "case.closed",
            Self::ReportsApplied => "reports.applied",
            Self::Test => "test",
        }
    }

    /// The event of that word.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.name() == name)
    }
}

/// Words as they stand in one column: in the order of the list, each once, with a space between.
#[must_use]
pub fn joined<T: Copy + PartialEq>(all: &[T], chosen: &[T], name: fn(T) -> &'static str) -> String {
    let words: Vec<&str> = all
        .iter()
        .filter(|one| chosen.contains(one))
        .map(|one| name(*one))
        .collect();
    words.join(" ")
}

/// Whether a word stands in such a column.
#[must_use]
pub fn names(column: &str, word: &str) -> bool {
    column.split(' ').any(|known| known == word)
}
