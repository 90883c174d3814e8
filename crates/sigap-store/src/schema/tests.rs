//! The embedded files are read and written back; a broken line is named.

use super::*;

const SMALL: &str = "table one: local\n  a integer\n  b text null\n  c bytes null default 0\n  key a\n";

#[track_caller]
fn check_misread(text: &str, line: usize, word: &str) {
    let misread = parse(text).unwrap_err();
    assert_eq!(misread.line, line, "{misread}");
    assert!(misread.why.contains(word), "{misread}");
}

fn without_head(text: &str) -> String {
    text.lines()
        .skip_while(|line| line.starts_with('#') || line.is_empty())
        .map(|line| format!("{line}\n"))
        .collect()
}

#[test]
fn the_embedded_files_are_printed_as_they_are_written() {
    assert_eq!(print(&tables().unwrap()), without_head(MAIN));
    assert_eq!(print(&keys_tables().unwrap()), without_head(KEYS));
}

#[test]
fn tables_and_indexes_stand_by_name_so_that_a_database_can_be_compared() {
    for tables in [tables().unwrap(), keys_tables().unwrap()] {
        assert!(tables.is_sorted_by_key(|table| table.name.clone()));
        for table in tables {
            assert!(table.indexes.is_sorted_by_key(|index| index.name.clone()));
            assert!(table.uniques.is_sorted());
        }
    }
}

#[test]
fn every_table_is_distributed_by_a_column_of_its_key() {
    for table in tables().unwrap() {
        let has_office = table.key.first().is_some_and(|first| first == "office_id");
        assert_eq!(has_office, table.kind == TableKind::Office, "{}", table.name);
    }
}

#[test]
fn a_table_knows_its_columns_its_key_and_its_engine() {
    let tables = tables().unwrap();
    let find = |name| tables.iter().find(|table| table.name == name).unwrap();
    let binding = find("binding");
    assert_eq!(binding.key_positions(), [0, 1, 2]);
    assert_eq!(binding.key_list(), "office_id, person_id, number_key");
    assert_eq!(
        binding.column_list(),
        "office_id, person_id, number_key, bound_at, number_content, line"
    );
    assert!(binding.is_in(Engine::Sqlite) && binding.is_in(Engine::Postgres));
    let mark = find("commit_mark");
    assert!(!mark.is_in(Engine::Sqlite) && mark.is_in(Engine::Postgres));
}

#[test]
fn only_tables_that_differ_are_told() {
    let declared = tables().unwrap();
    assert_eq!(differences(&declared, &declared), None);
    let mut found = declared.clone();
    found.retain(|table| table.name != "audit");
    for table in &mut found {
        if table.name == "due" {
            table.columns.reverse();
        }
    }
    let told = differences(&declared, &found).unwrap();
    assert!(told.contains("found:\nno table audit"), "{told}");
    assert_eq!(told.matches("table due: office").count(), 2, "{told}");
    assert!(!told.contains("person: office"), "{told}");
}

#[test]
fn a_broken_line_is_named() {
    assert_eq!(print(&parse(SMALL).unwrap()), SMALL);
    let after = |line: &str| format!("{SMALL}{line}\n");
    check_misread("a integer\n", 1, "before the first table");
    check_misread("# head\n\ntable one\n", 3, "table NAME: KIND");
    check_misread("table one local\n", 1, "table NAME: KIND");
    check_misread("table one: global\n", 1, "office, person, reference, local");
    check_misread("table One: local\n", 1, "small letters");
    check_misread(&after("  d float"), 6, "integer, text, bytes");
    check_misread(&after("  d integer nil"), 6, "`null`");
    check_misread(&after("  d integer default"), 6, "`default VALUE`");
    check_misread(&after("  d"), 6, "expected a column");
    check_misread(&after("  a text"), 6, "second column `a`");
    check_misread(&after("  d;drop integer"), 6, "small letters");
    check_misread(&after("  key a"), 6, "second key");
    check_misread(&after("  index i"), 6, "names no column");
    check_misread(&after("  index i d"), 6, "no column `d`");
    check_misread(&after("  unique d"), 6, "no column `d`");
    check_misread(&after("  words b it's"), 6, "small letters");
    check_misread(&after("  words d x"), 6, "no column `d`");
    check_misread(&after("  only oracle"), 6, "sqlite, postgres");
    check_misread(&after("table one: local"), 6, "second table");
}

#[test]
fn a_table_without_a_key_or_with_a_key_that_may_be_empty_is_refused() {
    check_misread("table one: local\n  a integer\n", 2, "has no key");
    check_misread(
        "table one: local\n  a integer\ntable two: local\n",
        3,
        "`one` above has no key",
    );
    check_misread("table one: local\n  a integer null\n  key a\n", 3, "may be null");
}
