//! A token bucket on the emulator's clock: Meta's throughput of a number and of a pair.

use jiff::Timestamp;

/// Holds at most `capacity` tokens and gains `per_second`.
pub(crate) struct Bucket {
    capacity: f64,
    per_second: f64,
    tokens: f64,
    at: Timestamp,
}

impl Bucket {
    /// A full bucket.
    pub(crate) fn new(capacity: f64, per_second: f64, now: Timestamp) -> Self {
        Self {
            capacity,
            per_second,
            tokens: capacity,
            at: now,
        }
    }

    /// Takes one token, or says that there is none. Time that runs backwards refills nothing.
    pub(crate) fn take(&mut self, now: Timestamp) -> bool {
        let seconds = (now.as_millisecond() - self.at.as_millisecond()) as f64 / 1000.0;
        if seconds > 0.0 {
            self.tokens = (self.tokens + seconds * self.per_second).min(self.capacity);
            self.at = now;
        }
        if self.tokens < 1.0 {
            return false;
        }
        self.tokens -= 1.0;
        true
    }
}
