//! Holds the pages that citizens open to what they may cost and must offer (`e2e/audit/run.mjs`), on the demo. Starts things; what is measured,
//! and against which limits, stands in `e2e/audit`.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;

use crate::program::{Ended, Program};
use crate::{Verdict, e2e, refuse, release, setup};

/// Leaves out what takes long.
const QUICK: &str = "--quick";

/// A few seconds a page; the step of `ci` should take three minutes at most.
const QUICK_TIME_MAX: Duration = Duration::from_secs(6 * 60);
/// Half a minute a page, Lighthouse above all.
const FULL_TIME_MAX: Duration = Duration::from_secs(45 * 60);

/// `cargo xtask web-audit [--quick] [NAME …]`
pub(crate) fn run(words: &[String]) -> anyhow::Result<Verdict> {
    let is_option = |word: &&String| word.starts_with('-') && *word != QUICK;
    if let Some(word) = words.iter().find(is_option) {
        return Ok(refuse("web-audit", word));
    }
    let is_quick = words.iter().any(|word| word == QUICK);
    setup::install()?;
    let node = if is_quick {
        PathBuf::from("node")
    } else {
        setup::install_audit()?
    };
    release::build()?;
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let time_max = if is_quick { QUICK_TIME_MAX } else { FULL_TIME_MAX };
    let ended = audit(&node, &words, time_max)?;
    Ok(if ended.is_success {
        Verdict::Passed
    } else {
        Verdict::Failed
    })
}

/// The part that every change must pass. Needs the release build and the npm packages to be there.
///
/// # Errors
/// When the demo does not come up.
pub(crate) fn quick() -> anyhow::Result<Ended> {
    audit(Path::new("node"), &[QUICK], QUICK_TIME_MAX)
}

fn audit(node: &Path, words: &[&str], time_max: Duration) -> anyhow::Result<Ended> {
    let (_demo, address) = e2e::demo("web-audit-data")?;
    let mut all = vec!["e2e/audit/run.mjs"];
    all.extend(words);
    let browser = setup::browser_path().context("no browser; `cargo xtask setup` installs one")?;
    let program = Program::new(node, &all)
        .env("SIGAP_CHROMIUM", &browser.to_string_lossy())
        .env("SIGAP_URL", &address)
        .time_max(time_max);
    println!("{}", program.shown());
    program.run()
}
