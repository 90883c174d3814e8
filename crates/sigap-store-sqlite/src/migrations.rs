//! The steps of the two files' schemas, and running them. What is due is planned by `sigap-store`.

use rusqlite::{Connection, params};
use sigap_store::Fault;
use sigap_store::migrations::{Migration, plan};

use crate::connection::refused;

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
    Migration {
        name: "0003_bookings",
        sql: include_str!("../migrations/0003_bookings.sql"),
    },
    Migration {
        name: "0004_hall",
        sql: include_str!("../migrations/0004_hall.sql"),
    },
    Migration {
        name: "0005_staff",
        sql: include_str!("../migrations/0005_staff.sql"),
    },
    Migration {
        name: "0006_passports",
        sql: include_str!("../migrations/0006_passports.sql"),
    },
    Migration {
        name: "0007_cases",
        sql: include_str!("../migrations/0007_cases.sql"),
    },
    Migration {
        name: "0008_sign_in_questions",
        sql: include_str!("../migrations/0008_sign_in_questions.sql"),
    },
    Migration {
        name: "0009_reports",
        sql: include_str!("../migrations/0009_reports.sql"),
    },
    Migration {
        name: "0010_surveys",
        sql: include_str!("../migrations/0010_surveys.sql"),
    },
    Migration {
        name: "0011_programs",
        sql: include_str!("../migrations/0011_programs.sql"),
    },
    Migration {
        name: "0012_people_and_praise",
        sql: include_str!("../migrations/0012_people_and_praise.sql"),
    },
    Migration {
        name: "0013_figures",
        sql: include_str!("../migrations/0013_figures.sql"),
    },
    Migration {
        name: "0014_notices",
        sql: include_str!("../migrations/0014_notices.sql"),
    },
    Migration {
        name: "0015_contents",
        sql: include_str!("../migrations/0015_contents.sql"),
    },
    Migration {
        name: "0016_browsers",
        sql: include_str!("../migrations/0016_browsers.sql"),
    },
    Migration {
        name: "0017_unclear",
        sql: include_str!("../migrations/0017_unclear.sql"),
    },
    Migration {
        name: "0018_files_and_intakes",
        sql: include_str!("../migrations/0018_files_and_intakes.sql"),
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
    let known = list_applied(&tx)?;
    let due = plan(&known, migrations)?;
    for migration in &due {
        tx.execute_batch(migration.sql).map_err(refused)?;
        tx.execute(
            "INSERT INTO migration (name, checksum) VALUES (?1, ?2)",
            params![migration.name, migration.checksum()],
        )
        .map_err(refused)?;
    }
    tx.commit().map_err(refused)?;
    Ok(due.len())
}

/// Names and checksums of the steps applied so far.
pub(crate) fn list_applied(db: &Connection) -> Result<Vec<(String, String)>, Fault> {
    db.prepare("SELECT name, checksum FROM migration ORDER BY name")
        .and_then(|mut statement| statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
        .map_err(refused)
}

#[cfg(test)]
mod tests;
