//! The closing lines of every runner we start.

use super::Tally;

#[track_caller]
fn check(output: &str, passed: u64, failed: u64) {
    assert_eq!(Tally::read(output), Tally { passed, failed }, "{output}");
}

#[test]
fn libtest_lines_are_summed_over_all_binaries() {
    check(
        "running 2 tests\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
         test result: FAILED. 5 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s\n",
        7,
        1,
    );
}

#[test]
fn nextest_is_read_whether_good_slow_or_bad() {
    check("     Summary [   0.042s] 12 tests run: 12 passed, 0 skipped\n", 12, 0);
    check(
        "     Summary [  61.5s] 12 tests run: 11 passed (1 slow), 1 failed, 2 skipped\n",
        11,
        1,
    );
    check(
        "     Summary [  61.5s] 9/12 tests run: 7 passed, 1 failed, 1 timed out, 0 skipped\n",
        7,
        2,
    );
    check(
        "     Summary [  1.5s] 3 tests run: 1 passed, 1 failed, 1 exec failed, 0 skipped\n",
        1,
        2,
    );
}

#[test]
fn nextest_is_read_through_its_colours() {
    check(
        "\u{1b}[32;1m     Summary\u{1b}[0m [   0.1s] \u{1b}[1m3\u{1b}[0m tests run: \u{1b}[1m3\u{1b}[0m \u{1b}[32;1mpassed\u{1b}[0m, 0 skipped",
        3,
        0,
    );
}

#[test]
fn a_failed_test_that_nextest_shows_again_is_counted_once() {
    check(
        "  stdout: test result: FAILED. 0 passed; 1 failed; 0 ignored\n\
         test result: FAILED. 0 passed; 1 failed; 0 ignored\n\
         Summary [  0.1s] 5 tests run: 4 passed, 1 failed, 0 skipped\n",
        4,
        1,
    );
}

#[test]
fn our_own_closing_line_is_read() {
    check("figures\nchecked 10, failed 3\n", 7, 3);
}

#[test]
fn other_lines_count_for_nothing() {
    check(
        "checked everything, failed nothing\nI passed 3 exams\nSummary of the day\n",
        0,
        0,
    );
    assert!(Tally::read("").is_empty());
}
