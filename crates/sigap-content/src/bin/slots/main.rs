//! Prints how well the values of a sentence are read (days, names, numbers, offices), of any set with a fourth column, or the
//! seeds and the development set against the figures that must not fall. Reads by the functions of the dialogue.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a command-line tool: it prints, and reads its words and a file"
)]

mod judge;

use std::process::ExitCode;

use sigap_content::Content;

use self::judge::{Kind, Reader, Sheet, Tally};

const USE: &str = "slots [--floors | --set FILE.tsv]";
/// The sets of the floors, and what must be found of all the values that are read at all.
const FLOORS: [(&str, &str, f32); 2] = [
    (
        "development",
        include_str!("../../../../../content/understanding/dev.tsv"),
        1.0,
    ),
    (
        "train.tsv",
        include_str!("../../../../../content/understanding/train.tsv"),
        0.97,
    ),
];

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let content = match Content::embedded() {
        Ok(content) => content,
        Err(error) => return fail(&error.to_string()),
    };
    let reader = Reader::new(content.offices());
    match words.as_slice() {
        ["--floors"] => floors(&reader),
        ["--set", path] => match std::fs::read_to_string(path) {
            Ok(text) => {
                print(&judge::sheet(&reader, &text));
                ExitCode::SUCCESS
            }
            Err(error) => fail(&format!("cannot read `{path}`: {error}")),
        },
        _ => fail(&format!("use: {USE}")),
    }
}

fn fail(reason: &str) -> ExitCode {
    eprintln!("slots: {reason}");
    ExitCode::from(2)
}

/// What was found of each kind. A set without values prints nothing.
fn print(sheet: &Sheet) {
    for miss in &sheet.misses {
        println!("  {miss}");
    }
    for (kind, tally) in &sheet.tallies {
        let Tally { expected, found, more } = *tally;
        let name = kind.name();
        if *kind == Kind::QueueNumber {
            println!("{name:<12} expected {expected:>3}: not read, since no step asks for one");
        } else {
            println!("{name:<12} expected {expected:>3}, found exactly {found:>3}, found besides {more:>3}");
        }
    }
}

fn floors(reader: &Reader<'_>) -> ExitCode {
    let mut failed = 0;
    for (name, text, least) in FLOORS {
        let recall = judge::sheet(reader, text).recall();
        failed += usize::from(recall < least);
        let (found, least) = (recall * 100.0, least * 100.0);
        println!("values, {name:<32} {found:>6.1} of at least {least:>5.1}");
    }
    println!("checked {}, failed {failed}", FLOORS.len());
    ExitCode::from(u8::from(failed > 0))
}
