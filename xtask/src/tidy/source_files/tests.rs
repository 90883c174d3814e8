//! A good and a bad file for each rule.

use super::super::Rule;
use super::super::tree::Tree;
use super::{HEAD, NAME, SIZE, TESTS_APART};

#[track_caller]
fn check(rule: &Rule, path: &str, text: &str, expected: usize) {
    assert_eq!((rule.check)(&Tree::of(&[(path, text)])).len(), expected, "{path}");
}

#[test]
fn a_file_begins_with_what_it_is_for() {
    check(&HEAD, "src/a.rs", "//! Counts people in a queue.\n", 0);
    check(&HEAD, "src/a.rs", "use std::fmt;\n", 1);
    check(&HEAD, "src/a.rs", "//! \n", 1);
    check(&HEAD, "src/a.rs", "", 1);
    check(&HEAD, "src/a/tests.rs", "use super::A;\n", 0);
    check(&HEAD, "docs/a.md", "# no Rust\n", 0);
}

#[test]
fn a_file_ends_before_line_601() {
    check(&SIZE, "src/a.rs", &"//\n".repeat(600), 0);
    check(&SIZE, "src/a.rs", &"//\n".repeat(601), 1);
    check(&SIZE, "a.toml", &"#\n".repeat(601), 0);
}

#[test]
fn a_file_has_a_name_that_says_something() {
    check(&NAME, "src/queue.rs", "", 0);
    check(&NAME, "src/queue/mod.rs", "", 1);
    check(&NAME, "src/utils.rs", "", 1);
    check(&NAME, "src/helpers/date.rs", "", 1);
    check(&NAME, "src/commonplace.rs", "", 0);
}

#[test]
fn tests_stand_in_a_file_of_their_own() {
    check(&TESTS_APART, "src/a.rs", "#[cfg(test)]\nmod tests;\n", 0);
    check(&TESTS_APART, "src/a.rs", "#[cfg(test)]\nmod tests {\n}\n", 1);
    check(&TESTS_APART, "src/a.rs", "// mod tests {\n", 0);
}
