//! Every storage method has a case that runs on every engine, so that two databases stay one truth.

use std::collections::BTreeSet;

use super::rust_text;
use super::tree::Tree;
use super::{Finding, Rule};

/// Methods are those of the store and of its transactions, in `store.rs` and `tx/`; a case names what it covers: `covers: &["method", …]`.
pub(super) const RULE: Rule = Rule {
    promise: "every storage method has a conformance case",
    check,
};

const STORE: &str = "crates/sigap-store/src/";
const CASES: &str = "crates/sigap-store/src/conformance";

fn check(tree: &Tree) -> Vec<Finding> {
    let covered: BTreeSet<&str> = tree
        .rust_files()
        .filter(|(path, _)| path.starts_with(CASES))
        .flat_map(|(_, text)| covered_by(text))
        .collect();
    let mut known = BTreeSet::new();
    let mut findings = Vec::new();
    let is_trait_file = |path: &str| {
        let of_store = path.strip_prefix(STORE).unwrap_or_default();
        of_store == "store.rs" || of_store.starts_with("tx/")
    };
    for (path, text) in tree.rust_files().filter(|(path, _)| is_trait_file(path)) {
        for (line, method) in trait_methods(text) {
            if !covered.contains(method.as_str()) {
                findings.push(Finding::line(
                    path,
                    line,
                    format!("`{method}` is covered by no conformance case"),
                ));
            }
            known.insert(method);
        }
    }
    for stale in covered.iter().filter(|name| !known.contains(**name)) {
        findings.push(Finding::file(
            CASES,
            format!("a case covers `{stale}`, which is no storage method"),
        ));
    }
    findings
}

/// The names inside every `covers: &[…]`.
fn covered_by(text: &str) -> Vec<&str> {
    text.split("covers: &[")
        .skip(1)
        .filter_map(|rest| rest.split(']').next())
        .flat_map(|list| list.split('"').skip(1).step_by(2))
        .collect()
}

/// Methods declared inside `pub trait … { }`, with their lines.
fn trait_methods(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut depth_of_trait: Option<usize> = None;
    let mut is_announced = false;
    let mut depth = 0_usize;
    for (index, line) in rust_text::code_lines(text).iter().enumerate() {
        is_announced |= line.trim_start().starts_with("pub trait ");
        if depth_of_trait == Some(depth)
            && let Some((_, rest)) = line.split_once("fn ")
        {
            let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            found.push((index + 1, name));
        }
        for c in line.chars() {
            match c {
                '{' => {
                    depth += 1;
                    if is_announced {
                        depth_of_trait = Some(depth);
                        is_announced = false;
                    }
                }
                '}' => {
                    if depth_of_trait == Some(depth) {
                        depth_of_trait = None;
                    }
                    depth = depth.saturating_sub(1);
                }
                _ => {}
            }
        }
    }
    found
}

#[cfg(test)]
mod tests;
