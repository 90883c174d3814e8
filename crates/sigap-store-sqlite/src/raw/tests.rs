//! A source that nobody writes to, a target that keeps what it is given, and a move from one to the other.

use std::path::PathBuf;

use sigap_store::conformance::check_raw_rows;
use sigap_store::copying::{CHUNK_ROWS, copy, verify};
use sigap_store::schema::{Engine, keys_tables, tables};
use tempfile::TempDir;

use super::*;

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sigap.db");
    (folder, file)
}

fn source(file: &Path) -> Result<RawFile, Fault> {
    RawFile::open_source_within(file, RawPart::Database, Duration::ZERO)
}

fn target(file: &Path) -> RawFile {
    RawFile::open_target(file, RawPart::Database).unwrap()
}

fn ours() -> Vec<Table> {
    let mut tables = tables().unwrap();
    tables.retain(|table| table.is_in(Engine::Sqlite));
    tables
}

fn named(name: &str) -> Table {
    ours().into_iter().find(|table| table.name == name).unwrap()
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
    let (_folder, file) = folder();
    check_raw_rows(&mut target(&file));
}

#[test]
fn rows_are_found_by_the_key_and_never_sorted() {
    let (_folder, file) = folder();
    let side = target(&file);
    for table in ours() {
        for (sql, is_searched) in [
            (read_sql(&table, true), true),
            (read_sql(&table, false), false),
            (last_key_sql(&table), false),
        ] {
            let after: &[i64] = if is_searched { &[1, 2, 3, 4, 5] } else { &[] };
            let after = after.iter().take(table.key.len());
            let mut statement = side.db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let plan: Vec<String> = statement
                .query_map(params_from_iter(after), |row| row.get(3))
                .unwrap()
                .collect::<Result<_, _>>()
                .unwrap();
            let plan = plan.join("; ");
            assert!(!plan.contains("TEMP B-TREE"), "{sql}: {plan}");
            assert_eq!(plan.contains("SEARCH"), is_searched, "{sql}: {plan}");
        }
    }
}

#[test]
fn a_file_that_is_not_there_or_not_of_this_version_is_no_source() {
    let (_folder, file) = folder();
    check_refused(source(&file), "is not there");
    assert!(!file.exists());
    let mut db = Connection::open(&file).unwrap();
    check_refused(source(&file), "run `sigap migrate`");
    migrations::apply(&mut db, migrations::MAIN.get(..1).unwrap()).unwrap();
    check_refused(source(&file), "run `sigap migrate`");
    migrations::apply(&mut db, migrations::MAIN).unwrap();
    source(&file).unwrap();
    check_refused(RawFile::open_source(&file, RawPart::Keys), "written by a newer version");
    db.execute("INSERT INTO migration (name, checksum) VALUES ('9999_later', '')", [])
        .unwrap();
    check_refused(source(&file), "written by a newer version");
}

#[test]
fn a_file_that_is_being_written_to_is_no_source() {
    let (_folder, file) = folder();
    let side = target(&file);
    side.db.execute_batch("BEGIN IMMEDIATE").unwrap();
    check_refused(source(&file), "stop the service");
    side.db.execute_batch("COMMIT").unwrap();
    source(&file).unwrap();
}

#[test]
fn nobody_writes_to_a_source_until_it_is_let_go() {
    let (_folder, file) = folder();
    let mut service = target(&file);
    service.db.busy_timeout(Duration::ZERO).unwrap();
    let process = named("process");
    let row = |id| vec![Value::Integer(id), Value::Integer(0)];
    service.append(&process, &[row(1)]).unwrap();
    let mut held = source(&file).unwrap();
    assert_eq!(service.append(&process, &[row(2)]), Err(Fault::Busy));
    assert_eq!(service.count(&process), Ok(1), "readers are not held up");
    assert_eq!(held.count(&process), Ok(1));
    check_refused(source(&file), "stop the service");
    drop(held);
    service.append(&process, &[row(2)]).unwrap();
}

#[test]
fn a_file_that_somebody_has_open_is_in_use() {
    let (_folder, file) = folder();
    check_refused(ensure_unused_within(&file, Duration::ZERO), "is not there");
    let service = target(&file);
    check_refused(ensure_unused_within(&file, Duration::ZERO), "stop the service");
    drop(service);
    ensure_unused_within(&file, Duration::ZERO).unwrap();
    let reader = source(&file).unwrap();
    check_refused(ensure_unused_within(&file, Duration::ZERO), "stop the service");
    drop(reader);

    // As a process leaves it that was killed: a log beside the file, and nobody there.
    let mut service = target(&file);
    let row = vec![Value::Integer(1), Value::Integer(0)];
    service.append(&named("process"), &[row]).unwrap();
    let (_other, left) = folder();
    for ending in ["", "-wal", "-shm"] {
        let name = |path: &Path| PathBuf::from(format!("{}{ending}", path.display()));
        std::fs::copy(name(&file), name(&left)).unwrap();
    }
    ensure_unused_within(&left, Duration::ZERO).unwrap();
    assert_eq!(source(&left).unwrap().count(&named("process")), Ok(1));
}

#[test]
fn a_source_is_only_read() {
    let (_folder, file) = folder();
    drop(target(&file));
    let mut side = source(&file).unwrap();
    let row = vec![Value::Integer(1), Value::Integer(0)];
    assert!(matches!(side.append(&named("process"), &[row]), Err(Fault::Broken(_))));
    assert!(side.db.execute("DELETE FROM process", []).is_err());
}

#[test]
fn values_that_we_never_wrote_are_refused_by_their_column() {
    for (column, literal) in [("beats", "1.5"), ("beats", "'secret'"), ("process_id", "x'00'")] {
        let (_folder, file) = folder();
        let (process_id, beats) = if column == "beats" {
            ("1", literal)
        } else {
            (literal, "1")
        };
        let side = target(&file);
        side.db
            .execute_batch(&format!(
                "INSERT INTO process (process_id, beats) VALUES ({process_id}, {beats})"
            ))
            .unwrap();
        drop(side);
        let (_other, copied) = folder();
        let refused = copy(&ours(), &mut source(&file).unwrap(), &mut target(&copied), &mut |_| {});
        check_refused(refused, &format!("integer in `{column}`"));
    }
    let (_folder, file) = folder();
    let side = target(&file);
    side.db
        .execute_batch("INSERT INTO office_counter (office_id, name, value) VALUES (1, CAST(x'ff' AS TEXT), 1)")
        .unwrap();
    drop(side);
    check_refused(
        source(&file).unwrap().read_after(&named("office_counter"), None, 9),
        "text in `name`",
    );
    check_refused(
        source(&file).unwrap().last_key(&named("office_counter")),
        "text in `name`",
    );
}

#[test]
fn large_values_make_a_chunk_short_and_lose_nothing() {
    let (_folder, file) = folder();
    let side = target(&file);
    side.db
        .execute_batch(
            "WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < 9)
             INSERT INTO kept_webhook (office_id, kept_id, reason, kept_at, content)
             SELECT 1, id, 'large', id, zeroblob(5000000) FROM n",
        )
        .unwrap();
    drop(side);
    let mut side = source(&file).unwrap();
    let first = side.read_after(&named("kept_webhook"), None, CHUNK_ROWS).unwrap();
    assert_eq!(first.len(), CHUNK_BYTES_MAX.div_ceil(5_000_000));
    let (_other, copied) = folder();
    let copied = copy(&ours(), &mut side, &mut target(&copied), &mut |_| {}).unwrap();
    assert_eq!(copied.rows, 9);
}

/// A target that breaks off.
struct Breaking {
    side: RawFile,
    appends_left: usize,
}

impl RawRows for Breaking {
    fn count(&mut self, table: &Table) -> Result<u64, Fault> {
        self.side.count(table)
    }

    fn last_key(&mut self, table: &Table) -> Result<Option<Row>, Fault> {
        self.side.last_key(table)
    }

    fn read_after(&mut self, table: &Table, after: Option<&[Value]>, limit: usize) -> Result<Vec<Row>, Fault> {
        self.side.read_after(table, after, limit)
    }

    fn append(&mut self, table: &Table, rows: &[Row]) -> Result<(), Fault> {
        self.appends_left = self.appends_left.checked_sub(1).ok_or(Fault::Closed)?;
        self.side.append(table, rows)
    }
}

#[test]
fn a_move_that_broke_off_goes_on_and_ends_with_the_same_rows() {
    let (_folder, file) = folder();
    let side = target(&file);
    let rows = 3 * CHUNK_ROWS + 7;
    side.db
        .execute_batch(&format!(
            "WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < {rows})
             INSERT INTO identity (office_id, kind, value_key, person_id, since_at)
             SELECT id % 3, 'phone', randomblob(16), id, id FROM n"
        ))
        .unwrap();
    drop(side);
    let mut from = source(&file).unwrap();
    let (_other, copied) = folder();
    let mut breaking = Breaking {
        side: target(&copied),
        appends_left: 2,
    };
    assert_eq!(copy(&ours(), &mut from, &mut breaking, &mut |_| {}), Err(Fault::Closed));
    drop(breaking);
    let mut to = target(&copied);
    let rest = copy(&ours(), &mut from, &mut to, &mut |_| {}).unwrap();
    assert_eq!(rest.rows_before, 2 * CHUNK_ROWS as u64);
    assert_eq!(rest.rows + rest.rows_before, rows as u64);
    let verified = verify(&ours(), &mut from, &mut to, &mut |_| {}).unwrap();
    assert_eq!((verified.rows, verified.differences), (rows as u64, Vec::new()));

    to.db
        .execute("UPDATE identity SET since_at = 0 WHERE person_id = 700", [])
        .unwrap();
    let verified = verify(&ours(), &mut from, &mut to, &mut |_| {}).unwrap();
    assert_eq!(verified.differences.len(), 1);
}

#[test]
fn the_key_store_is_moved_the_same_way() {
    let (folder, _) = folder();
    let (file, copied) = (folder.path().join("a.keys.db"), folder.path().join("b.keys.db"));
    let keys = keys_tables().unwrap();
    let side = RawFile::open_target(&file, RawPart::Keys).unwrap();
    side.db
        .execute(
            "INSERT INTO person_key (office_id, person_id, wrapped) VALUES (1, 2, x'00ff')",
            [],
        )
        .unwrap();
    drop(side);
    let mut from = RawFile::open_source(&file, RawPart::Keys).unwrap();
    let mut to = RawFile::open_target(&copied, RawPart::Keys).unwrap();
    assert_eq!(copy(&keys, &mut from, &mut to, &mut |_| {}).unwrap().rows, 1);
    assert_eq!(verify(&keys, &mut from, &mut to, &mut |_| {}).unwrap().rows, 1);
}
