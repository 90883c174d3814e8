//! Both engines take the same steps: their migrations have the same names, and data of every older step is at hand to be
//! migrated in tests.

use std::collections::{BTreeMap, BTreeSet};

use super::tree::Tree;
use super::{Finding, Rule};

/// Files `NNNN_words.sql`, counted from 1.
pub(super) const NAMES: Rule = Rule {
    promise: "both engines have migrations of the same names, numbered without gaps",
    check: names,
};
/// A migration without data to try it on is tried in production.
pub(super) const DATA: Rule = Rule {
    promise: "every migration of the main database has data of the same name in `migration_data`",
    check: data,
};

const ENGINES: [&str; 2] = ["crates/sigap-store-sqlite", "crates/sigap-store-pg"];
const MAIN: &str = "migrations";
const KEYS: &str = "keys_migrations";
const DATA_FOLDER: &str = "crates/sigap-store/migration_data";

fn names(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for folder in [MAIN, KEYS] {
        for engine in ENGINES {
            check_numbers(&format!("{engine}/{folder}"), tree, &mut findings);
        }
        check_pair(folder, tree, &mut findings);
    }
    findings
}

/// Nothing is said about a database that only one engine has as yet.
fn check_pair(folder: &str, tree: &Tree, findings: &mut Vec<Finding>) {
    let [first, second] = ENGINES.map(|engine| format!("{engine}/{folder}"));
    for (here, there) in [(&first, &second), (&second, &first)] {
        let known = stems(tree, there);
        if known.is_empty() {
            continue;
        }
        for (name, path) in stems(tree, here) {
            if !known.contains_key(name) {
                findings.push(Finding::file(path, format!("has no fellow in `{there}`")));
            }
        }
    }
}

fn check_numbers(folder: &str, tree: &Tree, findings: &mut Vec<Finding>) {
    for (index, (name, path)) in stems(tree, folder).into_iter().enumerate() {
        let expected = format!("{:04}", index + 1);
        let words = name.strip_prefix(&expected).and_then(|rest| rest.strip_prefix('_'));
        if !words.is_some_and(are_words) || !path.ends_with(".sql") {
            findings.push(Finding::file(
                path,
                format!("is not called `{expected}_words.sql`, as the next step would be"),
            ));
        }
    }
}

/// Small letters and digits, joined by low lines.
fn are_words(text: &str) -> bool {
    text.split('_').all(|word| {
        !word.is_empty()
            && word
                .chars()
                .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit())
    })
}

fn data(tree: &Tree) -> Vec<Finding> {
    let data: BTreeSet<&str> = stems(tree, DATA_FOLDER).into_keys().collect();
    if data.is_empty() {
        return Vec::new();
    }
    let mut steps = BTreeMap::new();
    for engine in ENGINES {
        steps.extend(stems(tree, &format!("{engine}/{MAIN}")));
    }
    let mut findings: Vec<Finding> = steps
        .iter()
        .filter(|(name, _)| !data.contains(*name))
        .map(|(name, path)| Finding::file(path, format!("has no `{name}` in `{DATA_FOLDER}`")))
        .collect();
    for stale in data.iter().filter(|name| !steps.contains_key(*name)) {
        findings.push(Finding::file(DATA_FOLDER, format!("`{stale}` is no migration")));
    }
    findings
}

/// Files directly in a folder: names without their ends, and paths. In order of names.
fn stems<'a>(tree: &'a Tree, folder: &str) -> BTreeMap<&'a str, &'a str> {
    tree.files()
        .filter_map(|(path, _)| {
            let name = path.strip_prefix(folder)?.strip_prefix('/')?;
            let is_direct = !name.contains('/') && !name.ends_with(".md");
            is_direct.then(|| (name.split('.').next().unwrap_or(name), path))
        })
        .collect()
}

#[cfg(test)]
mod tests;
