//! The hall: who is called next, and that two counters never get the same person.

use sigap_core::ids::{BookingId, StaffId, VisitId};
use sigap_core::queue::{TicketLabel, Visit, VisitState};

use super::samples::{ANI, ELSEWHERE, HERE, at, counter, day, visit};
use super::{Case, Part, Subject};
use crate::fault::Fault;
use crate::records::{DeskRow, VisitEvent, VisitRow};

pub(super) const CASES: &[Case] = &[
    Case {
        name: "a visit is kept with its words and found by id, token, label, booking and person",
        covers: &[
            "insert_visit",
            "find_visit",
            "find_visit_by_token",
            "find_visit_by_label",
            "find_visit_of_booking",
            "find_last_visit",
        ],
        run: |s| {
            let mut row = visit(1, 0);
            row.visit.person = Some(ANI);
            row.visit.booking = Some(BookingId(30));
            row.visit.group = Some("lansia".into());
            insert(s, &row);
            let again = VisitRow {
                visit: Visit {
                    person: Some(ANI),
                    booking: Some(BookingId(30)),
                    ..visit(2, 0).visit
                },
                ..visit(2, 0)
            };
            insert(s, &again);
            assert_eq!(find(s, 1), Some(row));
            assert_eq!(find(s, 9), None);
            let label = TicketLabel { letter: 'A', number: 1 };
            let found = s.read(move |tx| {
                Ok([
                    tx.find_visit_by_token(HERE, "visit 1")?,
                    tx.find_visit_by_token(ELSEWHERE, "visit 1")?,
                    tx.find_visit_by_label(HERE, day(5), label)?,
                    tx.find_visit_by_label(HERE, day(6), label)?,
                    tx.find_visit_of_booking(HERE, day(5), BookingId(30))?,
                    tx.find_visit_of_booking(HERE, day(5), BookingId(31))?,
                    tx.find_last_visit(HERE, ANI)?,
                    tx.find_last_visit(ELSEWHERE, ANI)?,
                ])
            });
            let (one, two) = (Some(VisitId(1)), Some(VisitId(2)));
            assert_eq!(found, Ok([one, None, one, None, two, None, two, None]));
        },
    },
    Case {
        name: "two visits never share a label on one day, nor a token",
        covers: &["insert_visit"],
        run: |s| {
            insert(s, &visit(1, 0));
            let refused = |row: VisitRow| s.write(HERE, move |tx| tx.insert_visit(HERE, &row)).is_err();
            let mut same_label = visit(2, 0);
            same_label.visit.label.number = 1;
            assert!(refused(same_label.clone()));
            same_label.day = day(6);
            insert(s, &same_label);
            let mut same_token = visit(3, 0);
            same_token.token = "visit 1".into();
            assert!(refused(same_token));
        },
    },
    Case {
        name: "the highest credit is called, among equals who came first, and nobody twice",
        covers: &["call_next"],
        run: |s| {
            // Double credit for 40 seconds is as much as 80; and one who is in another line.
            insert(s, &visit(1, 30));
            insert(s, &visit(2, 20));
            let mut elder = visit(3, 60);
            elder.visit.percent = 200;
            insert(s, &elder);
            let mut lost = visit(4, 0);
            lost.visit.line = "bap".into();
            insert(s, &lost);
            let mut tomorrow = visit(5, 0);
            tomorrow.day = day(6);
            insert(s, &tomorrow);
            assert_eq!(call(s, &["passport"], 1, 100), Some(2));
            assert_eq!(call(s, &["passport"], 2, 101), Some(3));
            assert_eq!(call(s, &["passport", "bap"], 2, 102), Some(4));
            assert_eq!(call(s, &["passport"], 1, 103), Some(1));
            assert_eq!(call(s, &["passport", "bap"], 1, 104), None);
            let called = find(s, 2).unwrap().visit;
            assert_eq!(
                (called.state, called.counter, called.calls, called.called_at),
                (VisitState::Called, Some(counter(1)), 1, Some(at(100)))
            );
        },
    },
    Case {
        name: "who is not here yet by the clock is called by number, and a clock set back harms nobody",
        covers: &["call_next"],
        run: |s| {
            insert(s, &visit(2, 500));
            insert(s, &visit(1, 500));
            assert_eq!(call(s, &["passport"], 1, 100), Some(1));
            assert_eq!(call(s, &["passport"], 1, 100), Some(2));
        },
    },
    Case {
        name: "who is held is passed over until the time has come",
        covers: &["call_next", "list_next"],
        run: |s| {
            let mut held = visit(1, 0);
            held.visit.state = VisitState::Held;
            held.visit.free_at = Some(at(300));
            insert(s, &held);
            insert(s, &visit(2, 50));
            let next = |now| {
                let rows = s.read(move |tx| tx.list_next(HERE, day(5), "passport", at(now), 9));
                rows.unwrap().into_iter().map(|row| row.id.0).collect::<Vec<_>>()
            };
            assert_eq!(next(299), [2]);
            assert_eq!(next(300), [1, 2]);
            assert_eq!(call(s, &["passport"], 1, 299), Some(2));
            assert_eq!(call(s, &["passport"], 1, 299), None);
            assert_eq!(call(s, &["passport"], 1, 300), Some(1));
            assert_eq!(find(s, 1).unwrap().visit.free_at, None);
        },
    },
    Case {
        name: "many counters that call together get different people, as long as there are any",
        covers: &["call_next"],
        run: |s| {
            for id in 1..=10 {
                insert(s, &visit(id, id));
            }
            let calls = (1..=16).map(|number| {
                let part: Part<Option<VisitId>> =
                    Box::new(move |tx| tx.call_next(HERE, day(5), &["passport"], counter(number), at(100)));
                (HERE, part)
            });
            let mut called: Vec<i64> = s
                .write_together(calls.collect())
                .into_iter()
                .filter_map(|called| called.unwrap())
                .map(|id| id.0)
                .collect();
            called.sort_unstable();
            assert_eq!(called, (1..=10).collect::<Vec<i64>>());
        },
    },
    Case {
        name: "a visit is replaced only in the state it was seen in",
        covers: &["replace_visit"],
        run: |s| {
            let row = visit(1, 0);
            insert(s, &row);
            let mut done = row.clone();
            done.visit.state = VisitState::Done;
            done.visit.line = "bap".into();
            done.content.note = "selesai".into();
            let replace = |expected, row: &VisitRow| {
                let row = row.clone();
                s.write(HERE, move |tx| tx.replace_visit(HERE, expected, &row)).unwrap()
            };
            assert!(!replace(VisitState::Called, &done));
            assert_eq!(find(s, 1), Some(row));
            assert!(replace(VisitState::Waiting, &done));
            assert_eq!(find(s, 1), Some(done.clone()));
            assert!(!replace(VisitState::Waiting, &done));
        },
    },
    Case {
        name: "lists of a day go by label and are bounded",
        covers: &["list_waiting", "list_visits", "count_visits"],
        run: |s| {
            for id in [3, 1, 2] {
                insert(s, &visit(id, 0));
            }
            let mut missed = visit(4, 0);
            missed.visit.state = VisitState::Missed;
            insert(s, &missed);
            let mut held = visit(5, 0);
            held.visit.state = VisitState::Held;
            held.visit.line = "bap".into();
            insert(s, &held);
            let listed = s.read(|tx| {
                let waiting = tx.list_waiting(HERE, day(5), 3)?;
                let missed = tx.list_visits(HERE, day(5), VisitState::Missed, 9)?;
                Ok((
                    waiting.into_iter().map(|row| row.id.0).collect::<Vec<_>>(),
                    missed.into_iter().map(|row| row.visit.id.0).collect::<Vec<_>>(),
                    tx.count_visits(HERE, day(5))?,
                    tx.count_visits(ELSEWHERE, day(5))?,
                ))
            });
            let counts = vec![
                ("bap".to_owned(), VisitState::Held, 1),
                ("passport".to_owned(), VisitState::Missed, 1),
                ("passport".to_owned(), VisitState::Waiting, 3),
            ];
            assert_eq!(listed, Ok((vec![1, 2, 3], vec![4], counts, Vec::new())));
        },
    },
    Case {
        name: "what was told of people before never rises",
        covers: &["tell_ahead"],
        run: |s| {
            insert(s, &visit(1, 0));
            let tell = |ahead| s.write(HERE, move |tx| tx.tell_ahead(HERE, VisitId(1), ahead)).unwrap();
            assert_eq!([7, 9, 4, 5].map(tell), [7, 7, 4, 4]);
            assert_eq!(s.write(HERE, |tx| tx.tell_ahead(HERE, VisitId(9), 3)), Ok(3));
        },
    },
    Case {
        name: "that the turn is near is said once",
        covers: &["note_near_told", "list_next"],
        run: |s| {
            let mut row = visit(1, 0);
            row.visit.person = Some(ANI);
            insert(s, &row);
            let note = || s.write(HERE, |tx| tx.note_near_told(HERE, VisitId(1))).unwrap();
            assert_eq!([note(), note()], [true, false]);
            let next = s.read(|tx| tx.list_next(HERE, day(5), "passport", at(1), 9)).unwrap();
            let next: Vec<_> = next.into_iter().map(|row| (row.person, row.is_near_told)).collect();
            assert_eq!(next, [(Some(ANI), true)]);
        },
    },
    Case {
        name: "events keep their order, and calls come back the newest first",
        covers: &[
            "insert_visit_event",
            "list_visit_events",
            "count_visit_events",
            "list_calls",
        ],
        run: |s| {
            insert(s, &visit(1, 0));
            insert(s, &visit(2, 0));
            assert_eq!(s.read(|tx| tx.count_visit_events(HERE, 0)), Ok(0));
            let kinds = [(1, "arrived"), (1, "call"), (2, "call"), (1, "recall"), (1, "done")];
            for (id, (of, kind)) in (10..).zip(kinds) {
                let event = event(id, of, kind);
                s.write(HERE, move |tx| tx.insert_visit_event(HERE, &event)).unwrap();
            }
            let seen = s
                .read(|tx| {
                    let events = tx.list_visit_events(HERE, VisitId(1), 9)?;
                    let calls = tx.list_calls(HERE, 11, 9)?;
                    Ok((
                        events,
                        calls,
                        tx.count_visit_events(HERE, 11)?,
                        tx.list_calls(HERE, 10, 1)?,
                    ))
                })
                .unwrap();
            let (events, calls, later, newest) = seen;
            assert_eq!(events.first(), Some(&event(10, 1, "arrived")));
            let kinds: Vec<&str> = events.iter().map(|event| event.kind.as_str()).collect();
            assert_eq!(kinds, ["arrived", "call", "recall", "done"]);
            let labels: Vec<(i64, u32)> = calls.iter().map(|call| (call.id, call.label.number)).collect();
            assert_eq!(labels, [(13, 1), (12, 2)]);
            assert_eq!((later, newest.len(), calls[0].counter), (3, 1, counter(3)));
            assert_eq!(s.read(|tx| tx.count_visit_events(ELSEWHERE, 0)), Ok(0));
        },
    },
    Case {
        name: "service times are kept by line and hour, the newest first",
        covers: &["insert_service_time", "list_service_times"],
        run: |s| {
            for (event, hour, seconds) in [(1, 9, 300), (2, 9, 420), (3, 10, 60)] {
                s.write(HERE, move |tx| {
                    tx.insert_service_time(HERE, "passport", hour, event, seconds)
                })
                .unwrap();
            }
            let times = |hour| {
                s.read(move |tx| tx.list_service_times(HERE, "passport", hour, 2))
                    .unwrap()
            };
            assert_eq!((times(9), times(10), times(11)), (vec![420, 300], vec![60], vec![]));
        },
    },
    Case {
        name: "a counter has one officer, for a day, until it is closed",
        covers: &["save_desk", "list_desks", "close_desk"],
        run: |s| {
            let desk = |number, staff, is_open| DeskRow {
                counter: counter(number),
                day: day(5),
                staff: StaffId(staff),
                is_open,
                since: at(0),
            };
            let save = |row: DeskRow| s.write(HERE, move |tx| tx.save_desk(HERE, &row)).unwrap();
            let list = |on| s.read(move |tx| tx.list_desks(HERE, day(on))).unwrap();
            save(desk(2, 1, true));
            save(desk(1, 1, true));
            save(desk(2, 7, false));
            assert_eq!(list(5), [desk(1, 1, true), desk(2, 7, false)]);
            assert_eq!(list(6), []);
            s.write(HERE, |tx| tx.close_desk(HERE, counter(1))).unwrap();
            assert_eq!(list(5), [desk(2, 7, false)]);
        },
    },
    Case {
        name: "a tap counts once, until its day is forgotten",
        covers: &["use_tap", "forget_taps"],
        run: |s| {
            let tap = |on, name: &'static str| s.write(HERE, move |tx| tx.use_tap(HERE, day(on), name)).unwrap();
            assert_eq!(
                [tap(5, "a"), tap(5, "a"), tap(5, "b"), tap(6, "a")],
                [true, false, true, true]
            );
            assert_eq!(s.write(HERE, |tx| tx.forget_taps(HERE, day(6))), Ok(2));
            assert_eq!([tap(5, "a"), tap(6, "a")], [true, false]);
        },
    },
];

fn insert(s: &Subject<'_>, row: &VisitRow) {
    let row = row.clone();
    s.write(HERE, move |tx| tx.insert_visit(HERE, &row)).unwrap();
}

fn find(s: &Subject<'_>, id: i64) -> Option<VisitRow> {
    s.read(move |tx| tx.find_visit(HERE, VisitId(id))).unwrap()
}

fn call(s: &Subject<'_>, lines: &'static [&'static str], number: u8, second: i64) -> Option<i64> {
    let called: Result<Option<VisitId>, Fault> = s.write(HERE, move |tx| {
        tx.call_next(HERE, day(5), lines, counter(number), at(second))
    });
    called.unwrap().map(|id| id.0)
}

fn event(id: i64, of: i64, kind: &str) -> VisitEvent {
    VisitEvent {
        id,
        visit: VisitId(of),
        label: visit(of, 0).visit.label,
        at: at(id),
        kind: kind.into(),
        line: "passport".into(),
        counter: Some(counter(3)),
        staff: Some(StaffId(70)),
    }
}
