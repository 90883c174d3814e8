//! Programs end with their output, and in time.

use std::time::{Duration, Instant};

use super::Program;

fn shell(script: &str) -> Program {
    Program::new("sh", &["-c", script])
}

#[test]
fn output_and_errors_are_both_kept() {
    let ended = shell("echo out; echo err >&2").run().unwrap();
    assert!(ended.is_success);
    assert!(ended.output.contains("out\n") && ended.output.contains("err\n"));
}

#[test]
fn a_bad_exit_code_is_named() {
    let ended = shell("exit 3").run().unwrap();
    assert!(!ended.is_success);
    assert!(ended.reason.contains('3'), "{}", ended.reason);
}

#[test]
fn a_program_that_hangs_is_ended() {
    let started = Instant::now();
    let ended = shell("exec sleep 60")
        .time_max(Duration::from_millis(200))
        .run()
        .unwrap();
    assert!(!ended.is_success);
    assert!(started.elapsed() < Duration::from_secs(30));
}

#[test]
fn a_service_is_handed_over_when_its_line_comes() {
    let (service, port) = shell("echo starting; echo port 4711; exec sleep 60")
        .start(|line| line.trim().strip_prefix("port ").map(String::from))
        .unwrap();
    assert_eq!(port, "4711");
    drop(service);
}

#[test]
fn a_service_that_ends_early_is_an_error_with_its_last_words() {
    let error = shell("echo no space left; exit 1")
        .start(|_| None::<()>)
        .map(|_| ())
        .unwrap_err();
    assert!(error.to_string().contains("no space left"));
}

#[test]
fn a_missing_program_is_an_error_that_names_it() {
    let error = Program::new("no-such-program-here", &[]).run().unwrap_err();
    assert!(error.to_string().contains("no-such-program-here"));
}
