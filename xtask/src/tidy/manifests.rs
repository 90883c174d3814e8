//! Rules about the `Cargo.toml` files: every dependency has a reason, every crate the same lints.

use super::tree::Tree;
use super::{Finding, Rule};

/// Somebody weighed it, and says why.
pub(super) const REASONS: Rule = Rule {
    promise: "every workspace dependency has a comment that says why",
    check: reasons,
};
/// The lints of the workspace hold everywhere, and versions stand in one place.
pub(super) const LINTS: Rule = Rule {
    promise: "every crate takes lints and dependency versions from the workspace",
    check: lints,
};

const ROOT: &str = "Cargo.toml";

fn reasons(tree: &Tree) -> Vec<Finding> {
    let text = tree.text(ROOT).unwrap_or_default();
    let mut findings = Vec::new();
    let mut is_inside = false;
    for (index, line) in text.lines().enumerate() {
        if line.starts_with('[') {
            is_inside = line.trim() == "[workspace.dependencies]";
            continue;
        }
        let is_entry = is_inside && !line.trim().is_empty() && !line.trim_start().starts_with('#');
        // Our own crates need no reason to be here.
        let is_foreign = is_entry && !line.contains("path = ");
        let reason = line.rsplit_once(" # ").map_or("", |(_, reason)| reason.trim());
        if is_foreign && reason.is_empty() {
            let name = line.split([' ', '=']).next().unwrap_or_default();
            findings.push(Finding::line(
                ROOT,
                index + 1,
                format!("`{name}`: say why, after ` # ` on the same line"),
            ));
        }
    }
    findings
}

fn lints(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.files().filter(|(path, _)| path.ends_with("/Cargo.toml")) {
        let manifest: toml::Table = match text.parse() {
            Ok(manifest) => manifest,
            Err(error) => {
                findings.push(Finding::file(path, format!("cannot be read: {}", error.message())));
                continue;
            }
        };
        let has_lints = manifest
            .get("lints")
            .and_then(|lints| lints.get("workspace"))
            .and_then(toml::Value::as_bool);
        if has_lints != Some(true) {
            findings.push(Finding::file(path, "write `[lints]` with `workspace = true`"));
        }
        for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let entries = manifest
                .get(section)
                .and_then(toml::Value::as_table)
                .into_iter()
                .flatten();
            for (name, value) in entries {
                if value.get("workspace").and_then(toml::Value::as_bool) != Some(true) {
                    findings.push(Finding::file(
                        path,
                        format!("`{name}` does not come from the workspace"),
                    ));
                }
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests;
