//! Whether a group fares otherwise than chance would have it, in standard deviations.
//!
//! Parties are compared only with those of the same week, size and weight (Cochran, Mantel and Haenszel: the sum over
//! strata of what was found minus what was to be expected, over the root of the sum of the hypergeometric variances). Each
//! term is expected to be zero given all weeks before, so that the sum is about normal however the weeks hang together.

use std::collections::BTreeMap;

/// Parties that may be compared: people and doubled weight.
pub type Stratum = (u16, u8);

/// One party of a week as evidence.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    /// With whom it may be compared.
    pub stratum: Stratum,
    /// Whether it belongs to the group that is looked at.
    pub is_in_group: bool,
    /// Whether it fared well.
    pub has_won: bool,
}

/// Sums over strata and weeks.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Evidence {
    /// Wins of the group.
    pub found: f64,
    /// Wins that chance would have given it.
    pub expected: f64,
    /// The variance of that.
    pub variance: f64,
}

impl Evidence {
    /// Adds a week.
    pub fn count_week(&mut self, seen: impl Iterator<Item = Seen>) {
        let mut strata: BTreeMap<Stratum, [f64; 4]> = BTreeMap::new();
        for party in seen {
            let [all, wins, group, group_wins] = strata.entry(party.stratum).or_default();
            let one_if = |is_so: bool| if is_so { 1.0 } else { 0.0 };
            *all += 1.0;
            *wins += one_if(party.has_won);
            *group += one_if(party.is_in_group);
            *group_wins += one_if(party.is_in_group && party.has_won);
        }
        for [all, wins, group, group_wins] in strata.into_values() {
            if all > 1.0 {
                self.found += group_wins;
                self.expected += group * wins / all;
                self.variance += group * (all - group) * wins * (all - wins) / (all * all * (all - 1.0));
            }
        }
    }

    /// Another run on top.
    pub fn add(&mut self, other: &Self) {
        self.found += other.found;
        self.expected += other.expected;
        self.variance += other.variance;
    }

    /// How many standard deviations the group fares better than chance; 0 where there is nothing to compare.
    #[must_use]
    pub fn deviations(&self) -> f64 {
        if self.variance > 0.0 {
            (self.found - self.expected) / self.variance.sqrt()
        } else {
            0.0
        }
    }

    /// What the group found for each win it was to expect: 1 is fair.
    #[must_use]
    pub fn ratio(&self) -> f64 {
        if self.expected > 0.0 {
            self.found / self.expected
        } else {
            1.0
        }
    }

    /// The half width of the interval around `ratio` in which chance alone puts it 19 times in 20.
    #[must_use]
    pub fn ratio_error(&self) -> f64 {
        if self.expected > 0.0 {
            1.96 * self.variance.sqrt() / self.expected
        } else {
            0.0
        }
    }
}

#[cfg(test)]
mod tests;
