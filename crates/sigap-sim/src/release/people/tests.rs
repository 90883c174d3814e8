//! The crowd is as assumed, and the same for the same seed.

use super::*;

#[test]
fn the_crowd_is_as_assumed() {
    let setting = Setting::default();
    let crowd: Vec<Party> = (0..10_000).map(|id| Party::newcomer(1, id, 0, &setting)).collect();
    let share = |is_so: &dyn Fn(&Party) -> bool| crowd.iter().filter(|party| is_so(party)).count();
    // In ten thousand; five standard deviations are 250 at most.
    assert!(share(&|party| party.places == 1).abs_diff(7_000) < 230);
    assert!(share(&|party| party.places == 5).abs_diff(200) < 70);
    assert!(share(&Party::is_client).abs_diff(1_200) < 165);
    assert!(share(&|party| party.slots.is_empty()).abs_diff(6_000) < 245);
    assert!(
        crowd
            .iter()
            .all(|party| (1..=5).contains(&party.places) && CHOOSING.contains(&party.choosing))
    );
}

#[test]
fn wishes_are_four_different_hours_of_a_half_day() {
    for id in 0..500 {
        let party = Party::newcomer(2, id, 0, &Setting::default());
        let accepted: std::collections::BTreeSet<u16> = party.accepts(8).collect();
        let is_half = |from: u16| accepted == (from..from + 4).collect();
        assert!(accepted.len() == 8 || is_half(0) || is_half(4), "{accepted:?}");
    }
}

#[test]
fn a_broker_stops_holding_places_when_they_cannot_be_sold() {
    let setting = Setting::default();
    let holds = |sold, failed| Broker { sold, failed }.holds_places(&setting);
    assert!(holds(0, 0) && holds(0, 2) && holds(1, 3) && holds(100, 300));
    assert!(!holds(0, 3) && !holds(1, 4) && !holds(100, 301));
    let stubborn = Setting {
        are_brokers_stubborn: true,
        ..setting
    };
    assert!(Broker { sold: 0, failed: 99 }.holds_places(&stubborn));
}
