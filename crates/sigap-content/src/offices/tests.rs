use jiff::civil::{date, time};
use sigap_core::calendar::{self, ClosedReason};
use sigap_core::office::PointOf;

use super::*;
use crate::catalogue_files;

fn files() -> Files {
    Files::embedded().unwrap()
}

fn read(files: &Files) -> Result<Offices, ContentError> {
    Offices::read(files, &catalogue_files::read(files).unwrap())
}

#[test]
fn all_174_offices_keep_their_numbers() {
    let offices = read(&files()).unwrap();
    assert_eq!(offices.rows.len(), 174);
    // These numbers stand in databases: a change here would move citizens to another office.
    for (id, slug) in [
        (1, "banda-aceh"),
        (30, "bitung"),
        (107, "jakarta-pusat"),
        (118, "sukabumi"),
    ] {
        assert_eq!(offices.find(OfficeId(id)).unwrap().slug, slug);
        assert_eq!(offices.find_slug(slug).unwrap().id, OfficeId(id));
    }
    let numbers: Vec<i64> = offices.rows.iter().map(|office| office.id.0).collect();
    assert_eq!(numbers, (1..=174).collect::<Vec<_>>());
}

#[test]
fn the_first_office_has_its_line_and_number() {
    let offices = read(&files()).unwrap();
    let office = offices.find_slug("jakarta-pusat").unwrap();
    assert_eq!(office.name, "Kantor Imigrasi Kelas I Non TPI Jakarta Pusat");
    assert_eq!(office.line_name, "SIGAP");
    assert_eq!(office.whatsapp.as_deref(), Some("0811-8539-333"));
    assert!(!office.is_address_confirmed);
    assert!(!office.hours.is_confirmed);
}

#[test]
fn old_numbers_of_the_register_are_never_shown() {
    let offices = read(&files()).unwrap();
    for slug in ["bogor", "batam", "cilacap", "balikpapan"] {
        assert_eq!(offices.find_slug(slug).unwrap().whatsapp, None, "{slug}");
    }
}

#[test]
fn a_page_without_source_is_not_shown_and_the_national_one_is() {
    let offices = read(&files()).unwrap();
    for slug in ["jakarta-pusat", "sukabumi", "manado"] {
        assert_eq!(
            offices.find_slug(slug).unwrap().site.as_deref(),
            Some("https://www.imigrasi.go.id"),
            "{slug}"
        );
    }
    let mut files = files();
    let own = "[site]\nvalue = \"https://bitung.imigrasi.go.id\"\nis_confirmed = true\nsource = \"bitung2026\"\nfrom = \"2026-05-01\"";
    files.set("offices/bitung.toml", own);
    let office_site = read(&files).unwrap().find_slug("bitung").unwrap().site.clone();
    assert_eq!(office_site.as_deref(), Some("https://bitung.imigrasi.go.id"));
}

#[test]
fn a_telephone_is_written_as_people_dial_it() {
    assert_eq!(
        read(&files()).unwrap().find_slug("bitung").unwrap().phone.as_deref(),
        Some("0438 21077")
    );
}

#[test]
fn zones_follow_the_town() {
    let offices = read(&files()).unwrap();
    for (slug, zone) in [("jakarta-pusat", "WIB"), ("bitung", "WITA"), ("manokwari", "WIT")] {
        assert_eq!(offices.find_slug(slug).unwrap().zone_name, zone);
    }
}

#[test]
fn holidays_close_every_office_and_estimates_say_so() {
    let offices = read(&files()).unwrap();
    let office = offices.find_slug("bitung").unwrap();
    let christmas = ClosedReason::Exception {
        reason: "Hari Raya Natal",
        is_estimated: false,
    };
    assert_eq!(calendar::closed_reason(office, date(2026, 12, 25)), Some(christmas));
    let feast = ClosedReason::Exception {
        reason: "Idulfitri 1448 H",
        is_estimated: true,
    };
    assert_eq!(calendar::closed_reason(office, date(2027, 3, 10)), Some(feast));
}

#[test]
fn working_days_of_2026_are_240() {
    let offices = read(&files()).unwrap();
    let office = offices.find_slug("jakarta-pusat").unwrap();
    let year = std::iter::successors(Some(date(2026, 1, 1)), |day| day.tomorrow().ok());
    let days = year
        .take_while(|day| day.year() == 2026)
        .filter(|day| calendar::is_working_day(office, *day));
    assert_eq!(days.count(), 240);
}

#[test]
fn an_office_overrules_holidays_both_ways() {
    let mut files = files();
    let own = "[[exception]]\ndate = \"2026-12-25\"\nopen = [\"08:00-12:00\"]\nreason = \"Paspor simpatik\"\n\
               [[exception]]\ndate = \"2026-11-24\"\nis_closed = true\nreason = \"Hari jadi kota\"";
    files.set("offices/bitung.toml", own);
    let offices = read(&files).unwrap();
    let office = offices.find_slug("bitung").unwrap();
    assert_eq!(calendar::hours_on(office, date(2026, 12, 25)).len(), 1);
    let reason = ClosedReason::Exception {
        reason: "Hari jadi kota",
        is_estimated: false,
    };
    assert_eq!(calendar::closed_reason(office, date(2026, 11, 24)), Some(reason));
    let other = offices.find_slug("manado").unwrap();
    assert!(calendar::hours_on(other, date(2026, 12, 25)).is_empty());
}

#[test]
fn an_office_has_its_own_hours_groups_and_facts() {
    let mut files = files();
    let own = "without = [\"simpatik\"]\n[hours]\nmonday = [\"13:00-15:00\", \"07:30-11:00\"]\ntuesday = []\nwednesday = []\n\
               thursday = []\nfriday = []\nsaturday = []\nsunday = []\nis_confirmed = true\nsource = \"bitung2026\"\n\
               from = \"2026-05-01\"\n[[priority]]\nid = \"balita\"\nage_below = 5\n\
               [[fact]]\nname = \"helpdesk_place\"\nid = \"lantai dua\"\nis_confirmed = true\nsource = \"bitung2026\"\n\
               from = \"2026-05-01\"";
    files.set("offices/bitung.toml", own);
    let offices = read(&files).unwrap();
    let office = offices.find_slug("bitung").unwrap();
    assert!(office.hours.is_confirmed);
    assert_eq!(office.hours.week[0].first().unwrap().from, time(7, 30, 0, 0));
    assert_eq!(office.priority.len(), 1);
    assert_eq!(office.priority[0].age_below, Some(5));
    assert_eq!(office.without, ["simpatik"]);
    assert_eq!(office.facts["id"]["helpdesk_place"], "lantai dua");
    assert!(offices.find_slug("manado").unwrap().priority.len() > 3);
}

#[track_caller]
fn check_refused(path: &str, text: &str, expected: &str) {
    let mut files = files();
    files.set(path, text);
    let error = read(&files).unwrap_err().to_string();
    assert!(error.contains(path) && error.contains(expected), "{error}");
}

#[test]
fn a_number_or_slug_that_stands_twice_is_refused() {
    let head = "id,slug,name,short,class,city,province,zone,iana_tz,address,phone\n";
    let row = "1,a,A,A,K,A,A,WIB,Asia/Jakarta,,\n";
    check_refused(
        REGISTER,
        &format!("{head}{row}{}", row.replace("1,a", "1,b")),
        "stands twice",
    );
    check_refused(
        REGISTER,
        &format!("{head}{row}{}", row.replace("1,a", "2,a")),
        "`a` stands twice",
    );
    check_refused(
        REGISTER,
        &format!("{head}{}", row.replace("Asia/Jakarta", "Asia/Batavia")),
        "unknown zone",
    );
}

#[test]
fn hours_that_cannot_be_read_are_refused_with_an_example() {
    let own = "[[exception]]\ndate = \"2026-12-25\"\nopen = [\"8 sampai 12\"]\nreason = \"x\"";
    check_refused("offices/bitung.toml", own, "write `08:00-12:00`");
    check_refused(
        "offices/bitung.toml",
        &own.replace("8 sampai 12", "12:00-08:00"),
        "write `08:00-12:00`",
    );
}

#[test]
fn an_unknown_part_of_an_office_file_is_refused() {
    check_refused("offices/bitung.toml", "opening = \"08:00\"", "opening");
}

#[test]
fn an_opening_adds_to_the_hours_of_its_day() {
    let opening = |id: &str, day: &str, hours: &str| {
        format!(
            "\n[[service]]\nid = \"{id}\"\nslot_minutes = 60\nis_confirmed = false\nsource = \"unverified\"\nfrom = \"2026-11-01\"\n\
             [[service.opening]]\ndate = \"{day}\"\nhours = [\"{hours}\"]\nplaces = 5\nrelease = \"first_come\"\nopens_at = \"2026-11-20T08:00\"\n"
        )
    };
    let mut files = files();
    let path = "offices/sukabumi.toml";
    let text = [
        files.get(path).unwrap(),
        // A Saturday with two openings, a Monday within the usual hours, a Tuesday beyond them.
        &opening("simpatik", "2026-12-05", "08:00-12:00"),
        &opening("pickup", "2026-12-05", "11:00-14:00"),
        &opening("bap", "2026-12-07", "08:00-10:00"),
        &opening("renewal", "2026-12-08", "19:00-21:00"),
    ]
    .concat();
    files.set(path, &text);
    let offices = read(&files).unwrap();
    let office = offices.find_slug("sukabumi").unwrap();
    let hours = |day: i8| match office.exceptions.get(&date(2026, 12, day)) {
        Some(DayException::Open { spans, .. }) => spans.iter().map(|span| (span.from.hour(), span.to.hour())).collect(),
        _ => Vec::new(),
    };
    assert_eq!(hours(5), [(8, 14)]);
    assert_eq!(hours(7), []);
    let usual = office.hours.week[1].len();
    assert_eq!(hours(8).len(), usual + 1);
    assert_eq!(hours(8).last(), Some(&(19, 21)));
}

#[test]
fn every_immigration_office_has_a_point_and_its_own_file_may_name_the_door() {
    let mut files = files();
    let offices = read(&files).unwrap();
    for office in &offices.rows {
        assert_eq!(
            office.point.is_some(),
            office.short.starts_with("Kanim"),
            "{}",
            office.slug
        );
    }
    let sukabumi = offices.find_slug("sukabumi").unwrap().point.unwrap();
    assert_eq!(
        (sukabumi.at.latitude(), sukabumi.at.longitude(), sukabumi.of),
        (-6.92, 106.93, PointOf::City)
    );
    for (source, expected) in [
        ("permen8_2014_4", (125.19, PointOf::Building)),
        ("unverified", (125.13, PointOf::City)),
    ] {
        let door =
            format!("[point]\nlatitude = 1.44\nlongitude = 125.19\nsource = \"{source}\"\nfrom = \"2026-11-26\"");
        files.set("offices/bitung.toml", &door);
        let bitung = read(&files).unwrap().find_slug("bitung").unwrap().point.unwrap();
        assert_eq!((bitung.at.longitude(), bitung.of), expected, "{source}");
    }
}

#[test]
fn a_point_that_stands_twice_is_refused() {
    let mut files = files();
    let points = files.get("offices/points.csv").unwrap();
    let twice = format!("{points}bogor,-6.6,106.8,city,Bogor,geonames,1648473,2026-11-26\n");
    files.set("offices/points.csv", &twice);
    assert!(read(&files).unwrap_err().to_string().contains("`bogor` stands twice"));
}
