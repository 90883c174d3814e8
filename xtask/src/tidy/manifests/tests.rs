//! A good and a bad manifest for each rule.

use super::super::tree::Tree;
use super::{LINTS, REASONS};

#[test]
fn a_dependency_without_a_reason_is_found() {
    let text = "[workspace.dependencies]\nours = { path = \"crates/ours\" }\n\n# Values\nserde = \"1\" # stored forms\nbare = \"2\"\n\n[profile.dev]\ndebug = 1\n";
    let findings = (REASONS.check)(&Tree::of(&[("Cargo.toml", text)]));
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].line, Some(6));
    assert!(findings[0].says.contains("`bare`"));
}

#[test]
fn a_crate_takes_lints_and_versions_from_the_workspace() {
    let good = "[package]\nname = \"a\"\n[lints]\nworkspace = true\n[dependencies]\nserde.workspace = true\nb = { workspace = true, features = [\"c\"] }\n";
    assert!((LINTS.check)(&Tree::of(&[("crates/a/Cargo.toml", good)])).is_empty());
    let bad = "[package]\nname = \"a\"\n[dev-dependencies]\nserde = \"1\"\n";
    assert_eq!((LINTS.check)(&Tree::of(&[("crates/a/Cargo.toml", bad)])).len(), 2);
    assert_eq!((LINTS.check)(&Tree::of(&[("crates/a/Cargo.toml", "[broken")])).len(), 1);
}
