//! Rows as they are stored, for moving a database to another engine: values are copied, sealed bytes stay sealed.
//!
//! Nothing here opens, seals or understands a value. Only `sigap move` goes this way; everything else goes through `Tx`.

use std::fmt;

use crate::fault::Fault;
use crate::schema::{Column, ColumnKind, Table};

/// A stored value. The order is that of both engines' keys: integers by value, text and bytes by their bytes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Nothing.
    Null,
    /// A number.
    Integer(i64),
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// Values in the order of the table's columns.
pub type Row = Vec<Value>;

/// A database, or a key store, seen as tables of raw rows. Nobody else may write to it meanwhile.
pub trait RawRows {
    /// How many rows a table has.
    ///
    /// # Errors
    /// Storage faults only.
    fn count(&mut self, table: &Table) -> Result<u64, Fault>;

    /// The largest key of a table, or `None` when it is empty.
    ///
    /// # Errors
    /// Storage faults only.
    fn last_key(&mut self, table: &Table) -> Result<Option<Row>, Fault>;

    /// Rows with a key above `after` (from the first on when there is none), in the order of the key: at most `limit`,
    /// and fewer where values are large. No row means that there is none.
    ///
    /// # Errors
    /// Storage faults, and a value that is neither of the kinds above.
    fn read_after(&mut self, table: &Table, after: Option<&[Value]>, limit: usize) -> Result<Vec<Row>, Fault>;

    /// Adds rows, all of them or none, and keeps them before it returns.
    ///
    /// # Errors
    /// Storage faults, a row that does not fit the table, a key that is there already, a database opened as a source.
    fn append(&mut self, table: &Table, rows: &[Row]) -> Result<(), Fault>;
}

/// Refuses a row that the table's columns do not admit. SQLite would take it, or change it, without a word.
///
/// # Errors
/// `Fault::Refused`, with the table and the column.
pub fn ensure_fits(table: &Table, row: &[Value]) -> Result<(), Fault> {
    if row.len() != table.columns.len() {
        return Err(Fault::Refused(format!(
            "a row of table `{}` has {} values for {} columns",
            table.name,
            row.len(),
            table.columns.len()
        )));
    }
    match table
        .columns
        .iter()
        .zip(row)
        .find(|(column, value)| !fits(column, value))
    {
        Some((column, _)) => Err(misfit(table, column)),
        None => Ok(()),
    }
}

/// The fault about a value that a column does not admit.
#[must_use]
pub fn misfit(table: &Table, column: &Column) -> Fault {
    let optional = if column.is_nullable { " or nothing" } else { "" };
    Fault::Refused(format!(
        "a row of table `{}` holds something else than {}{optional} in `{}`",
        table.name,
        column.kind.name(),
        column.name
    ))
}

fn fits(column: &Column, value: &Value) -> bool {
    match value {
        Value::Null => column.is_nullable,
        Value::Integer(_) => column.kind == ColumnKind::Integer,
        Value::Text(_) => column.kind == ColumnKind::Text,
        Value::Bytes(_) => column.kind == ColumnKind::Bytes,
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("Null"),
            Self::Integer(value) => write!(f, "Integer({value})"),
            // Texts and bytes may be personal.
            Self::Text(_) => f.write_str("Text(…)"),
            Self::Bytes(_) => f.write_str("Bytes(…)"),
        }
    }
}

#[cfg(test)]
mod tests;
