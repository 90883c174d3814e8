//! Messages that were not understood: kept by day, read newest first, taken out one by one or with their days.

use jiff::civil::Date;
use sigap_core::ids::OfficeId;

use super::samples::{ELSEWHERE, HERE, day};
use super::{Case, Subject};
use crate::records::{UnclearContent, UnclearRow};

pub(super) const CASES: &[Case] = &[
    Case {
        name: "messages that were not understood are read newest first and counted by day",
        covers: &["insert_unclear", "count_unclear", "list_unclear"],
        run: |s| {
            for (id, on, words) in [(1, 5, "satu"), (3, 6, "tiga \u{1F6C2}"), (2, 5, "dua")] {
                insert(s, HERE, &row(id, day(on), words));
            }
            insert(s, HERE, &row(1, day(5), "lain"));
            assert_eq!(
                words(s, HERE, 9),
                ["tiga \u{1F6C2}", "dua", "satu"],
                "the first of two with one id stays"
            );
            assert_eq!(words(s, HERE, 1), ["tiga \u{1F6C2}"]);
            assert_eq!(words(s, ELSEWHERE, 9), Vec::<String>::new());
            let count = |office, on| s.read(move |tx| tx.count_unclear(office, day(on))).unwrap();
            assert_eq!(
                [count(HERE, 5), count(HERE, 6), count(HERE, 7), count(ELSEWHERE, 5)],
                [2, 1, 0, 0]
            );
        },
    },
    Case {
        name: "messages that were not understood are taken out one by one, or with their days",
        covers: &["delete_unclear", "delete_unclear_before"],
        run: |s| {
            for (office, id, on) in [(HERE, 1, 4), (HERE, 2, 5), (HERE, 3, 6), (ELSEWHERE, 1, 4)] {
                insert(s, office, &row(id, day(on), "x"));
            }
            let delete = |id| s.write(HERE, move |tx| tx.delete_unclear(HERE, id)).unwrap();
            assert_eq!([delete(3), delete(3), delete(9)], [true, false, false]);
            let before = |on| {
                s.write(HERE, move |tx| tx.delete_unclear_before(HERE, day(on)))
                    .unwrap()
            };
            assert_eq!([before(5), before(5)], [1, 0]);
            assert_eq!([words(s, HERE, 9).len(), words(s, ELSEWHERE, 9).len()], [1, 1]);
        },
    },
];

pub(super) fn row(id: i64, day: Date, words: &str) -> UnclearRow {
    UnclearRow {
        id,
        day,
        content: UnclearContent {
            words: words.into(),
            language: "id".into(),
        },
    }
}

fn insert(s: &Subject<'_>, office: OfficeId, row: &UnclearRow) {
    let row = row.clone();
    s.write(office, move |tx| tx.insert_unclear(office, &row)).unwrap();
}

fn words(s: &Subject<'_>, office: OfficeId, limit: usize) -> Vec<String> {
    let rows = s.read(move |tx| tx.list_unclear(office, limit)).unwrap();
    rows.into_iter().map(|row| row.content.words).collect()
}
