//! What years of use do to a turn: a database with a million applications and twenty million messages beside an empty one,
//! on one server, in turns.

use std::time::{Duration, Instant};

use sigap_store::conformance::{exercise_all, exercise_reads};
use sigap_store::sealing::{MasterKey, Sealer, system_random};
use sigap_store_pg::PgStore;

use crate::graph::Graph;
use crate::installation::{Database, Installation, Outcome, Running};
use crate::load::{Crowd, OFFICES};
use crate::postgres::fresh_ground;
use crate::program::{latency, median, phase};
use crate::report::{Aim, Report};

/// Applications and messages of the full run.
const GROWN: (u32, u32) = (1_000_000, 20_000_000);
/// The same in the quick run, where the growth itself is tried and nothing is to be quoted.
const GROWN_QUICK: (u32, u32) = (20_000, 200_000);
/// Messages a second at which latency is compared: several times the worst minute expected of all offices of the country
/// (docs/performance.md), and well below what the machine carries.
const PER_SECOND: f64 = 400.0;
/// Rounds on each of the two, in turns; the median counts.
const ROUNDS: usize = 5;
/// Tables that grow.
const LARGE: [&str; 10] = [
    "application",
    "application_place",
    "audit",
    "conversation",
    "delivery",
    "identity",
    "inbox",
    "kept_webhook",
    "outbox",
    "person",
];

/// One of the two installations, with its process.
struct Side {
    name: &'static str,
    /// Before the installation, so that it ends before its tables do.
    _process: Running,
    installation: Installation,
    addresses: [String; 1],
    turns_ms: Vec<f64>,
    replies_ms: Vec<f64>,
}

#[expect(clippy::disallowed_methods, reason = "a bench measures by the system's clock")]
pub(crate) async fn measure(report: &mut Report, length: Duration, is_quick: bool) -> Outcome<()> {
    let (graph, graph_url) = Graph::serve().await?;
    let (applications, messages) = if is_quick { GROWN_QUICK } else { GROWN };
    let mut sides = Vec::new();
    for name in ["empty", "grown"] {
        let database = fresh_ground()?;
        if let (Database::Server(ground), "grown") = (&database, name) {
            let started = Instant::now();
            ground.fill(applications, messages)?;
            let size = ground.sql("SELECT pg_size_pretty(SUM(pg_total_relation_size(c.oid))) FROM pg_class AS c WHERE c.relnamespace = current_schema()::REGNAMESPACE AND c.relkind = 'r'")?;
            report.figure(
                &format!("{applications} applications, {messages} messages"),
                &format!("{} in {:.0} s", size.trim(), started.elapsed().as_secs_f64()),
            );
        }
        let installation = Installation::new(&graph_url, database)?;
        let (process, address) = installation.start().await?;
        sides.push(Side {
            name,
            installation,
            _process: process,
            addresses: [address],
            turns_ms: Vec::new(),
            replies_ms: Vec::new(),
        });
    }
    let count = (PER_SECOND * length.as_secs_f64()) as usize;
    let (persons, mut messages) = (0, 0);
    let crowd = |messages| Crowd {
        messages,
        persons,
        count,
        offices: OFFICES.len(),
    };
    for side in &sides {
        // Everybody is known before anything is measured, and every statement is prepared.
        phase(report, &graph, &side.addresses, crowd(messages)).await?;
        messages += count;
    }
    for _ in 0..ROUNDS {
        for side in &mut sides {
            report.figure(side.name, "");
            let seen = latency(report, &graph, &side.addresses, PER_SECOND, length, crowd(messages)).await?;
            messages += count;
            side.turns_ms.push(seen.acknowledgement_p99_ms);
            side.replies_ms.push(seen.reply_p99_ms);
        }
    }
    let [empty, grown] = sides.as_mut_slice() else {
        return Err("there are two sides".into());
    };
    for (name, of_empty, of_grown) in [
        ("turn acknowledged, p99", &mut empty.turns_ms, &mut grown.turns_ms),
        ("reply at Meta, p99", &mut empty.replies_ms, &mut grown.replies_ms),
    ] {
        let (small, large) = (median(of_empty), median(of_grown));
        report.figure(name, &format!("empty {small:.1} ms, grown {large:.1} ms"));
        report.aim("  grown, of empty", large / small, "times", Aim::AtMost(1.5));
    }
    report_plans(report, &grown.installation)
}

/// How many statements read a large table from end to end; none should.
fn report_plans(report: &mut Report, grown: &Installation) -> Outcome<()> {
    let Database::Server(ground) = &grown.database else {
        return Err("no server".into());
    };
    let sealer = Sealer::new(MasterKey::generate(system_random)?, system_random);
    let plans = PgStore::plans(
        ground.places(),
        &sealer,
        Box::new(exercise_all),
        Box::new(exercise_reads),
    )?;
    let scans = |plan: &&sigap_store_pg::Plan| plan.scanned().iter().any(|table| LARGE.contains(table));
    for plan in plans.iter().filter(scans) {
        report.failed(&format!("reads a large table from end to end: {}", plan.sql));
    }
    report.figure(
        "statements planned on the grown database",
        &format!(
            "{}, {} read a large table",
            plans.len(),
            plans.iter().filter(scans).count()
        ),
    );
    Ok(())
}
