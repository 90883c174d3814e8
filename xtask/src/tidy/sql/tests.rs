//! SQL in migrations and in the code, good and bad.

use super::super::tree::Tree;
use super::RULE;

fn count(path: &str, text: &str) -> usize {
    (RULE.check)(&Tree::of(&[(path, text)])).len()
}

const MIGRATION: &str = "crates/sigap-store-sqlite/migrations/0001_first.sql";
const SOURCE: &str = "crates/sigap-store-sqlite/src/inbox.rs";

#[test]
fn capitals_and_named_columns_pass() {
    assert_eq!(
        count(
            MIGRATION,
            "-- from here on, select is a word\nCREATE TABLE inbox (\n  office_id INTEGER NOT NULL\n) STRICT;\n"
        ),
        0
    );
    assert_eq!(
        count(
            SOURCE,
            "let sql = \"SELECT body FROM inbox WHERE office_id = ?1 AND kind = 'select'\";"
        ),
        0
    );
}

#[test]
fn small_letters_and_stars_are_found() {
    assert_eq!(count(MIGRATION, "create TABLE inbox (a INTEGER);\n"), 1);
    assert_eq!(count(SOURCE, "let sql = \"SELECT * FROM inbox LIMIT 1\";"), 1);
    assert_eq!(count(SOURCE, "let sql = \"select body FROM inbox WHERE id = ?1\";"), 1);
    assert_eq!(count(SOURCE, "let sql = \"SELECT body from inbox LIMIT 1\";"), 1);
}

#[test]
fn a_place_to_be_filled_is_no_key_word() {
    assert_eq!(count(SOURCE, "format!(\"SELECT COUNT(*) FROM {table} LIMIT 1\")"), 0);
}

#[test]
fn a_sentence_that_begins_like_sql_is_no_sql() {
    assert_eq!(
        count(SOURCE, "let says = \"update of the row did not happen from here\";"),
        0
    );
    assert_eq!(
        count(
            "crates/sigap-web/src/a.rs",
            "let says = \"select a day from the list\";"
        ),
        0
    );
}
