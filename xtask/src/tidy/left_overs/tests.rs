//! Left-overs are found in code, and in code only.

use super::super::tree::Tree;
use super::RULE;

#[track_caller]
fn check(text: &str, lines: &[usize]) {
    let found: Vec<_> = (RULE.check)(&Tree::of(&[("src/a.rs", text)]))
        .into_iter()
        .filter_map(|finding| finding.line)
        .collect();
    assert_eq!(found, lines, "{text}");
}

#[test]
fn every_kind_is_found() {
    check("fn a() { todo!() }", &[1]);
    check("fn a() {\n    unimplemented!(\"later\")\n}", &[2]);
    check("#[test]\n#[ignore = \"slow\"]\nfn a() {}", &[2]);
    check("#[should_panic]\nfn a() {}", &[1]);
    check("let a = dbg!(b);", &[1]);
}

#[test]
fn speaking_of_them_is_allowed() {
    check("// todo! is banned\nlet a = \"dbg!(b)\";\n", &[]);
    check("my_todo!();", &[]);
}
