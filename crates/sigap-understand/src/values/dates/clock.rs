//! Hours: *jam 9*, *jam setengah 10*, *pkl 09.00*, *9 lewat 15*, *half past nine*, *10am*, *jam 8-10*.

use jiff::civil::Time;

use super::spots::Spot;
use super::terms::{Term, Unit};
use super::{PartOfDay, TimeOfDay};

/// An hour as it is said, before the part of the day decides which half of the day it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    hour: i8,
    minute: i8,
    /// Whether a leading zero or an hour above twelve says that it counts to 24.
    is_of_24: bool,
    is_after_noon: Option<bool>,
    until: Option<(i8, i8)>,
}

impl Clock {
    /// The hour, with the part of the day that the text says beside it.
    pub(super) fn resolve(self, part: Option<PartOfDay>) -> Option<TimeOfDay> {
        let first = self.half_of_day(self.hour, part);
        let at = Time::new(first, self.minute, 0, 0).ok()?;
        let Some((hour, minute)) = self.until else {
            return Some(TimeOfDay::At(at));
        };
        let last = Time::new(self.half_of_day(hour, part), minute, 0, 0).ok()?;
        Some(if at < last {
            TimeOfDay::Between(at, last)
        } else {
            TimeOfDay::At(at)
        })
    }

    fn half_of_day(self, hour: i8, part: Option<PartOfDay>) -> i8 {
        if self.is_of_24 || hour > 12 {
            return if hour == 24 { 0 } else { hour };
        }
        let is_late = |late: bool| if late { hour + 12 } else { hour };
        match (self.is_after_noon, part) {
            (Some(true), _) => is_late(hour < 12),
            (Some(false), _) => hour % 12,
            (None, Some(PartOfDay::Morning)) => hour % 12,
            (None, Some(PartOfDay::Noon)) => is_late((1..=5).contains(&hour)),
            (None, Some(PartOfDay::Afternoon)) => is_late((1..=7).contains(&hour)),
            (None, Some(PartOfDay::Night)) if hour == 12 => 0,
            (None, Some(PartOfDay::Night)) => is_late(hour >= 6),
            // Offices are open by day: an hour from one to five is in the afternoon.
            (None, None) => is_late((1..=5).contains(&hour)),
        }
    }
}

/// What stands before an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// Nothing that says that it is one.
    Nothing,
    /// A number that belongs to nothing: `24 jam`.
    Number,
    /// A day: `20 feb 10.00`.
    Day,
}

fn term(spots: &[Spot], at: usize) -> Term {
    spots.get(at).map_or(Term::End, |spot| spot.term)
}

fn is_glued(spots: &[Spot], at: usize) -> bool {
    spots.get(at).is_some_and(|spot| spot.is_glued)
}

/// The hour that the spots begin with at `at`, and how many it takes.
pub(super) fn clock(spots: &[Spot], at: usize, before: Before) -> Option<(Clock, usize)> {
    match term(spots, at) {
        Term::ClockWord => {
            let mut start = at + 1;
            while matches!(
                term(spots, start),
                Term::Around | Term::Filler | Term::Mark('.' | ':' | '-') | Term::Zone | Term::ClockWord
            ) {
                start += 1;
            }
            let (mut clock, mut end) = said(spots, start)?;
            let is_between = spots
                .get(at.wrapping_sub(1))
                .is_some_and(|spot| matches!(spot.word.as_str(), "antara" | "between"));
            if is_between && term(spots, end) == Term::Or && clock.until.is_none() {
                let second = if term(spots, end + 1) == Term::ClockWord {
                    end + 2
                } else {
                    end + 1
                };
                if let Some((last, last_end)) = hour_and_minute(spots, second) {
                    clock.until = Some((last.hour, last.minute));
                    end = last_end;
                }
            }
            let is_duration = before == Before::Number && term(spots, end.saturating_sub(1)) == Term::Unit(Unit::Clock);
            (!is_duration).then_some((clock, end - at))
        }
        Term::At
            if matches!(
                term(spots, at + 1),
                Term::Number { .. } | Term::Half | Term::Quarter | Term::Around
            ) =>
        {
            let start = if term(spots, at + 1) == Term::Around {
                at + 2
            } else {
                at + 1
            };
            said(spots, start)
                .filter(|found| !counts_something(spots, found.1))
                .map(|(clock, end)| (clock, end - at))
        }
        // *On monday around 10*
        Term::Around if before == Before::Day && spots.get(at).is_some_and(|spot| spot.word.len() > 3) => {
            said(spots, at + 1)
                .filter(|found| !counts_something(spots, found.1))
                .map(|(clock, end)| (clock, end - at))
        }
        Term::Half | Term::Quarter => said(spots, at)
            .filter(|found| !counts_something(spots, found.1))
            .map(|(clock, end)| (clock, end - at)),
        Term::Noon => Some((exact(12, 0), 1)),
        Term::Number { digits: 4, .. } if term(spots, at + 1) == Term::Zone => {
            hour_and_minute(spots, at).map(|(clock, end)| (clock, end + 1 - at))
        }
        Term::Number { digits, value } if digits <= 2 && value <= 24 => {
            bare(spots, at, before).map(|(clock, end)| (clock, end - at))
        }
        _ => None,
    }
}

fn exact(hour: i8, minute: i8) -> Clock {
    Clock {
        hour,
        minute,
        is_of_24: true,
        is_after_noon: None,
        until: None,
    }
}

fn counts_something(spots: &[Spot], at: usize) -> bool {
    // *Setengah 10 hari jumat* counts no days.
    let is_named_day = term(spots, at) == Term::Unit(Unit::Day)
        && matches!(term(spots, at + 1), Term::Weekday(_) | Term::SundayOrWeek | Term::This);
    if is_named_day {
        return false;
    }
    matches!(
        term(spots, at),
        Term::Measure
            | Term::Unit(_)
            | Term::ClockWord
            | Term::OneUnit(_)
            | Term::Mark('%' | '/')
            | Term::Number { .. }
    )
}

/// An hour without a word before it that says so: the marks around it must.
fn bare(spots: &[Spot], at: usize, before: Before) -> Option<(Clock, usize)> {
    if at > 0 && is_glued(spots, at) && matches!(term(spots, at - 1), Term::Mark('.' | ':' | '/' | '-' | ',')) {
        return None;
    }
    let is_numbered = at > 0 && term(spots, at - 1) == Term::Numbering;
    let (clock, end) = said(spots, at)?;
    let has_colon = term(spots, at + 1) == Term::Mark(':') && end > at + 2;
    let has_dot = term(spots, at + 1) == Term::Mark('.') && end > at + 2;
    let is_followed = matches!(term(spots, end), Term::Part(_));
    let is_told = (at..end).any(|place| matches!(term(spots, place), Term::Meridiem(_) | Term::OClock | Term::Zone));
    let fillers = |range: std::ops::Range<usize>| {
        range.into_iter().all(|place| {
            matches!(
                term(spots, place),
                Term::Filler | Term::Mark(_) | Term::End | Term::Unknown
            ) && {
                spots
                    .get(place)
                    .is_none_or(|spot| spot.term != Term::Unknown || spot.word.len() <= 3)
            }
        })
    };
    let is_all = fillers(0..at) && fillers(end..spots.len()) && spots.len() <= end + 3;
    let is_hour = !is_numbered
        && !counts_something(spots, end)
        && (is_told || is_followed || has_colon || (has_dot && (before == Before::Day || is_all)));
    is_hour.then_some((clock, end))
}

/// The hour at a place, whatever stands before it, and where it ends.
fn said(spots: &[Spot], at: usize) -> Option<(Clock, usize)> {
    let ((mut clock, mut end), is_word) = match term(spots, at) {
        Term::Half => (half(spots, at)?, true),
        // *Jam 1/2 10*
        Term::Number { value: 1, .. }
            if term(spots, at + 1) == Term::Mark('/')
                && matches!(term(spots, at + 2), Term::Number { value: 2, .. }) =>
        {
            (half(spots, at + 2)?, true)
        }
        Term::Quarter => (quarter(spots, at)?, true),
        _ => (hour_and_minute(spots, at)?, false),
    };
    if is_word && term(spots, end) == Term::Mark('-') {
        return Some((clock, end));
    }
    loop {
        match term(spots, end) {
            // *9an*, *9-an*, *9 wib*, *9 teng*.
            Term::Around | Term::Zone | Term::OClock => end += 1,
            Term::Unit(Unit::Clock) if clock.minute != 0 => end += 1,
            Term::Mark('-') if term(spots, end + 1) == Term::Around => end += 2,
            Term::Meridiem(is_after_noon) if clock.is_after_noon.is_none() => {
                clock.is_after_noon = Some(is_after_noon);
                end += 1;
            }
            _ => break,
        }
    }
    if matches!(term(spots, end), Term::Until | Term::Mark('-')) {
        let start = if term(spots, end + 1) == Term::ClockWord {
            end + 2
        } else {
            end + 1
        };
        if let Some((last, last_end)) = hour_and_minute(spots, start).filter(|found| !counts_something(spots, found.1))
        {
            clock.until = Some((last.hour, last.minute));
            end = last_end;
        }
    }
    Some((clock, end))
}

/// *Setengah 10* is 9:30; *half past nine* too.
fn half(spots: &[Spot], at: usize) -> Option<(Clock, usize)> {
    let is_english = term(spots, at + 1) == Term::Past;
    let place = if is_english { at + 2 } else { at + 1 };
    let hour = hour(spots, place)?.0;
    let hour = match (is_english, hour) {
        (true, hour) => hour,
        (false, 1) => 12,
        (false, hour) => hour - 1,
    };
    Some((
        Clock {
            hour,
            minute: 30,
            is_of_24: false,
            is_after_noon: None,
            until: None,
        },
        place + 1,
    ))
    .filter(|found| (1..=12).contains(&found.0.hour))
}

/// *Quarter past nine*, *quarter to ten*.
fn quarter(spots: &[Spot], at: usize) -> Option<(Clock, usize)> {
    let (hour, _) = hour(spots, at + 2)?;
    let (hour, minute) = match term(spots, at + 1) {
        Term::Past => (hour, 15),
        Term::English => (if hour <= 1 { 12 } else { hour - 1 }, 45),
        _ => return None,
    };
    Some((
        Clock {
            hour,
            minute,
            is_of_24: false,
            is_after_noon: None,
            until: None,
        },
        at + 3,
    ))
}

/// An hour from 0 to 24, and how many digits it is written with.
fn hour(spots: &[Spot], at: usize) -> Option<(i8, u8)> {
    match term(spots, at) {
        Term::Number { value, digits } if value <= 24 && digits <= 2 => Some((i8::try_from(value).ok()?, digits)),
        _ => None,
    }
}

fn hour_and_minute(spots: &[Spot], at: usize) -> Option<(Clock, usize)> {
    if let Term::Number { value, digits: 4 } = term(spots, at) {
        let (hour, minute) = (i8::try_from(value / 100).ok()?, i8::try_from(value % 100).ok()?);
        return Some((exact(hour, minute), at + 1)).filter(|_| hour < 24 && minute < 60);
    }
    let (hour, digits) = hour(spots, at)?;
    let is_written_of_24 =
        hour > 12 || hour == 0 || (digits == 2 && spots.get(at).is_some_and(|spot| spot.word.starts_with('0')));
    let mut clock = Clock {
        hour,
        minute: 0,
        is_of_24: is_written_of_24,
        is_after_noon: None,
        until: None,
    };
    let minute = |place: usize| match term(spots, place) {
        Term::Number { value, digits } if value < 60 && (digits == 2 || digits == 0) => i8::try_from(value).ok(),
        Term::Quarter => Some(15),
        Term::Half => Some(30),
        _ => None,
    };
    let short_minute = |place: usize| match term(spots, place) {
        Term::Number { value, digits: 1 } => i8::try_from(value).ok(),
        _ => minute(place),
    };
    match term(spots, at + 1) {
        Term::Mark('.' | ':') if is_glued(spots, at + 1) && is_glued(spots, at + 2) => {
            let Some(minutes) = minute(at + 2) else {
                return Some((clock, at + 1));
            };
            // *13.02.2020* and *10.500* are no hours.
            let goes_on = matches!(term(spots, at + 3), Term::Mark('.' | '/' | '-'))
                && is_glued(spots, at + 3)
                && matches!(term(spots, at + 4), Term::Number { digits: 4, .. });
            if goes_on {
                return None;
            }
            clock.minute = minutes;
            Some((clock, at + 3))
        }
        Term::Past => Some(match short_minute(at + 2) {
            Some(minutes) => {
                clock.minute = minutes;
                (clock, at + 3)
            }
            None => (clock, at + 1),
        }),
        Term::Short => Some(match short_minute(at + 2).filter(|minutes| *minutes > 0) {
            Some(minutes) => {
                clock.hour = if hour <= 1 { 12 } else { hour - 1 };
                clock.minute = 60 - minutes;
                (clock, at + 3)
            }
            None => (clock, at + 1),
        }),
        _ => Some(match minute(at + 1).filter(|minutes| minutes % 5 == 0) {
            Some(minutes) if !counts_something(spots, at + 2) && !matches!(term(spots, at + 2), Term::Month(_)) => {
                clock.minute = minutes;
                (clock, at + 2)
            }
            _ => (clock, at + 1),
        }),
    }
}
