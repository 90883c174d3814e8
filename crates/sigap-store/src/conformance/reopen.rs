//! What is there after a store was closed and opened again, with the right key and the wrong one, and beside another
//! process. These cases need more than a store: the ground it stands on.

use sigap_core::ids::PersonId;
use sigap_core::message::OutboundMessage;

use super::Subject;
use super::samples::{HERE, ME, OTHER, at, by_bsuid, owed, received};
use crate::fault::Fault;
use crate::records::InboxRow;
use crate::store::{Done, Store};
use crate::tx::Tx;

/// Ground on which stores of one installation are opened, one after the other or side by side.
pub trait Site {
    /// Opens a store with the right master key.
    fn open(&self) -> Box<dyn Store>;

    /// Tries to open a store with another master key; the fault.
    fn open_wrongly(&self) -> Option<Fault>;

    /// Destroys the keys of these persons in the key store, past every store.
    fn destroy_keys(&self, people: &[PersonId]);

    /// Waits for a result.
    ///
    /// # Errors
    /// As the work.
    fn wait(&self, done: Done<'_>) -> Result<(), Fault>;
}

/// One promise about opening again.
pub struct ReopenCase {
    /// A sentence of behaviour.
    pub name: &'static str,
    /// Checks it on a fresh site; panics when the promise is broken.
    pub run: fn(&dyn Site),
}

/// All of them.
pub const REOPEN_CASES: &[ReopenCase] = &[
    ReopenCase {
        name: "data, keys and owed rows are there after opening again",
        run: |site| {
            for round in 0..3 {
                with(site, |s| {
                    for n in 0..5 {
                        s.write(HERE, turn(round * 5 + n)).unwrap();
                    }
                });
                with(site, |s| {
                    let written = round * 5 + 5;
                    let (inbox, waiting) = s.read(|tx| Ok((tx.list_owed(HERE, 99)?, tx.find_backlog()?))).unwrap();
                    assert_eq!(inbox, (0..written).map(message).collect::<Vec<_>>());
                    assert_eq!(waiting.unsent, u64::try_from(written).unwrap());
                    for n in 0..written {
                        let kept = s.read(move |tx| tx.find_owed(HERE, answer(n).id)).unwrap();
                        assert_eq!(kept, Some(answer(n)));
                    }
                });
            }
        },
    },
    ReopenCase {
        name: "the wrong master key opens nothing and loses nothing",
        run: |site| {
            with(site, |s| s.write(HERE, turn(1)).unwrap());
            assert_eq!(site.open_wrongly(), Some(Fault::Sealed { column: "person_key" }));
            with(site, |s| {
                assert_eq!(s.read(|tx| tx.list_owed(HERE, 9)).unwrap(), [message(1)]);
            });
        },
    },
    ReopenCase {
        name: "a person whose key was destroyed is sealed for ever, and nobody else is",
        run: |site| {
            with(site, |s| {
                s.write(HERE, turn(1)).unwrap();
                s.write(HERE, turn(2)).unwrap();
            });
            site.destroy_keys(&[PersonId(1)]);
            with(site, |s| {
                let contact = |person| s.read(move |tx| tx.find_contact(HERE, PersonId(person)));
                assert_eq!(
                    contact(1),
                    Err(Fault::Sealed {
                        column: "person.contact"
                    })
                );
                assert!(contact(2).unwrap().is_some());
            });
        },
    },
    ReopenCase {
        name: "words that nobody can read hold up nobody else",
        run: |site| {
            let late = at(999);
            with(site, |s| {
                for n in 1..=4 {
                    s.write(HERE, turn(n)).unwrap();
                }
                let under_way = s
                    .write(HERE, move |tx| tx.claim_due(HERE, at(9), at(9), ME, 2))
                    .unwrap();
                assert_eq!(under_way.len(), 2);
            });
            site.destroy_keys(&[PersonId(1), PersonId(3)]);
            with(site, |s| {
                let claimed = s
                    .write(HERE, move |tx| tx.claim_due(HERE, at(9), late, OTHER, 9))
                    .unwrap();
                let ids: Vec<_> = claimed.into_iter().map(|it| it.row.id).collect();
                assert_eq!(ids, [answer(4).id]);
                let unsettled = s.write(HERE, move |tx| tx.list_unsettled(HERE, at(9), 9)).unwrap();
                let ids: Vec<_> = unsettled.into_iter().map(|row| row.id).collect();
                assert_eq!(ids, [answer(2).id]);
                assert_eq!(s.read(|tx| tx.list_owed(HERE, 9)).unwrap(), [message(2), message(4)]);
                let backlog = s.read(|tx| tx.find_backlog()).unwrap();
                assert_eq!(backlog.unsent, 2, "the others have ended");
            });
        },
    },
    ReopenCase {
        name: "an erasure goes on after opening again, and what is erased stays so in every process",
        run: |site| {
            with(site, |s| {
                s.write(HERE, turn(1)).unwrap();
                s.write(HERE, turn(2)).unwrap();
                s.write(HERE, |tx| tx.erase_person(HERE, PersonId(1), at(9)).map(|_| ()))
                    .unwrap();
            });
            beside(site, |first, second| {
                // Both have had the key of the second person in their hands.
                for s in [first, second] {
                    assert!(s.read(|tx| tx.find_contact(HERE, PersonId(2))).unwrap().is_some());
                    assert_eq!(s.read(|tx| tx.find_person(HERE, &from(1))), Ok(None));
                }
                first
                    .write(HERE, |tx| {
                        tx.destroy_key(HERE, PersonId(1))?;
                        tx.destroy_key(HERE, PersonId(2))
                    })
                    .unwrap();
                assert_eq!(first.read(|tx| tx.find_contact(HERE, PersonId(2))), Ok(None));
            });
            with(site, |s| {
                assert_eq!(s.read(|tx| tx.find_contact(HERE, PersonId(2))), Ok(None));
                let sent = s.read(|tx| tx.find_owed(HERE, answer(2).id)).unwrap().unwrap();
                assert_eq!(sent.message, OutboundMessage::default());
                // The rows of the second were never erased, as in an old copy: their next message does it.
                let again = PersonId(77);
                let met = s.write(HERE, move |tx| tx.ensure_person(HERE, &from(2), again, at(20)));
                assert_eq!(met, Ok(again));
                assert_eq!(s.read(move |tx| tx.find_contact(HERE, again)), Ok(Some(from(2))));
            });
        },
    },
    ReopenCase {
        name: "two stores on the same ground both write and see each other",
        run: |site| {
            beside(site, |server, command| {
                for n in 0..10 {
                    let store = if n % 2 == 0 { server } else { command };
                    store.write(HERE, turn(n)).unwrap();
                }
                // A person met by one is known to the other, key and all.
                let met = |s: &Subject<'_>| {
                    let row = message(100);
                    s.write(HERE, move |tx| {
                        let person = tx.ensure_person(HERE, &from(100), row.person, row.received_at)?;
                        Ok((person, tx.insert_received(HERE, &row)?))
                    })
                    .unwrap()
                };
                assert_eq!(met(server), (PersonId(100), true));
                assert_eq!(met(command), (PersonId(100), false));
                for s in [server, command] {
                    let rows = s.read(|tx| tx.list_owed(HERE, 99)).unwrap();
                    assert_eq!(rows, (0..10).chain([100]).map(message).collect::<Vec<_>>());
                }
                assert_eq!(command.write(HERE, |tx| tx.next_count(HERE, "turns")), Ok(11));
            });
        },
    },
    ReopenCase {
        name: "a read sees nothing that is not committed, and keeps its picture while others write",
        run: |site| {
            beside(site, |reader, writer| {
                writer.write(HERE, turn(1)).unwrap();
                // The channels carry the turns of two transactions that are open at the same time.
                let ((tell, began), (go, word)) = (std::sync::mpsc::channel(), std::sync::mpsc::channel());
                let seen = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
                let notes = std::sync::Arc::clone(&seen);
                let reading = reader.store.read(Box::new(move |tx| {
                    for _ in 0..2 {
                        notes.lock().unwrap().push(tx.find_backlog()?.owed);
                        tell.send(()).unwrap();
                        word.recv().unwrap();
                    }
                    Ok(())
                }));
                began.recv().unwrap();
                writer.write(HERE, turn(2)).unwrap();
                go.send(()).unwrap();
                go.send(()).unwrap();
                (reader.wait)(reading).unwrap();
                assert_eq!(*seen.lock().unwrap(), [1, 1]);
                assert_eq!(reader.read(|tx| tx.find_backlog()).unwrap().owed, 2);
            });
        },
    },
];

fn with(site: &dyn Site, run: impl FnOnce(&Subject<'_>)) {
    let store = site.open();
    run(&Subject {
        store: &*store,
        wait: &|done| site.wait(done),
    });
}

fn beside(site: &dyn Site, run: impl FnOnce(&Subject<'_>, &Subject<'_>)) {
    with(site, |first| with(site, |second| run(first, second)));
}

fn from(n: i64) -> sigap_core::person::Contact {
    by_bsuid(&format!("ID.{n}"))
}

/// The `n`th message, from a person of its own.
fn message(n: i64) -> InboxRow {
    received(PersonId(n), &format!("wamid.{n}"), n, &format!("message {n}"))
}

fn answer(n: i64) -> crate::records::OutboxRow {
    owed(n, PersonId(n), n)
}

/// What a turn writes: the message, its answer, and one count.
fn turn(n: i64) -> impl FnMut(&mut dyn Tx) -> Result<(), Fault> + Send + 'static {
    move |tx| {
        tx.ensure_person(HERE, &from(n), PersonId(n), at(n))?;
        assert!(tx.insert_received(HERE, &message(n))?);
        tx.insert_owed(HERE, &answer(n))?;
        tx.next_count(HERE, "turns").map(|_| ())
    }
}
