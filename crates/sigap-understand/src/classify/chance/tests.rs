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
fn nothing_is_picked_from_nothing() {
    let mut chance = Chance::new(1);
    assert_eq!(chance.pick::<u8>(&[]), None);
    assert_eq!(chance.below(0), 0);
    assert!(!chance.happens(0));
    assert!(chance.happens(100));
}
