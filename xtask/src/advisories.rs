//! Known holes, licences and sources of everything we depend on, by cargo-deny and `deny.toml`.

use crate::program::{self, Program};
use crate::{Verdict, refuse};

/// `cargo xtask advisories`
pub(crate) fn run(words: &[String]) -> anyhow::Result<Verdict> {
    if let Some(word) = words.first() {
        return Ok(refuse("advisories", word));
    }
    let Some(program) = program() else {
        anyhow::bail!("`cargo deny` is not installed; type `cargo install cargo-deny --locked`");
    };
    let ended = program.run()?;
    Ok(if ended.is_success {
        Verdict::Passed
    } else {
        Verdict::Failed
    })
}

/// The check, when the tool for it is installed.
pub(crate) fn program() -> Option<Program> {
    program::is_installed("cargo-deny").then(|| Program::new("cargo", &["deny", "check"]))
}
