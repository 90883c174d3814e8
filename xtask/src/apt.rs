//! Installs a package of Debian with apt-get, where that works without a password.

use std::process::{Command, Stdio};

use anyhow::bail;

use crate::program::{self, Program};

/// Installs `package`; `missing` says in words what is not there.
///
/// # Errors
/// When it may not be installed here, or cannot; the sentence says what to type.
pub(crate) fn install(package: &str, missing: &str) -> anyhow::Result<()> {
    if !program::is_installed("apt-get") {
        bail!("no {missing} and no apt-get: install `{package}`, then run this again");
    }
    let has_root = has_root();
    if !has_root && !may_sudo() {
        bail!("no {missing}: type `sudo apt-get install {package}`, then run this again");
    }
    let apt_get = |words: &[&str]| {
        let all: Vec<&str> = if has_root {
            words.to_vec()
        } else {
            [&["-n", "apt-get"], words].concat()
        };
        let program = if has_root { "apt-get" } else { "sudo" };
        Program::new(program, &all)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .run()
    };
    // An old package list is not yet a reason to fail: the install below tells.
    let _updated = apt_get(&["update"])?;
    let ended = apt_get(&["install", "--yes", "--no-install-recommends", package])?;
    if !ended.is_success {
        bail!("no {missing}, and `{package}` could not be installed: {}", ended.reason);
    }
    Ok(())
}

/// Whether we are the user who may do everything.
pub(crate) fn has_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// `-n` never asks for a password: it works without one or it fails.
fn may_sudo() -> bool {
    Command::new("sudo")
        .args(["-n", "true"])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
