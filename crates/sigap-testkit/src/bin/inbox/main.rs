//! Fifty officers look at the list of cases and at single cases, while thousands are open; tells how long a page takes over HTTP, with
//! everything from the session to the markup.
//!
//! ```text
//! inbox [--officers N] [--cases N] [--looks N] [--postgres] [--program PATH]
//! ```
//! Each officer looks at a page a second, now the list and now a case. With `--postgres` it uses the database that
//! `SIGAP_TEST_POSTGRES_URL` names.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a tool on the real clock that tells its figures"
)]

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use bytes::Bytes;
use http_body_util::{BodyExt, Empty};
use hyper::Request;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use jiff::{SignedDuration, Timestamp};
use sigap_content::Content;
use sigap_core::cases::{Case, CaseKind, CaseState};
use sigap_core::ids::{CaseId, OfficeId, PersonId, StaffId};
use sigap_core::person::Contact;
use sigap_core::staff::Role;
use sigap_store::records::{CaseEvent, CaseEventKind, CaseRow};
use sigap_store::{Fault, Store, Tx, write};
use sigap_testkit::staff::{add_signed_in, session_token};
use tokio::task::JoinSet;

use crate::database::Database;
use crate::program::{Program, Secrets, Settings, free_ports};

#[path = "../kill-nine/database.rs"]
#[allow(dead_code, reason = "the other tools ask more of it")]
mod database;
#[path = "../kill-nine/program.rs"]
#[allow(dead_code, reason = "the other tools ask more of it")]
mod program;

/// The office, and its number.
const NUMBERS: [(&str, &str); 1] = [("100000000000001", OFFICE)];
const OFFICE: &str = "sukabumi";
/// Nothing is sent here.
const SETTLE_SECONDS: i64 = 30;
/// Between two looks of an officer.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Lines of a story.
const LINES: i64 = 8;
/// Cases written in one transaction.
const TOGETHER: i64 = 250;
/// What the page of an officer may take, in milliseconds.
const PAGE_MS_MAX: f64 = 100.0;

struct Wish {
    officers: i64,
    cases: i64,
    looks: usize,
    is_on_postgres: bool,
    program: PathBuf,
}

fn wish() -> anyhow::Result<Wish> {
    let beside = std::env::current_exe()?.with_file_name("sigap");
    let mut wish = Wish {
        officers: 50,
        cases: 5_000,
        looks: 30,
        is_on_postgres: false,
        program: beside,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().with_context(|| format!("`{word}` needs a value"));
        match word.as_str() {
            "--officers" => wish.officers = value()?.parse()?,
            "--cases" => wish.cases = value()?.parse()?,
            "--looks" => wish.looks = value()?.parse()?,
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
            eprintln!("inbox: {error:#}");
            ExitCode::from(2)
        }
    }
}

async fn run(wish: &Wish) -> anyhow::Result<bool> {
    let folder = tempfile::tempdir()?;
    let database = Database::to_fill(folder.path(), wish.is_on_postgres)?;
    let content = Content::embedded()?;
    let office = content.office_by_slug(OFFICE).context("the office is there")?.id;
    let store = database.open(folder.path())?;
    fill(&*store, office, wish).await?;
    drop(store);
    let settings = Settings {
        folder: folder.path().to_owned(),
        program: wish.program.clone(),
        ports: free_ports(1).await?,
        graph_url: "http://127.0.0.1:9".into(),
        database,
        more_keys: String::new(),
        more: String::new(),
        secrets: Secrets {
            app_secret: "rahasia".into(),
            verify_token: "kata".into(),
            access_token: "kunci".into(),
        },
    };
    settings.write()?;
    let port = settings.ports[0];
    let program = Program::start(&settings, port).await?;
    let mut looking = JoinSet::new();
    for officer in 1..=wish.officers {
        let (looks, cases) = (wish.looks, wish.cases);
        looking.spawn(look(port, officer, looks, cases));
    }
    let (mut lists, mut singles) = (Vec::new(), Vec::new());
    while let Some(ended) = looking.join_next().await {
        let (list, single) = ended??;
        lists.extend(list);
        singles.extend(single);
    }
    program.kill()?;
    let mut failed = 0;
    println!(
        "{}, {} officers, {} open cases, a page a second each",
        if wish.is_on_postgres { "postgres" } else { "a file" },
        wish.officers,
        wish.cases
    );
    for (name, mut took) in [("the list", lists), ("a case", singles)] {
        took.sort_unstable();
        let at = |part: f64| {
            let place = (took.len() as f64 * part) as usize;
            took.get(place).copied().unwrap_or_default().as_secs_f64() * 1_000.0
        };
        let (half, most) = (at(0.5), at(0.99));
        println!(
            "{name}: {half:.1} ms in the median, {most:.1} ms for 99 of 100 ({:.2} of the {PAGE_MS_MAX:.0} ms allowed), {} looks",
            most / PAGE_MS_MAX,
            took.len()
        );
        failed += usize::from(most > PAGE_MS_MAX || took.is_empty());
    }
    println!("checked 2, failed {failed}");
    Ok(failed == 0)
}

/// Officers with their sessions, and open cases with stories, each of a person of their own; every other one is taken.
async fn fill(store: &dyn Store, office: OfficeId, wish: &Wish) -> anyhow::Result<()> {
    let now = Timestamp::now();
    let officers = wish.officers;
    write(store, office, move |tx| {
        (1..=officers).try_for_each(|staff| add_signed_in(tx, office, now, staff, Role::Helpdesk))
    })
    .await?;
    for from in (1..=wish.cases).step_by(usize::try_from(TOGETHER)?) {
        let to = wish.cases.min(from + TOGETHER - 1);
        write(store, office, move |tx| {
            (from..=to).try_for_each(|number| open(tx, office, now, number, officers))
        })
        .await?;
    }
    Ok(())
}

fn number_of(case: i64) -> String {
    format!("S-2611-{case:04}")
}

fn open(tx: &mut dyn Tx, office: OfficeId, now: Timestamp, number: i64, officers: i64) -> Result<(), Fault> {
    let contact = Contact {
        phone: Some(format!("62811{number:08}")),
        name: Some(format!("Warga {number}")),
        ..Contact::default()
    };
    let person = tx.ensure_person(office, &contact, PersonId(number), now)?;
    let opened_at = now - SignedDuration::from_mins(number);
    let kind = if number % 3 == 0 {
        CaseKind::Complaint
    } else {
        CaseKind::Officer
    };
    let is_taken = number % 2 == 0;
    let case = Case {
        line: NUMBERS[0].0.into(),
        owed_at: Some(now + SignedDuration::from_mins(number % 3_000)),
        state: if is_taken { CaseState::Taken } else { CaseState::Open },
        staff: is_taken.then_some(StaffId(number % officers + 1)),
        heard_at: Some(opened_at),
        ..Case::new(CaseId(number), number_of(number), kind, person, opened_at)
    };
    let row = CaseRow {
        case,
        text: "Nama di paspor saya salah cetak, harus bagaimana? Saya sudah datang dua kali.".into(),
        is_erased: false,
        tags: vec!["salah cetak".into()],
        version: 0,
    };
    tx.insert_case(office, &row)?;
    for line in 0..LINES {
        let event = CaseEvent {
            id: number * LINES + line,
            case: CaseId(number),
            at: opened_at,
            kind: CaseEventKind::Heard,
            staff: None,
            outbox: None,
            words: "Mohon dibantu, penerbangan saya minggu depan.".into(),
        };
        tx.insert_case_event(office, &event)?;
    }
    Ok(())
}

/// How long the list took, and how long a case.
type Took = (Vec<Duration>, Vec<Duration>);

async fn look(port: u16, officer: i64, looks: usize, cases: i64) -> anyhow::Result<Took> {
    let client: Client<HttpConnector, Empty<Bytes>> = Client::builder(TokioExecutor::new()).build_http();
    let cookie = format!("__Host-sigap={OFFICE}.{}", session_token(officer));
    let (mut lists, mut singles) = (Vec::new(), Vec::new());
    // Officers do not all look in the same moment.
    tokio::time::sleep(LOOK_EVERY.mul_f64((officer % 50) as f64 / 50.0)).await;
    let mut beat = tokio::time::interval(LOOK_EVERY);
    for turn in 0..looks {
        beat.tick().await;
        let is_list = turn % 2 == 0;
        let path = if is_list {
            "/kasus".to_owned()
        } else {
            let case = (officer * 97 + i64::try_from(turn)? * 31) % cases + 1;
            format!("/kasus/{}", number_of(case))
        };
        let request = Request::get(format!("http://127.0.0.1:{port}/staff/{OFFICE}{path}"))
            .header("cookie", &cookie)
            .body(Empty::new())?;
        let since = Instant::now();
        let response = client.request(request).await?;
        let status = response.status();
        let page = response.into_body().collect().await?.to_bytes();
        let took = since.elapsed();
        anyhow::ensure!(
            status.is_success() && page.windows(7).any(|part| part == b"S-2611-"),
            "the page `{path}` came with {status}"
        );
        if is_list { lists.push(took) } else { singles.push(took) }
    }
    Ok((lists, singles))
}
