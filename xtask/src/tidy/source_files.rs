//! Rules about a source file as a whole: how it begins, how long it is, what it is called, where its tests stand.

use super::rust_text;
use super::tree::Tree;
use super::{Finding, Rule};

/// Lines of one source. Nine tenths should stay under half of it.
const LINES_MAX: usize = 600;

/// Names that say nothing about what is inside.
const EMPTY_NAMES: &[&str] = &[
    "utils", "util", "helpers", "helper", "common", "misc", "shared", "stuff",
];

/// The first line tells the reader whether this is the file. A `tests.rs` is explained by the file it belongs to.
pub(super) const HEAD: Rule = Rule {
    promise: "every Rust file begins with a sentence `//! …`",
    check: head,
};
/// One idea a file.
pub(super) const SIZE: Rule = Rule {
    promise: "no source is longer than 600 lines",
    check: size,
};
/// A thing that has a use has a name.
pub(super) const NAME: Rule = Rule {
    promise: "no `mod.rs`, and no file or folder called utils, helpers, common or misc",
    check: name,
};
/// Editing a test does not rebuild the crates above.
pub(super) const TESTS_APART: Rule = Rule {
    promise: "unit tests stand in `foo/tests.rs`, not inside `foo.rs`",
    check: tests_apart,
};

fn head(tree: &Tree) -> Vec<Finding> {
    tree.rust_files()
        .filter(|(path, _)| !path.ends_with("/tests.rs"))
        .filter(|(_, text)| {
            let sentence = text
                .lines()
                .next()
                .and_then(|line| line.strip_prefix("//! "))
                .unwrap_or_default();
            sentence.trim().len() < 12
        })
        .map(|(path, _)| Finding::line(path, 1, "the first line is not a sentence `//! what this is for`"))
        .collect()
}

fn size(tree: &Tree) -> Vec<Finding> {
    let is_source = |path: &str| [".rs", ".mjs", ".js", ".css"].iter().any(|end| path.ends_with(end));
    tree.files()
        .filter(|(path, _)| is_source(path))
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > LINES_MAX)
        .map(|(path, lines)| {
            Finding::file(
                path,
                format!("{lines} lines: find the second idea in it and give it a file"),
            )
        })
        .collect()
}

fn name(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, _) in tree.rust_files() {
        let parts: Vec<&str> = path.trim_end_matches(".rs").split('/').collect();
        if parts.last() == Some(&"mod") {
            findings.push(Finding::file(path, "write `foo.rs` beside the folder `foo/`"));
        }
        if let Some(empty) = parts.iter().find(|part| EMPTY_NAMES.contains(part)) {
            findings.push(Finding::file(path, format!("`{empty}` is no name: what is it for?")));
        }
    }
    findings
}

fn tests_apart(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.rust_files() {
        for (index, line) in rust_text::code_lines(text).iter().enumerate() {
            let words: Vec<&str> = line.split_whitespace().collect();
            if words.starts_with(&["mod", "tests", "{"]) {
                findings.push(Finding::line(
                    path,
                    index + 1,
                    "write `mod tests;` and move the tests to a file",
                ));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests;
