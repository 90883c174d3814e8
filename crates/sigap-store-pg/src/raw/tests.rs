//! A source that nobody writes to, a target that keeps what it is given, and a move from one to the other.

use sigap_store::conformance::check_raw_rows;
use sigap_store::copying::{CHUNK_ROWS, copy, verify};

use super::*;
use crate::testing::Ground;

fn target(ground: &Ground) -> RawDatabase {
    RawDatabase::open_target(ground.places(), RawPart::Database).unwrap()
}

fn source(ground: &Ground) -> Result<RawDatabase, Fault> {
    RawDatabase::open_source(ground.places(), RawPart::Database)
}

fn ours() -> Vec<Table> {
    RawPart::Database.tables().unwrap()
}

fn named(name: &str) -> Table {
    ours().into_iter().find(|table| table.name == name).unwrap()
}

fn process(id: i64) -> Row {
    vec![Value::Integer(id), Value::Integer(0)]
}

#[track_caller]
fn check_refused<T>(outcome: Result<T, Fault>, word: &str) {
    match outcome {
        Err(Fault::Refused(why)) => assert!(why.contains(word), "{why}"),
        Err(fault) => panic!("{fault}"),
        Ok(_) => panic!("not refused"),
    }
}

#[test]
fn every_promise_about_raw_rows_holds() {
    let Some(ground) = Ground::new().unwrap() else { return };
    check_raw_rows(&mut target(&ground));
}

#[test]
fn a_text_that_the_server_cannot_keep_is_refused_and_the_connection_goes_on() {
    let Some(ground) = Ground::new().unwrap() else { return };
    let mut side = target(&ground);
    let counters = named("office_counter");
    let counter = |name: &str| vec![Value::Integer(1), Value::Text(name.into()), Value::Integer(1)];
    check_refused(side.append(&counters, &[counter("a"), counter("b\0")]), "0x00");
    assert_eq!(side.count(&counters), Ok(0));
    side.append(&counters, &[counter("a")]).unwrap();
    let owed = vec![Value::Integer(1), Value::Integer(1), Value::Bytes(Vec::new())];
    side.append(&named("owed"), &[owed]).unwrap();
    let due = ["1", "1", "1", "x", "1", "1", "1", "1"];
    let due = due.map(|word| word.parse().map_or(Value::Text(word.into()), Value::Integer));
    check_refused(side.append(&named("due"), &[due.into()]), "due_state_check");
}

#[test]
fn rows_are_found_by_the_key_and_never_sorted() {
    let Some(ground) = Ground::new().unwrap() else { return };
    // With the server's own statistics and without any.
    for is_filled in [false, true] {
        if is_filled {
            ground.fill(20_000, 20_000).unwrap();
        }
        let mut side = target(&ground);
        for table in ours() {
            for (sql, is_searched) in [
                (read_sql(&table, true, CHUNK_ROWS), true),
                (read_sql(&table, false, CHUNK_ROWS), false),
                (last_key_sql(&table), false),
            ] {
                side.command(&format!("PREPARE planned AS {sql}")).unwrap();
                let values = vec!["NULL"; if is_searched { table.key.len() } else { 0 }].join(", ");
                let values = if is_searched { format!("({values})") } else { values };
                side.command("SET plan_cache_mode = force_generic_plan").unwrap();
                let plan = side.query(&format!("EXPLAIN EXECUTE planned{values}"), &[]).unwrap();
                let plan: Vec<String> = plan.iter().map(|row| row.get(0)).collect();
                let plan = plan.join("\n");
                side.command("DEALLOCATE planned").unwrap();
                assert!(!plan.contains("Sort") && !plan.contains("Seq Scan"), "{sql}:\n{plan}");
                assert_eq!(plan.contains("Index Cond"), is_searched, "{sql}:\n{plan}");
            }
        }
    }
}

#[test]
fn nobody_writes_to_a_source_until_it_is_let_go() {
    let Some(ground) = Ground::new().unwrap() else { return };
    let processes = named("process");
    let places = ground.places_with("-c lock_timeout=200").unwrap();
    let door = RawPart::Database.door(&places).unwrap();
    let mut service = RawDatabase::connect(&door).unwrap();
    service.append(&processes, &[process(1)]).unwrap();
    service.command("BEGIN").unwrap();
    service.append(&processes, &[process(2)]).unwrap();
    check_refused(source(&ground), "stop the service");
    service.command("ROLLBACK").unwrap();

    let mut held = source(&ground).unwrap();
    assert_eq!(service.append(&processes, &[process(2)]), Err(Fault::Busy));
    assert_eq!(service.count(&processes), Ok(1), "readers are not held up");
    assert_eq!(held.count(&processes), Ok(1));
    assert!(matches!(held.append(&processes, &[process(2)]), Err(Fault::Broken(_))));
    drop(held);
    service.command("SET lock_timeout = '5s'").unwrap();
    service.append(&processes, &[process(2)]).unwrap();
}

#[test]
fn a_database_that_is_not_of_this_version_is_neither_source_nor_target() {
    let Some(url) = crate::testing::server() else { return };
    let ground = Ground::bare(&url).unwrap();
    check_refused(source(&ground), "run `sigap migrate`");
    let refused = RawDatabase::open_target(ground.places(), RawPart::Database);
    check_refused(refused, "run `sigap migrate`");
}

#[test]
fn large_values_make_a_chunk_short_and_lose_nothing() {
    let Some(ground) = Ground::new().unwrap() else { return };
    ground
        .sql(
            "INSERT INTO kept_webhook (office_id, kept_id, reason, kept_at, content)
             SELECT 1, n, 'large', n, decode(repeat('5a', 500000), 'hex') FROM generate_series(1, 120) AS n",
        )
        .unwrap();
    let mut from = source(&ground).unwrap();
    let first = from.read_after(&named("kept_webhook"), None, CHUNK_ROWS).unwrap();
    assert!(first.len() < 120 && first.len() % ROWS_AT_ONCE == 0, "{}", first.len());

    let Some(other) = Ground::new().unwrap() else { return };
    let mut to = target(&other);
    let copied = copy(&ours(), &mut from, &mut to, &mut |_| {}).unwrap();
    assert_eq!((copied.rows, copied.rows_before), (120, 0));
    let verified = verify(&ours(), &mut from, &mut to, &mut |_| {}).unwrap();
    assert_eq!((verified.rows, verified.differences), (120, Vec::new()));
}
