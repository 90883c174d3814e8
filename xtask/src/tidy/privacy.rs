//! Nothing of the machine or of a secret stands in a tracked file.

use super::tree::Tree;
use super::{Finding, Rule};

/// A path that exists on one machine only.
pub(super) const PATHS: Rule = Rule {
    promise: "no paths of the machine on which something was written",
    check: paths,
};
/// Keys and tokens that would open something.
pub(super) const SECRETS: Rule = Rule {
    promise: "no private keys and no access tokens",
    check: secrets,
};

/// Split, so that this file does not find itself.
const HOMES: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("/Us", "ers/"),
];

/// Beginnings of things that are secret wherever they stand.
const KEY_SIGNS: &[&str] = &[
    concat!("BEGIN PRIV", "ATE KEY"),
    concat!("BEGIN RSA PRIV", "ATE KEY"),
    concat!("BEGIN EC PRIV", "ATE KEY"),
    concat!("BEGIN OPENSSH PRIV", "ATE KEY"),
    concat!("gh", "p_"),
    concat!("AK", "IA"),
];

/// Meta's access tokens begin so and go on for long.
const TOKEN_START: &str = concat!("EA", "A");
const TOKEN_LENGTH_MIN: usize = 60;

fn paths(tree: &Tree) -> Vec<Finding> {
    look(tree, |line| {
        HOMES
            .iter()
            .find(|home| {
                line.match_indices(**home).any(|(at, _)| {
                    // Inside a longer path, of a web address say, it is somebody else's.
                    let before = line.get(..at).and_then(|text| text.chars().next_back());
                    !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/'))
                })
            })
            .map(|home| format!("`{home}` is a place on one machine"))
    })
}

fn secrets(tree: &Tree) -> Vec<Finding> {
    look(tree, |line| {
        if let Some(sign) = KEY_SIGNS.iter().find(|sign| line.contains(**sign)) {
            return Some(format!("`{sign}…` looks like a secret"));
        }
        line.split(|c: char| !c.is_ascii_alphanumeric())
            .any(|word| word.starts_with(TOKEN_START) && word.len() >= TOKEN_LENGTH_MIN)
            .then(|| "looks like an access token of Meta".to_owned())
    })
}

/// Copied payloads are public examples of others, kept byte for byte.
fn look(tree: &Tree, sees: impl Fn(&str) -> Option<String>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.files().filter(|(path, _)| !path.contains("/samples/")) {
        for (index, line) in text.lines().enumerate() {
            findings.extend(sees(line).map(|says| Finding::line(path, index + 1, says)));
        }
    }
    findings
}

#[cfg(test)]
mod tests;
