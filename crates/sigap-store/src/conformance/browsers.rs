//! Citizens' browsers: found by their secret, by who they are, by the code they show and by whose they are; and what was said in them.

use sigap_core::ids::PersonId;

use super::samples::{ANI, BUDI, ELSEWHERE, HERE, at, browser, said};
use super::{Case, Subject};
use crate::records::BrowserRow;

const THIRD: PersonId = PersonId(3);

pub(super) const CASES: &[Case] = &[
    Case {
        name: "a browser is found in four ways, here and nowhere else",
        covers: &[
            "insert_browser",
            "find_browser",
            "find_browser_of",
            "find_browser_by_code",
            "list_browsers",
        ],
        run: |s| {
            keep(s, "one", &browser(ANI, Some("K7QXM2PD")));
            let proven = BrowserRow {
                proven: Some(ANI),
                proven_at: Some(at(2)),
                ..browser(BUDI, None)
            };
            keep(s, "two", &proven);
            keep(s, "three", &browser(THIRD, None));
            let found = s
                .read(|tx| {
                    Ok([
                        tx.find_browser(HERE, "one")?,
                        tx.find_browser_of(HERE, ANI)?,
                        tx.find_browser_by_code(HERE, "K7QXM2PD")?,
                    ])
                })
                .unwrap();
            let one = Some(browser(ANI, Some("K7QXM2PD")));
            assert_eq!(found, [one.clone(), one.clone(), one]);
            let nothing = s
                .read(|tx| {
                    Ok([
                        tx.find_browser(HERE, "four")?,
                        tx.find_browser(ELSEWHERE, "one")?,
                        tx.find_browser_of(ELSEWHERE, ANI)?,
                        tx.find_browser_by_code(HERE, "K7QXM2PE")?,
                        tx.find_browser_by_code(ELSEWHERE, "K7QXM2PD")?,
                    ])
                })
                .unwrap();
            assert!(nothing.iter().all(Option::is_none));
            let of = |office, most| s.read(move |tx| tx.list_browsers(office, ANI, most)).unwrap();
            assert_eq!(
                (of(HERE, 9), of(HERE, 0), of(ELSEWHERE, 9)),
                (vec![proven], vec![], vec![])
            );
        },
    },
    Case {
        name: "a browser changes, its secret stays and its code goes",
        covers: &["change_browser"],
        run: |s| {
            keep(s, "one", &browser(ANI, Some("K7QXM2PD")));
            let changed = BrowserRow {
                proven: Some(BUDI),
                proven_at: Some(at(5)),
                expires_at: at(500),
                ..browser(ANI, None)
            };
            let change = |row: BrowserRow| s.write(HERE, move |tx| tx.change_browser(HERE, &row)).unwrap();
            assert!(change(changed.clone()));
            assert!(!change(browser(BUDI, None)));
            let found = s
                .read(|tx| {
                    let by_code = tx.find_browser_by_code(HERE, "K7QXM2PD")?;
                    Ok((tx.find_browser(HERE, "one")?, by_code))
                })
                .unwrap();
            assert_eq!(found, (Some(changed), None));
        },
    },
    Case {
        name: "lines of a browser come in order, the newest ones, and go with it",
        covers: &["insert_line", "list_lines", "delete_browser"],
        run: |s| {
            keep(s, "one", &browser(ANI, None));
            for id in [30, 10, 20] {
                s.write(HERE, move |tx| tx.insert_line(HERE, ANI, &said(id))).unwrap();
            }
            s.write(HERE, |tx| tx.insert_line(HERE, BUDI, &said(15))).unwrap();
            let list = |after, most| s.read(move |tx| tx.list_lines(HERE, ANI, after, most)).unwrap();
            assert_eq!(list(0, 9), [said(10), said(20), said(30)]);
            assert_eq!(list(0, 2), [said(20), said(30)]);
            assert_eq!(list(20, 9), [said(30)]);
            let delete = || s.write(HERE, |tx| tx.delete_browser(HERE, ANI)).unwrap();
            assert_eq!([delete(), delete()], [true, false]);
            assert_eq!(list(0, 9), []);
            let left = s.read(|tx| Ok((tx.find_browser(HERE, "one")?, tx.list_lines(HERE, BUDI, 0, 9)?)));
            assert_eq!(left, Ok((None, vec![said(15)])));
        },
    },
];

fn keep(s: &Subject<'_>, token: &str, row: &BrowserRow) {
    let (token, row) = (token.to_owned(), row.clone());
    s.write(HERE, move |tx| tx.insert_browser(HERE, &token, &row)).unwrap();
}
