//! Figures: totals are replaced as a whole and added up by part; raw rows are counted within their bounds.

use sigap_core::cases::{CaseKind, CaseState};
use sigap_core::figures::{FirstAnswer, OpenCases, Part, VisitOfDay};
use sigap_core::ids::{BookingId, CaseId, OfficeId, StaffId, VisitId};
use sigap_core::queue::VisitState;

use super::samples::{ANI, BUDI, ELSEWHERE, HERE, NUMBER, at, case, counter, day, received, visit};
use super::{Case, Subject};
use crate::records::{CaseEvent, CaseEventKind, InboxState, VisitEvent};

pub(super) const CASES: &[Case] = &[
    Case {
        name: "the totals of a day are replaced as a whole, and no other day's",
        covers: &["replace_day_figures", "sum_day_figures"],
        run: |s| {
            keep(s, HERE, 5, &[("a", 1), ("b", 2), ("c/d", 0)]);
            keep(s, HERE, 6, &[("a", 10)]);
            keep(s, ELSEWHERE, 5, &[("a", 100)]);
            keep(s, HERE, 5, &[("b", 3)]);
            assert_eq!(
                sums(s, HERE, 5, 7, Part::Day, 9),
                [row("2026-12-05", "b", 3), row("2026-12-06", "a", 10)]
            );
            assert_eq!(sums(s, ELSEWHERE, 1, 31, Part::Day, 9), [row("2026-12-05", "a", 100)]);
            keep(s, HERE, 5, &[]);
            assert_eq!(sums(s, HERE, 5, 6, Part::Day, 9), []);
        },
    },
    Case {
        name: "days add up to months, from the first on and before the last",
        covers: &["sum_day_figures"],
        run: |s| {
            for on in [4, 5, 6, 7] {
                keep(s, HERE, on, &[("a", 1), ("z", u64::try_from(on).unwrap())]);
            }
            assert_eq!(
                sums(s, HERE, 5, 7, Part::Month, 9),
                [row("2026-12", "a", 2), row("2026-12", "z", 11)]
            );
            assert_eq!(sums(s, HERE, 5, 7, Part::Month, 1), [row("2026-12", "a", 2)]);
            assert_eq!(sums(s, HERE, 5, 5, Part::Month, 9), []);
        },
    },
    Case {
        name: "the newest totals, the first visit and the first message are found",
        covers: &["find_last_figures", "find_first_visit", "find_first_message"],
        run: |s| {
            let found = |office| {
                s.read(move |tx| {
                    Ok((
                        tx.find_last_figures(office)?,
                        tx.find_first_visit(office)?,
                        tx.find_first_message(office)?,
                    ))
                })
                .unwrap()
            };
            assert_eq!(found(HERE), (None, None, None));
            keep(s, HERE, 6, &[("a", 1)]);
            keep(s, HERE, 4, &[("a", 1), ("b", 1)]);
            s.write(HERE, |tx| {
                for (id, on) in [(1, 6), (2, 5)] {
                    let mut row = visit(id, 0);
                    row.day = day(on);
                    tx.insert_visit(HERE, &row)?;
                }
                // One whose time could not be read is kept as of the epoch.
                for (name, second) in [("b", 9), ("a", 3), ("c", -at(0).as_second())] {
                    tx.insert_received(HERE, &received(ANI, name, second, "halo"))?;
                }
                Ok(())
            })
            .unwrap();
            assert_eq!(found(HERE), (Some(day(6)), Some(day(5)), Some(at(3))));
            assert_eq!(found(ELSEWHERE), (None, None, None));
        },
    },
    Case {
        name: "visits of a day come with their class and their first call",
        covers: &["list_visits_of_day"],
        run: |s| {
            s.write(HERE, |tx| {
                let mut booked = visit(2, 30);
                booked.visit.booking = Some(BookingId(1));
                booked.visit.state = VisitState::Done;
                let mut elder = visit(1, 20);
                elder.visit.group = Some("elderly".into());
                let mut later = visit(3, 40);
                later.day = day(6);
                for row in [&booked, &elder, &later] {
                    tx.insert_visit(HERE, row)?;
                }
                for (id, of, kind, second) in [
                    (1, 2, "arrived", 30),
                    (4, 2, "call", 90),
                    (3, 2, "call", 60),
                    (5, 1, "recall", 50),
                    (6, 3, "call", 70),
                ] {
                    tx.insert_visit_event(HERE, &event(id, of, kind, second))?;
                }
                tx.insert_visit_event(ELSEWHERE, &event(7, 1, "call", 25))
            })
            .unwrap();
            let list = |office, most| s.read(move |tx| tx.list_visits_of_day(office, day(5), most)).unwrap();
            let elder = VisitOfDay {
                line: "passport".into(),
                state: VisitState::Waiting,
                has_priority: true,
                is_booked: false,
                since: at(20),
                called_at: None,
            };
            let booked = VisitOfDay {
                state: VisitState::Done,
                has_priority: false,
                is_booked: true,
                since: at(30),
                called_at: Some(at(60)),
                ..elder.clone()
            };
            assert_eq!(list(HERE, 9), [booked.clone(), elder]);
            assert_eq!(list(HERE, 1), [booked]);
            assert_eq!(list(ELSEWHERE, 9), []);
        },
    },
    Case {
        name: "who wrote is counted once, from the first moment on and before the last, what needs no answer not at all",
        covers: &["count_writers"],
        run: |s| {
            s.write(HERE, |tx| {
                for (person, name, second, state) in [
                    (ANI, "a", 9, InboxState::Answered),
                    (ANI, "b", 10, InboxState::Answered),
                    (ANI, "c", 11, InboxState::HandedOver),
                    (BUDI, "d", 12, InboxState::Owed),
                    (BUDI, "e", 13, InboxState::Silent),
                    (BUDI, "f", 20, InboxState::Answered),
                ] {
                    let mut row = received(person, name, second, "halo");
                    row.state = state;
                    tx.insert_received(HERE, &row)?;
                }
                Ok(())
            })
            .unwrap();
            let count = |office, from, to| s.read(move |tx| tx.count_writers(office, at(from), at(to))).unwrap();
            assert_eq!(count(HERE, 10, 20), (3, 2));
            assert_eq!(count(HERE, 13, 20), (0, 0));
            assert_eq!(count(ELSEWHERE, 0, 99), (0, 0));
        },
    },
    Case {
        name: "people whose words went to an officer are counted once, whatever brought them there",
        covers: &["count_handed_over"],
        run: |s| {
            s.write(HERE, |tx| {
                for (id, person, kind) in [
                    (10, ANI, CaseKind::Officer),
                    (11, ANI, CaseKind::Unanswered),
                    (12, BUDI, CaseKind::Complaint),
                ] {
                    let mut row = case(id, person);
                    row.case.kind = kind;
                    tx.insert_case(HERE, &row)?;
                }
                for (id, of, kind) in [
                    (20, 11, CaseEventKind::Heard),
                    (21, 12, CaseEventKind::Note),
                    (30, 12, CaseEventKind::Heard),
                ] {
                    tx.insert_case_event(HERE, &line(id, of, kind))?;
                }
                Ok(())
            })
            .unwrap();
            let count = |office, from, to| s.read(move |tx| tx.count_handed_over(office, from, to)).unwrap();
            assert_eq!(count(HERE, 1, 30), 1, "Budi brought a complaint, which is no talk");
            assert_eq!(count(HERE, 1, 31), 2, "he went on to talk");
            assert_eq!(count(HERE, 21, 30), 0);
            assert_eq!(count(ELSEWHERE, 1, 99), 0);
        },
    },
    Case {
        name: "cases are counted by kind within their ids, open ones with what is late among them",
        covers: &["count_cases_opened", "count_open_cases"],
        run: |s| {
            s.write(HERE, |tx| {
                for (id, kind, owed, state) in [
                    (1, CaseKind::Complaint, Some(5), CaseState::Open),
                    (2, CaseKind::Complaint, Some(10), CaseState::Taken),
                    (3, CaseKind::Complaint, Some(11), CaseState::Taken),
                    (4, CaseKind::Comment, None, CaseState::Open),
                    (5, CaseKind::Broker, Some(5), CaseState::Closed),
                ] {
                    let mut row = case(id, ANI);
                    row.case.kind = kind;
                    row.case.owed_at = owed.map(at);
                    row.case.state = state;
                    tx.insert_case(HERE, &row)?;
                }
                Ok(())
            })
            .unwrap();
            let opened = |from, to| s.read(move |tx| tx.count_cases_opened(HERE, from, to)).unwrap();
            assert_eq!(
                opened(1, 6),
                [(CaseKind::Broker, 1), (CaseKind::Comment, 1), (CaseKind::Complaint, 3)]
            );
            assert_eq!(opened(2, 4), [(CaseKind::Complaint, 2)]);
            let open = |office| s.read(move |tx| tx.count_open_cases(office, at(10))).unwrap();
            let cases = |kind, open, late| OpenCases { kind, open, late };
            assert_eq!(
                open(HERE),
                [cases(CaseKind::Comment, 1, 0), cases(CaseKind::Complaint, 3, 2)]
            );
            assert_eq!(open(ELSEWHERE), []);
        },
    },
    Case {
        name: "only the first answer to a case is one, told with what was owed",
        covers: &["list_first_answers"],
        run: |s| {
            s.write(HERE, |tx| {
                for (id, answered) in [(1, Some(20)), (2, Some(21)), (3, None)] {
                    let mut row = case(id, ANI);
                    row.case.answered_at = answered.map(at);
                    if id == 2 {
                        row.case.due_on = None;
                        row.case.kind = CaseKind::Officer;
                    }
                    tx.insert_case(HERE, &row)?;
                }
                for (id, of, kind) in [
                    (19, 1, CaseEventKind::Heard),
                    (20, 1, CaseEventKind::Answered),
                    (21, 2, CaseEventKind::Answered),
                    (22, 1, CaseEventKind::Answered),
                ] {
                    tx.insert_case_event(HERE, &line(id, of, kind))?;
                }
                Ok(())
            })
            .unwrap();
            let list =
                |office, from, to, most| s.read(move |tx| tx.list_first_answers(office, from, to, most)).unwrap();
            let first = FirstAnswer {
                kind: CaseKind::Complaint,
                opened_at: at(1),
                answered_at: at(20),
                due_on: case(1, ANI).case.due_on,
            };
            let second = FirstAnswer {
                kind: CaseKind::Officer,
                opened_at: at(2),
                answered_at: at(21),
                due_on: None,
            };
            assert_eq!(list(HERE, 1, 99, 9), [first, second]);
            assert_eq!(list(HERE, 1, 99, 1), [first]);
            assert_eq!(list(HERE, 21, 22, 9), [second]);
            assert_eq!(list(HERE, 22, 99, 9), []);
            assert_eq!(list(ELSEWHERE, 1, 99, 9), []);
        },
    },
    Case {
        name: "paid messages are added up over numbers and months, by category",
        covers: &["list_delivered_months"],
        run: |s| {
            s.write(HERE, |tx| {
                for (number, month, category) in [
                    (NUMBER, "2026-10", "service"),
                    (NUMBER, "2026-11", "service"),
                    ("2", "2026-11", "service"),
                    (NUMBER, "2026-12", "utility"),
                    (NUMBER, "2027-01", "utility"),
                ] {
                    tx.count_delivered(HERE, number, month, category)?;
                }
                Ok(())
            })
            .unwrap();
            let list = |office, from: &'static str, to: &'static str| {
                s.read(move |tx| tx.list_delivered_months(office, from, to)).unwrap()
            };
            assert_eq!(
                list(HERE, "2026-11", "2026-12"),
                [("service".into(), 2), ("utility".into(), 1)]
            );
            assert_eq!(list(HERE, "2026-10", "2026-10"), [("service".into(), 1)]);
            assert_eq!(list(ELSEWHERE, "2026-01", "2027-12"), []);
        },
    },
];

fn keep(s: &Subject<'_>, office: OfficeId, on: i8, figures: &[(&str, u64)]) {
    let figures: Vec<(String, u64)> = figures
        .iter()
        .map(|(name, count)| ((*name).to_owned(), *count))
        .collect();
    s.write(office, move |tx| tx.replace_day_figures(office, day(on), &figures))
        .unwrap();
}

fn row(part: &str, name: &str, count: u64) -> (String, String, u64) {
    (part.into(), name.into(), count)
}

fn sums(s: &Subject<'_>, office: OfficeId, from: i8, to: i8, part: Part, most: usize) -> Vec<(String, String, u64)> {
    s.read(move |tx| tx.sum_day_figures(office, day(from), day(to), part, most))
        .unwrap()
}

fn event(id: i64, of: i64, kind: &str, second: i64) -> VisitEvent {
    VisitEvent {
        id,
        visit: VisitId(of),
        label: visit(of, 0).visit.label,
        at: at(second),
        kind: kind.into(),
        line: "passport".into(),
        counter: Some(counter(3)),
        staff: Some(StaffId(70)),
    }
}

fn line(id: i64, of: i64, kind: CaseEventKind) -> CaseEvent {
    CaseEvent {
        id,
        case: CaseId(of),
        at: at(id),
        kind,
        staff: None,
        outbox: None,
        words: String::new(),
    }
}
