//! One of the two databases as raw rows, to move to or from another engine.
//!
//! A source is locked against writers from opening to dropping. A target cannot be: whether a service runs on it is not to
//! be seen from here, so whoever moves sees to it that none does; until the move is finished none starts (`moving.rs`). SQL
//! is put together from names in `sigap_store::schema` alone.

use std::collections::HashMap;
use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use sigap_store::Fault;
use sigap_store::migrations::Migration;
use sigap_store::raw::{RawRows, Row, Value, ensure_fits, misfit};
use sigap_store::schema::{ColumnKind, Engine, Table, keys_tables, tables};
use tokio::runtime::Runtime;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, Error, Statement};

use crate::connection::{Door, Places, check_server};
use crate::migrations;
use crate::store::{connected, doors};
use crate::trouble::Trouble;

/// How long one call may take: counting or locking a table of many millions of rows, on a slow machine.
const CALL_MAX: Duration = Duration::from_secs(15 * 60);
/// Bytes of values after which a chunk of rows ends early: a kept webhook may have megabytes.
const CHUNK_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Rows asked for at once: more than these are not in memory when a chunk turns out to be large.
const ROWS_AT_ONCE: usize = 50;
/// The session's own settings: no statement is cut off, and rows come by the index of their key even where the server has
/// no statistics yet.
const SETTINGS: &str = "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET enable_sort = off";
/// How long a writer may hold a table of a source before we say that somebody works on it.
const SOURCE_BUSY: &str = "SET lock_timeout = '2s'";

/// Which of the two databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RawPart {
    /// The main database.
    Database,
    /// The key store.
    Keys,
}

/// A connection to one of them.
pub struct RawDatabase {
    door: Door,
    client: Client,
    /// Holds the locks of a source, in a transaction of its own.
    guard: Option<Client>,
    statements: HashMap<String, Statement>,
    runtime: Runtime,
}

impl RawDatabase {
    /// Connects to a database to read it. Others can read it meanwhile, but not write.
    ///
    /// # Errors
    /// When it cannot be reached, is not of this version, or somebody is writing to it.
    pub fn open_source(places: &Places, part: RawPart) -> Result<Self, Fault> {
        let door = part.door(places)?;
        let mut side = Self::connect(&door)?;
        migrations::check(&mut connected(&door)?, part.migrations())?;
        let names: Vec<String> = part.tables()?.into_iter().map(|table| table.name).collect();
        let lock = format!("LOCK TABLE {} IN SHARE MODE", names.join(", "));
        let guard = side.runtime.block_on(open(&door)).map_err(told)?;
        let begin = async {
            guard.batch_execute(SOURCE_BUSY).await?;
            guard.batch_execute("BEGIN").await?;
            guard.batch_execute(&lock).await
        };
        match side.runtime.block_on(begin).map_err(Trouble::from) {
            Err(Trouble::Locked | Trouble::Conflict) => {
                return Err(Fault::Refused(
                    "the database is being written to; stop the service on it first".into(),
                ));
            }
            begun => begun.map_err(told)?,
        }
        side.guard = Some(guard);
        Ok(side)
    }

    /// Connects to a database of this version to append to it. `Target` finds out before whether it may.
    ///
    /// # Errors
    /// When it cannot be reached or is not of this version.
    pub fn open_target(places: &Places, part: RawPart) -> Result<Self, Fault> {
        let door = part.door(places)?;
        migrations::check(&mut connected(&door)?, part.migrations())?;
        Self::connect(&door)
    }

    /// Connects, whatever stands there.
    pub(crate) fn connect(door: &Door) -> Result<Self, Fault> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| Fault::Refused(error.to_string()))?;
        let client = runtime.block_on(open(door)).map_err(told)?;
        Ok(Self {
            door: door.clone(),
            client,
            guard: None,
            statements: HashMap::new(),
            runtime,
        })
    }

    /// Whether a table of this name is there and has rows. The name is one of `schema.txt`.
    pub(crate) fn has_rows(&mut self, table: &Table) -> Result<bool, Fault> {
        let exists = "SELECT 1 WHERE to_regclass($1) IS NOT NULL";
        if self.query(exists, &[&table.name])?.is_empty() {
            return Ok(false);
        }
        let sql = format!("SELECT 1 FROM {} LIMIT 1", table.name);
        Ok(!self.query(&sql, &[])?.is_empty())
    }

    /// Runs statements without values.
    pub(crate) fn command(&mut self, sql: &str) -> Result<(), Fault> {
        wait(&self.runtime, self.client.batch_execute(sql))
    }

    pub(crate) fn query(
        &mut self,
        sql: &str,
        values: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<tokio_postgres::Row>, Fault> {
        let statement = self.prepared(sql)?;
        wait(&self.runtime, self.client.query(&statement, values))
    }

    fn reconnect(&mut self) -> Result<(), Fault> {
        self.statements.clear();
        self.client = self.runtime.block_on(open(&self.door)).map_err(told)?;
        Ok(())
    }

    fn prepared(&mut self, sql: &str) -> Result<Statement, Fault> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = wait(&self.runtime, self.client.prepare(sql))?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

impl RawPart {
    pub(crate) fn door(self, places: &Places) -> Result<Door, Fault> {
        let (database, keys) = doors(places)?;
        Ok(match self {
            Self::Database => database,
            Self::Keys => keys,
        })
    }

    /// The tables of this engine.
    pub(crate) fn tables(self) -> Result<Vec<Table>, Fault> {
        let mut tables = match self {
            Self::Database => tables()?,
            Self::Keys => keys_tables()?,
        };
        tables.retain(|table| table.is_in(Engine::Postgres));
        Ok(tables)
    }

    fn migrations(self) -> &'static [Migration] {
        match self {
            Self::Database => migrations::MAIN,
            Self::Keys => migrations::KEYS,
        }
    }
}

impl RawRows for RawDatabase {
    fn count(&mut self, table: &Table) -> Result<u64, Fault> {
        let sql = format!("SELECT COUNT(*) FROM {}", table.name);
        let rows = self.query(&sql, &[])?;
        let count: Option<i64> = rows.first().and_then(|row| row.try_get(0).ok());
        count
            .and_then(|count| u64::try_from(count).ok())
            .ok_or_else(|| Fault::Broken(format!("table `{}` was not counted", table.name)))
    }

    fn last_key(&mut self, table: &Table) -> Result<Option<Row>, Fault> {
        let rows = self.query(&last_key_sql(table), &[])?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        let positions = table.key_positions().into_iter().enumerate();
        positions
            .map(|(index, position)| value(table, position, row, index))
            .collect::<Result<_, _>>()
            .map(Some)
    }

    fn read_after(&mut self, table: &Table, after: Option<&[Value]>, limit: usize) -> Result<Vec<Row>, Fault> {
        let statement = self.prepared(&read_sql(table, after.is_some(), limit))?;
        let after = after.unwrap_or_default();
        if statement.params().len() != after.len() {
            return Err(Fault::Broken(format!("that is no key of table `{}`", table.name)));
        }
        let values: Vec<_> = after
            .iter()
            .map(|value| parameter(value, ColumnKind::Integer))
            .collect();
        let client = &mut self.client;
        let rows = wait(&self.runtime, async move {
            // Rows of a statement are taken a few at a time in a transaction only.
            let tx = client.transaction().await?;
            let portal = tx.bind(&statement, &values).await?;
            let (mut read, mut bytes) = (Vec::new(), 0);
            while read.len() < limit && bytes < CHUNK_BYTES_MAX {
                let wanted = ROWS_AT_ONCE.min(limit - read.len());
                let rows = tx
                    .query_portal(&portal, i32::try_from(wanted).unwrap_or(i32::MAX))
                    .await?;
                let is_end = rows.len() < wanted;
                bytes += rows.iter().map(tokio_postgres::Row::raw_size_bytes).sum::<usize>();
                read.extend(rows);
                if is_end {
                    break;
                }
            }
            tx.rollback().await?;
            Ok(read)
        })?;
        let values_of = |row| (0..table.columns.len()).map(move |position| value(table, position, row, position));
        rows.iter().map(|row| values_of(row).collect()).collect()
    }

    fn append(&mut self, table: &Table, rows: &[Row]) -> Result<(), Fault> {
        if self.guard.is_some() {
            return Err(Fault::Broken("the source of a move is only read".into()));
        }
        for row in rows {
            ensure_fits(table, row)?;
        }
        if rows.is_empty() {
            return Ok(());
        }
        let sql = format!(
            "COPY {} ({}) FROM STDIN WITH (FORMAT binary)",
            table.name,
            table.column_list()
        );
        let statement = self.prepared(&sql)?;
        let types: Vec<Type> = table.columns.iter().map(|column| type_of(column.kind)).collect();
        let begun = wait(&self.runtime, self.client.copy_in(&statement));
        if begun.is_err() {
            // The driver ends a COPY that never began as if it had, and misunderstands every answer after it.
            self.reconnect()?;
        }
        let begun = begun?;
        // One statement, so all rows or none; dropped before its end, the server forgets what it got.
        wait(&self.runtime, async move {
            let mut writer = pin!(BinaryCopyInWriter::new(begun, &types));
            for row in rows {
                let columns = row.iter().zip(&table.columns);
                let values: Vec<_> = columns.map(|(value, column)| parameter(value, column.kind)).collect();
                writer.as_mut().write(&values).await?;
            }
            writer.finish().await
        })?;
        Ok(())
    }
}

/// A connection that is driven by a task of the current runtime.
async fn open(door: &Door) -> Result<Client, Trouble> {
    // The task ends with the client.
    let (client, _task) = door.connect().await?;
    check_server(&client).await?;
    client.batch_execute(SETTINGS).await?;
    Ok(client)
}

/// Waits for one answer, but not for ever.
fn wait<T>(runtime: &Runtime, answer: impl Future<Output = Result<T, Error>>) -> Result<T, Fault> {
    match runtime.block_on(async { tokio::time::timeout(CALL_MAX, answer).await }) {
        Ok(ended) => ended.map_err(|error| told(error.into())),
        Err(_) => Err(told(Trouble::silence())),
    }
}

/// As `Fault::from`, but says that the connection broke: nobody tries again by himself here.
fn told(trouble: Trouble) -> Fault {
    match trouble {
        Trouble::Lost(said) => Fault::Refused(said),
        other => other.into(),
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

fn read_sql(table: &Table, has_after: bool, limit: usize) -> String {
    let (columns, name, key) = (table.column_list(), &table.name, table.key_list());
    if has_after {
        let places: Vec<String> = (1..=table.key.len()).map(|place| format!("${place}")).collect();
        let places = places.join(", ");
        format!("SELECT {columns} FROM {name} WHERE ({key}) > ({places}) ORDER BY {key} LIMIT {limit}")
    } else {
        format!("SELECT {columns} FROM {name} ORDER BY {key} LIMIT {limit}")
    }
}

fn type_of(kind: ColumnKind) -> Type {
    match kind {
        ColumnKind::Integer => Type::INT8,
        ColumnKind::Text => Type::TEXT,
        ColumnKind::Bytes => Type::BYTEA,
    }
}

/// As the driver takes it. Nothing is of a kind as well there: that of its column.
fn parameter(value: &Value, kind: ColumnKind) -> &(dyn ToSql + Sync) {
    match (value, kind) {
        (Value::Integer(value), _) => value,
        (Value::Text(text), _) => text,
        (Value::Bytes(bytes), _) => bytes,
        (Value::Null, ColumnKind::Integer) => &None::<i64>,
        (Value::Null, ColumnKind::Text) => &None::<&str>,
        (Value::Null, ColumnKind::Bytes) => &None::<&[u8]>,
    }
}

/// The value of the table's column at `position`, which stands at `index` in the row.
fn value(table: &Table, position: usize, row: &tokio_postgres::Row, index: usize) -> Result<Value, Fault> {
    let column = table
        .columns
        .get(position)
        .ok_or_else(|| Fault::Broken(format!("table `{}` has no such column", table.name)))?;
    let read = match column.kind {
        ColumnKind::Integer => row.try_get(index).map(|value: Option<i64>| value.map(Value::Integer)),
        ColumnKind::Text => row.try_get(index).map(|value: Option<String>| value.map(Value::Text)),
        ColumnKind::Bytes => row.try_get(index).map(|value: Option<Vec<u8>>| value.map(Value::Bytes)),
    };
    read.map(|value| value.unwrap_or(Value::Null))
        .map_err(|_| misfit(table, column))
}

#[cfg(test)]
mod tests;
