//! The connection breaks at a COMMIT: what was done counts as done, what was not is done again, and nothing twice.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use sigap_store::conformance::exercise_all;
use sigap_store::{Fault, Store};
use sigap_store_pg::PgStore;
use sigap_store_pg::testing::{Ground, server};

use super::proxy::{Break, Proxy};
use super::{HERE, count, sealer, wait, write};

fn through_proxy() -> Option<(Ground, Proxy, PgStore)> {
    let proxy = Proxy::new(&server()?);
    let ground = Ground::new().unwrap()?;
    let store = PgStore::open(&ground.places_by(&proxy.url()).unwrap(), 1, &sealer("5a")).unwrap();
    Some((ground, proxy, store))
}

#[test]
fn a_work_whose_commit_lost_its_answer_is_done_once() {
    let Some((_ground, proxy, store)) = through_proxy() else {
        return;
    };
    for expected in 1..=12 {
        let when = if expected % 2 == 0 { Break::Before } else { Break::After };
        proxy.break_next(when);
        assert_eq!(count(&store), Ok(expected), "{when:?}");
        assert!(proxy.has_broken(), "{when:?}");
    }
    assert_eq!(count(&store), Ok(13));
}

#[test]
fn answers_that_come_in_pieces_are_waited_for_in_their_order() {
    let Some((_ground, proxy, store)) = through_proxy() else {
        return;
    };
    proxy.drip();
    // Twice: with statements to be prepared, and with everything sent ahead.
    for _ in 0..2 {
        let runs = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&runs);
        let undone = write(&store, move |tx| {
            counted.fetch_add(1, Ordering::SeqCst);
            exercise_all(tx)?;
            Err::<(), _>(Fault::Unreadable("on purpose"))
        });
        assert_eq!(undone, Err(Fault::Unreadable("on purpose")));
        // An answer that nobody takes in holds up the ones behind it, until the connection is given up and all is run again.
        assert_eq!(runs.load(Ordering::SeqCst), 1);
    }
    assert_eq!(count(&store), Ok(1));
}

#[test]
fn works_committed_together_are_done_once_each() {
    let Some((_ground, proxy, store)) = through_proxy() else {
        return;
    };
    let mut expected = 0;
    for when in [Break::After, Break::Before, Break::After] {
        proxy.break_next(when);
        let dones: Vec<_> = (0..40)
            .map(|_| store.write(HERE, Box::new(|tx| tx.next_count(HERE, "works").map(|_| ()))))
            .collect();
        let ends = wait(futures_util::future::join_all(dones));
        assert!(ends.iter().all(Result::is_ok), "{when:?}: {ends:?}");
        assert!(proxy.has_broken());
        expected += 40;
    }
    assert_eq!(count(&store), Ok(expected + 1));
}

#[test]
fn the_value_that_is_told_is_the_one_that_was_committed() {
    let Some((ground, proxy, store)) = through_proxy() else {
        return;
    };
    proxy.break_next(Break::Before);
    let told = write(&store, |tx| {
        let value = tx.next_count(HERE, "works")?;
        tx.save_conversation(
            HERE,
            sigap_core::ids::PersonId(1),
            &sigap_store::records::ConversationRow {
                state: value.to_string(),
                last_inbound_at: jiff::Timestamp::UNIX_EPOCH,
            },
        )?;
        Ok::<_, Fault>(value)
    });
    assert_eq!(told, Ok(1));
    assert_eq!(ground.sql("SELECT value FROM office_counter").unwrap(), "1\n");
}
