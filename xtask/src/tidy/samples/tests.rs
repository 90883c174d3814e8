//! Kinds and samples, made by hand.

use super::super::tree::Tree;
use super::RULE;

const INDEX: &str =
    r#"[{"file": "meta/text.json", "kinds": ["message:text", "message:interactive/list_reply"]}]"#;

fn findings(source: &str, sample: &str) -> Vec<String> {
    let tree = Tree::of(&[
        ("crates/sigap-whatsapp/samples/webhooks/index.json", INDEX),
        (sample, "{}"),
        ("crates/sigap-whatsapp/src/wire.rs", source),
    ]);
    (RULE.check)(&tree)
        .into_iter()
        .map(|finding| finding.says)
        .collect()
}

const SAMPLE: &str = "crates/sigap-whatsapp/samples/webhooks/meta/text.json";

#[test]
fn kinds_with_samples_pass() {
    let source = "pub const MESSAGE_KINDS: &[&str] = &[\"text\", \"list_reply\"];\nconst OTHER: &str = \"hologram\";\n";
    assert_eq!(findings(source, SAMPLE), Vec::<String>::new());
}

#[test]
fn a_kind_without_a_sample_is_found() {
    let source = "pub const MESSAGE_KINDS: &[&str] = &[\n    // Words.\n    \"text\",\n    \"hologram\",\n];\n";
    let says = findings(source, SAMPLE);
    assert_eq!(says.len(), 1);
    assert!(says[0].starts_with("`hologram`"));
}

#[test]
fn a_listed_sample_that_is_gone_and_a_missing_table_are_found() {
    assert_eq!(findings("", "elsewhere.json").len(), 2);
}
