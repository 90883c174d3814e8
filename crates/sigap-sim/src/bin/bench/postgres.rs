//! The program on PostgreSQL: durable turns with one process and with two, beside bare commits on the same server.

use std::time::{Duration, Instant};

use sigap_store_pg::testing::{Ground, SERVER};

use crate::graph::Graph;
use crate::installation::{Database, Installation, Outcome, processor_seconds};
use crate::load::{Crowd, OFFICES};
use crate::program::{latency, phase};
use crate::report::{Aim, Report};

/// Citizens of a phase in the full run.
const CROWD: usize = 12_000;
/// The same in the quick run.
const CROWD_QUICK: usize = 2_000;
/// Connections of the peer.
const PEER_CONNECTIONS: usize = 8;
/// The rate at which latency is looked at, beside what one process carries.
const LATENCY_SHARE: f64 = 0.5;

pub(crate) async fn measure(report: &mut Report, length: Duration, is_quick: bool) -> Outcome<()> {
    let (graph, graph_url) = Graph::serve().await?;
    let count = if is_quick { CROWD_QUICK } else { CROWD };
    let mut first = 0;
    let bare = bare_commits(length / 3).await?;
    report.figure(
        &format!("bare PostgreSQL, 3 inserts a commit, {PEER_CONNECTIONS} connections"),
        &format!("{bare:.0}/s"),
    );
    let mut of_one = 0.0;
    for (processes, offices) in [(1, 1), (1, OFFICES.len()), (2, OFFICES.len())] {
        let installation = Installation::new(&graph_url, fresh_ground()?)?;
        let (mut running, mut addresses) = (Vec::new(), Vec::new());
        for _ in 0..processes {
            let (process, address) = installation.start().await?;
            running.push(process);
            addresses.push(address);
        }
        let cpu = || -> f64 { running.iter().map(|process| processor_seconds(process.0.id())).sum() };
        let before = cpu();
        let crowd = |messages| Crowd {
            messages,
            persons: first,
            count,
            offices,
        };
        let strangers = phase(report, &graph, &addresses, crowd(first)).await?;
        let known = phase(report, &graph, &addresses, crowd(first + count)).await?;
        let cpu_us = (cpu() - before) * 1e6 / (2 * count) as f64;
        let crowd = crowd(first + 2 * count);
        first += 2 * count;
        report.figure(
            &format!("{processes} process(es), {offices} office(s)"),
            &format!("processor time of the program a turn {cpu_us:.0} µs"),
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
        if processes == 1 && offices > 1 {
            of_one = known.answered;
            report.aim(
                "  of bare commits",
                known.answered / bare * 100.0,
                "%",
                Aim::AtLeast(25.0),
            );
            let seen = latency(
                report,
                &graph,
                &addresses,
                known.answered * LATENCY_SHARE,
                length,
                crowd,
            )
            .await?;
            report.aim("reply at Meta, p99", seen.reply_p99_ms, "ms", Aim::AtMost(100.0));
            first += count * 4;
        }
        if processes == 2 {
            report.figure(
                "two processes, of one (they share the cores)",
                &format!("{:.0} %", known.answered / of_one * 100.0),
            );
        }
    }
    Ok(())
}

pub(crate) fn fresh_ground() -> Outcome<Database> {
    let ground = Ground::new()?.ok_or_else(|| format!("`--postgres` needs a server in {SERVER}"))?;
    Ok(Database::Server(Box::new(ground)))
}

/// Three inserts of 400 bytes a message and a commit for each, over several connections: what the server carries when
/// nothing is combined.
#[expect(clippy::disallowed_methods, reason = "a bench measures by the system's clock")]
async fn bare_commits(length: Duration) -> Outcome<f64> {
    let Database::Server(ground) = fresh_ground()? else {
        return Err("no server".into());
    };
    let columns = "(id BIGINT PRIMARY KEY, content BYTEA)";
    ground.sql(&format!(
        "CREATE TABLE bare_a {columns}; CREATE TABLE bare_b {columns}; CREATE TABLE bare_c {columns}"
    ))?;
    let started = Instant::now();
    let mut tasks = Vec::new();
    for lane in 0..PEER_CONNECTIONS {
        let config: tokio_postgres::Config = ground.urls()[0].parse()?;
        let (client, connection) = config.connect(tokio_postgres::NoTls).await?;
        tokio::spawn(connection);
        tasks.push(tokio::spawn(async move {
            let mut statements = Vec::new();
            for table in ["bare_a", "bare_b", "bare_c"] {
                let sql = format!("INSERT INTO {table} (id, content) VALUES ($1, $2)");
                statements.push(client.prepare(&sql).await?);
            }
            let (content, mut messages) = (vec![7_u8; 400], 0_i64);
            while started.elapsed() < length {
                client.batch_execute("BEGIN").await?;
                let id = messages * PEER_CONNECTIONS as i64 + lane as i64;
                for statement in &statements {
                    client.execute(statement, &[&id, &content]).await?;
                }
                client.batch_execute("COMMIT").await?;
                messages += 1;
            }
            Ok::<_, tokio_postgres::Error>(messages)
        }));
    }
    let mut messages = 0;
    for task in tasks {
        messages += task.await??;
    }
    Ok(messages as f64 / started.elapsed().as_secs_f64())
}
