//! The migrated files are what the schema files declare.

use sigap_store::migrations::Migration;
use sigap_store::schema::{Engine, differences, keys_tables, print, tables};

use super::*;
use crate::migrations::{KEYS, MAIN, apply};

#[track_caller]
fn check(migrations: &[Migration], declared: Vec<Table>) {
    let declared: Vec<Table> = declared
        .into_iter()
        .filter(|table| table.is_in(Engine::Sqlite))
        .collect();
    let mut db = Connection::open_in_memory().unwrap();
    apply(&mut db, migrations).unwrap();
    let found = read(&db, &declared).unwrap();
    #[expect(clippy::disallowed_methods, reason = "a switch for whoever writes a migration")]
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        println!(
            "the file for these migrations, but for tables of other engines:\n\n{}",
            print(&found)
        );
    }
    if let Some(told) = differences(&declared, &found) {
        panic!("the database is not what the schema file declares (UPDATE_SCHEMA=1 prints what it would be)\n{told}");
    }
    assert_eq!(print(&found), print(&declared));
}

#[test]
fn the_database_is_what_the_schema_declares() {
    check(MAIN, tables().unwrap());
}

#[test]
fn the_key_store_is_what_its_schema_declares() {
    check(KEYS, keys_tables().unwrap());
}

#[test]
fn what_the_schema_cannot_say_is_refused() {
    for (sql, word) in [
        ("CREATE TABLE a (x REAL NOT NULL PRIMARY KEY)", "REAL"),
        ("CREATE TABLE a (x INTEGER NOT NULL PRIMARY KEY CHECK (x > 0))", "check"),
        (
            "CREATE TABLE a (x TEXT NOT NULL PRIMARY KEY CHECK (x IN ('b') OR x = 'c'))",
            "check",
        ),
        (
            "CREATE TABLE a (x INTEGER NOT NULL PRIMARY KEY, y TEXT); CREATE UNIQUE INDEX a_y ON a (y)",
            "a_y",
        ),
        (
            "CREATE TABLE a (x INTEGER NOT NULL PRIMARY KEY, y TEXT); CREATE INDEX a_y ON a (y) WHERE x > 1",
            "a_y",
        ),
        (
            "CREATE TABLE a (x INTEGER NOT NULL PRIMARY KEY, y TEXT); CREATE INDEX a_y ON a (y DESC)",
            "a_y",
        ),
        (
            "CREATE TABLE a (x INTEGER NOT NULL PRIMARY KEY, y TEXT); CREATE INDEX a_y ON a (y COLLATE NOCASE)",
            "a_y",
        ),
        (
            "CREATE TABLE a (x INTEGER NOT NULL PRIMARY KEY); CREATE VIEW v AS SELECT x FROM a",
            "view",
        ),
    ] {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(sql).unwrap();
        let refused = read(&db, &[]);
        assert!(
            matches!(&refused, Err(Fault::Refused(why)) if why.contains(word)),
            "{sql}: {refused:?}"
        );
    }
}
