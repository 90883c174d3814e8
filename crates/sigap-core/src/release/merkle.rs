//! One hash over many leaves, with a short proof for each that it is among them.
//!
//! The tree is that of RFC 6962, section 2.1 (the left half is the largest power of two below the count), with purposes
//! of our own in front of leaves and nodes, so that a node never passes for a leaf. It is built level by level: two and
//! two are joined, a last one without a partner moves up as it is. The root holds the count too, so that nobody can be told
//! another one.

use super::hash::{Hash, hash};

const LEAF: &str = "sigap draw leaf";
const NODE: &str = "sigap draw node";
const ROOT: &str = "sigap draw root";

/// The hash of a leaf's bytes.
#[must_use]
pub fn leaf(bytes: &[u8]) -> Hash {
    hash(LEAF, &[bytes])
}

/// A tree over leaves in their order. Takes twice the room of the leaves.
#[derive(Debug, Clone)]
pub struct Tree {
    /// The leaves, then each level above them; the last has the root alone. Only the leaves may be empty.
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    /// Over hashes that `leaf` made.
    #[must_use]
    pub fn new(leaves: Vec<Hash>) -> Self {
        let mut levels = vec![leaves];
        while let Some(level) = levels.last().filter(|level| level.len() > 1) {
            let above = level
                .chunks(2)
                .map(|pair| match pair {
                    [left, right] => node(left, right),
                    [alone] => *alone,
                    // Chunks of two are never anything else.
                    _ => [0; 32],
                })
                .collect();
            levels.push(above);
        }
        Self { levels }
    }

    /// The hash over all leaves and their count.
    #[must_use]
    pub fn root(&self) -> Hash {
        let count = self.levels.first().map_or(0, Vec::len);
        let top = self.levels.last().and_then(|level| level.first());
        root(
            u64::try_from(count).unwrap_or(u64::MAX),
            top.map_or(&[], |top| top.as_slice()),
        )
    }

    /// The hashes that lead from the leaf at `place` to the root, the nearest first; `None` when there is no such leaf.
    #[must_use]
    pub fn path(&self, place: usize) -> Option<Vec<Hash>> {
        self.levels.first()?.get(place)?;
        let mut path = Vec::new();
        for (height, level) in self.levels.iter().enumerate() {
            let here = place.checked_shr(u32::try_from(height).ok()?)?;
            // The last one of an odd level has no partner and needs none.
            path.extend(level.get(here ^ 1));
        }
        Some(path)
    }
}

/// Whether a leaf stands at `place` under that root, and `count` leaves with it.
#[must_use]
pub fn is_included(leaf: &Hash, place: u64, count: u64, path: &[Hash], expected: &Hash) -> bool {
    climb(leaf, place, count, path).is_some_and(|top| root(count, &top) == *expected)
}

/// The top of the tree that leaf and path lead to; `None` when the path has not the length that the place asks for.
fn climb(leaf: &Hash, place: u64, count: u64, path: &[Hash]) -> Option<Hash> {
    if place >= count {
        return None;
    }
    let (mut found, mut rest) = (*leaf, path.iter());
    let (mut here, mut last) = (place, count - 1);
    // At most 64 rounds: `last` is halved in each.
    while last > 0 {
        if here % 2 == 1 {
            found = node(rest.next()?, &found);
        } else if here < last {
            found = node(&found, rest.next()?);
        }
        (here, last) = (here / 2, last / 2);
    }
    rest.next().is_none().then_some(found)
}

fn root(count: u64, top: &[u8]) -> Hash {
    hash(ROOT, &[&count.to_be_bytes(), top])
}

fn node(left: &Hash, right: &Hash) -> Hash {
    hash(NODE, &[left, right])
}

#[cfg(test)]
mod tests;
