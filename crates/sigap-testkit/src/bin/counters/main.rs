//! Many counters call at once from one hall until nobody waits, and then everything is counted: each person called once, to one counter,
//! nobody left out. Tells how long a call takes, with the desk that is shown after it.
//!
//! ```text
//! counters [--counters N] [--waiting N] [--postgres] [--services N]
//! ```
//! With `--postgres` it uses the database that `SIGAP_TEST_POSTGRES_URL` names; `--services 2` opens it twice, as two processes do.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a tool on the real clock that tells its figures"
)]

use std::collections::HashMap;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use jiff::{SignedDuration, Timestamp};
use sigap_actions::authority::Officer;
use sigap_actions::ports::{Clock, Ids, Links, Wake};
use sigap_actions::service::{DeskTap, Ports, Service};
use sigap_content::{Content, sample};
use sigap_core::calendar::local_date;
use sigap_core::conversation::step;
use sigap_core::ids::{CounterName, OfficeId, ProcessId, VisitId};
use sigap_core::queue::{TicketLabel, Visit, VisitState};
use sigap_core::staff::Role;
use sigap_store::records::{VisitContent, VisitRow};
use sigap_store::{Store, write};
use sigap_testkit::chance::SeededChance;
use sigap_testkit::staff::{add_signed_in, session_token};
use tokio::task::JoinSet;

use crate::database::Database;

#[path = "../kill-nine/database.rs"]
#[allow(dead_code, reason = "the other tools ask more of it")]
mod database;

/// The line that all of them serve.
const LINE: &str = "passport";
/// Visits written in one transaction.
const TOGETHER: u32 = 200;

struct Wish {
    counters: u8,
    waiting: u32,
    is_on_postgres: bool,
    services: usize,
}

fn wish() -> anyhow::Result<Wish> {
    let mut wish = Wish {
        counters: 30,
        waiting: 2_000,
        is_on_postgres: false,
        services: 1,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut number = || words.next().with_context(|| format!("`{word}` needs a number"));
        match word.as_str() {
            "--counters" => wish.counters = number()?.parse()?,
            "--waiting" => wish.waiting = number()?.parse()?,
            "--services" => wish.services = number()?.parse::<usize>()?.max(1),
            "--postgres" => wish.is_on_postgres = true,
            other => bail!("`{other}` is not known; see the head of the program"),
        }
    }
    Ok(wish)
}

struct RealClock;

impl Clock for RealClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// Nobody sends here.
struct Silence;

impl Wake for Silence {
    fn wake(&self) {}
}

fn main() -> ExitCode {
    let ended = wish().and_then(|wish| {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(run(&wish))
    });
    match ended {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("counters: {error:#}");
            ExitCode::from(2)
        }
    }
}

async fn run(wish: &Wish) -> anyhow::Result<bool> {
    let folder = tempfile::tempdir()?;
    let database = Database::to_fill(folder.path(), wish.is_on_postgres)?;
    let today = jiff::tz::TimeZone::UTC.to_datetime(Timestamp::now()).date();
    let content = Arc::new(sample::with_counters(today, wish.counters)?);
    let office = content
        .office_by_slug(sample::OFFICE)
        .context("the office is there")?
        .id;
    let mut services = Vec::new();
    let mut stores = Vec::new();
    for process in (1..).take(wish.services) {
        let store = database.open(folder.path())?;
        stores.push(Arc::clone(&store));
        let ports = Ports {
            clock: Arc::new(RealClock),
            ids: Arc::new(Ids::new(ProcessId(process))),
            wake: Arc::new(Silence),
            chance: Arc::new(SeededChance::new(process.unsigned_abs())),
            links: Arc::new(Links::new("https://sigap.example")),
        };
        services.push(Service::new(store, Arc::clone(&content), ports, step));
    }
    fill(&*stores[0], &content, office, wish.waiting).await?;
    let mut officers = Vec::new();
    for number in 1..=wish.counters {
        officers.push(sign_in(&*stores[0], &services[0], office, i64::from(number)).await?);
    }
    let started = Instant::now();
    let mut working = JoinSet::new();
    for (place, officer) in officers.into_iter().enumerate() {
        let counter = u8::try_from(place + 1)
            .ok()
            .and_then(CounterName::new)
            .context("a counter from 1 to 99")?;
        let service = services[place % services.len()].clone();
        working.spawn(work(service, office, officer, counter));
    }
    let (mut called, mut took) = (HashMap::new(), Vec::new());
    while let Some(ended) = working.join_next().await {
        let (calls, times) = ended??;
        took.extend(times);
        for label in calls {
            *called.entry(label).or_insert(0_u32) += 1;
        }
    }
    let seconds = started.elapsed().as_secs_f64();
    let twice = called.values().filter(|times| **times > 1).count();
    let left = wish.waiting as usize - called.len();
    took.sort_unstable();
    let at = |part: f64| {
        took.get((took.len() as f64 * part) as usize)
            .copied()
            .unwrap_or_default()
    };
    println!(
        "{}, {} counters, {} waiting: {:.0} calls a second; a call with its desk takes {:.1} ms in the median, {:.1} ms for 99 of 100",
        if wish.is_on_postgres { "postgres" } else { "a file" },
        wish.counters,
        wish.waiting,
        took.len() as f64 / seconds,
        millis(at(0.5)),
        millis(at(0.99)),
    );
    println!("called twice: {twice}; left out: {left}");
    println!("checked 2, failed {}", usize::from(twice > 0) + usize::from(left > 0));
    Ok(twice == 0 && left == 0)
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// People who have waited for a second each, the first one longest.
async fn fill(store: &dyn Store, content: &Content, office: OfficeId, count: u32) -> anyhow::Result<()> {
    let now = Timestamp::now();
    let known = content.office(office).context("the office is there")?;
    let day = local_date(known, now);
    for from in (1..=count).step_by(TOGETHER as usize) {
        let to = count.min(from + TOGETHER - 1);
        write(store, office, move |tx| {
            for number in from..=to {
                let row = VisitRow {
                    visit: Visit {
                        id: VisitId(i64::from(number)),
                        label: TicketLabel { letter: 'A', number },
                        line: LINE.into(),
                        state: VisitState::Waiting,
                        since: now - SignedDuration::from_secs(i64::from(count - number)),
                        free_at: None,
                        percent: if number % 7 == 0 { 200 } else { 100 },
                        group: None,
                        counter: None,
                        calls: 0,
                        called_at: None,
                        person: None,
                        booking: None,
                    },
                    day,
                    is_near_told: false,
                    token: format!("ticket {number}"),
                    content: VisitContent::default(),
                };
                tx.insert_visit(office, &row)?;
            }
            Ok(())
        })
        .await?;
    }
    Ok(())
}

async fn sign_in(store: &dyn Store, service: &Service, office: OfficeId, id: i64) -> anyhow::Result<Officer> {
    let now = Timestamp::now();
    write(store, office, move |tx| {
        add_signed_in(tx, office, now, id, Role::Counter)
    })
    .await?;
    service
        .find_officer(office, session_token(id))
        .await?
        .context("signed in")
}

/// Calls until nobody waits; whom, and how long each call took.
async fn work(
    service: Service,
    office: OfficeId,
    who: Officer,
    counter: CounterName,
) -> anyhow::Result<(Vec<TicketLabel>, Vec<Duration>)> {
    let (mut calls, mut took) = (Vec::new(), Vec::new());
    for tap in 0.. {
        let before = Instant::now();
        let told = service
            .tap_desk(office, who.clone(), counter, format!("{counter} {tap}"), DeskTap::Next)
            .await?;
        took.push(before.elapsed());
        match told {
            Ok((view, None)) => match view.current {
                Some(current) => calls.push(current.visit.label),
                None => break,
            },
            other => bail!("a call was refused: {:?}", other.map(|(_, refused)| refused)),
        }
    }
    Ok((calls, took))
}
