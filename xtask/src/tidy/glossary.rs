//! GLOSSARY.md joins the words of the code with those of the office: taken words have a row, and rows are complete and true.

use super::markdown;
use super::tree::Tree;
use super::{Finding, Rule};

/// Words with one meaning only.
pub(super) const TAKEN_WORDS: Rule = Rule {
    promise: "every taken word has a row in GLOSSARY.md",
    check: taken_words,
};
/// Rows that can be relied on.
pub(super) const ROWS: Rule = Rule {
    promise: "every row of GLOSSARY.md is filled, and its code name exists unless it names the step it comes with",
    check: rows,
};

const PAGE: &str = "GLOSSARY.md";
const TITLES: &[&str] = &["Code name", "Indonesian", "Meaning", "Not"];

/// docs/style.md, chapter 3.
const TAKEN: &[&str] = &["Application", "Booking", "Opening", "Conversation", "Channel", "Topic"];

fn taken_words(tree: &Tree) -> Vec<Finding> {
    let rows = markdown::table(tree.text(PAGE).unwrap_or_default(), TITLES);
    let has_row = |word: &str| {
        rows.iter()
            .filter_map(|(_, cells)| cells.first())
            .any(|cell| markdown::ticked(cell).iter().any(|(_, name)| *name == word))
    };
    TAKEN
        .iter()
        .filter(|word| !has_row(word))
        .map(|word| Finding::file(PAGE, format!("`{word}` has no row")))
        .collect()
}

fn rows(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (line, cells) in markdown::table(tree.text(PAGE).unwrap_or_default(), TITLES) {
        if cells.len() != TITLES.len() || cells.iter().any(String::is_empty) {
            findings.push(Finding::line(PAGE, line, "a row needs four filled cells"));
            continue;
        }
        let Some(first) = cells.first() else { continue };
        // "(step 3)" beside the name: the word is taken, the code comes later.
        if first.contains("(step ") {
            continue;
        }
        for (_, name) in markdown::ticked(first) {
            if !is_in_sources(tree, name) {
                findings.push(Finding::line(PAGE, line, format!("`{name}` is in no source")));
            }
        }
    }
    findings
}

fn is_in_sources(tree: &Tree, name: &str) -> bool {
    tree.rust_files()
        .filter(|(path, _)| path.starts_with("crates/"))
        .flat_map(|(_, text)| text.split(|c: char| !(c.is_alphanumeric() || c == '_')))
        .any(|word| word == name)
}

#[cfg(test)]
mod tests;
