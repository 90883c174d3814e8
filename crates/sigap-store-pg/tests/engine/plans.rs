//! No statement reads a large table from end to end: looked at on tables that are large, with the server's own statistics,
//! and on tables of which the server knows nothing yet.

use std::collections::BTreeSet;

use sigap_store::conformance::{exercise_all, exercise_reads};
use sigap_store_pg::PgStore;
use sigap_store_pg::testing::Ground;

use super::sealer;

/// Tables that grow with the years. The others stay small: what waits, counters, processes.
const LARGE: [&str; 23] = [
    "application",
    "application_place",
    "audit",
    "binding",
    "booking",
    "booking_identity",
    "conversation",
    "delivery",
    "guess",
    "guest",
    "identity",
    "inbox",
    "job",
    "kept_webhook",
    "link",
    "office_case",
    "outbox",
    "person",
    "person_claim",
    "quota",
    "signal",
    "slip_code",
    "standing",
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

/// Statements that want all rows of an office, or the first of them in the order of the key.
const OF_ALL: [&str; 3] = [
    "SELECT audit_id, at, actor, act, subject",
    "SELECT COUNT(*) FROM application",
    "SELECT COUNT(*) FROM kept_webhook",
];

/// A fresh installation grows fast and has no statistics for its first minutes; a plan that is made then is kept. An index
/// that is entered by the office alone is read from end to end.
#[test]
fn without_statistics_no_statement_reads_all_rows_of_an_office() {
    let Some(ground) = Ground::new().unwrap() else { return };
    let plans = PgStore::plans(
        ground.places(),
        &sealer("5a"),
        Box::new(exercise_all),
        Box::new(exercise_reads),
    )
    .unwrap();
    let mut found = Vec::new();
    for plan in &plans {
        if OF_ALL.iter().any(|start| plan.sql.starts_with(start)) {
            continue;
        }
        let mut table = "";
        for line in plan.text.lines().map(str::trim) {
            if let Some((_, name)) = line.split_once(" on ") {
                table = name.split_whitespace().next().unwrap_or_default();
            }
            if LARGE.contains(&table) && line.ends_with("Cond: (office_id = $1)") {
                found.push(format!("{}\n{}", plan.sql, plan.text));
                break;
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n\n"));
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
