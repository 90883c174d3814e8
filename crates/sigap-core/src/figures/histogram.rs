//! How long something took for many, in a few steps: small enough to keep for each day, and months add up from days.

use std::collections::BTreeMap;
use std::fmt;

/// Steps of a wait in the hall, in minutes: a minute apart where people notice it, a quarter of the value where they do not.
pub const WAIT_STEPS: [u32; 22] = [
    1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 75, 90, 120, 150, 180, 240,
];
/// Steps of an officer's answer, in minutes: from a talk that is followed to the days of the law.
pub const REPLY_STEPS: [u32; 18] = [
    1, 2, 5, 10, 15, 20, 30, 45, 60, 120, 240, 480, 1_440, 2_880, 4_320, 7_200, 14_400, 28_800,
];
/// What the name of the step without an end begins with.
const OVER: &str = "over";

/// Counts by step. Keyed by the step itself, so that other steps in a later version can still be added up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Histogram(BTreeMap<Bound, u64>);

/// How long it took for a share of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bound {
    /// At most so many minutes.
    AtMost(u32),
    /// Longer than the last step, of so many minutes.
    Over(u32),
}

impl Bound {
    /// The minutes, for a picture.
    #[must_use]
    pub const fn minutes(self) -> u32 {
        match self {
            Self::AtMost(minutes) | Self::Over(minutes) => minutes,
        }
    }
}

/// The name of the step into which so many seconds fall: its end in minutes, or `over240` for what is longer than the last one.
#[must_use]
pub fn step_name(steps: &[u32], seconds: u64) -> String {
    match steps.iter().find(|step| seconds <= u64::from(**step) * 60) {
        Some(step) => step.to_string(),
        None => format!("{OVER}{}", steps.last().copied().unwrap_or_default()),
    }
}

impl Histogram {
    /// Adds to the step of that name; what is none is left out.
    pub fn add(&mut self, step: &str, count: u64) {
        let bound = match step.strip_prefix(OVER) {
            Some(last) => last.parse().map(Bound::Over),
            None => step.parse().map(Bound::AtMost),
        };
        if let Ok(bound) = bound {
            *self.0.entry(bound).or_default() += count;
        }
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.0.values().sum()
    }

    /// The step by whose end so many of a hundred are done; `None` when there are none. Nine of ten waited at most so long: that is true
    /// of the people themselves, though their exact times are not kept.
    #[must_use]
    pub fn bound(&self, percent: u64) -> Option<Bound> {
        let wanted = (self.count() * percent).div_ceil(100).max(1);
        let mut done = 0;
        self.0.iter().find_map(|(bound, counted)| {
            done += counted;
            (done >= wanted).then_some(*bound)
        })
    }

    /// Both together.
    pub fn join(&mut self, other: &Self) {
        for (bound, count) in &other.0 {
            *self.0.entry(*bound).or_default() += count;
        }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtMost(minutes) => write!(f, "≤ {minutes}"),
            Self::Over(minutes) => write!(f, "> {minutes}"),
        }
    }
}

#[cfg(test)]
mod tests;
