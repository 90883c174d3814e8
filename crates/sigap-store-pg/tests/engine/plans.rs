//! No statement reads a large table from end to end: looked at on tables that are large, with the server's own statistics.

use std::collections::BTreeSet;

use sigap_store::conformance::{exercise_all, exercise_reads};
use sigap_store_pg::PgStore;
use sigap_store_pg::testing::Ground;

use super::sealer;

/// Tables that grow with the years. The others stay small: what waits, counters, processes.
const LARGE: [&str; 14] = [
    "application",
    "application_place",
    "audit",
    "binding",
    "conversation",
    "delivery",
    "guess",
    "identity",
    "inbox",
    "kept_webhook",
    "office_case",
    "outbox",
    "person",
    "slip_code",
];

#[test]
fn no_statement_reads_a_large_table_from_end_to_end() {
    let Some(ground) = Ground::new().unwrap() else { return };
    ground.fill(30_000, 60_000).unwrap();
    let plans = PgStore::plans(
        ground.places(),
        &sealer("5a"),
        Box::new(exercise_all),
        Box::new(exercise_reads),
    )
    .unwrap();
    for plan in &plans {
        for table in plan.scanned() {
            assert!(!LARGE.contains(&table), "{}\n\n{}", plan.sql, plan.text);
        }
    }
    let seen: BTreeSet<_> = plans.iter().map(|plan| &plan.sql).collect();
    assert_eq!(
        seen.len(),
        written(),
        "a statement was not exercised, or one stands twice"
    );
}

/// How many statements the engine has, by its sources.
fn written() -> usize {
    let sources = [
        include_str!("../../src/rows/applications.rs"),
        include_str!("../../src/rows/bookings.rs"),
        include_str!("../../src/rows/conversations.rs"),
        include_str!("../../src/rows/inbox.rs"),
        include_str!("../../src/rows/jobs.rs"),
        include_str!("../../src/rows/national.rs"),
        include_str!("../../src/rows/office.rs"),
        include_str!("../../src/rows/openings.rs"),
        include_str!("../../src/rows/outbox.rs"),
        include_str!("../../src/rows/people.rs"),
        include_str!("../../src/rows/processes.rs"),
    ];
    let openings = ["\"SELECT ", "\"INSERT ", "\"UPDATE ", "\"DELETE ", "\"WITH "];
    sources
        .iter()
        .flat_map(|source| openings.map(|opening| source.matches(opening).count()))
        .sum()
}

/// A plan that reads from end to end is told as such: the test above would find one.
#[test]
fn a_statement_without_an_index_is_found() {
    let Some(ground) = Ground::new().unwrap() else { return };
    ground.fill(2_000, 4_000).unwrap();
    ground
        .sql("ALTER TABLE inbox DROP CONSTRAINT inbox_pkey CASCADE")
        .unwrap();
    let plans = PgStore::plans(
        ground.places(),
        &sealer("5a"),
        Box::new(|tx| exercise_reads(tx)),
        Box::new(exercise_reads),
    )
    .unwrap();
    assert!(plans.iter().any(|plan| plan.scanned().contains(&"inbox")));
}
