//! Every wire kind that the WhatsApp edge tells apart has a sample payload, so that none is handled from memory.

use super::tree::Tree;
use super::{Finding, Rule};

/// Kinds are the words that the reading half of `sigap-whatsapp` matches on; samples are listed in an `index.json`
/// beside them.
pub(super) const RULE: Rule = Rule {
    promise: "every wire kind has a sample payload, and every listed sample is there",
    check,
};

const READERS: &str = "crates/sigap-whatsapp/src/inbound";
const SAMPLES: &str = "crates/sigap-whatsapp/samples/";

/// What one sample shows: `message:text`, `message:interactive/list_reply`, `field:account_update:DISABLED_UPDATE`.
type Kinds = Vec<String>;

fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut shown = Kinds::new();
    let is_index = |path: &str| path.starts_with(SAMPLES) && path.ends_with("/index.json");
    for (path, text) in tree.files().filter(|(path, _)| is_index(path)) {
        let folder = path.trim_end_matches("index.json");
        match listed(text) {
            Err(error) => findings.push(Finding::file(path, format!("cannot be read: {error}"))),
            Ok(samples) => {
                for (file, kinds) in samples {
                    if !tree.exists(&format!("{folder}{file}")) {
                        findings.push(Finding::file(path, format!("`{file}` does not exist")));
                    }
                    shown.extend(kinds);
                }
            }
        }
    }
    let is_reader = |path: &str| path.starts_with(READERS) && !path.ends_with("/tests.rs");
    let mut has_kinds = false;
    for (path, text) in tree.rust_files().filter(|(path, _)| is_reader(path)) {
        for (line, kind) in matched_words(text) {
            has_kinds = true;
            let is_shown = shown
                .iter()
                .any(|sample| sample.split([':', '/']).any(|part| part == kind));
            if !is_shown {
                findings.push(Finding::line(
                    path,
                    line,
                    format!("`{kind}` has no sample in {SAMPLES}"),
                ));
            }
        }
    }
    if !has_kinds {
        findings.push(Finding::file(READERS, "matches on no wire kind"));
    }
    findings
}

/// File and kinds of each sample in an index.
fn listed(index: &str) -> Result<Vec<(String, Kinds)>, serde_json::Error> {
    let records: Vec<serde_json::Map<String, serde_json::Value>> = serde_json::from_str(index)?;
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let samples = records.iter().map(|record| {
        let file = record.get("file").map(text).unwrap_or_default();
        let kinds = record.get("kinds").and_then(serde_json::Value::as_array);
        (file, kinds.into_iter().flatten().map(text).collect())
    });
    Ok(samples.collect())
}

/// Quoted words in the patterns of match arms. A line `"key" => name: Type,` declares a field and is none.
fn matched_words(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let (pattern, arm) = line.split_once("=>").unwrap_or((line, ""));
        let pattern = pattern.trim();
        let is_alone = pattern.ends_with('"') && pattern.starts_with("| ");
        let is_arm = line.contains("=>") && !declares_field(arm);
        let begins_as_pattern = ["\"", "| \"", "Some(\""].iter().any(|start| pattern.starts_with(start));
        if begins_as_pattern && (is_arm || is_alone) {
            // The pattern ends where a guard begins.
            let words = pattern.split(" if ").next().unwrap_or(pattern);
            found.extend(
                words
                    .split('"')
                    .skip(1)
                    .step_by(2)
                    .filter(|word| !word.is_empty())
                    .map(|word| (index + 1, word)),
            );
        }
    }
    found
}

/// `name: Type,` but not `Kind::Image,`.
fn declares_field(arm: &str) -> bool {
    let arm = arm.trim_start();
    let name: String = arm.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    !name.is_empty() && arm.get(name.len()..).is_some_and(|rest| rest.starts_with(": "))
}

#[cfg(test)]
mod tests;
