//! Numbers and parts of decision pages.

use super::super::tree::Tree;
use super::RULE;

const GOOD: &str = "# 1. Rings\n\n## Context\nx\n\n## Choice\ny\n\n## What we gave up\nz\n";

#[test]
fn numbered_and_complete_passes() {
    let tree = Tree::of(&[
        ("docs/decisions/0001-rings.md", GOOD),
        ("docs/decisions/0002-bytes.md", GOOD),
    ]);
    assert!((RULE.check)(&tree).is_empty());
}

#[test]
fn a_gap_and_a_missing_part_are_found() {
    let tree = Tree::of(&[
        ("docs/decisions/0001-rings.md", GOOD),
        ("docs/decisions/0003-bytes.md", "## Context\n\n## Choice\n"),
    ]);
    assert_eq!((RULE.check)(&tree).len(), 2);
}
