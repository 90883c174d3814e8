//! Who wants places: families and single people, some of them clients of brokers, and the straw men of brokers.

use sigap_core::release::draw::Past;

use super::assumptions::{
    ANY_HOUR_PERMILLE, BROKERS, CHOOSING, FAILED_SALES_MIN, LOOK_EVERY, LOOKER_PERMILLE, PARTY_SIZES_PERMILLE,
    SALES_FOR_ONE_GOOD, Setting, Tick,
};
use super::chance::{About, Chance};
use super::ledger::PartyId;

/// People who want places together.
#[derive(Debug, Clone)]
pub struct Party {
    /// Its number in the town; also that of its entries.
    pub id: PartyId,
    /// How many.
    pub places: u16,
    /// Slots they accept, in order; empty means all.
    pub slots: Vec<u16>,
    /// Whose client, or whose straw man.
    pub broker: Option<u8>,
    /// Whether this is a straw man, who wants nothing for himself.
    pub is_straw: bool,
    /// What counts for the weight.
    pub past: Past,
    /// The first week in which they want places.
    pub since_week: u32,
    /// Seconds they need to choose: a trait of phone and hand, the same every week.
    pub choosing: Tick,
    /// Seconds between two looks for what comes back; `None` for those who do not look.
    pub looks_every: Option<Tick>,
}

impl Party {
    /// A family or a single person who comes to want places.
    #[must_use]
    pub fn newcomer(seed: u64, id: PartyId, week: u32, setting: &Setting) -> Self {
        let mut chance = Chance::new(seed, About::Person, &[u64::from(id)]);
        let places = size(&mut chance);
        let is_client = chance.happens(setting.client_permille);
        let broker = u8::try_from(chance.below(u64::from(BROKERS))).unwrap_or_default();
        let slots = wishes(&mut chance);
        let choosing = chance.within(&CHOOSING);
        let is_looker = chance.happens(LOOKER_PERMILLE);
        let looks_every = chance.within(&LOOK_EVERY);
        Self {
            id,
            places,
            slots,
            broker: is_client.then_some(broker),
            is_straw: false,
            past: Past::default(),
            since_week: week,
            choosing,
            looks_every: is_looker.then_some(looks_every),
        }
    }

    /// A straw man of a broker.
    #[must_use]
    pub fn straw(id: PartyId, broker: u8) -> Self {
        Self {
            id,
            places: 1,
            slots: Vec::new(),
            broker: Some(broker),
            is_straw: true,
            past: Past::default(),
            since_week: 0,
            choosing: 0,
            looks_every: None,
        }
    }

    /// Whether somebody's own wish goes through a broker.
    #[must_use]
    pub fn is_client(&self) -> bool {
        self.broker.is_some() && !self.is_straw
    }

    /// The slots they accept, of so many.
    pub fn accepts(&self, slots: usize) -> impl Iterator<Item = u16> {
        let all = 0..u16::try_from(slots).unwrap_or(u16::MAX);
        let any = self.slots.is_empty().then_some(all).into_iter().flatten();
        self.slots.iter().copied().chain(any)
    }
}

/// A broker: clients, straw men and a bot.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Broker {
    /// Sales of held places that went well.
    pub sold: u64,
    /// Sales that failed.
    pub failed: u64,
}

impl Broker {
    /// Whether the broker still thinks that a held place can be sold.
    #[must_use]
    pub const fn holds_places(&self, setting: &Setting) -> bool {
        let is_worth_it = self.sold * SALES_FOR_ONE_GOOD >= self.sold + self.failed;
        setting.are_brokers_stubborn || self.failed < FAILED_SALES_MIN || is_worth_it
    }
}

fn size(chance: &mut Chance) -> u16 {
    let mut drawn = chance.below(PARTY_SIZES_PERMILLE.iter().map(|permille| u64::from(*permille)).sum());
    for (size, permille) in (1..).zip(PARTY_SIZES_PERMILLE) {
        match drawn.checked_sub(u64::from(permille)) {
            Some(rest) => drawn = rest,
            None => return size,
        }
    }
    1
}

/// Any hour, or four hours of a half day from one of them on, so that no slot is everybody's first.
fn wishes(chance: &mut Chance) -> Vec<u16> {
    if chance.happens(ANY_HOUR_PERMILLE) {
        return Vec::new();
    }
    let half = u16::try_from(chance.below(2) * 4).unwrap_or_default();
    let first = u16::try_from(chance.below(4)).unwrap_or_default();
    (0..4).map(|step| half + (first + step) % 4).collect()
}

#[cfg(test)]
mod tests;
