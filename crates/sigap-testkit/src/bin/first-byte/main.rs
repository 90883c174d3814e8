//! How long citizens wait for the first byte of a page: the real program on a file with an office that has been busy for two months, so many
//! requests a second whether or not the ones before were answered.
//!
//! ```text
//! first-byte [--rate N] [--seconds N] [--tickets N] [--postgres] [--program PATH]
//! ```
//! The time of a request counts from when it was due, not from when it could be sent: nobody's waiting is left out. With `--postgres` it uses
//! the database that `SIGAP_TEST_POSTGRES_URL` names.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a tool on the real clock that tells its figures"
)]

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use bytes::Bytes;
use http_body_util::{BodyExt, Empty};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use sigap_content::sample;
use sigap_testkit::processor::processor_seconds;
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::database::Database;
use crate::program::{Program, Secrets, Settings, free_ports};
use crate::times::Times;

#[path = "../kill-nine/database.rs"]
#[allow(dead_code, reason = "the other tools ask more of it")]
mod database;
mod office;
#[path = "../kill-nine/program.rs"]
#[allow(dead_code, reason = "the other tools ask more of it")]
mod program;
mod times;

/// The office, and its number.
const NUMBERS: [(&str, &str); 1] = [("100000000000001", sample::OFFICE)];
/// Nothing is sent here.
const SETTLE_SECONDS: i64 = 30;
/// The first byte of 99 pages in 100 is there within so many milliseconds: what a reader feels is the line, never us.
const FIRST_BYTE_MS_MAX: f64 = 20.0;

/// What is asked for: its name, how often in thirty, its address by the number of somebody, and a word that stands on it.
struct Page {
    name: &'static str,
    of_thirty: usize,
    address: fn(i64) -> String,
    word: &'static str,
}

/// On a busy morning people look at their ticket and at the hall above all. A new page of citizens is a line here.
const PAGES: [Page; 12] = [
    Page {
        name: "a ticket",
        of_thirty: 6,
        address: |who| format!("t/{}", office::ticket_token(who)),
        word: "<svg",
    },
    Page {
        name: "a number in the hall",
        of_thirty: 6,
        address: |who| format!("q/{}", office::waiting_token(who % office::VISITS_A_DAY)),
        word: "class=\"number\"",
    },
    Page {
        name: "the survey",
        of_thirty: 2,
        address: |who| format!("s/{}", office::done_token(who % office::VISITS_A_DAY)),
        word: "fieldset",
    },
    Page {
        name: "the draws",
        of_thirty: 3,
        address: |_| "undian".to_owned(),
        word: "<table",
    },
    Page {
        name: "the figures",
        of_thirty: 2,
        address: |_| "angka".to_owned(),
        word: "<table",
    },
    Page {
        name: "the figures, in English",
        of_thirty: 1,
        address: |_| "angka?lang=en".to_owned(),
        word: "<table",
    },
    Page {
        name: "hours and address",
        of_thirty: 2,
        address: |_| "kantor".to_owned(),
        word: "<table",
    },
    Page {
        name: "a list of papers",
        of_thirty: 2,
        address: |_| "syarat/lost_ordinary".to_owned(),
        word: "type=\"checkbox\"",
    },
    Page {
        name: "the fees",
        of_thirty: 2,
        address: |_| "info/fees".to_owned(),
        word: "Rp",
    },
    Page {
        name: "the form for a status",
        of_thirty: 2,
        address: |_| "status".to_owned(),
        word: "id=\"nomor\"",
    },
    Page {
        name: "what can be booked",
        of_thirty: 1,
        address: |_| "antrean".to_owned(),
        word: "<button",
    },
    Page {
        name: "the chat",
        of_thirty: 1,
        address: |_| "obrolan".to_owned(),
        word: "<textarea",
    },
];

struct Wish {
    rate: u32,
    seconds: u32,
    tickets: i64,
    is_on_postgres: bool,
    program: PathBuf,
}

fn wish() -> anyhow::Result<Wish> {
    let mut wish = Wish {
        rate: 200,
        seconds: 30,
        tickets: 2_000,
        is_on_postgres: false,
        program: std::env::current_exe()?.with_file_name("sigap"),
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().with_context(|| format!("`{word}` needs a value"));
        match word.as_str() {
            "--rate" => wish.rate = value()?.parse::<u32>()?.max(1),
            "--seconds" => wish.seconds = value()?.parse()?,
            "--tickets" => wish.tickets = value()?.parse::<i64>()?.max(1),
            "--program" => wish.program = value()?.into(),
            "--postgres" => wish.is_on_postgres = true,
            other => bail!("`{other}` is not known; see the head of the program"),
        }
    }
    Ok(wish)
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
            eprintln!("first-byte: {error:#}");
            ExitCode::from(2)
        }
    }
}

async fn run(wish: &Wish) -> anyhow::Result<bool> {
    let folder = tempfile::tempdir()?;
    let database = Database::to_fill(folder.path(), wish.is_on_postgres)?;
    let content = office::write_content(folder.path(), Ok)?;
    office::fill(database.open(folder.path())?, content, wish.tickets).await?;
    let settings = Settings {
        folder: folder.path().to_owned(),
        program: wish.program.clone(),
        ports: free_ports(1).await?,
        graph_url: "http://127.0.0.1:9".into(),
        database,
        more_keys: String::new(),
        more: format!("\n[content]\ndir = \"{}\"\n", folder.path().join("content").display()),
        secrets: Secrets {
            app_secret: "rahasia".into(),
            verify_token: "kata".into(),
            access_token: "kunci".into(),
        },
    };
    settings.write()?;
    let port = settings.ports.first().copied().context("a port")?;
    let program = Program::start(&settings, port).await?;
    let asker = Asker {
        client: Client::builder(TokioExecutor::new()).build_http(),
        base: format!("http://127.0.0.1:{port}/o/{}", sample::OFFICE),
    };
    // Each page once before: statements are made ready at their first use, and it shows that the office is filled.
    for page in &PAGES {
        asker.clone().ask(page, 1, Instant::now()).await?;
    }
    let before = processor_seconds(program.id());
    let took = load(&asker, wish).await?;
    let processor = processor_seconds(program.id()) - before;
    program.kill()?;
    tell(wish, took, processor)
}

#[derive(Clone)]
struct Asker {
    client: Client<HttpConnector, Empty<Bytes>>,
    base: String,
}

impl Asker {
    /// How long after it was due the first byte came. The page is read to its end, and has to be the one that was meant.
    async fn ask(self, page: &'static Page, who: i64, due: Instant) -> anyhow::Result<Duration> {
        let address = format!("{}/{}", self.base, (page.address)(who));
        let response = self.client.get(address.parse()?).await?;
        let took = due.elapsed();
        let status = response.status();
        let body = response.into_body().collect().await?.to_bytes();
        let is_right = status.is_success() && String::from_utf8_lossy(&body).contains(page.word);
        anyhow::ensure!(is_right, "`{address}` came with {status}");
        Ok(took)
    }
}

/// How long each took, by place in `PAGES`. Requests are sent when they are due, however many are still out.
async fn load(asker: &Asker, wish: &Wish) -> anyhow::Result<Vec<(usize, Duration)>> {
    let order: Vec<usize> = mix();
    let gap = Duration::from_secs(1) / wish.rate;
    let started = Instant::now();
    let mut asking = JoinSet::new();
    for number in 0..wish.rate * wish.seconds {
        let due = started + gap * number;
        tokio::time::sleep_until(due).await;
        let place = order.get(number as usize % order.len()).copied().unwrap_or_default();
        let page = PAGES.get(place).context("a page")?;
        // A step that shares no factor with the number of tickets goes through all of them.
        let who = i64::from(number) * 7_919 % wish.tickets;
        let asked = asker.clone().ask(page, who, due);
        asking.spawn(async move { asked.await.map(|took| (place, took)) });
    }
    let mut took = Vec::new();
    while let Some(ended) = asking.join_next().await {
        took.push(ended??);
    }
    Ok(took)
}

/// Thirty requests, the pages spread among each other.
fn mix() -> Vec<usize> {
    let most = PAGES.iter().map(|page| page.of_thirty).max().unwrap_or(1);
    let turns = (0..most).flat_map(|turn| {
        let wanted = PAGES.iter().enumerate().filter(move |(_, page)| page.of_thirty > turn);
        wanted.map(|(place, _)| place)
    });
    turns.collect()
}

fn tell(wish: &Wish, took: Vec<(usize, Duration)>, processor: f64) -> anyhow::Result<bool> {
    println!(
        "{}, {} requests a second for {} s, {} tickets, {} days of {} visits",
        if wish.is_on_postgres { "postgres" } else { "a file" },
        wish.rate,
        wish.seconds,
        wish.tickets,
        office::DAYS,
        office::VISITS_A_DAY
    );
    for (place, page) in PAGES.iter().enumerate() {
        let own = took.iter().filter(|(of, _)| *of == place).map(|(_, took)| *took);
        println!("  {:<24} {}", page.name, Times::of(own.collect()).shown());
    }
    let all = Times::of(took.iter().map(|(_, took)| *took).collect());
    println!("  {:<24} {}", "all", all.shown());
    let asked = usize::try_from(wish.rate * wish.seconds)?;
    let failed = usize::from(all.most > FIRST_BYTE_MS_MAX) + usize::from(all.count != asked);
    println!(
        "processor time of the program for each: {:.0} µs",
        processor / all.count.max(1) as f64 * 1e6
    );
    println!(
        "99 of 100 within {:.1} ms; the limit is {FIRST_BYTE_MS_MAX:.0} ms",
        all.most
    );
    println!("checked 2, failed {failed}");
    Ok(failed == 0)
}
