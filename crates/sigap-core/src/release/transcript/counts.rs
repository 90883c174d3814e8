//! A record in a few numbers, for people who want to see how a draw went.

use std::collections::HashSet;

use super::{DrawPlan, Transcript};
use crate::release::draw::{EntryId, FIRST_DOUBLED_WEIGHT};

/// What a record counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DrawCounts {
    /// Places of the day.
    pub places: u64,
    /// Entries; from the closing on.
    pub entries: Option<u64>,
    /// People of all entries; from the closing on.
    pub entered: Option<People>,
    /// People who got places; with the result.
    pub placed: Option<People>,
}

/// People of a draw.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct People {
    /// All of them.
    pub all: u64,
    /// Of them, those who lost a draw before, which gives them more weight.
    pub lost_before: u64,
}

impl DrawPlan {
    /// People for whom there is place.
    #[must_use]
    pub fn places(&self) -> u64 {
        let of_slots = self.slots.iter().map(|slot| u64::from(slot.places)).sum();
        self.places_max.map_or(of_slots, |most| of_slots.min(u64::from(most)))
    }
}

impl Transcript {
    /// Counts it.
    #[must_use]
    pub fn counts(&self) -> DrawCounts {
        let winners: Option<HashSet<i64>> = self
            .result
            .as_ref()
            .map(|drawn| drawn.winners.iter().map(|winner| winner.id.0).collect());
        DrawCounts {
            places: self.plan.places(),
            entries: self.count,
            entered: self.count.map(|_| self.people(|_| true)),
            placed: winners.map(|winners| self.people(|id| winners.contains(&id.0))),
        }
    }

    fn people(&self, takes: impl Fn(EntryId) -> bool) -> People {
        let mut people = People::default();
        for entry in self.entries.iter().filter(|entry| takes(entry.id)) {
            let places = u64::from(entry.places);
            people.all += places;
            if entry.doubled_weight > FIRST_DOUBLED_WEIGHT {
                people.lost_before += places;
            }
        }
        people
    }
}

#[cfg(test)]
mod tests;
