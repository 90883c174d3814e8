//! Numbers in cells, whole and damaged.

use super::*;

const NUMBER: &str = "1179000000100138";

fn not_sixteen(last: Option<&str>) -> RowProblem {
    RowProblem::NumberNotSixteenDigits {
        last: last.map(str::to_owned),
    }
}

fn lost(last: Option<&str>) -> RowProblem {
    RowProblem::NumberLostDigits {
        last: last.map(str::to_owned),
    }
}

#[track_caller]
fn check(cell: &Cell, expected: Result<&str, RowProblem>) {
    let read_back = read(cell);
    assert_eq!(
        read_back.as_ref().map(ApplicationNumber::as_str),
        expected.as_ref().copied(),
        "{cell:?}"
    );
}

#[track_caller]
fn check_text(text: &str, expected: Result<&str, RowProblem>) {
    check(&Cell::Text(text.into()), expected);
}

#[test]
fn text_is_read_with_whatever_stands_between_the_digits() {
    for text in [
        NUMBER,
        "'1179000000100138",
        "’1179000000100138",
        "=\"1179000000100138\"",
        "1179 0000 0010 0138",
        "1179-0000-0010-0138",
        "1179000000100138'",
    ] {
        check_text(text, Ok(NUMBER));
    }
}

#[test]
fn leading_zeros_are_digits() {
    check_text("0179000000100138", Ok("0179000000100138"));
}

#[test]
fn text_that_is_not_sixteen_digits_is_refused() {
    check_text("117900000010013", Err(not_sixteen(Some("0013"))));
    check_text("11790000001001380", Err(not_sixteen(Some("1380"))));
    check_text("1179.000000100138", Err(not_sixteen(Some("0138"))));
    check_text("1179OOOOOO1OO138", Err(not_sixteen(Some("1138"))));
    check_text("1234567", Err(not_sixteen(None)));
    check_text("SITI CONTOH", Err(not_sixteen(None)));
    check_text("١١٧٩٠٠٠٠٠٠١٠٠١٣٨", Err(not_sixteen(None)));
}

#[test]
fn scientific_notation_has_lost_digits_for_good() {
    for text in ["1.179E+15", "1,179E+15", "1179e12", "1.1790000001001E+15"] {
        check_text(text, Err(lost(None)));
    }
}

#[test]
fn a_number_cell_is_taken_only_when_the_sixteenth_digit_is_certain() {
    check(&Cell::Number(1_179_000_000_100_138.0), Ok(NUMBER));
    check(&Cell::Number(1_179_000_000_100_130.0), Err(lost(Some("0130"))));
    check(&Cell::Number(9_007_199_254_740_993.0), Err(lost(Some("0992"))));
}

#[test]
fn other_number_cells_are_refused() {
    for value in [
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        -1_179_000_000_100_138.0,
        1_179_000_000_100_138.5,
        0.0,
        1.0,
        1e300,
    ] {
        assert!(read(&Cell::Number(value)).is_err(), "{value}");
    }
}

#[test]
fn a_cell_without_a_number_says_so() {
    check(&Cell::Empty, Err(RowProblem::NumberMissing));
    check(&Cell::Unreadable, Err(not_sixteen(None)));
    check(&Cell::Date(jiff::civil::date(2026, 3, 2)), Err(not_sixteen(None)));
}

proptest::proptest! {
    #[test]
    fn no_problem_ever_shows_more_than_four_digits(text in "[0-9 .E+'-]{0,40}") {
        if let Err(problem) = read(&Cell::Text(text)) {
            let shown = problem.to_string().replace("16 digits", "");
            proptest::prop_assert!(shown.chars().filter(char::is_ascii_digit).count() <= 4);
        }
    }

    #[test]
    fn any_number_at_all_is_read_or_refused(value: f64) {
        if let Ok(number) = read(&Cell::Number(value)) {
            proptest::prop_assert_eq!(number.as_str().parse::<f64>(), Ok(value));
        }
    }
}
