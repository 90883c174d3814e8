//! What a sentence says of a visit besides that one is wanted: day, hour, how many come, at which office.
//!
//! It is kept in the draft until the step that asks for it, so that nobody is asked what they have said. Nothing is done by it
//! alone: every booking is summed up and waits for a yes.

use jiff::civil::{Date, DateTime, Time};
use sigap_understand::values::{DateRead, Days, PartOfDay, Role, TimeOfDay, find_office, read_dates, read_values};

use crate::office::Office;

use super::messages::*;
use super::reply::Arg;
use super::state::Wanted;

/// Points of an office that is named letter by letter.
const OFFICE_NAMED: u32 = 100;
/// Points from which on an office is meant in spite of slips.
const OFFICE_MEANT_MIN: u32 = 84;
/// Letters of a town that is meant in spite of slips where no word says that it is a town: *bisa* is not Bima.
const TOWN_LETTERS_MIN: usize = 6;

/// A day that has to be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoDay {
    /// Its month does not have it.
    NoSuchDay,
    /// The calendar does not tell it: *habis lebaran*.
    Unknown,
}

/// The day or days, hours and people that a text asks for, seen from the office's clock.
pub(super) fn read(text: &str, now: DateTime) -> Wanted {
    let reads = read_dates(text, now);
    let days = wish(&reads).and_then(|read| match read.days {
        Days::Within(span) => Some((span.first, span.last)),
        _ => None,
    });
    let hours = wish(&reads)
        .or_else(|| reads.first().filter(|read| read.days == Days::Unsaid))
        .and_then(|read| read.time)
        .map(hours);
    let people = read_values(text).people.and_then(|people| u8::try_from(people).ok());
    Wanted { days, hours, people }
}

/// Why the day that a text names cannot be looked up.
pub(super) fn no_day(text: &str, now: DateTime) -> Option<NoDay> {
    read_dates(text, now).iter().find_map(|read| match read.days {
        Days::NoSuchDay { .. } => Some(NoDay::NoSuchDay),
        Days::Ask(_) => Some(NoDay::Unknown),
        _ => None,
    })
}

/// What is wanted, where something moves from one day to another.
fn wish(reads: &[DateRead]) -> Option<&DateRead> {
    let is_day = |read: &&DateRead| matches!(read.days, Days::Within(_));
    reads
        .iter()
        .filter(is_day)
        .find(|read| read.role == Role::To)
        .or_else(|| reads.iter().filter(is_day).find(|read| read.role != Role::From))
}

/// The first and the last hour that are meant.
fn hours(time: TimeOfDay) -> (Time, Time) {
    let clock = |hour| Time::constant(hour, 0, 0, 0);
    match time {
        TimeOfDay::At(time) => (time, time),
        TimeOfDay::Between(first, last) => (first, last),
        TimeOfDay::Part(PartOfDay::Morning) => (clock(0), clock(11)),
        TimeOfDay::Part(PartOfDay::Noon) => (clock(11), clock(15)),
        TimeOfDay::Part(PartOfDay::Afternoon) => (clock(14), clock(19)),
        TimeOfDay::Part(PartOfDay::Night) => (clock(18), clock(23)),
    }
}

/// The office that a text names, when it is another one than `own`.
pub(super) fn other_office<'a>(text: &str, own: &Office, offices: &'a [Office]) -> Option<&'a Office> {
    named_office(text, Some(own), offices)
}

/// The office that a text names; none when it may as well be `own`.
pub(super) fn named_office<'a>(text: &str, own: Option<&Office>, offices: &'a [Office]) -> Option<&'a Office> {
    let names: Vec<(&str, [&str; 2])> = offices
        .iter()
        .map(|office| (office.slug.as_str(), [office.short.as_str(), office.name.as_str()]))
        .collect();
    let names: Vec<(&str, &[&str])> = names.iter().map(|(slug, names)| (*slug, names.as_slice())).collect();
    let found = find_office(text, &names);
    let best = found.first().filter(|found| found.score >= OFFICE_MEANT_MIN)?;
    let text = text.to_lowercase();
    let is_titled = ["kanim", "kantor", "imigrasi", "office"]
        .iter()
        .any(|word| text.contains(word));
    let is_own = found
        .iter()
        .any(|found| found.score == best.score && own.is_some_and(|own| found.slug == own.slug));
    offices.iter().find(|office| office.slug == best.slug).filter(|office| {
        let is_long = office.city.chars().count() >= TOWN_LETTERS_MIN;
        !is_own && (best.score == OFFICE_NAMED || is_titled || is_long)
    })
}

/// Names on one line.
fn names_told(named: &[String]) -> Arg {
    if named.is_empty() {
        Arg::Empty
    } else {
        Arg::Text(named.join(", "))
    }
}

impl Wanted {
    /// What was understood, to be repeated to whoever said it: days with their weekday, and who was named.
    pub(super) fn told(&self, named: &[String]) -> Arg {
        if self.is_empty() && named.is_empty() {
            return Arg::Empty;
        }
        let day = |day: Option<Date>| day.map_or(Arg::Empty, Arg::Day);
        let last = self.days.map(|(_, last)| last);
        let first = self.days.map(|(first, _)| first);
        let hour = self.hours.filter(|(first, last)| first == last);
        BOOKING_NOTED.phrase(vec![
            ("day", day(first)),
            ("last", day(last.filter(|last| Some(*last) != first))),
            ("time", hour.map_or(Arg::Empty, |(hour, _)| Arg::Clock(hour))),
            (
                "people",
                self.people.map_or(Arg::Empty, |people| Arg::Number(people.into())),
            ),
            ("names", names_told(named)),
        ])
    }

    /// The one day, if it is one.
    pub(super) fn one_day(&self) -> Option<Date> {
        self.days.filter(|(first, last)| first == last).map(|(day, _)| day)
    }
}

#[cfg(test)]
mod tests;
