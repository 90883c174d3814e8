//! What an office owes and did: counters, the audit trail, paid messages, kept webhooks, the backlog.

use sigap_core::ids::OutboxId;

use super::Case;
use super::samples::{ANI, ELSEWHERE, HERE, ME, at, owed, received};
use crate::fault::Fault;
use crate::records::{AuditEntry, Backlog, InboxState};

pub(super) const CASES: &[Case] = &[
    Case {
        name: "a counter counts from one, each name and office for itself",
        covers: &["next_count"],
        run: |s| {
            let next = |office, name: &'static str| s.write(office, move |tx| tx.next_count(office, name)).unwrap();
            assert_eq!([next(HERE, "a"), next(HERE, "a"), next(HERE, "a")], [1, 2, 3]);
            assert_eq!([next(HERE, "A"), next(HERE, ""), next(ELSEWHERE, "a")], [1, 1, 1]);
            assert_eq!(next(HERE, "a"), 4);
        },
    },
    Case {
        name: "a count is undone with its transaction",
        covers: &["next_count"],
        run: |s| {
            let failed: Result<(), _> = s.write(HERE, |tx| {
                assert_eq!(tx.next_count(HERE, "a")?, 1);
                Err(Fault::Unreadable("on purpose"))
            });
            assert_eq!(failed, Err(Fault::Unreadable("on purpose")));
            assert_eq!(s.write(HERE, |tx| tx.next_count(HERE, "a")).unwrap(), 1);
        },
    },
    Case {
        name: "the audit trail shows the newest lines of its office",
        covers: &["insert_audit", "list_audit"],
        run: |s| {
            for id in [2, 1, 3] {
                s.write(HERE, move |tx| tx.insert_audit(HERE, &line(id))).unwrap();
            }
            s.write(ELSEWHERE, |tx| tx.insert_audit(ELSEWHERE, &line(9))).unwrap();
            assert_eq!(
                s.read(|tx| tx.list_audit(HERE, 9)).unwrap(),
                [line(3), line(2), line(1)]
            );
            assert_eq!(s.read(|tx| tx.list_audit(HERE, 2)).unwrap(), [line(3), line(2)]);
            assert!(
                s.write(HERE, |tx| tx.insert_audit(HERE, &line(3))).is_err(),
                "a line is written once"
            );
        },
    },
    Case {
        name: "delivered messages are counted by office, number, month and category",
        covers: &["count_delivered", "sum_delivered", "list_delivered"],
        run: |s| {
            let count = |office, number: &'static str, month: &'static str, category: &'static str| {
                s.write(office, move |tx| tx.count_delivered(office, number, month, category))
                    .unwrap()
            };
            assert_eq!(
                s.read(|tx| tx.sum_delivered(HERE, "1", "2026-11", "service")).unwrap(),
                0
            );
            assert_eq!(
                [
                    count(HERE, "1", "2026-11", "service"),
                    count(HERE, "1", "2026-11", "service")
                ],
                [1, 2]
            );
            assert_eq!(count(HERE, "2", "2026-11", "service"), 1);
            assert_eq!(count(HERE, "1", "2026-12", "service"), 1);
            assert_eq!(count(HERE, "1", "2026-11", "utility"), 1);
            assert_eq!(count(ELSEWHERE, "1", "2026-11", "service"), 1);
            assert_eq!(
                s.read(|tx| tx.sum_delivered(HERE, "1", "2026-11", "service")).unwrap(),
                2
            );
            let row = |number: &str, category: &str, many| (number.to_owned(), category.to_owned(), many);
            let listed = |limit| s.read(move |tx| tx.list_delivered(HERE, "2026-11", limit)).unwrap();
            let all = [row("1", "service", 2), row("1", "utility", 1), row("2", "service", 1)];
            assert_eq!(listed(9), all);
            assert_eq!(listed(2), all[..2]);
        },
    },
    Case {
        name: "webhooks are kept and counted by reason",
        covers: &["keep_raw", "count_raw"],
        run: |s| {
            let count = |office, reason: &'static str| s.read(move |tx| tx.count_raw(office, reason)).unwrap();
            assert_eq!(count(HERE, "unknown"), 0);
            for (id, reason) in [(1, "unknown"), (2, "unknown"), (3, "unreadable")] {
                s.write(HERE, move |tx| tx.keep_raw(HERE, id, reason, "{\"object\":1}", at(0)))
                    .unwrap();
            }
            assert_eq!(
                (count(HERE, "unknown"), count(HERE, "unreadable"), count(HERE, "x")),
                (2, 1, 0)
            );
            assert_eq!(count(ELSEWHERE, "unknown"), 0);
        },
    },
    Case {
        name: "the backlog tells what waits in all offices and since when",
        covers: &["find_backlog"],
        run: |s| {
            let backlog = || s.read(|tx| tx.find_backlog()).unwrap();
            assert_eq!(backlog(), Backlog::default());
            s.write(HERE, |tx| {
                tx.insert_received(HERE, &received(ANI, "wamid.1", 50, "halo"))?;
                tx.insert_owed(HERE, &owed(1, ANI, 70))
            })
            .unwrap();
            s.write(ELSEWHERE, |tx| {
                tx.insert_received(ELSEWHERE, &received(ANI, "wamid.1", 40, "halo"))?;
                tx.insert_owed(ELSEWHERE, &owed(1, ANI, 80))
            })
            .unwrap();
            let full = Backlog {
                owed: 2,
                oldest_owed_at: Some(at(41)),
                unsent: 2,
                oldest_unsent_at: Some(at(70)),
            };
            assert_eq!(backlog(), full);
            s.write(ELSEWHERE, |tx| {
                let key = received(ANI, "wamid.1", 40, "").key;
                tx.settle_received(ELSEWHERE, &key, InboxState::Answered, 1)
            })
            .unwrap();
            s.write(HERE, |tx| {
                tx.claim_due(HERE, at(99), at(199), ME, 1)?;
                tx.mark_accepted(HERE, OutboxId(1), "wamid.9", at(99))
            })
            .unwrap();
            let rest = Backlog {
                owed: 1,
                oldest_owed_at: Some(at(51)),
                unsent: 1,
                oldest_unsent_at: Some(at(80)),
            };
            assert_eq!(backlog(), rest);
        },
    },
];

fn line(id: i64) -> AuditEntry {
    AuditEntry {
        id,
        at: at(id),
        actor: "citizen".into(),
        act: "phone_bound".into(),
        subject: id.to_string(),
    }
}
