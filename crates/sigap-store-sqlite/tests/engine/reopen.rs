//! The promises about opening again, on files; and what only files do.

use std::path::Path;

use sigap_core::ids::PersonId;
use sigap_store::conformance::{REOPEN_CASES, Site};
use sigap_store::store::Done;
use sigap_store::{Fault, Store};
use sigap_store_sqlite::SqliteStore;

use super::{HERE, open, places, sealer, turn, wait, write};

struct Files<'a>(&'a Path);

impl Site for Files<'_> {
    fn open(&self) -> Box<dyn Store> {
        Box::new(open(self.0))
    }

    fn open_wrongly(&self) -> Option<Fault> {
        SqliteStore::open(&places(self.0), &sealer("5b")).err()
    }

    fn destroy_keys(&self, people: &[PersonId]) {
        let keys = rusqlite::Connection::open(places(self.0).keys).unwrap();
        for person in people {
            let gone = keys.execute("DELETE FROM person_key WHERE person_id = ?1", [person.0]);
            assert_eq!(gone.unwrap(), 1);
        }
        keys.close().unwrap();
    }

    fn wait(&self, done: Done<'_>) -> Result<(), Fault> {
        wait(done)
    }
}

#[test]
fn every_promise_about_opening_again_holds() {
    for case in REOPEN_CASES {
        println!("{}", case.name);
        let folder = tempfile::tempdir().unwrap();
        (case.run)(&Files(folder.path()));
    }
}

#[test]
fn a_destroyed_key_stands_in_no_file_any_more() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    write(&store, turn(1)).unwrap();
    write(&store, turn(2)).unwrap();
    let wrapped = |person: i64| -> Vec<u8> {
        let keys = rusqlite::Connection::open(places(folder.path()).keys).unwrap();
        keys.query_row("SELECT wrapped FROM person_key WHERE person_id = ?1", [person], |row| {
            row.get(0)
        })
        .unwrap()
    };
    let (gone, kept) = (wrapped(1), wrapped(2));
    let stands = |key: &[u8]| {
        ["sigap.keys.db", "sigap.keys.db-wal"].iter().any(|name| {
            let bytes = std::fs::read(folder.path().join(name)).unwrap_or_default();
            bytes.windows(key.len()).any(|window| window == key)
        })
    };
    assert!(stands(&gone) && stands(&kept));
    write(&store, |tx| tx.destroy_key(HERE, PersonId(1))).unwrap();
    assert!(!stands(&gone), "while the store is open");
    assert!(stands(&kept));
    assert_eq!(wrapped(1), Vec::<u8>::new());
    drop(store);
    assert!(!stands(&gone));
}

#[test]
fn closing_leaves_no_log_behind() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    write(&store, turn(1)).unwrap();
    drop(store);
    let mut left: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|file| file.unwrap().file_name())
        .collect();
    left.sort();
    assert_eq!(left, ["sigap.db", "sigap.keys.db"]);
}

#[test]
fn two_stores_that_write_at_the_same_time_lose_no_count() {
    let folder = tempfile::tempdir().unwrap();
    let (server, command) = (open(folder.path()), open(folder.path()));
    let count = |store: &SqliteStore| {
        for _ in 0..40 {
            write(store, |tx| tx.next_count(HERE, "both")).unwrap();
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(|| count(&server));
        scope.spawn(|| count(&command));
    });
    assert_eq!(write(&server, |tx| tx.next_count(HERE, "both")), Ok(81));
}
