//! One of the two files as raw rows, to move a database to another engine or back.
//!
//! A source is locked against writers from opening to dropping: a service that still runs on it can commit nothing, so it
//! acknowledges nothing that the copy would not have. SQL is put together from names in `sigap_store::schema` alone.

use std::path::Path;
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior, params_from_iter};
use sigap_store::Fault;
use sigap_store::migrations::{Migration, ensure_applied};
use sigap_store::raw::{RawRows, Row, Value, ensure_fits, misfit};
use sigap_store::schema::Table;

use crate::connection::{self, Location, refused};
use crate::migrations;

/// How long a writer may hold a source before we say that somebody works on it. A commit takes milliseconds.
const SOURCE_BUSY: Duration = Duration::from_secs(2);
/// Pages in the log of a target after which they are moved to the file: there is no checkpoint thread here.
const TARGET_CHECKPOINT_PAGES: i64 = 1_000;
/// Bytes of values after which a chunk of rows ends early: a kept webhook may have megabytes.
const CHUNK_BYTES_MAX: usize = 16 * 1024 * 1024;

/// Which of the two files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RawPart {
    /// The main database.
    Database,
    /// The key store.
    Keys,
}

/// An open file.
pub struct RawFile {
    db: Connection,
    is_source: bool,
}

impl RawFile {
    /// Opens a file that exists, to read it. Others can read it meanwhile, but not write; nothing in it is changed.
    ///
    /// # Errors
    /// When the file is not there, is not of this version, or somebody is writing to it.
    pub fn open_source(path: &Path, part: RawPart) -> Result<Self, Fault> {
        Self::open_source_within(path, part, SOURCE_BUSY)
    }

    fn open_source_within(path: &Path, part: RawPart, busy: Duration) -> Result<Self, Fault> {
        if !path.is_file() {
            return Err(Fault::Refused(format!("`{}` is not there", path.display())));
        }
        // Opened for writing: only so can others be locked out, and a log left beside the file be read.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(path, flags).map_err(refused)?;
        db.busy_timeout(busy).map_err(refused)?;
        match db.execute_batch("BEGIN IMMEDIATE").map_err(refused) {
            Err(Fault::Busy) => {
                return Err(Fault::Refused(format!(
                    "`{}` is being written to; stop the service on it first",
                    path.display()
                )));
            }
            begun => begun?,
        }
        db.pragma_update(None, "query_only", true).map_err(refused)?;
        ensure_applied(&known(&db)?, part.migrations())?;
        Ok(Self { db, is_source: true })
    }

    /// Opens a file to append to it; creates and migrates it first.
    ///
    /// # Errors
    /// When the file cannot be opened or belongs to a newer version.
    pub fn open_target(path: &Path, part: RawPart) -> Result<Self, Fault> {
        let mut db = connection::open(&Location::File(path.to_owned()))?;
        db.pragma_update(None, "wal_autocheckpoint", TARGET_CHECKPOINT_PAGES)
            .map_err(refused)?;
        migrations::apply(&mut db, part.migrations())?;
        Ok(Self { db, is_source: false })
    }
}

/// Refuses a file that somebody has open, whether it writes at this moment or not: a service that is left running would go on
/// writing to it after the move. Opens the file like anybody who is alone with it: what was left in its log is taken in.
///
/// # Errors
/// When the file is not there or in use.
pub fn ensure_unused(path: &Path) -> Result<(), Fault> {
    ensure_unused_within(path, SOURCE_BUSY)
}

fn ensure_unused_within(path: &Path, busy: Duration) -> Result<(), Fault> {
    if !path.is_file() {
        return Err(Fault::Refused(format!("`{}` is not there", path.display())));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags).map_err(refused)?;
    db.busy_timeout(busy).map_err(refused)?;
    // Every connection shares a lock of the file as long as it is open; this one wants it for itself.
    db.pragma_update(None, "locking_mode", "EXCLUSIVE").map_err(refused)?;
    match db.execute_batch("BEGIN EXCLUSIVE; ROLLBACK").map_err(refused) {
        Err(Fault::Busy) => Err(Fault::Refused(format!(
            "`{}` is in use; stop the service on it first",
            path.display()
        ))),
        ended => ended,
    }
}

impl RawPart {
    fn migrations(self) -> &'static [Migration] {
        match self {
            Self::Database => migrations::MAIN,
            Self::Keys => migrations::KEYS,
        }
    }
}

/// What was applied to a file that may be none of ours.
fn known(db: &Connection) -> Result<Vec<(String, String)>, Fault> {
    let is_ours = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migration'";
    let found = db.query_row(is_ours, [], |_| Ok(())).optional().map_err(refused)?;
    found.map_or(Ok(Vec::new()), |()| migrations::list_applied(db))
}

impl RawRows for RawFile {
    fn count(&mut self, table: &Table) -> Result<u64, Fault> {
        let sql = format!("SELECT COUNT(*) FROM {}", table.name);
        self.db.query_row(&sql, [], |row| row.get(0)).map_err(refused)
    }

    fn last_key(&mut self, table: &Table) -> Result<Option<Row>, Fault> {
        let sql = last_key_sql(table);
        let mut statement = self.db.prepare_cached(&sql).map_err(refused)?;
        let mut rows = statement.query([]).map_err(refused)?;
        let Some(row) = rows.next().map_err(refused)? else {
            return Ok(None);
        };
        let positions = table.key_positions().into_iter().enumerate();
        positions
            .map(|(index, position)| value(table, position, row.get_ref(index).map_err(refused)?))
            .collect::<Result<_, _>>()
            .map(Some)
    }

    fn read_after(&mut self, table: &Table, after: Option<&[Value]>, limit: usize) -> Result<Vec<Row>, Fault> {
        let sql = read_sql(table, after.is_some());
        let after = after.unwrap_or_default();
        let mut statement = self.db.prepare_cached(&sql).map_err(refused)?;
        let mut rows = statement
            .query(params_from_iter(after.iter().map(to_sql)))
            .map_err(refused)?;
        let (mut read, mut bytes) = (Vec::new(), 0);
        while read.len() < limit && bytes < CHUNK_BYTES_MAX {
            let Some(row) = rows.next().map_err(refused)? else {
                break;
            };
            let values = (0..table.columns.len())
                .map(|position| value(table, position, row.get_ref(position).map_err(refused)?))
                .collect::<Result<Row, Fault>>()?;
            bytes += values.iter().map(size).sum::<usize>();
            read.push(values);
        }
        Ok(read)
    }

    fn append(&mut self, table: &Table, rows: &[Row]) -> Result<(), Fault> {
        if self.is_source {
            return Err(Fault::Broken("the source of a move is only read".into()));
        }
        for row in rows {
            ensure_fits(table, row)?;
        }
        // Dropped without a commit, it is rolled back.
        let tx = self
            .db
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(refused)?;
        {
            let mut statement = tx.prepare_cached(&append_sql(table)).map_err(refused)?;
            for row in rows {
                statement
                    .execute(params_from_iter(row.iter().map(to_sql)))
                    .map_err(refused)?;
            }
        }
        tx.commit().map_err(refused)
    }
}

fn last_key_sql(table: &Table) -> String {
    format!(
        "SELECT {} FROM {} ORDER BY {} DESC LIMIT 1",
        table.key_list(),
        table.name,
        table.key.join(" DESC, ")
    )
}

/// No limit: the reader stops stepping when it has enough.
fn read_sql(table: &Table, has_after: bool) -> String {
    let (columns, name, key) = (table.column_list(), &table.name, table.key_list());
    if has_after {
        let places = places(table.key.len());
        format!("SELECT {columns} FROM {name} WHERE ({key}) > ({places}) ORDER BY {key}")
    } else {
        format!("SELECT {columns} FROM {name} ORDER BY {key}")
    }
}

fn append_sql(table: &Table) -> String {
    format!(
        "INSERT INTO {} ({}) VALUES ({})",
        table.name,
        table.column_list(),
        places(table.columns.len())
    )
}

fn places(count: usize) -> String {
    let places: Vec<String> = (1..=count).map(|place| format!("?{place}")).collect();
    places.join(", ")
}

fn to_sql(value: &Value) -> ToSqlOutput<'_> {
    ToSqlOutput::Borrowed(match value {
        Value::Null => ValueRef::Null,
        Value::Integer(value) => ValueRef::Integer(*value),
        Value::Text(text) => ValueRef::Text(text.as_bytes()),
        Value::Bytes(bytes) => ValueRef::Blob(bytes),
    })
}

/// A fraction, or a text that is not Unicode, can stand in a file but was never written by us.
fn value(table: &Table, position: usize, value: ValueRef<'_>) -> Result<Value, Fault> {
    let read = match value {
        ValueRef::Null => Some(Value::Null),
        ValueRef::Integer(value) => Some(Value::Integer(value)),
        ValueRef::Text(text) => String::from_utf8(text.to_vec()).ok().map(Value::Text),
        ValueRef::Blob(bytes) => Some(Value::Bytes(bytes.to_vec())),
        ValueRef::Real(_) => None,
    };
    read.ok_or_else(|| match table.columns.get(position) {
        Some(column) => misfit(table, column),
        None => Fault::Broken(format!("table `{}` has no such column", table.name)),
    })
}

fn size(value: &Value) -> usize {
    match value {
        Value::Null | Value::Integer(_) => size_of::<i64>(),
        Value::Text(text) => text.len(),
        Value::Bytes(bytes) => bytes.len(),
    }
}

#[cfg(test)]
mod tests;
