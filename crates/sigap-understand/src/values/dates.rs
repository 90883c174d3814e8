//! Days and hours as people write them: words become terms, terms fill the slots of a date, slots become days.
//!
//! A weekday is the next one after today; `depan` is next week's. A day of a month that is past rolls to the next month, a month
//! that is past to the next year. What counts, measures or names something is no date.

mod calendar;
mod clock;
mod daytime;
mod link;
mod partial;
mod phrase;
mod reader;
mod spots;
pub mod table;
pub(super) mod terms;
mod written;

use jiff::civil::{Date, DateTime, Time};

use self::reader::Reader;
use super::words;

/// Readings of one text. A text with more dates is a list, and nobody's wish.
const READS_MAX: usize = 12;

/// One day or hour that a text speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateRead {
    /// Which days.
    pub days: Days,
    /// Which hour or part of the day, when the text says so.
    pub time: Option<TimeOfDay>,
    /// Whether something moves from here or to here.
    pub role: Role,
}

/// The days of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Days {
    /// A day, or a range of days: a week, a month, its end, `17 sampe 20`.
    Within(Span),
    /// None: the text says only an hour or a part of the day.
    Unsaid,
    /// A day that its month does not have: `tgl 30 feb`.
    NoSuchDay {
        /// Day as written.
        day: i8,
        /// Month, 1 to 12.
        month: i8,
        /// Year, if the text says it or it follows from the text.
        year: Option<i16>,
    },
    /// A day that must be asked for: `abis lebaran`.
    Ask(Occasion),
    /// The day somebody was born. It is no day of a visit.
    Birth(Date),
}

/// Why a day must be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// A feast, a fast, a payday, holidays: the calendar does not tell.
    Feast,
    /// Something that the text does not name: `h-1`.
    Unnamed,
}

/// Days from the first to the last, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub first: Date,
    /// The last day; never before the first.
    pub last: Date,
}

/// What a day is to the wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// A day like any other.
    #[default]
    Plain,
    /// What is booked now, in `dari senin ke kamis`.
    From,
    /// What is wanted instead.
    To,
}

/// An hour or a part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeOfDay {
    /// `jam 9`.
    At(Time),
    /// `jam 9 sampai 11`: first and last.
    Between(Time, Time),
    /// `pagi`.
    Part(PartOfDay),
}

/// Parts of the day as Indonesians divide it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartOfDay {
    /// `pagi`: until about ten.
    Morning,
    /// `siang`: about ten to three.
    Noon,
    /// `sore`: about three to six.
    Afternoon,
    /// `malam`.
    Night,
}

impl Days {
    fn one(day: Date) -> Self {
        Self::Within(Span { first: day, last: day })
    }
}

impl Span {
    /// A range; none when it would end before it begins.
    #[must_use]
    pub fn new(first: Date, last: Date) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// Whether it is one day.
    #[must_use]
    pub fn is_one_day(self) -> bool {
        self.first == self.last
    }
}

/// Reads the days and hours of a text, in the order of the text. `now` is the office's clock.
///
/// Looks at the first thousand characters and gives at most twelve readings. A bare weekday is after today, a bare hour from 1
/// to 5 is in the afternoon. Greetings (`selamat pagi`) are no times.
#[must_use]
pub fn read_dates(text: &str, now: DateTime) -> Vec<DateRead> {
    let today = now.date();
    let spots = spots::spots(words::beginning(text));
    let partials = Reader::new(&spots).read();
    let mut reads = link::resolve(&partials, today, READS_MAX);
    join_times(&mut reads);
    reads
}

/// Gives hours that stand alone to the day before them, or to the day after them.
fn join_times(reads: &mut Vec<DateRead>) {
    let is_alone = |read: &DateRead| read.days == Days::Unsaid;
    if reads.iter().all(is_alone) {
        // *Jam 9 pagi* was joined when it was read; *pagi, jam 9* joins here by the clock winning.
        if reads.len() > 1 && reads.iter().any(|read| !matches!(read.time, Some(TimeOfDay::Part(_)))) {
            reads.retain(|read| !matches!(read.time, Some(TimeOfDay::Part(_))));
        }
        return;
    }
    while let Some(at) = reads.iter().position(is_alone) {
        let time = reads.remove(at).time;
        let before = at.checked_sub(1);
        let places = [before, Some(at)];
        let free = places.into_iter().flatten().find(|place| {
            reads.get(*place).is_some_and(|read| match read.time {
                None => true,
                Some(TimeOfDay::Part(_)) => !matches!(time, Some(TimeOfDay::Part(_))),
                Some(_) => false,
            })
        });
        if let Some(read) = free.and_then(|place| reads.get_mut(place)) {
            read.time = time;
        }
    }
}

#[cfg(test)]
mod tests;
