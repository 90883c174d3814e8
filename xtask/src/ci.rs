//! Everything a change must pass, in one fixed order, on a machine with Rust, git, Node.js and apt. Steps are listed here, done elsewhere.

use std::time::{Duration, Instant};

use crate::program::{self, Program};
use crate::tally::Tally;
use crate::{Verdict, advisories, e2e, refuse, setup, tidy, workspace};

/// Longer than the slowest step takes on two cores from nothing; shorter than anybody wants to wait for a hang.
const STEP_TIME_MAX: Duration = Duration::from_secs(40 * 60);

/// One step: its name in the report, and the work, which gives back what it counted.
struct Step {
    name: &'static str,
    run: fn() -> anyhow::Result<Tally>,
}

/// The whole of it. A new check is one line here.
const STEPS: &[Step] = &[
    Step {
        name: "setup",
        run: set_up,
    },
    Step {
        name: "format",
        run: format,
    },
    Step {
        name: "tidy",
        run: tidy::check,
    },
    Step {
        name: "clippy",
        run: clippy,
    },
    Step {
        name: "tests",
        run: unit_tests,
    },
    Step {
        name: "doc tests",
        run: doc_tests,
    },
    Step {
        name: "advisories",
        run: advise,
    },
    Step {
        name: "release build",
        run: release_build,
    },
    Step {
        name: "content check",
        run: content_check,
    },
    Step {
        name: "browser journeys",
        run: browser_journeys,
    },
    Step {
        name: "kill -9 under load",
        run: kill_nine,
    },
];

/// Rounds of the kill test here; the full hundred are for the evening.
const KILL_ROUNDS: &str = "10";

/// `cargo xtask ci`
pub(crate) fn run(words: &[String]) -> anyhow::Result<Verdict> {
    if let Some(word) = words.first() {
        return Ok(refuse("ci", word));
    }
    let mut total = Tally::default();
    let mut report = String::new();
    for step in STEPS {
        println!("\n== {}", step.name);
        let started = Instant::now();
        let tally = (step.run)().unwrap_or_else(|error| {
            println!("{error:#}");
            Tally::ONE_FAILED
        });
        let line = report_line(step.name, tally, started.elapsed());
        println!("{line}");
        report.push_str(&line);
        report.push('\n');
        // A failing step does not hide what the later ones would have found.
        total += tally;
    }
    println!("\n== all steps\n{report}");
    println!("{} passed, {} failed", total.passed, total.failed);
    Ok(verdict(total))
}

/// Nothing failed, and something ran.
fn verdict(total: Tally) -> Verdict {
    if total.failed == 0 && total.passed > 0 {
        Verdict::Passed
    } else {
        Verdict::Failed
    }
}

fn report_line(name: &str, tally: Tally, took: Duration) -> String {
    let word = if tally.failed > 0 {
        "FAILED"
    } else if tally.is_empty() {
        "skipped"
    } else {
        "ok"
    };
    format!(
        "{name:<20} {word:<8} {:>5} passed {:>3} failed {:>7.1} s",
        tally.passed,
        tally.failed,
        took.as_secs_f64()
    )
}

fn set_up() -> anyhow::Result<Tally> {
    setup::install()?;
    Ok(Tally::ONE_PASSED)
}

fn format() -> anyhow::Result<Tally> {
    as_one(Program::new("cargo", &["fmt", "--all", "--check"]))
}

fn clippy() -> anyhow::Result<Tally> {
    as_one(Program::new(
        "cargo",
        &[
            "clippy",
            "--workspace",
            "--all-targets",
            "--locked",
            "--",
            "-D",
            "warnings",
        ],
    ))
}

/// One fixed selection for all crates: picking single ones would build third-party crates again with other features.
fn unit_tests() -> anyhow::Result<Tally> {
    let has_nextest = program::is_installed("cargo-nextest");
    let words: &[&str] = if has_nextest {
        &[
            "nextest",
            "run",
            "--workspace",
            "--locked",
            "--no-fail-fast",
            "--status-level",
            "fail",
        ]
    } else {
        &[
            "test",
            "--workspace",
            "--locked",
            "--no-fail-fast",
            "--lib",
            "--bins",
            "--tests",
        ]
    };
    as_counted(Program::new("cargo", words))
}

fn doc_tests() -> anyhow::Result<Tally> {
    let ended = Program::new("cargo", &["test", "--workspace", "--locked", "--doc", "--no-fail-fast"])
        .time_max(STEP_TIME_MAX)
        .run()?;
    // There may be none; that they compile is worth a point of its own.
    let mut tally = Tally::read(&ended.output);
    if tally.is_empty() {
        tally = if ended.is_success {
            Tally::ONE_PASSED
        } else {
            Tally::ONE_FAILED
        };
    }
    Ok(tally)
}

fn advise() -> anyhow::Result<Tally> {
    match advisories::program() {
        Some(program) => as_one(program),
        None => {
            println!("skipped: `cargo deny` is not installed (cargo install cargo-deny --locked)");
            Ok(Tally::default())
        }
    }
}

fn release_build() -> anyhow::Result<Tally> {
    as_one(Program::new(
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
    ))
}

fn content_check() -> anyhow::Result<Tally> {
    as_one(Program::new(workspace::release_binary("sigap"), &["content", "check"]))
}

fn browser_journeys() -> anyhow::Result<Tally> {
    counted(&e2e::journeys(None)?)
}

fn kill_nine() -> anyhow::Result<Tally> {
    as_counted(Program::new(
        workspace::release_binary("kill-nine"),
        &["--rounds", KILL_ROUNDS],
    ))
}

/// A program that is good or bad as a whole.
fn as_one(program: Program) -> anyhow::Result<Tally> {
    let ended = program.time_max(STEP_TIME_MAX).run()?;
    if ended.is_success {
        return Ok(Tally::ONE_PASSED);
    }
    println!("{}", ended.reason);
    Ok(Tally::ONE_FAILED)
}

/// A program that counts for itself.
fn as_counted(program: Program) -> anyhow::Result<Tally> {
    counted(&program.time_max(STEP_TIME_MAX).run()?)
}

/// What a runner counted. One that ended badly without saying what failed counts as one failure, and so does one
/// that ended well without having checked anything.
fn counted(ended: &program::Ended) -> anyhow::Result<Tally> {
    let mut tally = Tally::read(&ended.output);
    if !ended.is_success {
        println!("{}", ended.reason);
    }
    if (!ended.is_success && tally.failed == 0) || tally.is_empty() {
        tally += Tally::ONE_FAILED;
    }
    Ok(tally)
}

#[cfg(test)]
mod tests;
