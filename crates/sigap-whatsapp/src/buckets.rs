//! How fast messages may leave: per business number and per person. Pure, the clock is handed in; memory is bounded.
//!
//! Each bucket is one instant: the moment at which it would be full again (the generic cell rate algorithm). A bucket
//! whose instant has passed is the same as none, so old ones are forgotten.

use std::collections::HashMap;
use std::hash::Hash;

use jiff::{SignedDuration, Timestamp};

use crate::limits::{NUMBER_MESSAGES_PER_SECOND, PAIR_BURST, PAIR_SECONDS};

/// Half of Meta's throughput, because inbound messages count as well.
pub const NUMBER_RATE_DEFAULT: u32 = NUMBER_MESSAGES_PER_SECOND / 2;
/// Buckets of people that are kept. One lives at most 45 × 6 s, so 40 messages a second fill 10,800 a number.
const PEOPLE_MAX: usize = 200_000;
/// How long a number stays at half its rate after Meta refused for throughput.
const SLOW_FOR: SignedDuration = SignedDuration::from_secs(60);
/// The wait when there are too many buckets: nobody is sent to untracked.
const CROWDED_WAIT: SignedDuration = SignedDuration::from_secs(1);

/// The buckets of all numbers and of all people, by the caller's own key for a person at a number.
#[derive(Debug)]
pub struct Buckets<Number, Person> {
    numbers: HashMap<Number, NumberBucket>,
    people: HashMap<(Number, Person), Timestamp>,
    people_max: usize,
}

#[derive(Debug, Clone, Copy)]
struct NumberBucket {
    full_at: Timestamp,
    per_second: u32,
    slow_until: Timestamp,
}

impl<Number: Hash + Eq + Clone, Person: Hash + Eq> Default for Buckets<Number, Person> {
    fn default() -> Self {
        Self::new()
    }
}

impl<Number: Hash + Eq + Clone, Person: Hash + Eq> Buckets<Number, Person> {
    /// All buckets full.
    #[must_use]
    pub fn new() -> Self {
        Self {
            numbers: HashMap::new(),
            people: HashMap::new(),
            people_max: PEOPLE_MAX,
        }
    }

    /// Sets a number's rate (`whatsapp.number.messages_per_second`), from one message a second on.
    pub fn set_rate(&mut self, number: Number, per_second: u32) {
        self.number(number).per_second = per_second.max(1);
    }

    /// Takes one message from both buckets, or from neither.
    ///
    /// # Errors
    /// How long to wait until it can be tried again.
    pub fn take(&mut self, number: Number, person: Person, now: Timestamp) -> Result<(), SignedDuration> {
        if self.people.len() >= self.people_max {
            self.people.retain(|_, full_at| *full_at > now);
            if self.people.len() >= self.people_max {
                return Err(CROWDED_WAIT);
            }
        }
        let pair_interval = SignedDuration::from_secs(i64::from(PAIR_SECONDS));
        let pair = (number.clone(), person);
        let pair_full_at = self.people.get(&pair).copied().unwrap_or(Timestamp::MIN);
        let bucket = *self.number(number.clone());
        let rate = if now < bucket.slow_until {
            (bucket.per_second / 2).max(1)
        } else {
            bucket.per_second
        };
        let interval = SignedDuration::from_nanos(1_000_000_000 / i64::from(rate));

        let pair_next = next_full_at(pair_full_at, now, pair_interval, PAIR_BURST)?;
        let number_next = next_full_at(bucket.full_at, now, interval, rate)?;
        self.people.insert(pair, pair_next);
        self.number(number).full_at = number_next;
        Ok(())
    }

    /// Meta refused for throughput (130429): half the rate for a minute, beginning with an empty bucket.
    pub fn slow_down(&mut self, number: Number, now: Timestamp) {
        let bucket = self.number(number);
        bucket.slow_until = later(now, SLOW_FOR);
        bucket.full_at = bucket.full_at.max(later(now, SignedDuration::from_secs(1)));
    }

    fn number(&mut self, number: Number) -> &mut NumberBucket {
        self.numbers.entry(number).or_insert(NumberBucket {
            full_at: Timestamp::MIN,
            per_second: NUMBER_RATE_DEFAULT,
            slow_until: Timestamp::MIN,
        })
    }
}

/// When the bucket would be full after one more message; otherwise the wait until there is room for it.
fn next_full_at(
    full_at: Timestamp,
    now: Timestamp,
    interval: SignedDuration,
    burst: u32,
) -> Result<Timestamp, SignedDuration> {
    let most = interval.saturating_mul(i32::try_from(burst).unwrap_or(i32::MAX));
    let next = later(full_at.max(now), interval);
    let owed = next.duration_since(now);
    if owed > most { Err(owed - most) } else { Ok(next) }
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests;
