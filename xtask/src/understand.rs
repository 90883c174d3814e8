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
/// The table of dates that is judged when none is named.
const GOLD: &str = "content/understanding/dates_gold.tsv";

/// `cargo xtask understand …`; a path is taken from the root of the checkout.
pub(crate) fn run(words: &[String]) -> anyhow::Result<Verdict> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if let Some(word) = not_understood(&words) {
        return Ok(refuse("understand", word));
    }
    match words.as_slice() {
        ["--dates"] => start(&["--dates", GOLD]),
        ["--dates", "--now", now] => start(&["--dates", GOLD, "--now", now]),
        words => start(words),
    }
}

/// `cargo xtask train`: figures of the seeds, each measured by a model that has not seen it.
pub(crate) fn train(words: &[String]) -> anyhow::Result<Verdict> {
    match words.first() {
        Some(word) => Ok(refuse("train", word)),
        None => start(&["--train"]),
    }
}

fn start(words: &[&str]) -> anyhow::Result<Verdict> {
    let ended = Program::new("cargo", &[PROGRAM, words].concat()).run()?;
    Ok(if ended.is_success {
        Verdict::Passed
    } else {
        Verdict::Failed
    })
}

/// The first word that makes no sense, so that a slip is told before the build.
fn not_understood<'a>(words: &[&'a str]) -> Option<&'a str> {
    match words {
        [] | ["--floors" | "--dates"] | ["--set" | "--dates", _] | ["--dates", "--now", _] => None,
        ["--dates", _, "--now", _] => None,
        ["--set" | "--dates", _, more, ..] | ["--floors", more, ..] => Some(more),
        [first, ..] => Some(first),
    }
}

#[cfg(test)]
mod tests;
