//! Reading a schema file, line by line. What is read may be put into SQL, so names are held to small letters.

use super::{Column, ColumnKind, Engine, Index, Misread, Table, TableKind, Words};

/// Reads a schema file.
///
/// # Errors
/// At the first line that cannot be read; it is named.
pub fn parse(text: &str) -> Result<Vec<Table>, Misread> {
    let mut tables: Vec<Table> = Vec::new();
    let mut last = 0;
    for (index, line) in text.lines().enumerate() {
        let misread = |why: String| Misread { line: index + 1, why };
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            [] => {}
            [first, ..] if first.starts_with('#') => {}
            ["table", rest @ ..] => {
                ensure_complete(tables.last()).map_err(misread)?;
                let table = table(rest).map_err(misread)?;
                if tables.iter().any(|other| other.name == table.name) {
                    return Err(misread(format!("a second table `{}`", table.name)));
                }
                tables.push(table);
            }
            words => match tables.last_mut() {
                Some(table) => add(table, words).map_err(misread)?,
                None => return Err(misread("stands before the first table".into())),
            },
        }
        last = index + 1;
    }
    ensure_complete(tables.last()).map_err(|why| Misread { line: last, why })?;
    Ok(tables)
}

/// A table without a key could not be copied in order.
fn ensure_complete(table: Option<&Table>) -> Result<(), String> {
    match table {
        Some(table) if table.key.is_empty() => Err(format!("the table `{}` above has no key", table.name)),
        _ => Ok(()),
    }
}

fn table(words: &[&str]) -> Result<Table, String> {
    let [head, kind] = words else {
        return Err("expected `table NAME: KIND`".into());
    };
    let head = head.strip_suffix(':').ok_or("expected `table NAME: KIND`")?;
    Ok(Table {
        name: name(head)?,
        kind: word(kind, TableKind::ALL, TableKind::name)?,
        only: None,
        columns: Vec::new(),
        key: Vec::new(),
        indexes: Vec::new(),
        uniques: Vec::new(),
        words: Vec::new(),
        within: Vec::new(),
    })
}

/// Adds what one line says of its table.
fn add(table: &mut Table, words: &[&str]) -> Result<(), String> {
    match words {
        ["only", engine] => table.only = Some(word(engine, Engine::ALL, Engine::name)?),
        ["key", names @ ..] => {
            if !table.key.is_empty() {
                return Err("a second key".into());
            }
            let key = columns(table, names)?;
            if let Some(column) = table.columns.iter().find(|it| it.is_nullable && key.contains(&it.name)) {
                return Err(format!("`{}` may be null and is in the key", column.name));
            }
            table.key = key;
        }
        ["index", index, names @ ..] => table.indexes.push(Index {
            name: name(index)?,
            columns: columns(table, names)?,
        }),
        ["unique", names @ ..] => table.uniques.push(columns(table, names)?),
        ["words", column, allowed @ ..] if !allowed.is_empty() => table.words.push(Words {
            column: existing(table, column)?,
            allowed: allowed.iter().map(|word| name(word)).collect::<Result<_, _>>()?,
        }),
        ["within", count, most] => table.within.push((existing(table, count)?, existing(table, most)?)),
        [column, kind, rest @ ..] => {
            let column = self::column(column, kind, rest)?;
            if table.columns.iter().any(|other| other.name == column.name) {
                return Err(format!("a second column `{}`", column.name));
            }
            table.columns.push(column);
        }
        _ => return Err("expected a column, `only`, `key`, `index`, `unique`, `within` or `words`".into()),
    }
    Ok(())
}

fn column(column: &str, kind: &str, rest: &[&str]) -> Result<Column, String> {
    let (is_nullable, rest) = match rest {
        ["null", rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    let default = match rest {
        [] => None,
        ["default", value] => Some((*value).to_owned()),
        _ => return Err("expected nothing, `null` or `default VALUE` after the column".into()),
    };
    Ok(Column {
        name: name(column)?,
        kind: word(kind, ColumnKind::ALL, ColumnKind::name)?,
        is_nullable,
        default,
    })
}

fn columns(table: &Table, names: &[&str]) -> Result<Vec<String>, String> {
    if names.is_empty() {
        return Err("names no column".into());
    }
    names.iter().map(|name| existing(table, name)).collect()
}

fn existing(table: &Table, name: &str) -> Result<String, String> {
    let column = table.columns.iter().find(|column| column.name == name);
    column
        .map(|column| column.name.clone())
        .ok_or_else(|| format!("no column `{name}` above"))
}

/// The one of `all` that is called so.
fn word<T: Copy, const N: usize>(word: &str, all: [T; N], name: fn(T) -> &'static str) -> Result<T, String> {
    all.into_iter().find(|it| name(*it) == word).ok_or_else(|| {
        let known: Vec<&str> = all.into_iter().map(name).collect();
        format!("`{word}` is none of {}", known.join(", "))
    })
}

fn name(word: &str) -> Result<String, String> {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let begins_well = word.starts_with(|c: char| c.is_ascii_lowercase());
    if begins_well && word.chars().all(is_plain) {
        Ok(word.to_owned())
    } else {
        Err(format!("`{word}` is not a name in small letters"))
    }
}
