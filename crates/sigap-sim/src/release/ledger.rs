//! The places of one opening: shown, withheld or booked. Every place is in exactly one of the three at any time.

use std::collections::{BTreeMap, VecDeque};

use super::assumptions::Tick;

/// Number of a party in the town.
pub type PartyId = u32;

/// A place that somebody has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Booked {
    /// In which slot.
    pub slot: u16,
    /// For how many.
    pub places: u16,
    /// Whether the broker's buyer got it by a swap.
    pub is_bought: bool,
}

/// The ledger.
#[derive(Debug)]
pub struct Ledger {
    capacity: Vec<u16>,
    shown: Vec<u16>,
    withheld: Vec<u16>,
    booked: BTreeMap<PartyId, Booked>,
    /// When the shown places of a slot came back, the oldest first, and whether by a true cancellation.
    vacated: Vec<VecDeque<(Tick, bool)>>,
    /// Seconds from a true cancellation to the next booking, one for each place.
    pub refills: Vec<Tick>,
    /// True cancellations, in places.
    pub cancelled: u64,
    /// How often anything was changed.
    pub changes: u64,
}

impl Ledger {
    /// All places, shown or withheld.
    #[must_use]
    pub fn new(capacity: &[u16], are_shown: Shown) -> Self {
        let none = vec![0; capacity.len()];
        let (shown, withheld) = match are_shown {
            Shown::Yes => (capacity.to_vec(), none),
            Shown::No => (none, capacity.to_vec()),
        };
        Self {
            capacity: capacity.to_vec(),
            shown,
            withheld,
            booked: BTreeMap::new(),
            vacated: vec![VecDeque::new(); capacity.len()],
            refills: Vec::new(),
            cancelled: 0,
            changes: 0,
        }
    }

    /// What a party has.
    #[must_use]
    pub fn booking_of(&self, party: PartyId) -> Option<Booked> {
        self.booked.get(&party).copied()
    }

    /// Everybody with a place.
    pub fn bookings(&self) -> impl Iterator<Item = (PartyId, Booked)> {
        self.booked.iter().map(|(party, booked)| (*party, *booked))
    }

    /// Shown places of a slot.
    #[must_use]
    pub fn shown_in(&self, slot: u16) -> u16 {
        self.shown.get(usize::from(slot)).copied().unwrap_or_default()
    }

    /// Withheld places of a slot.
    #[must_use]
    pub fn withheld_in(&self, slot: u16) -> u16 {
        self.withheld.get(usize::from(slot)).copied().unwrap_or_default()
    }

    /// Whether anybody who looks sees a place.
    #[must_use]
    pub fn shows_any(&self) -> bool {
        self.shown.iter().any(|shown| *shown > 0)
    }

    /// Books shown places for a party that has none. False when they are not there.
    pub fn book_shown(&mut self, party: PartyId, booked: Booked, now: Tick) -> bool {
        if self.booked.contains_key(&party) || !take(&mut self.shown, booked.slot, booked.places) {
            return false;
        }
        if let Some(vacated) = self.vacated.get_mut(usize::from(booked.slot)) {
            for (since, is_true) in vacated.drain(..usize::from(booked.places).min(vacated.len())) {
                if is_true {
                    self.refills.push(now - since);
                }
            }
        }
        self.changes += 1;
        self.booked.insert(party, booked);
        true
    }

    /// Books places that were withheld for this party. `since` is when they were truly cancelled, if they were.
    pub fn book_withheld(&mut self, party: PartyId, booked: Booked, since: Option<Tick>, now: Tick) -> bool {
        if self.booked.contains_key(&party) || !take(&mut self.withheld, booked.slot, booked.places) {
            return false;
        }
        if let Some(since) = since {
            let each = std::iter::repeat_n(now - since, usize::from(booked.places));
            self.refills.extend(each);
        }
        self.changes += 1;
        self.booked.insert(party, booked);
        true
    }

    /// Gives a party's places back: shown at once, or withheld.
    pub fn cancel(&mut self, party: PartyId, are_shown: Shown, is_true: bool, now: Tick) -> Option<Booked> {
        let booked = self.booked.remove(&party)?;
        let slot = usize::from(booked.slot);
        self.changes += 1;
        if is_true {
            self.cancelled += u64::from(booked.places);
        }
        match are_shown {
            Shown::Yes => {
                *self.shown.get_mut(slot)? += booked.places;
                let since = std::iter::repeat_n((now, is_true), usize::from(booked.places));
                self.vacated.get_mut(slot)?.extend(since);
            }
            Shown::No => *self.withheld.get_mut(slot)? += booked.places,
        }
        Some(booked)
    }

    /// Places that nobody has.
    #[must_use]
    pub fn free(&self) -> u64 {
        self.shown
            .iter()
            .chain(&self.withheld)
            .map(|places| u64::from(*places))
            .sum()
    }

    /// Whether every slot has as many places as it was given.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let mut booked = vec![0_u32; self.capacity.len()];
        for each in self.booked.values() {
            match booked.get_mut(usize::from(each.slot)) {
                Some(booked) => *booked += u32::from(each.places),
                None => return false,
            }
        }
        let parts = self.shown.iter().zip(&self.withheld).zip(&booked);
        parts
            .zip(&self.capacity)
            .all(|(((shown, withheld), booked), capacity)| {
                u32::from(*shown) + u32::from(*withheld) + booked == u32::from(*capacity)
            })
    }
}

/// Whether places can be seen by whoever looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// They can.
    Yes,
    /// They cannot.
    No,
}

fn take(from: &mut [u16], slot: u16, places: u16) -> bool {
    match from.get_mut(usize::from(slot)) {
        Some(left) if *left >= places => {
            *left -= places;
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
