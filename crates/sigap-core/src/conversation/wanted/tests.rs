use jiff::civil::{date, time};

use super::*;

/// A Wednesday morning.
const NOW: DateTime = date(2026, 11, 25).at(9, 15, 0, 0);

#[track_caller]
fn check_days(text: &str, first: Date, last: Date) {
    assert_eq!(read(text, NOW).days, Some((first, last)), "{text}");
}

#[test]
fn days_are_read_as_people_name_them() {
    for (text, day) in [
        ("hari ini", date(2026, 11, 25)),
        ("besok", date(2026, 11, 26)),
        ("bsk pagi ya", date(2026, 11, 26)),
        ("lusa", date(2026, 11, 27)),
        ("hari kamis", date(2026, 11, 26)),
        ("jum'at", date(2026, 11, 27)),
        ("sabtu depan", date(2026, 12, 5)),
        ("tanggal 3", date(2026, 12, 3)),
        ("tgl 30", date(2026, 11, 30)),
        ("12 desember 2026", date(2026, 12, 12)),
        ("saya mau tanggal 12 desember saja", date(2026, 12, 12)),
        ("12/12", date(2026, 12, 12)),
        ("3 januari", date(2027, 1, 3)),
    ] {
        check_days(text, day, day);
    }
    check_days("minggu depan", date(2026, 11, 30), date(2026, 12, 6));
    check_days("antara 17 sampe 20 desember", date(2026, 12, 17), date(2026, 12, 20));
}

#[test]
fn one_sentence_says_everything() {
    let wanted = read("mau daftar sabtu ini jam 9 buat 3 orang di sukabumi", NOW);
    let saturday = date(2026, 11, 28);
    assert_eq!(wanted.days, Some((saturday, saturday)));
    assert_eq!(wanted.hours, Some((time(9, 0, 0, 0), time(9, 0, 0, 0))));
    assert_eq!(wanted.people, Some(3));
}

#[test]
fn where_something_moves_the_new_day_is_wanted() {
    check_days("pindah dari senin ke kamis", date(2026, 11, 26), date(2026, 11, 26));
}

#[test]
fn a_part_of_the_day_is_a_span_of_hours() {
    let (first, last) = read("besok sore", NOW).hours.unwrap();
    assert!(first < time(16, 0, 0, 0) && time(16, 0, 0, 0) < last);
}

#[test]
fn a_day_that_cannot_be_is_none_and_told() {
    assert_eq!(read("30 februari", NOW).days, None);
    assert_eq!(no_day("30 februari", NOW), Some(NoDay::NoSuchDay));
    assert_eq!(no_day("abis lebaran aja", NOW), Some(NoDay::Unknown));
    assert_eq!(no_day("besok", NOW), None);
    assert!(read("paspor saya hilang", NOW).is_empty());
}
