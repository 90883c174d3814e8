//! Applications, proofs and the counters against guessing.

use jiff::Timestamp;
use sigap_core::application::{Application, Stage};
use sigap_core::ids::{ApplicationNumber, OfficeId, PersonId};

use super::samples::{ANI, BUDI, ELSEWHERE, HERE, application, at, day, number};
use super::{Case, Subject};
use crate::fault::Fault;
use crate::records::{GuessKind, ImportRun};

pub(super) const CASES: &[Case] = &[
    Case {
        name: "an application is saved under its number and replaced as a whole",
        covers: &["find_application", "save_application", "count_applications"],
        run: |s| {
            assert_eq!(find(s, HERE, 1), None);
            let first = application(HERE, 1, Stage::Submitted);
            save(s, &first, 101);
            assert_eq!(find(s, HERE, 1), Some(first.clone()));
            let later = Application {
                stage: Stage::Ready,
                name: None,
                updated_at: at(5),
                ..first
            };
            save(s, &later, 102);
            assert_eq!(find(s, HERE, 1), Some(later));
            assert_eq!(find(s, HERE, 2), None);
            save(s, &application(HERE, 2, Stage::Printing), 103);
            assert_eq!(s.read(|tx| tx.count_applications(HERE)).unwrap(), 2);
        },
    },
    Case {
        name: "offices have applications of their own under the same number",
        covers: &["find_application", "save_application", "count_applications"],
        run: |s| {
            save(s, &application(HERE, 1, Stage::Submitted), 101);
            assert_eq!(find(s, ELSEWHERE, 1), None);
            assert_eq!(s.read(|tx| tx.count_applications(ELSEWHERE)).unwrap(), 0);
            save(s, &application(ELSEWHERE, 1, Stage::Ready), 101);
            assert_eq!(find(s, HERE, 1).map(|found| found.stage), Some(Stage::Submitted));
            assert_eq!(find(s, ELSEWHERE, 1).map(|found| found.stage), Some(Stage::Ready));
        },
    },
    Case {
        name: "the first office that has a number keeps it for the nation",
        covers: &["place_application", "find_place"],
        run: |s| {
            let place = |office| {
                s.write(office, move |tx| tx.place_application(&number(1), office))
                    .unwrap()
            };
            assert_eq!(s.read(|tx| tx.find_place(&number(1))).unwrap(), None);
            for office in [ELSEWHERE, HERE, ELSEWHERE] {
                place(office);
                assert_eq!(s.read(|tx| tx.find_place(&number(1))).unwrap(), Some(ELSEWHERE));
            }
            assert_eq!(s.read(|tx| tx.find_place(&number(2))).unwrap(), None);
        },
    },
    Case {
        name: "the last import of an office is the latest, not the one written last",
        covers: &["insert_import", "find_last_import"],
        run: |s| {
            let last = |office| s.read(move |tx| tx.find_last_import(office)).unwrap();
            assert_eq!(last(HERE), None);
            for (id, second) in [(1, 100), (2, 50)] {
                let run = ImportRun {
                    id,
                    report: "ready".into(),
                    at: at(second),
                    counts: [1, 2, 3, 4],
                    actor: String::new(),
                    newest_on: None,
                };
                s.write(HERE, move |tx| tx.insert_import(HERE, &run, "")).unwrap();
            }
            assert_eq!(last(HERE), Some(at(100)));
            assert_eq!(last(ELSEWHERE), None);
        },
    },
    Case {
        name: "imports are listed, the newest first, and a file is known once it was imported",
        covers: &["list_imports", "has_imported"],
        run: |s| {
            let run = |id, newest_on| ImportRun {
                id,
                report: "penerbitan".into(),
                at: at(id),
                counts: [0, u32::MAX, 3, 4],
                actor: "command".into(),
                newest_on,
            };
            let runs = [run(2, Some(day(5))), run(1, None), run(3, Some(day(4)))];
            for (run, file) in runs.clone().into_iter().zip(["5a", "", "6b"]) {
                s.write(HERE, move |tx| tx.insert_import(HERE, &run, file)).unwrap();
            }
            let [second, first, third] = runs;
            let list = |most| s.read(move |tx| tx.list_imports(HERE, most)).unwrap();
            assert_eq!(list(9), [third.clone(), second, first]);
            assert_eq!(list(1), [third]);
            let has = |office, file: &'static str| s.read(move |tx| tx.has_imported(office, file)).unwrap();
            assert_eq!(
                [
                    has(HERE, "5a"),
                    has(HERE, "6b"),
                    has(HERE, ""),
                    has(HERE, "7c"),
                    has(ELSEWHERE, "5a")
                ],
                [true, true, false, false, false]
            );
            assert_eq!(s.read(|tx| tx.list_imports(ELSEWHERE, 9)), Ok(Vec::new()));
        },
    },
    Case {
        name: "a slip code is used once",
        covers: &["insert_slip_code", "use_slip_code"],
        run: |s| {
            save(s, &application(HERE, 1, Stage::Submitted), 101);
            give(s, "ABCD2345", 1, 100).unwrap();
            assert_eq!(try_code(s, HERE, "ABCD2346", 0), None);
            assert_eq!(try_code(s, ELSEWHERE, "ABCD2345", 0), None);
            assert_eq!(try_code(s, HERE, "ABCD2345", 0), Some(number(1)));
            assert_eq!(try_code(s, HERE, "ABCD2345", 0), None);
        },
    },
    Case {
        name: "a slip code lapses at its time, and a later code does not end an earlier one",
        covers: &["insert_slip_code", "use_slip_code"],
        run: |s| {
            save(s, &application(HERE, 1, Stage::Submitted), 101);
            for (code, lapses) in [("AAAA2222", 100), ("BBBB2222", 100), ("CCCC2222", 200)] {
                give(s, code, 1, lapses).unwrap();
            }
            assert_eq!(try_code(s, HERE, "AAAA2222", 99), Some(number(1)));
            assert_eq!(try_code(s, HERE, "BBBB2222", 100), None);
            assert_eq!(
                try_code(s, HERE, "BBBB2222", 0),
                Some(number(1)),
                "a lapsed try uses nothing up"
            );
            assert_eq!(try_code(s, HERE, "CCCC2222", 100), Some(number(1)));
        },
    },
    Case {
        name: "a slip code for nothing on file, or one given already, is refused",
        covers: &["insert_slip_code"],
        run: |s| {
            assert!(matches!(give(s, "AAAA2222", 1, 100), Err(Fault::Broken(_))));
            save(s, &application(HERE, 1, Stage::Submitted), 101);
            save(s, &application(HERE, 2, Stage::Submitted), 102);
            give(s, "AAAA2222", 1, 100).unwrap();
            assert!(give(s, "AAAA2222", 2, 100).is_err());
            assert_eq!(try_code(s, HERE, "AAAA2222", 0), Some(number(1)));
        },
    },
    Case {
        name: "a phone is bound to the applications it was bound to, the last one first",
        covers: &["bind_person", "is_bound", "find_bound"],
        run: |s| {
            assert_eq!(bound(s, ANI), None);
            for (last, second) in [(1, 10), (2, 20)] {
                bind(s, ANI, last, second);
                assert_eq!(bound(s, ANI), Some(number(last)));
            }
            bind(s, ANI, 1, 30);
            assert_eq!(bound(s, ANI), Some(number(1)), "bound again");
            let is_bound = s
                .read(|tx| {
                    Ok((
                        tx.is_bound(HERE, ANI, &number(1))?,
                        tx.is_bound(HERE, ANI, &number(2))?,
                        tx.is_bound(HERE, ANI, &number(3))?,
                        tx.is_bound(HERE, BUDI, &number(1))?,
                        tx.is_bound(ELSEWHERE, ANI, &number(1))?,
                    ))
                })
                .unwrap();
            assert_eq!(is_bound, (true, true, false, false, false));
            assert_eq!(bound(s, BUDI), None);
            assert_eq!(s.read(|tx| tx.find_bound(ELSEWHERE, ANI)).unwrap(), None);
        },
    },
    Case {
        name: "guesses are counted by different details and in all, from a day on",
        covers: &["count_guess", "sum_guesses"],
        run: |s| {
            assert_eq!(sum(s, GuessKind::LookUp, "11", 0), (0, 0));
            for (detail, day) in [("a", 10), ("a", 10), ("b", 10), ("a", 11), ("c", 12)] {
                guess(s, GuessKind::LookUp, "11", detail, day);
            }
            assert_eq!(sum(s, GuessKind::LookUp, "11", i32::MIN), (3, 5));
            assert_eq!(sum(s, GuessKind::LookUp, "11", 11), (2, 2));
            assert_eq!(sum(s, GuessKind::LookUp, "11", 13), (0, 0));
        },
    },
    Case {
        name: "guesses of another kind, subject or office are not counted",
        covers: &["count_guess", "sum_guesses"],
        run: |s| {
            let kinds = [
                GuessKind::LookUp,
                GuessKind::WrongProof,
                GuessKind::BirthDate,
                GuessKind::SlipCode,
            ];
            for (times, kind) in (1..).zip(kinds) {
                for _ in 0..times {
                    guess(s, kind, "11", "a", -3);
                }
            }
            guess(s, GuessKind::LookUp, "12", "a", -3);
            for (times, kind) in (1..).zip(kinds) {
                assert_eq!(sum(s, kind, "11", -3), (1, times));
            }
            assert_eq!(
                s.read(|tx| tx.sum_guesses(ELSEWHERE, GuessKind::LookUp, "11", -3))
                    .unwrap(),
                (0, 0)
            );
        },
    },
];

fn find(s: &Subject<'_>, office: OfficeId, last: u32) -> Option<Application> {
    s.read(move |tx| tx.find_application(office, &number(last))).unwrap()
}

fn save(s: &Subject<'_>, application: &Application, new_id: i64) {
    let application = application.clone();
    s.write(application.office, move |tx| {
        tx.save_application(&application, PersonId(new_id))
    })
    .unwrap();
}

fn give(s: &Subject<'_>, code: &'static str, last: u32, lapses: i64) -> Result<(), Fault> {
    s.write(HERE, move |tx| {
        tx.insert_slip_code(HERE, code, &number(last), at(lapses))
    })
}

fn try_code(s: &Subject<'_>, office: OfficeId, code: &'static str, now: i64) -> Option<ApplicationNumber> {
    s.write(office, move |tx| tx.use_slip_code(office, code, ANI, at(now)))
        .unwrap()
}

fn bind(s: &Subject<'_>, person: PersonId, last: u32, second: i64) {
    let now: Timestamp = at(second);
    s.write(HERE, move |tx| tx.bind_person(HERE, person, &number(last), now))
        .unwrap();
}

fn bound(s: &Subject<'_>, person: PersonId) -> Option<ApplicationNumber> {
    s.read(move |tx| tx.find_bound(HERE, person)).unwrap()
}

fn guess(s: &Subject<'_>, kind: GuessKind, subject: &'static str, detail: &'static str, day: i32) {
    s.write(HERE, move |tx| tx.count_guess(HERE, kind, subject, detail, day))
        .unwrap();
}

fn sum(s: &Subject<'_>, kind: GuessKind, subject: &'static str, since: i32) -> (u32, u32) {
    s.read(move |tx| tx.sum_guesses(HERE, kind, subject, since)).unwrap()
}
