//! What may be done with a booking, and until when.

use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::service::BookingRules;
use super::{BookingState, BookingView, Visitor};
use crate::office::Office;

/// Why a booking stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoChange {
    /// It is over, or was cancelled.
    NotLive,
    /// It was changed as often as the office allows.
    TooOften {
        /// How often.
        most: u8,
    },
    /// The last moment has passed.
    TooLate {
        /// It was this one, office time.
        last: DateTime,
    },
}

/// The last moment at which a visit can be changed or cancelled, office time.
#[must_use]
pub fn change_until(rules: &BookingRules, at: DateTime) -> DateTime {
    if rules.change_days_before == 0 {
        return at;
    }
    let day = at
        .date()
        .checked_sub(i64::from(rules.change_days_before).days())
        .unwrap_or(Date::MIN);
    day.to_datetime(Time::constant(23, 59, 59, 0))
}

/// Whether a booking can be cancelled now. A hold, an entry, a place on the waiting list and an offer always can.
///
/// # Errors
/// Why not.
pub fn may_cancel(office: &Office, view: &BookingView, now: Timestamp) -> Result<(), NoChange> {
    if !view.state.is_live() {
        return Err(NoChange::NotLive);
    }
    match view.at {
        Some(at) if view.state == BookingState::Booked => {
            // Giving a place back is welcome until the visit begins: it helps the next one.
            if office.zone.to_datetime(now) < at {
                Ok(())
            } else {
                Err(NoChange::TooLate { last: at })
            }
        }
        _ => Ok(()),
    }
}

/// Whether day or hour of a booking can be changed now.
///
/// # Errors
/// Why not.
pub fn may_move(office: &Office, rules: &BookingRules, view: &BookingView, now: Timestamp) -> Result<(), NoChange> {
    let (BookingState::Booked, Some(at)) = (view.state, view.at) else {
        return Err(NoChange::NotLive);
    };
    if view.moves >= rules.moves_max {
        return Err(NoChange::TooOften { most: rules.moves_max });
    }
    let last = change_until(rules, at);
    if office.zone.to_datetime(now) > last {
        return Err(NoChange::TooLate { last });
    }
    Ok(())
}

/// When people count as missing: the visit's hour and the minutes they may be late.
#[must_use]
pub fn missed_at(office: &Office, rules: &BookingRules, at: DateTime) -> Option<Timestamp> {
    let late = SignedDuration::from_mins(i64::from(rules.late_minutes));
    office.zone.to_timestamp(at).ok()?.checked_add(late).ok()
}

/// Whether only children come: then a grown-up has to be named, or the citizen says that one comes along.
#[must_use]
pub fn is_without_adult(rules: &BookingRules, people: &[Visitor], day: Date) -> bool {
    !people.is_empty() && people.iter().all(|visitor| visitor.age_on(day) < rules.adult_age)
}

#[cfg(test)]
mod tests;
