//! A permutation of every size, undone, and without anybody preferred.

use proptest::prelude::*;

use super::super::hash::plain;
use super::*;
use crate::limits::TICKETS_MAX;

fn key(number: u64) -> Hash {
    plain(&number.to_be_bytes())
}

#[test]
fn every_size_is_a_permutation_and_its_inverse() {
    for count in (0..70).chain([255, 256, 257, 511, 1_025, 4_097]) {
        let key = key(count);
        let mut is_taken = vec![false; usize::try_from(count).unwrap()];
        for ticket in 0..count {
            let place = place_in_line(&key, ticket, count);
            let is_taken = &mut is_taken[usize::try_from(place).unwrap()];
            assert!(!*is_taken, "two tickets of {count} have place {place}");
            *is_taken = true;
            assert_eq!(ticket_at(&key, place, count), ticket);
        }
    }
}

#[test]
fn who_comes_after_the_hour_stands_behind_in_order() {
    for ticket in 40..60 {
        assert_eq!(place_in_line(&key(1), ticket, 40), ticket);
        assert_eq!(ticket_at(&key(1), ticket, 40), ticket);
    }
    assert_eq!(place_in_line(&key(1), 0, 0), 0);
    assert_eq!(place_in_line(&key(1), 0, 1), 0);
}

/// How often a ticket gets each place, over many keys, against what chance allows.
#[track_caller]
fn check_fair(count: u64, ticket: u64, keys: u64) {
    let mut places = vec![0_u64; usize::try_from(count).unwrap()];
    for number in 0..keys {
        places[usize::try_from(place_in_line(&key(number), ticket, count)).unwrap()] += 1;
    }
    let expected = f64::from(u32::try_from(keys).unwrap()) / f64::from(u32::try_from(count).unwrap());
    let chi: f64 = places
        .iter()
        .map(|found| (f64::from(u32::try_from(*found).unwrap()) - expected).powi(2) / expected)
        .sum();
    // The mean of chi-square is its degrees of freedom, its deviation the root of twice that; five of them are allowed.
    let freedom = f64::from(u32::try_from(count - 1).unwrap());
    assert!(
        chi < freedom + 5.0 * (2.0 * freedom).sqrt() + 5.0,
        "ticket {ticket} of {count}: {chi:.1}, {places:?}"
    );
}

#[test]
fn every_ticket_gets_every_place_equally_often() {
    for (count, ticket) in [
        (2, 0),
        (2, 1),
        (3, 0),
        (3, 2),
        (5, 1),
        (10, 0),
        (10, 9),
        (64, 0),
        (64, 63),
        (100, 50),
    ] {
        check_fair(count, ticket, 10 * count.max(20));
    }
}

#[test]
fn all_orders_of_three_are_equally_likely() {
    let mut orders = std::collections::BTreeMap::new();
    for number in 0..600 {
        let order: Vec<u64> = (0..3).map(|place| ticket_at(&key(number), place, 3)).collect();
        *orders.entry(order).or_insert(0_u32) += 1;
    }
    assert_eq!(orders.len(), 6);
    // 100 each; five standard deviations are 46.
    assert!(orders.values().all(|count| (54..=146).contains(count)), "{orders:?}");
}

#[test]
fn an_early_ticket_brings_nothing_in_a_full_room() {
    let count = 1_000_000;
    let early: u64 = (0..400)
        .map(|ticket| place_in_line(&key(9), ticket, count))
        .sum::<u64>()
        / 400;
    let late: u64 = (count - 400..count)
        .map(|ticket| place_in_line(&key(9), ticket, count))
        .sum::<u64>()
        / 400;
    // Half a million is the mean; 400 of them scatter by 14,400.
    assert!(
        early.abs_diff(500_000) < 72_000 && late.abs_diff(500_000) < 72_000,
        "{early} {late}"
    );
}

proptest! {
    #[test]
    fn any_room_up_to_the_bound_is_permuted_exactly(
        (count, ticket) in (1..=TICKETS_MAX).prop_flat_map(|count| (Just(count), 0..count)),
        key: Hash,
    ) {
        let place = place_in_line(&key, ticket, count);
        prop_assert!(place < count);
        prop_assert_eq!(ticket_at(&key, place, count), ticket);
        prop_assert_eq!(place_in_line(&key, ticket_at(&key, ticket, count), count), ticket);
    }

    #[test]
    fn no_numbers_at_all_break_it(key: Hash, ticket: u64, count: u64) {
        let place = place_in_line(&key, ticket, count);
        prop_assert_eq!(ticket_at(&key, place, count), ticket);
        prop_assert_eq!(place < count, ticket < count);
    }
}
