//! Tables, back-ticks and links.

use super::super::tree::Tree;
use super::{LINKS, MENTIONS, table, ticked};

#[test]
fn a_table_is_found_by_its_head() {
    let text = "| x | y |\n|---|---|\n| 0 | 0 |\n\n| A | B |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n\nend";
    let rows = table(text, &["A", "B"]);
    assert_eq!(
        rows,
        [
            (7, vec!["1".to_owned(), "2".to_owned()]),
            (8, vec!["3".to_owned(), "4".to_owned()])
        ]
    );
    assert!(table(text, &["A", "C"]).is_empty());
}

#[test]
fn words_in_back_ticks_are_taken_outside_fences_only() {
    assert_eq!(
        ticked("a `b` c `d`\n```\n`e`\n```\n`f`"),
        [(1, "b"), (1, "d"), (5, "f")]
    );
}

#[test]
fn links_inside_the_project_must_lead_somewhere() {
    let good = Tree::of(&[
        (
            "docs/a.md",
            "[b](b.md#part) [root](../README.md) [out](https://example.org) [here](#part) [dir](sub/)",
        ),
        ("docs/b.md", ""),
        ("docs/sub/c.md", ""),
        ("README.md", "![picture](docs/b.md)"),
    ]);
    assert!((LINKS.check)(&good).is_empty());
    let bad = Tree::of(&[("docs/a.md", "one\n[b](c.md)")]);
    let findings = (LINKS.check)(&bad);
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].line, Some(2));
}

#[test]
fn a_page_named_in_a_source_must_be_there() {
    let good = Tree::of(&[
        ("src/a.rs", "//! See docs/storage.md. Also `storage.md`, not *.md.\n"),
        ("docs/storage.md", ""),
    ]);
    assert!((MENTIONS.check)(&good).is_empty());
    let bad = Tree::of(&[("src/a.rs", "//! Keeps keys.\n// Why: docs/keys.md\n")]);
    assert_eq!((MENTIONS.check)(&bad).len(), 1);
}
