//! The inbox: one key, one message, and nothing that is owed gets lost.

use jiff::Timestamp;

use super::samples::{ANI, ELSEWHERE, HERE, NUMBER, at, received};
use super::{Case, Subject};
use crate::records::{InboxRow, InboxState, MessageKey};

pub(super) const CASES: &[Case] = &[
    Case {
        name: "a message delivered again is not kept again and changes nothing",
        covers: &["has_received", "insert_received", "find_received", "settle_received"],
        run: |s| {
            let row = received(ANI, "wamid.1", 0, "halo");
            assert!(!has(s, &row.key));
            assert!(insert(s, &row));
            assert!(has(s, &row.key));
            let key = row.key.clone();
            s.write(HERE, move |tx| tx.settle_received(HERE, &key, InboxState::Answered, 1))
                .unwrap();
            assert!(!insert(s, &received(ANI, "wamid.1", 0, "another text")));
            let kept = find(s, "wamid.1", at(0)).unwrap();
            assert_eq!(
                kept,
                InboxRow {
                    state: InboxState::Answered,
                    attempts: 1,
                    ..row
                }
            );
        },
    },
    Case {
        name: "number, message id and time all belong to the key",
        covers: &["has_received", "insert_received"],
        run: |s| {
            let row = received(ANI, "wamid.1", 0, "halo");
            assert!(insert(s, &row));
            let others = [
                MessageKey {
                    number: "2".into(),
                    ..row.key.clone()
                },
                MessageKey {
                    message_id: "WAMID.1".into(),
                    ..row.key.clone()
                },
                MessageKey {
                    message_id: "wamid.1 ".into(),
                    ..row.key.clone()
                },
                MessageKey {
                    sent_at: at(1),
                    ..row.key.clone()
                },
            ];
            for key in others {
                assert!(!has(s, &key));
                assert!(insert(
                    s,
                    &InboxRow {
                        key: key.clone(),
                        ..row.clone()
                    }
                ));
                assert!(has(s, &key));
            }
        },
    },
    Case {
        name: "two offices keep the same message each for itself",
        covers: &[
            "has_received",
            "insert_received",
            "settle_received",
            "find_received",
            "replace_content",
            "list_owed",
        ],
        run: |s| {
            let row = received(ANI, "wamid.1", 0, "halo");
            assert!(insert(s, &row));
            let key = row.key.clone();
            let there = s
                .write(ELSEWHERE, move |tx| {
                    Ok((
                        tx.has_received(ELSEWHERE, &key)?,
                        tx.settle_received(ELSEWHERE, &key, InboxState::Silent, 9)?,
                        tx.replace_content(ELSEWHERE, &key, None)?,
                        tx.find_received(ELSEWHERE, NUMBER, "wamid.1", at(0))?.is_some(),
                        tx.list_owed(ELSEWHERE, 10)?.len(),
                    ))
                })
                .unwrap();
            assert_eq!(there, (false, false, false, false, 0));
            assert_eq!(find(s, "wamid.1", at(0)), Some(row.clone()));
            assert!(
                s.write(ELSEWHERE, move |tx| tx.insert_received(ELSEWHERE, &row))
                    .unwrap()
            );
        },
    },
    Case {
        name: "owed messages are listed oldest first, within the limit, until they are settled",
        covers: &["list_owed", "settle_received"],
        run: |s| {
            for second in [30, 10, 20] {
                insert(s, &received(ANI, &format!("wamid.{second}"), second, "halo"));
            }
            insert(
                s,
                &InboxRow {
                    state: InboxState::Answered,
                    ..received(ANI, "wamid.0", 0, "halo")
                },
            );
            assert_eq!(owed_seconds(s, 10), [10, 20, 30]);
            assert_eq!(owed_seconds(s, 2), [10, 20]);
            assert_eq!(owed_seconds(s, 0), [0_i64; 0]);
            for (second, state) in [
                (10, InboxState::Answered),
                (20, InboxState::Silent),
                (30, InboxState::HandedOver),
            ] {
                let key = received(ANI, &format!("wamid.{second}"), second, "").key;
                assert!(
                    s.write(HERE, move |tx| tx.settle_received(HERE, &key, state, 3))
                        .unwrap()
                );
                assert_eq!(
                    find(s, &format!("wamid.{second}"), at(0)).map(|row| (row.state, row.attempts)),
                    Some((state, 3))
                );
            }
            assert_eq!(owed_seconds(s, 10), [0_i64; 0]);
        },
    },
    Case {
        name: "a try that failed is counted and the message stays owed",
        covers: &["settle_received", "list_owed"],
        run: |s| {
            let row = received(ANI, "wamid.1", 0, "halo");
            insert(s, &row);
            let key = row.key.clone();
            assert!(
                s.write(HERE, move |tx| tx.settle_received(HERE, &key, InboxState::Owed, 2))
                    .unwrap()
            );
            assert_eq!(
                s.read(|tx| tx.list_owed(HERE, 9)).unwrap(),
                [InboxRow { attempts: 2, ..row }]
            );
        },
    },
    Case {
        name: "settling or changing a message that was not kept says so",
        covers: &["settle_received", "replace_content"],
        run: |s| {
            let row = received(ANI, "wamid.1", 0, "halo");
            let did = s
                .write(HERE, move |tx| {
                    Ok((
                        tx.settle_received(HERE, &row.key, InboxState::Answered, 1)?,
                        tx.replace_content(HERE, &row.key, row.content.as_ref())?,
                        tx.has_received(HERE, &row.key)?,
                    ))
                })
                .unwrap();
            assert_eq!(did, (false, false, false));
        },
    },
    Case {
        name: "an earlier message is found from a time on",
        covers: &["find_received"],
        run: |s| {
            let row = received(ANI, "wamid.1", 100, "halo");
            insert(s, &row);
            assert_eq!(find(s, "wamid.1", Timestamp::MIN), Some(row.clone()));
            assert_eq!(find(s, "wamid.1", at(100)), Some(row));
            assert_eq!(find(s, "wamid.1", at(101)), None);
            assert_eq!(find(s, "wamid.2", at(0)), None);
            assert_eq!(
                s.read(|tx| tx.find_received(HERE, "2", "wamid.1", at(0))).unwrap(),
                None
            );
        },
    },
    Case {
        name: "content can be changed, and erased for good while the key stays",
        covers: &["replace_content", "find_received", "has_received", "insert_received"],
        run: |s| {
            let row = InboxRow {
                state: InboxState::Answered,
                ..received(ANI, "wamid.1", 0, "halo")
            };
            insert(s, &row);
            let edited = received(ANI, "wamid.1", 0, "halo lagi").content;
            assert!(replace(s, &row.key, edited.clone()));
            assert_eq!(find(s, "wamid.1", at(0)).unwrap().content, edited);
            assert!(replace(s, &row.key, None));
            let erased = InboxRow {
                content: None,
                ..row.clone()
            };
            assert_eq!(find(s, "wamid.1", at(0)), Some(erased));
            assert!(has(s, &row.key));
            assert!(!insert(s, &row));
        },
    },
    Case {
        name: "a message taken back is owed no answer and holds up no other",
        covers: &["replace_content", "list_owed", "find_backlog"],
        run: |s| {
            let (first, second) = (received(ANI, "wamid.1", 0, "halo"), received(ANI, "wamid.2", 5, "halo"));
            insert(s, &first);
            insert(s, &second);
            assert!(replace(s, &first.key, None));
            assert_eq!(s.read(|tx| tx.list_owed(HERE, 1)).unwrap(), [second]);
            assert_eq!(s.read(|tx| tx.find_backlog()).unwrap().owed, 1);
            assert_eq!(find(s, "wamid.1", at(0)).map(|row| row.state), Some(InboxState::Silent));
        },
    },
    Case {
        name: "a message may be kept without content",
        covers: &["insert_received", "find_received"],
        run: |s| {
            let row = InboxRow {
                content: None,
                state: InboxState::Silent,
                ..received(ANI, "wamid.1", 0, "")
            };
            assert!(insert(s, &row));
            assert_eq!(find(s, "wamid.1", at(0)), Some(row));
        },
    },
];

fn has(s: &Subject<'_>, key: &MessageKey) -> bool {
    let key = key.clone();
    s.read(move |tx| tx.has_received(HERE, &key)).unwrap()
}

fn insert(s: &Subject<'_>, row: &InboxRow) -> bool {
    let row = row.clone();
    s.write(HERE, move |tx| tx.insert_received(HERE, &row)).unwrap()
}

fn replace(s: &Subject<'_>, key: &MessageKey, content: Option<crate::records::InboxContent>) -> bool {
    let key = key.clone();
    s.write(HERE, move |tx| tx.replace_content(HERE, &key, content.as_ref()))
        .unwrap()
}

fn find(s: &Subject<'_>, message_id: &str, since: Timestamp) -> Option<InboxRow> {
    let message_id = message_id.to_owned();
    s.read(move |tx| tx.find_received(HERE, NUMBER, &message_id, since))
        .unwrap()
}

fn owed_seconds(s: &Subject<'_>, limit: usize) -> Vec<i64> {
    let rows = s.read(move |tx| tx.list_owed(HERE, limit)).unwrap();
    rows.iter()
        .map(|row| row.key.sent_at.as_second() - at(0).as_second())
        .collect()
}
