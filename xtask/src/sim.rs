//! Starts the simulations of fair release and of the hall (`sim` of `sigap-sim`), which play, check and draw; this file passes words on.

use crate::program::Program;
use crate::seeds::{is_number, is_range};
use crate::{Verdict, refuse, release, workspace};

/// `cargo xtask sim --seed N | --seeds A..B | --charts | --hall PEOPLE`
pub(crate) fn run(words: &[String]) -> anyhow::Result<Verdict> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if let Some(word) = not_understood(&words) {
        return Ok(refuse("sim", word));
    }
    if words.is_empty() {
        eprintln!("xtask: `sim` needs `--seed N`, `--seeds A..B`, `--charts` or `--hall PEOPLE`");
        return Ok(Verdict::WrongUse);
    }
    release::build()?;
    let docs = workspace::root().join("docs").display().to_string();
    let with_docs = ["--charts", docs.as_str()];
    let words = if words == ["--charts"] { &with_docs[..] } else { &words };
    let ended = Program::new(release::binary("sim"), words).run()?;
    Ok(if ended.is_success {
        Verdict::Passed
    } else {
        Verdict::Failed
    })
}

/// The first word that makes no sense, so that a slip is told before the long build.
fn not_understood<'a>(words: &[&'a str]) -> Option<&'a str> {
    match words {
        [] | ["--charts"] => None,
        ["--seed" | "--hall", number] if is_number(number) => None,
        ["--seeds", seeds] if is_range(seeds) => None,
        ["--seed" | "--seeds" | "--hall", _, more, ..] | ["--charts", more, ..] => Some(more),
        [first, ..] => Some(first),
    }
}

#[cfg(test)]
mod tests;
