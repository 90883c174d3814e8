//! Turns filled dates into readings: ranges from two ends, moves from one day to another, months that a list shares.

use jiff::civil::Date;

use super::partial::{Link, Partial};
use super::{DateRead, Days, Role, Span, TimeOfDay};

/// The readings of the dates of one text, at most `reads_max`.
pub(super) fn resolve(partials: &[Partial], today: Date, reads_max: usize) -> Vec<DateRead> {
    let partials = with_shared_weeks(with_shared_months(partials));
    let mut reads: Vec<DateRead> = Vec::new();
    let mut before: Option<&Partial> = None;
    for partial in &partials {
        let time = time(partial);
        let last_days = reads.last().map(|read| read.days);
        let days = if partial.has_days() {
            let after = beginning(partial, before, last_days);
            let Some(days) = partial.resolve(today, after) else {
                continue;
            };
            let days = as_birth(days, partial.is_birth);
            if let Some(range) = range(partial, last_days, days) {
                if let Some(read) = reads.last_mut() {
                    read.days = range;
                    read.time = read.time.or(time);
                }
                before = Some(partial);
                continue;
            }
            days
        } else {
            Days::Unsaid
        };
        let mut role = Role::Plain;
        if partial.link == Link::To && days != Days::Unsaid {
            role = Role::To;
            if let Some(read) = reads.last_mut().filter(|read| read.days != Days::Unsaid) {
                read.role = Role::From;
            }
        }
        before = Some(partial);
        let is_repetition = days != Days::Unsaid && last_days == Some(days) && role == Role::Plain;
        if is_repetition {
            if let Some(read) = reads.last_mut() {
                read.time = read.time.or(time);
            }
        } else if (days != Days::Unsaid || time.is_some()) && reads.len() < reads_max {
            reads.push(DateRead { days, time, role });
        }
    }
    reads
}

fn time(partial: &Partial) -> Option<TimeOfDay> {
    match partial.clock {
        Some(clock) => clock.resolve(partial.part),
        None => partial.part.map(TimeOfDay::Part),
    }
}

/// *17 sampai 20 feb*: the first day is in February too. *28 sampai 3 maret*: it is not in March.
fn with_shared_months(partials: &[Partial]) -> Vec<Partial> {
    let mut shared: Vec<Partial> = Vec::with_capacity(partials.len());
    for partial in partials.iter().rev() {
        let mut partial = partial.clone();
        if let Some(next) = shared.last().filter(|next| next.is_adjacent && next.day >= partial.day)
            && partial.day.is_some()
            && partial.month.is_none()
            && partial.months.is_none()
        {
            partial.month = next.month;
            partial.months = next.months;
            partial.year = partial.year.or(next.year);
        }
        shared.push(partial);
    }
    shared.reverse();
    for at in 1..shared.len() {
        let Some((month, months, year)) = shared
            .get(at - 1)
            .map(|before| (before.month, before.months, before.year))
        else {
            continue;
        };
        let before_day = shared.get(at - 1).and_then(|before| before.day);
        if let Some(partial) = shared.get_mut(at)
            && matches!(partial.link, Link::To | Link::Or)
            && partial.day >= before_day
            && before_day.is_some()
            && partial.month.is_none()
            && partial.months.is_none()
        {
            partial.month = month;
            partial.months = months;
            partial.year = partial.year.or(year);
        }
    }
    shared
}

/// *Kamis atau jumat minggu depan* are both next week; *minggu depan, antara senin dan rabu* too.
fn with_shared_weeks(partials: Vec<Partial>) -> Vec<Partial> {
    let names_only_weekday = |partial: &Partial| {
        partial.day.is_none() && partial.relative.is_none() && partial.weeks.is_none() && partial.shift.is_none()
    };
    let mut shared: Vec<Partial> = Vec::with_capacity(partials.len());
    for mut partial in partials {
        let Some(weekday) = partial.weekday else {
            shared.push(partial);
            continue;
        };
        let day_of_week = weekday.to_monday_zero_offset();
        let is_week = |before: &Partial| before.weeks.is_some() && before.weekday.is_none() && before.edge.is_none();
        if names_only_weekday(&partial) && partial.is_adjacent && shared.last().is_some_and(is_week) {
            partial.weeks = shared.pop().and_then(|week| week.weeks);
        } else if let Some(before) = shared.last_mut()
            && partial.is_adjacent
            && matches!(partial.link, Link::Or | Link::Until)
            && before
                .weekday
                .is_some_and(|weekday| weekday.to_monday_zero_offset() < day_of_week)
        {
            if names_only_weekday(before) {
                before.weeks = partial.weeks;
                // *Kamis atau jumat depan*; in *kamis sampai jumat depan* the Thursday may be near.
                before.shift = partial.shift.filter(|_| partial.link == Link::Or);
            } else if names_only_weekday(&partial) {
                partial.weeks = before.weeks;
                partial.shift = before.shift.filter(|_| partial.link == Link::Or);
            }
        }
        shared.push(partial);
    }
    shared
}

/// The day from which the end of a range is looked for.
fn beginning(partial: &Partial, before: Option<&Partial>, last_days: Option<Days>) -> Option<Date> {
    let is_end = partial.link == Link::Until && partial.is_adjacent && before.is_some_and(Partial::has_days);
    match last_days {
        Some(Days::Within(span)) if is_end => Some(span.first),
        _ => None,
    }
}

fn range(partial: &Partial, last_days: Option<Days>, days: Days) -> Option<Days> {
    match (partial.link, last_days, days) {
        (Link::Until, Some(Days::Within(first)), Days::Within(last)) if partial.is_adjacent => {
            Span::new(first.first, last.last).map(Days::Within)
        }
        _ => None,
    }
}

fn as_birth(days: Days, is_birth: bool) -> Days {
    match days {
        Days::Within(span) if is_birth => Days::Birth(span.first),
        days => days,
    }
}
