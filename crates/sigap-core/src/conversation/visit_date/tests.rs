use jiff::civil::{date, time};

use super::*;

/// A Wednesday.
const TODAY: Date = date(2026, 11, 25);

#[track_caller]
fn check_day(text: &str, expected: Option<Date>) {
    assert_eq!(read_day(text, TODAY), expected, "{text}");
}

#[test]
fn days_are_read_as_people_name_them() {
    for (text, day) in [
        ("hari ini", date(2026, 11, 25)),
        ("besok", date(2026, 11, 26)),
        ("bsk pagi ya", date(2026, 11, 26)),
        ("besok lusa", date(2026, 11, 27)),
        ("lusa", date(2026, 11, 27)),
        ("kemarin", date(2026, 11, 24)),
        ("rabu", date(2026, 11, 25)),
        ("hari kamis", date(2026, 11, 26)),
        ("jum'at", date(2026, 11, 27)),
        ("Jumat depan", date(2026, 12, 4)),
        ("sabtu depan", date(2026, 12, 5)),
        ("next friday", date(2026, 12, 4)),
        ("minggu depan", date(2026, 11, 30)),
        ("akhir pekan", date(2026, 11, 28)),
        ("wiken", date(2026, 11, 28)),
        ("tanggal 3", date(2026, 12, 3)),
        ("tgl 30", date(2026, 11, 30)),
    ] {
        check_day(text, Some(day));
    }
}

#[test]
fn dates_are_read_in_every_way_of_writing() {
    let day = Some(date(2026, 12, 12));
    for text in [
        "12 desember 2026",
        "12 Des",
        "12 des 26",
        "12/12",
        "12-12-2026",
        "12.12.2026",
        "12122026",
        "20261212",
        "2026-12-12",
        "saya mau tanggal 12 desember saja",
        "12 december",
    ] {
        check_day(text, day);
    }
}

#[test]
fn a_date_without_its_year_is_the_next_one() {
    check_day("3 januari", Some(date(2027, 1, 3)));
    check_day("25/11", Some(TODAY));
    check_day("24/11", Some(date(2027, 11, 24)));
}

#[test]
fn a_past_date_stays_past_so_that_the_answer_can_say_it() {
    check_day("1 januari 2026", Some(date(2026, 1, 1)));
    check_day("24-11-2026", Some(date(2026, 11, 24)));
}

#[test]
fn what_is_no_day_is_none() {
    for text in [
        "",
        "halo",
        "8 30",
        "31 februari 2026",
        "32/12",
        "tanggal 45",
        "jam 9",
        "1990",
        "12/12/1945",
    ] {
        check_day(text, None);
    }
}

#[test]
fn hours_are_read_as_people_say_them() {
    for (text, hour) in [
        ("jam 8", time(8, 0, 0, 0)),
        ("08.30", time(8, 30, 0, 0)),
        ("pukul 9:15", time(9, 15, 0, 0)),
        ("jam 2 siang", time(14, 0, 0, 0)),
        ("jam 1 pm", time(13, 0, 0, 0)),
        ("9", time(9, 0, 0, 0)),
    ] {
        assert_eq!(read_hour(text), Some(hour), "{text}");
    }
    for text in ["", "pagi", "jam 25", "jam 9.75", "saya mau 2 orang", "1234"] {
        assert_eq!(read_hour(text), None, "{text}");
    }
}
