//! Staff: one address once, links and sessions that end, a trail that shows what was changed.

use sigap_core::ids::StaffId;
use sigap_core::staff::Role;
use sigap_core::trail::{Chain, Follower};

use super::samples::{ELSEWHERE, HERE, at, counter, question, session, staff};
use super::{Case, Part, Subject};
use crate::records::{SessionRow, StaffRow};

pub(super) const CASES: &[Case] = &[
    Case {
        name: "somebody is kept with what is sealed, once for an address",
        covers: &["insert_staff", "find_staff", "find_staff_by_email", "list_staff"],
        run: |s| {
            assert!(insert(s, &staff(1)));
            let mut twin = staff(2);
            twin.content.email = staff(1).content.email;
            assert!(!insert(s, &twin));
            assert!(insert(s, &staff(3)));
            assert_eq!(find(s, 1), Some(staff(1)));
            assert_eq!(find(s, 2), None);
            let by = |email: &'static str| s.read(move |tx| tx.find_staff_by_email(HERE, email)).unwrap();
            assert_eq!(by("petugas1@contoh.go.id"), Some(StaffId(1)));
            assert_eq!(by("petugas2@contoh.go.id"), None);
            let elsewhere = s.read(|tx| tx.find_staff_by_email(ELSEWHERE, "petugas1@contoh.go.id"));
            assert_eq!(elsewhere, Ok(None));
            assert_eq!(s.read(|tx| tx.list_staff(HERE, 9)), Ok(vec![staff(1), staff(3)]));
            assert_eq!(s.read(|tx| tx.list_staff(HERE, 1)).unwrap().len(), 1);
        },
    },
    Case {
        name: "roles, locks and secrets change, the address stays",
        covers: &["replace_staff"],
        run: |s| {
            insert(s, &staff(1));
            let changed = StaffRow {
                roles: vec![Role::Auditor],
                is_active: false,
                failed: 6,
                locked_until: Some(at(60)),
                ..staff(1)
            };
            let row = changed.clone();
            s.write(HERE, move |tx| tx.replace_staff(HERE, &row)).unwrap();
            assert_eq!(find(s, 1), Some(changed));
            s.write(HERE, |tx| tx.replace_staff(HERE, &staff(9))).unwrap();
            assert_eq!(find(s, 9), None);
        },
    },
    Case {
        name: "an enrolment link is used once and in time",
        covers: &["insert_enrolment", "find_enrolment", "use_enrolment"],
        run: |s| {
            s.write(HERE, |tx| tx.insert_enrolment(HERE, "link", StaffId(1), at(60)))
                .unwrap();
            let seen = |second| s.read(move |tx| tx.find_enrolment(HERE, "link", at(second))).unwrap();
            let used = |second| {
                s.write(HERE, move |tx| tx.use_enrolment(HERE, "link", at(second)))
                    .unwrap()
            };
            assert_eq!([seen(59), seen(60)], [Some(StaffId(1)), None]);
            assert_eq!(used(60), None);
            assert_eq!(used(59), Some(StaffId(1)));
            assert_eq!([used(59), seen(59)], [None, None]);
            assert_eq!(s.read(|tx| tx.find_enrolment(ELSEWHERE, "link", at(0))), Ok(None));
        },
    },
    Case {
        name: "a question on the way to a sign-in is taken once, in time, at its own office",
        covers: &["insert_sign_in_question", "take_sign_in_question"],
        run: |s| {
            for token in ["a", "b"] {
                ask(s, token, 1);
            }
            let take = |token: &'static str, second| {
                s.write(HERE, move |tx| tx.take_sign_in_question(HERE, token, at(second)))
                    .unwrap()
            };
            let elsewhere = s.write(ELSEWHERE, |tx| tx.take_sign_in_question(ELSEWHERE, "a", at(0)));
            assert_eq!(elsewhere, Ok(None));
            assert_eq!(take("c", 0), None);
            assert_eq!(take("a", 60), Some(question(1).content));
            assert_eq!(take("a", 60), None);
            // Whoever comes too late has used it up all the same.
            assert_eq!([take("b", 61), take("b", 60)], [None, None]);
            // The token is free again.
            ask(s, "a", 2);
            assert!(take("a", 0).is_some());
        },
    },
    Case {
        name: "of many who take a question at once, one gets it",
        covers: &["take_sign_in_question"],
        run: |s| {
            ask(s, "a", 1);
            let parts = (0..8).map(|_| {
                let part: Part<Option<String>> = Box::new(move |tx| tx.take_sign_in_question(HERE, "a", at(0)));
                (HERE, part)
            });
            let taken = s.write_together(parts.collect());
            assert_eq!(
                taken
                    .into_iter()
                    .filter(|taken| taken.clone().unwrap().is_some())
                    .count(),
                1
            );
        },
    },
    Case {
        name: "old questions go, and the oldest of too many",
        covers: &["forget_sign_in_questions"],
        run: |s| {
            for (token, id) in [("a", 1), ("b", 2), ("c", 3), ("d", 4)] {
                ask(s, token, id);
            }
            let row = question(4);
            s.write(ELSEWHERE, move |tx| tx.insert_sign_in_question(ELSEWHERE, "a", &row))
                .unwrap();
            let forget = |second, most| {
                s.write(HERE, move |tx| tx.forget_sign_in_questions(HERE, at(second), most))
                    .unwrap()
            };
            // They end at 61, 62, 63 and 64.
            assert_eq!([forget(60, 4), forget(61, 4), forget(61, 3)], [0, 1, 0]);
            assert_eq!([forget(61, 2), forget(61, 2)], [1, 0]);
            let take = |token: &'static str| {
                s.write(HERE, move |tx| tx.take_sign_in_question(HERE, token, at(0)))
                    .unwrap()
                    .is_some()
            };
            assert_eq!(["a", "b", "c", "d"].map(take), [false, false, true, true]);
            ask(s, "e", 5);
            assert_eq!(forget(0, 0), 1);
            let elsewhere = s.write(ELSEWHERE, |tx| tx.take_sign_in_question(ELSEWHERE, "a", at(0)));
            assert_eq!(elsewhere, Ok(Some(question(4).content)));
        },
    },
    Case {
        name: "a session is found by its token, noted, listed, and ended by its owner alone",
        covers: &[
            "insert_session",
            "find_session",
            "note_session",
            "list_sessions",
            "end_session",
        ],
        run: |s| {
            for (token, row) in [("a", session(1, 70)), ("b", session(2, 70)), ("c", session(3, 71))] {
                s.write(HERE, move |tx| tx.insert_session(HERE, token, &row)).unwrap();
            }
            let find = |token: &'static str| s.read(move |tx| tx.find_session(HERE, token)).unwrap();
            assert_eq!(find("a"), Some(session(1, 70)));
            assert_eq!(find("d"), None);
            s.write(HERE, |tx| tx.note_session(HERE, "a", at(9), Some(counter(4))))
                .unwrap();
            let noted = SessionRow {
                seen_at: at(9),
                counter: Some(counter(4)),
                ..session(1, 70)
            };
            assert_eq!(find("a"), Some(noted.clone()));
            let list = s.read(|tx| tx.list_sessions(HERE, StaffId(70), 9)).unwrap();
            assert_eq!(list, [session(2, 70), noted]);
            let end = |who, id| s.write(HERE, move |tx| tx.end_session(HERE, StaffId(who), id)).unwrap();
            assert_eq!([end(71, 1), end(70, 1), end(70, 1)], [false, true, false]);
            assert_eq!(find("a"), None);
        },
    },
    Case {
        name: "the trail is a chain from its first line, each office its own",
        covers: &["insert_act", "list_acts", "count_acts"],
        run: |s| {
            let acts = ["signed_in", "called", "done"];
            for (place, act) in (1..).zip(acts) {
                let added = s.write(HERE, move |tx| {
                    tx.insert_act(HERE, StaffId(70), at(place), act, "A-001")
                });
                assert_eq!(added, Ok(place.unsigned_abs()));
            }
            assert_eq!(
                s.write(ELSEWHERE, |tx| tx.insert_act(
                    ELSEWHERE,
                    StaffId(70),
                    at(0),
                    "signed_in",
                    ""
                )),
                Ok(1)
            );
            let lines = s.read(|tx| tx.list_acts(HERE, 1, 9)).unwrap();
            let mut follower = Follower::new(HERE);
            for (act, hash) in &lines {
                follower.follow(act, hash);
            }
            assert!(
                matches!(follower.end(), Chain::Whole { lines: 3, .. }),
                "{:?}",
                follower.end()
            );
            assert_eq!(lines[1].0.act, "called");
            assert_eq!(s.read(|tx| tx.list_acts(HERE, 3, 9)).unwrap(), lines[2..]);
            assert_eq!(s.read(|tx| tx.count_acts(HERE)), Ok(3));
        },
    },
    Case {
        name: "lines of the trail that come together stand one after the other",
        covers: &["insert_act"],
        run: |s| {
            let parts = (0..12).map(|n| {
                let part: Part<u64> = Box::new(move |tx| tx.insert_act(HERE, StaffId(n), at(n), "called", ""));
                (HERE, part)
            });
            let mut places: Vec<u64> = s
                .write_together(parts.collect())
                .into_iter()
                .map(Result::unwrap)
                .collect();
            places.sort_unstable();
            assert_eq!(places, (1..=12).collect::<Vec<u64>>());
            let lines = s.read(|tx| tx.list_acts(HERE, 1, 99)).unwrap();
            let mut follower = Follower::new(HERE);
            for (act, hash) in &lines {
                follower.follow(act, hash);
            }
            assert!(matches!(follower.end(), Chain::Whole { lines: 12, .. }));
        },
    },
];

fn ask(s: &Subject<'_>, token: &'static str, id: i64) {
    let row = question(id);
    s.write(HERE, move |tx| tx.insert_sign_in_question(HERE, token, &row))
        .unwrap();
}

fn insert(s: &Subject<'_>, row: &StaffRow) -> bool {
    let row = row.clone();
    s.write(HERE, move |tx| tx.insert_staff(HERE, &row)).unwrap()
}

fn find(s: &Subject<'_>, id: i64) -> Option<StaffRow> {
    s.read(move |tx| tx.find_staff(HERE, StaffId(id))).unwrap()
}
