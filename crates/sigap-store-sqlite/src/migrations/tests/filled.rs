//! Migrations over files that were in use: each is filled before the next, and nothing is lost on the way.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::types::Value;
use sigap_store::conformance::{Subject, check_filled, migration_data};
use sigap_store::schema::{ColumnKind, Engine, Table, tables};
use sigap_store::sealing::{MasterKey, Sealer, system_random};

use super::super::*;
use crate::schema;
use crate::writer::{Places, SqliteStore};

/// The keys of a table's rows, in order.
type Keys = Vec<Vec<Value>>;

/// As PostgreSQL reads them by itself: the text of a bytes column becomes bytes.
fn fill(db: &Connection, sql: &str) {
    db.execute_batch(sql).unwrap();
    for table in schema::read(db, &[]).unwrap() {
        for column in table.columns.iter().filter(|it| it.kind == ColumnKind::Bytes) {
            let (table, column) = (&table.name, &column.name);
            let update = format!(
                "UPDATE {table} SET {column} = unhex(substr({column}, 3))
                 WHERE typeof({column}) = 'text' AND {column} LIKE '\\x%'"
            );
            db.execute(&update, []).unwrap();
            let left = format!("SELECT COUNT(*) FROM {table} WHERE typeof({column}) NOT IN ('blob', 'null')");
            assert_eq!(db.query_row(&left, [], |row| row.get(0)), Ok(0_i64), "{table}.{column}");
        }
    }
}

fn keys(db: &Connection) -> BTreeMap<String, Keys> {
    let keys_of = |table: &Table| {
        let key = table.key_list();
        let sql = format!("SELECT {key} FROM {} ORDER BY {key}", table.name);
        let mut statement = db.prepare(&sql).unwrap();
        statement
            .query_map([], |row| (0..table.key.len()).map(|at| row.get(at)).collect())
            .unwrap()
            .collect::<Result<Keys, _>>()
            .unwrap()
    };
    let found = schema::read(db, &[]).unwrap();
    found.iter().map(|table| (table.name.clone(), keys_of(table))).collect()
}

/// A file as it is after every migration with its data; on the way it checks that each migration kept every row.
fn filled(path: &Path) -> Connection {
    let mut db = Connection::open(path).unwrap();
    let mut before = BTreeMap::new();
    for (index, (name, sql)) in migration_data().iter().enumerate() {
        let steps = MAIN.get(..=index).unwrap();
        assert_eq!(apply(&mut db, steps), Ok(1), "{name}");
        for (table, keys_before) in &before {
            assert_eq!(keys(&db).get(table), Some(keys_before), "`{table}` after {name}");
        }
        fill(&db, sql);
        before = keys(&db);
    }
    db
}

#[test]
fn every_migration_has_its_rows() {
    let names: Vec<_> = migration_data().iter().map(|(name, _)| *name).collect();
    assert_eq!(names, MAIN.iter().map(|it| it.name).collect::<Vec<_>>());
}

#[test]
fn no_migration_loses_a_row_and_every_table_has_rows_of_two_offices() {
    let folder = tempfile::tempdir().unwrap();
    let db = filled(&folder.path().join("sigap.db"));
    for table in tables().unwrap().iter().filter(|it| it.is_in(Engine::Sqlite)) {
        let name = &table.name;
        let count = |what: &str| {
            let sql = format!("SELECT COUNT({what}) FROM {name}");
            db.query_row(&sql, [], |row| row.get::<_, i64>(0)).unwrap()
        };
        assert!(count("*") >= 2, "{name}");
        if table.columns.iter().any(|column| column.name == "office_id") {
            assert!(count("DISTINCT office_id") >= 2, "{name}");
        }
        for column in &table.columns {
            assert!(count(&column.name) > 0, "`{name}.{}` is always empty", column.name);
        }
    }
}

#[test]
fn the_store_runs_over_rows_of_every_earlier_version() {
    let folder = tempfile::tempdir().unwrap();
    let places = Places {
        database: folder.path().join("sigap.db"),
        keys: folder.path().join("sigap.keys.db"),
    };
    filled(&places.database).close().unwrap();
    let sealer = Sealer::new(MasterKey::from_hex(&"5a".repeat(32)).unwrap(), system_random);
    let store = SqliteStore::open(&places, &sealer).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    check_filled(&Subject {
        store: &store,
        wait: &|done| runtime.block_on(done),
    });
}
