//! Finished passports: one for an application, changed once, listed by day; and whose phones are told.

use sigap_core::ids::PersonId;

use super::samples::{ANI, BUDI, ELSEWHERE, HERE, NUMBER, at, day, number, passport};
use super::{Case, Subject};
use crate::records::{PassportRow, PassportState};

pub(super) const CASES: &[Case] = &[
    Case {
        name: "a passport is kept once and found by its application",
        covers: &["insert_passport", "find_passport"],
        run: |s| {
            assert!(insert(s, &passport(1, 5)));
            let other = PassportRow {
                shelf: "C-1".into(),
                ..passport(1, 6)
            };
            assert!(!insert(s, &other));
            let found = s.read(|tx| {
                Ok([
                    tx.find_passport(HERE, &number(1))?,
                    tx.find_passport(HERE, &number(2))?,
                    tx.find_passport(ELSEWHERE, &number(1))?,
                ])
            });
            assert_eq!(found, Ok([Some(passport(1, 5)), None, None]));
        },
    },
    Case {
        name: "a passport is handed over once",
        covers: &["replace_passport"],
        run: |s| {
            insert(s, &passport(1, 5));
            let mut taken = passport(1, 5);
            taken.state = PassportState::Collected;
            taken.collected_by = Some("satu_kk".into());
            taken.changed_at = at(60);
            taken.content.taker = "Ibu Contoh".into();
            let hand_over = || {
                let row = taken.clone();
                s.write(HERE, move |tx| tx.replace_passport(HERE, PassportState::Ready, &row))
            };
            assert_eq!([hand_over(), hand_over()], [Ok(true), Ok(false)]);
            assert_eq!(s.read(|tx| tx.find_passport(HERE, &number(1))), Ok(Some(taken.clone())));
            let unknown = passport(9, 5);
            let replaced = s.write(HERE, move |tx| {
                tx.replace_passport(HERE, PassportState::Ready, &unknown)
            });
            assert_eq!(replaced, Ok(false));
        },
    },
    Case {
        name: "passports are listed by state, the oldest first, up to a day",
        covers: &["list_passports"],
        run: |s| {
            for (last, on) in [(1, 7), (2, 5), (3, 6)] {
                insert(s, &passport(last, on));
            }
            let mut gone = passport(4, 5);
            gone.state = PassportState::Cancelled;
            insert(s, &gone);
            let list = |until, most| {
                let rows = s.read(move |tx| tx.list_passports(HERE, PassportState::Ready, day(until), most));
                rows.unwrap().into_iter().map(|row| row.ready_on).collect::<Vec<_>>()
            };
            assert_eq!(list(6, 9), [day(5), day(6)]);
            assert_eq!(list(9, 2), [day(5), day(6)]);
            assert_eq!(list(4, 9), []);
        },
    },
    Case {
        name: "bound phones are told from the number under which they wrote",
        covers: &["note_binding_line", "list_bound_lines"],
        run: |s| {
            s.write(HERE, |tx| {
                for person in [ANI, BUDI, PersonId(13)] {
                    tx.bind_person(HERE, person, &number(1), at(0))?;
                }
                tx.note_binding_line(HERE, BUDI, &number(1), NUMBER)?;
                tx.note_binding_line(HERE, ANI, &number(1), NUMBER)?;
                tx.note_binding_line(HERE, ANI, &number(2), NUMBER)
            })
            .unwrap();
            let told = |last| s.read(move |tx| tx.list_bound_lines(HERE, &number(last), 9)).unwrap();
            let mut both = [(ANI, NUMBER.to_owned()), (BUDI, NUMBER.to_owned())];
            both.sort_by_key(|(person, _)| *person);
            assert_eq!(told(1), both);
            assert_eq!(told(2), []);
        },
    },
];

fn insert(s: &Subject<'_>, row: &PassportRow) -> bool {
    let row = row.clone();
    s.write(HERE, move |tx| tx.insert_passport(HERE, &row, PersonId(500)))
        .unwrap()
}
