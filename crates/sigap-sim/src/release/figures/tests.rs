//! How figures are written.

use super::*;

#[test]
fn shares_are_rounded_to_a_tenth_of_a_percent() {
    let is = |part, whole, expected| assert_eq!(percent(part, whole), expected);
    is(1, 3, "33.3 %");
    is(2, 3, "66.7 %");
    is(1, 1, "100.0 %");
    is(0, 7, "0.0 %");
    is(1, 2_000, "0.1 %");
    is(1, 2_001, "0.0 %");
    is(5, 0, "–");
}

#[test]
fn durations_are_told_as_people_do() {
    let is = |seconds, expected| assert_eq!(duration(seconds), expected);
    is(3, "3 s");
    is(119, "119 s");
    is(120, "2 min");
    is(1_800, "30 min");
    is(7_200, "2.0 h");
    is(12_959, "3.5 h");
}

#[test]
fn a_table_has_a_cell_for_each_title() {
    let text = table(&["a", "b"], [vec!["1".into(), "2".into()]].into_iter());
    assert_eq!(text, "| a | b |\n|---|--:|\n| 1 | 2 |\n");
}
