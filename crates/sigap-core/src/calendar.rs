//! When an office is open: by weekday, break, holiday and exception, always in the office's own zone.
//!
//! The clock is handed in. National holidays are already among the office's exceptions (content puts them there, and an
//! office may overrule each of them both ways), so one look at the office answers everything.

use jiff::Timestamp;
use jiff::civil::{Date, Time};

use crate::limits::{OPENING_SEARCH_DAYS_MAX, WORKING_DAY_SEARCH_DAYS_MAX};
use crate::office::{DayException, Office, Span};

/// Whether the office can be visited now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OfficeStatus {
    /// Yes.
    Open {
        /// Until then; a break or the end of the day follows.
        until: Time,
    },
    /// No.
    Closed {
        /// Why, when the day is an exception: *Hari Raya Natal*. `None` at night, in the break and at the weekend.
        reason: Option<String>,
        /// When it opens again; `None` when the search found no day.
        next: Option<(Date, Time)>,
    },
}

/// Why nobody is served on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClosedReason<'a> {
    /// The office has no hours on this weekday.
    Weekday,
    /// A holiday or another closed day.
    Exception {
        /// Its name for citizens.
        reason: &'a str,
        /// True while the decree's date is an estimate.
        is_estimated: bool,
    },
}

/// The day it is at the office.
#[must_use]
pub fn local_date(office: &Office, now: Timestamp) -> Date {
    office.zone.to_datetime(now).date()
}

/// The time of day it is at the office.
#[must_use]
pub fn local_time(office: &Office, now: Timestamp) -> Time {
    office.zone.to_datetime(now).time()
}

/// The hours of one day, in order; empty when it is closed.
#[must_use]
pub fn hours_on(office: &Office, date: Date) -> &[Span] {
    match office.exceptions.get(&date) {
        Some(DayException::Closed { .. }) => &[],
        Some(DayException::Open { spans, .. }) => spans,
        None => weekday_hours(office, date),
    }
}

/// Whether the office is open at this moment, and until when, or why not and when again.
#[must_use]
pub fn status_at(office: &Office, now: Timestamp) -> OfficeStatus {
    let (date, time) = (local_date(office, now), local_time(office, now));
    let open = hours_on(office, date)
        .iter()
        .find(|span| span.from <= time && time < span.to);
    if let Some(span) = open {
        return OfficeStatus::Open { until: span.to };
    }
    let reason = match closed_reason(office, date) {
        Some(ClosedReason::Exception { reason, .. }) => Some(reason.to_owned()),
        Some(ClosedReason::Weekday) | None => None,
    };
    OfficeStatus::Closed {
        reason,
        next: next_opening(office, now),
    }
}

/// Why the office serves nobody on that day; `None` when it does.
#[must_use]
pub fn closed_reason(office: &Office, date: Date) -> Option<ClosedReason<'_>> {
    match office.exceptions.get(&date) {
        Some(DayException::Closed { reason, is_estimated }) => Some(ClosedReason::Exception {
            reason,
            is_estimated: *is_estimated,
        }),
        Some(DayException::Open { spans, .. }) if !spans.is_empty() => None,
        Some(DayException::Open { .. }) => Some(ClosedReason::Weekday),
        None if weekday_hours(office, date).is_empty() => Some(ClosedReason::Weekday),
        None => None,
    }
}

/// The next moment at which doors open, today or later; `None` when no day within the bound has hours.
#[must_use]
pub fn next_opening(office: &Office, now: Timestamp) -> Option<(Date, Time)> {
    let (today, time) = (local_date(office, now), local_time(office, now));
    if let Some(span) = hours_on(office, today).iter().find(|span| span.from > time) {
        return Some((today, span.from));
    }
    days_after(today, OPENING_SEARCH_DAYS_MAX)
        .find_map(|date| hours_on(office, date).first().map(|span| (date, span.from)))
}

/// Whether the day counts for legal deadlines.
///
/// It does when the office works on that weekday and is not closed by exception. A special opening at the weekend does
/// not count: the law means ordinary working days. A holiday that the office turned into a working day does.
#[must_use]
pub fn is_working_day(office: &Office, date: Date) -> bool {
    let is_closed = matches!(office.exceptions.get(&date), Some(DayException::Closed { .. }));
    !is_closed && !weekday_hours(office, date).is_empty()
}

/// The day that lies `count` working days after `from`; `from` itself never counts.
///
/// `None` when the office has too few working days within the bound (no hours at all, or a count far beyond any
/// deadline of the law).
#[must_use]
pub fn add_working_days(office: &Office, from: Date, count: u16) -> Option<Date> {
    let Some(skipped) = count.checked_sub(1) else {
        return Some(from);
    };
    days_after(from, WORKING_DAY_SEARCH_DAYS_MAX)
        .filter(|date| is_working_day(office, *date))
        .nth(usize::from(skipped))
}

fn weekday_hours(office: &Office, date: Date) -> &[Span] {
    let monday_is_zero = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default();
    office.hours.week.get(monday_is_zero).map_or(&[], Vec::as_slice)
}

/// The days after `from`, at most `count` of them; fewer at the end of the calendar.
fn days_after(from: Date, count: usize) -> impl Iterator<Item = Date> {
    std::iter::successors(from.tomorrow().ok(), |date| date.tomorrow().ok()).take(count)
}

#[cfg(test)]
pub(crate) mod tests;
