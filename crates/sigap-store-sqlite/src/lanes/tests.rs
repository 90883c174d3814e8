//! A flood at one office delays no other.

use super::*;

#[test]
fn offices_take_turns_whatever_the_length_of_their_lines() {
    let mut lanes = Lanes::new();
    for n in 0..1_000 {
        lanes.push(OfficeId(1), (1, n));
    }
    lanes.push(OfficeId(2), (2, 0));
    lanes.push(OfficeId(3), (3, 0));
    let first: Vec<_> = std::iter::from_fn(|| lanes.pop()).take(4).collect();
    assert_eq!(first, [(1, 0), (2, 0), (3, 0), (1, 1)]);
}

#[test]
fn the_order_within_an_office_is_kept_and_nothing_is_lost() {
    let mut lanes = Lanes::new();
    for n in 0..100 {
        lanes.push(OfficeId(n % 7), n);
    }
    let mut taken: Vec<i64> = std::iter::from_fn(|| lanes.pop()).collect();
    assert!(lanes.is_empty());
    for office in 0..7 {
        let line: Vec<_> = taken.iter().filter(|n| *n % 7 == office).collect();
        assert!(line.is_sorted());
    }
    taken.sort_unstable();
    assert_eq!(taken, (0..100).collect::<Vec<_>>());
}
