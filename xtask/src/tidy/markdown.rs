//! Reads the little of Markdown that rules need: tables and words in back-ticks. Also the rule that links inside the project lead somewhere.

use super::tree::Tree;
use super::{Finding, Rule};

/// A link to a file of ours finds it.
pub(super) const LINKS: Rule = Rule {
    promise: "every link between our documents leads to a file",
    check: links,
};

/// A comment that sends the reader to a page finds it.
pub(super) const MENTIONS: Rule = Rule {
    promise: "every page named in a source is there",
    check: mentions,
};

/// The cells of each row of the table whose head has exactly these titles, with line numbers from 1. Empty when there is none.
pub(super) fn table(text: &str, titles: &[&str]) -> Vec<(usize, Vec<String>)> {
    let mut rows = text.lines().enumerate().map(|(index, line)| (index + 1, cells(line)));
    let is_head = |cells: &Option<Vec<String>>| cells.as_ref().is_some_and(|cells| cells.iter().eq(titles));
    if !rows.any(|(_, cells)| is_head(&cells)) {
        return Vec::new();
    }
    rows.skip(1).map_while(|(line, cells)| Some((line, cells?))).collect()
}

fn cells(line: &str) -> Option<Vec<String>> {
    let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    Some(inner.split('|').map(|cell| cell.trim().to_owned()).collect())
}

/// The words between single back-ticks, with line numbers from 1. Fenced blocks are passed over.
pub(super) fn ticked(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut is_fenced = false;
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            is_fenced = !is_fenced;
            continue;
        }
        if !is_fenced {
            found.extend(line.split('`').skip(1).step_by(2).map(|word| (index + 1, word)));
        }
    }
    found
}

fn links(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.files().filter(|(path, _)| is_ours(path)) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for (index, line) in text.lines().enumerate() {
            for target in line
                .split("](")
                .skip(1)
                .filter_map(|rest| rest.split([')', '#']).next())
            {
                let is_outside = target.is_empty() || target.contains("://") || target.starts_with("mailto:");
                if !is_outside && !tree.exists(&join(folder, target)) {
                    findings.push(Finding::line(path, index + 1, format!("`{target}` does not exist")));
                }
            }
        }
    }
    findings
}

fn mentions(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    // The examples in tidy's own tests speak of pages that never were.
    let is_source = |path: &str| {
        [".rs", ".toml", ".sql", ".mjs"].iter().any(|end| path.ends_with(end)) && !path.starts_with("xtask/src/tidy/")
    };
    for (path, text) in tree.files().filter(|(path, _)| is_source(path)) {
        for (index, line) in text.lines().enumerate() {
            let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.');
            let words = line.split(|c: char| !is_part(c)).map(|word| word.trim_end_matches('.'));
            for page in words.filter(|word| word.len() > ".md".len() && word.ends_with(".md")) {
                let end = format!("/{page}");
                if !tree.files().any(|(path, _)| path == page || path.ends_with(&end)) {
                    findings.push(Finding::line(path, index + 1, format!("`{page}` does not exist")));
                }
            }
        }
    }
    findings
}

/// Documents copied together with data keep the links of where they come from.
fn is_ours(path: &str) -> bool {
    path.ends_with(".md") && !path.contains("/samples/")
}

fn join(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests;
