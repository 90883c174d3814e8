//! Kinds and samples, made by hand.

use super::super::tree::Tree;
use super::RULE;

const INDEX: &str = r#"[{"file": "meta/text.json", "kinds": ["message:text", "message:interactive/list_reply"]}]"#;

fn findings(source: &str, sample: &str) -> Vec<String> {
    let tree = Tree::of(&[
        ("crates/sigap-whatsapp/samples/webhooks/index.json", INDEX),
        (sample, "{}"),
        ("crates/sigap-whatsapp/src/inbound/said.rs", source),
    ]);
    (RULE.check)(&tree).into_iter().map(|finding| finding.says).collect()
}

const SAMPLE: &str = "crates/sigap-whatsapp/samples/webhooks/meta/text.json";

#[test]
fn kinds_with_samples_pass() {
    let source =
        "match kind {\n    \"text\" | \"list_reply\" => 1,\n    Some(\"text\") if is_new(\"hologram\") => 2,\n}\n";
    assert_eq!(findings(source, SAMPLE), Vec::<String>::new());
}

#[test]
fn a_kind_without_a_sample_is_found() {
    let source = "match kind {\n    \"text\"\n    | \"hologram\"\n    | \"ghost\" => Kind::Image,\n}\n";
    let says = findings(source, SAMPLE);
    assert_eq!(says.len(), 2, "{says:?}");
    assert!(says[0].starts_with("`hologram`") && says[1].starts_with("`ghost`"));
}

#[test]
fn a_declared_field_is_no_kind() {
    let source = "\"text\" => 1,\n\"wa_id\" => wa_id: Text<'a>,\nlet a = \"ghost\";\n";
    assert_eq!(findings(source, SAMPLE), Vec::<String>::new());
}

#[test]
fn a_listed_sample_that_is_gone_and_no_kinds_at_all_are_found() {
    assert_eq!(findings("", "elsewhere.json").len(), 2);
}
