//! What an entrant keeps: the proof that the own entry, exactly as it was made, is among those that were drawn.

use serde::{Deserialize, Serialize};

use super::draw::{self, Entry, EntryId};
use super::hash::{Hash, Hex};
use super::merkle::{self, Tree};

/// An entry with the path to the published root. Holds nothing about other entries but hashes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inclusion {
    /// The entry.
    pub entry: Entry,
    /// Its place among all entries by number, from 0.
    pub place: u64,
    /// How many entries there are.
    pub count: u64,
    /// The hashes that lead to the root, the nearest first.
    pub path: Vec<Hex>,
}

/// The proof for one of the entries; `None` when there is none of that number. `entries` are sorted and `tree` is theirs
/// (`draw::sorted`, `draw::tree`): it is made once for all proofs.
#[must_use]
pub fn prove(entries: &[Entry], tree: &Tree, id: EntryId) -> Option<Inclusion> {
    let place = entries.binary_search_by_key(&id, |entry| entry.id).ok()?;
    Some(Inclusion {
        entry: entries.get(place)?.clone(),
        place: u64::try_from(place).ok()?,
        count: u64::try_from(entries.len()).ok()?,
        path: tree.path(place)?.into_iter().map(Hex).collect(),
    })
}

impl Inclusion {
    /// Whether the entry is among those under that root, at that place, and there are so many of them.
    #[must_use]
    pub fn holds_under(&self, root: &Hash) -> bool {
        let path: Vec<Hash> = self.path.iter().map(|hex| hex.0).collect();
        merkle::is_included(&draw::leaf(&self.entry), self.place, self.count, &path, root)
    }
}

#[cfg(test)]
mod tests;
