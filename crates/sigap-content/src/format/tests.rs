use jiff::civil::{date, time};

use super::*;
use crate::files::Files;

fn format(code: &str) -> Format {
    toml::from_str(
        Files::embedded()
            .unwrap()
            .get(&format!("texts/{code}/format.toml"))
            .unwrap(),
    )
    .unwrap()
}

#[test]
fn days_are_written_out() {
    let day = date(2026, 11, 28);
    assert_eq!(format("id").day(day), "Sabtu, 28 November 2026");
    assert_eq!(format("en").day(day), "Saturday, 28 November 2026");
    assert_eq!(format("su").day(day), "Saptu, 28 Nopémber 2026");
    assert_eq!(format("id").day(date(2027, 1, 3)), "Minggu, 3 Januari 2027");
}

#[test]
fn moments_and_times_carry_the_zone() {
    let at = date(2026, 11, 28).at(9, 5, 59, 0);
    assert_eq!(format("id").moment(at, "WIB"), "28 November 2026 pukul 09.05 WIB");
    assert_eq!(format("id").clock(time(16, 30, 0, 0), "WITA"), "16.30 WITA");
}

#[test]
fn hours_of_a_day_are_joined_or_closed() {
    let span = |from: i8, to: i8| Span {
        from: time(from, 0, 0, 0),
        to: time(to, 0, 0, 0),
    };
    let id = format("id");
    assert_eq!(id.hours(&[span(8, 12), span(13, 16)]), "08.00–12.00 dan 13.00–16.00");
    assert_eq!(
        id.hours(&[span(8, 10), span(11, 12), span(13, 16)]),
        "08.00–10.00, 11.00–12.00 dan 13.00–16.00"
    );
    assert_eq!(id.hours(&[]), "tutup");
}

#[test]
fn weekdays_in_a_row_are_a_range() {
    assert_eq!(format("id").weekdays(0, 3), "Senin–Kamis");
    assert_eq!(format("id").weekdays(4, 4), "Jumat");
    assert_eq!(format("id").weekdays(9, 9), "");
}

#[test]
fn money_and_numbers_are_grouped_by_thousands() {
    let id = format("id");
    assert_eq!(id.rupiah(650_000), "Rp650.000");
    assert_eq!(id.rupiah(0), "Rp0");
    assert_eq!(id.rupiah(1_950_000), "Rp1.950.000");
    assert_eq!(id.rupiah(-500), "-Rp500");
    assert_eq!(format("en").rupiah(1_000_000), "Rp1,000,000");
    assert_eq!(id.number(30), "30");
    assert_eq!(id.number(i64::MIN), "-9.223.372.036.854.775.808");
}

#[test]
fn application_numbers_stand_in_fours() {
    assert_eq!(in_fours("1179000000123456"), "1179 0000 0012 3456");
    assert_eq!(in_fours("12345"), "1234 5");
    assert_eq!(in_fours(""), "");
}
