//! The promises of raw rows, on a fresh and empty main database of any engine.

use crate::fault::Fault;
use crate::raw::{RawRows, Row, Value};
use crate::schema::{Table, tables};

/// Checks them on the target of a move; panics when one is broken.
pub fn check_raw_rows(side: &mut dyn RawRows) {
    values_of_every_kind_come_back_as_they_were(side);
    keys_are_read_in_the_order_of_their_bytes(side);
    rows_are_appended_together_or_not_at_all(side);
    what_does_not_fit_is_refused(side);
}

fn values_of_every_kind_come_back_as_they_were(side: &mut dyn RawRows) {
    let inbox = table("inbox");
    assert_eq!(side.count(&inbox), Ok(0));
    assert_eq!(side.last_key(&inbox), Ok(None));
    assert_eq!(side.read_after(&inbox, None, 9), Ok(Vec::new()));
    let message = |sent_at, number: &str, content| {
        vec![
            Value::Integer(i64::MIN),
            Value::Integer(sent_at),
            Value::Bytes(vec![0, 0x5c, 0x78, 0xff]),
            Value::Integer(i64::MAX),
            text(number),
            text("owed"),
            Value::Integer(0),
            Value::Integer(-1),
            content,
        ]
    };
    let rows = [
        message(-1, "", Value::Null),
        message(0, "12", Value::Bytes(Vec::new())),
        message(1, "a'b\\x00\n\u{e9}\u{1f600}", Value::Bytes((0..=255).collect())),
    ];
    side.append(&inbox, &rows).unwrap();
    assert_eq!(side.count(&inbox), Ok(3));
    let read = side.read_after(&inbox, None, 9).unwrap();
    // Said with a number only: a value does not show itself.
    for (place, (read, row)) in read.iter().zip(&rows).enumerate() {
        assert!(read == row, "row {place}");
    }
    assert_eq!(side.last_key(&inbox).unwrap().as_deref(), rows[2].get(..3));
}

fn keys_are_read_in_the_order_of_their_bytes(side: &mut dyn RawRows) {
    let counters = table("office_counter");
    let counter = |office, name: &str| vec![Value::Integer(office), text(name), Value::Integer(1)];
    let mut rows = Vec::new();
    for office in [-1, 1, 2] {
        for name in ["", " ", "A", "B", "Z", "_", "a", "a b", "ab", "\u{e9}", "\u{1f600}"] {
            rows.push(counter(office, name));
        }
    }
    let mixed: Vec<Row> = rows.iter().rev().cloned().collect();
    side.append(&counters, &mixed).unwrap();
    check_order(side, &counters, 2, &rows);

    let places = table("application_place");
    let keys: [&[u8]; 6] = [&[], &[0], &[0, 0], &[0, 255], &[1], &[255]];
    let rows = keys.map(|key| vec![Value::Bytes(key.to_vec()), Value::Integer(1)]);
    let mixed: Vec<Row> = rows.iter().rev().cloned().collect();
    side.append(&places, &mixed).unwrap();
    check_order(side, &places, 1, &rows);
}

/// Reads all rows in chunks of several sizes.
fn check_order(side: &mut dyn RawRows, table: &Table, key_columns: usize, rows: &[Row]) {
    for limit in [1, 2, 5, rows.len(), rows.len() + 1] {
        let mut read: Vec<Row> = Vec::new();
        loop {
            let after = read.last().map(|row| row[..key_columns].to_vec());
            let chunk = side.read_after(table, after.as_deref(), limit).unwrap();
            assert!(chunk.len() <= limit);
            if chunk.is_empty() {
                break;
            }
            read.extend(chunk);
        }
        assert!(read == rows, "`{}` in chunks of {limit}", table.name);
    }
    let last = rows.last().map(|row| row[..key_columns].to_vec());
    assert!(side.last_key(table).unwrap() == last, "`{}`", table.name);
}

fn rows_are_appended_together_or_not_at_all(side: &mut dyn RawRows) {
    let processes = table("process");
    let process = |id, beats| vec![Value::Integer(id), Value::Integer(beats)];
    side.append(&processes, &[process(1, 10)]).unwrap();
    for refused in [
        // There already.
        [process(2, 20), process(1, 11)],
        // Twice among themselves.
        [process(3, 30), process(3, 31)],
        // Of another kind.
        [process(4, 40), vec![Value::Integer(5), text("50")]],
    ] {
        let refused = side.append(&processes, &refused);
        assert!(matches!(refused, Err(Fault::Refused(_))), "{refused:?}");
        assert_eq!(side.read_after(&processes, None, 9), Ok(vec![process(1, 10)]));
    }
    side.append(&processes, &[]).unwrap();
    side.append(&processes, &[process(2, 20)]).unwrap();
    assert_eq!(side.count(&processes), Ok(2));
}

fn what_does_not_fit_is_refused(side: &mut dyn RawRows) {
    let owed = table("owed");
    for row in [
        vec![Value::Integer(1), Value::Integer(1)],
        vec![Value::Integer(1), Value::Integer(1), Value::Null],
        vec![Value::Integer(1), Value::Integer(1), text("1")],
        vec![Value::Integer(1), text("1"), Value::Bytes(vec![1])],
    ] {
        let refused = side.append(&owed, &[row]);
        assert!(matches!(refused, Err(Fault::Refused(_))), "{refused:?}");
    }
    assert_eq!(side.count(&owed), Ok(0));
}

fn table(name: &str) -> Table {
    tables().unwrap().into_iter().find(|table| table.name == name).unwrap()
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}
