//! Topics and scripts, made by hand.

use super::super::tree::Tree;
use super::RULE;

const MESSAGES: &str =
    "//! `status.never` is only spoken of.\nconst A: &[&str] = &[\"status.ask_number\", \"fees.list\"];\n";

fn findings(script: &str) -> Vec<String> {
    let tree = Tree::of(&[
        ("crates/sigap-core/src/conversation/messages.rs", MESSAGES),
        ("chats/a.chat", script),
    ]);
    (RULE.check)(&tree).into_iter().map(|finding| finding.says).collect()
}

#[test]
fn every_topic_heard_passes() {
    assert_eq!(
        findings("# both\n> 1\n< status.ask_number\n> biaya\n< fees.list  product=48\n"),
        Vec::<String>::new()
    );
}

#[test]
fn a_topic_that_no_script_hears_is_found() {
    assert_eq!(
        findings("> 1\n< status.ask_number\n"),
        ["no script in chats/ hears `fees`"]
    );
}

#[test]
fn an_answer_that_is_no_message_is_found() {
    let says = findings("> 1\n< status.ask_number\n> 2\n< fees.list\n< fees.gone\n");
    assert_eq!(says, ["`fees.gone` is no message"]);
}

#[test]
fn no_messages_at_all_is_no_pass() {
    assert!(!(RULE.check)(&Tree::of(&[])).is_empty());
}
