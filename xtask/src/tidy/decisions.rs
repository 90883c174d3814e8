//! Decisions that had a loser are kept: numbered without gaps, each with the same three parts.

use super::tree::Tree;
use super::{Finding, Rule};

/// docs/decisions/0001-….md and so on.
pub(super) const RULE: Rule = Rule {
    promise: "decisions are numbered without gaps and say context, choice and price",
    check,
};

const FOLDER: &str = "docs/decisions/";
const PARTS: &[&str] = &["## Context", "## Choice", "## What we gave up"];

fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let pages = tree
        .files()
        .filter(|(path, _)| path.starts_with(FOLDER) && path.ends_with(".md"));
    for ((path, text), expected) in pages.zip(1_usize..) {
        let name = path.get(FOLDER.len()..).unwrap_or_default();
        let number = name.split_once('-').map_or("", |(number, _)| number);
        if number != format!("{expected:04}") {
            findings.push(Finding::file(path, format!("should begin with {expected:04}-")));
        }
        for part in PARTS.iter().filter(|part| !text.lines().any(|line| line == **part)) {
            findings.push(Finding::file(path, format!("has no part `{part}`")));
        }
    }
    findings
}

#[cfg(test)]
mod tests;
