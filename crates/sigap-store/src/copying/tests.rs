//! Two databases in memory: a copy that breaks off and goes on, and every way in which two sides can differ.

use std::collections::BTreeMap;

use super::*;
use crate::schema::parse;

const SCHEMA: &str = "
table empty: local
  a integer
  key a

table own: local
  only postgres
  a integer
  key a

table pair: local
  text text
  number integer
  content bytes null
  key number text
";

/// A database in memory. A key comes from its row's columns, as the engine would find it.
#[derive(Default, Clone, PartialEq, Debug)]
struct Memory {
    tables: BTreeMap<String, BTreeMap<Row, Row>>,
    /// Appended rows it still takes before it breaks off.
    rows_left: Option<usize>,
    /// Reads at most so many rows, whatever is asked.
    rows_read_max: Option<usize>,
    /// Reads from the first row on, whatever is asked.
    is_forgetful: bool,
}

impl Memory {
    fn rows(&mut self, table: &str) -> &mut BTreeMap<Row, Row> {
        self.tables.entry(table.to_owned()).or_default()
    }

    fn put(&mut self, table: &Table, row: Row) {
        let key = key_of(&table.key_positions(), &row);
        self.rows(&table.name).insert(key, row);
    }
}

impl RawRows for Memory {
    fn count(&mut self, table: &Table) -> Result<u64, Fault> {
        Ok(self.rows(&table.name).len() as u64)
    }

    fn last_key(&mut self, table: &Table) -> Result<Option<Row>, Fault> {
        Ok(self.rows(&table.name).keys().next_back().cloned())
    }

    fn read_after(&mut self, table: &Table, after: Option<&[Value]>, limit: usize) -> Result<Vec<Row>, Fault> {
        let limit = self.rows_read_max.map_or(limit, |most| most.min(limit));
        let after = after.filter(|_| !self.is_forgetful);
        let rows = self.rows(&table.name).iter();
        let rows = rows.skip_while(|(key, _)| after.is_some_and(|after| key.as_slice() <= after));
        Ok(rows.take(limit).map(|(_, row)| row.clone()).collect())
    }

    fn append(&mut self, table: &Table, rows: &[Row]) -> Result<(), Fault> {
        if let Some(left) = &mut self.rows_left {
            *left = left.checked_sub(rows.len()).ok_or(Fault::Busy)?;
        }
        let positions = table.key_positions();
        for row in rows {
            let key = key_of(&positions, row);
            assert!(self.rows(&table.name).insert(key, row.clone()).is_none());
        }
        Ok(())
    }
}

fn schema() -> Vec<Table> {
    parse(SCHEMA).unwrap()
}

fn pair() -> Table {
    schema().remove(2)
}

fn row(number: i64, text: &str) -> Row {
    let content = match number % 3 {
        0 => Value::Null,
        rest => Value::Bytes(vec![0; usize::try_from(rest.unsigned_abs()).unwrap()]),
    };
    vec![Value::Text(text.into()), Value::Integer(number), content]
}

/// Some chunks and a rest, with negative numbers and two texts for each.
fn filled() -> Memory {
    let mut memory = Memory::default();
    let half = CHUNK_ROWS as i64;
    for number in -half..half + 3 {
        memory.put(&pair(), row(number, "a"));
        memory.put(&pair(), row(number, "B"));
    }
    memory
}

fn rows(memory: &mut Memory) -> u64 {
    memory.count(&pair()).unwrap()
}

fn copied(from: &mut Memory, to: &mut Memory) -> Result<Copied, Fault> {
    copy(&schema(), from, to, &mut |_| {})
}

#[track_caller]
fn check_difference(change: impl FnOnce(&mut Memory), told: &str) {
    let mut from = filled();
    let mut to = Memory::default();
    copied(&mut from, &mut to).unwrap();
    change(&mut to);
    let verified = verify(&schema(), &mut from, &mut to, &mut |_| {}).unwrap();
    let differences: Vec<String> = verified.differences.iter().map(Difference::to_string).collect();
    assert_eq!(differences, [told]);
}

#[test]
fn a_copy_is_the_same_row_by_row() {
    let (mut from, mut to) = (filled(), Memory::default());
    let total = rows(&mut from);
    let mut told = Vec::new();
    let copied = copy(&schema(), &mut from, &mut to, &mut |it| {
        told.push((it.table.to_owned(), it.done, it.total));
    });
    assert_eq!(
        copied,
        Ok(Copied {
            rows: total,
            rows_before: 0
        })
    );
    assert_eq!(to.rows("pair"), from.rows("pair"));
    assert_eq!(told.first(), Some(&("empty".to_owned(), 0, 0)));
    assert_eq!(told.get(1), Some(&("pair".to_owned(), 0, total)));
    assert_eq!(told.get(2), Some(&("pair".to_owned(), CHUNK_ROWS as u64, total)));
    assert_eq!(told.last(), Some(&("pair".to_owned(), total, total)));

    let mut told = Vec::new();
    let verified = verify(&schema(), &mut from, &mut to, &mut |it| told.push(it.done));
    assert_eq!(
        verified,
        Ok(Verified {
            rows: total,
            differences: Vec::new()
        })
    );
    assert!(
        told.contains(&(CHUNK_ROWS as u64)) && told.last() == Some(&total),
        "{told:?}"
    );
}

#[test]
fn what_one_engine_has_for_itself_is_left_where_it_is() {
    let (mut from, mut to) = (filled(), Memory::default());
    let own = schema().remove(1);
    from.put(&own, vec![Value::Integer(1)]);
    copied(&mut from, &mut to).unwrap();
    assert_eq!(to.count(&own), Ok(0));
    assert_eq!(
        verify(&schema(), &mut from, &mut to, &mut |_| {}).unwrap().differences,
        []
    );
}

#[test]
fn a_copy_that_broke_off_goes_on_where_it_was() {
    let mut from = filled();
    let total = rows(&mut from);
    for rows_left in [0, CHUNK_ROWS - 1, CHUNK_ROWS, 3 * CHUNK_ROWS, 4 * CHUNK_ROWS] {
        let mut to = Memory {
            rows_left: Some(rows_left),
            ..Memory::default()
        };
        assert_eq!(copied(&mut from, &mut to), Err(Fault::Busy));
        let rows_before = rows(&mut to);
        assert_eq!(rows_before, (rows_left / CHUNK_ROWS * CHUNK_ROWS) as u64);
        to.rows_left = None;
        let rest = Copied {
            rows: total - rows_before,
            rows_before,
        };
        assert_eq!(copied(&mut from, &mut to), Ok(rest));
        assert_eq!(to.rows("pair"), from.rows("pair"));
    }
}

#[test]
fn copying_what_has_arrived_changes_nothing() {
    let (mut from, mut to) = (filled(), Memory::default());
    let first = copied(&mut from, &mut to).unwrap();
    let again = Copied {
        rows: 0,
        rows_before: first.rows,
    };
    assert_eq!(copied(&mut from, &mut to), Ok(again));
}

#[test]
fn sides_that_read_in_chunks_of_their_own_size_are_compared_all_the_same() {
    let (mut from, mut to) = (filled(), Memory::default());
    from.rows_read_max = Some(7);
    to.rows_read_max = Some(11);
    copied(&mut from, &mut to).unwrap();
    let verified = verify(&schema(), &mut from, &mut to, &mut |_| {}).unwrap();
    assert_eq!((verified.rows, verified.differences), (rows(&mut from), Vec::new()));
}

#[test]
fn a_changed_a_missing_and_a_surplus_row_are_found_by_their_place() {
    let half = CHUNK_ROWS as i64;
    let first = "table `pair`, row 1 in the order of its key: ";
    check_difference(
        |to| {
            to.put(
                &pair(),
                vec![Value::Text("B".into()), Value::Integer(-half), Value::Bytes(vec![9])],
            )
        },
        &format!("{first}another value in `content`"),
    );
    check_difference(
        |to| {
            to.put(
                &pair(),
                vec![Value::Text("a".into()), Value::Integer(0), Value::Bytes(vec![])],
            )
        },
        &format!(
            "table `pair`, row {} in the order of its key: another value in `content`",
            2 * half + 2
        ),
    );
    check_difference(
        |to| _ = to.rows("pair").pop_first(),
        &format!("{first}missing in the copy"),
    );
    check_difference(
        |to| _ = to.rows("pair").pop_last(),
        &format!(
            "table `pair`, row {} in the order of its key: missing in the copy",
            4 * half + 6
        ),
    );
    check_difference(
        |to| to.put(&pair(), row(-half, "A")),
        &format!("{first}only in the copy"),
    );
    check_difference(
        |to| to.put(&pair(), row(i64::MAX, "a")),
        &format!(
            "table `pair`, row {} in the order of its key: only in the copy",
            4 * half + 7
        ),
    );
    check_difference(
        |to| to.put(&schema().remove(0), vec![Value::Integer(1)]),
        "table `empty`, row 1 in the order of its key: only in the copy",
    );
}

#[test]
fn the_first_difference_of_each_table_is_told() {
    let (mut from, mut to) = (filled(), Memory::default());
    to.put(&schema().remove(0), vec![Value::Integer(1)]);
    let verified = verify(&schema(), &mut from, &mut to, &mut |_| {}).unwrap();
    let tables: Vec<_> = verified.differences.iter().map(|it| it.table.as_str()).collect();
    assert_eq!((verified.rows, tables), (0, vec!["empty", "pair"]));
}

#[test]
fn a_row_that_does_not_fit_its_table_is_not_copied() {
    let (mut from, mut to) = (filled(), Memory::default());
    let mut odd = row(0, "C");
    odd.truncate(2);
    odd.push(Value::Text("sealed?".into()));
    from.put(&pair(), odd);
    let refused = copied(&mut from, &mut to);
    assert!(
        matches!(&refused, Err(Fault::Refused(why)) if why.contains("`content`")),
        "{refused:?}"
    );
}

#[test]
fn a_side_that_reads_out_of_order_is_stopped() {
    let mut from = filled();
    from.is_forgetful = true;
    let mut to = Memory::default();
    assert!(matches!(copied(&mut from, &mut to), Err(Fault::Broken(_))));
    assert_eq!(rows(&mut to), CHUNK_ROWS as u64);
}
