//! Priority that starves nobody: everybody gains credit by waiting, some faster, and the highest credit is called.
//!
//! *Accumulating priority*: Kleinrock 1964; Stanford, Taylor, Ziedins, Queueing Systems 77 (2014), doi 10.1007/s11134-013-9382-6.
//! Unlike a strict order it has a promise for everybody: who waited twice as long as a person with double credit comes first.
//! Whole numbers only, so that every machine calls the same person.

use std::cmp::Reverse;

use jiff::Timestamp;

/// What everybody gains.
pub const ORDINARY_PERCENT: u16 = 100;

/// How a class of people gains credit, by the office's rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Priority {
    /// Credit for each minute, in percent of everybody's. Below `ORDINARY_PERCENT` it would be a punishment and counts as that.
    pub percent: u16,
    /// People of the class in a day who gain so much. Later ones are welcome and gain as everybody.
    pub daily_cap: u16,
}

impl Priority {
    /// What somebody of this class gains who comes after `earlier` others of it on the same day.
    #[must_use]
    pub const fn percent_after(&self, earlier: u16) -> u16 {
        if earlier < self.daily_cap && self.percent > ORDINARY_PERCENT {
            self.percent
        } else {
            ORDINARY_PERCENT
        }
    }
}

/// Somebody who waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InLine {
    /// The number on the ticket, unique in the line; decides between equals.
    pub number: u32,
    /// Since when. Kept through holds and transfers.
    pub since: Timestamp,
    /// What is gained for each minute, in percent of everybody's.
    pub percent: u16,
}

impl InLine {
    /// Credit at a moment: the time waited, each minute counted `percent` hundredths. Nothing before the arrival.
    #[must_use]
    pub fn credit(&self, now: Timestamp) -> u64 {
        let waited = now.as_microsecond().saturating_sub(self.since.as_microsecond()).max(0);
        waited.unsigned_abs().saturating_mul(u64::from(self.percent))
    }

    /// Whoever has the least is called first: the highest credit; among equals who came first, and then the lowest number.
    #[must_use]
    pub fn turn(&self, now: Timestamp) -> impl Ord + use<> {
        (Reverse(self.credit(now)), self.since, self.number)
    }
}

/// Who is called next.
#[must_use]
pub fn next<'a>(line: impl IntoIterator<Item = &'a InLine>, now: Timestamp) -> Option<&'a InLine> {
    line.into_iter().min_by_key(|waiting| waiting.turn(now))
}

#[cfg(test)]
mod tests;
