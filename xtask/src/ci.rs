//! Everything a change must pass, in one fixed order, on a machine with Rust, git, Node.js and apt. Steps are listed here, done elsewhere.

use std::time::{Duration, Instant};

use crate::pg::{Care, Database};
use crate::program::{self, Program};
use crate::tally::Tally;
use crate::{Verdict, advisories, e2e, refuse, release, setup, tidy, web_audit};

/// Longer than the slowest step takes on two cores from nothing; shorter than anybody wants to wait for a hang.
const STEP_TIME_MAX: Duration = Duration::from_secs(40 * 60);

/// One step: its name in the report, and the work, which gives back what it counted.
struct Step {
    name: &'static str,
    run: fn(&mut Found) -> anyhow::Result<Tally>,
}

/// What earlier steps leave to later ones.
#[derive(Default)]
struct Found {
    database: Option<Database>,
    /// Sentences for the report.
    notes: Vec<String>,
}

impl Found {
    /// Lets a program know of the server, if there is one. The step that should have brought it has failed otherwise.
    fn tell(&self, program: Program) -> Program {
        match &self.database {
            Some(database) => database.tell(program),
            None => program,
        }
    }
}

/// The whole of it. A new check is one line here.
const STEPS: &[Step] = &[
    Step {
        name: "setup",
        run: set_up,
    },
    Step {
        name: "postgres",
        run: postgres,
    },
    Step {
        name: "format",
        run: format,
    },
    Step {
        name: "tidy",
        run: |_| tidy::check(),
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
        name: "understanding",
        run: |found| release_counted(found, "understand", &["--floors"]),
    },
    Step {
        name: "values of sentences",
        run: |found| release_counted(found, "slots", &["--floors"]),
    },
    Step {
        name: "differential",
        run: |found| release_counted(found, "diff", DIFFERENTIAL),
    },
    Step {
        name: "fair release",
        run: |found| release_counted(found, "sim", FAIR_RELEASE),
    },
    Step {
        name: "waiting in the hall",
        run: |found| release_counted(found, "sim", HALL),
    },
    Step {
        name: "browser journeys",
        run: browser_journeys,
    },
    Step {
        name: "web audit, short",
        run: |_| counted(&web_audit::quick()?),
    },
    Step {
        name: "kill -9 under load",
        run: |found| release_counted(found, "kill-nine", KILL_NINE),
    },
    Step {
        name: "kill -9, postgres",
        run: |found| release_counted(found, "kill-nine", KILL_NINE_POSTGRES),
    },
    Step {
        name: "no overselling",
        run: |found| release_counted(found, "oversell", OVERSELL),
    },
    Step {
        name: "overselling, postgres",
        run: |found| release_counted(found, "oversell", OVERSELL_POSTGRES),
    },
    Step {
        name: "counters at once",
        run: |found| release_counted(found, "counters", COUNTERS),
    },
    Step {
        name: "counters, postgres",
        run: |found| release_counted(found, "counters", COUNTERS_POSTGRES),
    },
    Step {
        name: "bench, short",
        run: |found| release_counted(found, "bench", BENCH_SHORT),
    },
];

// Words of the programs that run here for minutes; `cargo xtask` runs them for hours.

const DIFFERENTIAL: &[&str] = &["--seeds", "1..12"];
/// Half a minute on one core. The model and its figures: docs/fairness.md.
const FAIR_RELEASE: &[&str] = &["--seeds", "1..20"];
/// A million people are held to eight hundredths; the full ten million to two.
const HALL: &[&str] = &["--hall", "1000000"];
/// The full hundred rounds are for the evening.
const KILL_NINE: &[&str] = &["--rounds", "10"];
const KILL_NINE_POSTGRES: &[&str] = &["--postgres", "--rounds", "5"];
const OVERSELL: &[&str] = &["--tries", "20000", "--places", "500"];
const OVERSELL_POSTGRES: &[&str] = &["--postgres", "--tries", "10000", "--places", "500"];
const COUNTERS: &[&str] = &["--counters", "16", "--waiting", "1000"];
const COUNTERS_POSTGRES: &[&str] = &["--postgres", "--services", "2", "--counters", "16", "--waiting", "1000"];
const BENCH_SHORT: &[&str] = &["--postgres", "--quick"];

/// `cargo xtask ci`
pub(crate) fn run(words: &[String]) -> anyhow::Result<Verdict> {
    if let Some(word) = words.first() {
        return Ok(refuse("ci", word));
    }
    let mut total = Tally::default();
    let mut report = String::new();
    let mut found = Found::default();
    for step in STEPS {
        println!("\n== {}", step.name);
        let started = Instant::now();
        let tally = (step.run)(&mut found).unwrap_or_else(|error| {
            println!("{error:#}");
            Tally::ONE_FAILED
        });
        let line = report_line(step.name, tally, started.elapsed());
        println!("{line}");
        report.push_str(&line);
        report.push('\n');
        for note in found.notes.drain(..) {
            report.push_str(&format!("  {note}\n"));
        }
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

fn set_up(_: &mut Found) -> anyhow::Result<Tally> {
    setup::install()?;
    Ok(Tally::ONE_PASSED)
}

/// Without a server half of the tests would be skipped and the rest be green, so that having none is a failure.
fn postgres(found: &mut Found) -> anyhow::Result<Tally> {
    let database = Database::open(Care::Quick)?;
    let note = database.describe();
    println!("{note}");
    found.notes.push(note);
    found.database = Some(database);
    Ok(Tally::ONE_PASSED)
}

fn format(_: &mut Found) -> anyhow::Result<Tally> {
    as_one(Program::new("cargo", &["fmt", "--all", "--check"]))
}

fn clippy(_: &mut Found) -> anyhow::Result<Tally> {
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
fn unit_tests(found: &mut Found) -> anyhow::Result<Tally> {
    let has_nextest = program::is_installed("cargo-nextest");
    let words: &[&str] = if has_nextest {
        &[
            "nextest",
            "run",
            "--release",
            "--workspace",
            "--locked",
            "--no-fail-fast",
            "--status-level",
            "fail",
        ]
    } else {
        &[
            "test",
            "--release",
            "--workspace",
            "--locked",
            "--no-fail-fast",
            "--lib",
            "--bins",
            "--tests",
        ]
    };
    as_counted(found.tell(one_build(Program::new("cargo", words))))
}

/// Everything is built once, for tests and programs alike: a second build of all third-party crates takes minutes. Little is optimised, and
/// what tests rely on is checked; no figure is taken here that anything is measured against.
fn one_build(program: Program) -> Program {
    program
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_DEBUG_ASSERTIONS", "true")
        .env("CARGO_PROFILE_RELEASE_OVERFLOW_CHECKS", "true")
}

fn doc_tests(found: &mut Found) -> anyhow::Result<Tally> {
    let words = [
        "test",
        "--release",
        "--workspace",
        "--locked",
        "--doc",
        "--no-fail-fast",
    ];
    let ended = found
        .tell(one_build(Program::new("cargo", &words)))
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

fn advise(_: &mut Found) -> anyhow::Result<Tally> {
    match advisories::program() {
        Some(program) => as_one(program),
        None => {
            println!("skipped: `cargo deny` is not installed (cargo install cargo-deny --locked)");
            Ok(Tally::default())
        }
    }
}

/// The programs that the later steps start; with the tests, so that third-party crates have the features they were built with.
fn release_build(_: &mut Found) -> anyhow::Result<Tally> {
    let words = ["build", "--release", "--workspace", "--bins", "--tests", "--locked"];
    as_one(one_build(Program::new("cargo", &words)))
}

fn content_check(_: &mut Found) -> anyhow::Result<Tally> {
    as_one(Program::new(release::binary("sigap"), &["content", "check"]))
}

fn browser_journeys(_: &mut Found) -> anyhow::Result<Tally> {
    counted(&e2e::walk_all()?)
}

/// One of our programs as it was built above, which may use the server and counts for itself.
fn release_counted(found: &Found, name: &str, words: &[&str]) -> anyhow::Result<Tally> {
    as_counted(found.tell(Program::new(release::binary(name), words)))
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
