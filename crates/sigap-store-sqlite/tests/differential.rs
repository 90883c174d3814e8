//! Random operations on a store in memory and on one on files: they say the same, and a store that does not is found out.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use sigap_core::ids::{OfficeId, PersonId};
use sigap_store::conformance::Subject;
use sigap_store::differential::{Difference, Run, STEPS, Summary, methods, run};
use sigap_store::sealing::{MasterKey, Sealer, system_random};
use sigap_store::store::{Done, Work};
use sigap_store::{Fault, Store};
use sigap_store_sqlite::{Places, SqliteStore};

#[test]
fn memory_and_files_agree() {
    for seed in 1..=5 {
        let folder = tempfile::tempdir().unwrap();
        let places = Places {
            database: folder.path().join("sigap.db"),
            keys: folder.path().join("sigap.keys.db"),
        };
        let files = SqliteStore::open(&places, &sealer()).unwrap();
        let summary = compare(seed, 300, &memory(&format!("files {seed}")), &files);
        if let Err(difference) = summary {
            panic!("{difference}");
        }
    }
}

/// Runs; `cargo xtask diff` makes many more.
const SEEDS: u64 = 8;
/// Methods that may have given one answer only, of some two hundred.
const MONOTONE_MAX: usize = 4;

#[test]
fn a_run_calls_every_storage_method_and_hears_more_than_one_answer() {
    let mut answers: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    let mut seeds: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in 1..=SEEDS {
        let name = |side| format!("every method {seed} {side}");
        let summary = compare(seed, 2 * STEPS, &memory(&name("left")), &memory(&name("right"))).unwrap();
        for method in methods() {
            let times = summary.exercised.get(method).copied().unwrap_or_default();
            *seeds.entry(method).or_default() += usize::from(times > 0);
        }
        assert!(summary.transactions >= STEPS && summary.operations >= 2 * STEPS);
        assert!(summary.refused >= 20 && summary.undone >= 20, "{summary:?}");
        assert!(summary.undone < summary.transactions / 2, "most transactions are kept");
        for (method, heard) in summary.answers {
            answers.entry(method).or_default().extend(heard);
        }
    }
    for (method, seeds) in seeds {
        assert!(
            seeds >= 4,
            "only {seeds} of {SEEDS} seeds called `{method}` with success"
        );
    }
    let says_nothing = BTreeSet::from(["()".to_owned()]);
    let monotone: Vec<_> = answers
        .into_iter()
        .filter(|(_, heard)| heard.len() < 2 && *heard != says_nothing)
        .collect();
    // Chance misses a rare meeting now and then; the cases of conformance say each of them.
    assert!(monotone.len() <= MONOTONE_MAX, "only ever said one thing: {monotone:?}");
}

#[test]
fn a_row_written_past_the_run_is_found() {
    let (left, right) = (memory("past left"), memory("past right"));
    let work: Work = Box::new(|tx| tx.set_opt_out(OfficeId(1), PersonId(1), true));
    wait(right.write(OfficeId(1), work)).unwrap();
    let work: Work = Box::new(|tx| tx.next_count(OfficeId(1), "status").map(|_| ()));
    wait(right.write(OfficeId(1), work)).unwrap();
    let told = compare(4, STEPS, &left, &right).unwrap_err().to_string();
    assert!(told.contains("cargo xtask diff --seed 4 --steps "), "{told}");
}

#[test]
fn a_store_that_loses_a_transaction_is_found_out() {
    found_out("loses", Weakness::LosesATransaction);
}

#[test]
fn a_store_that_keeps_what_was_undone_is_found_out() {
    found_out("keeps", Weakness::KeepsWhatWasUndone);
}

#[test]
fn a_store_that_writes_once_too_often_is_found_out() {
    found_out("too often", Weakness::WritesTooMuch);
}

#[test]
fn a_store_whose_reads_can_write_is_found_out() {
    found_out("reads", Weakness::WritesInReads);
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weakness {
    LosesATransaction,
    KeepsWhatWasUndone,
    WritesTooMuch,
    WritesInReads,
}

/// A store with one weakness, that shows at one transaction in twenty.
struct Weak {
    store: SqliteStore,
    weakness: Weakness,
    written: Mutex<u32>,
}

impl Store for Weak {
    fn write(&self, office: OfficeId, mut work: Work) -> Done<'_> {
        let mut written = self.written.lock().unwrap();
        *written += 1;
        if !written.is_multiple_of(20) {
            return self.store.write(office, work);
        }
        let weakness = self.weakness;
        let outcome = Arc::new(Mutex::new(Ok(())));
        let told = Arc::clone(&outcome);
        let weak: Work = Box::new(move |tx| {
            let ended = work(tx);
            *told.lock().unwrap() = ended.clone();
            match weakness {
                Weakness::LosesATransaction => Err(Fault::Unreadable("lost")),
                Weakness::KeepsWhatWasUndone => Ok(()),
                Weakness::WritesTooMuch => ended.and_then(|()| tx.next_count(office, "x").map(|_| ())),
                Weakness::WritesInReads => ended,
            }
        });
        Box::pin(async move {
            self.store.write(office, weak).await.ok();
            outcome.lock().unwrap().clone()
        })
    }

    fn read(&self, work: Work) -> Done<'_> {
        if self.weakness == Weakness::WritesInReads {
            return self.store.write(OfficeId(1), work);
        }
        self.store.read(work)
    }
}

/// Every one of these seeds shows it; the message tells how to see it again.
#[track_caller]
fn found_out(name: &str, weakness: Weakness) {
    for seed in 1..=3 {
        let store = memory(&format!("{name} {seed} right"));
        let weak = Weak {
            store,
            weakness,
            written: Mutex::new(0),
        };
        let told = compare(seed, STEPS, &memory(&format!("{name} {seed} left")), &weak)
            .unwrap_err()
            .to_string();
        assert!(told.contains(&format!("cargo xtask diff --seed {seed} ")), "{told}");
    }
}

fn compare(seed: u64, steps: usize, left: &dyn Store, right: &dyn Store) -> Result<Summary, Difference> {
    let [left, right] = [left, right].map(|store| Subject { store, wait: &wait });
    run(&Run { seed, steps }, &left, &right)
}

fn wait(done: Done<'_>) -> Result<(), Fault> {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(done)
}

fn memory(name: &str) -> SqliteStore {
    SqliteStore::in_memory(&format!("differential {name}"), &sealer()).unwrap()
}

/// One master key for all: the order of equals hangs on it.
fn sealer() -> Sealer {
    Sealer::new(MasterKey::from_hex(&"5a".repeat(32)).unwrap(), system_random)
}
