use std::collections::BTreeMap;

use jiff::civil::{date, time};
use jiff::tz::TimeZone;

use super::*;
use crate::ids::OfficeId;
use crate::office::OpeningHours;

pub(crate) fn span(from: (i8, i8), to: (i8, i8)) -> Span {
    Span {
        from: time(from.0, from.1, 0, 0),
        to: time(to.0, to.1, 0, 0),
    }
}

/// Monday to Thursday 08-12 and 13-16, Friday 08-11.30 and 13.15-16.30.
pub(crate) fn office(zone: &str) -> Office {
    let day = vec![span((8, 0), (12, 0)), span((13, 0), (16, 0))];
    let friday = vec![span((8, 0), (11, 30)), span((13, 15), (16, 30))];
    let week = [
        day.clone(),
        day.clone(),
        day.clone(),
        day,
        friday,
        Vec::new(),
        Vec::new(),
    ];
    Office {
        id: OfficeId(1),
        slug: "contoh".into(),
        name: "Kantor Imigrasi Contoh".into(),
        short: "Kanim Contoh".into(),
        class: "Kelas II".into(),
        city: "Contoh".into(),
        province: "Contoh".into(),
        zone_name: "WIB".into(),
        zone: TimeZone::get(zone).expect("the zone is bundled"),
        address: None,
        is_address_confirmed: false,
        point: None,
        phone: None,
        whatsapp: None,
        site: None,
        line_name: "SIGAP".into(),
        hours: OpeningHours {
            week,
            is_confirmed: false,
        },
        exceptions: BTreeMap::new(),
        priority: Vec::new(),
        services: Vec::new(),
        hall: None,
        without: Vec::new(),
        facts: BTreeMap::new(),
        answers: Vec::new(),
        handover: None,
        needs_four_eyes: false,
        is_priority_stale: false,
    }
}

pub(crate) fn jakarta() -> Office {
    office("Asia/Jakarta")
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().expect("a timestamp")
}

#[track_caller]
fn check(office: &Office, now: &str, expected: OfficeStatus) {
    assert_eq!(status_at(office, at(now)), expected, "at {now}");
}

fn closed(reason: Option<&str>, next: (Date, Time)) -> OfficeStatus {
    OfficeStatus::Closed {
        reason: reason.map(str::to_owned),
        next: Some(next),
    }
}

fn christmas() -> DayException {
    DayException::Closed {
        reason: "Hari Raya Natal".into(),
        is_estimated: false,
    }
}

#[test]
fn the_same_moment_is_open_or_closed_by_the_zone_of_the_office() {
    // Monday 15.30 in Jakarta is 16.30 in Makassar and 17.30 in Jayapura.
    let now = "2026-11-23T15:30:00+07:00";
    let tuesday = (date(2026, 11, 24), time(8, 0, 0, 0));
    check(
        &jakarta(),
        now,
        OfficeStatus::Open {
            until: time(16, 0, 0, 0),
        },
    );
    check(&office("Asia/Makassar"), now, closed(None, tuesday));
    check(&office("Asia/Jayapura"), now, closed(None, tuesday));
}

#[test]
fn the_local_day_changes_first_in_the_east() {
    let now = at("2026-11-23T22:30:00+07:00");
    assert_eq!(local_date(&jakarta(), now), date(2026, 11, 23));
    assert_eq!(local_date(&office("Asia/Makassar"), now), date(2026, 11, 23));
    assert_eq!(local_date(&office("Asia/Jayapura"), now), date(2026, 11, 24));
}

#[test]
fn opening_counts_as_open_and_closing_as_closed() {
    check(
        &jakarta(),
        "2026-11-23T07:59:59+07:00",
        closed(None, (date(2026, 11, 23), time(8, 0, 0, 0))),
    );
    check(
        &jakarta(),
        "2026-11-23T08:00:00+07:00",
        OfficeStatus::Open {
            until: time(12, 0, 0, 0),
        },
    );
    check(
        &jakarta(),
        "2026-11-23T16:00:00+07:00",
        closed(None, (date(2026, 11, 24), time(8, 0, 0, 0))),
    );
}

#[test]
fn the_break_is_closed_until_the_afternoon_of_the_same_day() {
    check(
        &jakarta(),
        "2026-11-23T12:30:00+07:00",
        closed(None, (date(2026, 11, 23), time(13, 0, 0, 0))),
    );
}

#[test]
fn friday_has_hours_of_its_own() {
    check(
        &jakarta(),
        "2026-11-27T11:45:00+07:00",
        closed(None, (date(2026, 11, 27), time(13, 15, 0, 0))),
    );
    check(
        &jakarta(),
        "2026-11-27T16:15:00+07:00",
        OfficeStatus::Open {
            until: time(16, 30, 0, 0),
        },
    );
}

#[test]
fn the_weekend_has_no_reason_but_monday_as_the_next_day() {
    check(
        &jakarta(),
        "2026-11-28T09:00:00+07:00",
        closed(None, (date(2026, 11, 30), time(8, 0, 0, 0))),
    );
    assert_eq!(
        closed_reason(&jakarta(), date(2026, 11, 28)),
        Some(ClosedReason::Weekday)
    );
}

#[test]
fn a_holiday_says_its_name_and_is_skipped() {
    let mut office = jakarta();
    office.exceptions.insert(date(2026, 12, 24), christmas());
    office.exceptions.insert(date(2026, 12, 25), christmas());
    let monday = (date(2026, 12, 28), time(8, 0, 0, 0));
    check(
        &office,
        "2026-12-24T09:00:00+07:00",
        closed(Some("Hari Raya Natal"), monday),
    );
    assert_eq!(next_opening(&office, at("2026-12-23T17:00:00+07:00")), Some(monday));
}

#[test]
fn an_estimated_holiday_is_closed_and_says_that_it_is_an_estimate() {
    let mut office = jakarta();
    let reason = "Idulfitri 1448 H";
    office.exceptions.insert(
        date(2027, 3, 10),
        DayException::Closed {
            reason: reason.into(),
            is_estimated: true,
        },
    );
    let expected = ClosedReason::Exception {
        reason,
        is_estimated: true,
    };
    assert_eq!(closed_reason(&office, date(2027, 3, 10)), Some(expected));
    assert!(!is_working_day(&office, date(2027, 3, 10)));
}

#[test]
fn a_special_opening_on_saturday_is_open_but_no_working_day() {
    let mut office = jakarta();
    let saturday = date(2026, 11, 28);
    let spans = vec![span((8, 0), (12, 0))];
    office.exceptions.insert(
        saturday,
        DayException::Open {
            spans,
            reason: "Paspor simpatik".into(),
        },
    );
    check(
        &office,
        "2026-11-28T09:00:00+07:00",
        OfficeStatus::Open {
            until: time(12, 0, 0, 0),
        },
    );
    assert_eq!(closed_reason(&office, saturday), None);
    assert_eq!(
        next_opening(&office, at("2026-11-27T17:00:00+07:00")),
        Some((saturday, time(8, 0, 0, 0)))
    );
    assert!(!is_working_day(&office, saturday));
}

#[test]
fn shorter_hours_on_a_working_day_keep_it_a_working_day() {
    let mut office = jakarta();
    let tuesday = date(2026, 11, 24);
    let spans = vec![span((8, 0), (11, 0))];
    office.exceptions.insert(
        tuesday,
        DayException::Open {
            spans,
            reason: "Apel pagi".into(),
        },
    );
    check(
        &office,
        "2026-11-24T14:00:00+07:00",
        closed(None, (date(2026, 11, 25), time(8, 0, 0, 0))),
    );
    assert!(is_working_day(&office, tuesday));
}

#[test]
fn working_days_skip_weekend_and_holidays_and_never_count_the_first_day() {
    let mut office = jakarta();
    office.exceptions.insert(date(2026, 12, 24), christmas());
    office.exceptions.insert(date(2026, 12, 25), christmas());
    let wednesday = date(2026, 12, 23);
    assert_eq!(add_working_days(&office, wednesday, 0), Some(wednesday));
    assert_eq!(add_working_days(&office, wednesday, 1), Some(date(2026, 12, 28)));
    assert_eq!(add_working_days(&office, wednesday, 4), Some(date(2026, 12, 31)));
    assert_eq!(
        add_working_days(&office, date(2026, 11, 23), 60),
        Some(date(2027, 2, 17))
    );
}

#[test]
fn an_office_without_hours_never_opens_and_the_search_ends() {
    let mut office = jakarta();
    office.hours = OpeningHours::default();
    let now = "2026-11-23T09:00:00+07:00";
    check(
        &office,
        now,
        OfficeStatus::Closed {
            reason: None,
            next: None,
        },
    );
    assert_eq!(add_working_days(&office, date(2026, 11, 23), 1), None);
}

#[test]
fn the_search_ends_at_the_end_of_the_calendar() {
    assert_eq!(add_working_days(&jakarta(), Date::MAX, 5), None);
}

#[test]
fn a_count_beyond_the_bound_has_no_answer() {
    assert_eq!(add_working_days(&jakarta(), date(2026, 11, 23), u16::MAX), None);
}
