//! The workshop: commands for those who build sigap. It depends on none of our crates, so it works when they do not compile.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a command-line tool: it prints, starts programs and measures time; the bans protect the service"
)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing))]

mod advisories;
mod apt;
mod bench;
mod chats;
mod ci;
mod diff;
mod e2e;
mod pg;
mod program;
mod release;
mod seeds;
mod setup;
mod sim;
mod tally;
mod tidy;
mod understand;
mod web_audit;
mod workspace;

use std::process::ExitCode;

/// One sub-command: its name, its help, and what it does with the words after its name.
struct Command {
    name: &'static str,
    usage: &'static str,
    summary: &'static str,
    run: fn(&[String]) -> anyhow::Result<Verdict>,
}

/// How a command ended; becomes the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// Exit 0.
    Passed,
    /// Exit 1: what was checked is not as it should be.
    Failed,
    /// Exit 2: the command was called in a way it does not know.
    WrongUse,
    /// The exit status of a program that was run on somebody's behalf.
    Exited(u8),
}

const COMMANDS: &[Command] = &[
    Command {
        name: "ci",
        usage: "ci",
        summary: "everything a change must pass; ends with `N passed, N failed`",
        run: ci::run,
    },
    Command {
        name: "setup",
        usage: "setup",
        summary: "installs what the tests need: Chromium and PostgreSQL (apt-get), and the npm packages of e2e/",
        run: setup::run,
    },
    Command {
        name: "tidy",
        usage: "tidy",
        summary: "checks the house rules that no compiler knows (docs/style.md)",
        run: tidy::run,
    },
    Command {
        name: "chats",
        usage: "chats [--update]",
        summary: "runs the conversation scripts of chats/; --update rewrites what sigap answers",
        run: chats::run,
    },
    Command {
        name: "e2e",
        usage: "e2e [JOURNEY]",
        summary: "browser journeys on the demo, all or one: booking, camera, cases, citizen, content, display, figures, \
            guide, notices, offline, phone, programs, reports, staff, survey; ends with `checked N, failed M`",
        run: e2e::run,
    },
    Command {
        name: "web-audit",
        usage: "web-audit [--quick] [NAME …]",
        summary: "weighs, times and examines the pages of citizens (e2e/citizen-pages.mjs); ends with `checked N, failed M`",
        run: web_audit::run,
    },
    Command {
        name: "pg",
        usage: "pg [--durable] [-- COMMAND …]",
        summary: "a throw-away PostgreSQL: for COMMAND, or until Ctrl-C; --durable as benches need it",
        run: pg::run,
    },
    Command {
        name: "diff",
        usage: "diff --seed N | --seeds A..B [--steps N]",
        summary: "the same random works on both engines, compared; ends with `checked N, failed M`",
        run: diff::run,
    },
    Command {
        name: "sim",
        usage: "sim --seed N | --seeds A..B | --charts | --hall PEOPLE",
        summary: "how fair each way of releasing places is, in a town with brokers and bots (--charts writes \
            docs/fairness.md), and how well waiting is told in halls; ends with `checked N, failed M`",
        run: sim::run,
    },
    Command {
        name: "bench",
        usage: "bench [--quick] [--postgres] [--growth] | --bookings | --hall | --inbox | --web | --forms",
        summary: "figures of this machine (docs/performance.md): engine and turns, or bookings, calls in a hall, a long \
            list of cases, pages of citizens, forms inside WhatsApp; ends with `checked N, failed M`",
        run: bench::run,
    },
    Command {
        name: "understand",
        usage: "understand [--set FILE.tsv | --dates FILE.tsv [--now 2020-02-12T09:30] | --floors]",
        summary: "how well free text is understood: the development set, any other set, or a table of dates",
        run: understand::run,
    },
    Command {
        name: "train",
        usage: "train",
        summary: "cross-validates the seeds that the program learns from; reports only, nothing is written",
        run: understand::train,
    },
    Command {
        name: "advisories",
        usage: "advisories",
        summary: "known holes, licences and sources of all dependencies (deny.toml; needs cargo-deny)",
        run: advisories::run,
    },
];

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match answer(&words) {
        Ok(Verdict::Passed) => ExitCode::SUCCESS,
        Ok(Verdict::Failed) => ExitCode::from(1),
        Ok(Verdict::WrongUse) => ExitCode::from(2),
        Ok(Verdict::Exited(code)) => ExitCode::from(code),
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::from(1)
        }
    }
}

fn answer(words: &[String]) -> anyhow::Result<Verdict> {
    let wants_help = |word: &String| word == "--help" || word == "-h" || word == "help";
    let Some((name, rest)) = words.split_first() else {
        eprint!("{}", overview());
        return Ok(Verdict::WrongUse);
    };
    if wants_help(name) {
        print!("{}", overview());
        return Ok(Verdict::Passed);
    }
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        eprintln!("xtask: there is no command `{name}`; `cargo xtask --help` lists them");
        return Ok(Verdict::WrongUse);
    };
    // What follows two dashes is meant for another program.
    if rest.iter().take_while(|word| *word != "--").any(wants_help) {
        println!("cargo xtask {}\n\n{}", command.usage, command.summary);
        return Ok(Verdict::Passed);
    }
    (command.run)(rest)
}

fn overview() -> String {
    let mut text = String::from("cargo xtask COMMAND\n\n");
    for command in COMMANDS {
        text.push_str(&format!("  {:<41} {}\n", command.usage, command.summary));
    }
    text
}

/// Says which word was not understood. Commands call it for every argument they do not know.
fn refuse(command: &str, word: &str) -> Verdict {
    eprintln!("xtask: `{command}` does not know `{word}`; see `cargo xtask {command} --help`");
    Verdict::WrongUse
}

#[cfg(test)]
mod tests;
