use super::*;

const HALL: Hall = Hall {
    counters: 2,
    service_minutes: 5.0,
    phases: 1,
    classes: &[
        Class {
            per_hour: 6.0,
            percent: 200,
        },
        Class {
            per_hour: 12.0,
            percent: 100,
        },
    ],
};

fn played(seed: u64) -> Vec<Visit> {
    let mut visits = Vec::new();
    play(&HALL, 20_000, seed, |visit| visits.push(visit));
    visits
}

#[test]
fn a_seed_plays_the_same_hall_again_and_another_one_does_not() {
    let waits = |seed| {
        played(seed)
            .iter()
            .map(|visit| visit.waited.to_bits())
            .collect::<Vec<_>>()
    };
    assert_eq!(waits(1), waits(1));
    assert_ne!(waits(1), waits(2));
}

#[test]
fn nobody_waits_while_a_counter_is_free() {
    for visit in played(1) {
        assert!(visit.waited >= 0.0);
        assert_eq!(visit.ahead.is_none(), visit.waited == 0.0, "{visit:?}");
    }
}

#[test]
fn classes_come_in_their_shares_and_services_take_their_time() {
    let visits = played(3);
    let first = visits.iter().filter(|visit| visit.class == 0).count() as f64 / visits.len() as f64;
    assert!((first - 1.0 / 3.0).abs() < 0.02, "{first}");
    let mean = visits.iter().map(|visit| visit.served).sum::<f64>() / visits.len() as f64;
    assert!((mean - 5.0).abs() < 0.2, "{mean}");
}
