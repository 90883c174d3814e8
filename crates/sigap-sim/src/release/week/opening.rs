//! How places come out under each mode, and when everybody comes for them.

use jiff::civil::{Date, Time};
use sigap_core::release::draw::{self, Entry, EntryId};
use sigap_core::release::shuffle::place_in_line;
use sigap_core::release::transcript::{DrawPlan, DrawSlot, Transcript, verify};
use sigap_core::release::waiting_list::{Waiting, in_order};

use super::super::Mode;
use super::super::assumptions::{
    ANSWER_DAY_PERMILLE, ANSWER_HOURS_PERMILLE, BOT, CONFIRM_WITHIN, DRAWN_AT, ENTRIES_OPEN, LAST_MINUTE,
    LAST_MINUTE_PERMILLE, LATER, MINUTE, OFFER_FOR, READY_PERMILLE, ROOM_OPENS, ROOM_PER_MINUTE, SLOTS, Tick,
};
use super::super::chance::{About, Chance};
use super::super::ledger::PartyId;
use super::super::people::Party;
use super::{Event, Spare, Try, Week, try_again};

/// When somebody comes this week.
struct Coming {
    id: PartyId,
    /// When the request, ticket or entry gets through.
    at: Tick,
    lot: u64,
    /// Seconds from being let in to a chosen place.
    choosing: Tick,
    doubled_weight: u8,
}

impl Week<'_> {
    /// Puts everybody's coming on the timetable.
    pub(super) fn open(&mut self, (seed, week): (u64, u32)) {
        let mut coming: Vec<Coming> = Vec::with_capacity(self.parties.len());
        for party in self.parties.values() {
            if party.is_straw && !self.holds_places(party.broker) {
                continue;
            }
            let mut deed = Chance::new(seed, About::Deed, &[u64::from(party.id), u64::from(week)]);
            let is_bot = party.broker.is_some();
            let choosing = if is_bot { deed.within(&BOT) } else { party.choosing };
            let means_to_come = comes_at(self.rules.mode, party, &mut deed);
            // First come: what counts is the second of the choice. Else it is the ticket or the entry.
            let counts = match self.rules.mode {
                Mode::FirstCome => means_to_come + choosing,
                Mode::Shuffled | Mode::Draw | Mode::List => means_to_come,
            };
            let at = self.through(counts, try_again(is_bot, &mut deed));
            if matches!(self.rules.mode, Mode::Draw | Mode::List) && at >= 0 {
                self.outcome.kept_out += u64::from(!party.is_straw);
                continue;
            }
            coming.push(Coming {
                id: party.id,
                at,
                lot: deed.draw(),
                choosing,
                doubled_weight: draw::doubled_weight(party.past),
            });
        }
        coming.sort_unstable_by_key(|each| (each.at, each.lot));
        for each in &coming {
            self.tries.insert(
                each.id,
                Try {
                    came_at: each.at,
                    lot: each.lot,
                    doubled_weight: each.doubled_weight,
                    is_released: false,
                    was_offered: false,
                    has_cancelled: false,
                },
            );
        }
        match self.rules.mode {
            Mode::FirstCome => {
                for each in coming {
                    self.timetable.put(each.at, each.lot, Event::Ask(each.id));
                }
            }
            Mode::Shuffled => self.let_in(&coming),
            Mode::Draw => self.put(DRAWN_AT, Event::Draw),
            Mode::List => self.put(0, Event::OfferAll),
        }
        self.plan_buyers((seed, week));
    }

    /// Whether the broker goes on holding places.
    pub(super) fn holds_places(&self, broker: Option<u8>) -> bool {
        broker
            .and_then(|broker| self.brokers.get(usize::from(broker)))
            .is_some_and(|broker| broker.holds_places(self.setting))
    }

    /// The waiting room: tickets are counted up as people come; who came before the hour stands where the shuffle says.
    fn let_in(&mut self, coming: &[Coming]) {
        let key = self.key();
        let before = coming.iter().filter(|each| each.at < 0).count();
        let count = u64::try_from(before).unwrap_or_default();
        let outage_end = self.outage.end;
        for (ticket, each) in (0..).zip(coming) {
            let place = Tick::try_from(place_in_line(&key, ticket, count)).unwrap_or(Tick::MAX);
            // The room starts when the line is up again; who comes late cannot be let in before coming.
            let start = if self.outage.contains(&0) { outage_end } else { 0 };
            let turn = (start + place * MINUTE / ROOM_PER_MINUTE).max(each.at);
            let at = turn + each.choosing;
            self.timetable.put(at, each.lot, Event::Ask(each.id));
        }
    }

    /// The draw, by the core and on the way it takes in production: commitment, closing, public value, result.
    pub(super) fn draw(&mut self) {
        let entries: Vec<Entry> = self
            .tries
            .iter()
            .filter_map(|(id, this)| {
                let party = self.party(*id)?;
                Some(Entry {
                    id: EntryId(i64::from(*id)),
                    places: party.places,
                    doubled_weight: this.doubled_weight,
                    slots: party.slots.clone(),
                })
            })
            .collect();
        self.outcome.entries += u64::try_from(entries.len()).unwrap_or_default();
        let (secret, public_value) = (self.key(), self.keys.draw().to_string());
        let transcript = Transcript::committed(plan(), &secret)
            .closed(&secret, entries)
            .and_then(|closed| closed.given(&public_value))
            .and_then(Transcript::drawn);
        let Ok(transcript) = transcript else {
            self.outcome.transcripts_wrong += 1;
            return;
        };
        self.outcome.transcripts += 1;
        self.outcome.transcripts_wrong += u64::from(verify(&transcript).is_err());
        for winner in transcript.result.unwrap_or_default().winners {
            let Ok(id) = PartyId::try_from(winner.id.0) else {
                continue;
            };
            let Some(places) = self.party(id).map(|party| party.places) else {
                continue;
            };
            if let Some(this) = self.tries.get_mut(&id) {
                this.is_released = true;
            }
            let spare = Spare {
                slot: winner.slot,
                places,
                since: None,
            };
            self.offer_to(id, spare, CONFIRM_WITHIN, ANSWER_DAY_PERMILLE);
        }
    }

    /// All places are offered to the list, each family its first acceptable slot with room.
    pub(super) fn offer_all(&mut self) {
        let mut left = SLOTS;
        for id in self.waiting_list() {
            let Some(party) = self.party(id) else { continue };
            let places = party.places;
            let has_room = |slot: &u16| left.get(usize::from(*slot)).is_some_and(|left| *left >= places);
            let Some(slot) = party.accepts(SLOTS.len()).find(has_room) else {
                continue;
            };
            if let Some(left) = left.get_mut(usize::from(slot)) {
                *left -= places;
            }
            if let Some(this) = self.tries.get_mut(&id) {
                this.is_released = true;
            }
            let spare = Spare {
                slot,
                places,
                since: None,
            };
            self.offer_to(id, spare, OFFER_FOR, ANSWER_HOURS_PERMILLE);
        }
    }

    /// Everybody who came, in the order of the core.
    pub(super) fn waiting_list(&mut self) -> Vec<PartyId> {
        if let Some(list) = &self.list {
            return list.clone();
        }
        let key = self.key();
        let waiting: Vec<Waiting> = self
            .tries
            .keys()
            .filter_map(|id| self.party(*id))
            .map(|party| Waiting {
                id: i64::from(party.id),
                class: 0,
                lost: party.past.lost,
            })
            .collect();
        let list: Vec<PartyId> = in_order(&waiting, &key)
            .into_iter()
            .filter_map(|id| PartyId::try_from(id).ok())
            .collect();
        self.list = Some(list.clone());
        list
    }
}

/// What is drawn for; the same every week but for the secret.
fn plan() -> DrawPlan {
    DrawPlan {
        office: "a-town".into(),
        service: "passport".into(),
        day: Date::constant(2026, 12, 5),
        public_value_source: "the simulation".into(),
        slots: (8_i8..)
            .zip(SLOTS)
            .map(|(hour, places)| DrawSlot {
                at: Time::constant(hour, 0, 0, 0),
                places,
            })
            .collect(),
        places_max: None,
    }
}

/// When a party, or the bot of its broker, means to come.
fn comes_at(mode: Mode, party: &Party, deed: &mut Chance) -> Tick {
    // All are drawn whether they are used or not, so that a person does the same under all modes.
    let (is_ready, is_last_minute) = (deed.happens(READY_PERMILLE), deed.happens(LAST_MINUTE_PERMILLE));
    let (later, last_minute, any_time) = (
        deed.within(&LATER),
        deed.within(&LAST_MINUTE),
        deed.within(&(ENTRIES_OPEN..=-1)),
    );
    let early = deed.within(&(ROOM_OPENS..=-1));
    let is_bot = party.broker.is_some();
    match mode {
        Mode::FirstCome if is_bot || is_ready => 0,
        Mode::Shuffled if is_bot => ROOM_OPENS,
        Mode::Shuffled if is_ready => early,
        Mode::FirstCome | Mode::Shuffled => later,
        Mode::Draw | Mode::List if is_bot => ENTRIES_OPEN,
        Mode::Draw | Mode::List if is_last_minute => last_minute,
        Mode::Draw | Mode::List => any_time,
    }
}
