//! Chances as promised, and places never given twice, whatever comes in.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::super::hash::{Hex, plain};
use super::*;

fn seed_of(number: u64) -> Hash {
    plain(&number.to_be_bytes())
}

fn entry(id: i64, places: u16, doubled_weight: u8, slots: &[u16]) -> Entry {
    Entry {
        id: EntryId(id),
        places,
        doubled_weight,
        slots: slots.to_vec(),
    }
}

/// Single people without a past, numbered as they came.
fn people(count: i64) -> Vec<Entry> {
    (0..count).map(|id| entry(id, 1, FIRST_DOUBLED_WEIGHT, &[])).collect()
}

/// How often each of the entries wins in so many draws.
fn wins(entries: &[Entry], capacities: &[u16], draws: u64) -> BTreeMap<EntryId, u32> {
    let mut wins = BTreeMap::new();
    for number in 0..draws {
        for winner in draw(&seed_of(number), entries, capacities, None).winners {
            *wins.entry(winner.id).or_default() += 1;
        }
    }
    wins
}

#[test]
fn the_chance_is_the_same_for_the_first_tenth_and_the_last() {
    let wins = wins(&people(200), &[40], 500);
    let mut deciles = [0_u32; 10];
    for (id, count) in wins {
        deciles[usize::try_from(id.0).unwrap() / 20] += count;
    }
    // A tenth has 20 × 500 tries at 1 in 5: 2,000, with a standard deviation of 40 (less, as places are drawn without
    // being put back); five of them are allowed.
    assert!(
        deciles.iter().all(|count| (1_800..=2_200).contains(count)),
        "{deciles:?}"
    );
}

#[test]
fn the_first_drawn_are_as_weights_say() {
    // Of two, the one of weight w against 1 is first with w in w + 1.
    for (heavy, expected) in [(2, 1_000_u32), (4, 1_333), (10, 1_667)] {
        let pair = [entry(1, 1, heavy, &[]), entry(2, 1, 2, &[])];
        let won = wins(&pair, &[1], 2_000)[&EntryId(1)];
        assert!(won.abs_diff(expected) < 112, "{heavy}: {won}");
    }
    let missed = [entry(1, 1, MISSED_DOUBLED_WEIGHT, &[]), entry(2, 1, 2, &[])];
    assert!(wins(&missed, &[1], 2_000)[&EntryId(1)].abs_diff(667) < 106);
}

#[test]
fn more_entries_of_a_broker_s_clients_do_not_help_one_of_them() {
    // Forty clients of one broker among 120 others: their share of the places is their share of the entries.
    let wins = wins(&people(160), &[32], 500);
    let of_clients: u32 = wins.range(EntryId(0)..EntryId(40)).map(|(_, count)| count).sum();
    assert!(of_clients.abs_diff(4_000) < 300, "{of_clients}");
}

#[test]
fn losing_never_lowers_a_weight_and_the_lightest_member_counts() {
    for has_missed in [false, true] {
        let weights: Vec<u8> = (0..8).map(|lost| doubled_weight(Past { lost, has_missed })).collect();
        assert!(weights.is_sorted(), "{weights:?}");
    }
    let of = |lost| {
        doubled_weight(Past {
            lost,
            has_missed: false,
        })
    };
    assert_eq!(
        [of(0), of(1), of(4), of(5), of(u32::MAX)],
        [2, 4, 10, 10, DOUBLED_WEIGHT_MAX]
    );
    let family = [3, 1, 4].map(|lost| Past {
        lost,
        has_missed: false,
    });
    assert_eq!(doubled_weight_of_party(family), 4);
    let missed = Past {
        lost: 9,
        has_missed: true,
    };
    assert_eq!(doubled_weight_of_party([family[0], missed]), 1);
    assert_eq!(doubled_weight_of_party([]), FIRST_DOUBLED_WEIGHT);
}

#[test]
fn a_family_is_given_one_slot_or_none_and_a_smaller_one_behind_may_fit() {
    let entries = [entry(1, 3, 2, &[]), entry(2, 3, 2, &[]), entry(3, 1, 2, &[])];
    for number in 0..50 {
        let drawn = draw(&seed_of(number), &entries, &[2, 4], None);
        let slots: Vec<u16> = drawn.winners.iter().map(|winner| winner.slot).collect();
        // One family of three fits in the second slot, the single person somewhere; the other family nowhere.
        assert_eq!(drawn.winners.len(), 2, "{drawn:?}");
        assert_eq!(drawn.others.len(), 1);
        assert!(slots.contains(&1) && drawn.winners.iter().any(|winner| winner.id == EntryId(3)));
    }
}

#[test]
fn the_first_wish_with_room_is_fulfilled() {
    let draw = |slots: &[u16]| draw(&seed_of(1), &[entry(7, 2, 2, slots)], &[1, 2, 3], None).winners;
    let in_slot = |slot| vec![Winner { id: EntryId(7), slot }];
    assert_eq!(draw(&[]), in_slot(1));
    assert_eq!(draw(&[2, 1]), in_slot(2));
    assert_eq!(draw(&[0, 1]), in_slot(1));
    assert_eq!(draw(&[0]), []);
    assert_eq!(draw(&[9]), []);
}

#[test]
fn what_breaks_the_bounds_gets_nothing() {
    let entries = [
        entry(1, 0, 2, &[]),
        entry(2, 6, 2, &[]),
        entry(3, 1, 0, &[]),
        entry(4, 1, 2, &[]),
    ];
    let drawn = draw(&seed_of(1), &entries, &[100], None);
    assert_eq!(
        drawn.winners,
        [Winner {
            id: EntryId(4),
            slot: 0
        }]
    );
    assert_eq!(drawn.others.last(), Some(&EntryId(3)));
    assert_eq!(draw(&seed_of(1), &entries, &[], None).winners, []);
    assert_eq!(draw(&seed_of(1), &[], &[5], None), Drawn::default());
}

#[test]
fn a_draw_of_last_year_is_replayed_bit_for_bit() {
    // Values of an independent program (Python's hashlib and hmac).
    let entries = [
        entry(-5, 2, 2, &[1, 0]),
        entry(7, 1, 10, &[]),
        entry(i64::MAX, 5, 1, &[0]),
    ];
    let root = tree(&sorted(entries.to_vec())).root();
    assert_eq!(
        Hex(root).to_string(),
        "a243ba66202345f47f7b0bfb0cbe7683a750949ddf92b718678079a8ab22b7d0"
    );
    let seed = seed(&[9; 32], &root, "indeks 7.101,55");
    assert_eq!(
        Hex(seed).to_string(),
        "5f28aa719dbb05c1c3690917a5188128f2a90d880589fc3498c02341880fc94c"
    );
    let order: Vec<i64> = in_order(&seed, &entries).iter().map(|entry| entry.id.0).collect();
    assert_eq!(order, [7, -5, i64::MAX]);
}

#[test]
fn an_entry_is_published_with_its_number_as_text() {
    let text = r#"{"id":"-9223372036854775808","places":1,"doubled_weight":2}"#;
    let read: Entry = serde_json::from_str(text).unwrap();
    assert_eq!(read, entry(i64::MIN, 1, 2, &[]));
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
    for other in ["+1", "01", "-0", " 1", "1.0", "", "9223372036854775808"] {
        assert!(
            serde_json::from_str::<EntryId>(&format!("\"{other}\"")).is_err(),
            "{other:?}"
        );
    }
    assert!(serde_json::from_str::<EntryId>("1").is_err());
}

fn any_entry() -> impl Strategy<Value = Entry> {
    let slots = prop::collection::vec(0_u16..6, 0..5);
    (0_i64..40, 0_u16..8, 0_u8..14, slots).prop_map(|(id, places, weight, slots)| entry(id, places, weight, &slots))
}

proptest! {
    #[test]
    fn no_more_places_are_given_than_there_are(
        entries in prop::collection::vec(any_entry(), 0..60),
        capacities in prop::collection::vec(0_u16..12, 0..6),
        places_max in prop::option::of(0_u16..30),
        key: Hash,
    ) {
        let entries: BTreeMap<EntryId, Entry> = entries.into_iter().map(|entry| (entry.id, entry)).collect();
        let list: Vec<Entry> = entries.values().cloned().collect();
        let drawn = draw(&key, &list, &capacities, places_max);
        prop_assert_eq!(drawn.winners.len() + drawn.others.len(), entries.len());
        let mut given = vec![0_u16; capacities.len()];
        for winner in &drawn.winners {
            let entry = &entries[&winner.id];
            prop_assert!(entry.slots.is_empty() || entry.slots.contains(&winner.slot));
            given[usize::from(winner.slot)] += entry.places;
        }
        for (given, capacity) in given.iter().zip(&capacities) {
            prop_assert!(given <= capacity);
        }
        prop_assert!(given.iter().sum::<u16>() <= places_max.unwrap_or(u16::MAX));
    }

    #[test]
    fn a_number_that_stands_twice_gets_no_place_twice(
        entries in prop::collection::vec(any_entry(), 0..60),
        capacities in prop::collection::vec(0_u16..4, 1..4),
        key: Hash,
    ) {
        // Whoever calls refuses such entries (`transcript`); should one slip through, there still are no more places.
        let drawn = draw(&key, &entries, &capacities, None);
        prop_assert_eq!(drawn.winners.len() + drawn.others.len(), entries.len());
        for (slot, capacity) in (0_u16..).zip(&capacities) {
            let winners = drawn.winners.iter().filter(|winner| winner.slot == slot).count();
            prop_assert!(winners <= usize::from(*capacity));
        }
    }

    #[test]
    fn the_order_of_coming_changes_nothing(
        entries in prop::collection::btree_map(0_i64..1_000, (1_u16..6, 1_u8..11), 1..60),
        turn: prop::sample::Index,
        key: Hash,
    ) {
        let mut entries: Vec<Entry> = entries
            .into_iter()
            .map(|(id, (places, weight))| entry(id, places, weight, &[]))
            .collect();
        let (drawn, root) = (draw(&key, &entries, &[7, 9], Some(14)), tree(&sorted(entries.clone())).root());
        prop_assert_eq!(&draw(&key, &entries, &[7, 9], Some(14)), &drawn);
        let turn = turn.index(entries.len());
        entries.rotate_left(turn);
        entries.reverse();
        prop_assert_eq!(draw(&key, &entries, &[7, 9], Some(14)), drawn);
        prop_assert_eq!(tree(&sorted(entries)).root(), root);
    }

    #[test]
    fn more_weight_never_moves_an_entry_back(
        weights in prop::collection::vec(1_u8..10, 2..40),
        who: prop::sample::Index,
        key: Hash,
    ) {
        let mut entries: Vec<Entry> = weights.iter().zip(0..).map(|(weight, id)| entry(id, 1, *weight, &[])).collect();
        let who = who.index(entries.len());
        let id = entries[who].id;
        let place = |entries: &[Entry]| in_order(&key, entries).iter().position(|entry| entry.id == id).unwrap();
        let before = place(&entries);
        entries[who].doubled_weight += 1;
        prop_assert!(place(&entries) <= before);
    }

    #[test]
    fn a_leaf_holds_everything_that_the_draw_uses(one in any_entry(), other in any_entry()) {
        prop_assert_eq!(leaf(&one) == leaf(&other), one == other);
    }
}
