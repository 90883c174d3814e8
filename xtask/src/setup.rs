//! Brings a fresh machine to the point where all tests can run. Installs with the system's package manager, and only what is missing.

use std::path::PathBuf;

use anyhow::{Context, bail};

use crate::program::{self, Program};
use crate::{Verdict, refuse, workspace};

/// Names under which distributions ship the browser.
const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// `cargo xtask setup`
pub(crate) fn run(words: &[String]) -> anyhow::Result<Verdict> {
    if let Some(word) = words.first() {
        return Ok(refuse("setup", word));
    }
    install()?;
    Ok(Verdict::Passed)
}

/// Makes sure of Node.js, Chromium and the npm packages of `e2e/`. Does nothing twice.
///
/// # Errors
/// When something is missing and may not be installed here; the sentence says what to type.
pub(crate) fn install() -> anyhow::Result<()> {
    if !program::is_installed("node") || !program::is_installed("npm") {
        bail!("Node.js is missing: install `nodejs` and `npm` (20 or newer), then run this again");
    }
    install_browser()?;
    install_npm_packages()
}

/// Where the browser is, as the journeys need it.
pub(crate) fn browser_path() -> Option<PathBuf> {
    let name = browser()?;
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders)
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}

fn browser() -> Option<&'static str> {
    BROWSERS.iter().copied().find(|name| program::is_installed(name))
}

fn install_browser() -> anyhow::Result<()> {
    if let Some(name) = browser() {
        println!("browser: `{name}` is here");
        return Ok(());
    }
    if !program::is_installed("apt-get") {
        bail!("no browser and no apt-get: install Chromium, then run this again");
    }
    let has_root = has_root();
    if !has_root && !may_sudo() {
        bail!("no browser: type `sudo apt-get install chromium`, then run this again");
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
    let ended = apt_get(&["install", "--yes", "--no-install-recommends", "chromium"])?;
    if !ended.is_success || browser().is_none() {
        bail!("Chromium could not be installed: {}", ended.reason);
    }
    Ok(())
}

fn install_npm_packages() -> anyhow::Result<()> {
    let folder = workspace::root().join("e2e");
    let lock_file = folder.join("package-lock.json");
    let wanted = std::fs::read(&lock_file).context("cannot read `e2e/package-lock.json`")?;
    // `npm ci` empties the folder first, so a copy of the lock file inside it says for which state it was filled.
    let filled_for = folder.join("node_modules/.filled-for-package-lock.json");
    if std::fs::read(&filled_for).is_ok_and(|filled| filled == wanted) {
        println!("npm packages: up to date");
        return Ok(());
    }
    let ended = Program::new("npm", &["ci", "--no-audit", "--no-fund"])
        .in_folder("e2e")
        // The browser comes from the system; a second copy of it is not needed.
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .run()?;
    if !ended.is_success {
        bail!("the npm packages of `e2e/` could not be installed: {}", ended.reason);
    }
    std::fs::create_dir_all(folder.join("node_modules"))?;
    std::fs::write(&filled_for, wanted).context("cannot note what `e2e/node_modules` was filled for")
}

fn has_root() -> bool {
    let output = std::process::Command::new("id").arg("-u").output();
    output.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// `-n` never asks for a password: it works without one or it fails.
fn may_sudo() -> bool {
    std::process::Command::new("sudo")
        .args(["-n", "true"])
        .stderr(std::process::Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
