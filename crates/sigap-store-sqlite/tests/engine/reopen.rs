//! What is there after closing and opening again, with the right key and the wrong one, and beside another process.

use sigap_core::ids::PersonId;
use sigap_store::Fault;
use sigap_store_sqlite::SqliteStore;

use super::{HERE, ME, open, owed, places, read, received, sealer, turn, write};

#[test]
fn data_keys_and_owed_rows_are_there_after_reopening() {
    let folder = tempfile::tempdir().unwrap();
    for round in 0..3 {
        let store = open(folder.path());
        for n in 0..5 {
            write(&store, turn(round * 5 + n)).unwrap();
        }
        drop(store);
        let store = open(folder.path());
        let (inbox, waiting) = read(&store, |tx| Ok((tx.list_owed(HERE, 99)?, tx.find_backlog()?))).unwrap();
        let written = round * 5 + 5;
        assert_eq!(inbox, (0..written).map(received).collect::<Vec<_>>());
        assert_eq!(waiting.unsent, u64::try_from(written).unwrap());
        for n in 0..written {
            let kept = read(&store, move |tx| tx.find_owed(HERE, owed(n).id)).unwrap();
            assert_eq!(kept, Some(owed(n)));
        }
    }
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
fn the_wrong_master_key_opens_nothing_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    write(&store, turn(1)).unwrap();
    drop(store);
    let wrong = SqliteStore::open(&places(folder.path()), &sealer("5b"));
    assert_eq!(wrong.err(), Some(Fault::Sealed { column: "person_key" }));
    let store = open(folder.path());
    assert_eq!(read(&store, |tx| tx.list_owed(HERE, 9)).unwrap(), [received(1)]);
}

#[test]
fn a_person_whose_key_was_destroyed_is_sealed_for_ever_and_nobody_else_is() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    write(&store, turn(1)).unwrap();
    write(&store, turn(2)).unwrap();
    drop(store);
    let keys = rusqlite::Connection::open(places(folder.path()).keys).unwrap();
    assert_eq!(
        keys.execute("DELETE FROM person_key WHERE person_id = 1", []).unwrap(),
        1
    );
    keys.close().unwrap();
    let store = open(folder.path());
    let contact = |person| read(&store, move |tx| tx.find_contact(HERE, PersonId(person)));
    assert_eq!(
        contact(1),
        Err(Fault::Sealed {
            column: "person.contact"
        })
    );
    assert!(contact(2).unwrap().is_some());
}

#[test]
fn words_that_nobody_can_read_hold_up_nobody_else() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    for n in 1..=4 {
        write(&store, turn(n)).unwrap();
    }
    let (due, late) = (owed(9).created_at, owed(9).expires_at);
    let under_way = write(&store, move |tx| tx.claim_due(HERE, due, due, ME, 2)).unwrap();
    assert_eq!(under_way.len(), 2);
    drop(store);
    let keys = rusqlite::Connection::open(places(folder.path()).keys).unwrap();
    keys.execute("DELETE FROM person_key WHERE person_id IN (1, 3)", [])
        .unwrap();
    keys.close().unwrap();
    let store = open(folder.path());
    let ids = |n: i64| vec![owed(n).id];
    let claimed = write(&store, move |tx| tx.claim_due(HERE, due, late, ME, 9)).unwrap();
    assert_eq!(claimed.into_iter().map(|it| it.row.id).collect::<Vec<_>>(), ids(4));
    let unsettled = write(&store, move |tx| tx.list_unsettled(HERE, due, 9)).unwrap();
    assert_eq!(unsettled.into_iter().map(|row| row.id).collect::<Vec<_>>(), ids(2));
    let inbox = read(&store, |tx| tx.list_owed(HERE, 9)).unwrap();
    assert_eq!(inbox, [received(2), received(4)]);
    assert_eq!(
        read(&store, |tx| tx.find_backlog()).unwrap().unsent,
        2,
        "the others have ended"
    );
}

#[test]
fn two_stores_on_the_same_files_both_write_and_see_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let (server, command) = (open(folder.path()), open(folder.path()));
    for n in 0..10 {
        write(if n % 2 == 0 { &server } else { &command }, turn(n)).unwrap();
    }
    // A person met by one is known to the other, key and all.
    let again = received(100);
    let met = |store: &SqliteStore| {
        let contact = again.content.as_ref().unwrap().message.from.clone();
        let row = again.clone();
        write(store, move |tx| {
            let person = tx.ensure_person(HERE, &contact, row.person, row.received_at)?;
            Ok((person, tx.insert_received(HERE, &row)?))
        })
        .unwrap()
    };
    assert_eq!(met(&server), (PersonId(100), true));
    assert_eq!(met(&command), (PersonId(100), false));
    for store in [&server, &command] {
        let rows = read(store, |tx| tx.list_owed(HERE, 99)).unwrap();
        assert_eq!(rows, (0..10).chain([100]).map(received).collect::<Vec<_>>());
    }
    assert_eq!(write(&command, |tx| tx.next_count(HERE, "turns")), Ok(11));
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
