//! Runs the conversation scripts of `chats/` on the pure engine, or lets it rewrite the answers in them.

use crate::program::Program;
use crate::{Verdict, refuse};

/// `cargo xtask chats [--update]`
pub(crate) fn run(words: &[String]) -> anyhow::Result<Verdict> {
    let mut update = false;
    for word in words {
        match word.as_str() {
            "--update" => update = true,
            other => return Ok(refuse("chats", other)),
        }
    }
    // The whole workspace is selected, so that third-party crates are not built again with other features.
    let mut program = Program::new("cargo", &["test", "--workspace", "--test", "chats"]);
    if update {
        program = program.env("UPDATE_CHATS", "1");
    }
    let ended = program.run()?;
    if update && ended.is_success {
        println!("the answers in chats/ are rewritten; read the difference as if you were the citizen");
    }
    Ok(if ended.is_success {
        Verdict::Passed
    } else {
        Verdict::Failed
    })
}
