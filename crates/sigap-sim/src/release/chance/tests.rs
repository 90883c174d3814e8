//! The same seed, the same chance; another question, another chance.

use super::*;

#[test]
fn a_seed_gives_the_same_again_and_another_label_another() {
    let draw = |seed, about, labels: &[u64]| Chance::new(seed, about, labels).draw();
    assert_eq!(draw(1, About::Person, &[7]), draw(1, About::Person, &[7]));
    let mut drawn = vec![
        draw(1, About::Person, &[7]),
        draw(2, About::Person, &[7]),
        draw(1, About::Deed, &[7]),
        draw(1, About::Person, &[8]),
        draw(1, About::Person, &[]),
        draw(1, About::Person, &[7, 0]),
        draw(1, About::Person, &[0, 7]),
    ];
    drawn.sort_unstable();
    drawn.dedup();
    assert_eq!(drawn.len(), 7);
}

#[test]
fn numbers_stay_in_their_range_and_fill_it() {
    let mut chance = Chance::new(3, About::Course, &[]);
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..2_000 {
        let number = chance.within(&(-3..=3));
        assert!((-3..=3).contains(&number));
        seen.insert(number);
        assert_eq!(chance.below(1), 0);
    }
    assert_eq!(seen.len(), 7);
}

#[test]
fn neighbouring_labels_are_independent() {
    // A quarter of all, among parties that differ in one number only: 2,500 of 10,000, with a deviation of 43.
    let happens = |id: u64| Chance::new(1, About::Deed, &[id, 5]).happens(250);
    let count = (0..10_000).filter(|id| happens(*id)).count();
    assert!(count.abs_diff(2_500) < 220, "{count}");
    let both = (0..10_000).filter(|id| happens(*id) && happens(id + 1)).count();
    assert!(both.abs_diff(625) < 125, "{both}");
}
