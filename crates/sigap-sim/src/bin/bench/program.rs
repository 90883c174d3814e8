//! The program under test as a process: throughput with the reply sent, latency at half load, memory when idle.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::CONNECTIONS;
use crate::graph::Graph;
use crate::installation::{
    Database, Installation, Outcome, Running, free_address, processor_seconds, resident_megabytes, wait_until_ready,
};
use crate::load::{Crowd, LATENCY_US_MAX, closed_loop, open_loop, prepare};
use crate::report::{Aim, Report};

/// Citizens of a round in the full run; each writes once as a stranger (with a key to be made) and once known.
const CROWD: usize = 30_000;
/// The same in the quick run.
const CROWD_QUICK: usize = 10_000;
/// Replies still under way when the load ends must arrive within this.
const DRAIN: Duration = Duration::from_secs(60);

pub(crate) async fn measure(report: &mut Report, length: Duration, rounds: usize) -> Outcome<()> {
    let (graph, graph_url) = Graph::serve().await?;

    let count = if rounds == 1 { CROWD_QUICK } else { CROWD };
    let mut ratios = Vec::new();
    let mut turns_per_second = Vec::new();
    let mut first = 0;
    for round in 0..rounds {
        let bare = bare_rate(length).await?;
        let installation = Installation::new(&graph_url, Database::File)?;
        let (running, address) = installation.start().await?;
        let addresses = [address];
        if round == 0 {
            let idle = resident_megabytes(running.0.id());
            report.aim("idle memory, resident", idle, "MB", Aim::AtMost(40.0));
        }
        let cpu_before = processor_seconds(running.0.id());
        let strangers = phase(
            report,
            &graph,
            &addresses,
            Crowd {
                messages: first,
                persons: first,
                count,
                offices: 1,
            },
        )
        .await?;
        let known = phase(
            report,
            &graph,
            &addresses,
            Crowd {
                messages: first + count,
                persons: first,
                count,
                offices: 1,
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
    let installation = Installation::new(&graph_url, Database::File)?;
    let (_running, address) = installation.start().await?;
    let crowd = Crowd {
        messages: first,
        persons: first,
        count: 0,
        offices: 1,
    };
    let seen = latency(report, &graph, &[address], half, length, crowd).await?;
    report.aim("reply at Meta, p99", seen.reply_p99_ms, "ms", Aim::AtMost(50.0));
    Ok(())
}

/// Latencies at a fixed rate, in milliseconds.
pub(crate) struct Latency {
    pub(crate) acknowledgement_p99_ms: f64,
    pub(crate) reply_p99_ms: f64,
}

#[expect(clippy::disallowed_methods, reason = "a bench measures by the system's clock")]
pub(crate) async fn latency(
    report: &mut Report,
    graph: &Graph,
    addresses: &[String],
    per_second: f64,
    length: Duration,
    crowd: Crowd,
) -> Outcome<Latency> {
    let count = (per_second * length.as_secs_f64()) as usize;
    let requests = prepare(Crowd { count, ..crowd }, now_s());
    graph.note_times(true);
    let timetable = open_loop(addresses, requests, CONNECTIONS, per_second, length).await?;
    let ended = Instant::now();
    while unsent(&addresses[0]).await? > 0 && ended.elapsed() < DRAIN {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
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
        "at a fixed rate",
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
    report.figure("reply at Meta, p99", &format!("{:.1} ms", milliseconds(&replies, 0.99)));
    if missing > 0 {
        report.failed(&format!("{missing} replies did not arrive"));
    }
    Ok(Latency {
        acknowledgement_p99_ms: milliseconds(acknowledgements, 0.99),
        reply_p99_ms: milliseconds(&replies, 0.99),
    })
}

/// What a phase came to, in messages a second.
pub(crate) struct Phase {
    pub(crate) acknowledged: f64,
    pub(crate) answered: f64,
}

/// A crowd writes once each, as fast as it is acknowledged; the phase ends when the last reply has left.
#[expect(clippy::disallowed_methods, reason = "a bench measures by the system's clock")]
pub(crate) async fn phase(report: &mut Report, graph: &Graph, addresses: &[String], crowd: Crowd) -> Outcome<Phase> {
    let requests = prepare(crowd, now_s());
    let before = graph.accepted();
    let started = Instant::now();
    let run = closed_loop(addresses, requests, CONNECTIONS, DRAIN).await?;
    while unsent(&addresses[0]).await? > 0 && started.elapsed() < 2 * DRAIN {
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
pub(crate) async fn bare_rate(length: Duration) -> Outcome<f64> {
    let address = free_address().await?;
    let child = Command::new(std::env::current_exe()?)
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
            offices: 1,
        },
        now_s(),
    );
    let run = closed_loop(&[address], requests, CONNECTIONS, length / 2).await?;
    Ok(run.acknowledged as f64 / run.seconds)
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

#[expect(clippy::disallowed_methods, reason = "Meta's clock is the system's clock here")]
pub(crate) fn now_s() -> i64 {
    jiff::Timestamp::now().as_second()
}

pub(crate) fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
