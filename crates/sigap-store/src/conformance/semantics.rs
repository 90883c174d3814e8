//! Where engines like to differ: the fate of a transaction, order of equals, empty and strange text, time, many writers.

use std::collections::BTreeSet;

use jiff::Timestamp;
use sigap_core::ids::{OfficeId, OutboxId, PersonId};
use sigap_core::person::Contact;

use super::samples::{ANI, BUDI, HERE, ME, at, by_bsuid, owed, received};
use super::{Case, Part, Subject};
use crate::fault::Fault;
use crate::records::{ConversationRow, InboxRow, MessageKey, OutboxRow};
use crate::tx::Tx;

pub(super) const CASES: &[Case] = &[
    Case {
        name: "an error undoes everything of its own work and nothing of its neighbours",
        covers: &["next_count", "insert_owed", "ensure_person", "save_conversation"],
        run: |s| {
            neighbours_commit(
                s,
                |_| Err(Fault::Unreadable("on purpose")),
                &Fault::Unreadable("on purpose"),
            )
        },
    },
    Case {
        name: "a refusal by the database undoes its own work, and no neighbour runs twice",
        covers: &["insert_owed", "next_count"],
        run: |s| {
            let ends = together(s, |tx| tx.insert_owed(HERE, &owed(5, BUDI, 0)));
            assert!(matches!(ends[5], Err(Fault::Refused(_))), "{:?}", ends[5]);
            only_the_fifth_is_missing(s, &ends);
        },
    },
    Case {
        name: "a panic is a fault of its own work alone",
        covers: &["next_count"],
        run: |s| {
            let ends = together(s, |_| panic!("on purpose"));
            assert!(matches!(ends[5], Err(Fault::Broken(_))), "{:?}", ends[5]);
            only_the_fifth_is_missing(s, &ends);
        },
    },
    Case {
        name: "an error that the work itself takes in undoes nothing",
        covers: &["give_up", "next_count"],
        run: |s| {
            let count = s.write(HERE, |tx| {
                let state = crate::records::OutboxState::Read;
                assert!(tx.give_up(HERE, OutboxId(1), state, None, at(0)).is_err());
                tx.next_count(HERE, "a")
            });
            assert_eq!(count, Ok(1));
            assert_eq!(s.write(HERE, |tx| tx.next_count(HERE, "a")), Ok(2));
        },
    },
    Case {
        name: "a refusal by the database that the work takes in undoes it all the same",
        covers: &["insert_owed", "next_count", "write"],
        run: |s| {
            let ended = s.write(HERE, |tx| {
                tx.next_count(HERE, "a")?;
                // The second is refused, at once or later; the work does not look.
                let _ = tx.insert_owed(HERE, &owed(1, ANI, 0));
                let _ = tx.insert_owed(HERE, &owed(1, ANI, 0));
                Ok(())
            });
            assert!(matches!(ended, Err(Fault::Refused(_))), "{ended:?}");
            assert_eq!(s.read(|tx| tx.find_owed(HERE, OutboxId(1))).unwrap(), None);
            assert_eq!(s.write(HERE, |tx| tx.next_count(HERE, "a")), Ok(1));
        },
    },
    Case {
        name: "a work sees its own writes",
        covers: &["save_conversation", "find_conversation"],
        run: |s| {
            let seen = s.write(HERE, |tx| {
                tx.save_conversation(HERE, ANI, &dialogue("mine"))?;
                tx.find_conversation(HERE, ANI)
            });
            assert_eq!(seen, Ok(Some(dialogue("mine"))));
        },
    },
    Case {
        name: "reads cannot write",
        covers: &["read", "write", "next_count", "save_conversation"],
        run: |s| {
            assert!(s.read(|tx| tx.next_count(HERE, "a")).is_err());
            assert!(s.read(|tx| tx.save_conversation(HERE, ANI, &dialogue("x"))).is_err());
            assert_eq!(s.write(HERE, |tx| tx.next_count(HERE, "a")), Ok(1), "writing goes on");
            s.write(HERE, |tx| tx.save_conversation(HERE, ANI, &dialogue("y")))
                .unwrap();
        },
    },
    Case {
        name: "of two writers of one message one is told that it was kept before",
        covers: &["insert_received"],
        run: |s| {
            let parts = (0..16).map(|n| {
                let row = received(ANI, "wamid.1", 0, &format!("copy {n}"));
                part(move |tx| tx.insert_received(HERE, &row))
            });
            let ends = s.write_together(parts.collect());
            assert_eq!(ends.iter().filter(|end| **end == Ok(true)).count(), 1);
            assert_eq!(ends.iter().filter(|end| **end == Ok(false)).count(), 15);
        },
    },
    Case {
        name: "many writers who meet the same stranger make one person",
        covers: &["ensure_person"],
        run: |s| {
            let parts =
                (1..=16).map(|id| part(move |tx| tx.ensure_person(HERE, &by_bsuid("ID.1"), PersonId(id), at(0))));
            let people: Result<BTreeSet<_>, _> = s.write_together(parts.collect()).into_iter().collect();
            assert_eq!(people.unwrap().len(), 1);
        },
    },
    Case {
        name: "64 writers of one counter get 64 values",
        covers: &["next_count"],
        run: |s| {
            let parts = (0..64).map(|_| part(|tx| tx.next_count(HERE, "a")));
            let counts: Result<BTreeSet<u64>, _> = s.write_together(parts.collect()).into_iter().collect();
            assert_eq!(counts.unwrap(), (1..=64).collect());
        },
    },
    Case {
        name: "a slip of two hands is used by one of them",
        covers: &["use_slip_code", "claim_due"],
        run: |s| {
            s.write(HERE, |tx| {
                let filed = super::samples::application(HERE, 1, sigap_core::application::Stage::Submitted);
                tx.save_application(&filed, PersonId(101))?;
                tx.insert_slip_code(HERE, "ABCD2345", &filed.number, at(9))?;
                tx.insert_owed(HERE, &owed(1, ANI, 0))
            })
            .unwrap();
            let uses = (0..8).map(|n| part(move |tx| tx.use_slip_code(HERE, "ABCD2345", PersonId(n), at(0))));
            let used = s.write_together(uses.collect());
            assert_eq!(used.iter().filter(|number| matches!(number, Ok(Some(_)))).count(), 1);
            let claims = (0..8).map(|_| part(|tx| tx.claim_due(HERE, at(0), at(60), ME, 9)));
            let claimed = s.write_together(claims.collect());
            assert_eq!(claimed.into_iter().map(|rows| rows.unwrap().len()).sum::<usize>(), 1);
        },
    },
    Case {
        name: "any text comes back as it was",
        covers: &[
            "insert_received",
            "find_received",
            "insert_owed",
            "find_owed",
            "save_conversation",
            "ensure_person",
        ],
        run: |s| {
            let long = "ꦱꦶꦒꦥ 🛂 ".repeat(1_250);
            assert!(long.chars().count() >= 10_000 - 1_250);
            let ten_thousand = "x".repeat(10_000);
            let texts = [
                "",
                " ",
                "\0",
                "a\0b",
                "'; DROP TABLE inbox; --",
                "é e\u{301}",
                "\u{202e}kanan\r\n\t\u{7f}",
                "NULL",
            ];
            for (n, text) in (1..).zip(texts.into_iter().chain([long.as_str(), ten_thousand.as_str()])) {
                any_text(s, n, text);
            }
        },
    },
    Case {
        name: "absent and empty are two things",
        covers: &["ensure_person", "find_contact"],
        run: |s| {
            let empty = Contact {
                name: Some(String::new()),
                ..by_bsuid("ID.1")
            };
            for (person, contact) in [(ANI, empty), (BUDI, by_bsuid("ID.2"))] {
                let kept = contact.clone();
                s.write(HERE, move |tx| tx.ensure_person(HERE, &kept, person, at(0)))
                    .unwrap();
                assert_eq!(s.read(move |tx| tx.find_contact(HERE, person)).unwrap(), Some(contact));
            }
        },
    },
    Case {
        name: "times keep their microseconds, before 1970 and far away too",
        covers: &[
            "save_conversation",
            "insert_audit",
            "list_audit",
            "insert_received",
            "has_received",
        ],
        run: |s| {
            let micro = |value| Timestamp::from_microsecond(value).unwrap();
            let times = [
                Timestamp::MIN,
                micro(-1),
                micro(0),
                micro(1),
                micro(1_790_000_000_123_457),
                micro(253_402_000_000_999_999),
            ];
            for (id, time) in (1..).zip(times) {
                let row = ConversationRow {
                    state: "x".into(),
                    last_inbound_at: time,
                };
                let kept = row.clone();
                s.write(HERE, move |tx| tx.save_conversation(HERE, PersonId(id), &kept))
                    .unwrap();
                assert_eq!(
                    s.read(move |tx| tx.find_conversation(HERE, PersonId(id))).unwrap(),
                    Some(row)
                );
                let sample = received(ANI, "wamid.1", 0, "halo");
                let sent = InboxRow {
                    key: MessageKey {
                        sent_at: time,
                        ..sample.key.clone()
                    },
                    ..sample
                };
                assert!(
                    s.write(HERE, move |tx| tx.insert_received(HERE, &sent)).unwrap(),
                    "a microsecond apart is apart"
                );
            }
            let order = s.read(|tx| tx.list_owed(HERE, 99)).unwrap();
            assert_eq!(order.iter().map(|row| row.key.sent_at).collect::<Vec<_>>(), times);
        },
    },
    Case {
        name: "numbers of any size are ids",
        covers: &["find_conversation", "insert_owed", "find_owed"],
        run: |s| {
            for (office, id) in
                [(i64::MIN, i64::MAX), (i64::MAX, i64::MIN), (0, 0), (-1, -1)].map(|(a, b)| (OfficeId(a), b))
            {
                let row = owed(id, PersonId(id), 0);
                let kept = row.clone();
                s.write(office, move |tx| {
                    tx.save_conversation(office, PersonId(id), &dialogue("x"))?;
                    tx.insert_owed(office, &kept)
                })
                .unwrap();
                let found = s.read(move |tx| tx.find_owed(office, row.id)).unwrap();
                assert_eq!(found.map(|found| found.person), Some(PersonId(id)));
                assert!(
                    s.read(move |tx| tx.find_conversation(office, PersonId(id)))
                        .unwrap()
                        .is_some()
                );
            }
        },
    },
    Case {
        name: "equals keep one order, and each is there once",
        covers: &["list_owed", "claim_due", "list_mergeable"],
        run: |s| {
            let parts = (0..20).map(|n| {
                let (row, reply) = (received(ANI, &format!("wamid.{n}"), 0, "halo"), owed(100 - n, ANI, 0));
                part(move |tx| {
                    tx.insert_received(HERE, &row)
                        .and_then(|_| tx.insert_owed(HERE, &reply))
                })
            });
            assert!(s.write_together(parts.collect()).iter().all(Result::is_ok));
            let list = || s.read(|tx| tx.list_owed(HERE, 99)).unwrap();
            let ids: Vec<_> = list().into_iter().map(|row| row.key.message_id).collect();
            assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 20);
            assert_eq!(
                list().into_iter().map(|row| row.key.message_id).collect::<Vec<_>>(),
                ids
            );
            let waiting = s.read(|tx| tx.list_mergeable(HERE, ANI, 99)).unwrap();
            assert_eq!(
                waiting.iter().map(|row| row.id.0).collect::<Vec<_>>(),
                (81..=100).collect::<Vec<_>>()
            );
        },
    },
    Case {
        name: "the same owed message cannot be written twice",
        covers: &["insert_owed"],
        run: |s| {
            let insert = |text: &str| {
                let row = OutboxRow {
                    message: super::samples::words(text),
                    ..owed(1, ANI, 0)
                };
                s.write(HERE, move |tx| tx.insert_owed(HERE, &row))
            };
            insert("first").unwrap();
            assert!(insert("second").is_err());
            let kept = s.read(|tx| tx.find_owed(HERE, OutboxId(1))).unwrap();
            assert_eq!(kept.unwrap().message.body, "first");
        },
    },
];

fn part<T>(run: impl FnMut(&mut dyn Tx) -> Result<T, Fault> + Send + 'static) -> (OfficeId, Part<T>) {
    (HERE, Box::new(run))
}

fn dialogue(state: &str) -> ConversationRow {
    ConversationRow {
        state: state.into(),
        last_inbound_at: at(0),
    }
}

/// Ten works at once that each count, meet a person and owe a message; the one numbered five ends as `ending` says.
fn together(s: &Subject<'_>, ending: fn(&mut dyn Tx) -> Result<(), Fault>) -> Vec<Result<(), Fault>> {
    let parts = (0..10).map(|n| {
        part(move |tx| {
            tx.next_count(HERE, "works")?;
            tx.ensure_person(HERE, &by_bsuid(&format!("ID.{n}")), PersonId(n + 1), at(0))?;
            tx.save_conversation(HERE, PersonId(n + 1), &dialogue("x"))?;
            tx.insert_owed(HERE, &owed(n, PersonId(n + 1), 0))?;
            if n == 5 { ending(tx) } else { Ok(()) }
        })
    });
    s.write_together(parts.collect())
}

fn only_the_fifth_is_missing(s: &Subject<'_>, ends: &[Result<(), Fault>]) {
    for (n, end) in (0_i64..).zip(ends) {
        let is_kept = n != 5;
        assert_eq!(end.is_ok(), is_kept, "{n}: {end:?}");
        let found = s
            .read(move |tx| {
                Ok([
                    tx.find_owed(HERE, OutboxId(n))?.is_some(),
                    tx.find_conversation(HERE, PersonId(n + 1))?.is_some(),
                    tx.find_contact(HERE, PersonId(n + 1))?.is_some(),
                    tx.find_person(HERE, &by_bsuid(&format!("ID.{n}")))?.is_some(),
                ])
            })
            .unwrap();
        assert_eq!(found, [is_kept; 4], "work {n}");
    }
    assert_eq!(
        s.write(HERE, |tx| tx.next_count(HERE, "works")),
        Ok(10),
        "nine works counted, each once"
    );
    let again = s.write(HERE, |tx| tx.ensure_person(HERE, &by_bsuid("ID.5"), PersonId(6), at(0)));
    assert_eq!(again, Ok(PersonId(6)), "what was undone can be done later");
}

fn neighbours_commit(s: &Subject<'_>, ending: fn(&mut dyn Tx) -> Result<(), Fault>, fault: &Fault) {
    let ends = together(s, ending);
    assert_eq!(ends[5].as_ref(), Err(fault));
    only_the_fifth_is_missing(s, &ends);
}

fn any_text(s: &Subject<'_>, n: i64, text: &str) {
    let person = PersonId(n);
    let row = received(person, &format!("wamid.{n}"), n, text);
    let reply = OutboxRow {
        message: super::samples::words(text),
        ..owed(n, person, 0)
    };
    let contact = Contact {
        name: Some(text.into()),
        ..by_bsuid(&format!("ID.{n}"))
    };
    let (kept, kept_reply, kept_contact, state) = (row.clone(), reply.clone(), contact.clone(), dialogue(text));
    s.write(HERE, move |tx| {
        tx.ensure_person(HERE, &kept_contact, person, at(0))?;
        tx.insert_received(HERE, &kept)?;
        tx.save_conversation(HERE, person, &state)?;
        tx.insert_owed(HERE, &kept_reply)
    })
    .unwrap();
    let found = s
        .read(move |tx| {
            Ok((
                tx.find_received(HERE, super::samples::NUMBER, &format!("wamid.{n}"), at(0))?,
                tx.find_owed(HERE, reply.id)?,
                tx.find_conversation(HERE, person)?,
                tx.find_contact(HERE, person)?,
            ))
        })
        .unwrap();
    assert_eq!(found.0, Some(row), "inbox, text {n}");
    assert_eq!(
        found.1.map(|row| row.message.body).as_deref(),
        Some(text),
        "outbox, text {n}"
    );
    assert_eq!(found.2, Some(dialogue(text)), "dialogue, text {n}");
    assert_eq!(found.3, Some(contact), "contact, text {n}");
}
