//! Versions of content and conversations that try them: the highest edition counts, a later save is told.

use sigap_core::ids::{ContentScriptId, ContentVersionId, OfficeId, StaffId};

use super::samples::{ELSEWHERE, HERE, at};
use super::{Case, Subject};
use crate::fault::Fault;
use crate::records::{ContentScriptRow, ContentVersionHead, ContentVersionRow, VersionState};

pub(super) const CASES: &[Case] = &[
    Case {
        name: "a version is kept whole and found by its id at its office",
        covers: &["insert_content_version", "find_content_version"],
        run: |s| {
            let mut row = version(1, VersionState::Published, Some(3));
            row.head.approver = Some(StaffId(8));
            row.head.published_at = Some(at(9));
            row.content = "{\"kata\":\"Halo \\u0000 \u{1F6C2} 'x'\"}".into();
            insert(s, HERE, &row).unwrap();
            assert_eq!(find(s, HERE, 1), Some(row));
            assert_eq!(find(s, ELSEWHERE, 1), None);
            assert_eq!(find(s, HERE, 2), None);
        },
    },
    Case {
        name: "an edition is given once at an office",
        covers: &["insert_content_version", "replace_content_version"],
        run: |s| {
            insert(s, HERE, &version(1, VersionState::Published, Some(1))).unwrap();
            insert(s, ELSEWHERE, &version(1, VersionState::Published, Some(1))).unwrap();
            assert!(insert(s, HERE, &version(2, VersionState::Published, Some(1))).is_err());
            insert(s, HERE, &version(3, VersionState::Draft, None)).unwrap();
            insert(s, HERE, &version(4, VersionState::Draft, None)).unwrap();
            let again = version(3, VersionState::Published, Some(1));
            assert!(
                s.write(HERE, move |tx| tx.replace_content_version(HERE, 1, &again))
                    .is_err()
            );
            assert_eq!(find(s, HERE, 3).unwrap().head.state, VersionState::Draft);
        },
    },
    Case {
        name: "citizens read the highest edition, whenever it was made",
        covers: &["find_content_published", "find_content_edition"],
        run: |s| {
            let published = |office| s.read(move |tx| tx.find_content_published(office)).unwrap();
            let edition = |office| s.read(move |tx| tx.find_content_edition(office)).unwrap();
            assert_eq!((published(HERE), edition(HERE)), (None, None));
            insert(s, HERE, &version(5, VersionState::Published, Some(1))).unwrap();
            insert(s, HERE, &version(3, VersionState::Published, Some(2))).unwrap();
            insert(s, HERE, &version(9, VersionState::Draft, None)).unwrap();
            insert(s, HERE, &version(8, VersionState::Withdrawn, None)).unwrap();
            assert_eq!(published(HERE), Some(version(3, VersionState::Published, Some(2))));
            assert_eq!(edition(HERE), Some(2));
            assert_eq!((published(ELSEWHERE), edition(ELSEWHERE)), (None, None));
        },
    },
    Case {
        name: "what is pending is the newest draft or submission",
        covers: &["find_content_pending"],
        run: |s| {
            let pending = |office| {
                let found = s.read(move |tx| tx.find_content_pending(office)).unwrap();
                found.map(|row| row.head.id.0)
            };
            assert_eq!(pending(HERE), None);
            insert(s, HERE, &version(1, VersionState::Published, Some(1))).unwrap();
            insert(s, HERE, &version(9, VersionState::Withdrawn, None)).unwrap();
            assert_eq!(pending(HERE), None);
            insert(s, HERE, &version(2, VersionState::Submitted, None)).unwrap();
            assert_eq!(pending(HERE), Some(2));
            insert(s, HERE, &version(3, VersionState::Draft, None)).unwrap();
            assert_eq!(pending(HERE), Some(3));
            assert_eq!(pending(ELSEWHERE), None);
        },
    },
    Case {
        name: "versions are listed newest first, without what is in them",
        covers: &["list_content_versions"],
        run: |s| {
            for id in [4, 1, 7] {
                insert(s, HERE, &version(id, VersionState::Withdrawn, None)).unwrap();
            }
            let list = |limit| s.read(move |tx| tx.list_content_versions(HERE, limit)).unwrap();
            let ids = |limit| list(limit).iter().map(|head| head.id.0).collect::<Vec<_>>();
            assert_eq!(ids(9), [7, 4, 1]);
            assert_eq!(ids(2), [7, 4]);
            assert_eq!(list(1), [version(7, VersionState::Withdrawn, None).head]);
            assert_eq!(s.read(|tx| tx.list_content_versions(ELSEWHERE, 9)).unwrap(), []);
        },
    },
    Case {
        name: "a version is replaced only by who saw it as it is",
        covers: &["replace_content_version"],
        run: |s| {
            insert(s, HERE, &version(1, VersionState::Draft, None)).unwrap();
            let mut next = version(1, VersionState::Published, Some(1));
            next.head.revision = 2;
            next.head.approver = Some(StaffId(9));
            next.head.published_at = Some(at(5));
            next.head.changed_at = at(4);
            next.head.base = "5b".into();
            next.content = "{\"version\":2}".into();
            let replace = |office: OfficeId, expected: u32, row: &ContentVersionRow| {
                let row = row.clone();
                s.write(office, move |tx| tx.replace_content_version(office, expected, &row))
                    .unwrap()
            };
            assert!(!replace(HERE, 2, &next));
            assert!(!replace(ELSEWHERE, 1, &next));
            assert!(replace(HERE, 1, &next));
            assert_eq!(find(s, HERE, 1), Some(next.clone()));
            assert!(!replace(HERE, 1, &next), "the second of two");
        },
    },
    Case {
        name: "conversations are kept, changed by who saw them, and forgotten",
        covers: &[
            "insert_content_script",
            "replace_content_script",
            "delete_content_script",
            "list_content_scripts",
        ],
        run: |s| {
            for (office, id) in [(HERE, 2), (HERE, 1), (ELSEWHERE, 1)] {
                let row = script(id, "{}");
                s.write(office, move |tx| tx.insert_content_script(office, &row))
                    .unwrap();
            }
            let list = |office, limit| s.read(move |tx| tx.list_content_scripts(office, limit)).unwrap();
            assert_eq!(list(HERE, 9), [script(1, "{}"), script(2, "{}")]);
            assert_eq!(list(HERE, 1), [script(1, "{}")]);
            let mut next = script(1, "{\"title\":\"biaya\"}");
            next.revision = 2;
            let replace = |expected: u32| {
                let row = next.clone();
                s.write(HERE, move |tx| tx.replace_content_script(HERE, expected, &row))
                    .unwrap()
            };
            assert_eq!([replace(2), replace(1), replace(1)], [false, true, false]);
            assert_eq!(list(HERE, 1), [next.clone()]);
            let delete = |id| {
                s.write(HERE, move |tx| tx.delete_content_script(HERE, ContentScriptId(id)))
                    .unwrap()
            };
            assert_eq!([delete(1), delete(1)], [true, false]);
            assert_eq!(list(ELSEWHERE, 9), [script(1, "{}")]);
        },
    },
];

pub(super) fn version(id: i64, state: VersionState, edition: Option<u32>) -> ContentVersionRow {
    ContentVersionRow {
        head: ContentVersionHead {
            id: ContentVersionId(id),
            state,
            edition,
            revision: 1,
            author: StaffId(7),
            approver: None,
            made_at: at(0),
            changed_at: at(1),
            published_at: None,
            base: "5a".into(),
        },
        content: "{}".into(),
    }
}

pub(super) fn script(id: i64, content: &str) -> ContentScriptRow {
    ContentScriptRow {
        id: ContentScriptId(id),
        revision: 1,
        author: StaffId(7),
        changed_at: at(0),
        content: content.into(),
    }
}

fn insert(s: &Subject<'_>, office: OfficeId, row: &ContentVersionRow) -> Result<(), Fault> {
    let row = row.clone();
    s.write(office, move |tx| tx.insert_content_version(office, &row))
}

fn find(s: &Subject<'_>, office: OfficeId, id: i64) -> Option<ContentVersionRow> {
    s.read(move |tx| tx.find_content_version(office, ContentVersionId(id)))
        .unwrap()
}
