//! Many people want few places while the program is killed again and again, and then everything is counted: places never
//! given twice, nobody booked twice, every booking that was acknowledged still there. Where nobody is killed it tells how fast it went.
//!
//! ```text
//! oversell [--tries N] [--places N] [--clients N] [--kill-seconds S] [--seed S]
//!          [--data DIR] [--program PATH] [--postgres] [--processes N] [--desk]
//! ```
//! Each try is a person who writes the booking command of 2017 and sends the approval code back; one message in ten is
//! delivered twice. `--kill-seconds 0` kills nobody; `--desk` books without chat and network, in this process. With
//! `--postgres` two processes (`--processes N`) share the database that `SIGAP_TEST_POSTGRES_URL` names.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a tool on the real clock that starts the real program and tells its figures"
)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Context;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use sigap_emulator::{Config, Emulator};
use sigap_testkit::processor::processor_seconds;

use crate::chance::Chance;
use crate::database::Database;
use crate::people::People;
use crate::phones::Phones;
use crate::program::{Program, Secrets, Settings, free_ports};

#[path = "../kill-nine/chance.rs"]
mod chance;
mod count;
#[path = "../kill-nine/database.rs"]
#[allow(dead_code, reason = "the other tool asks more of it")]
mod database;
#[path = "../kill-nine/delivery.rs"]
mod delivery;
mod desk;
mod figures;
mod people;
mod phones;
#[path = "../kill-nine/program.rs"]
#[allow(dead_code, reason = "the other tool asks more of it")]
mod program;

/// The business number of the test and its office.
const NUMBERS: [(&str, &str); 1] = [("100000000000001", OFFICE)];
const OFFICE: &str = "sukabumi";
/// What is booked.
const SERVICE: &str = "pickup";
/// How long the program waits for a status of an unknown outcome; nobody sends statuses here. Shorter than the life of a
/// process: each start gives what is unknown a fresh time, so killed more often than that, nobody would ever be sent it.
const SETTLE_SECONDS: u64 = 2;
/// Days from today to the day that is booked.
const DAYS_AHEAD: i64 = 9;

struct Wish {
    tries: u64,
    places: u16,
    clients: u64,
    kill_seconds: f64,
    seed: u64,
    data: Option<PathBuf>,
    program: PathBuf,
    is_on_postgres: bool,
    /// On PostgreSQL; a file has one.
    processes: usize,
    is_desk: bool,
}

fn main() -> ExitCode {
    let wish = match Wish::read(std::env::args().skip(1)) {
        Ok(wish) => wish,
        Err(error) => {
            eprintln!(
                "{error:#}\nusage: oversell [--tries N] [--places N] [--clients N] [--kill-seconds S] [--seed S] [--data DIR] [--program PATH] [--postgres] [--processes N] [--desk]"
            );
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
            tries: 10_000,
            places: 500,
            clients: 64,
            kill_seconds: 2.0,
            seed: 1,
            data: None,
            program: beside,
            is_on_postgres: false,
            processes: 2,
            is_desk: false,
        };
        while let Some(word) = words.next() {
            let mut value = || words.next().with_context(|| format!("`{word}` needs a value"));
            match word.as_str() {
                "--tries" => wish.tries = value()?.parse().context("`--tries` is a number")?,
                "--places" => wish.places = value()?.parse().context("`--places` is a number")?,
                "--clients" => wish.clients = value()?.parse().context("`--clients` is a number")?,
                "--kill-seconds" => wish.kill_seconds = value()?.parse().context("`--kill-seconds` is a number")?,
                "--seed" => wish.seed = value()?.parse().context("`--seed` is a number")?,
                "--data" => wish.data = Some(value()?.into()),
                "--program" => wish.program = value()?.into(),
                "--processes" => wish.processes = value()?.parse().context("`--processes` is a number")?,
                "--desk" => wish.is_desk = true,
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
    let folder = wish.data.clone().unwrap_or_else(|| fresh.path().to_owned());
    let today = jiff::tz::TimeZone::get("Asia/Jakarta")?
        .to_datetime(Timestamp::now())
        .date();
    let day = today.checked_add(DAYS_AHEAD.days())?;
    write_content(&folder, day, today, wish.places)?;
    let phones = Phones::open().await?;
    let known = Config::new(String::new(), Vec::new());
    let settings = Settings {
        folder: folder.clone(),
        program: wish.program.clone(),
        ports: free_ports(if wish.is_on_postgres { wish.processes } else { 1 }).await?,
        graph_url: phones.url.clone(),
        database: if wish.is_on_postgres {
            Database::on_server(&folder)?
        } else {
            Database::in_folder(&folder)?
        },
        more_keys: String::new(),
        more: format!("\n[content]\ndir = \"{}\"\n", folder.join("content").display()),
        secrets: Secrets {
            app_secret: known.app_secret.clone(),
            verify_token: known.verify_token.clone(),
            access_token: known.access_token.clone(),
        },
    };
    settings.write()?;
    println!(
        "seed {}, tries {}, places {}, clients {}, on {}",
        wish.seed,
        wish.tries,
        wish.places,
        wish.clients,
        match (wish.is_on_postgres, wish.is_desk) {
            (true, false) => format!("PostgreSQL, {} process(es)", wish.processes),
            (false, false) => "SQLite".to_owned(),
            (true, true) => "PostgreSQL, at the desk".to_owned(),
            (false, true) => "SQLite, at the desk".to_owned(),
        }
    );
    if wish.is_desk {
        let (heard, seconds) = desk::book(&settings, &wish, day).await?;
        return tell(
            &settings,
            &wish,
            day,
            heard,
            0,
            seconds,
            processor_seconds(std::process::id()),
        )
        .await;
    }
    let mut programs = Vec::new();
    for port in &settings.ports {
        programs.push(Program::start(&settings, *port).await?);
    }
    let started = Instant::now();
    let people = People::start(
        &settings,
        &Emulator::new(known, std::sync::Arc::new(Timestamp::now)),
        &phones,
        day,
        &wish,
    );
    let kills = kill_until_over(&settings, &wish, &mut programs, &people).await?;
    let heard = people.finish().await?;
    let seconds = started.elapsed().as_secs_f64();
    let processor_seconds: f64 = programs.iter().map(|program| processor_seconds(program.id())).sum();
    for program in programs {
        program.kill()?;
    }
    tell(&settings, &wish, day, heard, kills, seconds, processor_seconds).await
}

/// Counts, and says what was found.
async fn tell(
    settings: &Settings,
    wish: &Wish,
    day: Date,
    heard: people::Heard,
    kills: u32,
    seconds: f64,
    processor_seconds: f64,
) -> anyhow::Result<bool> {
    let counted = count::count(settings, day, wish.places, &heard).await?;
    println!("{counted}");
    println!(
        "messages {}, duplicates {}, kills {kills}, booked {}, refused {}, seconds {seconds:.1}, messages a second {:.0}",
        heard.messages,
        heard.duplicates,
        heard.codes.len(),
        heard.refused,
        heard.messages as f64 / seconds
    );
    if wish.is_desk || wish.kill_seconds <= 0.0 {
        figures::print(heard, seconds, processor_seconds);
    }
    println!("checked {}, failed {}", wish.tries, counted.failed());
    Ok(counted.failed() == 0)
}

/// Kills one process after the other, each started again at once, until everybody has an answer.
async fn kill_until_over(
    settings: &Settings,
    wish: &Wish,
    programs: &mut Vec<Program>,
    people: &People,
) -> anyhow::Result<u32> {
    let mut chance = Chance::new(wish.seed);
    let mut kills = 0;
    while !people.are_done() {
        if wish.kill_seconds <= 0.0 {
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        }
        // On the mean after so many seconds, at a moment that nobody can foresee.
        let pause = wish.kill_seconds * (0.5 + chance.within(0..1_000) as f64 / 1_000.0);
        tokio::time::sleep(Duration::from_secs_f64(pause)).await;
        let place = usize::try_from(chance.within(0..programs.len() as u64))?;
        let program = programs.remove(place);
        let port = program.port;
        program.kill()?;
        kills += 1;
        programs.push(Program::start(settings, port).await?);
    }
    Ok(kills)
}

/// An office that gives so many places at one hour of one day.
fn write_content(folder: &Path, day: Date, today: Date, places: u16) -> anyhow::Result<()> {
    let offices = folder.join("content").join("offices");
    std::fs::create_dir_all(&offices)?;
    let since = today.checked_sub(3.days())?;
    let text = format!(
        "line_name = \"SIGAP\"\n\n[[service]]\nid = \"{SERVICE}\"\nslot_minutes = 60\nis_confirmed = false\nsource = \"project2020\"\n\
         from = \"{since}\"\n\n[[service.opening]]\ndate = \"{day}\"\nhours = [\"09:00-10:00\"]\nplaces = {places}\n\
         release = \"first_come\"\nopens_at = \"{since}T08:00\"\n"
    );
    std::fs::write(offices.join(format!("{OFFICE}.toml")), text)?;
    Ok(())
}
