//! Every wire kind that the WhatsApp edge tells apart has a sample payload, so that none is handled from memory.

use super::rust_text::{self, Kind};
use super::tree::Tree;
use super::{Finding, Rule};

/// Kinds are the words in the tables named `…KINDS` of `sigap-whatsapp`; samples are listed in `index.json` beside them.
pub(super) const RULE: Rule = Rule {
    promise: "every wire kind has a sample payload, and every listed sample is there",
    check,
};

const SOURCES: &str = "crates/sigap-whatsapp/src/";
const FOLDER: &str = "crates/sigap-whatsapp/samples/webhooks/";
const INDEX: &str = "crates/sigap-whatsapp/samples/webhooks/index.json";

fn check(tree: &Tree) -> Vec<Finding> {
    let index: serde_json::Value = match serde_json::from_str(tree.text(INDEX).unwrap_or_default())
    {
        Ok(index) => index,
        Err(error) => return vec![Finding::file(INDEX, format!("cannot be read: {error}"))],
    };
    let mut findings = Vec::new();
    let mut shown: Vec<&str> = Vec::new();
    for record in index.as_array().into_iter().flatten() {
        let file = record
            .get("file")
            .and_then(serde_json::Value::as_str)
            .unwrap_or_default();
        if !tree.exists(&format!("{FOLDER}{file}")) {
            findings.push(Finding::file(INDEX, format!("`{file}` does not exist")));
        }
        let kinds = record
            .get("kinds")
            .and_then(serde_json::Value::as_array)
            .into_iter()
            .flatten();
        shown.extend(kinds.filter_map(serde_json::Value::as_str));
    }
    let mut tables = 0;
    for (path, text) in tree
        .rust_files()
        .filter(|(path, _)| path.starts_with(SOURCES))
    {
        for (line, kind) in kinds_in(text, &mut tables) {
            let is_shown = shown
                .iter()
                .any(|sample| sample.split([':', '/']).skip(1).any(|part| part == kind));
            if !is_shown {
                findings.push(Finding::line(
                    path,
                    line,
                    format!("`{kind}` has no sample in {INDEX}"),
                ));
            }
        }
    }
    if tables == 0 {
        findings.push(Finding::file(
            SOURCES,
            "has no table of wire kinds (`const …KINDS: &[&str]`)",
        ));
    }
    findings
}

/// The words of every `const …KINDS: … = …;`.
fn kinds_in<'a>(text: &'a str, tables: &mut usize) -> Vec<(usize, &'a str)> {
    let mut found = Vec::new();
    let mut is_inside = false;
    for piece in rust_text::pieces(text) {
        match piece.kind {
            Kind::Code => {
                if is_inside && piece.text.contains(';') {
                    is_inside = false;
                }
                if piece.text.trim_end().ends_with("= &[")
                    && piece
                        .text
                        .rsplit(';')
                        .next()
                        .is_some_and(|last| last.contains("KINDS:"))
                {
                    is_inside = true;
                    *tables += 1;
                }
            }
            Kind::Quoted if is_inside => found.push((piece.line, piece.text.trim_matches('"'))),
            Kind::Quoted | Kind::Comment => {}
        }
    }
    found
}

#[cfg(test)]
mod tests;
