//! Chance from a seed: the same seed, the same model. Good enough for shuffling and typing errors, not for secrets.

/// A stream of numbers that looks random (SplitMix64, whose numbers are public domain).
#[derive(Debug, Clone)]
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// A number below `bound`; zero when the bound is zero. The bias of the remainder does not matter here.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        let bound = bound as u64;
        self.next().checked_rem(bound).map_or(0, |number| number as usize)
    }

    /// True `percent` times of a hundred.
    pub(super) fn happens(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of several.
    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }
}

/// Spreads every bit of a number over all others.
pub(super) fn mix(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests;
