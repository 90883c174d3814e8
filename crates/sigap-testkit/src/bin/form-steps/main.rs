//! How long a phone waits for the next screen of a form: the real program on a file with a busy office, so many people a second who begin to
//! book a visit inside WhatsApp, each from the first screen to the last button.
//!
//! ```text
//! form-steps [--rate N] [--seconds N] [--postgres] [--program PATH]
//! ```
//! Requests are closed, signed and opened as a phone does it, on the same processors; the time of a step is that of its request alone. People
//! begin when they are due, however many are still on their way. With `--postgres` it uses the database that `SIGAP_TEST_POSTGRES_URL` names.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a tool on the real clock that tells its figures"
)]

use std::ops::Range;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde_json::{Value, json};
use sigap_content::sample;
use sigap_core::ids::{OfficeId, OutboxId, PersonId};
use sigap_core::language::Language;
use sigap_core::message::FormName;
use sigap_emulator::FormPhones;
use sigap_store::sealing::{MasterKey, system_random};
use sigap_testkit::processor::processor_seconds;
use sigap_whatsapp::endpoint::envelope::EndpointKey;
use sigap_whatsapp::endpoint::token::{FormToken, FormTokenKey};
use sigap_whatsapp::flow::booking::{CHECK, DAY, HOUR, PEOPLE, SERVICE};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::database::{Database, master_key};
use crate::program::{Program, Secrets, Settings, free_ports};
use crate::times::Times;

#[path = "../kill-nine/database.rs"]
#[allow(dead_code, reason = "the other tools ask more of it")]
mod database;
#[path = "../first-byte/office.rs"]
#[allow(dead_code, reason = "the other tool looks at its pages")]
mod office;
#[path = "../kill-nine/program.rs"]
#[allow(dead_code, reason = "the other tools ask more of it")]
mod program;
#[path = "../first-byte/times.rs"]
mod times;

/// The office, and its number.
const NUMBERS: [(&str, &str); 1] = [("100000000000001", sample::OFFICE)];
/// Nothing is sent here.
const SETTLE_SECONDS: i64 = 30;
const APP_SECRET: &str = "rahasia";
/// 99 steps in 100 are answered within so many milliseconds. Meta gives up after ten seconds (unverified) and watches how slow we are.
const STEP_MS_MAX: f64 = 300.0;
/// Seconds before the figures count: at its start the program also catches up with the days of the filled office.
const WARM_UP_SECONDS: u32 = 5;
/// People of one hour, so that everybody finds a place: the sample has room for a small office.
const PLACES: [&str; 2] = ["places = 4\n", "places = 60\n"];
/// The steps, by the screen that is left; the first opens the form.
const STEPS: [&str; 6] = ["opening", SERVICE, PEOPLE, DAY, HOUR, CHECK];

struct Wish {
    rate: u32,
    seconds: u32,
    is_on_postgres: bool,
    program: PathBuf,
}

fn wish() -> anyhow::Result<Wish> {
    let mut wish = Wish {
        rate: 20,
        seconds: 30,
        is_on_postgres: false,
        program: std::env::current_exe()?.with_file_name("sigap"),
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().with_context(|| format!("`{word}` needs a value"));
        match word.as_str() {
            "--rate" => wish.rate = value()?.parse::<u32>()?.max(1),
            "--seconds" => wish.seconds = value()?.parse()?,
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
            eprintln!("form-steps: {error:#}");
            ExitCode::from(2)
        }
    }
}

async fn run(wish: &Wish) -> anyhow::Result<bool> {
    let folder = tempfile::tempdir()?;
    let database = Database::to_fill(folder.path(), wish.is_on_postgres)?;
    let master = MasterKey::from_hex(&std::fs::read_to_string(master_key(folder.path()))?);
    let tokens = FormTokenKey::new(&master.context("the master key is whole")?.derive("form tokens"));
    let mut seed = [0; 32];
    system_random(&mut seed)?;
    let key = EndpointKey::generate(seed)?;
    let key_path = folder.path().join("forms.pem");
    std::fs::write(&key_path, key.to_pem()?.as_bytes())?;
    let content = office::write_content(folder.path(), roomy)?;
    let office = content
        .office_by_slug(sample::OFFICE)
        .context("the office is there")?
        .id;
    let people = wish.rate * (WARM_UP_SECONDS + wish.seconds);
    office::fill(database.open(folder.path())?, content, i64::from(people) + 1).await?;
    let settings = Settings {
        folder: folder.path().to_owned(),
        program: wish.program.clone(),
        ports: free_ports(1).await?,
        graph_url: "http://127.0.0.1:9".into(),
        database,
        more_keys: format!("forms = \"{}\"\n", key_path.display()),
        more: format!("\n[content]\ndir = \"{}\"\n", folder.path().join("content").display()),
        secrets: Secrets {
            app_secret: APP_SECRET.into(),
            verify_token: "kata".into(),
            access_token: "kunci".into(),
        },
    };
    settings.write()?;
    let port = settings.ports.first().copied().context("a port")?;
    let program = Program::start(&settings, port).await?;
    let filler = Filler {
        client: Client::builder(TokioExecutor::new()).build_http(),
        endpoint: format!("http://127.0.0.1:{port}/webhooks/whatsapp/flow"),
        phones: Arc::new(FormPhones::new(&key.public_pem()?, APP_SECRET, 1).context("the key is of the right size")?),
        tokens,
        office,
    };
    // One person before: statements are made ready at their first use, and it shows that a visit can be booked.
    let first = filler.clone().book(people).await?;
    anyhow::ensure!(first.is_booked, "the first person was not booked");
    load(&filler, 0..wish.rate * WARM_UP_SECONDS, wish.rate).await?;
    let before = processor_seconds(program.id());
    let booked = load(&filler, wish.rate * WARM_UP_SECONDS..people, wish.rate).await?;
    let processor = processor_seconds(program.id()) - before;
    program.kill()?;
    Ok(tell(wish, &booked, processor))
}

/// The file of the office with more room.
fn roomy(text: String) -> anyhow::Result<String> {
    let [few, many] = PLACES;
    anyhow::ensure!(text.contains(few), "the sample has no `{few}` any more");
    Ok(text.replace(few, many))
}

#[derive(Clone)]
struct Filler {
    client: Client<HttpConnector, Full<Bytes>>,
    endpoint: String,
    phones: Arc<FormPhones>,
    tokens: FormTokenKey,
    office: OfficeId,
}

/// One person's way through the form: how long each step took, by place in `STEPS`.
struct Way {
    took: Vec<Duration>,
    is_booked: bool,
}

impl Filler {
    /// Books a visit for somebody of the filled office.
    async fn book(self, who: u32) -> anyhow::Result<Way> {
        let token = self.tokens.sign(&FormToken {
            office: self.office,
            person: PersonId(i64::from(who) + 1),
            number: NUMBERS[0].0.into(),
            message: OutboxId(i64::from(who) + 1),
            form: FormName::Booking,
            language: Language::Id,
            until: Timestamp::now() + SignedDuration::from_hours(1),
        });
        let mut way = Way {
            took: Vec::with_capacity(STEPS.len()),
            is_booked: false,
        };
        let mut given = Value::Null;
        for step in STEPS {
            let mut inside = json!({ "version": "3.0", "action": "INIT", "flow_token": token });
            if step != STEPS[0] {
                inside["action"] = json!("data_exchange");
                inside["screen"] = json!(step);
                inside["data"] = answered(step, &given, who)?;
            }
            let (took, answer) = self.ask(&inside).await?;
            way.took.push(took);
            if step == CHECK {
                way.is_booked = answer["screen"] == "SUCCESS";
            } else {
                let next = STEPS.iter().skip_while(|known| **known != step).nth(1);
                anyhow::ensure!(
                    answer["screen"].as_str() == next.copied(),
                    "after {step} came {}",
                    answer["screen"]
                );
            }
            given = answer["data"].clone();
        }
        Ok(way)
    }

    async fn ask(&self, inside: &Value) -> anyhow::Result<(Duration, Value)> {
        let closed = self.phones.close(inside).context("the request is closed")?;
        let request = Request::post(&self.endpoint)
            .header("content-type", "application/json")
            .header("x-hub-signature-256", &closed.signature)
            .body(Full::new(closed.body.clone()))?;
        let since = Instant::now();
        let response = self.client.request(request).await?;
        let status = response.status();
        let body = response.into_body().collect().await?.to_bytes();
        let took = since.elapsed();
        anyhow::ensure!(status.is_success(), "a step came with {status}");
        Ok((took, closed.open(&body).context("the answer opens")?))
    }
}

/// What the button of a screen collects. People spread over days and hours.
fn answered(step: &str, given: &Value, who: u32) -> anyhow::Result<Value> {
    let so_far = &given["so_far"];
    Ok(match step {
        SERVICE => json!({ "service": "pickup", "count": "1" }),
        PEOPLE => {
            let born = date(1960, 1, 1) + SignedDuration::from_hours(24 * i64::from(who));
            json!({ "so_far": so_far, "name_1": "Siti Aminah", "born_1": born.to_string() })
        }
        DAY => {
            let bound = |name: &str| -> anyhow::Result<Date> { Ok(given[name].as_str().context("a bound")?.parse()?) };
            let (earliest, latest) = (bound("earliest")?, bound("latest")?);
            let closed = given["closed"].as_array().cloned().unwrap_or_default();
            let free: Vec<String> = earliest
                .series(1.day())
                .take_while(|day| *day <= latest)
                .map(|day| day.to_string())
                .filter(|day| !closed.contains(&json!(day)))
                .collect();
            let day = free.get(who as usize % free.len().max(1)).context("a day is free")?;
            json!({ "so_far": so_far, "day": day })
        }
        HOUR => {
            let hours = given["hours"].as_array().cloned().unwrap_or_default();
            let free: Vec<&Value> = hours.iter().filter(|hour| hour["enabled"] != false).collect();
            let hour = free
                .get(who as usize / 7 % free.len().max(1))
                .context("an hour is free")?;
            json!({ "so_far": so_far, "hour": hour["id"] })
        }
        _ => json!({ "so_far": so_far }),
    })
}

/// These people begin one after the other, so many a second.
async fn load(filler: &Filler, people: Range<u32>, rate: u32) -> anyhow::Result<Vec<Way>> {
    let gap = Duration::from_secs(1) / rate;
    let started = Instant::now();
    let mut filling = JoinSet::new();
    for (place, who) in (0..).zip(people) {
        tokio::time::sleep_until(started + gap * place).await;
        filling.spawn(filler.clone().book(who));
    }
    let mut ways = Vec::new();
    while let Some(ended) = filling.join_next().await {
        ways.push(ended??);
    }
    Ok(ways)
}

fn tell(wish: &Wish, ways: &[Way], processor: f64) -> bool {
    let people = (wish.rate * wish.seconds) as usize;
    println!(
        "{}, {} people a second begin a form for {} s",
        if wish.is_on_postgres { "postgres" } else { "a file" },
        wish.rate,
        wish.seconds
    );
    for (place, step) in STEPS.iter().enumerate() {
        let own = ways.iter().filter_map(|way| way.took.get(place).copied());
        println!("  {step:<24} {}", Times::of(own.collect()).shown());
    }
    let all = Times::of(ways.iter().flat_map(|way| way.took.iter().copied()).collect());
    println!("  {:<24} {}", "all", all.shown());
    let booked = ways.iter().filter(|way| way.is_booked).count();
    println!(
        "booked {booked} of {people}; processor time of the program for each step: {:.0} µs",
        processor / all.count.max(1) as f64 * 1e6
    );
    println!("99 of 100 within {:.1} ms; the limit is {STEP_MS_MAX:.0} ms", all.most);
    let failed = usize::from(all.most > STEP_MS_MAX) + usize::from(booked != people);
    println!("checked 2, failed {failed}");
    failed == 0
}
