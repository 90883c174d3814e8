//! Kills the real program with SIGKILL at random moments under load, again and again, and then checks that nothing was
//! lost and nothing was answered twice. It measures no speed.
//!
//! ```text
//! kill-nine [--rounds N] [--seed S] [--data DIR] [--program PATH] [--postgres]
//! ```
//! With `--postgres` two processes share the database named by `SIGAP_TEST_POSTGRES_URL`, both get the load, and each round
//! kills one of them while the other goes on.
//!
//! Meta's side is the emulator, in this process, so it remembers what it accepted while the program dies.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a tool on the real clock that starts the real program and tells its figures"
)]

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use jiff::Timestamp;
use sigap_emulator::{Config, EmulatedNumber, Emulator, Record};
use tokio::net::TcpListener;

use crate::chance::Chance;
use crate::database::Database;
use crate::load::Load;
use crate::program::{Program, Secrets, Settings, free_ports};

mod chance;
#[allow(dead_code, reason = "the other tools ask more of it")]
mod database;
mod delivery;
mod front;
mod load;
mod program;
mod verdict;

/// Business numbers of the test: `phone_number_id` and the office behind it.
const NUMBERS: [(&str, &str); 2] = [("100000000000001", "jakarta-pusat"), ("100000000000002", "sukabumi")];
/// Load before a kill, milliseconds: from the first commits to a full pipe.
const LOAD_MS: std::ops::Range<u64> = 50..400;
/// Of so many deaths one lasts longer than the settle time: what was under way must wait for its status all the same.
const LONG_DEATH_ONE_IN: u64 = 5;
/// How long that one lasts.
const LONG_DEATH: Duration = Duration::from_millis(1_000 * SETTLE_SECONDS + 500);
/// How long the program waits for a status of an unknown outcome.
const SETTLE_SECONDS: u64 = 3;
/// How long everything owed may take after the last round. Unknown outcomes take one settle time, then a resend.
const DRAIN_MAX: Duration = Duration::from_secs(90);

/// What was asked for on the command line.
struct Wish {
    rounds: u32,
    seed: u64,
    data: Option<PathBuf>,
    program: PathBuf,
    is_on_postgres: bool,
}

fn main() -> ExitCode {
    let wish = match Wish::read(std::env::args().skip(1)) {
        Ok(wish) => wish,
        Err(error) => {
            eprintln!("{error:#}\nusage: kill-nine [--rounds N] [--seed S] [--data DIR] [--program PATH] [--postgres]");
            return ExitCode::from(2);
        }
    };
    let ran = tokio::runtime::Runtime::new()
        .map_err(anyhow::Error::from)
        .and_then(|runtime| runtime.block_on(run(wish)));
    match ran {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

impl Wish {
    fn read(mut words: impl Iterator<Item = String>) -> anyhow::Result<Self> {
        let beside = std::env::current_exe()?.with_file_name(format!("sigap{}", std::env::consts::EXE_SUFFIX));
        let mut wish = Self {
            rounds: 10,
            seed: 1,
            data: None,
            program: beside,
            is_on_postgres: false,
        };
        while let Some(word) = words.next() {
            let mut value = || words.next().with_context(|| format!("`{word}` needs a value"));
            match word.as_str() {
                "--rounds" => wish.rounds = value()?.parse().context("`--rounds` is a number")?,
                "--seed" => wish.seed = value()?.parse().context("`--seed` is a number")?,
                "--data" => wish.data = Some(value()?.into()),
                "--program" => wish.program = value()?.into(),
                "--postgres" => wish.is_on_postgres = true,
                other => anyhow::bail!("`{other}` is not an option"),
            }
        }
        anyhow::ensure!(
            wish.program.is_file(),
            "the program `{}` is not there; build it (cargo build --release -p sigap) or name it with --program",
            wish.program.display()
        );
        Ok(wish)
    }
}

async fn run(wish: Wish) -> anyhow::Result<bool> {
    let fresh = tempfile::tempdir()?;
    let folder = wish.data.unwrap_or_else(|| fresh.path().to_owned());
    std::fs::create_dir_all(&folder)?;
    let started = Instant::now();
    let graph = TcpListener::bind("127.0.0.1:0").await?;
    let known = Config::new(String::new(), Vec::new());
    let settings = Settings {
        more_keys: String::new(),
        more: String::new(),
        secrets: Secrets {
            app_secret: known.app_secret,
            verify_token: known.verify_token,
            access_token: known.access_token,
        },
        folder: folder.clone(),
        program: wish.program,
        ports: free_ports(if wish.is_on_postgres { 2 } else { 1 }).await?,
        graph_url: format!("http://{}", graph.local_addr()?),
        database: if wish.is_on_postgres {
            Database::on_server(&folder)?
        } else {
            Database::in_folder(&folder)?
        },
    };
    let front = front::open(settings.ports.clone()).await?;
    let emulated = emulated(&settings, &front);
    settings.write()?;
    let emulator = Emulator::new(emulated, Arc::new(Timestamp::now));
    let routes = emulator.router();
    tokio::spawn(async move { axum::serve(graph, routes).await });
    tokio::spawn(emulator.clone().run());

    let mut chance = Chance::new(wish.seed);
    let load = Load::start(&emulator, &settings.webhook_urls(), chance.next());
    let mut programs: Vec<Program> = Vec::new();
    println!("seed {}, rounds {}, data {}", wish.seed, wish.rounds, folder.display());
    for round in 1..=wish.rounds {
        while programs.len() < settings.ports.len() {
            let port = settings
                .ports
                .iter()
                .find(|port| !programs.iter().any(|it: &Program| it.port == **port));
            programs.push(Program::start(&settings, *port.context("no port is left")?).await?);
        }
        let before = load.acknowledged();
        let pause = Duration::from_millis(chance.within(LOAD_MS));
        tokio::time::sleep(pause).await;
        let place = usize::try_from(chance.within(0..programs.len() as u64))?;
        programs.remove(place).kill()?;
        let is_long = chance.one_in(LONG_DEATH_ONE_IN);
        let stays = if is_long {
            ", stays dead for longer than a settle time"
        } else {
            ""
        };
        let acknowledged = load.acknowledged() - before;
        println!(
            "round {round:>3}: killed after {:>3} ms, {acknowledged:>5} messages acknowledged{stays}",
            pause.as_millis()
        );
        if is_long {
            tokio::time::sleep(LONG_DEATH).await;
        }
    }
    for port in &settings.ports {
        if !programs.iter().any(|program| program.port == *port) {
            programs.push(Program::start(&settings, *port).await?);
        }
    }
    let delivered = load.finish().await?;
    let is_drained = drain(&settings, &emulator).await;
    // The last word has the disk: no clean stop before the check either.
    for program in programs {
        program.kill()?;
    }
    let verdict = verdict::check(&settings, &emulator, &delivered).await?;
    println!("{verdict}");
    println!(
        "messages {}, duplicates {}, kills {}, seconds {:.1}",
        delivered.keys.len(),
        delivered.duplicates,
        wish.rounds + 1,
        started.elapsed().as_secs_f64()
    );
    if !is_drained {
        println!("something was still owed after {} s", DRAIN_MAX.as_secs());
    }
    let failed = verdict.failed() + usize::from(!is_drained);
    println!("checked {}, failed {failed}", delivered.keys.len());
    Ok(failed == 0 && !delivered.keys.is_empty())
}

fn emulated(settings: &Settings, front: &str) -> Config {
    let numbers = NUMBERS
        .iter()
        .enumerate()
        .map(|(place, (id, slug))| EmulatedNumber {
            phone_number_id: (*id).into(),
            display_phone_number: format!("62811000000{place:02}"),
            waba_id: "100000000000000".into(),
            office_name: (*slug).into(),
            office_slug: (*slug).into(),
            messages_per_second: 1_000_000,
        })
        .collect();
    let mut config = Config::new(format!("http://{front}/webhooks/whatsapp"), numbers).quiet();
    config.graph_url.clone_from(&settings.graph_url);
    config.record = Record::Counts;
    // Statuses come back soon after a restart, well within the settle time of the settings.
    config.timing.retry_first = Duration::from_millis(50);
    config.timing.retry_max = Duration::from_millis(400);
    config.timing.webhook_timeout = Duration::from_secs(5);
    config
}

/// Waits until nothing is owed and no status is under way.
async fn drain(settings: &Settings, emulator: &Emulator) -> bool {
    let since = Instant::now();
    while since.elapsed() < DRAIN_MAX {
        if settings.owes_nothing().await && emulator.waiting_webhooks() == 0 && settings.owes_nothing().await {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    false
}
