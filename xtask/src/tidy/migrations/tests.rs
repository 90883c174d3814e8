//! Folders of migrations, whole and with holes.

use super::super::tree::Tree;
use super::{DATA, NAMES};
use crate::tidy::Rule;

const SQLITE: &str = "crates/sigap-store-sqlite";
const PG: &str = "crates/sigap-store-pg";
const STORE: &str = "crates/sigap-store";

fn count(rule: &Rule, paths: &[String]) -> usize {
    let files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "")).collect();
    (rule.check)(&Tree::of(&files)).len()
}

fn both(folder: &str, names: &[&str]) -> Vec<String> {
    [SQLITE, PG]
        .iter()
        .flat_map(|engine| names.iter().map(move |name| format!("{engine}/{folder}/{name}")))
        .collect()
}

#[test]
fn the_same_steps_without_gaps_pass() {
    let mut paths = both("migrations", &["0001_the_line.sql", "0002_processes.sql"]);
    paths.extend(both("keys_migrations", &["0001_person_key.sql"]));
    assert_eq!(count(&NAMES, &paths), 0);
    assert_eq!(count(&NAMES, &[]), 0);
}

#[test]
fn a_step_that_one_engine_lacks_is_found() {
    for folder in ["migrations", "keys_migrations"] {
        let mut paths = both(folder, &["0001_first.sql"]);
        paths.push(format!("{SQLITE}/{folder}/0002_second.sql"));
        assert_eq!(count(&NAMES, &paths), 1, "{folder}");
    }
}

#[test]
fn a_database_that_one_engine_has_alone_passes() {
    assert_eq!(count(&NAMES, &[format!("{SQLITE}/migrations/0001_first.sql")]), 0);
}

#[test]
fn gaps_twins_and_strange_names_are_found() {
    let wrong = [
        &["0001_first.sql", "0003_third.sql"][..],
        &["0002_first.sql"],
        &["0001_first.sql", "0001_other.sql"],
        &["0001_First.sql"],
        &["0001.sql"],
        &["first.sql"],
        &["0001_first.txt"],
    ];
    for names in wrong {
        assert_eq!(count(&NAMES, &both("migrations", names)), 2, "{names:?}");
    }
}

#[test]
fn every_step_has_its_data() {
    let mut paths = both("migrations", &["0001_first.sql", "0002_second.sql"]);
    assert_eq!(count(&DATA, &paths), 0, "before there is any data");
    paths.push(format!("{STORE}/migration_data/0001_first.sql"));
    assert_eq!(count(&DATA, &paths), 1);
    paths.push(format!("{STORE}/migration_data/0002_second.txt"));
    assert_eq!(count(&DATA, &paths), 0);
    paths.push(format!("{STORE}/migration_data/0003_third.sql"));
    assert_eq!(count(&DATA, &paths), 1);
}

#[test]
fn the_key_store_needs_no_data() {
    let mut paths = both("migrations", &["0001_first.sql"]);
    paths.extend(both("keys_migrations", &["0001_person_key.sql"]));
    paths.push(format!("{STORE}/migration_data/0001_first.sql"));
    assert_eq!(count(&DATA, &paths), 0);
}
