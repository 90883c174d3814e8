//! A PostgreSQL for tests and benches: the one that the environment names, or one of our own that lives as long as we do.

mod server;
mod site;
mod account;
mod programs;
mod keeper;

use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus, Stdio};

use anyhow::Context;

use crate::program::Program;
use crate::{Verdict, refuse};
use programs::Programs;
use server::Server;

/// Names the server of the tests.
const URL: &str = "SIGAP_TEST_POSTGRES_URL";
/// Says that the server may be killed, because somebody starts it again.
const RESTARTS: &str = "SIGAP_TEST_POSTGRES_RESTARTS";

/// How a server of our own treats its disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Care {
    /// For tests: nothing is forced to disk. Survives the crash of the server, not of the machine.
    Quick,
    /// For benches: as a careful operator would have it.
    Durable,
}

/// A server to test on.
pub(crate) enum Database {
    /// Named by the environment. What it is and whether it may be killed is its owner's affair.
    Given(String),
    /// Ours: gone with this value, started again when it ends.
    Own(Server),
}

impl Database {
    /// The server that the environment names, or a new one.
    ///
    /// # Errors
    /// When a new one is needed and cannot be had.
    pub(crate) fn open(care: Care) -> anyhow::Result<Self> {
        Ok(match given() {
            Some(url) => Self::Given(url),
            None => Self::Own(Server::start(care)?),
        })
    }

    /// Lets a program know of this server.
    pub(crate) fn tell(&self, program: Program) -> Program {
        self.environment()
            .into_iter()
            .fold(program, |program, (name, value)| program.env(name, &value))
    }

    /// What this server is, without its address, which may hold a password.
    pub(crate) fn describe(&self) -> String {
        let (what, url) = match self {
            Self::Given(url) => (format!("the server that `{URL}` names"), url.clone()),
            Self::Own(server) => ("a throw-away server".to_owned(), server.url()),
        };
        match version_of(&url) {
            Some(version) => format!("{what}, version {version}"),
            None => format!("{what}, of a version that `psql` could not tell"),
        }
    }

    fn environment(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Given(url) => vec![(URL, url.clone())],
            Self::Own(server) => vec![(URL, server.url()), (RESTARTS, "1".to_owned())],
        }
    }
}

/// The programs of a server, where they are installed.
pub(crate) fn find_programs() -> Option<Programs> {
    programs::find()
}

/// Whether the environment names a server.
pub(crate) fn is_given() -> bool {
    given().is_some()
}

fn given() -> Option<String> {
    std::env::var(URL).ok().filter(|url| !url.is_empty())
}

fn version_of(url: &str) -> Option<String> {
    let output = Command::new("psql")
        .args(["--no-psqlrc", "--no-password", "-At", "-c", "SHOW server_version", url])
        .env("PGCONNECT_TIMEOUT", "10")
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    (output.status.success() && !version.is_empty()).then_some(version)
}

/// What `pg` was asked to do.
#[derive(Debug, PartialEq, Eq)]
struct Order<'a> {
    care: Care,
    command: &'a [String],
}

/// `cargo xtask pg [--durable] [-- COMMAND …]`
pub(crate) fn run(words: &[String]) -> anyhow::Result<Verdict> {
    let order = match order(words) {
        Ok(order) => order,
        Err(word) => return Ok(refuse("pg", word)),
    };
    let database = Database::Own(Server::start(order.care)?);
    for (name, value) in database.environment() {
        println!("{name}={value}");
    }
    if let Some((program, arguments)) = order.command.split_first() {
        // It gets our standard input and stands where we stand: `psql` and a shell are to feel at home.
        let status = Command::new(program)
            .args(arguments)
            .envs(database.environment())
            .status()
            .with_context(|| format!("cannot start `{program}`"))?;
        return Ok(Verdict::Exited(exit_code(status)));
    }
    println!("Ctrl-C ends it");
    if let Database::Own(server) = &database {
        server.wait();
    }
    anyhow::bail!("the server ended and could not be started again")
}

/// The word that was not understood is the error.
fn order(words: &[String]) -> Result<Order<'_>, &str> {
    let end = words.iter().position(|word| word == "--").unwrap_or(words.len());
    let (ours, command) = words.split_at(end);
    let mut care = Care::Quick;
    for word in ours {
        match word.as_str() {
            "--durable" => care = Care::Durable,
            other => return Err(other),
        }
    }
    match command.split_first() {
        Some((dashes, [])) => Err(dashes),
        Some((_, command)) => Ok(Order { care, command }),
        None => Ok(Order { care, command }),
    }
}

/// As a shell tells it: 128 and the number of the signal when a program was ended by one.
fn exit_code(status: ExitStatus) -> u8 {
    let code = status.code().or_else(|| status.signal().map(|signal| 128 + signal));
    code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}

#[cfg(test)]
mod tests;
