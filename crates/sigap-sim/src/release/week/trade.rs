//! What brokers do: bots that look all the time, straw men who hold places, and swaps in the name of whoever pays.

use super::super::assumptions::{BOT_LOOKS_EVERY, DRAWN_AT, HOUR, SLOTS, SWAP, WALK_IN};
use super::super::chance::{About, Chance};
use super::super::ledger::{Booked, PartyId};
use super::{Event, Mode, Week};

impl Week<'_> {
    /// Some of those who get nothing will offer money, at any time after the places came out.
    pub(super) fn plan_buyers(&mut self, (seed, week): (u64, u32)) {
        let from = if self.rules.mode == Mode::Draw { DRAWN_AT } else { 0 } + HOUR;
        let citizens: Vec<PartyId> = self
            .parties
            .values()
            .filter(|party| party.broker.is_none())
            .map(|party| party.id)
            .collect();
        for id in citizens {
            let mut deed = Chance::new(seed, About::Buyer, &[u64::from(id), u64::from(week)]);
            let at = deed.within(&(from..=WALK_IN - HOUR));
            if deed.happens(self.setting.buyer_permille) {
                self.timetable.put(at, deed.draw(), Event::Buy(id));
            }
        }
    }

    pub(super) fn announce_to_bots(&mut self) {
        for broker in 0..u8::try_from(self.brokers.len()).unwrap_or_default() {
            let at = self.now + self.course.within(&BOT_LOOKS_EVERY);
            let at = self.gets_through(at, true);
            self.put(at, Event::BotLooks(broker));
        }
    }

    /// The bot takes what it finds: for clients first, then to be held by straw men.
    pub(super) fn bot_looks(&mut self, broker: u8) {
        if !self.ledger.shows_any() {
            return;
        }
        let holds = self.holds_places(Some(broker));
        let mut wanting: Vec<(bool, PartyId)> = self
            .tries
            .keys()
            .filter_map(|id| self.party(*id))
            .filter(|party| party.broker == Some(broker) && (holds || !party.is_straw))
            .map(|party| (party.is_straw, party.id))
            .collect();
        wanting.sort_unstable();
        for (_, id) in wanting {
            self.take_shown(id);
        }
    }

    /// A loser asks the brokers; the first with enough held places in one acceptable slot cancels them and books anew.
    pub(super) fn buy(&mut self, buyer: PartyId) {
        let wants = self.tries.get(&buyer).is_some_and(|this| !this.has_cancelled);
        if !wants || self.ledger.booking_of(buyer).is_some() {
            return;
        }
        let Some(party) = self.party(buyer) else { return };
        let wanted: Vec<u16> = party.accepts(SLOTS.len()).collect();
        let places = usize::from(party.places);
        for broker in 0..u8::try_from(self.brokers.len()).unwrap_or_default() {
            for slot in &wanted {
                let held: Vec<PartyId> = self
                    .ledger
                    .bookings()
                    .filter(|(_, booked)| booked.slot == *slot)
                    .filter_map(|(id, _)| self.party(id))
                    .filter(|party| party.is_straw && party.broker == Some(broker))
                    .map(|party| party.id)
                    .take(places)
                    .collect();
                if held.len() == places {
                    for straw in held {
                        self.give_back(straw, false);
                    }
                    let at = self.now + self.course.within(&SWAP);
                    self.put(at, Event::Swap(buyer, broker, *slot));
                    return;
                }
            }
        }
    }

    pub(super) fn swap(&mut self, buyer: PartyId, broker: u8, slot: u16) {
        let Some(places) = self.party(buyer).map(|party| party.places) else {
            return;
        };
        let booked = Booked {
            slot,
            places,
            is_bought: true,
        };
        let is_sold = self.ledger.book_shown(buyer, booked, self.now);
        let Some(broker) = self.brokers.get_mut(usize::from(broker)) else {
            return;
        };
        if is_sold {
            broker.sold += 1;
            self.outcome.trade.sold += 1;
            self.plan_cancelling(buyer);
        } else {
            broker.failed += 1;
            self.outcome.trade.failed += 1;
        }
    }
}
