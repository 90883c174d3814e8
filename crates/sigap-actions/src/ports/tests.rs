use jiff::{SignedDuration, Timestamp};

use super::Ids;

#[test]
fn an_id_by_chance_stays_within_its_day() {
    let start: Timestamp = "2026-11-29T17:00:00Z".parse().unwrap();
    let next = Ids::first_of(start + SignedDuration::from_hours(24));
    for chance in [0, 1, u64::MAX / 3, u64::MAX] {
        assert!(
            (Ids::first_of(start)..next).contains(&Ids::any_of_day(start, chance)),
            "{chance}"
        );
    }
    assert_ne!(Ids::any_of_day(start, 1), Ids::any_of_day(start, 2));
}
