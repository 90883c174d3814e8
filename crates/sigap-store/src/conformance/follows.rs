//! Wishes to be told: one a person and application, and what there is to tell.

use sigap_core::application::Stage;
use sigap_core::ids::PersonId;
use sigap_core::person::Contact;

use super::samples::{ANI, BUDI, ELSEWHERE, HERE, at, by_bsuid, follow, number};
use super::{Case, Subject};
use crate::records::FollowRow;

pub(super) const CASES: &[Case] = &[
    Case {
        name: "a wish is kept once for a person and an application, and forgotten",
        covers: &["save_follow", "find_follow", "forget_follow", "list_follows"],
        run: |s| {
            save(s, &follow(ANI, 1));
            let later = FollowRow {
                told: Stage::Ready,
                moved_at: Some(at(9)),
                ..follow(ANI, 1)
            };
            save(s, &later);
            save(s, &follow(ANI, 2));
            save(s, &follow(BUDI, 1));
            let found = s.read(|tx| {
                Ok((
                    tx.find_follow(HERE, ANI, &number(1))?,
                    tx.find_follow(HERE, ANI, &number(3))?,
                    tx.find_follow(ELSEWHERE, ANI, &number(1))?,
                    tx.list_follows(HERE, ANI, 9)?.len(),
                    tx.list_follows(HERE, ANI, 1)?.len(),
                    tx.list_follows(ELSEWHERE, ANI, 9)?.len(),
                ))
            });
            assert_eq!(found, Ok((Some(later), None, None, 2, 1, 0)));
            let forget = || s.write(HERE, |tx| tx.forget_follow(HERE, ANI, &number(1)));
            assert_eq!([forget(), forget()], [Ok(true), Ok(false)]);
            let left = s.read(|tx| Ok([tx.list_follows(HERE, ANI, 9)?, tx.list_follows(HERE, BUDI, 9)?]));
            assert_eq!(left, Ok([vec![follow(ANI, 2)], vec![follow(BUDI, 1)]]));
        },
    },
    Case {
        name: "everybody who wants to hear of an application is noted, the first time stays",
        covers: &["note_moved", "list_moved"],
        run: |s| {
            for (who, last) in [(ANI, 1), (BUDI, 1), (ANI, 2), (BUDI, 3)] {
                save(s, &follow(who, last));
            }
            let moved = |last, second| {
                s.write(HERE, move |tx| tx.note_moved(HERE, &number(last), at(second)))
                    .unwrap()
            };
            assert_eq!([moved(2, 20), moved(1, 10), moved(1, 30), moved(9, 5)], [1, 2, 0, 0]);
            let list = |most| {
                let rows = s.read(move |tx| tx.list_moved(HERE, most)).unwrap();
                rows.into_iter()
                    .map(|row| (row.person, row.number, row.moved_at))
                    .collect::<Vec<_>>()
            };
            let all = [
                (ANI, number(1), Some(at(10))),
                (BUDI, number(1), Some(at(10))),
                (ANI, number(2), Some(at(20))),
            ];
            assert_eq!(list(9), all);
            assert_eq!(list(2), all[..2]);
            assert_eq!(s.read(|tx| tx.list_moved(ELSEWHERE, 9)), Ok(Vec::new()));
        },
    },
    Case {
        name: "wishes end with the number under which they were made",
        covers: &["move_person", "list_follows"],
        run: |s| {
            let count = s.write(HERE, |tx| {
                let person = tx.ensure_person(HERE, &by_bsuid("ID.1"), PersonId(11), at(0))?;
                tx.save_follow(HERE, &follow(person, 1))?;
                let before = tx.list_follows(HERE, person, 9)?.len();
                tx.move_person(HERE, &by_bsuid("ID.1"), &by_bsuid("ID.2"), at(1))?;
                Ok((before, tx.list_follows(HERE, person, 9)?.len()))
            });
            assert_eq!(count, Ok((1, 0)));
            let nobody: Contact = by_bsuid("ID.1");
            assert_eq!(s.read(move |tx| tx.find_person(HERE, &nobody)), Ok(None));
        },
    },
];

fn save(s: &Subject<'_>, row: &FollowRow) {
    let row = row.clone();
    s.write(HERE, move |tx| tx.save_follow(HERE, &row)).unwrap();
}
