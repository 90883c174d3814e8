//! One week: places come out, are asked for, cancelled, sold and offered, until the morning of the visit.
//!
//! The week is a list of events by second. How places come out stands in `opening`, how they come back in `returns`, what
//! brokers do with them in `trade`.

use std::collections::BTreeMap;

use sigap_core::release::hash::Hash;

use super::assumptions::{
    BOT, CANCEL_PERMILLE, NO_SHOW_PERMILLE, OUTAGE_FROM, OUTAGE_LENGTH, OUTAGE_PERMILLE, SLOTS, Setting, TRY_AGAIN,
    Tick, WALK_IN,
};
use super::chance::{About, Chance};
use super::ledger::{Booked, Ledger, PartyId, Shown};
use super::outcome::Outcome;
use super::people::{Broker, Party};
use super::timetable::Timetable;
use super::{Mode, Returns, Rules};

mod opening;
mod returns;
mod trade;

/// What happens.
#[derive(Debug, Clone, Copy)]
enum Event {
    /// A party, or the bot of its broker, asks for a place.
    Ask(PartyId),
    /// Somebody looks whether anything came back.
    Look(PartyId),
    /// A bot does.
    BotLooks(u8),
    /// The draw is made.
    Draw,
    /// All places are offered to the list.
    OfferAll,
    /// Somebody who got nothing offers a broker money.
    Buy(PartyId),
    /// A bot books in the buyer's name what it has just cancelled in another.
    Swap(PartyId, u8, u16),
    /// Plans have changed.
    Cancel(PartyId),
    /// Hidden places are offered.
    Reveal(Spare),
    /// An offer was answered, or was not.
    Answered(Offer),
    /// What is free goes to the door.
    WalkIn,
}

/// Places that are on their way to somebody.
#[derive(Debug, Clone, Copy)]
struct Spare {
    slot: u16,
    places: u16,
    /// When they were truly cancelled; `None` for what never was booked.
    since: Option<Tick>,
}

/// A spare place in somebody's name until it is answered.
#[derive(Debug, Clone, Copy)]
struct Offer {
    party: PartyId,
    spare: Spare,
    is_accepted: bool,
}

/// What is remembered of a party's try this week.
#[derive(Debug, Clone, Copy)]
pub struct Try {
    /// When it came: asked, took a ticket or entered.
    pub came_at: Tick,
    /// Decides among those of one second.
    pub lot: u64,
    /// Twice its weight.
    pub doubled_weight: u8,
    /// Whether it got a place when they came out: at the first request, in the draw, in the first offers.
    pub is_released: bool,
    /// Whether it has been offered something: nobody is offered twice a week.
    pub was_offered: bool,
    /// Whether it has cancelled and wants nothing any more.
    pub has_cancelled: bool,
}

/// A week under way.
struct Week<'a> {
    rules: Rules,
    setting: &'a Setting,
    parties: &'a BTreeMap<PartyId, Party>,
    brokers: &'a mut [Broker],
    /// Secrets of the release.
    keys: Chance,
    course: Chance,
    ledger: Ledger,
    timetable: Timetable<Event>,
    outage: std::ops::Range<Tick>,
    tries: BTreeMap<PartyId, Try>,
    /// The waiting list, from when it is first needed.
    list: Option<Vec<PartyId>>,
    now: Tick,
    outcome: &'a mut Outcome,
}

/// How a week ended for the town.
#[derive(Debug)]
pub struct Ended {
    /// Tries by party.
    pub tries: BTreeMap<PartyId, Try>,
    /// Who had a place on the morning of the visit.
    pub bookings: Vec<(PartyId, Booked)>,
    /// Straw men whose place stayed empty, and others who did not come.
    pub missed: Vec<PartyId>,
}

/// Plays a week and counts it.
pub fn play(
    (seed, week): (u64, u32),
    rules: Rules,
    setting: &Setting,
    parties: &BTreeMap<PartyId, Party>,
    brokers: &mut [Broker],
    outcome: &mut Outcome,
) -> Ended {
    let about = |about| Chance::new(seed, about, &[u64::from(week)]);
    let are_shown = match rules.mode {
        Mode::FirstCome | Mode::Shuffled => Shown::Yes,
        Mode::Draw | Mode::List => Shown::No,
    };
    let mut week_under_way = Week {
        rules,
        setting,
        parties,
        brokers,
        keys: about(About::Key),
        course: about(About::Course),
        ledger: Ledger::new(&SLOTS, are_shown),
        timetable: Timetable::new(),
        outage: outage(&mut about(About::Outage)),
        tries: BTreeMap::new(),
        list: None,
        now: Tick::MIN,
        outcome,
    };
    week_under_way.open((seed, week));
    week_under_way.run();
    week_under_way.visit((seed, week))
}

fn outage(chance: &mut Chance) -> std::ops::Range<Tick> {
    if !chance.happens(OUTAGE_PERMILLE) {
        return 0..0;
    }
    let from = chance.within(&OUTAGE_FROM);
    from..from + chance.within(&OUTAGE_LENGTH)
}

/// Seconds from the end of an outage to the next try.
fn try_again(is_bot: bool, chance: &mut Chance) -> Tick {
    chance.within(if is_bot { &BOT } else { &TRY_AGAIN })
}

impl<'a> Week<'a> {
    fn party(&self, id: PartyId) -> Option<&'a Party> {
        self.parties.get(&id)
    }

    fn run(&mut self) {
        self.put(WALK_IN, Event::WalkIn);
        while let Some((at, event)) = self.timetable.take() {
            self.now = at;
            let changes = self.ledger.changes;
            match event {
                Event::Ask(party) => self.ask(party),
                Event::Look(party) => self.look(party),
                Event::BotLooks(broker) => self.bot_looks(broker),
                Event::Draw => self.draw(),
                Event::OfferAll => self.offer_all(),
                Event::Buy(party) => self.buy(party),
                Event::Swap(party, broker, slot) => self.swap(party, broker, slot),
                Event::Cancel(party) => self.cancel(party),
                Event::Reveal(spare) => self.offer(spare),
                Event::Answered(offer) => self.answered(offer),
                // Nobody books or is offered anything after that.
                Event::WalkIn => break,
            }
            self.outcome.steps += 1;
            if self.ledger.changes != changes && !self.ledger.is_sound() {
                self.outcome.unsound += 1;
            }
        }
    }

    fn put(&mut self, at: Tick, event: Event) {
        let lot = self.course.draw();
        self.timetable.put(at, lot, event);
    }

    /// When something that was meant for `at` gets through: at once, or after the outage when it is tried again.
    fn through(&self, at: Tick, try_again: Tick) -> Tick {
        if self.outage.contains(&at) {
            self.outage.end + try_again
        } else {
            at
        }
    }

    /// The same for what happens in the course of the week.
    fn gets_through(&mut self, at: Tick, is_bot: bool) -> Tick {
        let try_again = try_again(is_bot, &mut self.course);
        self.through(at, try_again)
    }

    /// The first request: a place at once, or nothing.
    fn ask(&mut self, id: PartyId) {
        let is_booked = self.take_shown(id);
        if let Some(this) = self.tries.get_mut(&id) {
            this.is_released = is_booked;
        }
    }

    /// Somebody without a place looks, and takes what is there.
    fn look(&mut self, id: PartyId) {
        self.take_shown(id);
    }

    /// Books the first acceptable slot that shows enough places.
    fn take_shown(&mut self, id: PartyId) -> bool {
        let wants = self.tries.get(&id).is_some_and(|this| !this.has_cancelled);
        let Some(party) = self.party(id).filter(|_| wants) else {
            return false;
        };
        let places = party.places;
        let Some(slot) = party
            .accepts(SLOTS.len())
            .find(|slot| self.ledger.shown_in(*slot) >= places)
        else {
            return false;
        };
        let booked = Booked {
            slot,
            places,
            is_bought: false,
        };
        let is_booked = self.ledger.book_shown(id, booked, self.now);
        if is_booked {
            self.plan_cancelling(id);
        }
        is_booked
    }

    /// Some of those who have a place will cancel it. Straw men never do by themselves.
    fn plan_cancelling(&mut self, id: PartyId) {
        let is_straw = self.party(id).is_some_and(|party| party.is_straw);
        let (cancels, at) = (
            self.course.happens(CANCEL_PERMILLE),
            self.course.within(&(self.now.min(WALK_IN - 1)..=WALK_IN - 1)),
        );
        if cancels && !is_straw {
            self.put(at, Event::Cancel(id));
        }
    }

    fn cancel(&mut self, id: PartyId) {
        if let Some(this) = self.tries.get_mut(&id) {
            this.has_cancelled = true;
        }
        self.give_back(id, true);
    }

    /// Places go back as the rules say.
    fn give_back(&mut self, id: PartyId, is_true: bool) {
        let are_shown = match self.rules.returns {
            Returns::AtOnce => Shown::Yes,
            Returns::Hidden => Shown::No,
        };
        let Some(booked) = self.ledger.cancel(id, are_shown, is_true, self.now) else {
            return;
        };
        match self.rules.returns {
            Returns::AtOnce => self.announce(),
            Returns::Hidden => self.hide(Spare {
                slot: booked.slot,
                places: booked.places,
                since: is_true.then_some(self.now),
            }),
        }
    }

    /// Shown places are found by whoever looks next. Where somebody stands between two looks is chance.
    fn announce(&mut self) {
        let waiting: Vec<(PartyId, Tick)> = self
            .tries
            .iter()
            .filter(|(id, this)| !this.has_cancelled && self.ledger.booking_of(**id).is_none())
            .filter_map(|(id, _)| self.party(*id))
            .filter(|party| party.broker.is_none())
            .filter_map(|party| Some((party.id, party.looks_every?)))
            .collect();
        for (id, every) in waiting {
            let at = self.now + self.course.within(&(1..=every));
            let at = self.gets_through(at, false);
            self.put(at, Event::Look(id));
        }
        self.announce_to_bots();
    }

    /// The morning of the visit: who comes, who does not.
    fn visit(self, (seed, week): (u64, u32)) -> Ended {
        let bookings: Vec<(PartyId, Booked)> = self.ledger.bookings().collect();
        let mut missed = Vec::new();
        for (id, booked) in &bookings {
            let mut deed = Chance::new(seed, About::Visit, &[u64::from(*id), u64::from(week)]);
            let Some(party) = self.party(*id) else { continue };
            let comes = !party.is_straw && !deed.happens(NO_SHOW_PERMILLE);
            if !comes {
                missed.push(*id);
            }
            let places = u64::from(booked.places);
            let seats = &mut self.outcome.seats;
            *match (party.is_straw, booked.is_bought, party.is_client()) {
                (true, ..) => &mut seats.straw,
                (_, true, _) => &mut seats.bought,
                (.., true) => &mut seats.clients,
                _ => &mut seats.own,
            } += places;
            if !comes && !party.is_straw {
                seats.no_show += places;
            }
        }
        self.outcome.seats.walk_in += self.ledger.free();
        self.outcome.seats.all += SLOTS.iter().map(|places| u64::from(*places)).sum::<u64>();
        self.outcome.returns.cancelled += self.ledger.cancelled;
        for seconds in &self.ledger.refills {
            *self.outcome.returns.refills.entry(*seconds).or_default() += 1;
        }
        Ended {
            tries: self.tries,
            bookings,
            missed,
        }
    }

    /// A key that nobody knows.
    fn key(&mut self) -> Hash {
        self.keys.bytes()
    }
}
