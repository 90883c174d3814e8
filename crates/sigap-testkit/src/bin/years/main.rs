//! A year of a full hall, counted day by day as the service does, and how long it then takes to look at a day, a month, a year and the nation.
//!
//! ```text
//! years [--visits N] [--days N] [--postgres]
//! ```
//! With `--postgres` it uses the database that `SIGAP_TEST_POSTGRES_URL` names.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a tool that measures on the real clock"
)]

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context;
use jiff::civil::{Date, Time, date};
use jiff::{SignedDuration, Timestamp, ToSpan};
use sigap_actions::ports::{Clock, Ids, Links, Wake};
use sigap_actions::service::{Ports, Service};
use sigap_content::sample;
use sigap_core::conversation::step;
use sigap_core::figures::Period;
use sigap_core::ids::{CounterName, PersonId, ProcessId, StaffId, VisitId};
use sigap_core::office::Office;
use sigap_core::queue::{TicketLabel, Visit, VisitState};
use sigap_core::staff::Role;
use sigap_store::records::{InboxRow, InboxState, MessageKey, VisitContent, VisitEvent, VisitRow};
use sigap_store::{Fault, Tx, write};
use sigap_testkit::chance::SeededChance;
use sigap_testkit::staff::{add_signed_in, session_token};

use crate::database::Database;

#[path = "../kill-nine/database.rs"]
#[allow(dead_code, reason = "the other tools ask more of it")]
mod database;

const FIRST: Date = date(2025, 1, 1);
/// Looks of which the median is told.
const LOOKS: usize = 11;
/// Letters of lines, for labels that are one of a kind on their day.
const LINES: [(&str, char); 3] = [("passport", 'A'), ("bap", 'B'), ("pickup", 'C')];

struct Wish {
    visits: u32,
    days: i64,
    is_on_postgres: bool,
}

fn wish() -> anyhow::Result<Wish> {
    let mut wish = Wish {
        visits: 2_000,
        days: 365,
        is_on_postgres: false,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut number = || words.next().with_context(|| format!("`{word}` needs a number"));
        match word.as_str() {
            "--visits" => wish.visits = number()?.parse()?,
            "--days" => wish.days = number()?.parse()?,
            "--postgres" => wish.is_on_postgres = true,
            other => anyhow::bail!("`{other}` is not known; see the head of the program"),
        }
    }
    Ok(wish)
}

/// A clock that is set.
struct Hands(AtomicI64);

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::Relaxed)).unwrap_or(Timestamp::MIN)
    }
}

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
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("years: {error:#}");
            ExitCode::from(2)
        }
    }
}

async fn run(wish: &Wish) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let database = Database::to_fill(folder.path(), wish.is_on_postgres)?;
    let content = Arc::new(sample::with_bookings(FIRST)?);
    let office = content.office_by_slug(sample::OFFICE).context("the office is there")?;
    let id = office.id;
    let store = database.open(folder.path())?;
    let clock = Arc::new(Hands(AtomicI64::new(0)));
    let ports = Ports {
        clock: Arc::<Hands>::clone(&clock),
        ids: Arc::new(Ids::new(ProcessId(1))),
        wake: Arc::new(Silence),
        chance: Arc::new(SeededChance::new(1)),
        links: Arc::new(Links::new("https://sigap.example")),
    };
    let service = Service::new(Arc::clone(&store), Arc::clone(&content), ports, step);

    let started = Instant::now();
    let last = FIRST.checked_add((wish.days - 1).days())?;
    let days = std::iter::successors(Some(FIRST), |day| day.tomorrow().ok()).take_while(|day| *day <= last);
    for day in days {
        let (visits, place) = (wish.visits, office.clone());
        write(&*store, id, move |tx| fill(tx, &place, day, visits)).await?;
    }
    println!(
        "{} days of {} visits written in {:.0} s",
        wish.days,
        wish.visits,
        started.elapsed().as_secs_f64()
    );

    // The evening of the last day: it is today.
    let evening = office
        .zone
        .to_timestamp(last.to_datetime(Time::constant(16, 0, 0, 0)))?;
    clock.0.store(evening.as_microsecond(), Ordering::Relaxed);
    service.ensure_figures(id).await?;
    let started = Instant::now();
    let mut slowest = Duration::ZERO;
    loop {
        let before = Instant::now();
        if service.run_jobs(id).await? == 0 {
            break;
        }
        slowest = slowest.max(before.elapsed());
    }
    println!(
        "{} days counted in {:.1} s, {:.1} ms a day, the slowest {:.1} ms",
        wish.days - 1,
        started.elapsed().as_secs_f64(),
        millis(started.elapsed()) / (wish.days - 1).max(1) as f64,
        millis(slowest)
    );

    write(&*store, id, move |tx| {
        add_signed_in(tx, id, evening, 1, Role::Directorate)
    })
    .await?;
    let officer = service.find_officer(id, session_token(1)).await?.context("signed in")?;
    for (name, period) in [
        ("today, from its rows", Period::Day(last)),
        ("the month", Period::month_of(last)),
        ("the year", Period::Year(last.first_of_year())),
    ] {
        let mut took = Vec::new();
        let mut came = 0;
        for _ in 0..LOOKS {
            let before = Instant::now();
            let view = service.view_figures(id, officer.clone(), Some(period)).await?;
            took.push(before.elapsed());
            came = view.and_then(|view| view.all.visits).map_or(0, |visits| visits.came);
        }
        println!("{name}: {} visits in {:.1} ms", came, millis(median(took)));
    }
    let mut took = Vec::new();
    let mut offices = 0;
    for _ in 0..LOOKS {
        let before = Instant::now();
        let seen = service
            .view_nation(&officer, Some(Period::Year(last.first_of_year())))
            .await?;
        took.push(before.elapsed());
        offices = seen.map_or(0, |(_, rows)| rows.len());
    }
    println!(
        "the nation, a year: {offices} offices in {:.1} ms",
        millis(median(took))
    );
    Ok(())
}

fn median(mut took: Vec<Duration>) -> Duration {
    took.sort_unstable();
    took.get(took.len() / 2).copied().unwrap_or_default()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// A day: people come over six hours, wait, are called and served; as many messages as visits.
fn fill(tx: &mut dyn Tx, office: &Office, day: Date, visits: u32) -> Result<(), Fault> {
    let id = office.id;
    let opens = office
        .zone
        .to_timestamp(day.to_datetime(Time::constant(8, 0, 0, 0)))
        .unwrap_or(Timestamp::MIN);
    for number in 0..visits {
        let (line, letter) = LINES.into_iter().nth(number as usize % LINES.len()).unwrap_or(LINES[0]);
        let since = opens + SignedDuration::from_millis(i64::from(number) * 6 * 3_600_000 / i64::from(visits));
        let called_at = since + SignedDuration::from_secs(i64::from(number * 7_919 % 3_600));
        let of_office = i64::from(u16::try_from(number).unwrap_or(u16::MAX)) << 10;
        let visit = Visit {
            id: VisitId(Ids::first_of(since) + of_office),
            label: TicketLabel {
                letter,
                number: number + 1,
            },
            line: line.into(),
            state: VisitState::Done,
            since,
            free_at: None,
            percent: 100,
            group: (number % 7 == 0).then(|| "lansia".to_owned()),
            counter: CounterName::new(1),
            calls: 1,
            called_at: Some(called_at),
            person: None,
            booking: None,
        };
        let token = format!("{day} {number}");
        for (place, kind, at) in [
            (1, "arrived", since),
            (2, "call", called_at),
            (3, "finish", called_at + SignedDuration::from_mins(9)),
        ] {
            let event = VisitEvent {
                id: Ids::first_of(at) + of_office + place,
                visit: visit.id,
                label: visit.label,
                at,
                kind: kind.into(),
                line: line.into(),
                counter: visit.counter,
                staff: Some(StaffId(1)),
            };
            tx.insert_visit_event(id, &event)?;
        }
        let row = VisitRow {
            visit,
            day,
            is_near_told: false,
            token,
            content: VisitContent::default(),
        };
        tx.insert_visit(id, &row)?;
        tx.insert_received(id, &message(day, number, since))?;
    }
    Ok(())
}

fn message(day: Date, number: u32, at: Timestamp) -> InboxRow {
    InboxRow {
        person: PersonId(i64::from(number / 2) + 1),
        key: MessageKey {
            number: "1".into(),
            message_id: format!("{day} {number}"),
            sent_at: at,
        },
        state: InboxState::Answered,
        attempts: 1,
        received_at: at,
        content: None,
    }
}
