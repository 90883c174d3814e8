//! Every topic of the conversation is walked by a script that a colleague from the office could read.

use std::collections::{BTreeMap, BTreeSet};

use super::rust_text::{self, Kind};
use super::tree::Tree;
use super::{Finding, Rule};

/// Topics are the first parts of message keys (`status.ask_number`) in `conversation/messages.rs`.
pub(super) const RULE: Rule = Rule {
    promise: "every topic has a script in chats/, and scripts say only messages that exist",
    check,
};

const MESSAGES: &str = "crates/sigap-core/src/conversation/messages";
/// Words of pages are never said in a chat.
const PAGES: &str = "page";
/// Said around a talk between a citizen and an officer, of which scripts know nothing.
const TALKS: &str = "talk";

fn check(tree: &Tree) -> Vec<Finding> {
    let keys: BTreeMap<&str, (&str, usize)> = tree
        .rust_files()
        .filter(|(path, _)| path.starts_with(MESSAGES) && !path.ends_with("/tests.rs"))
        .flat_map(|(path, text)| {
            message_keys(text)
                .into_iter()
                .map(move |(line, key)| (key, (path, line)))
        })
        .collect();
    let mut findings = Vec::new();
    if keys.is_empty() {
        findings.push(Finding::file(MESSAGES, "lists no message keys"));
    }
    let mut answered = BTreeSet::new();
    for (path, text) in tree
        .files()
        .filter(|(path, _)| path.starts_with("chats/") && path.ends_with(".chat"))
    {
        for (line, key) in answers(text) {
            if !keys.contains_key(key) {
                findings.push(Finding::line(path, line, format!("`{key}` is no message")));
            }
            answered.insert(topic_of(key));
        }
    }
    let mut reported = BTreeSet::new();
    for (key, (path, line)) in keys {
        let topic = topic_of(key);
        if topic != PAGES && topic != TALKS && !answered.contains(topic) && reported.insert(topic) {
            findings.push(Finding::line(
                path,
                line,
                format!("no script in chats/ hears `{topic}`"),
            ));
        }
    }
    findings
}

/// Quoted texts of the form `topic.name`.
fn message_keys(text: &str) -> Vec<(usize, &str)> {
    rust_text::pieces(text)
        .into_iter()
        .filter(|piece| piece.kind == Kind::Quoted)
        .map(|piece| (piece.line, piece.text.trim_matches('"')))
        .filter(|(_, key)| {
            key.split_once('.').is_some_and(|(topic, name)| {
                let is_word = |word: &str| {
                    !word.is_empty()
                        && word
                            .chars()
                            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
                };
                is_word(topic) && is_word(name)
            })
        })
        .collect()
}

/// The keys on the lines that begin with `<`.
fn answers(script: &str) -> Vec<(usize, &str)> {
    script
        .lines()
        .enumerate()
        .filter_map(|(index, line)| {
            let key = line.strip_prefix('<')?.split_whitespace().next()?;
            key.contains('.').then_some((index + 1, key))
        })
        .collect()
}

fn topic_of(key: &str) -> &str {
    key.split('.').next().unwrap_or(key)
}

#[cfg(test)]
mod tests;
