//! Tables that can be spread, and such that cannot.

use super::{Kind, PATH, Schema};
use crate::tidy::tree::Tree;

const GOOD: &str = "# comment
table due: office
  office_id integer
  number_key bytes
  used_at integer null
  key office_id outbox_id
  unique office_id number
  index due_person office_id person_id
  words state queued sending
table application_place: person
  number_key bytes
  key number_key
table process: reference
  key process_id
table migration: local
";

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let tree = Tree::of(&[(PATH, text)]);
    let says: Vec<String> = Schema::read(&tree)
        .unwrap()
        .findings()
        .into_iter()
        .map(|finding| finding.says)
        .collect();
    assert_eq!(says.len(), expected.len(), "{says:?}");
    for (says, expected) in says.iter().zip(expected) {
        assert!(says.contains(expected), "{says}");
    }
}

#[test]
fn tables_have_kinds() {
    let tree = Tree::of(&[(PATH, GOOD)]);
    let schema = Schema::read(&tree).unwrap();
    assert_eq!(schema.kind("due"), Some(Kind::Office));
    assert_eq!(schema.kind("APPLICATION_PLACE"), Some(Kind::Person));
    assert_eq!(schema.kind("process"), Some(Kind::Reference));
    assert_eq!(schema.kind("migration"), Some(Kind::Local));
    assert_eq!(schema.kind("gone"), None);
    assert!(schema.findings().is_empty());
}

#[test]
fn office_comes_first_in_all_that_is_unique_or_sorted() {
    check("table a: office\n  key number office_id\n", &["`key` of `a`"]);
    check(
        "table a: office\n  key office_id b\n  unique number\n  index by_b b office_id\n",
        &["`unique` of `a`", "`index` of `a`"],
    );
    check("table a: office\n  office_id integer\n", &["has no key"]);
}

#[test]
fn a_kind_that_is_none_and_a_table_that_is_there_twice_are_found() {
    check("table a: national\n  key b\n", &["is not `table NAME: KIND`"]);
    check("table a office\n", &["is not `table NAME: KIND`"]);
    check(
        "table a: reference\n  key b\ntable a: reference\n  key b\n",
        &["is there twice"],
    );
    check("table a: person\n  key office_id\n", &["is of kind office"]);
}

#[test]
fn without_a_file_there_is_no_schema() {
    assert!(Schema::read(&Tree::of(&[])).is_none());
}
