//! The draw: whoever entered before the closing has the chance of anybody else, whenever they came and whoever helped
//! them. Weight is had only by having lost before.
//!
//! The idea: Hakimov, Heller, Kübler, Kurino, American Economic Review 111(7), 2021 (entries collected over a time and
//! drawn leave brokers nothing to sell). The order: Efraimidis and Spirakis, 2006 (weighted sampling); their logarithms
//! differ between machines, so the smallest of `doubled_weight` hashes stands for them, which is the same distribution and
//! exact (`docs/decisions/0011-draw-by-smallest-hash.md`).
//!
//! Nothing here knows who somebody is. That one person has one entry is for whoever takes entries to guarantee.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::hash::{Hash, Keyed, hash};
use super::merkle::{self, Tree};
use crate::limits::PARTY_MAX;

const SEED: &str = "sigap draw seed";
const ORDER: &str = "sigap draw order";

/// Draws lost that count for the weight: a fifth chance beside those who never lost is enough, and nobody starves.
pub const LOST_MAX: u32 = 4;
/// Twice the weight of a first entry.
pub const FIRST_DOUBLED_WEIGHT: u8 = 2;
/// Twice the weight after a visit that was missed without excuse: half of a first entry.
pub const MISSED_DOUBLED_WEIGHT: u8 = 1;
/// Twice the greatest weight: that of a first entry for each draw that counts, and for this one.
pub const DOUBLED_WEIGHT_MAX: u8 = FIRST_DOUBLED_WEIGHT * (1 + LOST_MAX as u8);

/// The number of an entry, told to its entrant; says nothing about who it is. Published as text, because many readers of
/// JSON lose digits of large numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub i64);

/// One entry: a person or a family who want places together. Everything the draw uses of it stands here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its number.
    pub id: EntryId,
    /// People, 1 to `PARTY_MAX`. They get places in one slot or none.
    pub places: u16,
    /// Twice the weight, 1 to `DOUBLED_WEIGHT_MAX`.
    pub doubled_weight: u8,
    /// The slots that are acceptable, by their number from 0, the most wanted first. Empty means all of them, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub slots: Vec<u16>,
}

/// What counts of a person's past for the weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Past {
    /// Draws lost since the last place.
    pub lost: u32,
    /// Whether the last visit was missed without excuse.
    pub has_missed: bool,
}

/// An entry that got places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Winner {
    /// Which entry.
    pub id: EntryId,
    /// In which slot.
    pub slot: u16,
}

/// What a draw gives.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drawn {
    /// Entries with places, in the order of the draw.
    pub winners: Vec<Winner>,
    /// Entries without, in the order of the draw: the waiting list.
    pub others: Vec<EntryId>,
}

/// Twice the weight of a person's entry. Losing never lowers it, and nothing but losing raises it.
#[must_use]
pub fn doubled_weight(past: Past) -> u8 {
    if past.has_missed {
        return MISSED_DOUBLED_WEIGHT;
    }
    let lost = u8::try_from(past.lost.min(LOST_MAX)).unwrap_or_default();
    FIRST_DOUBLED_WEIGHT * (1 + lost)
}

/// Twice the weight of a family's entry: that of its lightest member, so that nobody is taken along for their weight. A
/// family of which nothing is known weighs as a first entry.
#[must_use]
pub fn doubled_weight_of_party(members: impl IntoIterator<Item = Past>) -> u8 {
    members
        .into_iter()
        .map(doubled_weight)
        .min()
        .unwrap_or(FIRST_DOUBLED_WEIGHT)
}

/// The entries in the order in which they are leaves and are published: by number.
#[must_use]
pub fn sorted(mut entries: Vec<Entry>) -> Vec<Entry> {
    entries.sort_by_key(|entry| entry.id);
    entries
}

/// The tree over entries in the given order; its root is published at the closing.
#[must_use]
pub fn tree(entries: &[Entry]) -> Tree {
    Tree::new(entries.iter().map(leaf).collect())
}

/// The leaf of an entry: number (eight bytes), people (two), doubled weight (one) and slots (two each), highest byte first.
#[must_use]
pub fn leaf(entry: &Entry) -> Hash {
    let mut bytes = Vec::with_capacity(11 + 2 * entry.slots.len());
    bytes.extend(entry.id.0.to_be_bytes());
    bytes.extend(entry.places.to_be_bytes());
    bytes.push(entry.doubled_weight);
    for slot in &entry.slots {
        bytes.extend(slot.to_be_bytes());
    }
    merkle::leaf(&bytes)
}

/// The seed: from a secret bound before the first entry, the root of the entries, and a public value that did not exist
/// when both were told. None of the three alone decides anything.
#[must_use]
pub fn seed(secret: &Hash, root: &Hash, public_value: &str) -> Hash {
    hash(SEED, &[secret, root, public_value.as_bytes()])
}

/// The entries in the order of the draw.
///
/// The rank of an entry is the smallest of the HMACs of its number and j, for j from 0 up to its doubled weight, compared
/// as 256-bit integers; the smallest rank comes first, and equal ones, which nobody will see, by number. The order of
/// `entries` does not matter.
#[must_use]
pub fn in_order<'a>(seed: &Hash, entries: &'a [Entry]) -> Vec<&'a Entry> {
    let keyed = Keyed::new(seed, ORDER);
    let mut ranked: Vec<(Hash, &Entry)> = entries.iter().map(|entry| (rank(&keyed, entry), entry)).collect();
    ranked.sort_unstable_by_key(|(rank, entry)| (*rank, entry.id));
    ranked.into_iter().map(|(_, entry)| entry).collect()
}

fn rank(keyed: &Keyed, entry: &Entry) -> Hash {
    (0..u64::from(entry.doubled_weight))
        .map(|j| keyed.of(&[entry.id.0.cast_unsigned(), j]))
        .min()
        // Without weight there is no chance: behind all others.
        .unwrap_or([u8::MAX; 32])
}

/// Draws: walks the order and gives each entry its first acceptable slot with room for all of its people; an entry that does
/// not fit is passed over, and a smaller one behind it may fit.
///
/// `capacities` are the places of the slots by number, `places_max` those of all slots together where that is less. No
/// input makes it give more than that; an entry without people, with more than `PARTY_MAX`, or without weight gets nothing.
#[must_use]
pub fn draw(seed: &Hash, entries: &[Entry], capacities: &[u16], places_max: Option<u16>) -> Drawn {
    let mut room = Room {
        slots: capacities.to_vec(),
        all: places_max.map_or(u32::MAX, u32::from),
    };
    let mut drawn = Drawn::default();
    for entry in in_order(seed, entries) {
        match room.take(entry) {
            Some(slot) => drawn.winners.push(Winner { id: entry.id, slot }),
            None => drawn.others.push(entry.id),
        }
    }
    drawn
}

/// The places that are left.
struct Room {
    slots: Vec<u16>,
    all: u32,
}

impl Room {
    /// Takes places for the entry in the first slot that it accepts and that has enough.
    fn take(&mut self, entry: &Entry) -> Option<u16> {
        let is_drawn = (1..=PARTY_MAX).contains(&usize::from(entry.places)) && entry.doubled_weight > 0;
        let all = self.all.checked_sub(u32::from(entry.places)).filter(|_| is_drawn)?;
        let slot = if entry.slots.is_empty() {
            let found = self.slots.iter().position(|left| *left >= entry.places)?;
            u16::try_from(found).ok()?
        } else {
            let has_room = |slot: &&u16| {
                let left = self.slots.get(usize::from(**slot));
                left.is_some_and(|left| *left >= entry.places)
            };
            *entry.slots.iter().find(has_room)?
        };
        let left = self.slots.get_mut(usize::from(slot))?;
        *left = left.checked_sub(entry.places)?;
        self.all = all;
        Some(slot)
    }
}

impl Serialize for EntryId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for EntryId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        let id: i64 = text.parse().map_err(serde::de::Error::custom)?;
        // One way of writing: +1 and 01 are refused, else two texts were one entry.
        if id.to_string() != text {
            return Err(serde::de::Error::custom(
                "a number of an entry has no sign but a minus and no leading zeros",
            ));
        }
        Ok(Self(id))
    }
}

impl std::fmt::Display for EntryId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests;
