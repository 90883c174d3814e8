//! The words of `cargo xtask pg`, and how it ends.

use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;

use super::{Care, Database, RESTARTS, URL, exit_code, order};

fn words(line: &str) -> Vec<String> {
    line.split_whitespace().map(String::from).collect()
}

#[test]
fn words_after_two_dashes_are_the_command() {
    let words = words("--durable -- psql --help");
    let order = order(&words).unwrap();
    assert_eq!(order.care, Care::Durable);
    assert_eq!(order.command, ["psql", "--help"]);
}

#[test]
fn without_a_command_it_waits() {
    assert!(order(&[]).unwrap().command.is_empty());
    assert_eq!(order(&words("--")), Err("--"));
    assert_eq!(order(&words("psql")), Err("psql"));
}

#[test]
fn an_exit_status_is_passed_on() {
    assert_eq!(exit_code(ExitStatus::from_raw(3 << 8)), 3);
    assert_eq!(exit_code(ExitStatus::from_raw(9)), 128 + 9);
}

#[test]
fn a_given_server_is_not_said_to_be_started_again() {
    let database = Database::Given("postgres://somewhere".into());
    let environment = database.environment();
    assert!(environment.contains(&(URL, "postgres://somewhere".into())));
    assert!(environment.iter().all(|(name, _)| *name != RESTARTS));
}

#[test]
fn a_password_in_an_address_is_not_shown() {
    let database = Database::Given("postgres://somebody:secret@127.0.0.1:1/nowhere".into());
    assert!(!database.describe().contains("secret"));
}
