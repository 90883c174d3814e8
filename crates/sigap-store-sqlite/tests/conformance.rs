//! Every promise of `sigap-store` on this engine, each case on a fresh store in memory and on a fresh pair of files.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::panic::{AssertUnwindSafe, catch_unwind};

use sigap_store::conformance::{Subject, cases};
use sigap_store::sealing::{MasterKey, Sealer, system_random};
use sigap_store_sqlite::{Places, SqliteStore};

#[test]
fn every_case_holds_in_memory() {
    check(|name| SqliteStore::in_memory(&format!("conformance {name}"), &sealer()).unwrap());
}

#[test]
fn every_case_holds_on_files() {
    let folder = tempfile::tempdir().unwrap();
    check(|name| {
        let file = name.replace(' ', "-");
        let places = Places {
            database: folder.path().join(format!("{file}.db")),
            keys: folder.path().join(format!("{file}.keys.db")),
        };
        SqliteStore::open(&places, &sealer()).unwrap()
    });
}

#[test]
fn no_two_cases_have_one_name() {
    let mut names: Vec<_> = cases().map(|case| case.name).collect();
    let listed = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), listed);
    assert!(listed >= 60, "{listed} cases");
}

fn sealer() -> Sealer {
    Sealer::new(MasterKey::from_hex(&"5a".repeat(32)).unwrap(), system_random)
}

#[track_caller]
fn check(open: impl Fn(&str) -> SqliteStore) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let mut broken = Vec::new();
    for case in cases() {
        let store = open(case.name);
        let subject = Subject {
            store: &store,
            wait: &|done| runtime.block_on(done),
        };
        if catch_unwind(AssertUnwindSafe(|| (case.run)(&subject))).is_err() {
            broken.push(case.name);
        }
    }
    assert!(broken.is_empty(), "broken promises: {broken:#?}");
}
