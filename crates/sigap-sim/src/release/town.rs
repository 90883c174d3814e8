//! A town over many weeks: who got nothing may come again, new parties come every week.

use std::collections::BTreeMap;

use super::assumptions::{BROKERS, CHOOSING, NEW_PARTIES_PER_WEEK, STAY_PERMILLE, Setting};
use super::chance::{About, Chance};
use super::evidence::Seen;
use super::ledger::{Booked, PartyId};
use super::outcome::{DECILES, Outcome};
use super::people::{Broker, Party};
use super::week::{self, Ended, Try};
use super::{Mode, Rules};

/// Numbers of straw men begin here, above those of all parties of any run.
const STRAW_FROM: PartyId = 1 << 31;

/// Plays all weeks of a town under one way of releasing.
#[must_use]
pub fn run(seed: u64, rules: Rules, setting: &Setting) -> Outcome {
    let mut outcome = Outcome::default();
    let mut parties = straw_men(setting);
    let mut brokers = vec![Broker::default(); usize::from(BROKERS)];
    for week in 0..setting.warm_up + setting.weeks {
        let first = week * NEW_PARTIES_PER_WEEK;
        parties.extend((first..first + NEW_PARTIES_PER_WEEK).map(|id| (id, Party::newcomer(seed, id, week, setting))));
        // The first weeks fill the town; they are played and not counted.
        let mut unseen = Outcome::default();
        let counted = if week < setting.warm_up {
            &mut unseen
        } else {
            &mut outcome
        };
        let ended = week::play((seed, week), rules, setting, &parties, &mut brokers, counted);
        count(&ended, week, &parties, counted);
        go_on((seed, week), rules, setting, &ended, &mut parties);
    }
    outcome
}

fn straw_men(setting: &Setting) -> BTreeMap<PartyId, Party> {
    (0..BROKERS)
        .flat_map(|broker| (0..setting.straw_men).map(move |number| (broker, number)))
        .map(|(broker, number)| {
            let id = STRAW_FROM + u32::from(broker) * setting.straw_men + number;
            (id, Party::straw(id, broker))
        })
        .collect()
}

fn count(ended: &Ended, week: u32, parties: &BTreeMap<PartyId, Party>, outcome: &mut Outcome) {
    outcome.weeks += 1;
    let bookings: BTreeMap<PartyId, Booked> = ended.bookings.iter().copied().collect();
    let mut came: Vec<(&Party, &Try, bool)> = ended
        .tries
        .iter()
        .filter_map(|(id, this)| Some((parties.get(id)?, this)))
        .filter(|(party, _)| !party.is_straw)
        .map(|(party, this)| {
            let is_placed = bookings.get(&party.id).is_some_and(|booked| !booked.is_bought);
            (party, this, is_placed)
        })
        .collect();
    came.sort_unstable_by_key(|(_, this, _)| (this.came_at, this.lot));
    let decile_of = |place: usize| place * DECILES / came.len().max(1);
    for (place, (party, this, is_placed)) in came.iter().enumerate() {
        let group = if party.is_client() {
            &mut outcome.clients
        } else {
            &mut outcome.own
        };
        group.count(party.places, this.is_released, *is_placed);
        if let Some(decile) = outcome.deciles.get_mut(decile_of(place)) {
            decile.count(party.places, this.is_released, *is_placed);
        }
        if let Some(size) = usize::from(party.places)
            .checked_sub(1)
            .and_then(|size| outcome.sizes.get_mut(size))
        {
            size.count(party.places, this.is_released, *is_placed);
        }
        if bookings.contains_key(&party.id) {
            *outcome.waits.entry(week - party.since_week + 1).or_default() += 1;
        }
    }
    let seen = |place: usize, is_in_group: bool, has_won: bool| {
        let (party, this, _) = came.get(place)?;
        Some(Seen {
            stratum: (party.places, this.doubled_weight),
            is_in_group,
            has_won,
        })
    };
    let all = || came.iter().enumerate();
    outcome
        .broker_evidence
        .count_week(all().filter_map(|(place, (party, this, _))| seen(place, party.is_client(), this.is_released)));
    outcome
        .broker_evidence_in_the_end
        .count_week(all().filter_map(|(place, (party, _, is_placed))| seen(place, party.is_client(), *is_placed)));
    let is_quick = |party: &Party| party.choosing <= i64::midpoint(*CHOOSING.start(), *CHOOSING.end());
    outcome.speed_evidence.count_week(
        all()
            .filter(|(_, (party, ..))| party.broker.is_none())
            .filter_map(|(place, (party, this, _))| seen(place, is_quick(party), this.is_released)),
    );
    for (number, evidence) in outcome.decile_evidence.iter_mut().enumerate() {
        evidence.count_week(
            all().filter_map(|(place, (_, this, _))| seen(place, decile_of(place) == number, this.is_released)),
        );
    }
}

/// Who is still there next week, and with what past.
fn go_on(
    (seed, week): (u64, u32),
    rules: Rules,
    setting: &Setting,
    ended: &Ended,
    parties: &mut BTreeMap<PartyId, Party>,
) {
    for (id, _) in ended.bookings.iter().filter(|(id, _)| *id < STRAW_FROM) {
        parties.remove(id);
    }
    if !setting.are_brokers_stubborn {
        for id in ended.missed.iter().filter(|id| **id >= STRAW_FROM) {
            if let Some(straw) = parties.get_mut(id) {
                straw.past.has_missed = true;
            }
        }
    }
    parties.retain(|id, party| {
        let this = ended.tries.get(id);
        // Identities that brokers make up are new ones each week, without losses to count for them.
        let has_past = !(party.is_straw && setting.are_brokers_stubborn);
        if let (Mode::Draw, Some(this), true) = (rules.mode, this, has_past) {
            party.past.lost = if this.is_released { 0 } else { party.past.lost + 1 };
        }
        if party.is_straw {
            return true;
        }
        if this.is_some_and(|this| this.has_cancelled) {
            return false;
        }
        Chance::new(seed, About::Stay, &[u64::from(*id), u64::from(week)]).happens(STAY_PERMILLE)
    });
}

#[cfg(test)]
mod tests;
