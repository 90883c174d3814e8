//! The shuffled opening: everybody who is in the waiting room at the hour gets a place in line by chance, later ones stand
//! behind them as they come.
//!
//! Tickets are counted up from 0 as people come in. The place of a ticket is a keyed permutation of the tickets taken
//! before the hour, computed for one ticket at a time: a room of a million people is two integers and a key.

use super::hash::{Hash, Keyed};

const PURPOSE: &str = "sigap room";

/// Rounds of the Feistel network. Four of strong functions are enough for wide halves (Luby and Rackoff, 1988); ours are
/// narrow, and NIST SP 800-38G takes ten for those (FF1).
const ROUNDS: u64 = 10;

/// Bits of half a value, at least. A network over a handful of values reaches only some of their permutations; among 256
/// the few that are wanted stand in any order.
const HALF_BITS_MIN: u32 = 4;

/// The place in line, from 0, of a ticket when `count` tickets were taken before the hour. No two tickets have one place;
/// the tickets below `count` get exactly the places below `count`. A ticket from `count` on keeps its number: it was taken
/// after the hour. Exact for every count up to `TICKETS_MAX`, and beyond.
///
/// The key is drawn before the room opens and is secret until the hour: who knew it could pick a good ticket.
#[must_use]
pub fn place_in_line(key: &Hash, ticket: u64, count: u64) -> u64 {
    let network = Network::over(key, count);
    walk(ticket, count, |value| network.forth(value))
}

/// The ticket that stands at a place: undoes `place_in_line`.
#[must_use]
pub fn ticket_at(key: &Hash, place: u64, count: u64) -> u64 {
    let network = Network::over(key, count);
    walk(place, count, |value| network.back(value))
}

/// Cycle walking (Black and Rogaway, 2002): a permutation of more values than wanted is applied until it gives a wanted
/// one. It ends, because the cycle through `value` comes back to `value`. The network has less than four values for each
/// ticket, so that four steps are the mean at most; in rooms of under 64 it has more, 128 for each of two.
fn walk(value: u64, count: u64, permute: impl Fn(u64) -> u64) -> u64 {
    if value >= count || count < 2 {
        return value;
    }
    let mut found = permute(value);
    while found >= count {
        found = permute(found);
    }
    found
}

/// A permutation of the values of twice `half` bits.
struct Network {
    keyed: Keyed,
    half: u32,
    mask: u64,
}

impl Network {
    fn over(key: &Hash, count: u64) -> Self {
        let bits = u64::BITS - count.saturating_sub(1).leading_zeros();
        let half = bits.div_ceil(2).max(HALF_BITS_MIN);
        Self {
            keyed: Keyed::new(key, PURPOSE),
            half,
            mask: (1 << half) - 1,
        }
    }

    fn forth(&self, value: u64) -> u64 {
        let (mut left, mut right) = self.split(value);
        for round in 0..ROUNDS {
            (left, right) = (right, left ^ self.mix(round, right));
        }
        self.join(left, right)
    }

    fn back(&self, value: u64) -> u64 {
        let (mut left, mut right) = self.split(value);
        for round in (0..ROUNDS).rev() {
            (left, right) = (right ^ self.mix(round, left), left);
        }
        self.join(left, right)
    }

    fn split(&self, value: u64) -> (u64, u64) {
        ((value >> self.half) & self.mask, value & self.mask)
    }

    fn join(&self, left: u64, right: u64) -> u64 {
        (left << self.half) | right
    }

    /// The function of a round. The width is hashed too, so that rooms of different widths have nothing in common.
    fn mix(&self, round: u64, value: u64) -> u64 {
        let hash = self.keyed.of(&[u64::from(self.half), round, value]);
        hash.iter()
            .take(8)
            .fold(0, |number, byte| (number << 8) | u64::from(*byte))
            & self.mask
    }
}

#[cfg(test)]
mod tests;
