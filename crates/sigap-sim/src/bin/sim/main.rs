//! The simulations of fair release and of the hall: prints figures, checks properties, draws charts.
//!
//! ```text
//! sim --seed N | --seeds A..B | --charts DOCS | --hall PEOPLE
//! ```
//! `B` is not among the seeds. `--charts` writes pictures and tables into the folder with `fairness.md`. `--hall` plays each hall
//! of which theory knows the answer with so many people.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a tool that tells its figures")]

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use sigap_sim::hall::{score, vectors};
use sigap_sim::release::assumptions::Setting;
use sigap_sim::release::checks::{Finding, Runs, look_at, replay};
use sigap_sim::release::figures::{Figures, tables_of};
use sigap_sim::release::{DRAW, charts};

const USAGE: &str = "usage: sim --seed N | --seeds A..B | --charts DOCS | --hall PEOPLE";
/// The seed of the halls: their figures are compared with theory, not with each other.
const HALL_SEED: u64 = 1;
/// Weeks of each of many seeds: enough to see an eighth more or less of a chance in each, and a fiftieth in all.
const WEEKS_EACH: u32 = 60;
/// Seeds of charts and tables.
const CHART_SEEDS: Range<u64> = 1..6;
/// Between these lines of the page stand the tables.
const FROM: &str = "<!-- tables: made by `cargo xtask sim --charts`, not by hand -->";
const TO: &str = "<!-- end of tables -->";

enum Wish {
    Seed(u64),
    Seeds(Range<u64>),
    Charts(PathBuf),
    Hall(u64),
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let Some(wish) = read(&words) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let tally = match wish {
        Wish::Seed(seed) => check_one(seed),
        Wish::Seeds(seeds) => check_many(seeds),
        Wish::Hall(people) => check_hall(people),
        Wish::Charts(docs) => match write(&docs) {
            Ok(()) => return ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("sim: `{}` cannot be written: {error}", docs.display());
                return ExitCode::FAILURE;
            }
        },
    };
    println!("checked {}, failed {}", tally.checked, tally.failed);
    if tally.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn read(words: &[&str]) -> Option<Wish> {
    match words {
        ["--seed", seed] => Some(Wish::Seed(seed.parse().ok()?)),
        ["--seeds", seeds] => {
            let (first, end) = seeds.split_once("..")?;
            let seeds = first.parse().ok()?..end.parse().ok()?;
            (!seeds.is_empty()).then_some(Wish::Seeds(seeds))
        }
        ["--hall", people] => Some(Wish::Hall(people.parse().ok().filter(|people| *people > 0)?)),
        ["--charts", docs] => Some(Wish::Charts(PathBuf::from(docs))),
        _ => None,
    }
}

#[derive(Default)]
struct Tally {
    checked: u32,
    failed: u32,
}

impl Tally {
    /// Counts findings; prints all of them, or those that failed.
    fn count(&mut self, whose: &str, findings: &[Finding], is_loud: bool) {
        for Finding { promise, figure, holds } in findings {
            self.checked += 1;
            self.failed += u32::from(!holds);
            if is_loud || !holds {
                println!(
                    "{} {whose}: {promise} ({figure})",
                    if *holds { "ok   " } else { "WRONG" }
                );
            }
        }
    }
}

fn check_one(seed: u64) -> Tally {
    let setting = Setting::default();
    let runs = Runs::play(seed, &setting);
    println!("{}", tables_of(&runs));
    let mut tally = Tally::default();
    tally.count(&format!("seed {seed}"), &look_at(&runs), true);
    tally.count(&format!("seed {seed}"), &replay(seed, &setting), true);
    tally
}

fn check_hall(people: u64) -> Tally {
    let mut tally = Tally::default();
    tally.count("hall", &vectors::look_at_all(people, HALL_SEED), true);
    tally.count("hall", &score::look_at(people, HALL_SEED), true);
    tally
}

fn check_many(seeds: Range<u64>) -> Tally {
    let setting = Setting {
        weeks: WEEKS_EACH,
        ..Setting::default()
    };
    let mut tally = Tally::default();
    let mut all: Option<Runs> = None;
    let name = format!("seeds {}..{}", seeds.start, seeds.end);
    for seed in seeds {
        let runs = Runs::play(seed, &setting);
        let draw = runs.of(DRAW);
        println!(
            "seed {seed}: in the draw clients of brokers get {:.2} ± {:.2} of what is to be expected, the first tenth {:.2}, \
             quick hands {:.2}",
            draw.broker_evidence.ratio(),
            draw.broker_evidence.ratio_error(),
            draw.decile_evidence[0].ratio(),
            draw.speed_evidence.ratio(),
        );
        tally.count(&format!("seed {seed}"), &look_at(&runs), false);
        tally.count(&format!("seed {seed}"), &replay(seed, &setting), false);
        match &mut all {
            Some(all) => all.add(&runs),
            None => all = Some(runs),
        }
    }
    if let Some(all) = all {
        println!("\n{}", tables_of(&all));
        tally.count(&name, &look_at(&all), true);
    }
    tally
}

/// Writes the charts beside the page and the tables into it.
fn write(docs: &Path) -> std::io::Result<()> {
    let Some(figures) = Figures::play(CHART_SEEDS, &Setting::default()) else {
        return Ok(());
    };
    for (name, picture) in charts::draw(&figures) {
        std::fs::write(docs.join("images").join(name), picture)?;
    }
    let page = docs.join("fairness.md");
    let text = std::fs::read_to_string(&page)?;
    let (Some((before, _)), Some((_, after))) = (text.split_once(FROM), text.split_once(TO)) else {
        return Err(std::io::Error::other("the page has no place for the tables"));
    };
    std::fs::write(&page, format!("{before}{FROM}\n\n{}\n{TO}{after}", figures.tables()))?;
    println!("wrote pictures and tables to {}", docs.display());
    Ok(())
}
