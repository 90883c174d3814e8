//! Each step once, none changed afterwards, none unknown.

mod filled;

use super::*;

const FIRST: Migration = Migration {
    name: "0001_a",
    sql: "CREATE TABLE a (x INTEGER NOT NULL);",
};
const SECOND: Migration = Migration {
    name: "0002_b",
    sql: "CREATE TABLE b (x INTEGER NOT NULL);",
};

fn empty() -> Connection {
    Connection::open_in_memory().unwrap()
}

/// Everything in the file, as SQLite itself wrote it down.
fn schema(db: &Connection) -> Vec<(String, Option<String>)> {
    db.prepare("SELECT name, sql FROM sqlite_schema ORDER BY name")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap()
}

#[test]
fn applying_twice_changes_nothing() {
    for migrations in [MAIN, KEYS] {
        let mut db = empty();
        assert_eq!(apply(&mut db, migrations), Ok(migrations.len()));
        let before = schema(&db);
        assert_eq!(apply(&mut db, migrations), Ok(0));
        assert_eq!(schema(&db), before);
    }
}

#[test]
fn a_later_step_is_added_to_what_is_there() {
    let mut db = empty();
    assert_eq!(apply(&mut db, &[FIRST]), Ok(1));
    db.execute("INSERT INTO a (x) VALUES (7)", []).unwrap();
    assert_eq!(apply(&mut db, &[FIRST, SECOND]), Ok(1));
    assert_eq!(db.query_row("SELECT x FROM a", [], |row| row.get::<_, i64>(0)), Ok(7));
}

#[test]
fn a_step_that_was_changed_after_it_was_applied_is_refused() {
    let mut db = empty();
    apply(&mut db, &[FIRST]).unwrap();
    let before = schema(&db);
    let changed = Migration {
        sql: "CREATE TABLE a (x TEXT NOT NULL);",
        ..FIRST
    };
    let refused = apply(&mut db, &[changed, SECOND]);
    assert!(
        matches!(&refused, Err(Fault::Refused(why)) if why.contains("0001_a")),
        "{refused:?}"
    );
    assert_eq!(schema(&db), before, "the step after it was not applied");
}

#[test]
fn a_database_of_a_newer_version_is_refused() {
    let mut db = empty();
    apply(&mut db, &[FIRST, SECOND]).unwrap();
    let before = schema(&db);
    let refused = apply(&mut db, &[FIRST]);
    assert!(
        matches!(&refused, Err(Fault::Refused(why)) if why.contains("newer")),
        "{refused:?}"
    );
    assert_eq!(schema(&db), before);
}

#[test]
fn a_step_that_fails_leaves_nothing_behind() {
    let mut db = empty();
    let broken = Migration {
        name: "0002_b",
        sql: "CREATE TABLE b (x INTEGER NOT NULL); CREATE NONSENSE;",
    };
    assert!(apply(&mut db, &[FIRST, broken]).is_err());
    assert_eq!(schema(&db), []);
}
