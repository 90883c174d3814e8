//! Starts the load bench of `sigap-sim`, which measures; this file only passes the words on.

use crate::program::Program;
use crate::{Verdict, refuse, workspace};

/// `cargo xtask bench [--quick]`
pub(crate) fn run(words: &[String]) -> anyhow::Result<Verdict> {
    let mut arguments: Vec<&str> = Vec::new();
    for word in words {
        match word.as_str() {
            "--quick" => arguments.push("--quick"),
            other => return Ok(refuse("bench", other)),
        }
    }
    // The whole fixed selection, so that the same third-party builds are used as everywhere else.
    let built = Program::new(
        "cargo",
        &[
            "build",
            "--release",
            "--workspace",
            "--exclude",
            "xtask",
            "--bins",
            "--locked",
        ],
    )
    .run()?;
    if !built.is_success {
        anyhow::bail!(built.reason);
    }
    let ended = Program::new(workspace::release_binary("bench"), &arguments).run()?;
    Ok(if ended.is_success {
        Verdict::Passed
    } else {
        Verdict::Failed
    })
}
