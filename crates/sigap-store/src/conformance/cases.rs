//! Cases: opened once, changed by one at a time, listed by what is owed; their stories.

use sigap_core::cases::{Case as Matter, CaseKind, CaseState};
use sigap_core::ids::{CaseId, OfficeId, OutboxId, StaffId};

use super::samples::{ANI, BUDI, ELSEWHERE, HERE, NUMBER, at, case};
use super::{Case, Subject};
use crate::fault::Fault;
use crate::records::{CaseEvent, CaseEventKind, CaseRow, Praise};

pub(super) const CASES: &[Case] = &[
    Case {
        name: "cases of a person are listed newest first, within the limit, as they were opened",
        covers: &["insert_case", "list_cases"],
        run: |s| {
            for row in [case(2, ANI), case(1, ANI), case(3, BUDI), case(4, ANI)] {
                open(s, HERE, row).unwrap();
            }
            assert_eq!(of_ani(s, HERE, 9), [case(4, ANI), case(2, ANI), case(1, ANI)]);
            assert_eq!(of_ani(s, HERE, 1), [case(4, ANI)]);
            assert_eq!(of_ani(s, ELSEWHERE, 9), []);
        },
    },
    Case {
        name: "every kind of case, with and without all that may be missing, comes back the same",
        covers: &["insert_case", "find_case"],
        run: |s| {
            for (id, kind) in (1..).zip(CaseKind::ALL) {
                let mut bare = case(id, ANI);
                bare.text = String::new();
                bare.case = Matter::new(CaseId(id), format!("JP-2611-{id:04}"), kind, ANI, at(id));
                open(s, HERE, bare.clone()).unwrap();
                assert_eq!(find(s, HERE, id), Some(bare));
                open(s, ELSEWHERE, full(id)).unwrap();
                assert_eq!(find(s, ELSEWHERE, id), Some(full(id)));
            }
            assert_eq!(find(s, HERE, 99), None);
        },
    },
    Case {
        name: "a case number is given once in an office and finds the case",
        covers: &["insert_case", "find_case_by_number"],
        run: |s| {
            open(s, HERE, case(1, ANI)).unwrap();
            let mut twin = case(2, BUDI);
            twin.case.number = case(1, ANI).case.number;
            assert!(open(s, HERE, twin.clone()).is_err());
            open(s, ELSEWHERE, twin).unwrap();
            let by_number =
                |office, number: &'static str| s.read(move |tx| tx.find_case_by_number(office, number)).unwrap();
            assert_eq!(by_number(HERE, "JP-2611-0001"), Some(CaseId(1)));
            assert_eq!(by_number(ELSEWHERE, "JP-2611-0001"), Some(CaseId(2)));
            assert_eq!(by_number(HERE, "JP-2611-0002"), None);
        },
    },
    Case {
        name: "of two who change a case that they read alike the first one wins",
        covers: &["replace_case", "find_case"],
        run: |s| {
            open(s, HERE, case(1, ANI)).unwrap();
            let replace = |row: CaseRow| s.write(HERE, move |tx| tx.replace_case(HERE, &row)).unwrap();
            let mut mine = case(1, ANI);
            // The rating came with the case and stays.
            mine.case = Matter {
                rating: None,
                ..full(1).case
            };
            let theirs = CaseRow {
                case: Matter {
                    staff: Some(StaffId(9)),
                    ..mine.case.clone()
                },
                ..mine.clone()
            };
            assert_eq!([replace(mine.clone()), replace(theirs.clone())], [true, false]);
            mine.version = 1;
            assert_eq!(find(s, HERE, 1), Some(mine));
            assert!(replace(CaseRow {
                version: 1,
                ..theirs.clone()
            }));
            assert_eq!(find(s, HERE, 1).unwrap().case.staff, Some(StaffId(9)));
            let unknown = CaseRow {
                case: Matter {
                    id: CaseId(5),
                    ..theirs.case
                },
                ..theirs
            };
            assert!(!replace(unknown));
        },
    },
    Case {
        name: "open cases come by what is owed first, ended ones by their end",
        covers: &["list_open_cases", "list_closed_cases"],
        run: |s| {
            for (id, owed, state) in [
                (1, Some(500), CaseState::Open),
                (2, None, CaseState::Taken),
                (3, Some(100), CaseState::Taken),
                (4, None, CaseState::Open),
                (5, None, CaseState::Closed),
                (6, None, CaseState::Closed),
            ] {
                let mut row = case(id, ANI);
                row.case.owed_at = owed.map(at);
                row.case.state = state;
                row.case.closed_at = (state == CaseState::Closed).then(|| at(1_000 - id));
                open(s, HERE, row).unwrap();
            }
            open(s, ELSEWHERE, case(7, ANI)).unwrap();
            let ids = |rows: Vec<CaseRow>| rows.iter().map(|row| row.case.id.0).collect::<Vec<_>>();
            let listed = |most| ids(s.read(move |tx| tx.list_open_cases(HERE, most)).unwrap());
            assert_eq!(listed(9), [3, 1, 2, 4]);
            assert_eq!(listed(2), [3, 1]);
            let ended = |most| ids(s.read(move |tx| tx.list_closed_cases(HERE, most)).unwrap());
            assert_eq!((ended(9), ended(1)), (vec![5, 6], vec![5]));
        },
    },
    Case {
        name: "a talk is found by its person while it lasts",
        covers: &["find_talk", "replace_case"],
        run: |s| {
            let talk = |person| s.read(move |tx| tx.find_talk(HERE, person)).unwrap();
            for id in [1, 2, 3] {
                open(s, HERE, case(id, ANI)).unwrap();
            }
            assert_eq!(talk(ANI), None);
            let set = |id, version, is_talk| {
                let mut row = case(id, ANI);
                row.case.is_talk = is_talk;
                row.version = version;
                s.write(HERE, move |tx| tx.replace_case(HERE, &row)).unwrap();
            };
            set(1, 0, true);
            set(2, 0, true);
            assert_eq!((talk(ANI), talk(BUDI)), (Some(CaseId(2)), None));
            set(2, 1, false);
            assert_eq!(talk(ANI), Some(CaseId(1)));
        },
    },
    Case {
        name: "a case has its story, in order, the newest lines of it",
        covers: &["insert_case_event", "list_case_events", "count_case_events"],
        run: |s| {
            let count = |office, after| s.read(move |tx| tx.count_case_events(office, after)).unwrap();
            assert_eq!(count(HERE, 0), 0);
            open(s, HERE, case(1, ANI)).unwrap();
            open(s, HERE, case(2, BUDI)).unwrap();
            let add = |line: CaseEvent| s.write(HERE, move |tx| tx.insert_case_event(HERE, &line)).unwrap();
            let mut lines = Vec::new();
            for (id, kind) in (1..).zip(CaseEventKind::ALL) {
                let line = event(id, 1, kind);
                assert!(add(line.clone()));
                lines.push(line);
            }
            assert!(add(event(20, 2, CaseEventKind::Heard)));
            assert!(!add(event(21, 3, CaseEventKind::Heard)), "no such case");
            let story = |id, most| s.read(move |tx| tx.list_case_events(HERE, CaseId(id), most)).unwrap();
            assert_eq!(story(1, 99), lines);
            assert_eq!(story(1, 2), lines[lines.len() - 2..]);
            assert_eq!(story(2, 9), [event(20, 2, CaseEventKind::Heard)]);
            let all = u64::try_from(lines.len()).unwrap() + 1;
            assert_eq!((count(HERE, 0), count(HERE, 1), count(HERE, 20)), (all, all - 1, 0));
            assert_eq!(count(ELSEWHERE, 0), 0);
        },
    },
    Case {
        name: "tags are kept with a case, change with it, and find it whole",
        covers: &["list_tagged_cases", "replace_case"],
        run: |s| {
            let tagged = |id, tags: &[&str], state| {
                let mut row = case(id, ANI);
                row.case.state = state;
                row.case.owed_at = Some(at(100 - id));
                row.tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
                row
            };
            for row in [
                tagged(1, &["hilang", "mendesak"], CaseState::Open),
                tagged(2, &["paspor hilang"], CaseState::Taken),
                tagged(3, &["hilang"], CaseState::Open),
                tagged(4, &["hilang"], CaseState::Closed),
            ] {
                open(s, HERE, row).unwrap();
            }
            open(s, ELSEWHERE, tagged(5, &["hilang"], CaseState::Open)).unwrap();
            let listed = |tag: &'static str, most| {
                let rows = s.read(move |tx| tx.list_tagged_cases(HERE, tag, most)).unwrap();
                rows.iter().map(|row| row.case.id.0).collect::<Vec<_>>()
            };
            assert_eq!(listed("hilang", 9), [3, 1]);
            assert_eq!(listed("hilang", 1), [3]);
            assert_eq!((listed("paspor hilang", 9), listed("Hilang", 9)), (vec![2], vec![]));
            assert_eq!(listed("%", 9), Vec::<i64>::new());
            let row = tagged(1, &["beres"], CaseState::Open);
            assert!(s.write(HERE, move |tx| tx.replace_case(HERE, &row)).unwrap());
            assert_eq!((listed("hilang", 9), listed("beres", 9)), (vec![3], vec![1]));
        },
    },
    Case {
        name: "one person under several numbers is found from each of them",
        covers: &["ensure_same", "forget_same", "list_same"],
        run: |s| {
            let same = |one, other| s.write(HERE, move |tx| tx.ensure_same(HERE, one, other)).unwrap();
            let listed = |office, person| s.read(move |tx| tx.list_same(office, person, 9)).unwrap();
            assert_eq!(listed(HERE, ANI), []);
            same(ANI, BUDI);
            same(BUDI, ANI);
            assert_eq!((listed(HERE, ANI), listed(HERE, BUDI)), (vec![BUDI], vec![ANI]));
            assert_eq!(listed(ELSEWHERE, ANI), []);
            let forget = |one, other| s.write(HERE, move |tx| tx.forget_same(HERE, one, other)).unwrap();
            assert_eq!([forget(BUDI, ANI), forget(ANI, BUDI)], [true, false]);
            assert_eq!((listed(HERE, ANI), listed(HERE, BUDI)), (vec![], vec![]));
        },
    },
    Case {
        name: "praise is passed on once to each officer",
        covers: &["insert_praise", "list_praises"],
        run: |s| {
            let pass = |staff, id, second| {
                let praise = Praise {
                    staff: StaffId(staff),
                    case: CaseId(id),
                    passed_at: at(second),
                };
                s.write(HERE, move |tx| tx.insert_praise(HERE, &praise)).unwrap()
            };
            assert_eq!(
                [pass(7, 1, 1), pass(7, 2, 2), pass(8, 1, 3), pass(7, 1, 4)],
                [true, true, true, false]
            );
            let listed = |office, staff, most| {
                let praises = s.read(move |tx| tx.list_praises(office, StaffId(staff), most)).unwrap();
                praises
                    .iter()
                    .map(|praise| (praise.case.0, praise.passed_at))
                    .collect::<Vec<_>>()
            };
            assert_eq!(listed(HERE, 7, 9), [(2, at(2)), (1, at(1))]);
            assert_eq!(
                (
                    listed(HERE, 7, 1).len(),
                    listed(HERE, 8, 9).len(),
                    listed(ELSEWHERE, 7, 9).len()
                ),
                (1, 1, 0)
            );
        },
    },
];

/// A case with everything that may be missing.
fn full(id: i64) -> CaseRow {
    let mut row = case(id, ANI);
    row.case = Matter {
        line: NUMBER.into(),
        due_on: "2026-12-01".parse().ok(),
        end_on: "2026-12-20".parse().ok(),
        owed_at: Some(at(50)),
        state: CaseState::Closed,
        staff: Some(StaffId(7)),
        heard_at: None,
        answered_at: Some(at(30)),
        closed_at: Some(at(40)),
        satisfaction: Some(5),
        escalated_at: Some(at(35)),
        is_talk: true,
        rating: Some(2),
        ..row.case
    };
    row
}

fn event(id: i64, of: i64, kind: CaseEventKind) -> CaseEvent {
    CaseEvent {
        id,
        case: CaseId(of),
        at: at(id),
        kind,
        staff: (id % 2 == 0).then_some(StaffId(7)),
        outbox: (id % 3 == 0).then_some(OutboxId(id)),
        words: format!("kata {id}"),
    }
}

fn open(s: &Subject<'_>, office: OfficeId, row: CaseRow) -> Result<(), Fault> {
    s.write(office, move |tx| tx.insert_case(office, &row))
}

fn find(s: &Subject<'_>, office: OfficeId, id: i64) -> Option<CaseRow> {
    s.read(move |tx| tx.find_case(office, CaseId(id))).unwrap()
}

fn of_ani(s: &Subject<'_>, office: OfficeId, limit: usize) -> Vec<CaseRow> {
    s.read(move |tx| tx.list_cases(office, ANI, limit)).unwrap()
}
