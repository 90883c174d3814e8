//! Intakes: found by number, booking, day and person; changed by whoever read the newest; forgotten.

use sigap_core::ids::{BookingId, IntakeId};
use sigap_core::intake::IntakeState;

use super::samples::{ANI, BUDI, ELSEWHERE, HERE, at, day, intake};
use super::{Case, Subject};
use crate::Fault;
use crate::records::IntakeRow;

pub(super) const CASES: &[Case] = &[
    Case {
        name: "an intake is found in four ways, and one person of a booking has one",
        covers: &[
            "insert_intake",
            "find_intake",
            "find_intake_of",
            "list_intakes",
            "list_intakes_of",
        ],
        run: |s| {
            keep(s, &[intake(1, ANI), intake(2, BUDI)]);
            let second = IntakeRow {
                id: IntakeId(3),
                place: 1,
                day: day(6),
                ..intake(1, ANI)
            };
            keep(s, std::slice::from_ref(&second));
            let again = IntakeRow {
                id: IntakeId(4),
                ..intake(1, ANI)
            };
            let refused = s.write(HERE, move |tx| tx.insert_intake(HERE, &again));
            assert!(matches!(refused, Err(Fault::Refused(_))), "{refused:?}");
            let found = s.read(|tx| {
                Ok([
                    tx.find_intake(HERE, IntakeId(1))?,
                    tx.find_intake_of(HERE, BookingId(101), 0)?,
                    tx.find_intake(ELSEWHERE, IntakeId(1))?,
                    tx.find_intake_of(HERE, BookingId(101), 2)?,
                ])
            });
            assert_eq!(found, Ok([Some(intake(1, ANI)), Some(intake(1, ANI)), None, None]));
            let on = |nth, most| s.read(move |tx| tx.list_intakes(HERE, day(nth), most)).unwrap();
            assert_eq!(
                (on(5, 9), on(5, 1)),
                (vec![intake(1, ANI), intake(2, BUDI)], vec![intake(1, ANI)])
            );
            assert_eq!((on(6, 9), on(7, 9)), (vec![second.clone()], vec![]));
            let of = s.read(|tx| tx.list_intakes_of(HERE, ANI, 9)).unwrap();
            assert_eq!(of, [second, intake(1, ANI)]);
        },
    },
    Case {
        name: "an intake is changed by whoever read the newest version",
        covers: &["replace_intake", "delete_intake"],
        run: |s| {
            keep(s, &[intake(1, ANI)]);
            let changed = IntakeRow {
                state: IntakeState::Given,
                day: day(7),
                changed_at: at(9),
                ..intake(1, ANI)
            };
            let replace = |row: &IntakeRow| {
                let row = row.clone();
                s.write(HERE, move |tx| tx.replace_intake(HERE, &row)).unwrap()
            };
            assert_eq!([replace(&changed), replace(&changed)], [true, false]);
            let next = IntakeRow { version: 1, ..changed };
            assert_eq!(s.read(|tx| tx.find_intake(HERE, IntakeId(1))), Ok(Some(next.clone())));
            let theirs = IntakeRow {
                person: BUDI,
                ..next.clone()
            };
            assert_eq!([replace(&theirs), replace(&next)], [false, true]);
            let delete = || s.write(HERE, |tx| tx.delete_intake(HERE, IntakeId(1))).unwrap();
            assert_eq!([delete(), delete()], [true, false]);
            assert_eq!(s.read(|tx| tx.list_intakes(HERE, day(7), 9)), Ok(vec![]));
        },
    },
];

fn keep(s: &Subject<'_>, rows: &[IntakeRow]) {
    for row in rows {
        let row = row.clone();
        s.write(HERE, move |tx| tx.insert_intake(HERE, &row)).unwrap();
    }
}
