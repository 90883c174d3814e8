use super::*;

#[test]
fn the_same_seed_gives_the_same_numbers_and_another_one_others() {
    let numbers = |seed| {
        let mut chance = Chance::new(seed);
        [chance.next(), chance.next(), chance.next()]
    };
    assert_eq!(numbers(7), numbers(7));
    assert_ne!(numbers(7), numbers(8));
}

#[test]
fn a_shuffle_keeps_everything_and_moves_something() {
    let mut values: Vec<u32> = (0..50).collect();
    Chance::new(1).shuffle(&mut values);
    assert_ne!(values, (0..50).collect::<Vec<_>>());
    values.sort_unstable();
    assert_eq!(values, (0..50).collect::<Vec<_>>());
}

#[test]
fn nothing_is_picked_from_nothing() {
    let mut chance = Chance::new(1);
    assert_eq!(chance.pick::<u8>(&[]), None);
    assert_eq!(chance.below(0), 0);
    assert!(!chance.happens(0));
    assert!(chance.happens(100));
}
