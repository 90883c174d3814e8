//! What stands in the databases, as data: the tables of `schema.txt` and `keys_schema.txt`, alike on every engine.
//!
//! The tests of an engine read its migrated database back into the same types and compare; `sigap move` copies by them.
//! Names of tables and columns in SQL that is put together may come from here and from nowhere else.

mod parsing;

use std::fmt;

use thiserror::Error;

use crate::fault::Fault;

pub use parsing::parse;

const MAIN: &str = include_str!("../schema.txt");
const KEYS: &str = include_str!("../keys_schema.txt");

/// The tables of the main database, by name.
///
/// # Errors
/// Never with the embedded file; a test reads it.
pub fn tables() -> Result<Vec<Table>, Misread> {
    parse(MAIN)
}

/// The tables of the key store.
///
/// # Errors
/// As `tables`.
pub fn keys_tables() -> Result<Vec<Table>, Misread> {
    parse(KEYS)
}

/// A line of a schema file that says nothing we know.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line} of the schema: {why}")]
pub struct Misread {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub why: String,
}

impl From<Misread> for Fault {
    fn from(misread: Misread) -> Self {
        Self::Broken(misread.to_string())
    }
}

/// A table, in the order in which it is written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// How it is spread over several machines.
    pub kind: TableKind,
    /// The only engine that has it, when not every engine does.
    pub only: Option<Engine>,
    /// Its columns, in the order of the database.
    pub columns: Vec<Column>,
    /// The columns of its primary key; none of them may be null.
    pub key: Vec<String>,
    /// Its indexes that are not unique, by name.
    pub indexes: Vec<Index>,
    /// Columns that are unique together, beside the key.
    pub uniques: Vec<Vec<String>>,
    /// Columns that hold one of a few words.
    pub words: Vec<Words>,
    /// Counts that stay from 0 up to another column: `CHECK (count BETWEEN 0 AND most)`, as (count, most).
    pub within: Vec<(String, String)>,
}

/// How a table is spread over several machines (docs/storage.md).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableKind {
    /// By its `office_id`, together with all else of that office.
    Office,
    /// By the first column of its key.
    Person,
    /// Each machine has all of it.
    Reference,
    /// Not at all: it belongs to one machine.
    Local,
}

/// An engine that may have tables of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: ColumnKind,
    /// Whether it may be empty.
    pub is_nullable: bool,
    /// What stands in it when nothing was said, as SQL writes it.
    pub default: Option<String>,
}

/// What a column holds, whatever its engine calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// 64 bits with a sign.
    Integer,
    /// Unicode, ordered by its bytes.
    Text,
    /// Bytes.
    Bytes,
}

/// An index by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// Its name.
    pub name: String,
    /// Its columns.
    pub columns: Vec<String>,
}

/// A column with the words it may hold: `CHECK (column IN (…))`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The column.
    pub column: String,
    /// The words, as the check lists them.
    pub allowed: Vec<String>,
}

impl Table {
    /// Whether an engine has it.
    #[must_use]
    pub fn is_in(&self, engine: Engine) -> bool {
        self.only.is_none_or(|only| only == engine)
    }

    /// Where the key's columns stand among the columns.
    #[must_use]
    pub fn key_positions(&self) -> Vec<usize> {
        let position = |name: &String| self.columns.iter().position(|column| column.name == *name);
        self.key.iter().filter_map(position).collect()
    }

    /// The columns as a statement lists them: `office_id, person_id, contact`.
    #[must_use]
    pub fn column_list(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|column| column.name.as_str()).collect();
        names.join(", ")
    }

    /// The key's columns as a statement lists them.
    #[must_use]
    pub fn key_list(&self) -> String {
        self.key.join(", ")
    }
}

impl TableKind {
    const ALL: [Self; 4] = [Self::Office, Self::Person, Self::Reference, Self::Local];

    /// The word in the file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Office => "office",
            Self::Person => "person",
            Self::Reference => "reference",
            Self::Local => "local",
        }
    }
}

impl Engine {
    const ALL: [Self; 2] = [Self::Sqlite, Self::Postgres];

    /// The word in the file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

impl ColumnKind {
    const ALL: [Self; 3] = [Self::Integer, Self::Text, Self::Bytes];

    /// The word in the file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Integer => "integer",
            Self::Text => "text",
            Self::Bytes => "bytes",
        }
    }
}

/// The tables as the file writes them, without its head.
#[must_use]
pub fn print(tables: &[Table]) -> String {
    let printed: Vec<String> = tables.iter().map(Table::to_string).collect();
    printed.join("\n")
}

/// The tables in which two schemas differ, each as it should be and as it is; `None` when there are none.
#[must_use]
pub fn differences(declared: &[Table], found: &[Table]) -> Option<String> {
    let named = |tables: &[Table], name: &str| tables.iter().find(|table| table.name == name).map(Table::to_string);
    let mut names: Vec<&str> = declared.iter().chain(found).map(|table| table.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let mut lines = Vec::new();
    for name in names {
        let (should_be, is) = (named(declared, name), named(found, name));
        if should_be != is {
            let missing = || format!("no table {name}\n");
            lines.push(format!(
                "declared:\n{}found:\n{}",
                should_be.unwrap_or_else(missing),
                is.unwrap_or_else(missing)
            ));
        }
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "table {}: {}", self.name, self.kind.name())?;
        if let Some(only) = self.only {
            writeln!(f, "  only {}", only.name())?;
        }
        for column in &self.columns {
            writeln!(f, "  {column}")?;
        }
        writeln!(f, "  key {}", self.key.join(" "))?;
        for index in &self.indexes {
            writeln!(f, "  index {} {}", index.name, index.columns.join(" "))?;
        }
        for unique in &self.uniques {
            writeln!(f, "  unique {}", unique.join(" "))?;
        }
        for (count, most) in &self.within {
            writeln!(f, "  within {count} {most}")?;
        }
        for words in &self.words {
            writeln!(f, "  words {} {}", words.column, words.allowed.join(" "))?;
        }
        Ok(())
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.kind.name())?;
        if self.is_nullable {
            f.write_str(" null")?;
        }
        if let Some(default) = &self.default {
            write!(f, " default {default}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
