//! Special openings and their waiting rooms.

use sigap_core::ids::{OfficeId, PersonId};

use super::samples::{ANI, BUDI, ELSEWHERE, HERE, NUMBER, day, opening};
use super::{Case, Part, Subject};
use crate::fault::Fault;
use crate::records::{OpeningPhase, OpeningRow, Room};

pub(super) const CASES: &[Case] = &[
    Case {
        name: "an opening is kept once, with its secret, and goes from phase to phase",
        covers: &["insert_opening", "find_opening", "advance_opening"],
        run: |s| {
            let row = opening(5);
            assert!(insert(s, HERE, &row));
            let other = OpeningRow {
                published: "other".into(),
                ..row.clone()
            };
            assert!(!insert(s, HERE, &other));
            assert_eq!(find(s, HERE, 5), Some(row.clone()));
            assert_eq!(find(s, ELSEWHERE, 5), None);
            assert_eq!(find(s, HERE, 6), None);
            let closed = OpeningRow {
                phase: OpeningPhase::Closed,
                published: "root".into(),
                ..row.clone()
            };
            assert!(!advance(s, OpeningPhase::Closed, &closed));
            assert!(advance(s, OpeningPhase::Committed, &closed));
            assert!(!advance(s, OpeningPhase::Committed, &closed));
            assert_eq!(find(s, HERE, 5), Some(closed));
        },
    },
    Case {
        name: "tickets count from 0 on each side of the hour, one a person",
        covers: &["take_ticket", "find_guest", "find_room"],
        run: |s| {
            insert(s, HERE, &opening(5));
            assert_eq!(ticket(s, ANI, true), Ok((0, true)));
            assert_eq!(ticket(s, BUDI, true), Ok((1, true)));
            assert_eq!(ticket(s, PersonId(13), false), Ok((0, false)));
            // Whoever has a ticket keeps it, also after the hour.
            assert_eq!(ticket(s, ANI, false), Ok((0, true)));
            let guest = |ticket, is_before| {
                s.read(move |tx| tx.find_guest(HERE, "simpatik", day(5), ticket, is_before))
                    .unwrap()
            };
            assert_eq!(guest(1, true), Some((BUDI, NUMBER.to_owned())));
            assert_eq!(guest(0, false), Some((PersonId(13), NUMBER.to_owned())));
            assert_eq!(guest(2, true), None);
            assert_eq!(
                room(s),
                Room {
                    before: 2,
                    after: 1,
                    serving: 0
                }
            );
        },
    },
    Case {
        name: "a room needs its opening",
        covers: &["take_ticket", "find_room"],
        run: |s| {
            assert!(matches!(ticket(s, ANI, true), Err(Fault::Broken(_))));
            assert_eq!(room(s), Room::default());
        },
    },
    Case {
        name: "many who come together get different tickets",
        covers: &["take_ticket"],
        run: |s| {
            insert(s, HERE, &opening(5));
            let asked = (1..=12).map(|person| {
                let part: Part<u64> = Box::new(move |tx| {
                    let taken = tx.take_ticket(HERE, "simpatik", day(5), PersonId(person), NUMBER, true)?;
                    Ok(taken.0)
                });
                (HERE, part)
            });
            let mut tickets: Vec<u64> = s
                .write_together(asked.collect())
                .into_iter()
                .map(Result::unwrap)
                .collect();
            tickets.sort_unstable();
            assert_eq!(tickets, (0..12).collect::<Vec<u64>>());
        },
    },
    Case {
        name: "who was let in stays in",
        covers: &["let_in"],
        run: |s| {
            insert(s, HERE, &opening(5));
            let let_in = |serving| {
                s.write(HERE, move |tx| tx.let_in(HERE, "simpatik", day(5), serving))
                    .unwrap()
            };
            assert!(let_in(20));
            assert!(!let_in(20));
            assert!(!let_in(10));
            assert!(let_in(40));
            assert_eq!(room(s).serving, 40);
            // Going on to the next phase leaves the room as it is.
            let row = OpeningRow {
                phase: OpeningPhase::Released,
                ..opening(5)
            };
            assert!(advance(s, OpeningPhase::Committed, &row));
            assert_eq!(room(s).serving, 40);
        },
    },
];

fn insert(s: &Subject<'_>, office: OfficeId, row: &OpeningRow) -> bool {
    let row = row.clone();
    s.write(office, move |tx| tx.insert_opening(office, &row)).unwrap()
}

fn find(s: &Subject<'_>, office: OfficeId, on: i8) -> Option<OpeningRow> {
    s.read(move |tx| tx.find_opening(office, "simpatik", day(on))).unwrap()
}

fn advance(s: &Subject<'_>, expected: OpeningPhase, row: &OpeningRow) -> bool {
    let row = row.clone();
    s.write(HERE, move |tx| tx.advance_opening(HERE, expected, &row))
        .unwrap()
}

fn ticket(s: &Subject<'_>, person: PersonId, is_before: bool) -> Result<(u64, bool), Fault> {
    s.write(HERE, move |tx| {
        tx.take_ticket(HERE, "simpatik", day(5), person, NUMBER, is_before)
    })
}

fn room(s: &Subject<'_>) -> Room {
    s.read(|tx| tx.find_room(HERE, "simpatik", day(5))).unwrap()
}
