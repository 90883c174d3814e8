//! The same random operations on SQLite in memory and on PostgreSQL, seed after seed; the first difference of a seed is
//! told with everything that is needed to see it again.
//!
//! ```text
//! diff --seed N | --seeds A..B [--steps N]
//! ```
//! Each seed gets fresh ground on the server that `SIGAP_TEST_POSTGRES_URL` names. `B` is not among the seeds.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a tool that is told of its server by the environment and tells its figures"
)]

use std::ops::Range;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Context;
use sigap_store::Store;
use sigap_store::conformance::Subject;
use sigap_store::differential::{Difference, Run, STEPS, Summary, run};
use sigap_store::sealing::{MasterKey, Sealer, system_random};
use sigap_store::store::Done;
use sigap_store_pg::PgStore;
use sigap_store_pg::testing::{Ground, SERVER};
use sigap_store_sqlite::SqliteStore;
use tokio::runtime::Runtime;

const USAGE: &str = "usage: diff --seed N | --seeds A..B [--steps N]";

/// The master key of throw-away stores, in hexadecimal digits of one byte.
const MASTER_BYTE: &str = "5a";

/// What was asked for on the command line.
struct Wish {
    seeds: Range<u64>,
    steps: usize,
}

fn main() -> ExitCode {
    let wish = match Wish::read(std::env::args().skip(1)) {
        Ok(wish) => wish,
        Err(error) => {
            eprintln!("{error:#}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let Some(server) = std::env::var(SERVER).ok().filter(|url| !url.is_empty()) else {
        eprintln!("`{SERVER}` names no server; `cargo xtask diff` brings one");
        return ExitCode::from(2);
    };
    match compare_all(&wish, &server) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

impl Wish {
    fn read(mut words: impl Iterator<Item = String>) -> anyhow::Result<Self> {
        let (mut seeds, mut steps) = (None, STEPS);
        while let Some(word) = words.next() {
            let mut value = || words.next().with_context(|| format!("`{word}` needs a value"));
            match word.as_str() {
                "--seed" => {
                    let seed: u64 = value()?.parse().context("`--seed` is a number")?;
                    seeds = Some(seed..seed.checked_add(1).context("`--seed` is too large")?);
                }
                "--seeds" => seeds = Some(range(&value()?).context("`--seeds` is two numbers, as in 1..20")?),
                "--steps" => steps = value()?.parse().context("`--steps` is a number")?,
                other => anyhow::bail!("`{other}` is not an option"),
            }
        }
        let seeds = seeds.context("say which seed")?;
        anyhow::ensure!(!seeds.is_empty() && steps > 0, "there is nothing to do");
        Ok(Self { seeds, steps })
    }
}

fn range(text: &str) -> Option<Range<u64>> {
    let (first, end) = text.split_once("..")?;
    Some(first.parse().ok()?..end.parse().ok()?)
}

/// How many seeds failed.
fn compare_all(wish: &Wish, server: &str) -> anyhow::Result<usize> {
    let runtime = Runtime::new()?;
    let (mut checked, mut failed) = (0, 0);
    for seed in wish.seeds.clone() {
        let started = Instant::now();
        let told = compare(seed, wish.steps, server, &runtime)?;
        let seconds = started.elapsed().as_secs_f64();
        checked += 1;
        match told {
            Ok(summary) => println!(
                "seed {seed}: {} transactions, {} operations, {} refused, {} undone, {seconds:.1} s",
                summary.transactions, summary.operations, summary.refused, summary.undone
            ),
            Err(difference) => {
                failed += 1;
                println!("{difference}");
            }
        }
    }
    println!("checked {checked}, failed {failed}");
    Ok(failed)
}

fn compare(seed: u64, steps: usize, server: &str, runtime: &Runtime) -> anyhow::Result<Result<Summary, Difference>> {
    // One master key for both, and the same next time: the order of equals hangs on blind indexes.
    let sealer = Sealer::new(
        MasterKey::from_hex(&MASTER_BYTE.repeat(32)).context("no master key")?,
        system_random,
    );
    let memory = SqliteStore::in_memory(&format!("diff {seed}"), &sealer)?;
    let (ground, postgres) = open_postgres(server, &sealer)?;
    let wait = |done: Done<'_>| runtime.block_on(done);
    let [left, right] = [&memory as &dyn Store, &postgres].map(|store| Subject { store, wait: &wait });
    let told = run(&Run { seed, steps }, &left, &right);
    // The store lets go of its sessions before the ground is taken away.
    drop(postgres);
    drop(ground);
    Ok(told)
}

fn open_postgres(server: &str, sealer: &Sealer) -> anyhow::Result<(Ground, PgStore)> {
    let ground = Ground::on(server)?;
    let store = ground.open(sealer)?;
    Ok((ground, store))
}
