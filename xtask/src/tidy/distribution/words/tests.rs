//! Words are told from comments, values and casts.

use super::{in_brackets, tables, words};

#[track_caller]
fn check(sql: &str, expected: &[&str]) {
    let found: Vec<&str> = words(sql, 1).into_iter().map(|word| word.text).collect();
    assert_eq!(found, expected);
}

#[track_caller]
fn check_tables(sql: &str, expected: &[&str]) {
    let words = words(sql, 1);
    let found: Vec<&str> = tables(&words).iter().map(|named| named.table.text).collect();
    assert_eq!(found, expected, "{sql}");
}

#[test]
fn comments_and_values_are_passed_over() {
    check("a -- b\n= 'c d' + 1", &["a", "=", "+", "1"]);
}

#[test]
fn a_cast_is_no_placeholder() {
    let found = words("d.office_id = $1::BIGINT AND kind = :kind", 1);
    let placeholders: Vec<&str> = found
        .iter()
        .filter(|word| word.is_placeholder())
        .map(|word| word.text)
        .collect();
    assert_eq!(placeholders, ["$1", ":kind"]);
}

#[test]
fn lines_are_counted() {
    let found = words("a\n'x\ny' b", 7);
    assert_eq!(found.last().map(|word| (word.text, word.line)), Some(("b", 9)));
}

#[test]
fn brackets_are_taken_with_those_inside() {
    let found = words("(a, (b), c) d", 1);
    let inner: Vec<&str> = in_brackets(&found).unwrap().iter().map(|word| word.text).collect();
    assert_eq!(inner, ["a", ",", "(", "b", ")", ",", "c"]);
}

#[test]
fn tables_are_found_where_they_are_named() {
    check_tables(
        "SELECT a, b FROM due AS d, outbox WHERE a IN (b, c)",
        &["due", "outbox"],
    );
    check_tables("SELECT a FROM public.due JOIN public.outbox ON b", &["due", "outbox"]);
    check_tables("SELECT a FROM due LEFT JOIN outbox ON a = b", &["due", "outbox"]);
    check_tables("DELETE FROM ONLY due USING outbox WHERE a = b", &["due", "outbox"]);
    check_tables(
        "INSERT INTO due (a) SELECT a FROM UNNEST($1) AS t (a)",
        &["due", "UNNEST"],
    );
    check_tables("SELECT a FROM (SELECT a FROM due) AS d, outbox", &["outbox", "due"]);
}

#[test]
fn an_update_that_names_no_table_names_none_of_ours() {
    check_tables("SELECT a FROM due AS d FOR UPDATE OF d SKIP LOCKED", &["due", "OF"]);
    check_tables(
        "INSERT INTO due (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 2",
        &["due", "SET"],
    );
}
