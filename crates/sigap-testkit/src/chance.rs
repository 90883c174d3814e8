//! Chance from a seed: the same bytes in the same order, so that a test can be replayed.

use std::sync::atomic::{AtomicU64, Ordering};

use sigap_actions::ports::Chance;
use sigap_store::Fault;

/// Bytes of the SplitMix64 sequence (Steele, Lea, Flood, OOPSLA 2014).
#[derive(Debug)]
pub struct SeededChance(AtomicU64);

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

impl SeededChance {
    /// The sequence of that seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    fn next(&self) -> u64 {
        let state = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

impl Chance for SeededChance {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Fault> {
        for chunk in bytes.chunks_mut(8) {
            let drawn = self.next().to_be_bytes();
            for (byte, drawn) in chunk.iter_mut().zip(drawn) {
                *byte = drawn;
            }
        }
        Ok(())
    }
}
