//! Partners that are called: their addresses, and calls that one process at a time takes.

use sigap_core::ids::HookId;

use super::Case;
use super::samples::{ELSEWHERE, HERE, at, hook, hook_call};
use crate::records::{HookCall, HookRow};

pub(super) const CASES: &[Case] = &[
    Case {
        name: "an address is kept as it is, follows what became of it, and is forgotten",
        covers: &["insert_hook", "list_hooks", "change_hook", "delete_hook"],
        run: |s| {
            s.write(HERE, |tx| {
                tx.insert_hook(HERE, &hook(2))?;
                tx.insert_hook(HERE, &hook(1))?;
                tx.insert_hook(ELSEWHERE, &hook(1))
            })
            .unwrap();
            let list = |office, most| s.read(move |tx| tx.list_hooks(office, most)).unwrap();
            assert_eq!(list(HERE, 9), [hook(1), hook(2)]);
            assert_eq!(list(HERE, 1), [hook(1)]);
            let changed = HookRow {
                heard_at: Some(at(1)),
                failed_at: Some(at(2)),
                failure: "503".into(),
                stopped_at: Some(at(3)),
                ..hook(2)
            };
            let change = |row: HookRow| s.write(HERE, move |tx| tx.change_hook(HERE, &row)).unwrap();
            assert!(change(changed.clone()));
            assert!(!change(HookRow {
                id: HookId(9),
                ..hook(1)
            }));
            assert_eq!(list(HERE, 9), [hook(1), changed]);
            let delete = |id| s.write(HERE, move |tx| tx.delete_hook(HERE, HookId(id))).unwrap();
            assert_eq!([delete(1), delete(1)], [true, false]);
            assert_eq!((list(HERE, 9).len(), list(ELSEWHERE, 9).len()), (1, 1));
        },
    },
    Case {
        name: "a call is taken when it is due, by one, and again when it was put off",
        covers: &["insert_hook_call", "claim_hook_calls", "postpone_hook_call"],
        run: |s| {
            s.write(HERE, |tx| {
                for call in [hook_call(1, 30), hook_call(2, 10), hook_call(3, 20)] {
                    tx.insert_hook_call(HERE, &call)?;
                }
                tx.insert_hook_call(ELSEWHERE, &hook_call(1, 10))
            })
            .unwrap();
            let claim = |now, until, most| {
                s.write(HERE, move |tx| tx.claim_hook_calls(HERE, at(now), at(until), most))
                    .unwrap()
            };
            let taken = |id, until, attempts| HookCall {
                attempts,
                ..hook_call(id, until)
            };
            assert_eq!(claim(9, 99, 9), []);
            assert_eq!(claim(20, 50, 1), [taken(2, 50, 1)]);
            assert_eq!(claim(20, 50, 9), [taken(3, 50, 1)]);
            assert_eq!(claim(49, 90, 9), [taken(1, 90, 1)]);
            let postpone = |id, second| {
                s.write(HERE, move |tx| tx.postpone_hook_call(HERE, id, at(second)))
                    .unwrap()
            };
            assert_eq!([postpone(2, 200), postpone(7, 200)], [true, false]);
            assert_eq!(claim(199, 300, 9), [taken(3, 300, 2), taken(1, 300, 2)]);
            assert_eq!(claim(200, 300, 9), [taken(2, 300, 2)]);
        },
    },
    Case {
        name: "a call that was heard is owed no more",
        covers: &["delete_hook_call", "count_hook_calls"],
        run: |s| {
            s.write(HERE, |tx| {
                tx.insert_hook_call(HERE, &hook_call(1, 10))?;
                tx.insert_hook_call(HERE, &hook_call(2, 10))
            })
            .unwrap();
            let count = |office| s.read(move |tx| tx.count_hook_calls(office)).unwrap();
            assert_eq!((count(HERE), count(ELSEWHERE)), (2, 0));
            let delete = |id| s.write(HERE, move |tx| tx.delete_hook_call(HERE, id)).unwrap();
            assert_eq!([delete(1), delete(1)], [true, false]);
            assert_eq!(count(HERE), 1);
        },
    },
];
