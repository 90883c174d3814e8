//! The table against dependency graphs made by hand.

use super::super::tree::{Crate, Tree};
use super::RULE;

const TABLE: &str = "\
| Crate | May use of ours | Never, at any distance | Why |
|---|---|---|---|
| `core` | – | `tokio` | pure |
| `web` | `core` | `driver` | thin |
";

fn member(name: &str, uses: &[&str], reaches: &[&str]) -> Crate {
    let set = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    Crate {
        name: name.to_owned(),
        uses: set(uses),
        reaches: set(reaches),
    }
}

fn findings(crates: Vec<Crate>) -> Vec<String> {
    let mut tree = Tree::of(&[("ARCHITECTURE.md", TABLE)]);
    tree.crates = crates;
    (RULE.check)(&tree).into_iter().map(|finding| finding.says).collect()
}

#[test]
fn arrows_that_point_inward_pass() {
    let crates = vec![
        member("core", &["serde"], &["serde"]),
        member("web", &["core", "tokio"], &["core", "serde", "tokio"]),
    ];
    assert_eq!(findings(crates), Vec::<String>::new());
}

#[test]
fn an_arrow_that_points_outward_is_found() {
    let crates = vec![member("core", &["web"], &["web"]), member("web", &[], &[])];
    assert_eq!(findings(crates), ["`core` uses `web`"]);
}

#[test]
fn a_banned_crate_is_found_at_any_distance() {
    let crates = vec![
        member("core", &["innocent"], &["innocent", "tokio"]),
        member("web", &[], &[]),
    ];
    assert_eq!(findings(crates), ["`core` reaches `tokio`"]);
}

#[test]
fn a_crate_without_a_row_and_a_row_without_a_crate_are_found() {
    let crates = vec![member("core", &[], &[]), member("stray", &[], &[])];
    assert_eq!(
        findings(crates),
        ["there is no crate `web`", "`stray` has no row in the arrow table"]
    );
}

#[test]
fn a_page_without_the_table_is_no_pass() {
    let tree = Tree::of(&[("ARCHITECTURE.md", "no table")]);
    assert_eq!((RULE.check)(&tree).len(), 1);
}
