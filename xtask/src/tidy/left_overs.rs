//! Nothing half-done is left in the code: no place-holders, no switched-off tests, no debugging prints.

use super::rust_text;
use super::tree::Tree;
use super::{Finding, Rule};

/// Looks at code only: a sentence may speak of these.
pub(super) const RULE: Rule = Rule {
    promise: "no place-holders, switched-off tests or debugging prints",
    check,
};

const LEFT_OVERS: &[(&str, &str)] = &[
    ("todo!", "do it, or leave it out"),
    ("unimplemented!", "a method exists only when it works"),
    ("dbg!", "a debugging print"),
    ("#[ignore", "a test that does not run proves nothing"),
    (
        "#[should_panic",
        "nothing of ours is meant to panic; check the returned fault",
    ),
];

fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.rust_files() {
        for (index, line) in rust_text::code_lines(text).iter().enumerate() {
            for (sign, why) in LEFT_OVERS.iter().filter(|(sign, _)| holds(line, sign)) {
                findings.push(Finding::line(path, index + 1, format!("`{sign}`: {why}")));
            }
        }
    }
    findings
}

/// The sign stands in the line, and not as the end of a longer word.
fn holds(line: &str, sign: &str) -> bool {
    line.match_indices(sign).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
    })
}

#[cfg(test)]
mod tests;
