//! The SQL can be spread over a sharded PostgreSQL by office: every table of an office, every statement on it and all that is
//! unique in it lie on one machine, and nothing asks a server for what only one of them would know.

mod schema;
mod words;

use super::rust_text::{self, Kind as Piece};
use super::tree::Tree;
use super::{Finding, Rule};
use schema::{Kind, OFFICE, Schema};
use words::{Word, find_run, in_brackets, tables, words};

/// Kinds of tables are told by `schema.txt` of `sigap-store`.
pub(super) const SCHEMA: Rule = Rule {
    promise: "keys, unique columns and indexes of an office's tables begin with `office_id`",
    check: schema,
};
/// In the `*.sql` files of both engines.
pub(super) const MIGRATIONS: Rule = Rule {
    promise: "migrations make tables of schema.txt, from what a sharded PostgreSQL can do",
    check: migrations,
};
/// In the quoted texts of both engines.
pub(super) const STATEMENTS: Rule = Rule {
    promise: "statements on an office's tables name one office, but for those in `national.rs`",
    check: statements,
};
/// Everywhere in both engines.
pub(super) const FORBIDDEN: Rule = Rule {
    promise: "no statement needs a server's clock, chance, sequence, row address or a lock over all machines",
    check: forbidden,
};

const ENGINES: &[&str] = &["crates/sigap-store-sqlite/", "crates/sigap-store-pg/"];
const PG: &str = "crates/sigap-store-pg/";

/// A quoted text that begins so is SQL. A sentence begins with one capital letter at most.
const OPENINGS: &[&str] = &[
    "SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "VALUES", "REPLACE", "MERGE", "CREATE", "ALTER", "DROP",
    "TRUNCATE", "COPY", "LOCK", "LISTEN", "UNLISTEN", "NOTIFY", "CALL", "EXPLAIN", "BEGIN", "SET",
];

/// Files whose statements may go over all offices.
const OVER_OFFICES: &[&str] = &["national.rs", "migrations.rs", "backup.rs", "tables.rs"];
/// The one that may hold a lock of the whole database.
const LOCKS: &str = "migrations.rs";

/// What a migration may not say, and why.
const NOT_IN_MIGRATIONS: &[(&[&str], &str)] = &[
    (&["FOREIGN"], "a foreign key cannot be moved apart from its target"),
    (&["REFERENCES"], "a foreign key cannot be moved apart from its target"),
    (&["TRIGGER"], "what a trigger does is seen by nobody who reads the code"),
    (&["SERIAL"], "ids are handed in: a sequence is one machine's"),
    (&["SMALLSERIAL"], "ids are handed in: a sequence is one machine's"),
    (&["BIGSERIAL"], "ids are handed in: a sequence is one machine's"),
    (&["AS", "IDENTITY"], "ids are handed in: a sequence is one machine's"),
    (&["SEQUENCE"], "ids are handed in: a sequence is one machine's"),
    (&["AUTOINCREMENT"], "ids are handed in: a sequence is one machine's"),
    (
        &["GENERATED"],
        "what is derived is derived in the code, on both engines alike",
    ),
    (
        &["CREATE", "TYPE"],
        "a type would have to be made on every machine first",
    ),
];

/// Words that no statement may have, and why.
const NOT_IN_STATEMENTS: &[(&[&str], &str)] = &[
    (&["NOW", "("], "time is handed in"),
    (&["CURRENT_TIMESTAMP"], "time is handed in"),
    (&["RANDOM", "("], "chance is handed in"),
    (&["GEN_RANDOM_UUID"], "chance is handed in"),
    (&["NEXTVAL"], "ids are handed in: a sequence is one machine's"),
    (&["LISTEN"], "a message between sessions stays on one machine"),
    (&["NOTIFY"], "a message between sessions stays on one machine"),
    (&["CTID"], "a row's address is one machine's"),
    (
        &["MERGE", "INTO"],
        "sharded relatives refuse it; say INSERT … ON CONFLICT",
    ),
];

fn schema(tree: &Tree) -> Vec<Finding> {
    Schema::read(tree).map(Schema::findings).unwrap_or_default()
}

fn migrations(tree: &Tree) -> Vec<Finding> {
    let schema = Schema::read(tree);
    let mut findings = Vec::new();
    for (path, text) in engine_files(tree).filter(|(path, _)| path.ends_with(".sql")) {
        let words = words(text, 1);
        for (run, why) in NOT_IN_MIGRATIONS.iter().chain(NOT_IN_STATEMENTS) {
            if let Some(word) = find_run(&words, run) {
                findings.push(found(path, word, why));
            }
        }
        for (at, word) in words.iter().enumerate() {
            let rest = words.get(at + 1..).unwrap_or_default();
            if word.is("DEFAULT") && rest.get(1).is_some_and(|next| next.is("(")) {
                findings.push(found(
                    path,
                    *word,
                    "a default is a plain value: a function's is handed in",
                ));
            }
            // The key store is a database of its own, which is not spread.
            let is_main = path.contains("/migrations/");
            if let (Some(schema), Some(table), true) = (&schema, created_table(*word, rest), is_main)
                && schema.kind(table.text).is_none()
            {
                findings.push(found(path, table, "is no table of schema.txt"));
            }
        }
    }
    findings
}

/// The name in `CREATE TABLE [IF NOT EXISTS] name`.
fn created_table<'a>(word: Word<'a>, rest: &[Word<'a>]) -> Option<Word<'a>> {
    let [table, rest @ ..] = rest else { return None };
    if !(word.is("CREATE") && table.is("TABLE")) {
        return None;
    }
    match rest {
        [first, _, _, name, ..] if first.is("IF") => Some(*name),
        [name, ..] => Some(*name),
        [] => None,
    }
}

fn statements(tree: &Tree) -> Vec<Finding> {
    let Some(schema) = Schema::read(tree) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for (path, text) in engine_sources(tree).filter(|(path, _)| !OVER_OFFICES.contains(&file_name(path))) {
        for (line, sql) in quoted_sql(text) {
            check_statement(path, &words(sql, line), &schema, &mut findings);
        }
    }
    findings
}

fn check_statement(path: &str, words: &[Word<'_>], schema: &Schema<'_>, findings: &mut Vec<Finding>) {
    // Each part of a union reads for itself.
    let is_seam = |word: &Word<'_>| ["UNION", "EXCEPT", "INTERSECT"].iter().any(|seam| word.is(seam));
    for part in words.split(is_seam) {
        let has_office = names_office(part);
        for named in tables(part) {
            if schema.kind(named.table.text) != Some(Kind::Office) {
                continue;
            }
            if named.is_insert && !gives_office_first(named.after) {
                findings.push(found(path, named.table, "an INSERT lists `office_id` first"));
            }
            if !named.is_insert && !has_office {
                let says = "is read without `office_id = ` and a placeholder; over all offices only in `national.rs`";
                findings.push(found(path, named.table, says));
                break;
            }
        }
    }
}

/// `office_id = $1`, of one table at least; others are joined to that one.
fn names_office(words: &[Word<'_>]) -> bool {
    words
        .windows(3)
        .any(|window| matches!(window, [column, equals, value] if column.is(OFFICE) && equals.is("=") && value.is_placeholder()))
}

/// What follows the name of the table: `[AS alias] (office_id, …`.
fn gives_office_first(after: &[Word<'_>]) -> bool {
    let list = match after {
        [first, _, list @ ..] if first.is("AS") => list,
        list => list,
    };
    matches!(list, [open, column, ..] if open.is("(") && column.is(OFFICE))
}

fn forbidden(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in engine_sources(tree) {
        for (line, sql) in quoted_sql(text) {
            check_forbidden(path, &words(sql, line), &mut findings);
        }
    }
    findings
}

fn check_forbidden(path: &str, words: &[Word<'_>], findings: &mut Vec<Finding>) {
    for (run, why) in NOT_IN_STATEMENTS {
        if let Some(word) = find_run(words, run) {
            findings.push(found(path, word, why));
        }
    }
    if path.starts_with(PG)
        && let Some(word) = find_run(words, &["WITH", "RECURSIVE"])
    {
        findings.push(found(
            path,
            word,
            "sharded relatives refuse a recursion over their tables",
        ));
    }
    if file_name(path) != LOCKS
        && let Some(word) = words.iter().find(|word| is_advisory(word.text))
    {
        findings.push(found(
            path,
            *word,
            "such a lock holds on one machine; only migrations take one",
        ));
    }
    if let Some(word) = find_run(words, &["SKIP", "LOCKED"])
        && !names_office(words)
    {
        findings.push(found(path, word, "rows are locked in one office at a time"));
    }
    if let Some(word) = select_in_values(words) {
        findings.push(found(
            path,
            word,
            "a value is handed in, or the statement is INSERT … SELECT",
        ));
    }
}

fn is_advisory(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    word.starts_with("pg_") && word.contains("advisory")
}

/// A SELECT in one of the rows after VALUES.
fn select_in_values<'a>(words: &'a [Word<'a>]) -> Option<Word<'a>> {
    for (at, _) in words.iter().enumerate().filter(|(_, word)| word.is("VALUES")) {
        let mut rest = words.get(at + 1..)?;
        while let Some(row) = in_brackets(rest) {
            if let Some(word) = row.iter().find(|word| word.is("SELECT")) {
                return Some(*word);
            }
            // The row, its two brackets, and the comma before the next one.
            rest = rest.get(row.len() + 3..).unwrap_or_default();
        }
    }
    None
}

fn found(path: &str, word: Word<'_>, why: &str) -> Finding {
    Finding::line(path, word.line, format!("`{}`: {why}", word.text))
}

fn engine_files(tree: &Tree) -> impl Iterator<Item = (&str, &str)> {
    tree.files()
        .filter(|(path, _)| ENGINES.iter().any(|engine| path.starts_with(engine)))
}

/// The code of both engines. Tests may say anything.
fn engine_sources(tree: &Tree) -> impl Iterator<Item = (&str, &str)> {
    let is_source = |path: &str| path.ends_with(".rs") && !path.ends_with("/tests.rs") && !path.contains("/tests/");
    engine_files(tree).filter(move |(path, _)| is_source(path))
}

/// Quoted texts that begin like SQL, with the lines on which they begin.
fn quoted_sql(source: &str) -> Vec<(usize, &str)> {
    rust_text::pieces(source)
        .into_iter()
        .filter(|piece| piece.kind == Piece::Quoted)
        .filter_map(|piece| {
            let sql = piece.text.trim_start_matches(['b', 'r', '#', '"', '\\', '\n', ' ']);
            let skipped = piece.text.len() - sql.len();
            let lines = piece.text.get(..skipped)?.matches('\n').count();
            let opening = sql.split(|letter: char| !letter.is_ascii_alphabetic()).next()?;
            OPENINGS.contains(&opening).then_some((piece.line + lines, sql))
        })
        .collect()
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests;
