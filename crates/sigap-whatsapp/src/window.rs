//! The 24-hour window in which a person can be answered freely. Pure: the clock is handed in.

use jiff::{SignedDuration, Timestamp};

use crate::limits::WINDOW_HOURS;

/// Our clock and Meta's may differ, and a message needs time to leave: the window ends this much earlier for us.
const SPARE: SignedDuration = SignedDuration::from_secs(60);
const WINDOW: SignedDuration = SignedDuration::from_hours(WINDOW_HOURS);

/// Until when a person may be answered, by Meta's time of their last real message.
#[must_use]
pub fn window_until(last_inbound_at: Timestamp) -> Timestamp {
    last_inbound_at.checked_add(WINDOW - SPARE).unwrap_or(Timestamp::MAX)
}

/// Whether an answer may leave now.
#[must_use]
pub fn is_open(last_inbound_at: Timestamp, now: Timestamp) -> bool {
    now < window_until(last_inbound_at)
}

/// Whether a message is older than the window: a webhook redelivered days later opens no window and gets no answer.
#[must_use]
pub fn is_late(sent_at: Timestamp, now: Timestamp) -> bool {
    now.duration_since(sent_at) > WINDOW
}

#[cfg(test)]
mod tests;
