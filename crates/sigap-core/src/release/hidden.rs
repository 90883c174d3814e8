//! How long places that were given back stay hidden.
//!
//! A broker who cancels in one name and books in another within the second needs to know the second. A random while that
//! nobody can learn takes that away; a fixed one, as booking systems of city halls have it, can be learnt.

use jiff::SignedDuration;

/// Shortest time, in minutes: long enough that nobody waits at the screen for it.
pub const HIDDEN_MINUTES_MIN: u64 = 30;
/// Longest time, in minutes: short enough that a place of the next day still finds somebody.
pub const HIDDEN_MINUTES_MAX: u64 = 240;

/// The time for these random bytes, to the second, every second alike. Take fresh bytes for each place.
#[must_use]
pub fn hidden_for(random: [u8; 8]) -> SignedDuration {
    let least = HIDDEN_MINUTES_MIN * 60;
    let choices = HIDDEN_MINUTES_MAX * 60 - least + 1;
    // 12,601 choices from 2^64 values: no second is preferred by more than one part in 10^15.
    let seconds = least + u64::from_be_bytes(random) % choices;
    SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests;
