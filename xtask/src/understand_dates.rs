//! Judges the reading of days and hours by a table; `sigap-understand` reads, this file passes the words on.

use crate::program::Program;
use crate::{Verdict, refuse};

/// The table that is judged when none is named.
const GOLD: &str = "content/understanding/dates_gold.tsv";

/// `cargo xtask understand --dates [FILE.tsv] [--now 2020-02-12T09:30]`; the words after `--dates`.
pub(crate) fn run(words: &[String]) -> anyhow::Result<Verdict> {
    let mut given = words.iter().map(String::as_str);
    let (mut file, mut now) = (None, None);
    while let Some(word) = given.next() {
        match word {
            "--now" => now = given.next(),
            word if !word.starts_with("--") && file.is_none() => file = Some(word),
            other => return Ok(refuse("understand", other)),
        }
    }
    let mut arguments = vec![
        "run",
        "--quiet",
        "-p",
        "sigap-understand",
        "--bin",
        "dates",
        "--",
        file.unwrap_or(GOLD),
    ];
    if let Some(now) = now {
        arguments.extend(["--now", now]);
    }
    let ended = Program::new("cargo", &arguments).run()?;
    Ok(if ended.is_success {
        Verdict::Passed
    } else {
        Verdict::Failed
    })
}
