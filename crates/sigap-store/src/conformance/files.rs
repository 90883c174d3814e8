//! Files that people send: found, due, changed once, their bytes part by part, forgotten.

use sigap_core::files::FileState;
use sigap_core::ids::FileId;

use super::samples::{ANI, BUDI, ELSEWHERE, HERE, at, file};
use super::{Case, Subject};
use crate::records::FileRow;

pub(super) const CASES: &[Case] = &[
    Case {
        name: "a file is found by its number, its person and what it is about",
        covers: &["insert_file", "find_file", "list_files_of", "list_files_about"],
        run: |s| {
            keep(s, &[file(1, ANI), file(2, ANI), file(3, BUDI)]);
            let of = |most| s.read(move |tx| tx.list_files_of(HERE, ANI, most)).unwrap();
            assert_eq!(of(9), [file(2, ANI), file(1, ANI)]);
            assert_eq!(of(1), [file(2, ANI)]);
            let about = |office, about, most| s.read(move |tx| tx.list_files_about(office, about, most)).unwrap();
            assert_eq!(about(HERE, 70, 9), [file(1, ANI), file(2, ANI), file(3, BUDI)]);
            assert_eq!(
                (
                    about(HERE, 70, 1).len(),
                    about(HERE, 71, 9).len(),
                    about(ELSEWHERE, 70, 9).len()
                ),
                (1, 0, 0)
            );
            let found = s.read(|tx| {
                Ok([
                    tx.find_file(HERE, FileId(1))?,
                    tx.find_file(HERE, FileId(9))?,
                    tx.find_file(ELSEWHERE, FileId(1))?,
                ])
            });
            assert_eq!(found, Ok([Some(file(1, ANI)), None, None]));
        },
    },
    Case {
        name: "files that wait are due in order, and a change finds the state that was read",
        covers: &["list_due_files", "replace_file"],
        run: |s| {
            let due = |id, second| FileRow {
                due_at: at(second),
                ..file(id, ANI)
            };
            keep(s, &[due(1, 5), due(2, 3), due(3, 9), due(4, 3)]);
            let list = |second, most| {
                let rows = s.read(move |tx| tx.list_due_files(HERE, at(second), most)).unwrap();
                rows.into_iter().map(|row| row.id.0).collect::<Vec<_>>()
            };
            assert_eq!(list(5, 9), [2, 4, 1]);
            assert_eq!((list(5, 1), list(2, 9)), (vec![2], vec![]));
            let kept = FileRow {
                state: FileState::Kept,
                attempts: 2,
                parts: 3,
                ends_at: at(99),
                ..due(2, 3)
            };
            let replace = |row: &FileRow| {
                let row = row.clone();
                s.write(HERE, move |tx| tx.replace_file(HERE, FileState::Waiting, &row))
                    .unwrap()
            };
            let theirs = FileRow {
                person: BUDI,
                ..kept.clone()
            };
            assert_eq!([replace(&theirs), replace(&kept), replace(&kept)], [false, true, false]);
            assert_eq!(list(5, 9), [4, 1]);
            assert_eq!(s.read(|tx| tx.find_file(HERE, FileId(2))), Ok(Some(kept)));
        },
    },
    Case {
        name: "a file about nothing waits for its end, and may be given to something before",
        covers: &["list_due_files", "replace_file", "list_files_about"],
        run: |s| {
            let noted = FileRow {
                about: 0,
                due_at: at(60),
                ..file(1, ANI)
            };
            keep(s, std::slice::from_ref(&noted));
            let due = |second| s.read(move |tx| tx.list_due_files(HERE, at(second), 9)).unwrap();
            let about = |about| s.read(move |tx| tx.list_files_about(HERE, about, 9)).unwrap();
            assert_eq!((due(59), about(70)), (vec![], vec![]));
            let given = FileRow {
                about: 70,
                due_at: at(5),
                ends_at: at(900),
                ..noted.clone()
            };
            let row = given.clone();
            let is_given = s.write(HERE, move |tx| tx.replace_file(HERE, FileState::Waiting, &row));
            assert_eq!(is_given, Ok(true));
            assert_eq!(
                (due(5), about(70), about(0)),
                (vec![given.clone()], vec![given], vec![])
            );
        },
    },
    Case {
        name: "bytes of a file lie in parts and go with it",
        covers: &["put_file_part", "find_file_part", "delete_file"],
        run: |s| {
            keep(s, &[file(1, ANI)]);
            s.write(HERE, |tx| {
                tx.put_file_part(HERE, ANI, FileId(1), 0, b"first")?;
                tx.put_file_part(HERE, ANI, FileId(1), 1, &[0; 70_000])?;
                tx.put_file_part(HERE, ANI, FileId(1), 0, b"\x00\xff")
            })
            .unwrap();
            let part = |id, place| {
                s.read(move |tx| tx.find_file_part(HERE, ANI, FileId(id), place))
                    .unwrap()
            };
            assert_eq!(part(1, 0).as_deref(), Some(&b"\x00\xff"[..]));
            assert_eq!(part(1, 1), Some(vec![0; 70_000]));
            assert_eq!((part(1, 2), part(2, 0)), (None, None));
            let delete = || s.write(HERE, |tx| tx.delete_file(HERE, FileId(1))).unwrap();
            assert_eq!([delete(), delete()], [true, false]);
            assert_eq!(part(1, 1), None);
        },
    },
    Case {
        name: "files and intakes of an erased person are gone with their bytes, those of others stay",
        covers: &["erase_person"],
        run: |s| {
            keep(s, &[file(1, ANI), file(2, BUDI)]);
            let erased = s
                .write(HERE, |tx| {
                    for (id, person) in [(1, ANI), (2, BUDI)] {
                        tx.put_file_part(HERE, person, FileId(id), 0, b"bytes")?;
                        tx.insert_intake(HERE, &super::samples::intake(id, person))?;
                    }
                    tx.erase_person(HERE, ANI, at(1))
                })
                .unwrap();
            assert_eq!((erased.files, erased.intakes), (1, 1));
            let left = s.read(|tx| {
                Ok((
                    tx.list_files_of(HERE, ANI, 9)?.len(),
                    tx.find_file_part(HERE, ANI, FileId(1), 0)?,
                    tx.list_intakes_of(HERE, ANI, 9)?.len(),
                    tx.list_files_of(HERE, BUDI, 9)?.len(),
                    tx.find_file_part(HERE, BUDI, FileId(2), 0)?,
                    tx.list_intakes_of(HERE, BUDI, 9)?.len(),
                ))
            });
            assert_eq!(left, Ok((0, None, 0, 1, Some(b"bytes".to_vec()), 1)));
        },
    },
];

fn keep(s: &Subject<'_>, rows: &[FileRow]) {
    for row in rows {
        let row = row.clone();
        s.write(HERE, move |tx| tx.insert_file(HERE, &row)).unwrap();
    }
}
