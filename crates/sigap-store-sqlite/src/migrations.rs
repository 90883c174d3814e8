//! Numbered SQL, applied in order, each once, with a checksum against edits after the fact.

use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use sigap_store::Fault;

use crate::connection::refused;

/// One step of the schema.
pub(crate) struct Migration {
    name: &'static str,
    sql: &'static str,
}

/// The main database.
pub(crate) const MAIN: &[Migration] = &[
    Migration {
        name: "0001_the_line",
        sql: include_str!("../migrations/0001_the_line.sql"),
    },
    Migration {
        name: "0002_processes",
        sql: include_str!("../migrations/0002_processes.sql"),
    },
];

/// The key store.
pub(crate) const KEYS: &[Migration] = &[Migration {
    name: "0001_person_key",
    sql: include_str!("../keys_migrations/0001_person_key.sql"),
}];

/// Brings a database up to date; the number of steps applied.
pub(crate) fn apply(db: &mut Connection, migrations: &[Migration]) -> Result<usize, Fault> {
    let tx = db
        .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
        .map_err(refused)?;
    tx.execute_batch(
        "CREATE TABLE IF NOT EXISTS migration (name TEXT NOT NULL PRIMARY KEY, checksum TEXT NOT NULL) WITHOUT ROWID;",
    )
    .map_err(refused)?;
    let mut applied = 0;
    for migration in migrations {
        let checksum = data_encoding::HEXLOWER.encode(&Sha256::digest(migration.sql.as_bytes()));
        let known: Option<String> = tx
            .query_row(
                "SELECT checksum FROM migration WHERE name = ?1",
                [migration.name],
                |row| row.get(0),
            )
            .optional()
            .map_err(refused)?;
        match known {
            Some(known) if known == checksum => {}
            Some(_) => {
                return Err(Fault::Refused(format!(
                    "migration `{}` was changed after it was applied; restore the file it was applied from",
                    migration.name
                )));
            }
            None => {
                tx.execute_batch(migration.sql).map_err(refused)?;
                tx.execute(
                    "INSERT INTO migration (name, checksum) VALUES (?1, ?2)",
                    params![migration.name, checksum],
                )
                .map_err(refused)?;
                applied += 1;
            }
        }
    }
    let newer: i64 = tx
        .query_row("SELECT COUNT(*) FROM migration", [], |row| row.get(0))
        .map_err(refused)?;
    if usize::try_from(newer).unwrap_or(usize::MAX) > migrations.len() {
        return Err(Fault::Refused(
            "the database was written by a newer version of sigap; start that one".into(),
        ));
    }
    tx.commit().map_err(refused)?;
    Ok(applied)
}

#[cfg(test)]
mod tests;
