//! Copies one database to another, whatever their engines, and compares the two afterwards.
//!
//! A copy that broke off is called again: it goes on after the last key that arrived. So `to` must have been empty before
//! the first call; rows of its own are found by `verify`, like all that was lost or changed on the way.

use std::cmp::Ordering;
use std::collections::VecDeque;
use std::fmt;

use crate::fault::Fault;
use crate::raw::{RawRows, Row, Value, ensure_fits};
use crate::schema::Table;

/// Rows read and appended at once: enough to make the commit of each chunk cheap, few enough to hold in memory.
pub const CHUNK_ROWS: usize = 500;

/// How far a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress<'a> {
    /// The table.
    pub table: &'a str,
    /// Rows copied or compared so far, with those of earlier calls.
    pub done: u64,
    /// Rows of the source.
    pub total: u64,
}

/// What a call of `copy` did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Copied {
    /// Rows copied.
    pub rows: u64,
    /// Rows that had arrived before.
    pub rows_before: u64,
}

/// What `verify` found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// Rows that are the same on both sides.
    pub rows: u64,
    /// The first difference of each table that has one; the rest of such a table was not compared.
    pub differences: Vec<Difference>,
}

/// A row that is not the same on both sides. Says where, never what stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The table.
    pub table: String,
    /// Its place in the order of the key, counted from 1; on the side that has the row.
    pub row: u64,
    /// In which way.
    pub kind: DifferenceKind,
}

/// In which way a row differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DifferenceKind {
    /// The copy has it not.
    Missing,
    /// Only the copy has it.
    Extra,
    /// Both have it, with another value in this column.
    Changed {
        /// The first such column.
        column: String,
    },
}

/// Copies the tables that every engine has, in chunks that are each kept whole or not at all.
///
/// # Errors
/// Storage faults of either side; what was copied so far stays. `Fault::Refused` about a value that the table does not
/// admit, `Fault::Broken` about a side that does not read in the order of its key.
pub fn copy(
    tables: &[Table],
    from: &mut dyn RawRows,
    to: &mut dyn RawRows,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<Copied, Fault> {
    let mut copied = Copied::default();
    for table in shared(tables) {
        let total = from.count(table)?;
        let before = to.count(table)?;
        copied.rows_before += before;
        let mut reader = Reader::after(table, to.last_key(table)?);
        let mut done = before;
        progress(at(table, done, total));
        loop {
            let rows = reader.read(from)?;
            if rows.is_empty() {
                break;
            }
            to.append(table, &rows)?;
            let arrived = u64::try_from(rows.len()).unwrap_or(u64::MAX);
            copied.rows += arrived;
            done += arrived;
            progress(at(table, done, total));
        }
    }
    Ok(copied)
}

/// Compares every value of every row of the tables that every engine has.
///
/// # Errors
/// As `copy`. A difference is no fault: it is told in what is returned.
pub fn verify(
    tables: &[Table],
    from: &mut dyn RawRows,
    to: &mut dyn RawRows,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<Verified, Fault> {
    let mut verified = Verified::default();
    for table in shared(tables) {
        let total = from.count(table)?;
        let (rows, difference) = compare(table, from, to, &mut |done| progress(at(table, done, total)))?;
        verified.rows += rows;
        verified.differences.extend(difference);
    }
    Ok(verified)
}

/// The rows that are the same, up to the first that is not.
fn compare(
    table: &Table,
    from: &mut dyn RawRows,
    to: &mut dyn RawRows,
    progress: &mut dyn FnMut(u64),
) -> Result<(u64, Option<Difference>), Fault> {
    let (mut ours, mut theirs) = (Line::of(table), Line::of(table));
    let key = table.key_positions();
    let mut same = 0;
    progress(same);
    let kind = loop {
        let is_chunk_done = ours.waiting.is_empty() && same > 0;
        if is_chunk_done {
            progress(same);
        }
        match (ours.next(from)?, theirs.next(to)?) {
            (None, None) => return Ok((same, None)),
            (Some(_), None) => break DifferenceKind::Missing,
            (None, Some(_)) => break DifferenceKind::Extra,
            (Some(ours), Some(theirs)) => match key_of(&key, &ours).cmp(&key_of(&key, &theirs)) {
                Ordering::Less => break DifferenceKind::Missing,
                Ordering::Greater => break DifferenceKind::Extra,
                Ordering::Equal => match first_changed(table, &ours, &theirs) {
                    Some(column) => break DifferenceKind::Changed { column },
                    None => same += 1,
                },
            },
        }
    };
    let difference = Difference {
        table: table.name.clone(),
        row: same + 1,
        kind,
    };
    Ok((same, Some(difference)))
}

/// What one engine has for itself is of no use to another.
fn shared(tables: &[Table]) -> impl Iterator<Item = &Table> {
    tables.iter().filter(|table| table.only.is_none())
}

fn at(table: &Table, done: u64, total: u64) -> Progress<'_> {
    Progress {
        table: &table.name,
        done,
        total,
    }
}

fn key_of(positions: &[usize], row: &[Value]) -> Row {
    let values = positions.iter();
    values.filter_map(|position| row.get(*position).cloned()).collect()
}

fn first_changed(table: &Table, ours: &[Value], theirs: &[Value]) -> Option<String> {
    let mut values = table.columns.iter().zip(ours.iter().zip(theirs));
    let (column, _) = values.find(|(_, (ours, theirs))| ours != theirs)?;
    Some(column.name.clone())
}

/// Reads a table chunk by chunk and holds the side to its promises: a wrong order would make the copy leave rows out, or
/// never end.
struct Reader<'t> {
    table: &'t Table,
    key: Vec<usize>,
    after: Option<Row>,
}

impl<'t> Reader<'t> {
    fn after(table: &'t Table, after: Option<Row>) -> Self {
        Self {
            table,
            key: table.key_positions(),
            after,
        }
    }

    fn read(&mut self, side: &mut dyn RawRows) -> Result<Vec<Row>, Fault> {
        let rows = side.read_after(self.table, self.after.as_deref(), CHUNK_ROWS)?;
        for row in &rows {
            ensure_fits(self.table, row)?;
            let key = Some(key_of(&self.key, row));
            if self.after >= key {
                return Err(Fault::Broken(format!(
                    "table `{}` was not read in the order of its key",
                    self.table.name
                )));
            }
            self.after = key;
        }
        Ok(rows)
    }
}

/// The rows of one side one by one: the two sides need not read in chunks of one size.
struct Line<'t> {
    reader: Reader<'t>,
    waiting: VecDeque<Row>,
}

impl<'t> Line<'t> {
    fn of(table: &'t Table) -> Self {
        Self {
            reader: Reader::after(table, None),
            waiting: VecDeque::new(),
        }
    }

    fn next(&mut self, side: &mut dyn RawRows) -> Result<Option<Row>, Fault> {
        if self.waiting.is_empty() {
            self.waiting = self.reader.read(side)?.into();
        }
        Ok(self.waiting.pop_front())
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "table `{}`, row {} in the order of its key: ", self.table, self.row)?;
        match &self.kind {
            DifferenceKind::Missing => f.write_str("missing in the copy"),
            DifferenceKind::Extra => f.write_str("only in the copy"),
            DifferenceKind::Changed { column } => write!(f, "another value in `{column}`"),
        }
    }
}

#[cfg(test)]
mod tests;
