//! The release build of our programs, as every command that needs one makes it.

use std::path::PathBuf;

use crate::program::Program;
use crate::workspace;

/// The whole fixed selection, so that the same third-party builds are used everywhere.
pub(crate) fn program() -> Program {
    Program::new(
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
}

/// Brings the programs up to date.
///
/// # Errors
/// When they do not compile.
pub(crate) fn build() -> anyhow::Result<()> {
    let ended = program().run()?;
    anyhow::ensure!(ended.is_success, ended.reason);
    Ok(())
}

/// One of them.
pub(crate) fn binary(name: &str) -> PathBuf {
    workspace::target().join("release").join(name)
}
