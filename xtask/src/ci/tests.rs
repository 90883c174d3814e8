//! The closing sum cannot be green by accident.

use std::time::Duration;

use super::{STEPS, counted, report_line, verdict};
use crate::Verdict;
use crate::program::Ended;
use crate::tally::Tally;

fn ended(is_success: bool, output: &str) -> Ended {
    Ended {
        is_success,
        reason: "ended".into(),
        output: output.into(),
    }
}

#[test]
fn nothing_run_is_not_a_pass() {
    assert_eq!(verdict(Tally::default()), Verdict::Failed);
    assert_eq!(verdict(Tally { passed: 3, failed: 0 }), Verdict::Passed);
    assert_eq!(verdict(Tally { passed: 300, failed: 1 }), Verdict::Failed);
}

#[test]
fn a_runner_that_checked_nothing_has_failed() {
    assert_eq!(counted(&ended(true, "done")).unwrap().failed, 1);
}

#[test]
fn a_runner_that_crashed_after_green_tests_has_failed() {
    let tally = counted(&ended(false, "checked 5, failed 0\n")).unwrap();
    assert_eq!(tally, Tally { passed: 5, failed: 1 });
}

#[test]
fn a_failure_is_counted_once() {
    let tally = counted(&ended(false, "checked 5, failed 2\n")).unwrap();
    assert_eq!(tally, Tally { passed: 3, failed: 2 });
}

#[test]
fn a_report_line_shows_the_worst() {
    let line = |passed, failed| report_line("tidy", Tally { passed, failed }, Duration::from_secs(2));
    assert!(line(4, 1).contains("FAILED"));
    assert!(line(4, 0).contains("ok"));
    assert!(line(0, 0).contains("skipped"));
    assert!(line(4, 0).contains("2.0 s"));
}

#[test]
fn step_names_are_different() {
    let mut names: Vec<_> = STEPS.iter().map(|step| step.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), STEPS.len());
}

#[test]
fn the_server_is_there_before_anything_that_could_use_it() {
    let place = |name: &str| STEPS.iter().position(|step| step.name == name).unwrap();
    assert_eq!(place("postgres"), place("setup") + 1);
    assert!(place("differential") > place("release build"));
    assert!(place("fair release") > place("release build"));
    assert!(place("kill -9, postgres") > place("release build"));
}
