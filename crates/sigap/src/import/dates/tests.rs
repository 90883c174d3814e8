//! Dates as the exports write them.

use calamine::ExcelDateTimeType;
use jiff::civil::date;

use super::*;

#[track_caller]
fn check(text: &str, read: Option<Date>) {
    assert_eq!(read_text(text), read, "{text:?}");
}

#[test]
fn the_usual_ways_of_writing_are_read() {
    let day = Some(date(1990, 5, 17));
    for text in [
        "17-05-1990",
        "17/05/1990",
        "17.05.1990",
        "17 05 1990",
        "17-5-1990",
        "1990-05-17",
        "1990-05-17T00:00:00",
        "17-05-1990 00:00:00",
        "17/05/1990 08:15 WIB",
    ] {
        check(text, day);
    }
    check("29-02-2024", Some(date(2024, 2, 29)));
}

#[test]
fn days_that_do_not_exist_are_refused() {
    for text in [
        "31-02-1990",
        "29-02-2023",
        "00-01-1990",
        "01-13-1990",
        "00-00-0000",
        "0000-00-00",
        "17-05-1899",
        "17-05-2101",
    ] {
        check(text, None);
    }
}

#[test]
fn what_could_be_read_in_two_ways_is_refused() {
    for text in ["17-05-90", "1-2-3", "05-1990", "1990", "17051990", "33010"] {
        check(text, None);
    }
}

#[test]
fn anything_else_is_refused() {
    for text in [
        "",
        "-",
        "--",
        "17-Mei-1990",
        "17-05-1990 x",
        "17--05-1990",
        "+7-05-1990",
        "-17-05-1990",
        "17-05-1990-1990x",
        "٠١-٠٢-١٩٩٠",
        "99999999999-01-1990",
    ] {
        check(text, None);
    }
}

#[test]
fn a_date_cell_counts_from_either_epoch() {
    // 1990-05-17 is day 33,010 from 1900 and 1,462 days less from 1904.
    let from_1900 = ExcelDateTime::new(33_010.0, ExcelDateTimeType::DateTime, false);
    let from_1904 = ExcelDateTime::new(31_548.25, ExcelDateTimeType::DateTime, true);
    assert_eq!(read_cell(&from_1900), Some(date(1990, 5, 17)));
    assert_eq!(read_cell(&from_1904), Some(date(1990, 5, 17)));
}

#[test]
fn date_cells_out_of_range_and_durations_are_refused() {
    for value in [1e300, 2_000_000.0, 60.0] {
        let cell = ExcelDateTime::new(value, ExcelDateTimeType::DateTime, false);
        assert_eq!(read_cell(&cell), None, "{value}");
    }
    let duration = ExcelDateTime::new(33_010.0, ExcelDateTimeType::TimeDelta, false);
    assert_eq!(read_cell(&duration), None);
}

proptest::proptest! {
    #[test]
    fn every_day_is_read_back_as_it_was_written(year in 1900_i16..=2100, month in 1_i8..=12, day in 1_i8..=28) {
        let day = date(year, month, day);
        proptest::prop_assert_eq!(read_text(&day.strftime("%d-%m-%Y").to_string()), Some(day));
        proptest::prop_assert_eq!(read_text(&day.to_string()), Some(day));
    }

    #[test]
    fn any_text_at_all_is_read_or_refused(text: String) {
        let _ = read_text(&text);
    }
}
