//! Names on the map are looked up in a small town.

use super::super::tree::Tree;
use super::{NAMES, SIZE};

fn findings(page: &str) -> Vec<String> {
    let tree = Tree::of(&[
        ("ARCHITECTURE.md", page),
        ("crates/sigap-core/src/queue/tests.rs", "//! Tests.\n"),
        (
            "crates/sigap-core/src/queue.rs",
            "//! People waiting.\npub struct QueueNumber;\npub fn call_next() {}\n",
        ),
        ("content/offices/sukabumi.toml", ""),
        ("Cargo.toml", "serde = \"1\" # why\n"),
    ]);
    (NAMES.check)(&tree).into_iter().map(|finding| finding.says).collect()
}

#[test]
fn names_that_exist_pass() {
    let page = "`crates/sigap-core` `queue.rs` `queue/` `QueueNumber` `call_next()` `queue::QueueNumber` `content/offices` `serde`";
    assert_eq!(findings(page), Vec::<String>::new());
}

#[test]
fn routes_commands_and_patterns_are_not_names() {
    assert_eq!(
        findings("`/healthz` `cargo xtask ci` `content/*.toml` `#bayar` `--quick`"),
        Vec::<String>::new()
    );
}

#[test]
fn names_that_are_gone_are_found() {
    for gone in [
        "`crates/sigap-kiosk`",
        "`desk.rs`",
        "`HelpTicket`",
        "`queue::call_last`",
        "`answer_all()`",
    ] {
        assert_eq!(findings(gone).len(), 1, "{gone}");
    }
}

#[test]
fn the_page_is_there_and_short() {
    let with = |lines: usize| Tree::of(&[("ARCHITECTURE.md", &"line\n".repeat(lines))]);
    assert!((SIZE.check)(&with(250)).is_empty());
    assert_eq!((SIZE.check)(&with(251)).len(), 1);
    assert_eq!((SIZE.check)(&Tree::of(&[])).len(), 1);
}
