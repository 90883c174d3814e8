//! The steps of the two databases' schemas, and running them. What is due is planned by `sigap-store`. A service does not
//! migrate by itself: other processes may still run the version before.

use sigap_store::Fault;
use sigap_store::migrations::{Migration, ensure_applied, plan};

use crate::session::Session;

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

/// Two commands that migrate at once go one after the other: the number is this lock's name.
const LOCK: &str = "SELECT pg_advisory_xact_lock(7442001)";
const CREATE: &str = "CREATE TABLE IF NOT EXISTS migration (
     name TEXT COLLATE \"C\" NOT NULL PRIMARY KEY,
     checksum TEXT COLLATE \"C\" NOT NULL
 )";

/// Brings a database up to date, all steps in one transaction; the names of those applied.
pub(crate) fn apply(session: &mut Session, migrations: &[Migration]) -> Result<Vec<String>, Fault> {
    session.command("BEGIN")?;
    session.command(LOCK)?;
    session.command(CREATE)?;
    let known = list_applied(session)?;
    let due = plan(&known, migrations)?;
    let mut applied = Vec::with_capacity(due.len());
    for migration in due {
        session.command(migration.sql)?;
        session.run(
            "INSERT INTO migration (name, checksum) VALUES ($1, $2)",
            &[&migration.name, &migration.checksum()],
        )?;
        applied.push(migration.name.to_owned());
    }
    session.command("COMMIT")?;
    Ok(applied)
}

/// Refuses a database that is not exactly of this version.
pub(crate) fn check(session: &mut Session, migrations: &[Migration]) -> Result<(), Fault> {
    let is_new = session.rows("SELECT 1 WHERE to_regclass('migration') IS NULL", &[])?;
    let known = if is_new.is_empty() {
        list_applied(session)?
    } else {
        Vec::new()
    };
    ensure_applied(&known, migrations)
}

/// Names and checksums of the steps applied so far.
fn list_applied(session: &mut Session) -> Result<Vec<(String, String)>, Fault> {
    let rows = session.rows("SELECT name, checksum FROM migration ORDER BY name", &[])?;
    rows.iter()
        .map(|row| Ok((row.try_get(0)?, row.try_get(1)?)))
        .collect::<Result<_, tokio_postgres::Error>>()
        .map_err(|error| Fault::Refused(error.to_string()))
}

#[cfg(test)]
mod tests;
