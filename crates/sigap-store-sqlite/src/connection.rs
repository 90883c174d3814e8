//! Opening a connection the one way that loses nothing: WAL, a sync at every commit, freed bytes overwritten.

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use sigap_store::Fault;

/// Prepared statements kept per connection: more than there are statements.
const STATEMENTS_MAX: usize = 256;
/// How long a second process may hold the write lock before we give up, in milliseconds.
const BUSY_MS: u64 = 10_000;

/// Where a database lives.
#[derive(Debug, Clone)]
pub(crate) enum Location {
    /// A file.
    File(std::path::PathBuf),
    /// Memory shared by the connections of this process under a name; gone with the last of them.
    Memory(String),
}

pub(crate) fn open(location: &Location) -> Result<Connection, Fault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_URI;
    let db = match location {
        Location::File(path) => Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX),
        Location::Memory(name) => Connection::open_with_flags(format!("file:{name}?mode=memory&cache=shared"), flags),
    }
    .map_err(refused)?;
    db.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
    // One plan for a statement, whatever its values: else SQLite plans some of them anew at each call, a quarter of the
    // writer's time (measured with bookings).
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
        .map_err(refused)?;
    db.busy_timeout(std::time::Duration::from_millis(BUSY_MS))
        .map_err(refused)?;
    // secure_delete=FAST overwrites freed bytes where that costs no extra page; with a truncating checkpoint nothing of
    // an erased key is left in the file (measured; see docs/storage.md).
    db.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA secure_delete = FAST;
         PRAGMA mmap_size = 0;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -16384;
         PRAGMA wal_autocheckpoint = 0;",
    )
    .map_err(refused)?;
    Ok(db)
}

/// The version of the SQLite that is built in. Versions 3.7.0 to 3.51.2 can damage a WAL database.
#[must_use]
pub fn sqlite_version() -> &'static str {
    rusqlite::version()
}

/// Translates a driver error. Its words never hold values, only names of tables and columns.
#[allow(clippy::needless_pass_by_value)]
pub(crate) fn refused(error: rusqlite::Error) -> Fault {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => Fault::Busy,
        _ => Fault::Refused(error.to_string()),
    }
}
