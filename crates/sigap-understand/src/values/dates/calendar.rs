//! Arithmetic of days. What leaves the calendar is none.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::terms::{Edge, Unit};
use super::{Days, Span};

/// Days, weeks, months or years that are counted. More is a slip or a joke.
const COUNT_MAX: i32 = 1000;

pub(super) fn plus(day: Date, days: i32) -> Option<Date> {
    day.checked_add(i64::from(days).days()).ok()
}

pub(super) fn plus_units(day: Date, count: i32, unit: Unit) -> Option<Date> {
    if count.abs() > COUNT_MAX {
        return None;
    }
    let count = i64::from(count);
    let span = match unit {
        Unit::Day => count.days(),
        Unit::Week => count.weeks(),
        Unit::Month => count.months(),
        Unit::Year => count.years(),
        Unit::Clock => return None,
    };
    day.checked_add(span).ok()
}

/// Working days are Monday to Friday; holidays are not known here.
pub(super) fn plus_working_days(day: Date, count: i32) -> Option<Date> {
    if !(0..=COUNT_MAX).contains(&count) {
        return None;
    }
    let mut left = count;
    let mut day = day;
    while left > 0 {
        day = plus(day, 1)?;
        if !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            left -= 1;
        }
    }
    Some(day)
}

/// The Monday of the week.
pub(super) fn monday(day: Date) -> Option<Date> {
    plus(day, -i32::from(day.weekday().to_monday_zero_offset()))
}

/// The next such weekday after the day.
pub(super) fn coming(day: Date, weekday: Weekday) -> Option<Date> {
    (1..=7)
        .filter_map(|days| plus(day, days))
        .find(|date| date.weekday() == weekday)
}

/// The last such weekday before the day.
pub(super) fn past(day: Date, weekday: Weekday) -> Option<Date> {
    (1..=7)
        .filter_map(|days| plus(day, -days))
        .find(|date| date.weekday() == weekday)
}

/// A month or a part of it: the first ten days, the next ten, or from the 25th.
pub(super) fn month_span(first: Date, edge: Option<Edge>) -> Option<Span> {
    let day = |day: i8| Date::new(first.year(), first.month(), day).ok();
    let last = first.last_of_month();
    match edge {
        None => Span::new(first, last),
        Some(Edge::Start) => Span::new(first, day(10)?),
        Some(Edge::Middle) => Span::new(day(11)?, day(20)?),
        Some(Edge::End) => Span::new(day(25)?, last),
    }
}

/// A stretch that has begun, from today on.
pub(super) fn clipped(span: Span, today: Date) -> Span {
    if span.first < today && today <= span.last {
        Span { first: today, ..span }
    } else {
        span
    }
}

pub(super) fn day_or_problem(year: i16, month: i8, day: i8) -> Days {
    Date::new(year, month, day).map_or(
        Days::NoSuchDay {
            day,
            month,
            year: Some(year),
        },
        Days::one,
    )
}
