//! Seeded chance (splitmix64), so that a run with the same seed and the same order shows the same thing.

use std::sync::atomic::{AtomicU64, Ordering};

/// A generator many threads may ask at once. Not for secrets.
pub(crate) struct Chance(AtomicU64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    /// The next 64 bits.
    pub(crate) fn next(&self) -> u64 {
        const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut z = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// True once in `n` on average; always for 0 and 1.
    pub(crate) fn one_in(&self, n: u32) -> bool {
        n <= 1 || self.next().is_multiple_of(u64::from(n))
    }
}
