//! One writer, many who wait.

use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};

use sigap_core::ids::PersonId;
use sigap_core::person::Contact;
use sigap_store::records::ConversationRow;
use sigap_store::sealing::{Held, MasterKey, system_random};
use sigap_store::{Tx, read, write};

use super::*;

const HERE: OfficeId = OfficeId(1);
const THERE: OfficeId = OfficeId(2);

fn sealer() -> Sealer {
    Sealer::new(MasterKey::from_hex(&"5a".repeat(32)).unwrap(), system_random)
}

fn places(folder: &Path) -> Places {
    Places {
        database: folder.join("sigap.db"),
        keys: folder.join("sigap.keys.db"),
    }
}

fn open_store(folder: &Path) -> SqliteStore {
    SqliteStore::open(&places(folder), &sealer()).unwrap()
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(future)
}

fn count(tx: &mut dyn Tx) -> Result<(), Fault> {
    tx.next_count(HERE, "works").map(|_| ())
}

/// A work that stands in the writer until it is let go: tells that it began, then waits for word.
struct Gate {
    began: Receiver<()>,
    go: Sender<()>,
}

fn gate() -> (Gate, Work) {
    let ((tell, began), (go, wait)) = (channel(), channel());
    let work: Work = Box::new(move |_| {
        tell.send(()).unwrap();
        wait.recv().unwrap();
        Ok(())
    });
    (Gate { began, go }, work)
}

/// Commits in a log: frames whose header names the size of the database after it (SQLite, file format 4.1).
fn commits(folder: &Path) -> usize {
    let log = std::fs::read(folder.join("sigap.db-wal")).unwrap();
    let word = |at: usize| u32::from_be_bytes(log[at..at + 4].try_into().unwrap());
    let frame = 24 + word(8) as usize;
    (32..log.len()).step_by(frame).filter(|at| word(at + 4) != 0).count()
}

#[test]
fn works_that_wait_are_committed_together() {
    let folder = tempfile::tempdir().unwrap();
    let store = open_store(folder.path());
    wait(write(&store, HERE, count)).unwrap();
    let before = commits(folder.path());
    let (gate, work) = gate();
    let mut dones = vec![store.write(HERE, work)];
    gate.began.recv().unwrap();
    dones.extend((0..1_200).map(|_| store.write(HERE, Box::new(count))));
    gate.go.send(()).unwrap();
    assert!(wait(futures_util::future::join_all(dones)).iter().all(Result::is_ok));
    // The gate wrote nothing; 1,200 works are two full batches and a rest.
    assert_eq!(commits(folder.path()) - before, 1_200_usize.div_ceil(BATCH_MAX));
    assert_eq!(wait(write(&store, HERE, |tx| tx.next_count(HERE, "works"))), Ok(1_202));
}

#[test]
fn a_flood_at_one_office_delays_another_by_one_work() {
    let store = SqliteStore::in_memory("fairness", &sealer()).unwrap();
    let (gate, work) = gate();
    let mut dones = vec![store.write(HERE, work)];
    gate.began.recv().unwrap();
    let order = Arc::new(Mutex::new(Vec::new()));
    let noting = |office: OfficeId| -> Work {
        let order = Arc::clone(&order);
        Box::new(move |_| {
            order.lock().unwrap().push(office);
            Ok(())
        })
    };
    dones.extend((0..1_000).map(|_| store.write(HERE, noting(HERE))));
    dones.extend((0..2).map(|_| store.write(THERE, noting(THERE))));
    gate.go.send(()).unwrap();
    assert!(wait(futures_util::future::join_all(dones)).iter().all(Result::is_ok));
    let order = order.lock().unwrap();
    assert_eq!(order[..5], [HERE, THERE, HERE, THERE, HERE]);
    assert_eq!(order.len(), 1_002);
}

#[test]
fn closing_finishes_what_waits_and_takes_nothing_more() {
    let folder = tempfile::tempdir().unwrap();
    let store = open_store(folder.path());
    let line = Arc::clone(&store.writes);
    let (gate, work) = gate();
    let mut waiting = vec![enqueue(&line, HERE, work, false)];
    gate.began.recv().unwrap();
    waiting.extend((0..100).map(|_| enqueue(&line, HERE, Box::new(count), false)));
    let closing = std::thread::spawn(move || drop(store));
    while !lock(&line.0).is_closing {
        std::thread::yield_now();
    }
    let late = enqueue(&line, HERE, Box::new(count), false);
    assert_eq!(wait(late), Err(Fault::Closed));
    gate.go.send(()).unwrap();
    assert!(wait(futures_util::future::join_all(waiting)).iter().all(Result::is_ok));
    closing.join().unwrap();
    assert_eq!(wait(enqueue(&line, HERE, Box::new(count), false)), Err(Fault::Closed));
    let store = open_store(folder.path());
    assert_eq!(wait(write(&store, HERE, |tx| tx.next_count(HERE, "works"))), Ok(101));
}

#[test]
fn a_read_sees_nothing_that_is_not_committed() {
    let folder = tempfile::tempdir().unwrap();
    let store = open_store(folder.path());
    let ((tell, began), (go, word)) = (channel(), channel());
    let writing = store.write(
        HERE,
        Box::new(move |tx| {
            tx.save_conversation(HERE, PersonId(1), &dialogue())?;
            tell.send(()).unwrap();
            word.recv().unwrap();
            Ok(())
        }),
    );
    began.recv().unwrap();
    let find = || wait(read(&store, |tx| tx.find_conversation(HERE, PersonId(1)))).unwrap();
    assert_eq!(find(), None);
    go.send(()).unwrap();
    wait(writing).unwrap();
    assert_eq!(find(), Some(dialogue()));
}

#[test]
fn a_read_keeps_its_picture_while_others_write() {
    let folder = tempfile::tempdir().unwrap();
    let store = open_store(folder.path());
    let ((tell, began), (go, word)) = (channel(), channel());
    let seen = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&seen);
    let reading = store.read(Box::new(move |tx| {
        for _ in 0..2 {
            notes.lock().unwrap().push(tx.find_conversation(HERE, PersonId(1))?);
            tell.send(()).unwrap();
            word.recv().unwrap();
        }
        Ok(())
    }));
    began.recv().unwrap();
    wait(write(&store, HERE, |tx| {
        tx.save_conversation(HERE, PersonId(1), &dialogue())
    }))
    .unwrap();
    go.send(()).unwrap();
    go.send(()).unwrap();
    wait(reading).unwrap();
    assert_eq!(*seen.lock().unwrap(), [None, None]);
}

fn dialogue() -> ConversationRow {
    ConversationRow {
        state: "x".into(),
        last_inbound_at: jiff::Timestamp::UNIX_EPOCH,
    }
}

/// A rule that is only looked at when a transaction commits, and then fails.
const FAILS_AT_COMMIT: &str = "CREATE TABLE nobody (id INTEGER PRIMARY KEY);
     CREATE TABLE guard (id INTEGER REFERENCES nobody (id) DEFERRABLE INITIALLY DEFERRED);";

/// Both files, opened by hand, with a rule in one of them that fails every commit that inserts into `table`.
fn pair(folder: &Path, failing: &str, table: &str) -> (Connection, KeyRing) {
    let location = |name: &str| Location::File(folder.join(name));
    let (mut main, mut keys) = (
        open(&location("sigap.db")).unwrap(),
        open(&location("sigap.keys.db")).unwrap(),
    );
    migrations::apply(&mut main, migrations::MAIN).unwrap();
    migrations::apply(&mut keys, migrations::KEYS).unwrap();
    let db = if failing == "keys" { &keys } else { &main };
    db.execute_batch(FAILS_AT_COMMIT).unwrap();
    db.execute_batch(&format!(
        "CREATE TRIGGER fail AFTER INSERT ON {table} BEGIN INSERT INTO guard (id) VALUES (1); END;"
    ))
    .unwrap();
    (main, KeyRing::new(keys, sealer()))
}

fn meet(person: i64) -> Job {
    let (tell, _) = oneshot::channel();
    let contact = Contact {
        bsuid: Some(format!("ID.{person}")),
        ..Contact::default()
    };
    let work: Work = Box::new(move |tx| {
        tx.ensure_person(HERE, &contact, PersonId(person), jiff::Timestamp::UNIX_EPOCH)
            .map(|_| ())
    });
    Job {
        work,
        is_read: false,
        tell,
    }
}

fn rows(db: &Connection, table: &str) -> i64 {
    db.query_row(&format!("SELECT COUNT(*) FROM {table}"), [], |row| row.get(0))
        .unwrap()
}

#[test]
fn when_the_keys_cannot_be_committed_no_row_is() {
    let folder = tempfile::tempdir().unwrap();
    let (main, mut keys) = pair(folder.path(), "keys", "person_key");
    let ended = commit_together(&main, &mut keys, &mut [meet(1), meet(2)], Undo::Work);
    assert!(matches!(ended, Err(Fault::Refused(_))), "{ended:?}");
    assert_eq!((rows(&main, "person"), rows(&main, "identity")), (0, 0));
    assert_eq!(rows(keys.connection(), "person_key"), 0);
    assert!(main.is_autocommit() && keys.connection().is_autocommit());
    assert!(
        matches!(keys.find(HERE, PersonId(1)), Ok(Held::Nothing)),
        "a key that was not kept is not remembered"
    );

    // What was wrong with the disk was put right: the same work succeeds, with a key that is in the file.
    keys.connection().execute_batch("DROP TRIGGER fail").unwrap();
    assert_eq!(
        commit_together(&main, &mut keys, &mut [meet(1)], Undo::Work),
        Ok(vec![Ok(())])
    );
    assert_eq!((rows(&main, "person"), rows(keys.connection(), "person_key")), (1, 1));
}

#[test]
fn a_key_is_in_its_file_before_the_row_that_needs_it() {
    let folder = tempfile::tempdir().unwrap();
    let (main, mut keys) = pair(folder.path(), "main", "person");
    let ended = commit_together(&main, &mut keys, &mut [meet(1)], Undo::Work);
    assert!(matches!(ended, Err(Fault::Refused(_))), "{ended:?}");
    let second = open(&Location::File(folder.path().join("sigap.keys.db"))).unwrap();
    assert_eq!((rows(&main, "person"), rows(&second, "person_key")), (0, 1));
    main.execute_batch("DROP TRIGGER fail").unwrap();
    assert_eq!(
        commit_together(&main, &mut keys, &mut [meet(1)], Undo::Work),
        Ok(vec![Ok(())])
    );
    assert_eq!(
        (rows(&main, "person"), rows(&second, "person_key")),
        (1, 1),
        "the key waited for its row"
    );
}

#[test]
fn a_key_that_cannot_be_written_undoes_its_own_work_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (main, mut keys) = pair(folder.path(), "main", "audit");
    keys.connection()
        .execute_batch(
            "CREATE TRIGGER full BEFORE INSERT ON person_key WHEN NEW.person_id = 2
             BEGIN SELECT RAISE(ABORT, 'disk full'); END;",
        )
        .unwrap();
    let ended = commit_together(&main, &mut keys, &mut [meet(1), meet(2), meet(3)], Undo::Work).unwrap();
    assert!(
        ended[0].is_ok() && matches!(ended[1], Err(Fault::Refused(_))) && ended[2].is_ok(),
        "{ended:?}"
    );
    assert_eq!((rows(&main, "person"), rows(keys.connection(), "person_key")), (2, 2));
}

#[test]
fn a_batch_that_cannot_commit_is_run_again_one_by_one() {
    let folder = tempfile::tempdir().unwrap();
    let store = open_store(folder.path());
    let rule = Connection::open(places(folder.path()).database).unwrap();
    rule.execute_batch(FAILS_AT_COMMIT).unwrap();
    rule.execute_batch(
        "CREATE TRIGGER fail AFTER INSERT ON person WHEN NEW.person_id = 5
         BEGIN INSERT INTO guard (id) VALUES (1); END;",
    )
    .unwrap();
    let (gate, work) = gate();
    let gated = store.write(HERE, work);
    gate.began.recv().unwrap();
    let dones: Vec<_> = (1..=9)
        .map(|person| {
            let mut job = meet(person);
            store.write(HERE, Box::new(move |tx| count(tx).and_then(|()| (job.work)(tx))))
        })
        .collect();
    gate.go.send(()).unwrap();
    wait(gated).unwrap();
    let ended = wait(futures_util::future::join_all(dones));
    for (person, end) in (1..).zip(&ended) {
        assert_eq!(end.is_ok(), person != 5, "{person}: {end:?}");
    }
    assert_eq!(rows(&rule, "person"), 8);
    assert_eq!(
        wait(write(&store, HERE, |tx| tx.next_count(HERE, "works"))),
        Ok(9),
        "each counted once"
    );
}

#[test]
fn a_full_disk_refuses_what_it_cannot_hold_and_keeps_nothing_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let (main, mut keys) = pair(folder.path(), "main", "audit");
    // SQLite's own bound on the file says what a disk without room says (SQLITE_FULL).
    let pages: i64 = main.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    main.pragma_update(None, "max_page_count", pages).unwrap();
    let mut crowd: Vec<_> = (1..=500).map(meet).collect();
    let ended = commit_batch(&main, &mut keys, &mut crowd);
    let refused = ended
        .iter()
        .filter(|end| matches!(end, Err(Fault::Refused(why)) if why.contains("full")))
        .count();
    assert!(
        refused > 0
            && ended
                .iter()
                .all(|end| end.is_ok() || end.as_ref().is_err_and(Fault::is_passing))
    );
    assert_eq!(
        usize::try_from(rows(&main, "person")).unwrap(),
        500 - refused,
        "what was not refused is there"
    );
    main.pragma_update(None, "max_page_count", 1_000_000).unwrap();
    let again = commit_batch(&main, &mut keys, &mut [meet(1_000)]);
    assert_eq!(again, vec![Ok(())], "there is room again");
}
