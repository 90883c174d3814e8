//! Brings a fresh machine to the point where all tests can run. Installs with the system's package manager, and only what is missing.

use std::path::PathBuf;

use anyhow::{Context, bail};

use crate::program::{self, Program};
use crate::{Verdict, apt, pg, refuse, workspace};

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

/// Makes sure of Node.js, Chromium, the npm packages of `e2e/` and the programs of PostgreSQL. Does nothing twice.
///
/// # Errors
/// When something is missing and may not be installed here; the sentence says what to type.
pub(crate) fn install() -> anyhow::Result<()> {
    if !program::is_installed("node") || !program::is_installed("npm") {
        bail!("Node.js is missing: install `nodejs` and `npm` (20 or newer), then run this again");
    }
    install_browser()?;
    install_postgres()?;
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
    apt::install("chromium", "browser")?;
    if browser().is_none() {
        bail!("Chromium was installed, but no program of its names can be started");
    }
    Ok(())
}

fn install_postgres() -> anyhow::Result<()> {
    if pg::is_given() {
        println!("PostgreSQL: the environment names a server");
        return Ok(());
    }
    let programs = match pg::find_programs() {
        Some(programs) => programs,
        None => {
            apt::install("postgresql", "PostgreSQL server of version 15 or newer")?;
            pg::find_programs().context("the package `postgresql` brought no server of version 15 or newer")?
        }
    };
    println!("PostgreSQL: {programs} is here");
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
