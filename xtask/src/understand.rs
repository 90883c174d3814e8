//! Starts the program that trains on the seeds and measures (`understand` of `sigap-understand`); this file passes words on.

use crate::program::Program;
use crate::{Verdict, refuse};

/// Only the one small crate is built, so that a new seed is measured in seconds.
const PROGRAM: &[&str] = &[
    "run",
    "--quiet",
    "--release",
    "--locked",
    "--package",
    "sigap-understand",
    "--bin",
    "understand",
    "--",
];

/// `cargo xtask understand [--train | --set FILE.tsv]`; a path is taken from the root of the checkout.
pub(crate) fn run(words: &[String]) -> anyhow::Result<Verdict> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if let Some(word) = not_understood(&words) {
        return Ok(refuse("understand", word));
    }
    let ended = Program::new("cargo", &[PROGRAM, words.as_slice()].concat()).run()?;
    Ok(if ended.is_success {
        Verdict::Passed
    } else {
        Verdict::Failed
    })
}

/// The first word that makes no sense, so that a slip is told before the build.
fn not_understood<'a>(words: &[&'a str]) -> Option<&'a str> {
    match words {
        [] | ["--train"] | ["--set", _] => None,
        ["--set", _, more, ..] | ["--train", more, ..] => Some(more),
        [first, ..] => Some(first),
    }
}

#[cfg(test)]
mod tests;
