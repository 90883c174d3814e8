//! Reads back what stands in the session's schema, in the terms of `sigap_store::schema`. What those terms cannot say is
//! refused rather than left out: the comparison would miss it.

use std::collections::BTreeMap;

use sigap_store::Fault;
use sigap_store::schema::{Column, ColumnKind, Index, Table, TableKind, Words};
use tokio_postgres::Row;

use crate::session::Session;
use crate::trouble::Trouble;

const RELATIONS: &str = "
    SELECT relname::TEXT, relkind::TEXT
    FROM pg_class
    WHERE relnamespace = current_schema()::TEXT::REGNAMESPACE AND relname <> 'migration' AND relname <> 'migration_pkey'
    ORDER BY relname COLLATE \"C\"";
const COLUMNS: &str = "
    SELECT attname::TEXT, format_type(atttypid, atttypmod), collname::TEXT, attnotnull,
        pg_get_expr(adbin, adrelid), attidentity::TEXT || attgenerated::TEXT
    FROM pg_attribute
    LEFT JOIN pg_collation ON pg_collation.oid = attcollation
    LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE attrelid = $1::TEXT::REGCLASS AND attnum > 0 AND NOT attisdropped
    ORDER BY attnum";
/// One row a column of an index. Plain: in use, on columns that are in the key, of all rows, upwards, by the order of the
/// column itself.
const INDEXES: &str = "
    SELECT indexes.relname::TEXT, indisprimary, indisunique,
        COALESCE((SELECT contype::TEXT FROM pg_constraint
            WHERE conindid = indexrelid AND conrelid = indrelid AND contype IN ('p', 'u', 'x')), ''),
        attname::TEXT,
        indisvalid AND indisready AND indpred IS NULL AND indexprs IS NULL AND indnatts = indnkeyatts
            AND indoption[at] = 0 AND indcollation[at] = attcollation AND opcdefault AND amname = 'btree'
            AND NOT indnullsnotdistinct
    FROM pg_index
    JOIN pg_class AS indexes ON indexes.oid = indexrelid
    JOIN pg_am ON pg_am.oid = indexes.relam
    CROSS JOIN LATERAL generate_series(0, indnatts - 1) AS at
    LEFT JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[at]
    LEFT JOIN pg_opclass ON pg_opclass.oid = indclass[at]
    WHERE indrelid = $1::TEXT::REGCLASS
    ORDER BY indexes.relname COLLATE \"C\", at";
const CONSTRAINTS: &str = "
    SELECT conname::TEXT, contype::TEXT, pg_get_constraintdef(oid)
    FROM pg_constraint
    WHERE conrelid = $1::TEXT::REGCLASS AND contype NOT IN ('p', 'u')
    ORDER BY conname COLLATE \"C\"";
const TRIGGERS: &str = "
    SELECT tgname::TEXT
    FROM pg_trigger
    WHERE tgrelid = $1::TEXT::REGCLASS AND NOT tgisinternal";

/// The tables of the session's schema but for the bookkeeping of migrations, by name. How a table is spread over machines
/// does not stand there: that part is taken from `declared`.
pub(crate) fn read(session: &mut Session, declared: &[Table]) -> Result<Vec<Table>, Fault> {
    let mut tables = Vec::new();
    for row in session.rows(RELATIONS, &[])? {
        let (name, kind): (String, String) = (get(&row, 0)?, get(&row, 1)?);
        match kind.as_str() {
            "r" => tables.push(read_table(session, &name, declared)?),
            // Read with its table.
            "i" => {}
            _ => return Err(untold(&format!("`{name}`, which is no table,"))),
        }
    }
    Ok(tables)
}

fn read_table(session: &mut Session, name: &str, declared: &[Table]) -> Result<Table, Fault> {
    let declared = declared.iter().find(|table| table.name == name);
    if let Some(row) = session.rows(TRIGGERS, &[&name])?.first() {
        return Err(untold(&format!("the trigger `{}`", get::<String>(row, 0)?)));
    }
    let found = read_indexes(session, name)?;
    Ok(Table {
        name: name.to_owned(),
        kind: declared.map_or(TableKind::Local, |table| table.kind),
        only: declared.and_then(|table| table.only),
        columns: read_columns(session, name)?,
        key: found.key,
        indexes: found.named,
        uniques: found.uniques,
        words: read_words(session, name)?,
        within: read_within(session, name)?,
    })
}

fn read_columns(session: &mut Session, table: &str) -> Result<Vec<Column>, Fault> {
    let mut columns = Vec::new();
    for row in session.rows(COLUMNS, &[&table])? {
        let (name, kind): (String, String) = (get(&row, 0)?, get(&row, 1)?);
        let collation: Option<String> = get(&row, 2)?;
        let kind = match (kind.as_str(), collation.as_deref()) {
            ("bigint", None) => ColumnKind::Integer,
            // Any other order differs from that of SQLite, and from server to server.
            ("text", Some("C")) => ColumnKind::Text,
            ("bytea", None) => ColumnKind::Bytes,
            (kind, collation) => {
                let ordered = collation.map_or(String::new(), |collation| format!(" ordered by `{collation}`"));
                return Err(untold(&format!("the type `{kind}`{ordered} of `{table}.{name}`")));
            }
        };
        if !get::<String>(&row, 5)?.is_empty() {
            return Err(untold(&format!("that `{table}.{name}` is generated")));
        }
        columns.push(Column {
            name,
            kind,
            is_nullable: !get::<bool>(&row, 3)?,
            default: get::<Option<String>>(&row, 4)?.map(|told| plain_default(&told, kind)),
        });
    }
    Ok(columns)
}

/// A default as it was written: the server tells texts and great numbers with their type.
fn plain_default(told: &str, kind: ColumnKind) -> String {
    let value = told.split_once("::").map_or(told, |(value, _)| value);
    match kind {
        ColumnKind::Integer => value.trim_matches('\'').to_owned(),
        ColumnKind::Text | ColumnKind::Bytes => value.to_owned(),
    }
}

#[derive(Default)]
struct Indexes {
    key: Vec<String>,
    uniques: Vec<Vec<String>>,
    named: Vec<Index>,
}

fn read_indexes(session: &mut Session, table: &str) -> Result<Indexes, Fault> {
    let mut read: BTreeMap<String, (bool, bool, String, Vec<String>)> = BTreeMap::new();
    for row in session.rows(INDEXES, &[&table])? {
        let name: String = get(&row, 0)?;
        let (column, is_plain): (Option<String>, Option<bool>) = (get(&row, 4)?, get(&row, 5)?);
        let (Some(column), Some(true)) = (column, is_plain) else {
            return Err(untold(&format!("a column of the index `{name}`")));
        };
        let (is_key, is_unique, constraint) = (get(&row, 1)?, get(&row, 2)?, get(&row, 3)?);
        let index = read
            .entry(name)
            .or_insert_with(|| (is_key, is_unique, constraint, Vec::new()));
        index.3.push(column);
    }
    let mut indexes = Indexes::default();
    for (name, (is_key, is_unique, constraint, columns)) in read {
        match (is_key, is_unique, constraint.as_str()) {
            (true, ..) => indexes.key = columns,
            (_, true, "u") => indexes.uniques.push(columns),
            (_, false, "") => indexes.named.push(Index { name, columns }),
            _ => return Err(untold(&format!("the index `{name}`"))),
        }
    }
    indexes.uniques.sort();
    Ok(indexes)
}

/// In the order of the columns' names, as the schema files have them.
fn read_words(session: &mut Session, table: &str) -> Result<Vec<Words>, Fault> {
    let mut words = Vec::new();
    for row in session.rows(CONSTRAINTS, &[&table])? {
        let (name, kind, check): (String, String, String) = (get(&row, 0)?, get(&row, 1)?, get(&row, 2)?);
        if kind == "c" && within_of(&check).is_some() {
            continue;
        }
        let read = if kind == "c" { words_of(&check) } else { None };
        words.push(read.ok_or_else(|| {
            untold(&format!(
                "the constraint `{name}`, which is no `CHECK (column IN (…))`,"
            ))
        })?);
    }
    Ok(words)
}

fn read_within(session: &mut Session, table: &str) -> Result<Vec<(String, String)>, Fault> {
    let mut within = Vec::new();
    for row in session.rows(CONSTRAINTS, &[&table])? {
        within.extend(within_of(&get::<String>(&row, 2)?));
    }
    Ok(within)
}

/// `CHECK (count BETWEEN 0 AND most)`, as the server writes it: `CHECK (((count >= 0) AND (count <= most)))`.
fn within_of(check: &str) -> Option<(String, String)> {
    let inside = check.strip_prefix("CHECK (((")?.strip_suffix(")))")?;
    let (low, high) = inside.split_once(") AND (")?;
    let count = low.strip_suffix(" >= 0")?;
    let most = high.strip_prefix(count)?.strip_prefix(" <= ")?;
    Some((count.to_owned(), most.to_owned()))
}

/// `CHECK (column IN ('a', 'b'))`, as the server writes it: `CHECK ((column = ANY (ARRAY['a'::text, 'b'::text])))`.
fn words_of(check: &str) -> Option<Words> {
    let inside = check.strip_prefix("CHECK ((")?.strip_suffix("])))")?;
    let (column, list) = inside.split_once(" = ANY (ARRAY[")?;
    let allowed: Option<Vec<String>> = list
        .split(", ")
        .map(|word| Some(word.strip_prefix('\'')?.strip_suffix("'::text")?.to_owned()))
        .collect();
    let is_name = column
        .chars()
        .all(|letter| letter.is_ascii_lowercase() || letter == '_');
    is_name.then_some(Words {
        column: column.to_owned(),
        allowed: allowed?,
    })
}

fn get<'r, T: tokio_postgres::types::FromSql<'r>>(row: &'r Row, place: usize) -> Result<T, Fault> {
    row.try_get(place).map_err(|error| Trouble::from(error).into())
}

fn untold(what: &str) -> Fault {
    Fault::Refused(format!("{what} cannot be said in `schema.txt`"))
}

#[cfg(test)]
mod tests;
