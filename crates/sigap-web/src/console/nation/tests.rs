use sigap_core::figures::Bound;

use super::*;

fn line(name: &str, visits: Cell, wait: Cell) -> Line {
    Line {
        slug: name.into(),
        name: name.into(),
        cells: vec![visits, wait],
    }
}

#[track_caller]
fn check(by: Option<usize>, expected: &[&str]) {
    let mut lines = vec![
        line("c", Cell::Count(9), Cell::Time(Bound::AtMost(5))),
        line("b", Cell::None, Cell::Time(Bound::Over(240))),
        line("d", Cell::Count(10), Cell::None),
        line("e", Cell::Count(1), Cell::Time(Bound::AtMost(240))),
        line("a", Cell::Count(9), Cell::Time(Bound::AtMost(40))),
    ];
    sort(&mut lines, by);
    assert_eq!(
        lines.iter().map(|line| line.name.as_str()).collect::<Vec<_>>(),
        expected
    );
}

#[test]
fn the_largest_comes_first_and_what_is_not_known_last() {
    check(None, &["a", "b", "c", "d", "e"]);
    check(Some(0), &["d", "a", "c", "e", "b"]);
    check(Some(1), &["b", "e", "a", "c", "d"]);
    check(Some(9), &["a", "b", "c", "d", "e"]);
}
