//! What a table admits, and what a value shows of itself.

use super::*;
use crate::schema::parse;

fn table() -> Table {
    let text = "table one: local\n  a integer\n  b text\n  c bytes null\n  key a\n";
    parse(text).unwrap().remove(0)
}

#[track_caller]
fn check_refused(row: &[Value], word: &str) {
    let refused = ensure_fits(&table(), row);
    assert!(
        matches!(&refused, Err(Fault::Refused(why)) if why.contains("`one`") && why.contains(word)),
        "{refused:?}"
    );
}

#[test]
fn a_row_fits_when_every_value_is_of_its_columns_kind() {
    let bytes = Value::Bytes(Vec::new());
    for last in [bytes.clone(), Value::Null] {
        let row = [Value::Integer(1), Value::Text(String::new()), last];
        assert_eq!(ensure_fits(&table(), &row), Ok(()));
    }
    check_refused(&[Value::Integer(1)], "1 values for 3 columns");
    check_refused(&[Value::Text("1".into()), Value::Text("x".into()), Value::Null], "`a`");
    check_refused(&[Value::Integer(1), Value::Null, Value::Null], "`b`");
    check_refused(&[Value::Integer(1), bytes, Value::Null], "`b`");
    check_refused(
        &[Value::Integer(1), Value::Text("x".into()), Value::Text("x".into())],
        "bytes or nothing in `c`",
    );
}

#[test]
fn texts_and_bytes_are_never_shown() {
    let row = vec![
        Value::Null,
        Value::Integer(7),
        Value::Text("ani".into()),
        Value::Bytes(vec![1]),
    ];
    assert_eq!(format!("{row:?}"), "[Null, Integer(7), Text(…), Bytes(…)]");
    let word = Value::Text("ani".into());
    let refused = ensure_fits(&table(), &[word.clone(), word.clone(), word]).unwrap_err();
    assert!(!refused.to_string().contains("ani"));
}

#[test]
fn values_stand_in_the_order_of_a_key() {
    let texts = ["", "Z", "a", "é", "😀"].map(|text| Value::Text(text.into()));
    assert!(texts.is_sorted());
    assert!([i64::MIN, -1, 0, i64::MAX].map(Value::Integer).is_sorted());
    let bytes: [&[u8]; 4] = [&[], &[0], &[0, 1], &[255]];
    assert!(bytes.map(|bytes| Value::Bytes(bytes.to_vec())).is_sorted());
}
