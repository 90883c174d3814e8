//! Chance from a seed and labels: each question of the model has its own, so that asking one thing more does not change
//! the answers to all others, and the same town meets the same weather under every way of releasing.

use std::ops::RangeInclusive;

/// The SplitMix64 sequence (Steele, Lea, Flood, OOPSLA 2014), started from a seed and labels.
#[derive(Debug, Clone)]
pub struct Chance(u64);

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// What a sequence is for: the first label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Who somebody is.
    Person,
    /// What somebody does in a week.
    Deed,
    /// Whether somebody who pays a broker money is found.
    Buyer,
    /// Whether somebody comes to the visit.
    Visit,
    /// Whether somebody who got nothing stays.
    Stay,
    /// The line's outages.
    Outage,
    /// Secrets and keys of a week's release.
    Key,
    /// What happens in the course of a week.
    Course,
    /// Who comes into a hall, and how long a service takes.
    Hall,
}

impl Chance {
    /// For one question about one subject.
    #[must_use]
    pub fn new(seed: u64, about: About, labels: &[u64]) -> Self {
        let start = labels
            .iter()
            .fold(mixed(seed ^ mixed(about as u64 + 1)), |state, label| {
                mixed(state.wrapping_add(STEP) ^ label.wrapping_mul(STEP))
            });
        Self(start)
    }

    /// The next number.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mixed(self.0)
    }

    /// A number below `count`, each as likely as the others but for one part in 2^40 and less.
    pub fn below(&mut self, count: u64) -> u64 {
        let wide = u128::from(self.draw()) * u128::from(count);
        u64::try_from(wide >> 64).unwrap_or_default()
    }

    /// A number within the range.
    pub fn within(&mut self, range: &RangeInclusive<i64>) -> i64 {
        let count = range.end().abs_diff(*range.start()) + 1;
        range.start().saturating_add_unsigned(self.below(count))
    }

    /// Between 0 and 1, neither of them.
    pub fn unit(&mut self) -> f64 {
        /// Numbers of so many bits are exact in a `f64`.
        const BITS: u32 = 53;
        ((self.draw() >> (u64::BITS - BITS)) as f64 + 0.5) / (1_u64 << BITS) as f64
    }

    /// An exponential time of mean 1.
    pub fn exponential(&mut self) -> f64 {
        -self.unit().ln()
    }

    /// True so many times in a thousand.
    pub fn happens(&mut self, permille: u32) -> bool {
        self.below(1_000) < u64::from(permille)
    }

    /// 32 bytes, as keys and secrets are.
    pub fn bytes(&mut self) -> [u8; 32] {
        let mut bytes = [0; 32];
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.draw().to_be_bytes());
        }
        bytes
    }
}

fn mixed(state: u64) -> u64 {
    let state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}

#[cfg(test)]
mod tests;
