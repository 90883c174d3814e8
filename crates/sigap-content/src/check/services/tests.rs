use jiff::civil::date;

use super::*;
use crate::check::Severity;
use crate::sample;

/// A Wednesday; the draw of the sample is on Saturday the fifth of December.
const TODAY: Date = date(2026, 11, 25);

/// What is wrong with the sample after one part of it was replaced; the part has to be there.
#[track_caller]
fn broken(from: &str, to: &str) -> CheckReport {
    let mut files = sample::files(TODAY).unwrap();
    let text = files.get(sample::PATH).unwrap().to_owned();
    assert!(text.contains(from), "the sample has no `{from}` to break");
    files.set(sample::PATH, &text.replacen(from, to, 1));
    Content::from_files(&files).unwrap().check(TODAY)
}

#[track_caller]
fn check_found(report: &CheckReport, severity: Severity, key: &str, what: &str) {
    let found = report
        .of(severity)
        .any(|finding| finding.key == key && finding.what.contains(what));
    assert!(
        found,
        "no {severity:?} at `{key}` about `{what}` in {:#?}",
        report.findings
    );
}

#[test]
fn the_sample_is_green_and_says_what_nobody_confirmed() {
    let report = sample::with_bookings(TODAY).unwrap().check(TODAY);
    let worse: Vec<_> = report
        .findings
        .iter()
        .filter(|finding| finding.file == sample::PATH && finding.severity != Severity::Notice)
        .collect();
    assert!(worse.is_empty(), "{worse:#?}");
    check_found(&report, Severity::Notice, "simpatik", "nobody has confirmed it");
}

#[test]
fn each_slip_in_a_service_is_an_error_that_names_its_place() {
    let slips = [
        ("id = \"bap\"", "id = \"pickup\"", "pickup", "stands twice"),
        ("id = \"bap\"", "id = \"bakar\"", "bakar", "no name for citizens"),
        ("slot_minutes = 30", "slot_minutes = 5", "pickup", "10 to 480 minutes"),
        (
            "\"13:00-15:00\"",
            "\"13:00-19:00\"",
            "pickup monday",
            "outside the office's hours",
        ),
        ("\"13:00-15:00\"", "\"11:00-15:00\"", "pickup monday", "overlap"),
        (
            "\"13:30-15:00\"",
            "\"14:45-15:00\"",
            "pickup friday",
            "shorter than one slot",
        ),
        ("places = 4", "places = 0", "pickup monday", "no places"),
        ("horizon_days = 10", "horizon_days = 400", "bap", "1 to 92 days"),
        (
            "marks_attendance = true",
            "marks_attendance = false",
            "bap",
            "visits that nobody marks",
        ),
        (
            "people_per_contact_max = 5",
            "people_per_contact_max = 2",
            "simpatik",
            "a whole party",
        ),
        (
            "party_max = 2",
            "party_max = 2\nadult_age = 40",
            "bap",
            "nobody is a child",
        ),
        (
            "per_minute = 20",
            "per_minute = 0",
            "simpatik 2026-12-12",
            "nobody is let in",
        ),
        (
            "day_places = 60",
            "day_places = 0",
            "simpatik 2026-12-19",
            "the day has no places",
        ),
        (
            "drawn_at = \"2026-12-03T18:00\"",
            "drawn_at = \"2026-12-04T18:00\"",
            "simpatik 2026-12-05",
            "less than 24 hours",
        ),
        (
            "public_value = \"angka penutupan IHSG Bursa Efek Indonesia pada hari undian\"",
            "public_value = \" \"",
            "simpatik 2026-12-05",
            "no public value",
        ),
        (
            "source = \"project2020\"\nfrom = \"2026-11-25\"",
            "source = \"hearsay\"\nfrom = \"2026-11-25\"",
            "simpatik",
            "is not listed",
        ),
    ];
    for (from, to, key, what) in slips {
        check_found(&broken(from, to), Severity::Error, key, what);
    }
}

#[test]
fn an_opening_on_a_day_that_the_office_closes_is_an_error() {
    let closed = "[[exception]]\ndate = \"2026-12-05\"\nis_closed = true\nreason = \"Pindah gedung\"\n\n[[service]]\nid = \"simpatik\"";
    let report = broken("[[service]]\nid = \"simpatik\"", closed);
    check_found(
        &report,
        Severity::Error,
        "simpatik 2026-12-05",
        "closed on that day: Pindah gedung",
    );
}

#[test]
fn what_is_odd_but_not_wrong_is_a_warning() {
    let report = broken("date = \"2026-12-26\"", "date = \"2028-12-26\"");
    check_found(
        &report,
        Severity::Warning,
        "simpatik 2028-12-26",
        "more than a year away",
    );
    let report = broken("day_places = 60", "day_places = 90");
    check_found(&report, Severity::Warning, "simpatik 2026-12-19", "hold 80 people");
    let over = sample::with_bookings(TODAY).unwrap().check(date(2027, 3, 7));
    check_found(&over, Severity::Warning, "simpatik 2026-12-05", "over for long");
}

#[test]
fn services_that_no_office_offers_are_an_error() {
    let mut files = sample::files(TODAY).unwrap();
    let service = "\n[[service]]\nid = \"pickup\"\nslot_minutes = 30\nis_confirmed = false\nsource = \"unverified\"\nfrom = \"2026-11-01\"\n";
    let text = format!("{}{service}", files.get("offices/default.toml").unwrap());
    files.set("offices/default.toml", &text);
    let report = Content::from_files(&files).unwrap().check(TODAY);
    check_found(&report, Severity::Error, "service", "no office offers");
}
