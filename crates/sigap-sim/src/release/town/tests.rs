//! Small runs of the whole model.

use super::super::{DRAW, FIRST_COME, HIDDEN_ONLY, LIST, MODES};
use super::*;

fn short() -> Setting {
    Setting {
        weeks: 5,
        warm_up: 2,
        ..Setting::default()
    }
}

#[test]
fn a_seed_is_replayed_bit_for_bit_under_every_mode() {
    for rules in MODES.iter().chain(&HIDDEN_ONLY) {
        let one = run(7, *rules, &short());
        assert_eq!(one, run(7, *rules, &short()), "{}", rules.name);
        assert_ne!(one, run(8, *rules, &short()), "{}", rules.name);
    }
}

#[test]
fn a_seed_gives_the_same_on_every_machine() {
    // When the model was changed on purpose, this figure changes with it; else it must not.
    assert_eq!(
        run(7, DRAW, &short()).fingerprint(),
        "6963bbcf10992dc4b3212ba3ba6ca2a03bcb4cf8cc2e2ef626ab2793cb21b57a"
    );
}

#[test]
fn every_seat_is_accounted_for_and_none_is_given_twice() {
    for rules in MODES.iter().chain(&HIDDEN_ONLY) {
        let outcome = run(3, *rules, &short());
        assert_eq!(outcome.seats.sum(), outcome.seats.all, "{}", rules.name);
        assert_eq!((outcome.seats.all, outcome.unsound, outcome.weeks), (400, 0, 5));
        let of_deciles: u64 = outcome.deciles.iter().map(|group| group.tries).sum();
        assert_eq!(of_deciles, outcome.own.tries + outcome.clients.tries);
    }
}

#[test]
fn without_brokers_nobody_has_what_they_sell() {
    let setting = Setting {
        client_permille: 0,
        straw_men: 0,
        ..short()
    };
    for rules in MODES {
        let outcome = run(3, rules, &setting);
        assert_eq!(
            (outcome.seats.of_brokers(), outcome.clients.tries),
            (0, 0),
            "{}",
            rules.name
        );
        assert_eq!((outcome.trade.sold, outcome.trade.failed), (0, 0));
    }
}

#[test]
fn the_door_gets_little_while_people_wait() {
    for rules in [FIRST_COME, DRAW, LIST] {
        let outcome = run(5, rules, &short());
        assert!(
            outcome.seats.walk_in * 20 < outcome.seats.all,
            "{}: {:?}",
            rules.name,
            outcome.seats
        );
    }
}

#[test]
fn losing_draws_brings_people_in_sooner() {
    let setting = Setting {
        weeks: 30,
        warm_up: 10,
        ..Setting::default()
    };
    let late = |outcome: &Outcome| outcome.waits.range(9..).map(|(_, count)| *count).sum::<u64>();
    let (draw, list) = (run(2, DRAW, &setting), run(2, LIST, &setting));
    assert!(late(&draw) < late(&list), "{:?} {:?}", draw.waits, list.waits);
}

#[test]
fn hidden_places_are_not_sold() {
    let setting = Setting {
        are_brokers_stubborn: true,
        ..short()
    };
    for rules in HIDDEN_ONLY.iter().chain([&DRAW]) {
        let outcome = run(4, *rules, &setting);
        assert_eq!(outcome.trade.sold, 0, "{}", rules.name);
        assert!(outcome.trade.failed > 0, "{}", rules.name);
    }
}
