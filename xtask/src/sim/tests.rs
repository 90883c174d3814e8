//! Words are understood before anything is built.

use super::not_understood;

#[track_caller]
fn check(line: &str, expected: Option<&str>) {
    let words: Vec<&str> = line.split_whitespace().collect();
    assert_eq!(not_understood(&words), expected, "{line}");
}

#[test]
fn one_wish_at_a_time_is_understood() {
    check("--seed 7", None);
    check("--seeds 1..20", None);
    check("--charts", None);
    check("--seed 7 --charts", Some("--charts"));
    check("--charts docs", Some("docs"));
}

#[test]
fn other_words_are_not_understood() {
    check("--seed seven", Some("--seed"));
    check("--seed", Some("--seed"));
    check("--seeds 1-20", Some("--seeds"));
    check("--sideways", Some("--sideways"));
}
