//! What is planned, and what is refused.

use super::*;

const FIRST: Migration = Migration {
    name: "0001_a",
    sql: "CREATE TABLE a (x INTEGER NOT NULL);",
};
const SECOND: Migration = Migration {
    name: "0002_b",
    sql: "CREATE TABLE b (x INTEGER NOT NULL);",
};

fn applied(migrations: &[Migration]) -> Vec<(String, String)> {
    migrations
        .iter()
        .map(|it| (it.name.to_owned(), it.checksum()))
        .collect()
}

#[track_caller]
fn check_refused<T: std::fmt::Debug>(outcome: Result<T, Fault>, word: &str) {
    assert!(
        matches!(&outcome, Err(Fault::Refused(why)) if why.contains(word)),
        "{outcome:?}"
    );
}

#[test]
fn what_is_not_applied_is_due_in_order() {
    let all = [FIRST, SECOND];
    assert_eq!(plan(&[], &all), Ok(vec![&FIRST, &SECOND]));
    assert_eq!(plan(&applied(&[FIRST]), &all), Ok(vec![&SECOND]));
    assert_eq!(plan(&applied(&all), &all), Ok(vec![]));
}

#[test]
fn a_step_that_was_changed_after_it_was_applied_is_refused() {
    let changed = Migration {
        sql: "CREATE TABLE a (x TEXT NOT NULL);",
        ..FIRST
    };
    check_refused(plan(&applied(&[FIRST]), &[changed, SECOND]), "0001_a");
}

#[test]
fn a_database_of_a_newer_version_is_refused() {
    check_refused(plan(&applied(&[FIRST, SECOND]), &[FIRST]), "newer");
    // As many steps as we have, but not ours.
    check_refused(plan(&applied(&[SECOND]), &[FIRST]), "newer");
}

#[test]
fn only_a_database_of_this_version_passes() {
    let all = [FIRST, SECOND];
    assert_eq!(ensure_applied(&applied(&all), &all), Ok(()));
    check_refused(ensure_applied(&applied(&[FIRST]), &all), "sigap migrate");
    check_refused(ensure_applied(&applied(&all), &[FIRST]), "newer");
}

#[test]
fn the_checksum_is_the_one_that_stands_in_every_database() {
    assert_eq!(
        Migration { name: "", sql: "abc" }.checksum(),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
}
