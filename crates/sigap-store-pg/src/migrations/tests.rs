//! Migrations over databases that were in use: each is filled before the next, and nothing is lost on the way. What is
//! refused is tested from outside, in `tests/engine/migrations.rs`.

use std::collections::BTreeMap;

use sigap_store::conformance::{Subject, check_filled, migration_data};
use sigap_store::raw::{RawRows, Row};
use sigap_store::schema::{Engine, tables};
use sigap_store::sealing::{MasterKey, Sealer, system_random};

use super::*;
use crate::connection::Door;
use crate::raw::RawDatabase;
use crate::schema;
use crate::store::{connected, migrate};
use crate::testing::{Ground, server};

/// Far more than any table of the data has.
const ROWS_MAX: usize = 1_000;

/// The keys of every table's rows, in order.
fn keys(session: &mut Session, rows: &mut RawDatabase) -> BTreeMap<String, Vec<Row>> {
    let found = schema::read(session, &[]).unwrap();
    let keys_of = |table: &sigap_store::schema::Table| {
        let read = rows.read_after(table, None, ROWS_MAX).unwrap();
        let positions = table.key_positions();
        let key = |row: Row| positions.iter().map(|at| row[*at].clone()).collect();
        (table.name.clone(), read.into_iter().map(key).collect())
    };
    found.iter().map(keys_of).collect()
}

/// A database as it is after every migration with its data; on the way it checks that each migration kept every row.
fn filled(url: &str) -> Ground {
    let ground = Ground::bare(url).unwrap();
    let door = Door::new(&ground.places().database, None).unwrap();
    let mut session = connected(&door).unwrap();
    let mut before = BTreeMap::new();
    for (index, (name, sql)) in migration_data().iter().enumerate() {
        let steps = MAIN.get(..=index).unwrap();
        assert_eq!(apply(&mut session, steps), Ok(vec![(*name).to_owned()]));
        // A new connection: a statement prepared before a column was added would be refused.
        let mut rows = RawDatabase::connect(&door).unwrap();
        let found = keys(&mut session, &mut rows);
        for (table, keys_before) in &before {
            assert!(found.get(table) == Some(keys_before), "`{table}` after {name}");
        }
        session.command(sql).unwrap();
        before = keys(&mut session, &mut rows);
    }
    // The key store has no rows to lose.
    assert_eq!(migrate(ground.places()), Ok(vec!["0001_person_key".to_owned()]));
    ground
}

#[test]
fn every_migration_has_its_rows() {
    let names: Vec<_> = migration_data().iter().map(|(name, _)| *name).collect();
    assert_eq!(names, MAIN.iter().map(|it| it.name).collect::<Vec<_>>());
}

#[test]
fn no_migration_loses_a_row_and_every_table_has_rows_of_two_offices() {
    let Some(url) = server() else { return };
    let ground = filled(&url);
    for table in tables().unwrap().iter().filter(|it| it.is_in(Engine::Postgres)) {
        let name = &table.name;
        let count = |what: &str| -> u64 {
            let counted = ground.sql(&format!("SELECT COUNT({what}) FROM {name}")).unwrap();
            counted.trim().parse().unwrap()
        };
        if table.only.is_some() {
            continue;
        }
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
    let Some(url) = server() else { return };
    let ground = filled(&url);
    let sealer = Sealer::new(MasterKey::from_hex(&"5a".repeat(32)).unwrap(), system_random);
    let store = ground.open(&sealer).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    check_filled(&Subject {
        store: &store,
        wait: &|done| runtime.block_on(done),
    });
}
