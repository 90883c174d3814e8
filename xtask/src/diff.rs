//! Starts the comparison of both engines (`diff` of `sigap-testkit`), with a server when the environment names none.

use crate::pg::{Care, Database};
use crate::program::Program;
use crate::seeds::{is_number, is_range};
use crate::{Verdict, refuse, release};

/// `cargo xtask diff --seed N | --seeds A..B [--steps N]`
pub(crate) fn run(words: &[String]) -> anyhow::Result<Verdict> {
    if let Some(word) = not_understood(words) {
        return Ok(refuse("diff", word));
    }
    if !words.iter().any(|word| word.starts_with("--seed")) {
        eprintln!("xtask: `diff` needs `--seed N` or `--seeds A..B`");
        return Ok(Verdict::WrongUse);
    }
    release::build()?;
    let database = Database::open(Care::Quick)?;
    println!("compared on {}", database.describe());
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let ended = database.tell(Program::new(release::binary("diff"), &words)).run()?;
    Ok(if ended.is_success {
        Verdict::Passed
    } else {
        Verdict::Failed
    })
}

/// The first word that makes no sense, so that a slip is told before the long build.
fn not_understood(words: &[String]) -> Option<&str> {
    let mut rest = words.iter().map(String::as_str);
    while let Some(word) = rest.next() {
        let is_understood = match word {
            "--seed" | "--steps" => rest.next().is_some_and(is_number),
            "--seeds" => rest.next().is_some_and(is_range),
            _ => false,
        };
        if !is_understood {
            return Some(word);
        }
    }
    None
}

#[cfg(test)]
mod tests;
