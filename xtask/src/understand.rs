//! Starts the program that trains on the seeds and measures (`understand` of `sigap-understand`), and the one that judges what
//! a sentence holds besides (`slots` of `sigap-content`, which knows the offices); this file passes words on.

use crate::program::Program;
use crate::{Verdict, refuse};

/// Only the one small crate is built, so that a new seed is measured in seconds.
const PROGRAM: [&str; 2] = ["sigap-understand", "understand"];
/// Built only where a set has values: it takes a minute.
const SLOTS: [&str; 2] = ["sigap-content", "slots"];
/// Columns before the one with the values of a sentence.
const COLUMNS_BEFORE_VALUES: usize = 3;
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
        ["--set", path] => {
            let verdict = start(&words)?;
            let set = std::fs::read_to_string(path).unwrap_or_default();
            if has_values(&set) {
                return Ok(both(verdict, start_program(SLOTS, &words)?));
            }
            Ok(verdict)
        }
        ["--floors"] => Ok(both(start(&words)?, start_program(SLOTS, &words)?)),
        words => start(words),
    }
}

fn both(one: Verdict, other: Verdict) -> Verdict {
    if one == Verdict::Passed { other } else { one }
}

/// Whether a line after the title says what its sentence holds.
fn has_values(set: &str) -> bool {
    set.lines().skip(1).any(|line| {
        let values = line.split('\t').nth(COLUMNS_BEFORE_VALUES);
        values.is_some_and(|values| values.contains('='))
    })
}

/// `cargo xtask train`: figures of the seeds, each measured by a model that has not seen it.
pub(crate) fn train(words: &[String]) -> anyhow::Result<Verdict> {
    match words.first() {
        Some(word) => Ok(refuse("train", word)),
        None => start(&["--train"]),
    }
}

fn start(words: &[&str]) -> anyhow::Result<Verdict> {
    start_program(PROGRAM, words)
}

fn start_program([package, bin]: [&str; 2], words: &[&str]) -> anyhow::Result<Verdict> {
    let cargo = [
        "run",
        "--quiet",
        "--release",
        "--locked",
        "--package",
        package,
        "--bin",
        bin,
        "--",
    ];
    let ended = Program::new("cargo", &[cargo.as_slice(), words].concat()).run()?;
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
