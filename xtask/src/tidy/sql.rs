//! SQL is written out: key words in capitals, columns named.

use super::rust_text::{self, Kind};
use super::tree::Tree;
use super::{Finding, Rule};

/// In migrations and in the quoted texts of the storage crates.
pub(super) const RULE: Rule = Rule {
    promise: "SQL has its key words in capitals and names its columns",
    check,
};

/// Words that no column of ours is called.
const KEY_WORDS: &[&str] = &[
    "select",
    "insert",
    "into",
    "update",
    "delete",
    "from",
    "where",
    "values",
    "create",
    "table",
    "index",
    "unique",
    "primary",
    "join",
    "order",
    "group",
    "limit",
    "returning",
    "references",
    "conflict",
];

/// A quoted text that begins so is SQL.
const OPENINGS: &[&str] = &[
    "SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "CREATE", "ALTER", "REPLACE",
];

fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.files().filter(|(path, _)| path.ends_with(".sql")) {
        check_sql(path, 1, text, &mut findings);
    }
    let is_storage = |path: &str| path.starts_with("crates/sigap-store");
    for (path, text) in tree.rust_files().filter(|(path, _)| is_storage(path)) {
        for piece in rust_text::pieces(text)
            .iter()
            .filter(|piece| piece.kind == Kind::Quoted)
        {
            let sql = piece.text.trim_start_matches(['r', '#', '"', '\\', '\n', ' ']);
            let mut words = sql.split_whitespace();
            let opening = words.next().unwrap_or_default().to_uppercase();
            // "update failed" is a sentence; a statement has more to it.
            if OPENINGS.contains(&opening.as_str()) && words.count() >= 3 && looks_like_sql(sql) {
                check_sql(path, piece.line, piece.text, &mut findings);
            }
        }
    }
    findings
}

/// A statement has a key word in capitals or a parameter; a sentence that begins with `update` has neither.
fn looks_like_sql(text: &str) -> bool {
    let has_capitals = text
        .split_whitespace()
        .any(|word| KEY_WORDS.iter().any(|key| key.to_uppercase() == word));
    has_capitals || text.contains('?')
}

fn check_sql(path: &str, first_line: usize, sql: &str, findings: &mut Vec<Finding>) {
    for (index, line) in sql.lines().enumerate() {
        let statement = line.split("--").next().unwrap_or_default();
        // Quoted values and places filled by `format!` are not ours to judge.
        let outside_quotes: String = statement.split('\'').step_by(2).collect();
        let outside_quotes: String = outside_quotes.split(['{', '}']).step_by(2).collect();
        let words: Vec<&str> = outside_quotes
            .split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '*' | '.')))
            .filter(|word| !word.is_empty())
            .collect();
        let line_number = first_line + index;
        if let Some(word) = words.iter().find(|word| KEY_WORDS.contains(word)) {
            findings.push(Finding::line(path, line_number, format!("`{word}` in small letters")));
        }
        if words.windows(2).any(|pair| pair == ["SELECT", "*"]) {
            findings.push(Finding::line(
                path,
                line_number,
                "name the columns: a star changes its meaning with the table",
            ));
        }
    }
}

#[cfg(test)]
mod tests;
