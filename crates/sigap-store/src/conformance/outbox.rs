//! The outbox: one message under way per person, in order, every attempt counted, statuses only upward.

use sigap_core::ids::{OfficeId, OutboxId, PersonId};

use super::samples::{ANI, BUDI, ELSEWHERE, HERE, ME, OTHER, at, by_bsuid, owed, words};
use super::{Case, Subject};
use crate::fault::Fault;
use crate::records::{DeliveryStatus, OutboxRow, OutboxState};
use crate::tx::Tx;

pub(super) const CASES: &[Case] = &[
    Case {
        name: "an owed message waits, is claimed with its attempt counted, and comes with the address",
        covers: &["insert_owed", "claim_due", "find_owed"],
        run: |s| {
            write(s, |tx| {
                tx.ensure_person(HERE, &by_bsuid("ID.1"), ANI, at(0)).map(|_| ())
            });
            owe(s, &[owed(1, ANI, 0)]);
            assert_eq!(row(s, 1), Some(owed(1, ANI, 0)));
            let claimed = s.write(HERE, |tx| tx.claim_due(HERE, at(0), at(60), ME, 10)).unwrap();
            let sending = OutboxRow {
                state: OutboxState::Sending,
                attempts: 1,
                ..owed(1, ANI, 0)
            };
            assert_eq!(claimed.len(), 1);
            assert_eq!(claimed[0].office, HERE);
            assert_eq!(claimed[0].contact, by_bsuid("ID.1"));
            assert_eq!(claimed[0].row, sending);
            assert_eq!(row(s, 1), Some(sending));
            assert_eq!(claim(s, 1_000, 10), [0_i64; 0]);
            assert_eq!(row(s, 2), None);
        },
    },
    Case {
        name: "one message per person is under way, in the order they were owed",
        covers: &["claim_due", "mark_accepted"],
        run: |s| {
            owe(
                s,
                &[owed(2, ANI, 0), owed(4, BUDI, 0), owed(1, ANI, 0), owed(3, ANI, 0)],
            );
            assert_eq!(claim(s, 0, 10), [1, 4]);
            assert_eq!(claim(s, 0, 10), [0_i64; 0]);
            accept(s, 1);
            assert_eq!(claim(s, 0, 10), [2]);
            accept(s, 2);
            accept(s, 4);
            assert_eq!(claim(s, 0, 10), [3]);
        },
    },
    Case {
        name: "a message with an earlier id does not go beside one that is under way",
        covers: &["claim_due", "mark_unknown"],
        run: |s| {
            owe(s, &[owed(5, ANI, 0)]);
            assert_eq!(claim(s, 0, 10), [5]);
            owe(s, &[owed(4, ANI, 0)]);
            assert_eq!(claim(s, 0, 10), [0_i64; 0]);
            write(s, |tx| tx.mark_unknown(HERE, OutboxId(5), ME, at(99)));
            assert_eq!(claim(s, 0, 10), [0_i64; 0], "unknown is still under way");
            accept(s, 5);
            assert_eq!(claim(s, 0, 10), [4]);
        },
    },
    Case {
        name: "a message is due at once, even to a clock that was set back, and the limit holds",
        covers: &["claim_due", "insert_owed"],
        run: |s| {
            owe(s, &[owed(1, ANI, 10), owed(2, BUDI, 20), owed(3, PersonId(13), 3_600)]);
            assert_eq!(claim(s, 0, 0), [0_i64; 0]);
            assert_eq!(claim(s, 0, 1), [1]);
            assert_eq!(claim(s, 0, 10), [2, 3]);
        },
    },
    Case {
        name: "what another process took over is not touched by the one that claimed it first",
        covers: &["put_back", "unclaim", "mark_unknown", "resend", "claim_due"],
        run: |s| {
            owe(s, &[owed(1, ANI, 0)]);
            assert_eq!(claim(s, 0, 10), [1]);
            assert!(s.write(HERE, |tx| tx.resend(HERE, OutboxId(1), at(0), 1)).unwrap());
            let again = s.write(HERE, |tx| tx.claim_due(HERE, at(0), at(60), OTHER, 9)).unwrap();
            assert_eq!(again.len(), 1);
            write(s, |tx| {
                tx.unclaim(HERE, OutboxId(1), ME, at(0))?;
                tx.put_back(HERE, OutboxId(1), ME, at(0))?;
                tx.mark_unknown(HERE, OutboxId(1), ME, at(0))
            });
            assert_eq!(
                row(s, 1).map(|row| (row.state, row.attempts)),
                Some((OutboxState::Sending, 2))
            );
            write(s, |tx| tx.mark_unknown(HERE, OutboxId(1), OTHER, at(90)));
            assert_eq!(state(s, 1), OutboxState::Unknown);
            accept(s, 1);
            assert_eq!(
                state(s, 1),
                OutboxState::Accepted,
                "whoever hears that it arrived may say so"
            );
        },
    },
    Case {
        name: "what a silent process has under way is settled sooner, and nothing of anybody else",
        covers: &["take_over", "list_unsettled", "mark_unknown"],
        run: |s| {
            owe(
                s,
                &[
                    owed(1, ANI, 0),
                    owed(2, BUDI, 0),
                    owed(3, PersonId(13), 0),
                    owed(4, PersonId(14), 0),
                ],
            );
            assert_eq!(claim(s, 0, 2), [1, 2]);
            let theirs = s.write(HERE, |tx| tx.claim_due(HERE, at(0), at(60), OTHER, 1)).unwrap();
            assert_eq!(theirs[0].row.id, OutboxId(3));
            write(s, |tx| tx.mark_unknown(HERE, OutboxId(2), ME, at(5)));
            let take = |office, process| {
                s.write(office, move |tx| tx.take_over(office, process, at(10)))
                    .unwrap()
            };
            assert_eq!(take(ELSEWHERE, ME), 0);
            assert_eq!(take(HERE, ME), 2);
            assert_eq!(unsettled(s, 9, 10), [2], "what is settled sooner stays so");
            assert_eq!(unsettled(s, 10, 10), [1, 2]);
            assert_eq!(unsettled(s, 60, 10), [1, 2, 3]);
            assert_eq!(claim(s, 0, 10), [4], "what only waits is nobody's");
        },
    },
    Case {
        name: "a message put back waits its time, keeps its attempts and its place before later ones",
        covers: &["put_back", "claim_due", "find_owed"],
        run: |s| {
            owe(s, &[owed(1, ANI, 0), owed(2, ANI, 0)]);
            assert_eq!(claim(s, 0, 10), [1]);
            write(s, |tx| tx.put_back(HERE, OutboxId(1), ME, at(30)));
            assert_eq!(
                row(s, 1).map(|row| (row.state, row.attempts)),
                Some((OutboxState::Queued, 1))
            );
            assert_eq!(claim(s, 29, 10), [0_i64; 0]);
            assert_eq!(claim(s, 30, 10), [1]);
            assert_eq!(row(s, 1).map(|row| row.attempts), Some(2));
        },
    },
    Case {
        name: "what was never heard of is listed when its time to settle has come",
        covers: &["list_unsettled", "claim_due", "mark_unknown", "mark_accepted"],
        run: |s| {
            owe(s, &[owed(1, ANI, 0), owed(2, BUDI, 0), owed(3, BUDI, 0)]);
            claim(s, 0, 10);
            assert_eq!(unsettled(s, 59, 10), [0_i64; 0]);
            assert_eq!(unsettled(s, 60, 10), [1, 2]);
            assert_eq!(unsettled(s, 60, 1), [1]);
            write(s, |tx| tx.mark_unknown(HERE, OutboxId(1), ME, at(600)));
            assert_eq!(
                row(s, 1).map(|row| (row.state, row.attempts)),
                Some((OutboxState::Unknown, 1))
            );
            assert_eq!(unsettled(s, 599, 10), [2]);
            assert_eq!(unsettled(s, 600, 10), [1, 2]);
            accept(s, 2);
            assert_eq!(unsettled(s, 600, 10), [1]);
            write(s, |tx| tx.put_back(HERE, OutboxId(1), ME, at(0)));
            assert_eq!(unsettled(s, 600, 10), [0_i64; 0]);
        },
    },
    Case {
        name: "a claim undone is no attempt, once, and leaves the message as it was",
        covers: &["unclaim", "claim_due", "list_mergeable"],
        run: |s| {
            owe(s, &[owed(1, ANI, 0), owed(2, BUDI, 0)]);
            let unclaim = |id, second| {
                write(s, move |tx| tx.unclaim(HERE, OutboxId(id), ME, at(second)));
            };
            unclaim(1, 500);
            assert_eq!(
                claim(s, 0, 10),
                [1, 2],
                "a message that only waits does not wait longer"
            );
            unclaim(1, 30);
            unclaim(1, 500);
            assert_eq!(row(s, 1), Some(owed(1, ANI, 0)));
            assert_eq!(mergeable(s, 10), [1], "it was never attempted");
            assert_eq!(claim(s, 29, 10), [0_i64; 0]);
            assert_eq!(claim(s, 30, 10), [1]);
            write(s, |tx| tx.put_back(HERE, OutboxId(1), ME, at(30)));
            unclaim(1, 30);
            assert_eq!(
                row(s, 1).map(|row| row.attempts),
                Some(1),
                "an attempt that was made stays counted"
            );
            accept(s, 2);
            unclaim(2, 0);
            assert_eq!(
                row(s, 2).map(|row| (row.state, row.attempts)),
                Some((OutboxState::Accepted, 1))
            );
            assert_eq!(claim(s, 30, 10), [1]);
        },
    },
    Case {
        name: "after a pause everything under way gets its time to settle, and nothing gets less",
        covers: &["postpone_settling", "list_unsettled", "claim_due"],
        run: |s| {
            let third = PersonId(13);
            owe(s, &[owed(1, ANI, 0), owed(2, BUDI, 0), owed(3, third, 0)]);
            s.write(ELSEWHERE, |tx| {
                tx.insert_owed(ELSEWHERE, &owed(1, ANI, 0))?;
                tx.claim_due(ELSEWHERE, at(0), at(60), ME, 9)
            })
            .unwrap();
            assert_eq!(claim(s, 0, 2), [1, 2]);
            write(s, |tx| tx.mark_unknown(HERE, OutboxId(2), ME, at(900)));
            let moved = s.write(HERE, |tx| tx.postpone_settling(HERE, at(300))).unwrap();
            assert_eq!(moved, 1, "one is settled later anyway, one only waits");
            assert_eq!(unsettled(s, 299, 10), [0_i64; 0]);
            assert_eq!(unsettled(s, 300, 10), [1]);
            assert_eq!(unsettled(s, 900, 10), [1, 2]);
            assert_eq!(s.write(HERE, |tx| tx.postpone_settling(HERE, at(2_000))).unwrap(), 2);
            assert_eq!(unsettled(s, 1_999, 10), [0_i64; 0]);
            assert_eq!(s.read(|tx| tx.list_unsettled(ELSEWHERE, at(60), 9)).unwrap().len(), 1);
            assert_eq!(claim(s, 0, 10), [3], "what waits is not put off");
        },
    },
    Case {
        name: "an accepted message is not due any more, whatever is said afterwards",
        covers: &["mark_accepted", "put_back", "mark_unknown", "give_up", "find_owed"],
        run: |s| {
            owe(s, &[owed(1, ANI, 0)]);
            claim(s, 0, 10);
            accept(s, 1);
            write(s, |tx| {
                tx.put_back(HERE, OutboxId(1), ME, at(0))?;
                tx.mark_unknown(HERE, OutboxId(1), ME, at(0))?;
                tx.give_up(HERE, OutboxId(1), OutboxState::Failed, Some(1), at(0))
            });
            assert_eq!(state(s, 1), OutboxState::Accepted);
            assert_eq!(claim(s, 1_000, 10), [0_i64; 0]);
            assert_eq!(unsettled(s, 1_000, 10), [0_i64; 0]);
        },
    },
    Case {
        name: "a message is given up as failed or expired and as nothing else",
        covers: &["give_up"],
        run: |s| {
            owe(s, &[owed(1, ANI, 0), owed(2, ANI, 0), owed(3, ANI, 0)]);
            claim(s, 0, 10);
            write(s, |tx| {
                tx.give_up(HERE, OutboxId(1), OutboxState::Failed, Some(131_026), at(5))
            });
            write(s, |tx| tx.give_up(HERE, OutboxId(2), OutboxState::Expired, None, at(5)));
            assert_eq!((state(s, 1), state(s, 2)), (OutboxState::Failed, OutboxState::Expired));
            let may_end = [OutboxState::Failed, OutboxState::Expired];
            for other in OutboxState::ALL.into_iter().filter(|state| !may_end.contains(state)) {
                let refused = s.write(HERE, move |tx| tx.give_up(HERE, OutboxId(3), other, None, at(5)));
                assert!(matches!(refused, Err(Fault::Broken(_))), "{other:?}");
            }
            assert_eq!(claim(s, 0, 10), [3], "the next one goes on");
        },
    },
    Case {
        name: "only messages that wait and were never attempted are merged",
        covers: &["list_mergeable", "merge_owed"],
        run: |s| {
            owe(
                s,
                &[owed(1, ANI, 0), owed(3, ANI, 0), owed(2, ANI, 0), owed(4, BUDI, 0)],
            );
            assert_eq!(mergeable(s, 10), [1, 2, 3]);
            assert_eq!(mergeable(s, 2), [1, 2]);
            claim(s, 0, 10);
            assert_eq!(mergeable(s, 10), [2, 3]);
            assert!(!merge(s, 1, 3), "under way");
            assert!(merge(s, 2, 3));
            assert!(!merge(s, 2, 3), "merged already");
            assert!(!merge(s, 77, 3), "unknown");
            assert_eq!(state(s, 2), OutboxState::Merged);
            assert_eq!(mergeable(s, 10), [3]);
            write(s, |tx| tx.put_back(HERE, OutboxId(1), ME, at(0)));
            assert_eq!(mergeable(s, 10), [3], "attempted before");
            assert!(!merge(s, 1, 3), "attempted before");
            assert_eq!(claim(s, 0, 10), [1]);
            accept(s, 1);
            assert_eq!(claim(s, 0, 10), [3]);
        },
    },
    Case {
        name: "statuses are written upward only, in whatever order they come",
        covers: &["apply_status"],
        run: |s| {
            use OutboxState::{Accepted, Delivered, Failed, Read, Sent};
            let orders: [(&[OutboxState], &[bool], OutboxState); 4] = [
                (&[Sent, Delivered, Read], &[true, true, true], Read),
                (&[Read, Delivered, Sent, Failed], &[true, false, false, false], Read),
                (
                    &[Sent, Sent, Failed, Delivered, Failed],
                    &[true, false, true, true, false],
                    Delivered,
                ),
                (&[Failed, Sent, Accepted, Failed], &[true, false, false, false], Failed),
            ];
            for (id, (statuses, written, last)) in (1..).zip(orders) {
                owe(s, &[owed(id, PersonId(id), 0)]);
                claim(s, 0, 10);
                accept(s, id);
                let did: Vec<_> = statuses.iter().map(|status| apply(s, HERE, id, *status)).collect();
                assert_eq!(did, written);
                assert_eq!(state(s, id), last);
            }
            assert!(!apply(s, HERE, 99, Sent), "no such row");
        },
    },
    Case {
        name: "a process that starts gives what is under way a fresh time to settle, never a shorter one",
        covers: &["postpone_settling", "list_unsettled", "mark_unknown", "claim_due"],
        run: |s| {
            owe(s, &[owed(1, ANI, 0), owed(2, BUDI, 0), owed(3, BUDI, 0)]);
            claim(s, 0, 10);
            write(s, |tx| tx.mark_unknown(HERE, OutboxId(2), ME, at(600)));
            let moved = |office| {
                s.write(office, move |tx| tx.postpone_settling(office, at(100)))
                    .unwrap()
            };
            assert_eq!(moved(ELSEWHERE), 0);
            assert_eq!(moved(HERE), 1);
            assert_eq!(unsettled(s, 99, 10), [0_i64; 0]);
            assert_eq!(unsettled(s, 100, 10), [1]);
            assert_eq!(unsettled(s, 600, 10), [1, 2]);
            accept(s, 1);
            accept(s, 2);
            assert_eq!(claim(s, 1, 10), [3], "what waits is due as before");
        },
    },
    Case {
        name: "a message is billed once, by the office that sent it",
        covers: &["mark_billed"],
        run: |s| {
            owe(s, &[owed(1, ANI, 0), owed(2, ANI, 0)]);
            let bill = |office, id| s.write(office, move |tx| tx.mark_billed(office, OutboxId(id))).unwrap();
            assert!(!bill(HERE, 1), "what still waits costs nothing");
            accept(s, 1);
            accept(s, 2);
            assert_eq!(
                [bill(HERE, 1), bill(HERE, 1), bill(HERE, 2), bill(HERE, 9)],
                [true, false, true, false]
            );
            assert!(!bill(ELSEWHERE, 1));
        },
    },
    Case {
        name: "only what nobody told of is sent again, and only so often",
        covers: &["resend", "put_back", "claim_due", "mark_unknown"],
        run: |s| {
            let resend = |id| {
                s.write(HERE, move |tx| tx.resend(HERE, OutboxId(id), at(5), 1))
                    .unwrap()
            };
            owe(s, &[owed(1, ANI, 0)]);
            assert!(!resend(1), "it was not attempted");
            for _ in 0..3 {
                assert_eq!(claim(s, 0, 10), [1]);
                write(s, |tx| tx.put_back(HERE, OutboxId(1), ME, at(0)));
            }
            assert_eq!(claim(s, 0, 10), [1]);
            assert!(resend(1), "refusals before it do not count");
            assert_eq!(claim(s, 4, 10), [0_i64; 0]);
            assert_eq!(claim(s, 5, 10), [1]);
            write(s, |tx| tx.mark_unknown(HERE, OutboxId(1), ME, at(60)));
            assert!(!resend(1));
            assert_eq!((state(s, 1), unsettled(s, 60, 10)), (OutboxState::Unknown, vec![1]));
            accept(s, 1);
            assert!(!resend(1), "settled");
        },
    },
    Case {
        name: "a status before our own answer settles the message, and accepted does not lower it",
        covers: &["apply_status", "mark_accepted", "claim_due", "list_unsettled"],
        run: |s| {
            owe(s, &[owed(1, ANI, 0), owed(2, ANI, 0), owed(3, ANI, 0)]);
            claim(s, 0, 10);
            assert!(apply(s, HERE, 1, OutboxState::Delivered));
            assert_eq!(claim(s, 0, 10), [2], "the person's next message may go");
            accept(s, 1);
            assert_eq!(state(s, 1), OutboxState::Delivered);
            write(s, |tx| tx.mark_unknown(HERE, OutboxId(2), ME, at(60)));
            assert!(apply(s, HERE, 2, OutboxState::Sent));
            assert_eq!(unsettled(s, 1_000, 10), [0_i64; 0]);
            assert_eq!(claim(s, 0, 10), [3]);
        },
    },
    Case {
        name: "offices have outboxes of their own",
        covers: &[
            "list_offices_with_due",
            "claim_due",
            "find_owed",
            "apply_status",
            "list_unsettled",
            "list_mergeable",
        ],
        run: |s| {
            assert_eq!(offices(s), []);
            owe(s, &[owed(1, ANI, 0)]);
            let there = OutboxRow {
                message: words("from there"),
                ..owed(1, ANI, 0)
            };
            let kept = there.clone();
            s.write(ELSEWHERE, move |tx| tx.insert_owed(ELSEWHERE, &kept)).unwrap();
            assert_eq!(offices(s), [HERE, ELSEWHERE]);
            assert_eq!(claim(s, 0, 10), [1]);
            assert_eq!(offices(s), [HERE, ELSEWHERE], "under way counts");
            assert!(apply(s, HERE, 1, OutboxState::Read));
            assert_eq!(offices(s), [ELSEWHERE]);
            let seen = s
                .read(|tx| {
                    Ok((
                        tx.find_owed(ELSEWHERE, OutboxId(1))?,
                        tx.list_mergeable(ELSEWHERE, ANI, 9)?,
                        tx.list_unsettled(ELSEWHERE, at(999), 9)?,
                        tx.list_mergeable(HERE, ANI, 9)?,
                    ))
                })
                .unwrap();
            assert_eq!(seen, (Some(there.clone()), vec![there], vec![], vec![]));
        },
    },
];

fn write(s: &Subject<'_>, run: impl FnMut(&mut dyn Tx) -> Result<(), Fault> + Send + 'static) {
    s.write(HERE, run).unwrap();
}

fn owe(s: &Subject<'_>, rows: &[OutboxRow]) {
    let rows = rows.to_vec();
    write(s, move |tx| rows.iter().try_for_each(|row| tx.insert_owed(HERE, row)));
}

fn claim(s: &Subject<'_>, now: i64, limit: usize) -> Vec<i64> {
    let claimed = s
        .write(HERE, move |tx| tx.claim_due(HERE, at(now), at(60), ME, limit))
        .unwrap();
    claimed.iter().map(|message| message.row.id.0).collect()
}

fn accept(s: &Subject<'_>, id: i64) {
    write(s, move |tx| {
        tx.mark_accepted(HERE, OutboxId(id), &format!("wamid.{id}"), at(1))
    });
}

fn merge(s: &Subject<'_>, id: i64, into: i64) -> bool {
    s.write(HERE, move |tx| tx.merge_owed(HERE, OutboxId(id), OutboxId(into)))
        .unwrap()
}

fn apply(s: &Subject<'_>, office: OfficeId, id: i64, state: OutboxState) -> bool {
    let status = DeliveryStatus {
        id: OutboxId(id),
        state,
        error_code: None,
        at: at(7),
    };
    s.write(office, move |tx| tx.apply_status(office, &status)).unwrap()
}

fn row(s: &Subject<'_>, id: i64) -> Option<OutboxRow> {
    s.read(move |tx| tx.find_owed(HERE, OutboxId(id))).unwrap()
}

fn state(s: &Subject<'_>, id: i64) -> OutboxState {
    row(s, id).unwrap().state
}

fn unsettled(s: &Subject<'_>, now: i64, limit: usize) -> Vec<i64> {
    let rows = s.read(move |tx| tx.list_unsettled(HERE, at(now), limit)).unwrap();
    rows.iter().map(|row| row.id.0).collect()
}

fn mergeable(s: &Subject<'_>, limit: usize) -> Vec<i64> {
    let rows = s.read(move |tx| tx.list_mergeable(HERE, ANI, limit)).unwrap();
    rows.iter().map(|row| row.id.0).collect()
}

fn offices(s: &Subject<'_>) -> Vec<OfficeId> {
    s.read(|tx| tx.list_offices_with_due()).unwrap()
}
