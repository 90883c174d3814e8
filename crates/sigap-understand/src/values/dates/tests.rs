use jiff::civil::{Date, DateTime, date, datetime};
use proptest::prelude::*;

use super::{DateRead, Days, Occasion, Role, table};
use crate::values::read_dates;

const GOLD: &str = include_str!("../../../../../content/understanding/dates_gold.tsv");
const MORE: &str = include_str!("../../../../../content/understanding/dates_more.tsv");

const MONTHS: [[&str; 3]; 12] = [
    ["januari", "jan", "january"],
    ["februari", "feb", "february"],
    ["maret", "mar", "march"],
    ["april", "apr", "april"],
    ["mei", "mei", "may"],
    ["juni", "jun", "june"],
    ["juli", "jul", "july"],
    ["agustus", "agt", "august"],
    ["september", "sept", "september"],
    ["oktober", "okt", "october"],
    ["november", "nov", "november"],
    ["desember", "des", "december"],
];
const WEEKDAYS: [[&str; 3]; 7] = [
    ["senin", "senen", "monday"],
    ["selasa", "salasa", "tuesday"],
    ["rabu", "rebo", "wednesday"],
    ["kamis", "kemis", "thursday"],
    ["jumat", "jum'at", "friday"],
    ["sabtu", "setu", "saturday"],
    ["minggu", "ahad", "sunday"],
];

fn now() -> DateTime {
    datetime(2020, 2, 12, 9, 30, 0, 0)
}

/// How many rows of a table are read exactly, and the texts of the others.
fn judge(content: &str) -> (usize, Vec<String>) {
    let (written, rows) = table::rows(content);
    let now = written.unwrap();
    let misses: Vec<String> = rows
        .iter()
        .filter(|row| {
            let reads = read_dates(&row.text, now);
            table::date_cell(&reads) != row.date || table::time_cell(&reads) != row.time
        })
        .map(|row| row.text.clone())
        .collect();
    (rows.len() - misses.len(), misses)
}

#[track_caller]
fn check(text: &str, date: &str, time: &str) {
    let reads = read_dates(text, now());
    assert_eq!(
        (table::date_cell(&reads).as_str(), table::time_cell(&reads).as_str()),
        (date, time),
        "{text}: {reads:?}"
    );
}

#[track_caller]
fn check_at(now: DateTime, text: &str, date: &str) {
    assert_eq!(table::date_cell(&read_dates(text, now)), date, "{text}");
}

fn only(text: &str) -> DateRead {
    let reads = read_dates(text, now());
    assert_eq!(reads.len(), 1, "{text}: {reads:?}");
    reads[0].clone()
}

#[test]
fn the_gold_table_is_read_exactly() {
    assert_eq!(judge(GOLD), (75, Vec::new()));
}

#[test]
fn the_second_table_is_read_as_well_as_it_was_measured() {
    let (exact, misses) = judge(MORE);
    assert!(misses.is_empty(), "{exact} exact, missed {misses:?}");
    assert!(exact >= 624);
}

#[test]
fn a_day_that_no_month_has_is_a_problem_and_no_guess() {
    let problem = |day, month, year| Days::NoSuchDay { day, month, year };
    assert_eq!(only("tgl 30 feb").days, problem(30, 2, None));
    assert_eq!(only("29/2/2021").days, problem(29, 2, Some(2021)));
    assert_eq!(only("tanggal 31 bulan ini").days, problem(31, 2, Some(2020)));
    assert_eq!(only("32 maret").days, problem(32, 3, None));
}

#[test]
fn a_day_nobody_can_know_is_asked_for() {
    assert_eq!(only("abis lebaran").days, Days::Ask(Occasion::Feast));
    assert_eq!(only("h-1").days, Days::Ask(Occasion::Unnamed));
}

#[test]
fn a_birth_date_is_no_visit() {
    assert_eq!(only("saya lahir 12 mei 1990").days, Days::Birth(date(1990, 5, 12)));
}

#[test]
fn a_move_says_which_day_is_left_and_which_is_wanted() {
    let reads = read_dates("ganti dr tgl 14 ke tgl 17 jam 10", now());
    let roles: Vec<Role> = reads.iter().map(|read| read.role).collect();
    assert_eq!(roles, [Role::From, Role::To]);
    assert_eq!(reads[0].time, None);
    assert!(reads[1].time.is_some());
    assert_eq!(only("majuin ke besok").role, Role::To);
}

#[test]
fn hours_of_the_office_are_by_day() {
    check("jam 2", "", "14:00");
    check("jam 02.00", "", "02:00");
    check("jam 12 malam", "", "00:00");
    check("jam 5 pagi", "", "05:00");
    check("jam 1/2 10", "", "09:30");
}

#[test]
fn greetings_are_no_times() {
    for text in [
        "selamat pagi",
        "pagi min",
        "pagii",
        "siang kak",
        "sugeng enjing",
        "met malam",
        "good morning",
    ] {
        check(text, "", "");
    }
    check("pagi kak, mau daftar besok siang", "2020-02-13", "siang");
}

#[test]
fn words_like_days_are_no_days() {
    for text in [
        "saat ambil paspor",
        "bahasa sunda",
        "kami selama satu macet",
        "kumis",
        "sate",
        "saya kamil",
        "harga paspor sekarang",
        "kantor di depan",
        "sampai kapan",
        "minggu ke berapa simpatiknya",
        "antri dari pagi",
        "tiap senin",
        "buka 24/7",
    ] {
        check(text, "", "");
    }
}

#[test]
fn the_borders_of_months_and_years_are_kept() {
    check_at(datetime(2019, 12, 30, 8, 0, 0, 0), "lusa", "2020-01-01");
    check_at(datetime(2020, 1, 31, 8, 0, 0, 0), "sebulan lagi", "2020-02-29");
    check_at(datetime(2020, 1, 31, 8, 0, 0, 0), "tgl 30", "2020-03-30");
    check_at(
        datetime(2020, 12, 31, 8, 0, 0, 0),
        "bulan depan",
        "2021-01-01..2021-01-31",
    );
    check_at(datetime(2020, 2, 16, 8, 0, 0, 0), "minggu ini", "2020-02-16");
    check_at(
        datetime(2020, 2, 27, 8, 0, 0, 0),
        "akhir bulan",
        "2020-02-27..2020-02-29",
    );
    check_at(datetime(2021, 3, 1, 8, 0, 0, 0), "29 februari", "2024-02-29");
}

#[test]
fn the_ends_of_the_calendar_do_no_harm() {
    for now in [DateTime::MIN, DateTime::MAX] {
        for text in [
            "kemarin",
            "besok",
            "minggu lalu",
            "minggu depan",
            "tgl 31",
            "5 jan kemarin",
            "tahun depan",
            "setahun lagi",
            "9999 tahun lagi",
        ] {
            let _ = read_dates(text, now);
        }
    }
}

fn any_day() -> impl Strategy<Value = Date> {
    (2020_i16..2030, 1_i8..=12, 1_i8..=31).prop_filter_map("a day of the calendar", |(year, month, day)| {
        Date::new(year, month, day).ok()
    })
}

/// A day in every form that says its year.
fn forms(day: Date) -> Vec<String> {
    let (y, m, d) = (day.year(), day.month(), day.day());
    let names = MONTHS[usize::try_from(m).unwrap() - 1];
    let weekday = WEEKDAYS[usize::try_from(day.weekday().to_monday_zero_offset()).unwrap()];
    let mut forms = vec![
        format!("{d}/{m}/{y}"),
        format!("{d:02}-{m:02}-{y}"),
        format!("{d}.{m}.{y}"),
        format!("{d} - {m} - {y}"),
        format!("{y}-{m:02}-{d:02}"),
        format!("{d}/{m}/{}", y % 100),
        format!("tgl {d} bulan {m} tahun {y}"),
        format!("tgl {d:02}{m:02}{y}"),
        format!("{d} {m} {y}"),
    ];
    for name in names {
        forms.push(format!("tanggal {d} {name} {y}"));
        forms.push(format!("{d} {name} {y}"));
        forms.push(format!("{name} {d}, {y}"));
        forms.push(format!("tolong daftar buat tgl {d} {name} {y} ya kak"));
    }
    for name in weekday {
        forms.push(format!("{name} tgl {d} {} {y}", names[0]));
        forms.push(format!("{name}, {d}/{m}/{y}"));
    }
    forms
}

proptest! {
    #[test]
    fn any_day_comes_back_from_each_of_its_forms(day in any_day()) {
        for form in forms(day) {
            prop_assert_eq!(table::date_cell(&read_dates(&form, now())), day.to_string(), "{}", form);
        }
    }

    #[test]
    fn a_day_without_its_year_is_the_next_one(day in any_day()) {
        let today = now().date();
        let names = MONTHS[usize::try_from(day.month()).unwrap() - 1];
        for form in [format!("{} {}", day.day(), names[0]), format!("tgl {} {}", day.day(), names[1]), format!("{}/{}", day.day(), day.month())] {
            // That says *always*; with *tgl* before it, it is a day.
            let form = if form == "24/7" { "tgl 24/7".to_owned() } else { form };
            let reads = read_dates(&form, now());
            let Some(DateRead { days: Days::Within(span), .. }) = reads.first() else {
                return Err(TestCaseError::fail(form));
            };
            prop_assert!(span.first >= today && span.is_one_day());
            prop_assert_eq!((span.first.month(), span.first.day()), (day.month(), day.day()));
        }
    }

    #[test]
    fn any_hour_comes_back_from_each_of_its_forms(hour in 0_i8..24, minute in 0_i8..60) {
        for form in [format!("jam {hour:02}.{minute:02}"), format!("pukul {hour:02}:{minute:02} WIB"), format!("{hour:02}:{minute:02}")] {
            prop_assert_eq!(table::time_cell(&read_dates(&form, now())), format!("{hour:02}:{minute:02}"), "{}", form);
        }
    }

    #[test]
    fn no_text_is_too_strange(text in "\\PC{0,80}") {
        let _ = read_dates(&text, now());
    }

    #[test]
    fn no_mixture_of_its_own_words_is_too_strange(words in proptest::collection::vec(proptest::sample::select(vec![
        "besok", "lusa", "minggu", "senin", "depan", "ini", "lalu", "tgl", "bulan", "tahun", "hari", "3", "31", "2020", "99", "jam", "setengah",
        "lagi", "yang", "sampai", "ke", "dari", "atau", "-", "/", ".", ":", "akhir", "awal", "feb", "maret", "pagi", "malam", "kemarin", "h",
        "setelah", "sebelum", "lebaran", "next", "in", "a", "week", "ke", "pertama", "kurang", "lewat", "0", "1", "wib", "am", "seminggu", "may",
    ]), 0..12)) {
        for joint in [" ", ""] {
            for read in read_dates(&words.join(joint), now()) {
                if let Days::Within(span) = read.days {
                    prop_assert!(span.first <= span.last);
                }
            }
        }
    }

    #[test]
    fn a_text_without_days_and_digits_has_no_dates(words in proptest::collection::vec(proptest::sample::select(vec![
        "saya", "mau", "paspor", "hilang", "gimana", "syarat", "berapa", "biaya", "kantor", "alamat", "saat", "satu", "selama", "kami", "sunda",
        "macet", "antri", "cepat", "petugas", "elektronik", "anak", "nama", "bandung", "maaf", "belum", "bisa", "tolong", "kumaha", "piye",
        "passport", "where", "how", "much", "money", "market", "kamus", "sabar", "senang", "jumlah", "mandiri", "selesai", "tunggu", "tinggal",
    ]), 0..15)) {
        prop_assert_eq!(read_dates(&words.join(" "), now()), Vec::new());
    }
}

#[test]
fn a_table_says_its_clock_in_several_ways() {
    let clock = Some(date(2020, 2, 12).at(9, 30, 0, 0));
    for first in [
        "# now 2020-02-12T09:30",
        "# reference: 2020-02-12 09:30 WIB, a Wednesday",
        "now\t2020-02-12T09:30:00+07:00",
        "2020-02-12T09:30",
    ] {
        let (now, rows) = table::rows(&format!("{first}\ntext\tdate\ttime\tnote\nbesok\t2020-02-13\t\t\n"));
        assert_eq!((now, rows.len()), (clock, 1), "{first}");
    }
    let (now, rows) = table::rows("besok\t2020-02-13\t09:30\t\n");
    assert_eq!((now, rows.len()), (None, 1));
}
