//! SQL that can be spread over several machines, and SQL that cannot.

use super::schema::PATH;
use super::{FORBIDDEN, MIGRATIONS, Rule, STATEMENTS, Tree};

const SCHEMA: &str = "table due: office
  key office_id outbox_id
table outbox: office
  key office_id outbox_id
table identity: office
  key office_id kind
table application_place: person
  key number_key
table process: reference
  key process_id
";

const ROWS: &str = "crates/sigap-store-pg/src/rows/outbox.rs";
const SQLITE_ROWS: &str = "crates/sigap-store-sqlite/src/rows/outbox.rs";
const MIGRATION: &str = "crates/sigap-store-pg/migrations/0001_first.sql";

fn count(rule: &Rule, path: &str, text: &str) -> usize {
    (rule.check)(&Tree::of(&[(PATH, SCHEMA), (path, text)])).len()
}

#[track_caller]
fn check(rule: &Rule, path: &str, sql: &str, expected: usize) {
    let source = format!("//! Rows.\nfn rows() {{ run(\"{sql}\"); }}\n");
    assert_eq!(count(rule, path, &source), expected, "{path}: {sql}");
}

#[track_caller]
fn check_migration(sql: &str, expected: usize) {
    assert_eq!(count(&MIGRATIONS, MIGRATION, sql), expected, "{sql}");
}

#[test]
fn statements_that_name_an_office_pass() {
    for sql in [
        "SELECT state FROM due WHERE office_id = $1",
        "SELECT d.state FROM due AS d JOIN outbox AS o ON o.office_id = d.office_id WHERE d.office_id = ?1",
        "UPDATE due SET state = @state WHERE office_id = @office",
        "DELETE FROM due WHERE outbox_id = ? AND office_id = ?",
        "INSERT INTO due (office_id, outbox_id) VALUES ($1, $2)",
        "INSERT INTO due AS known (office_id, a) VALUES ($1, 1) ON CONFLICT (office_id) DO UPDATE SET a = 2",
        "INSERT INTO due (office_id, a) SELECT $1, a FROM UNNEST($2::TEXT[]) AS given (a)",
        "WITH gone AS (DELETE FROM due WHERE office_id = $1 RETURNING a)
         INSERT INTO outbox (office_id, a) SELECT $1, a FROM gone",
        "SELECT a FROM due WHERE office_id = $1 UNION ALL SELECT a FROM outbox WHERE office_id = $1",
    ] {
        check(&STATEMENTS, ROWS, sql, 0);
        check(&STATEMENTS, SQLITE_ROWS, sql, 0);
    }
}

#[test]
fn statements_over_all_offices_are_found() {
    for sql in [
        "SELECT state FROM due",
        "SELECT state FROM due WHERE state = 'office_id = $1'",
        "SELECT state FROM due -- WHERE office_id = $1\n",
        "SELECT d.state FROM due AS d JOIN outbox AS o ON o.office_id = d.office_id",
        "SELECT office_id FROM due WHERE office_id > $1",
        "SELECT a FROM application_place, due WHERE a = $1",
        "UPDATE due SET state = $1 WHERE outbox_id = $2",
        "DELETE FROM due WHERE outbox_id = $1",
        "INSERT INTO due (outbox_id, office_id) VALUES ($1, $2)",
        "INSERT INTO due VALUES ($1, $2)",
        "SELECT a FROM due WHERE office_id = $1 UNION ALL SELECT a FROM outbox",
        "EXPLAIN SELECT state FROM due",
    ] {
        check(&STATEMENTS, ROWS, sql, 1);
        check(&STATEMENTS, SQLITE_ROWS, sql, 1);
    }
}

#[test]
fn tables_that_are_not_an_offices_are_free() {
    check(
        &STATEMENTS,
        ROWS,
        "SELECT office_id FROM application_place WHERE number_key = $1",
        0,
    );
    check(
        &STATEMENTS,
        ROWS,
        "INSERT INTO process (process_id, beats) VALUES ($1, $2)",
        0,
    );
}

#[test]
fn some_files_may_go_over_all_offices() {
    for name in [
        "rows/national.rs",
        "migrations.rs",
        "backup.rs",
        "tables.rs",
        "rows/tests.rs",
    ] {
        let path = format!("crates/sigap-store-sqlite/src/{name}");
        check(&STATEMENTS, &path, "SELECT state FROM due", 0);
    }
}

#[test]
fn what_is_no_statement_and_no_engine_is_not_looked_at() {
    check(&STATEMENTS, ROWS, "nothing came FROM due", 0);
    check(&STATEMENTS, "crates/sigap/src/doctor.rs", "SELECT state FROM due", 0);
    let comment = "//! SELECT state FROM due\n";
    assert_eq!(count(&STATEMENTS, ROWS, comment), 0);
}

#[test]
fn a_finding_names_the_line_of_the_table() {
    let source = "//! Rows.\nrun(\n    \"SELECT state\n     FROM due\",\n);\n";
    let findings = (STATEMENTS.check)(&Tree::of(&[(PATH, SCHEMA), (ROWS, source)]));
    assert_eq!(findings.first().unwrap().line, Some(4));
}

#[test]
fn without_a_schema_no_statement_is_judged() {
    let tree = Tree::of(&[(ROWS, "run(\"SELECT state FROM due\")")]);
    assert!((STATEMENTS.check)(&tree).is_empty());
}

#[test]
fn what_a_server_alone_would_know_is_found() {
    for sql in [
        "UPDATE due SET due_at = NOW() WHERE office_id = $1",
        "SELECT CURRENT_TIMESTAMP",
        "SELECT RANDOM()",
        "SELECT gen_random_uuid()",
        "SELECT NEXTVAL('ids')",
        "LISTEN due",
        "NOTIFY due",
        "DELETE FROM due WHERE office_id = $1 AND ctid = $2",
        "MERGE INTO due USING outbox ON office_id = $1",
        "INSERT INTO due (office_id, a) VALUES ($1, 1), ($1, (SELECT MAX(a) FROM due WHERE office_id = $1))",
        "SELECT a FROM due LIMIT 1 FOR UPDATE SKIP LOCKED",
        "SELECT pg_advisory_xact_lock(1)",
        "SELECT pg_try_advisory_lock(1)",
    ] {
        check(&FORBIDDEN, ROWS, sql, 1);
    }
}

#[test]
fn words_that_only_look_forbidden_pass() {
    for sql in [
        "SELECT a AS now FROM due WHERE office_id = $1",
        "SELECT a FROM due WHERE office_id = $1 AND kind = 'notify'",
        "SELECT a FROM due WHERE office_id = $1 FOR UPDATE OF due SKIP LOCKED",
        "INSERT INTO due (office_id, a) VALUES ($1, 1) RETURNING a",
        "WITH newest AS (SELECT a FROM due WHERE office_id = $1) SELECT a FROM newest",
    ] {
        check(&FORBIDDEN, ROWS, sql, 0);
    }
}

#[test]
fn a_recursion_is_found_on_postgres_alone() {
    let sql = "WITH RECURSIVE office (id) AS (SELECT 1) SELECT id FROM office";
    check(&FORBIDDEN, ROWS, sql, 1);
    check(&FORBIDDEN, SQLITE_ROWS, sql, 0);
}

#[test]
fn a_lock_of_the_whole_database_is_for_migrations() {
    let path = "crates/sigap-store-pg/src/migrations.rs";
    check(&FORBIDDEN, path, "SELECT pg_advisory_xact_lock(1)", 0);
    check(&FORBIDDEN, path, "SELECT NOW()", 1);
}

#[test]
fn plain_tables_of_the_schema_pass() {
    check_migration(
        "-- REFERENCES nothing\nCREATE TABLE identity (\n  office_id BIGINT NOT NULL,\n  kind TEXT DEFAULT 'serial',\n  \
         tries BIGINT DEFAULT 0,\n  PRIMARY KEY (office_id, kind)\n);\nALTER TABLE due ADD COLUMN a BIGINT;\n",
        0,
    );
    check_migration("CREATE TABLE IF NOT EXISTS due (office_id BIGINT)", 0);
}

#[test]
fn what_cannot_be_spread_is_found_in_migrations() {
    for sql in [
        "CREATE TABLE due (a BIGINT REFERENCES outbox)",
        "CREATE TABLE due (a BIGINT, FOREIGN KEY (a))",
        "CREATE TRIGGER t AFTER INSERT ON due",
        "CREATE TABLE due (a BIGSERIAL)",
        "CREATE TABLE due (a serial)",
        "CREATE TABLE due (a INTEGER PRIMARY KEY AUTOINCREMENT)",
        "CREATE TABLE due (a BIGINT, b BIGINT GENERATED ALWAYS (a + 1))",
        "ALTER TABLE due ALTER a ADD AS IDENTITY",
        "CREATE SEQUENCE ids",
        "CREATE TYPE mood AS ENUM ('good')",
        "CREATE TABLE due (a BIGINT DEFAULT length('a'))",
        "CREATE TABLE due (a TEXT DEFAULT CURRENT_TIMESTAMP)",
        "CREATE TABLE stranger (a BIGINT)",
        "CREATE TABLE IF NOT EXISTS stranger (a BIGINT)",
    ] {
        check_migration(sql, 1);
    }
}

#[test]
fn the_key_store_has_tables_of_its_own() {
    let path = "crates/sigap-store-pg/keys_migrations/0001_person_key.sql";
    assert_eq!(count(&MIGRATIONS, path, "CREATE TABLE person_key (a BIGINT)"), 0);
    assert_eq!(count(&MIGRATIONS, path, "CREATE TABLE person_key (a SERIAL)"), 1);
}
