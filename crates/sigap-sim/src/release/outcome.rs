//! What a run is counted in. Whole numbers but for the evidence, which is sums of fractions in a fixed order.

use std::collections::BTreeMap;

use sigap_core::release::hash::{Hex, plain};

use super::assumptions::Tick;
use super::evidence::Evidence;

/// Tenths of the crowd by time of coming.
pub const DECILES: usize = 10;

/// Sizes of parties.
pub const SIZES: usize = super::assumptions::PARTY_SIZES_PERMILLE.len();

/// Everything that is counted of one way of releasing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outcome {
    /// Weeks.
    pub weeks: u64,
    /// Where the seats went.
    pub seats: Seats,
    /// Parties that came without a broker.
    pub own: Group,
    /// Parties that came with one.
    pub clients: Group,
    /// Everybody by time of coming, the first tenth first.
    pub deciles: [Group; DECILES],
    /// Everybody by the size of the party, from one person on.
    pub sizes: [Group; SIZES],
    /// Cancelled places.
    pub returns: Returned,
    /// Swaps of brokers.
    pub trade: Trade,
    /// Parties that got a place, by how many weeks they had wanted one.
    pub waits: BTreeMap<u32, u64>,
    /// Parties that an outage kept from entering in time.
    pub kept_out: u64,
    /// Entries of draws.
    pub entries: u64,
    /// Draws, each replayed from its transcript.
    pub transcripts: u64,
    /// Those among them that a replay did not confirm.
    pub transcripts_wrong: u64,
    /// Whether having a broker makes a difference when places come out.
    pub broker_evidence: Evidence,
    /// The same for having a place in the end.
    pub broker_evidence_in_the_end: Evidence,
    /// Whether quick hands make a difference among those without a broker, when places come out.
    pub speed_evidence: Evidence,
    /// Whether being in a tenth makes a difference when places come out.
    pub decile_evidence: [Evidence; DECILES],
    /// Events.
    pub steps: u64,
    /// Events after which the places of a slot did not add up.
    pub unsound: u64,
}

/// Seats on the mornings of the visits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seats {
    /// All.
    pub all: u64,
    /// Had by people who got them by themselves.
    pub own: u64,
    /// Had by clients of brokers.
    pub clients: u64,
    /// Bought from a broker afterwards.
    pub bought: u64,
    /// Held by straw men to the end: empty.
    pub straw: u64,
    /// Given to whoever stood at the door.
    pub walk_in: u64,
    /// Of `own`, `clients` and `bought`: people who did not come.
    pub no_show: u64,
}

impl Seats {
    /// Seats that a broker decided about.
    #[must_use]
    pub const fn of_brokers(&self) -> u64 {
        self.clients + self.bought + self.straw
    }

    /// All of them, by where they went: must be `all`.
    #[must_use]
    pub const fn sum(&self) -> u64 {
        self.own + self.clients + self.bought + self.straw + self.walk_in
    }

    /// Seats on which nobody sat.
    #[must_use]
    pub const fn wasted(&self) -> u64 {
        self.straw + self.no_show
    }
}

/// Parties and how they fared; one that comes in five weeks counts five times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Group {
    /// Tries.
    pub tries: u64,
    /// People in them.
    pub people: u64,
    /// Tries with a place when places came out.
    pub released: u64,
    /// Tries with a place in the end, not counting bought ones.
    pub placed: u64,
}

/// Cancelled places and what became of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Returned {
    /// Places truly cancelled.
    pub cancelled: u64,
    /// Places that found somebody, by seconds since they were cancelled.
    pub refills: BTreeMap<Tick, u64>,
    /// The shortest time for which one was hidden.
    pub hidden_seconds_min: Option<Tick>,
}

impl Returned {
    /// Places that found somebody.
    #[must_use]
    pub fn refilled(&self) -> u64 {
        self.refills.values().sum()
    }

    /// Seconds within which so many in a thousand of them did.
    #[must_use]
    pub fn refilled_within(&self, permille: u64) -> Option<Tick> {
        let wanted = (self.refilled() * permille).div_ceil(1_000).max(1);
        let mut seen = 0;
        self.refills.iter().find_map(|(seconds, count)| {
            seen += count;
            (seen >= wanted).then_some(*seconds)
        })
    }
}

/// Sales of held places by cancelling in one name and booking in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Trade {
    /// The buyer got the place.
    pub sold: u64,
    /// Somebody else did, or nobody.
    pub failed: u64,
}

impl Outcome {
    /// Weeks of another seed on top.
    pub fn add(&mut self, other: &Self) {
        self.weeks += other.weeks;
        self.seats.add(&other.seats);
        self.own.add(&other.own);
        self.clients.add(&other.clients);
        for (mine, its) in self.deciles.iter_mut().zip(&other.deciles) {
            mine.add(its);
        }
        for (mine, its) in self.sizes.iter_mut().zip(&other.sizes) {
            mine.add(its);
        }
        self.returns.cancelled += other.returns.cancelled;
        for (seconds, count) in &other.returns.refills {
            *self.returns.refills.entry(*seconds).or_default() += count;
        }
        let shortest = [self.returns.hidden_seconds_min, other.returns.hidden_seconds_min];
        self.returns.hidden_seconds_min = shortest.into_iter().flatten().min();
        self.trade.sold += other.trade.sold;
        self.trade.failed += other.trade.failed;
        for (weeks, count) in &other.waits {
            *self.waits.entry(*weeks).or_default() += count;
        }
        self.kept_out += other.kept_out;
        self.entries += other.entries;
        self.transcripts += other.transcripts;
        self.transcripts_wrong += other.transcripts_wrong;
        self.broker_evidence.add(&other.broker_evidence);
        self.broker_evidence_in_the_end.add(&other.broker_evidence_in_the_end);
        self.speed_evidence.add(&other.speed_evidence);
        for (mine, its) in self.decile_evidence.iter_mut().zip(&other.decile_evidence) {
            mine.add(its);
        }
        self.steps += other.steps;
        self.unsound += other.unsound;
    }

    /// A hash over everything that was counted, to the last bit.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        Hex(plain(format!("{self:?}").as_bytes())).to_string()
    }
}

impl Seats {
    fn add(&mut self, other: &Self) {
        self.all += other.all;
        self.own += other.own;
        self.clients += other.clients;
        self.bought += other.bought;
        self.straw += other.straw;
        self.walk_in += other.walk_in;
        self.no_show += other.no_show;
    }
}

impl Group {
    /// One try more.
    pub fn count(&mut self, people: u16, is_released: bool, is_placed: bool) {
        self.tries += 1;
        self.people += u64::from(people);
        self.released += u64::from(is_released);
        self.placed += u64::from(is_placed);
    }

    fn add(&mut self, other: &Self) {
        self.tries += other.tries;
        self.people += other.people;
        self.released += other.released;
        self.placed += other.placed;
    }
}

#[cfg(test)]
mod tests;
