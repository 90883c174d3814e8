//! Reads back what stands in a database, in the terms of `sigap_store::schema`. What those terms cannot say is refused
//! rather than left out: the comparison would miss it.

use rusqlite::{Connection, Row};
use sigap_store::Fault;
use sigap_store::schema::{Column, ColumnKind, Index, Table, TableKind, Words};

use crate::connection::refused;

/// The tables of a database but for the bookkeeping of migrations, by name. How a table is spread over machines does not
/// stand in a file: that part is taken from `declared`.
pub(crate) fn read(db: &Connection, declared: &[Table]) -> Result<Vec<Table>, Fault> {
    let objects = list(
        db,
        "SELECT type, name, sql
         FROM sqlite_schema
         WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> 'migration'
         ORDER BY name",
        "",
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    let mut tables = Vec::new();
    for (object, name, sql) in objects {
        let (object, name, sql): (String, String, String) = (object, name, sql);
        match object.as_str() {
            "table" => tables.push(read_table(db, &name, &sql, declared)?),
            // Read with its table.
            "index" => {}
            _ => return Err(untold(&format!("the {object} `{name}`"))),
        }
    }
    Ok(tables)
}

fn read_table(db: &Connection, name: &str, sql: &str, declared: &[Table]) -> Result<Table, Fault> {
    let declared = declared.iter().find(|table| table.name == name);
    let (indexes, uniques) = read_indexes(db, name)?;
    Ok(Table {
        name: name.to_owned(),
        kind: declared.map_or(TableKind::Local, |table| table.kind),
        only: declared.and_then(|table| table.only),
        columns: read_columns(db, name)?,
        key: list(
            db,
            "SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk",
            name,
            |row| row.get(0),
        )?,
        indexes,
        uniques,
        words: read_words(sql)?,
        within: read_within(sql),
    })
}

fn read_columns(db: &Connection, table: &str) -> Result<Vec<Column>, Fault> {
    let rows: Vec<(String, String, bool, Option<String>)> = list(
        db,
        "SELECT name, type, \"notnull\", dflt_value FROM pragma_table_info(?1) ORDER BY cid",
        table,
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )?;
    rows.into_iter()
        .map(|(name, kind, is_required, default)| {
            let kind = match kind.as_str() {
                "INTEGER" => ColumnKind::Integer,
                "TEXT" => ColumnKind::Text,
                "BLOB" => ColumnKind::Bytes,
                _ => return Err(untold(&format!("the type `{kind}` of `{table}.{name}`"))),
            };
            Ok(Column {
                name,
                kind,
                is_nullable: !is_required,
                default,
            })
        })
        .collect()
}

/// The named indexes, and the columns of `UNIQUE` constraints.
fn read_indexes(db: &Connection, table: &str) -> Result<(Vec<Index>, Vec<Vec<String>>), Fault> {
    let (mut indexes, mut uniques) = (Vec::new(), Vec::new());
    let rows: Vec<(String, bool, String, bool)> = list(
        db,
        "SELECT name, \"UNIQUE\", origin, partial FROM pragma_index_list(?1) ORDER BY name",
        table,
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )?;
    for (name, is_unique, origin, is_partial) in rows {
        match (origin.as_str(), is_unique, is_partial) {
            ("pk", ..) => {}
            ("u", ..) => uniques.push(read_index_columns(db, &name)?),
            ("c", false, false) => indexes.push(Index {
                columns: read_index_columns(db, &name)?,
                name,
            }),
            _ => return Err(untold(&format!("the index `{name}`"))),
        }
    }
    uniques.sort();
    Ok((indexes, uniques))
}

fn read_index_columns(db: &Connection, index: &str) -> Result<Vec<String>, Fault> {
    let columns: Vec<(Option<String>, bool, String)> = list(
        db,
        "SELECT name, \"desc\", coll FROM pragma_index_xinfo(?1) WHERE key = 1 ORDER BY seqno",
        index,
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    columns
        .into_iter()
        .map(|(name, is_descending, collation)| match name {
            Some(name) if !is_descending && collation == "BINARY" => Ok(name),
            // An expression has no name.
            _ => Err(untold(&format!("a column of the index `{index}`"))),
        })
        .collect()
}

/// `CHECK (column IN ('a', 'b'))`, as the statement that made the table wrote it: SQLite keeps its text only.
fn read_words(sql: &str) -> Result<Vec<Words>, Fault> {
    sql.split("CHECK")
        .skip(1)
        .filter(|check| within_of(check).is_none())
        .map(|check| words_of(check).ok_or_else(|| untold("a check other than `CHECK (column IN (…))`")))
        .collect()
}

/// `CHECK (count BETWEEN 0 AND most)`.
fn read_within(sql: &str) -> Vec<(String, String)> {
    sql.split("CHECK").skip(1).filter_map(within_of).collect()
}

fn within_of(check: &str) -> Option<(String, String)> {
    let (count, rest) = check.trim_start().strip_prefix('(')?.split_once(" BETWEEN 0 AND ")?;
    let (most, _) = rest.split_once(')')?;
    Some((count.trim().to_owned(), most.trim().to_owned()))
}

fn words_of(check: &str) -> Option<Words> {
    let (column, list) = check.trim_start().strip_prefix('(')?.split_once(" IN (")?;
    let (list, rest) = list.split_once(')')?;
    let closes = rest.trim_start().starts_with(')');
    let allowed: Option<Vec<String>> = list
        .split(',')
        .map(|word| Some(word.trim().strip_prefix('\'')?.strip_suffix('\'')?.to_owned()))
        .collect();
    closes.then_some(Words {
        column: column.trim().to_owned(),
        allowed: allowed?,
    })
}

/// Every row; a statement with one parameter gets `about`.
fn list<T>(
    db: &Connection,
    sql: &str,
    about: &str,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, Fault> {
    let mut statement = db.prepare_cached(sql).map_err(refused)?;
    let about: &[&str] = if statement.parameter_count() == 0 {
        &[]
    } else {
        &[about]
    };
    statement
        .query_map(rusqlite::params_from_iter(about), read)
        .and_then(Iterator::collect)
        .map_err(refused)
}

fn untold(what: &str) -> Fault {
    Fault::Refused(format!("{what} cannot be said in `schema.txt`"))
}

#[cfg(test)]
mod tests;
