//! ARCHITECTURE.md stays short and true: what it names in back-ticks exists.

use std::collections::BTreeSet;

use super::markdown;
use super::tree::Tree;
use super::{Finding, Rule};

/// Short enough to be read in one go.
pub(super) const SIZE: Rule = Rule {
    promise: "ARCHITECTURE.md has at most 250 lines",
    check: size,
};
/// A map with streets that are gone is worse than none.
pub(super) const NAMES: Rule = Rule {
    promise: "every file, module and name in ARCHITECTURE.md exists",
    check: names,
};

const PAGE: &str = "ARCHITECTURE.md";
const LINES_MAX: usize = 250;

fn size(tree: &Tree) -> Vec<Finding> {
    match tree.text(PAGE).map(|text| text.lines().count()) {
        None => vec![Finding::file(PAGE, "is missing")],
        Some(lines) if lines > LINES_MAX => vec![Finding::file(PAGE, format!("has {lines} lines"))],
        Some(_) => Vec::new(),
    }
}

fn names(tree: &Tree) -> Vec<Finding> {
    let known = known_words(tree);
    markdown::ticked(tree.text(PAGE).unwrap_or_default())
        .into_iter()
        .filter(|(_, name)| !is_there(tree, &known, name))
        .map(|(line, name)| Finding::line(PAGE, line, format!("`{name}` does not exist")))
        .collect()
}

/// Decides by the look of a name what it has to be. Sentences, commands, routes and patterns are not names.
fn is_there(tree: &Tree, known: &BTreeSet<&str>, name: &str) -> bool {
    let is_no_name = name.starts_with(['/', '-', '.', '#', '@', '<', '>', '='])
        || name.contains([' ', '*', '{', '$', '"', '…'])
        || name.is_empty();
    if is_no_name {
        return true;
    }
    if name.contains("::") {
        return name
            .trim_end_matches("()")
            .split("::")
            .all(|part| known.contains(part) || tree.exists(&format!("crates/{part}")));
    }
    if name.contains('/') || is_file_name(name) {
        return is_path(tree, name);
    }
    let plain = name.trim_end_matches("()").trim_end_matches('!');
    plain
        .split(['.', '='])
        .all(|part| known.contains(part) || part.parse::<i64>().is_ok())
        || tree
            .crates
            .iter()
            .any(|each| each.name == plain || each.reaches.contains(plain))
        || tree.exists(plain)
}

/// A path from the root, or from the sources of one of our crates.
fn is_path(tree: &Tree, name: &str) -> bool {
    let name = name.trim_end_matches('/');
    if tree.exists(name) || tree.exists(&format!("crates/{name}")) {
        return true;
    }
    let end = format!("/{name}");
    let middle = format!("/{name}/");
    tree.files()
        .any(|(path, _)| path.ends_with(&end) || path.contains(&middle))
}

fn is_file_name(name: &str) -> bool {
    [
        ".rs", ".md", ".toml", ".csv", ".json", ".sql", ".chat", ".mjs", ".html", ".js", ".css",
    ]
    .iter()
    .any(|end| name.ends_with(end))
}

/// Every word in the sources and manifests. A name that is nowhere among them has gone.
fn known_words(tree: &Tree) -> BTreeSet<&str> {
    let modules = tree
        .rust_files()
        .flat_map(|(path, _)| path.trim_end_matches(".rs").split('/'));
    tree.files()
        .filter(|(path, _)| [".rs", ".toml", ".sql", ".chat"].iter().any(|end| path.ends_with(end)))
        .filter(|(path, _)| !path.starts_with("xtask/src/tidy/"))
        .flat_map(|(_, text)| text.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-')))
        .flat_map(|word| std::iter::once(word).chain(word.split('-')))
        .chain(modules)
        .filter(|word| !word.is_empty())
        .collect()
}

#[cfg(test)]
mod tests;
