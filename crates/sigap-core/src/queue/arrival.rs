//! What counts for somebody who comes with a booking: too early, in time or late is told kindly, and decides from when credit grows.

use jiff::{SignedDuration, Timestamp};

use crate::booking::BookingRules;

/// When somebody came, beside the hour of the booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Punctuality {
    /// Earlier than the office asks for: welcome, but nobody who is in time waits longer because of it.
    Early,
    /// As the office asks for.
    InTime,
    /// After the hour, and not too late.
    Late,
}

impl Punctuality {
    /// The word in keys of content.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Early => "early",
            Self::InTime => "in_time",
            Self::Late => "late",
        }
    }
}

/// Since when somebody waits who came at `now` for a visit at `starts_at`. Waiting counts from the arrival, never from the hour of the booking:
/// who is in time and waits longer comes first. Before `early_minutes` it does not count, so that nobody has to come at dawn.
#[must_use]
pub fn waits_since(rules: &BookingRules, starts_at: Timestamp, now: Timestamp) -> (Punctuality, Timestamp) {
    let asked = starts_at
        .checked_sub(SignedDuration::from_mins(i64::from(rules.early_minutes)))
        .unwrap_or(starts_at);
    if now < asked {
        (Punctuality::Early, asked)
    } else if now <= starts_at {
        (Punctuality::InTime, now)
    } else {
        (Punctuality::Late, now)
    }
}

#[cfg(test)]
mod tests;
