//! Where offices are: in the country, in their zone, each of an office that there is, each with who says so.

use jiff::civil::Date;
use sigap_core::office::Office;

use super::CheckReport;
use super::offices::{check_from, check_source};
use crate::content::Content;
use crate::points::POINTS;

/// Degrees between which Indonesia lies, from Rote to Weh and from Weh to the border in Papua.
const LATITUDES: (f64, f64) = (-11.1, 6.1);
const LONGITUDES: (f64, f64) = (94.9, 141.1);
/// Who is named in `source`; what each is stands in the README beside the file.
const SOURCES: [&str; 3] = ["geonames", "nusantara", "airportsdata"];

pub(super) fn check(content: &Content, today: Date, report: &mut CheckReport) {
    for (slug, row) in content.offices.points.iter() {
        report.checked += 1;
        let Some(office) = content.office_by_slug(slug) else {
            report.error(
                POINTS,
                slug,
                "no office has this slug",
                "mend it, or add the office to the register",
            );
            continue;
        };
        check_degrees(POINTS, office, row.latitude, row.longitude, report);
        if !SOURCES.contains(&row.source.as_str()) {
            let what = format!("the source `{}` is not explained", row.source);
            report.error(POINTS, slug, what, "name one that the README explains");
        }
        if row.place.is_empty() {
            report.error(POINTS, slug, "it does not say what lies there", "fill `place`");
        }
        check_from(POINTS, slug, row.checked, today, report);
    }
    for (slug, file) in &content.offices.files {
        let Some((office, point)) = content.office_by_slug(slug).zip(file.point.as_ref()) else {
            continue;
        };
        let path = format!("offices/{slug}.toml");
        check_degrees(&path, office, point.latitude, point.longitude, report);
        check_source(content.catalogue_of(office.id), &path, "point", &point.source, report);
        check_from(&path, "point", point.from, today, report);
    }
    let without = content.offices().iter().filter(|office| office.point.is_none()).count();
    if without > 0 {
        let what = format!("{without} offices have no point and are never named as the nearest");
        report.note(
            POINTS,
            "slug",
            what,
            "add a row for those that give passports to everybody",
        );
    }
}

/// Swapped columns and slips of a digit leave the country, or the zone of the office.
fn check_degrees(file: &str, office: &Office, latitude: f64, longitude: f64, report: &mut CheckReport) {
    let is_within = |degrees: f64, (from, to): (f64, f64)| (from..=to).contains(&degrees);
    if !is_within(latitude, LATITUDES) || !is_within(longitude, LONGITUDES) {
        let what = format!("{latitude}, {longitude} is not in Indonesia");
        report.error(file, &office.slug, what, "write degrees north, then degrees east");
        return;
    }
    let zone = match office.zone_name.as_str() {
        "WIB" => (LONGITUDES.0, 116.0),
        "WITA" => (114.0, 127.5),
        _ => (124.0, LONGITUDES.1),
    };
    if !is_within(longitude, zone) {
        let what = format!("{longitude} degrees east is not in {}", office.zone_name);
        report.error(
            file,
            &office.slug,
            what,
            "mend the longitude, or the zone in the register",
        );
    }
}
