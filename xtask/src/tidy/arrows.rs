//! Arrows between crates point inward: the table in ARCHITECTURE.md against what cargo resolves.

use std::collections::BTreeSet;

use super::markdown;
use super::tree::Tree;
use super::{Finding, Rule};

/// The table says what may be used of ours (named in `Cargo.toml`) and what must not be reached at any distance.
pub(super) const RULE: Rule = Rule {
    promise: "dependencies follow the arrow table in ARCHITECTURE.md",
    check,
};

const PAGE: &str = "ARCHITECTURE.md";
/// The head of the table; tidy finds it by these words.
const TITLES: &[&str] = &["Crate", "May use of ours", "Never, at any distance", "Why"];

fn check(tree: &Tree) -> Vec<Finding> {
    let rows = markdown::table(tree.text(PAGE).unwrap_or_default(), TITLES);
    if rows.is_empty() {
        return vec![Finding::file(PAGE, format!("has no table `{}`", TITLES.join(" | ")))];
    }
    let ours: BTreeSet<&str> = tree.crates.iter().map(|each| each.name.as_str()).collect();
    let mut findings = Vec::new();
    let mut described = BTreeSet::new();
    for (line, cells) in &rows {
        let [name, may_use, never, ..] = cells.as_slice() else {
            findings.push(Finding::line(PAGE, *line, "a row needs four cells"));
            continue;
        };
        let Some(name) = words(name).into_iter().next() else {
            findings.push(Finding::line(PAGE, *line, "a row begins with a crate in back-ticks"));
            continue;
        };
        described.insert(name.to_owned());
        let Some(member) = tree.crates.iter().find(|each| each.name == name) else {
            findings.push(Finding::line(PAGE, *line, format!("there is no crate `{name}`")));
            continue;
        };
        let may_use = words(may_use);
        for used in member.uses.iter().filter(|used| ours.contains(used.as_str())) {
            if !may_use.contains(used.as_str()) {
                findings.push(Finding::line(PAGE, *line, format!("`{name}` uses `{used}`")));
            }
        }
        for banned in words(never)
            .into_iter()
            .filter(|banned| member.reaches.contains(*banned))
        {
            findings.push(Finding::line(PAGE, *line, format!("`{name}` reaches `{banned}`")));
        }
    }
    for name in ours.iter().filter(|name| !described.contains(**name)) {
        findings.push(Finding::file(PAGE, format!("`{name}` has no row in the arrow table")));
    }
    findings
}

fn words(cell: &str) -> BTreeSet<&str> {
    markdown::ticked(cell).into_iter().map(|(_, word)| word).collect()
}

#[cfg(test)]
mod tests;
