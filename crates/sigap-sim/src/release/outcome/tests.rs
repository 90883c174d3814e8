//! Sums and shares of what was counted.

use super::*;

#[test]
fn the_time_within_which_places_are_refilled_is_read_from_the_counts() {
    let returns = Returned {
        cancelled: 12,
        refills: BTreeMap::from([(1, 5), (60, 4), (3_600, 1)]),
        hidden_seconds_min: None,
    };
    assert_eq!(returns.refilled(), 10);
    let within = [100, 500, 501, 900, 901, 1_000].map(|permille| returns.refilled_within(permille));
    assert_eq!(within, [1, 1, 60, 60, 3_600, 3_600].map(Some));
    assert_eq!(Returned::default().refilled_within(500), None);
}

#[test]
fn runs_are_added_field_by_field() {
    let mut one = Outcome {
        weeks: 2,
        kept_out: 3,
        ..Outcome::default()
    };
    one.own.count(3, true, false);
    one.seats.own = 7;
    one.returns.hidden_seconds_min = Some(1_900);
    one.waits.insert(2, 5);
    let mut both = one.clone();
    both.add(&one);
    assert_eq!(
        (both.weeks, both.kept_out, both.own.people, both.own.released),
        (4, 6, 6, 2)
    );
    assert_eq!(
        (both.seats.own, both.returns.hidden_seconds_min, both.waits[&2]),
        (14, Some(1_900), 10)
    );
    let mut added = Outcome::default();
    added.add(&one);
    assert_eq!(added, one, "adding to nothing loses nothing");
    assert_ne!(one.fingerprint(), both.fingerprint());
}
