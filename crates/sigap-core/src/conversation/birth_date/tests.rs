use jiff::civil::date;

use super::*;

#[track_caller]
fn check(text: &str, expected: Option<Date>) {
    assert_eq!(read(text, date(2026, 12, 1)), expected, "{text}");
}

#[test]
fn dates_are_read_as_people_write_them() {
    for text in [
        "12031990",
        "12-03-1990",
        "12/03/1990",
        "12.3.1990",
        "12 3 90",
        "12/03/90",
        "120390",
        "1990-03-12",
        "12 maret 1990",
        "12 Mar 90",
        "Maret 12, 1990",
        "March 12 1990",
        "tanggal lahir saya 12 MARET 1990 ya",
        "ttl: Jakarta, 12-03-1990",
        "19900312",
    ] {
        check(text, Some(date(1990, 3, 12)));
    }
}

#[test]
fn names_that_begin_like_months_are_none() {
    for text in [
        "Sri Novianti 15-08-1985",
        "Bambang Agus 15-08-1985",
        "Siti Maria, 15/08/1985",
        "Mei 15 08 1985",
        "Okta 15.8.85",
        "15 Agus 1985",
        "Agustus 15, 1985",
        "15 agutus 1985",
    ] {
        check(text, Some(date(1985, 8, 15)));
    }
}

#[test]
fn every_month_is_known_by_name() {
    let names = [
        "januari",
        "pebruari",
        "maret",
        "april",
        "mei",
        "juni",
        "juli",
        "agustus",
        "september",
        "oktober",
        "nopember",
        "desember",
    ];
    for (month, name) in (1..).zip(names) {
        check(&format!("5 {name} 2001"), Some(date(2001, month, 5)));
    }
    check("5 ags 2001", Some(date(2001, 8, 5)));
    check("5 December 2001", Some(date(2001, 12, 5)));
}

#[test]
fn a_year_of_two_digits_is_never_in_the_future() {
    check("01-01-26", Some(date(2026, 1, 1)));
    check("01-01-27", Some(date(1927, 1, 1)));
    check("02-12-26", None);
}

#[test]
fn what_is_no_birth_date_is_none() {
    for text in [
        "",
        "halo",
        "12",
        "31-02-1990",
        "45-13-1990",
        "12-03-2030",
        "12-03-1899",
        "99999999",
        "12 maret",
        "12-03-199",
        "♥",
    ] {
        check(text, None);
    }
}
