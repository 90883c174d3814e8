//! Uploaded reports: kept with their parts, applied once, forgotten whole.

use sigap_core::ids::UploadId;

use super::samples::{ELSEWHERE, HERE, at, part, upload};
use super::{Case, Subject};
use crate::records::{UploadRow, UploadState};

pub(super) const CASES: &[Case] = &[
    Case {
        name: "an uploaded report is kept with its parts, at its office",
        covers: &["insert_upload", "insert_upload_part", "find_upload", "take_upload_part"],
        run: |s| {
            keep(s, 1);
            let found = s.read(|tx| {
                Ok([
                    tx.find_upload(HERE, UploadId(1))?,
                    tx.find_upload(HERE, UploadId(2))?,
                    tx.find_upload(ELSEWHERE, UploadId(1))?,
                ])
            });
            assert_eq!(found, Ok([Some(upload(1)), None, None]));
            let take = |office, place| {
                s.write(office, move |tx| tx.take_upload_part(office, UploadId(1), place))
                    .unwrap()
            };
            assert_eq!(take(ELSEWHERE, 0), None);
            assert_eq!(take(HERE, 1), Some(part(1)));
            assert_eq!(take(HERE, 1), None, "a part is taken once");
            assert_eq!(take(HERE, 0), Some(part(0)));
            assert_eq!(take(HERE, 2), None);
        },
    },
    Case {
        name: "an uploaded report changes its state once",
        covers: &["replace_upload"],
        run: |s| {
            keep(s, 1);
            let mut next = upload(1);
            next.state = UploadState::Applying;
            next.done = 1;
            next.ends_at = at(99);
            next.content.counts.moved = 7;
            let replace = |row: &UploadRow| {
                let row = row.clone();
                s.write(HERE, move |tx| tx.replace_upload(HERE, UploadState::Waiting, &row))
            };
            assert_eq!([replace(&next), replace(&next)], [Ok(true), Ok(false)]);
            let found = s.write(HERE, |tx| tx.find_upload(HERE, UploadId(1)));
            assert_eq!(found, Ok(Some(next)));
            assert_eq!(replace(&upload(9)), Ok(false));
        },
    },
    Case {
        name: "uploaded reports are listed, the newest first, and forgotten with their parts",
        covers: &["list_uploads", "delete_upload"],
        run: |s| {
            for id in [2, 1, 3] {
                keep(s, id);
            }
            let list = |most| {
                let rows = s.read(move |tx| tx.list_uploads(HERE, most)).unwrap();
                rows.into_iter().map(|row| row.id.0).collect::<Vec<_>>()
            };
            assert_eq!((list(9), list(2)), (vec![3, 2, 1], vec![3, 2]));
            let delete = || s.write(HERE, |tx| tx.delete_upload(HERE, UploadId(2)));
            assert_eq!([delete(), delete()], [Ok(true), Ok(false)]);
            assert_eq!(list(9), [3, 1]);
            let left = s.write(HERE, |tx| {
                Ok([
                    tx.take_upload_part(HERE, UploadId(2), 0)?,
                    tx.take_upload_part(HERE, UploadId(3), 0)?,
                ])
            });
            assert_eq!(left, Ok([None, Some(part(0))]));
            assert_eq!(s.read(|tx| tx.list_uploads(ELSEWHERE, 9)), Ok(Vec::new()));
        },
    },
];

fn keep(s: &Subject<'_>, id: i64) {
    s.write(HERE, move |tx| {
        tx.insert_upload(HERE, &upload(id))?;
        tx.insert_upload_part(HERE, UploadId(id), 0, &part(0))?;
        tx.insert_upload_part(HERE, UploadId(id), 1, &part(1))
    })
    .unwrap();
}
