//! Locks that are not given free, works that wait for each other, a full disk, a server that sends everybody away.

use std::sync::mpsc::channel;
use std::sync::{Arc, Barrier};

use jiff::Timestamp;
use sigap_core::ids::PersonId;
use sigap_core::person::Contact;
use sigap_store::{Fault, Store, Tx};
use sigap_store_pg::PgStore;
use sigap_store_pg::testing::Ground;

use super::{HERE, count, sealer, wait, write};

fn meet(tx: &mut dyn Tx, person: i64) -> Result<(), Fault> {
    let contact = Contact {
        bsuid: Some(format!("ID.{person}")),
        ..Contact::default()
    };
    tx.ensure_person(HERE, &contact, PersonId(person), Timestamp::UNIX_EPOCH)
        .map(|_| ())
}

#[test]
fn a_lock_that_is_not_given_free_makes_busy_and_nothing_else() {
    let Some(ground) = Ground::new().unwrap() else { return };
    let holder = ground.open(&sealer("5a")).unwrap();
    write(&holder, |tx| meet(tx, 1)).unwrap();
    let places = ground.places_with("-c lock_timeout=200").unwrap();
    let waiting = PgStore::open(&places, 1, &sealer("5a")).unwrap();

    let ((tell, holds), (go, word)) = (channel(), channel());
    let holding = holder.write(
        HERE,
        Box::new(move |tx| {
            assert!(tx.hold_person(HERE, PersonId(1))?);
            tell.send(()).unwrap();
            word.recv().unwrap();
            tx.next_count(HERE, "works").map(|_| ())
        }),
    );
    holds.recv().unwrap();
    let refused = write(&waiting, |tx| {
        tx.next_count(HERE, "other")?;
        tx.hold_person(HERE, PersonId(1))
    });
    assert_eq!(refused, Err(Fault::Busy));
    assert_eq!(
        write(&waiting, |tx| tx.next_count(HERE, "other")),
        Ok(1),
        "what waited in vain was undone, and the store goes on"
    );
    go.send(()).unwrap();
    wait(holding).unwrap();
    assert_eq!(write(&waiting, |tx| tx.hold_person(HERE, PersonId(1))), Ok(true));
}

#[test]
fn two_works_that_wait_for_each_other_both_happen() {
    let Some(ground) = Ground::new().unwrap() else { return };
    let stores = [ground.open(&sealer("5a")).unwrap(), ground.open(&sealer("5a")).unwrap()];
    write(&stores[0], |tx| meet(tx, 1).and_then(|()| meet(tx, 2))).unwrap();
    let both_hold = Arc::new(Barrier::new(2));
    std::thread::scope(|scope| {
        for (store, order) in stores.iter().zip([[1, 2], [2, 1]]) {
            let both_hold = Arc::clone(&both_hold);
            scope.spawn(move || {
                let mut runs = 0;
                write(store, move |tx| {
                    runs += 1;
                    tx.hold_person(HERE, PersonId(order[0]))?;
                    if runs == 1 {
                        both_hold.wait();
                    }
                    tx.hold_person(HERE, PersonId(order[1]))?;
                    tx.next_count(HERE, "works").map(|_| ())
                })
                .unwrap();
            });
        }
    });
    assert_eq!(count(&stores[0]), Ok(3));
}

#[test]
fn a_full_disk_refuses_the_work_and_keeps_nothing_of_it() {
    let Some(ground) = Ground::new().unwrap() else { return };
    let store = ground.open(&sealer("5a")).unwrap();
    // What a server says whose disk is full, word for word, from a rule that stands in for the disk.
    ground
        .sql(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
             CREATE TRIGGER full_disk BEFORE INSERT ON person FOR EACH ROW EXECUTE FUNCTION full_disk()",
        )
        .unwrap();
    let dones: Vec<_> = (0..10)
        .map(|n| {
            store.write(
                HERE,
                Box::new(move |tx| {
                    tx.next_count(HERE, "works")?;
                    if n == 5 { meet(tx, n) } else { Ok(()) }
                }),
            )
        })
        .collect();
    let ends = wait(futures_util::future::join_all(dones));
    for (n, end) in ends.iter().enumerate() {
        match end {
            Err(Fault::Refused(said)) if n == 5 => assert!(said.contains("No space left"), "{said}"),
            end => assert!(end.is_ok() && n != 5, "{n}: {end:?}"),
        }
    }
    assert_eq!(ground.sql("SELECT COUNT(*) FROM person").unwrap(), "0\n");
    ground.sql("DROP TRIGGER full_disk ON person").unwrap();
    write(&store, |tx| meet(tx, 5)).unwrap();
    assert_eq!(count(&store), Ok(10));
}

#[test]
fn a_server_that_ends_all_connections_is_connected_to_again() {
    let Some(ground) = Ground::new().unwrap() else { return };
    let store = PgStore::open(ground.places(), 1, &sealer("5a")).unwrap();
    for round in 0..5 {
        assert_eq!(count(&store), Ok(round + 1));
        assert!(wait(sigap_store::read(&store, |tx| tx.find_backlog())).is_ok());
        // Only the sessions of this store: other tests run beside it.
        let ended = ground
            .sql(&format!(
                "SELECT COUNT(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE application_name = '{}'",
                ground.application_name()
            ))
            .unwrap();
        assert_ne!(ended, "0\n");
    }
}

#[test]
fn a_work_that_takes_a_refusal_in_is_undone_all_the_same() {
    let Some(ground) = Ground::new().unwrap() else { return };
    let store = ground.open(&sealer("5a")).unwrap();
    let ended = write(&store, |tx| {
        tx.next_count(HERE, "works")?;
        // A text that PostgreSQL cannot hold.
        assert!(tx.next_count(HERE, "a\0b").is_err());
        assert!(tx.next_count(HERE, "works").is_err(), "nothing runs after it");
        Ok(())
    });
    assert!(matches!(ended, Err(Fault::Refused(_))), "{ended:?}");
    assert_eq!(count(&store), Ok(1));
}
