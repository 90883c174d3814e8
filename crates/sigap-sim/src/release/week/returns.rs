//! How places come back: hidden for a while, then offered to the waiting list, one after the other.

use sigap_core::release::hidden::hidden_for;

use super::super::assumptions::{ANSWER_HOURS_PERMILLE, BROKER_ANSWER_PERMILLE, MINUTE, OFFER_FOR, Tick, WALK_IN};
use super::super::ledger::{Booked, PartyId};
use super::{Event, Offer, Spare, Week};

impl Week<'_> {
    /// Hides places for the while that the core makes of random bytes.
    pub(super) fn hide(&mut self, spare: Spare) {
        let hidden = hidden_for(self.keys.draw().to_be_bytes()).as_secs();
        let shortest = &mut self.outcome.returns.hidden_seconds_min;
        *shortest = Some(shortest.map_or(hidden, |shortest| shortest.min(hidden)));
        self.put(self.now + hidden, Event::Reveal(spare));
    }

    /// Offers places to the next on the list who wants this slot and fits; what is left of them to the one after.
    pub(super) fn offer(&mut self, spare: Spare) {
        if self.now >= WALK_IN {
            return;
        }
        let mut left = spare.places;
        for id in self.waiting_list() {
            if left == 0 {
                break;
            }
            let Some(party) = self.party(id) else { continue };
            let places = party.places;
            let is_wanted = places <= left && party.accepts(super::SLOTS.len()).any(|slot| slot == spare.slot);
            let is_free = self.ledger.booking_of(id).is_none();
            let waits = self
                .tries
                .get(&id)
                .is_some_and(|this| !this.was_offered && !this.has_cancelled);
            let is_at_work = !party.is_straw || self.holds_places(party.broker);
            if is_wanted && is_free && waits && is_at_work {
                left -= places;
                let part = Spare { places, ..spare };
                self.offer_to(id, part, OFFER_FOR, ANSWER_HOURS_PERMILLE);
            }
        }
    }

    /// Offers withheld places to one party, which answers within the time or does not.
    pub(super) fn offer_to(&mut self, id: PartyId, spare: Spare, length: Tick, answer_permille: u32) {
        let Some(this) = self.tries.get_mut(&id) else { return };
        this.was_offered = true;
        let is_broker = self.party(id).is_some_and(|party| party.broker.is_some());
        let permille = if is_broker || self.setting.are_answers_alike {
            BROKER_ANSWER_PERMILLE
        } else {
            answer_permille
        };
        let until = (self.now + length).min(WALK_IN - 1);
        let answers = self.course.happens(permille);
        let answered = self.now + self.course.within(&(MINUTE..=length));
        let answered = self.gets_through(answered, is_broker);
        let is_accepted = answers && answered <= until;
        let offer = Offer {
            party: id,
            spare,
            is_accepted,
        };
        self.put(if is_accepted { answered } else { until }, Event::Answered(offer));
    }

    pub(super) fn answered(&mut self, offer: Offer) {
        let Spare { slot, places, since } = offer.spare;
        let booked = Booked {
            slot,
            places,
            is_bought: false,
        };
        if offer.is_accepted && self.ledger.book_withheld(offer.party, booked, since, self.now) {
            self.plan_cancelling(offer.party);
        } else {
            self.offer(offer.spare);
        }
    }
}
