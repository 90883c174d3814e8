//! Words are understood before anything is built.

use super::not_understood;

#[track_caller]
fn check(line: &str, expected: Option<&str>) {
    let words: Vec<String> = line.split_whitespace().map(String::from).collect();
    assert_eq!(not_understood(&words), expected, "{line}");
}

#[test]
fn seeds_and_steps_are_numbers() {
    check("--seed 7", None);
    check("--seeds 1..12 --steps 500", None);
    check("--seed seven", Some("--seed"));
    check("--seeds 1-12", Some("--seeds"));
    check("--seeds 1..12 --steps", Some("--steps"));
}

#[test]
fn other_words_are_not_understood() {
    check("--seed 7 --sideways", Some("--sideways"));
    check("7", Some("7"));
}
