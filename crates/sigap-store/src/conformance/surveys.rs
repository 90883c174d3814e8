//! Answers to the satisfaction survey: once for a visit, added up by line and month, ideas in words.

use sigap_core::ids::OfficeId;
use sigap_core::survey::{Answers, Tally};

use super::samples::{ELSEWHERE, HERE};
use super::{Case, Subject};
use crate::records::SurveyRow;

pub(super) const CASES: &[Case] = &[
    Case {
        name: "a visit is answered about once",
        covers: &["insert_survey", "has_survey"],
        run: |s| {
            let has = |office, token: &'static str| s.read(move |tx| tx.has_survey(office, token)).unwrap();
            assert!(!has(HERE, "a"));
            assert!(insert(s, HERE, "a", &row(1, "pickup", [Some(4); 9], "")));
            assert!(!insert(s, HERE, "a", &row(2, "pickup", [Some(1); 9], "lagi")));
            assert!(insert(s, ELSEWHERE, "a", &row(3, "pickup", [Some(1); 9], "")));
            assert_eq!(
                [has(HERE, "a"), has(HERE, "b"), has(ELSEWHERE, "a")],
                [true, false, true]
            );
            assert_eq!(
                sums(s, HERE, "2026-11"),
                [("pickup".to_owned(), tally(&[[Some(4); 9]]))]
            );
            assert_eq!(
                comments(s, HERE, 9),
                Vec::<String>::new(),
                "of the second try nothing is kept"
            );
        },
    },
    Case {
        name: "answers are added up by line, skipped ones left out, other months too",
        covers: &["sum_surveys"],
        run: |s| {
            let mut little = [None; 9];
            little[8] = Some(2);
            insert(s, HERE, "a", &row(1, "pickup", [Some(4); 9], ""));
            insert(s, HERE, "b", &row(2, "passport", little, ""));
            insert(s, HERE, "c", &row(3, "pickup", little, ""));
            let mut later = row(4, "pickup", [Some(1); 9], "");
            later.month = "2026-12".into();
            insert(s, HERE, "d", &later);
            let expected = [
                ("passport".to_owned(), tally(&[little])),
                ("pickup".to_owned(), tally(&[[Some(4); 9], little])),
            ];
            assert_eq!(sums(s, HERE, "2026-11"), expected);
            assert_eq!(sums(s, HERE, "2026-10"), []);
            assert_eq!(sums(s, ELSEWHERE, "2026-11"), []);
        },
    },
    Case {
        name: "ideas come newest first, and only those that were written",
        covers: &["list_survey_comments"],
        run: |s| {
            for (id, token, comment) in [
                (1, "a", "satu"),
                (2, "b", ""),
                (3, "c", "tiga"),
                (4, "d", "empat \u{1F6C2}"),
            ] {
                insert(s, HERE, token, &row(id, "pickup", [Some(3); 9], comment));
            }
            assert_eq!(comments(s, HERE, 9), ["empat \u{1F6C2}", "tiga", "satu"]);
            assert_eq!(comments(s, HERE, 1), ["empat \u{1F6C2}"]);
            assert_eq!(comments(s, ELSEWHERE, 9), Vec::<String>::new());
        },
    },
];

pub(super) fn row(id: i64, line: &str, answers: Answers, comment: &str) -> SurveyRow {
    SurveyRow {
        id,
        month: "2026-11".into(),
        line: line.into(),
        answers,
        comment: comment.into(),
    }
}

fn tally(answers: &[Answers]) -> Tally {
    let mut tally = Tally::default();
    for answer in answers {
        tally.add(answer);
    }
    tally
}

fn insert(s: &Subject<'_>, office: OfficeId, token: &'static str, row: &SurveyRow) -> bool {
    let row = row.clone();
    s.write(office, move |tx| tx.insert_survey(office, token, &row))
        .unwrap()
}

fn sums(s: &Subject<'_>, office: OfficeId, month: &'static str) -> Vec<(String, Tally)> {
    s.read(move |tx| tx.sum_surveys(office, month)).unwrap()
}

fn comments(s: &Subject<'_>, office: OfficeId, limit: usize) -> Vec<String> {
    s.read(move |tx| tx.list_survey_comments(office, "2026-11", limit))
        .unwrap()
}
