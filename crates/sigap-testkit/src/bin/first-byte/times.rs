//! How long requests took, and how it is told: median, 99 of 100, slowest.

use std::time::Duration;

/// Milliseconds of a list of times.
pub(crate) struct Times {
    pub(crate) count: usize,
    pub(crate) half: f64,
    pub(crate) most: f64,
    pub(crate) worst: f64,
}

impl Times {
    pub(crate) fn of(mut took: Vec<Duration>) -> Self {
        took.sort_unstable();
        let at = |part: f64| {
            let place = (took.len() as f64 * part) as usize;
            let found = took.get(place).or(took.last()).copied();
            found.unwrap_or_default().as_secs_f64() * 1_000.0
        };
        Self {
            count: took.len(),
            half: at(0.5),
            most: at(0.99),
            worst: at(1.0),
        }
    }

    pub(crate) fn shown(&self) -> String {
        format!(
            "median {:>6.2} ms, 99 of 100 {:>6.2} ms, slowest {:>6.2} ms, {} requests",
            self.half, self.most, self.worst, self.count
        )
    }
}
