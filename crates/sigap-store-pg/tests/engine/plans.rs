//! No statement reads a large table from end to end: looked at on tables that are large, with the server's own statistics,
//! and on tables of which the server knows nothing yet.

use std::collections::BTreeSet;

use sigap_store::conformance::{exercise_all, exercise_reads};
use sigap_store_pg::testing::Ground;
use sigap_store_pg::{PgStore, Plan};

use super::sealer;

/// Tables that grow with the years. The others stay small: what waits, counters, processes.
const LARGE: [&str; 42] = [
    "act",
    "application",
    "application_place",
    "audit",
    "binding",
    "booking",
    "booking_identity",
    "browser",
    "browser_line",
    "case_event",
    "conversation",
    "day_figure",
    "delivery",
    "enrolment",
    "file",
    "file_part",
    "follow",
    "guess",
    "guest",
    "identity",
    "inbox",
    "intake",
    "job",
    "kept_webhook",
    "link",
    "office_case",
    "outbox",
    "passport",
    "person",
    "person_claim",
    "quota",
    "service_time",
    "session",
    "signal",
    "slip_code",
    "standing",
    "survey_answer",
    "tap",
    "unclear_message",
    "visit",
    "visit_event",
    "visit_token",
];

/// Statements that want all rows of an office, or the first of them in the order of the key.
const OF_ALL: [&str; 13] = [
    // An erasure is rare; no index is paid for it with every row.
    "DELETE FROM guest WHERE office_id = $1 AND person_id = $2",
    "DELETE FROM identity WHERE office_id = $1 AND person_id = $2",
    "DELETE FROM link WHERE office_id = $1 AND person_id = $2",
    "DELETE FROM visit_token",
    "DELETE FROM signal",
    "SELECT place FROM act",
    "SELECT audit_id, at, actor, act, subject",
    "SELECT COUNT(*) FROM application",
    "SELECT COUNT(*) FROM kept_webhook",
    "SELECT day FROM day_figure WHERE office_id = $1 ORDER BY day DESC",
    "SELECT day FROM visit WHERE office_id = $1 ORDER BY day",
    "SELECT message_id, day, content",
    "SELECT sent_at FROM inbox WHERE office_id = $1 ORDER BY sent_at",
];

#[test]
fn no_statement_reads_a_large_table_from_end_to_end() {
    let Some(ground) = Ground::new().unwrap() else { return };
    ground.fill(30_000, 60_000).unwrap();
    let plans = plans_on(&ground);
    check_entered_by_key(&plans);
    let seen: BTreeSet<_> = plans.iter().map(|plan| &plan.sql).collect();
    assert_eq!(
        seen.len(),
        written(),
        "a statement was not exercised, or one stands twice"
    );
}

/// A fresh installation grows fast and has no statistics for its first minutes; a plan that is made then is kept.
#[test]
fn nor_does_one_on_tables_that_the_server_does_not_know_yet() {
    let Some(ground) = Ground::new().unwrap() else { return };
    check_entered_by_key(&plans_on(&ground));
}

fn plans_on(ground: &Ground) -> Vec<Plan> {
    PgStore::plans(
        ground.places(),
        &sealer("5a"),
        Box::new(exercise_all),
        Box::new(exercise_reads),
    )
    .unwrap()
}

#[track_caller]
fn check_entered_by_key(plans: &[Plan]) {
    let wide: Vec<String> = plans
        .iter()
        .filter(|plan| !OF_ALL.iter().any(|start| plan.sql.starts_with(start)) && reads_all(&plan.text))
        .map(|plan| format!("{}\n{}", plan.sql, plan.text))
        .collect();
    assert!(wide.is_empty(), "{}", wide.join("\n\n"));
}

/// Whether a plan reads a large table as a whole, or all rows of an office in it. Our sessions ask for indexes
/// (`enable_seqscan`), so such a plan may well name one: what counts is by what it is entered.
fn reads_all(plan: &str) -> bool {
    let lines: Vec<&str> = plan.lines().map(str::trim).collect();
    lines.iter().enumerate().any(|(place, line)| {
        let Some((node, table)) = line.split_once(" on ").filter(|(node, _)| node.contains("Scan")) else {
            return false;
        };
        if !LARGE.contains(&table.split_whitespace().next().unwrap_or_default()) || node.contains("Bitmap Heap") {
            return false;
        }
        let conditions = lines.iter().skip(place + 1).take_while(|line| !line.contains(" on "));
        let entered = conditions.into_iter().find(|line| line.starts_with("Index Cond: "));
        entered.is_none_or(|condition| condition.ends_with("(office_id = $1)") && !condition.contains(" AND "))
    })
}

/// How many statements the engine has, by its sources.
fn written() -> usize {
    let sources = [
        include_str!("../../src/rows/api_keys.rs"),
        include_str!("../../src/rows/applications.rs"),
        include_str!("../../src/rows/bookings.rs"),
        include_str!("../../src/rows/browsers.rs"),
        include_str!("../../src/rows/cases.rs"),
        include_str!("../../src/rows/contents.rs"),
        include_str!("../../src/rows/conversations.rs"),
        include_str!("../../src/rows/figures.rs"),
        include_str!("../../src/rows/files.rs"),
        include_str!("../../src/rows/follows.rs"),
        include_str!("../../src/rows/hall.rs"),
        include_str!("../../src/rows/hooks.rs"),
        include_str!("../../src/rows/inbox.rs"),
        include_str!("../../src/rows/intakes.rs"),
        include_str!("../../src/rows/jobs.rs"),
        include_str!("../../src/rows/national.rs"),
        include_str!("../../src/rows/notices.rs"),
        include_str!("../../src/rows/office.rs"),
        include_str!("../../src/rows/openings.rs"),
        include_str!("../../src/rows/outbox.rs"),
        include_str!("../../src/rows/own_data.rs"),
        include_str!("../../src/rows/passports.rs"),
        include_str!("../../src/rows/people.rs"),
        include_str!("../../src/rows/processes.rs"),
        include_str!("../../src/rows/reports.rs"),
        include_str!("../../src/rows/staff.rs"),
        include_str!("../../src/rows/surveys.rs"),
        include_str!("../../src/rows/unclear.rs"),
    ];
    let openings = ["\"SELECT ", "\"INSERT ", "\"UPDATE ", "\"DELETE ", "\"WITH "];
    sources
        .iter()
        .flat_map(|source| openings.map(|opening| source.matches(opening).count()))
        .sum()
}

/// A plan that reads from end to end is told as such: the tests above would find one.
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
    let found = |plan: &Plan| plan.scanned().contains(&"inbox") && reads_all(&plan.text);
    assert!(plans.iter().any(found));
}

#[test]
fn what_a_plan_is_entered_by_is_read_right() {
    let by_office = "Index Scan using identity_pkey on identity\n  Index Cond: (office_id = $1)\n  Filter: (kind = $2)";
    let by_nothing = "Nested Loop\n  ->  Index Scan using inbox_pkey on inbox i\n        Filter: (content IS NOT NULL)";
    let by_key = "Index Scan using identity_pkey on identity\n  Index Cond: ((office_id = $1) AND (kind = $2))";
    let small = "Seq Scan on due\n  Filter: (office_id = $1)";
    let judged = [by_office, by_nothing, "Seq Scan on outbox", by_key, small].map(reads_all);
    assert_eq!(judged, [true, true, true, false, false]);
}
