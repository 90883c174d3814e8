//! The program under test as a process: throughput with the reply sent, latency at half load, memory when idle.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::CONNECTIONS;
use crate::graph::Graph;
use crate::load::{APP_SECRET, Crowd, LATENCY_US_MAX, NUMBER, closed_loop, open_loop, prepare};
use crate::report::{Aim, Report};

/// Citizens of a round in the full run; each writes once as a stranger (with a key to be made) and once known.
const CROWD: usize = 30_000;
/// The same in the quick run.
const CROWD_QUICK: usize = 10_000;
/// Replies still under way when the load ends must arrive within this.
const DRAIN: Duration = Duration::from_secs(20);

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// A child that ends with us.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // Already gone is as good.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub(crate) async fn measure(report: &mut Report, length: Duration, rounds: usize) -> Outcome<()> {
    let own = std::env::current_exe()?;
    let program = own.with_file_name("sigap");
    if !program.exists() {
        return Err("build it first: cargo build --release -p sigap".into());
    }
    let graph = Arc::new(Graph::default());
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let graph_url = format!("http://{}", listener.local_addr()?);
    let routes = Arc::clone(&graph).router();
    tokio::spawn(async move { axum::serve(listener, routes).await });

    let count = if rounds == 1 { CROWD_QUICK } else { CROWD };
    let mut ratios = Vec::new();
    let mut turns_per_second = Vec::new();
    let mut first = 0;
    for round in 0..rounds {
        let bare = bare_rate(&own, length).await?;
        let folder = tempfile::tempdir()?;
        let (running, address) = start(&program, folder.path(), &graph_url).await?;
        if round == 0 {
            let idle = resident_megabytes(running.0.id());
            report.aim("idle memory, resident", idle, "MB", Aim::AtMost(40.0));
        }
        let cpu_before = processor_seconds(running.0.id());
        let strangers = phase(
            report,
            &graph,
            &address,
            Crowd {
                messages: first,
                persons: first,
                count,
            },
        )
        .await?;
        let known = phase(
            report,
            &graph,
            &address,
            Crowd {
                messages: first + count,
                persons: first,
                count,
            },
        )
        .await?;
        first += 2 * count;
        report.figure(
            &format!("round {}: bare axum webhook", round + 1),
            &format!("{bare:.0}/s"),
        );
        report.figure(
            "  durable turns with the reply sent, strangers",
            &format!(
                "{:.0}/s (acknowledged at {:.0}/s)",
                strangers.answered, strangers.acknowledged
            ),
        );
        report.figure(
            "  durable turns with the reply sent, known persons",
            &format!("{:.0}/s (acknowledged at {:.0}/s)", known.answered, known.acknowledged),
        );
        let rate = known.answered;
        ratios.push(rate / bare * 100.0);
        turns_per_second.push(rate);
        let cpu_us = (processor_seconds(running.0.id()) - cpu_before) * 1e6 / (2 * count) as f64;
        report.figure("processor time of the program a turn", &format!("{cpu_us:.0} µs"));
        report.figure(
            "memory after the load, resident",
            &format!("{:.0} MB", resident_megabytes(running.0.id())),
        );
    }
    report.aim(
        "durable turns with the reply sent, of bare webhook",
        median(&mut ratios),
        "%",
        Aim::AtLeast(25.0),
    );
    let half = median(&mut turns_per_second) / 2.0;
    latency(report, &program, &graph, &graph_url, half, length, first).await
}

#[expect(clippy::disallowed_methods, reason = "a bench measures by the system's clock")]
async fn latency(
    report: &mut Report,
    program: &Path,
    graph: &Graph,
    graph_url: &str,
    per_second: f64,
    length: Duration,
    first: usize,
) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let (_running, address) = start(program, folder.path(), graph_url).await?;
    let count = (per_second * length.as_secs_f64()) as usize;
    let requests = prepare(
        Crowd {
            messages: first,
            persons: first,
            count,
        },
        now_s(),
    );
    graph.note_times(true);
    let timetable = open_loop(&address, requests, CONNECTIONS, per_second, length).await?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let arrived = graph.take_times();
    graph.note_times(false);
    let mut replies = Histogram::<u64>::new_with_bounds(1, LATENCY_US_MAX, 3)?;
    let mut missing = 0;
    for (phone, due) in &timetable.due {
        match arrived.get(phone) {
            Some(at) => replies.saturating_record(u64::try_from((*at - *due).as_micros())?),
            None => missing += 1,
        }
    }
    let milliseconds = |histogram: &Histogram<u64>, share: f64| histogram.value_at_quantile(share) as f64 / 1_000.0;
    report.figure(
        "half load",
        &format!("{per_second:.0} messages/s, {} sent", timetable.due.len()),
    );
    let acknowledgements = &timetable.acknowledgements;
    report.figure(
        "acknowledgement, median",
        &format!("{:.1} ms", milliseconds(acknowledgements, 0.5)),
    );
    report.figure(
        "acknowledgement, p99",
        &format!("{:.1} ms", milliseconds(acknowledgements, 0.99)),
    );
    report.figure(
        "reply at Meta, median",
        &format!("{:.1} ms", milliseconds(&replies, 0.5)),
    );
    report.aim(
        "reply at Meta, p99",
        milliseconds(&replies, 0.99),
        "ms",
        Aim::AtMost(50.0),
    );
    if missing > 0 {
        report.failed(&format!("{missing} replies did not arrive"));
    }
    Ok(())
}

/// What a phase came to, in messages a second.
struct Phase {
    acknowledged: f64,
    answered: f64,
}

/// A crowd writes once each, as fast as it is acknowledged; the phase ends when the last reply has left.
#[expect(clippy::disallowed_methods, reason = "a bench measures by the system's clock")]
async fn phase(report: &mut Report, graph: &Graph, address: &str, crowd: Crowd) -> Outcome<Phase> {
    let requests = prepare(crowd, now_s());
    let before = graph.accepted();
    let started = Instant::now();
    let run = closed_loop(address, requests, CONNECTIONS, DRAIN).await?;
    while unsent(address).await? > 0 && started.elapsed() < 2 * DRAIN {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let seconds = started.elapsed().as_secs_f64();
    let sent = graph.accepted() - before;
    if sent != crowd.count as u64 || run.refused > 0 {
        report.failed(&format!(
            "{} wrote, {sent} were answered, {} were refused",
            crowd.count, run.refused
        ));
    }
    Ok(Phase {
        acknowledged: run.acknowledged as f64 / run.seconds,
        answered: sent as f64 / seconds,
    })
}

#[expect(
    clippy::disallowed_methods,
    reason = "a bench starts what it measures, and waits for it"
)]
async fn bare_rate(own: &Path, length: Duration) -> Outcome<f64> {
    let address = free_address().await?;
    let child = Command::new(own)
        .args(["--bare-webhook", &address])
        .stdin(Stdio::null())
        .spawn()?;
    let _running = Running(child);
    wait_until_ready(&address).await?;
    let requests = prepare(
        Crowd {
            messages: 0,
            persons: 0,
            count: 80_000 * length.as_secs() as usize / 2,
        },
        now_s(),
    );
    let run = closed_loop(&address, requests, CONNECTIONS, length / 2).await?;
    Ok(run.acknowledged as f64 / run.seconds)
}

#[expect(
    clippy::disallowed_methods,
    reason = "a bench starts what it measures, and waits for it"
)]
async fn start(program: &Path, folder: &Path, graph_url: &str) -> Outcome<(Running, String)> {
    let address = free_address().await?;
    let settings = folder.join("sigap.toml");
    std::fs::write(
        &settings,
        format!(
            "[server]\nlisten = '{address}'\n[database]\nurl = 'sqlite:{folder}/sigap.db'\n\
             [keys]\nmaster = '{folder}/master.key'\n[sender]\nin_flight_max = 256\n[log]\nfilter = 'error'\n\
             [whatsapp]\ngraph_url = '{graph_url}'\napp_secret = '{APP_SECRET}'\nverify_token = 'bench'\n\
             access_token = 'bench'\nread_marks = false\n\
             [[whatsapp.number]]\nphone_number_id = '{NUMBER}'\noffice = 'jakarta-pusat'\n\
             messages_per_second = 1000000\n",
            folder = folder.display()
        ),
    )?;
    let child = Command::new(program)
        .arg("--config")
        .arg(&settings)
        .arg("serve")
        .stdin(Stdio::null())
        .spawn()?;
    let running = Running(child);
    wait_until_ready(&address).await?;
    Ok((running, address))
}

async fn free_address() -> Outcome<String> {
    Ok(TcpListener::bind("127.0.0.1:0").await?.local_addr()?.to_string())
}

#[expect(
    clippy::disallowed_methods,
    reason = "a bench starts what it measures, and waits for it"
)]
async fn wait_until_ready(address: &str) -> Outcome<()> {
    for _ in 0..500 {
        if TcpStream::connect(address).await.is_ok() {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Err(format!("nothing listens on {address}").into())
}

/// Replies that wait or are under way, by the program's own figures.
async fn unsent(address: &str) -> Outcome<u64> {
    let mut stream = TcpStream::connect(address).await?;
    stream
        .write_all(b"GET /metrics HTTP/1.1\r\nhost: bench\r\nconnection: close\r\n\r\n")
        .await?;
    let mut text = String::new();
    stream.read_to_string(&mut text).await?;
    let figure = text.lines().find_map(|line| line.strip_prefix("sigap_unsent_replies "));
    Ok(figure.ok_or("no figure of unsent replies")?.trim().parse()?)
}

fn resident_megabytes(process: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let kilobytes = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .and_then(|rest| rest.trim().trim_end_matches(" kB").trim().parse::<f64>().ok());
    kilobytes.unwrap_or(f64::NAN) / 1_024.0
}

/// User and system time of a process so far. The kernel counts in hundredths of a second here.
fn processor_seconds(process: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks: f64 = after_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|field| field.parse::<f64>().ok())
        .sum();
    ticks / 100.0
}

#[expect(clippy::disallowed_methods, reason = "Meta's clock is the system's clock here")]
fn now_s() -> i64 {
    jiff::Timestamp::now().as_second()
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
