//! The order of a waiting list: by class, then who lost more draws, then by a keyed chance. Never by the second in which
//! somebody came, so that there is nothing to hurry for.

use super::hash::{Hash, Keyed};

const PURPOSE: &str = "sigap waiting list";

/// Somebody on the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Which booking.
    pub id: i64,
    /// Lower classes first; what they stand for is the office's data.
    pub class: u8,
    /// Draws lost. A family has those of the member who lost fewest.
    pub lost: u32,
}

/// The ids in the order in which places are offered. The order of `list` does not matter, and the order of two does not
/// change when others come or go.
///
/// The key stays secret as long as people may join: who knew it could leave and join again until the chance is good.
#[must_use]
pub fn in_order(list: &[Waiting], key: &Hash) -> Vec<i64> {
    let keyed = Keyed::new(key, PURPOSE);
    let mut ranked: Vec<(u8, std::cmp::Reverse<u32>, Hash, i64)> = list
        .iter()
        .map(|waiting| {
            let chance = keyed.of(&[waiting.id.cast_unsigned()]);
            (waiting.class, std::cmp::Reverse(waiting.lost), chance, waiting.id)
        })
        .collect();
    ranked.sort_unstable();
    ranked.into_iter().map(|(.., id)| id).collect()
}

#[cfg(test)]
mod tests;
