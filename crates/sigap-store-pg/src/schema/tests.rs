//! The migrated databases are what the schema files declare.

use sigap_store::schema::{Engine, differences, keys_tables, print, tables};

use super::*;
use crate::connection::Door;
use crate::store::connected;
use crate::testing::{Ground, server};

fn session(ground: &Ground) -> [Session; 2] {
    let places = ground.places();
    [&places.database, &places.keys].map(|place| connected(&Door::new(place, None).unwrap()).unwrap())
}

#[track_caller]
fn check(session: &mut Session, mut declared: Vec<Table>) {
    declared.retain(|table| table.is_in(Engine::Postgres));
    let found = read(session, &declared).unwrap();
    if let Some(told) = differences(&declared, &found) {
        panic!("the database is not what the schema file declares\n{told}");
    }
    assert_eq!(print(&found), print(&declared));
}

#[test]
fn both_databases_are_what_their_schemas_declare() {
    let Some(ground) = Ground::new().unwrap() else { return };
    let [mut main, mut keys] = session(&ground);
    check(&mut main, tables().unwrap());
    check(&mut keys, keys_tables().unwrap());
}

#[test]
fn what_the_schema_cannot_say_is_refused() {
    let Some(url) = server() else { return };
    let ground = Ground::bare(&url).unwrap();
    let [mut main, _] = session(&ground);
    for (sql, word) in [
        ("CREATE TABLE a (x INTEGER PRIMARY KEY)", "integer"),
        ("CREATE TABLE a (x BIGINT PRIMARY KEY, y TEXT)", "ordered by"),
        (
            "CREATE TABLE a (x VARCHAR(9) COLLATE \"C\" PRIMARY KEY)",
            "character varying",
        ),
        (
            "CREATE TABLE a (x BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY)",
            "generated",
        ),
        (
            "CREATE TABLE a (x BIGINT PRIMARY KEY, y BIGINT GENERATED ALWAYS AS (x + 1) STORED)",
            "generated",
        ),
        ("CREATE TABLE a (x BIGINT PRIMARY KEY CHECK (x > 0))", "a_x_check"),
        (
            "CREATE TABLE a (x TEXT COLLATE \"C\" PRIMARY KEY CHECK (x IN ('b') OR x = 'c'))",
            "a_x_check",
        ),
        (
            "CREATE TABLE a (x BIGINT PRIMARY KEY, y BIGINT REFERENCES a (x))",
            "a_y_fkey",
        ),
        (
            "CREATE TABLE a (x BIGINT PRIMARY KEY, y BIGINT); CREATE UNIQUE INDEX a_y ON a (y)",
            "a_y",
        ),
        (
            "CREATE TABLE a (x BIGINT PRIMARY KEY, y BIGINT); CREATE INDEX a_y ON a (y) WHERE x > 1",
            "a_y",
        ),
        (
            "CREATE TABLE a (x BIGINT PRIMARY KEY, y BIGINT); CREATE INDEX a_y ON a (y DESC)",
            "a_y",
        ),
        (
            "CREATE TABLE a (x BIGINT PRIMARY KEY, y BIGINT); CREATE INDEX a_y ON a ((y + 1))",
            "a_y",
        ),
        (
            "CREATE TABLE a (x BIGINT PRIMARY KEY, y BIGINT); CREATE INDEX a_y ON a (x) INCLUDE (y)",
            "a_y",
        ),
        (
            "CREATE TABLE a (x BIGINT PRIMARY KEY, y TEXT COLLATE \"C\"); CREATE INDEX a_y ON a (y COLLATE \"POSIX\")",
            "a_y",
        ),
        (
            "CREATE TABLE a (x BIGINT PRIMARY KEY, y BIGINT); CREATE INDEX a_y ON a USING hash (y)",
            "a_y",
        ),
        (
            "CREATE TABLE a (x BIGINT PRIMARY KEY); CREATE VIEW v AS SELECT x FROM a",
            "`v`",
        ),
        (
            "CREATE TABLE a (x BIGINT PRIMARY KEY);
             CREATE TRIGGER shout BEFORE INSERT ON a EXECUTE FUNCTION suppress_redundant_updates_trigger()",
            "shout",
        ),
    ] {
        ground.sql(sql).unwrap();
        let refused = read(&mut main, &[]);
        assert!(
            matches!(&refused, Err(Fault::Refused(why)) if why.contains(word)),
            "{sql}: {refused:?}"
        );
        ground.sql("DROP TABLE a CASCADE").unwrap();
    }
}
