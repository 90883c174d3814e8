//! Office files: that they belong to an office, point at things that exist, and say what nobody has confirmed.

use std::collections::HashSet;

use jiff::civil::Date;
use sigap_core::catalogue::{Catalogue, UNVERIFIED};
use sigap_core::conversation::reply::Choice;
use sigap_core::language::Language;
use sigap_core::office::{DayException, Office, Span};

use super::CheckReport;
use super::services;
use super::texts::COMPLETE;
use crate::content::{Content, place};
use crate::entry::EntryKey;
use crate::office_file::{Claim, OfficeFile};

const REGISTER: &str = "offices/register.csv";
/// Where office pages live; anything else may be a fake.
const OFFICIAL_SITE_ENDING: &str = ".go.id";
/// Priority groups whose words name an age; without one their line disappears.
const GROUPS_BY_AGE: [&str; 2] = ["lansia", "balita"];

pub(super) fn check(content: &Content, today: Date, report: &mut CheckReport) {
    for office in content.offices() {
        report.checked += 1;
        check_register(office, report);
        check_hours(office, report);
        for group in &office.priority {
            if !content.catalogue().priority.iter().any(|row| row.group.id == group.id) {
                let file = format!("offices/{}.toml", office.slug);
                report.error(
                    &file,
                    &group.id,
                    "there is no such priority group",
                    "mend the name, see catalogue/priority.toml",
                );
            }
            if GROUPS_BY_AGE.contains(&group.id.as_str()) && group.age_from.or(group.age_below).is_none() {
                let file = format!("offices/{}.toml", office.slug);
                report.error(
                    &file,
                    &group.id,
                    "the group has no age, so nobody is told of it",
                    "write age_from or age_below",
                );
            }
        }
    }
    check_file(content, "default", &content.offices.default, today, report);
    for (slug, file) in &content.offices.files {
        if content.office_by_slug(slug).is_none() {
            let path = format!("offices/{slug}.toml");
            report.error(
                &path,
                slug,
                "no office has this slug",
                "rename the file, or add the office to the register",
            );
        }
        check_file(content, slug, file, today, report);
    }
}

fn check_register(office: &Office, report: &mut CheckReport) {
    if office.id.0 < 1 {
        report.error(
            REGISTER,
            &office.slug,
            "the number is not positive",
            "take the next free number",
        );
    }
    let is_slug = office
        .slug
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !is_slug || office.slug.is_empty() {
        report.error(
            REGISTER,
            &office.slug,
            "a slug has small letters, digits and dashes",
            "mend it",
        );
    }
    if office.name.is_empty() || office.short.is_empty() || office.line_name.is_empty() {
        report.error(
            REGISTER,
            &office.slug,
            "a name is missing",
            "fill name, short and line_name",
        );
    }
    let zone = office.zone.iana_name().unwrap_or_default();
    let is_right = match office.zone_name.as_str() {
        "WIB" => matches!(zone, "Asia/Jakarta" | "Asia/Pontianak"),
        "WITA" => zone == "Asia/Makassar",
        "WIT" => zone == "Asia/Jayapura",
        _ => false,
    };
    if !is_right {
        let what = format!("`{}` is not the name of `{zone}`", office.zone_name);
        report.error(REGISTER, &office.slug, what, "mend zone or iana_tz");
    }
}

fn check_hours(office: &Office, report: &mut CheckReport) {
    let exceptions = office.exceptions.values().filter_map(|exception| match exception {
        DayException::Open { spans, .. } => Some(spans),
        DayException::Closed { .. } => None,
    });
    if office.hours.week.iter().chain(exceptions).any(|spans| overlap(spans)) {
        let file = format!("offices/{}.toml", office.slug);
        report.error(&file, "hours", "two spans of one day overlap", "mend the hours");
    }
}

pub(crate) fn overlap(spans: &[Span]) -> bool {
    spans
        .windows(2)
        .any(|pair| matches!(pair, [first, second] if second.from < first.to))
}

fn check_file(content: &Content, slug: &str, file: &OfficeFile, today: Date, report: &mut CheckReport) {
    let path = format!("offices/{slug}.toml");
    let path = path.as_str();
    // The office may name sources of its own.
    let office = content.office_by_slug(slug);
    let catalogue = office.map_or_else(|| content.catalogue(), |office| content.catalogue_of(office.id));
    let claims = [
        ("whatsapp", &file.whatsapp),
        ("address", &file.address),
        ("phone", &file.phone),
        ("site", &file.site),
    ];
    for (name, claim) in claims {
        if let Some(claim) = claim {
            check_claim(catalogue, path, name, claim, today, report);
        }
    }
    if let Some(hours) = &file.hours {
        if !hours.is_confirmed {
            report.note(path, "hours", "nobody has confirmed them", "ask the office");
        }
        check_source(catalogue, path, "hours", &hours.source, report);
        check_from(path, "hours", hours.from, today, report);
    }
    check_addresses(path, file, report);
    for day in &file.exception {
        if day.is_closed != day.open.is_empty() {
            let next_step = "write is_closed = true, or the hours in `open`";
            report.error(path, &day.date.to_string(), "a day is either closed or open", next_step);
        }
    }
    let mut names = HashSet::new();
    for fact in &file.fact {
        if !names.insert(fact.name.as_str()) {
            report.error(path, &fact.name, "the fact stands twice", "delete one");
        }
        if fact.until.is_some_and(|until| until <= today) {
            report.warn(path, &fact.name, "the fact has lapsed", "renew or delete it");
        }
        if !fact.is_confirmed {
            report.note(path, &fact.name, "nobody has confirmed it", "ask the office");
        }
        if fact.en.is_none() {
            report.warn(path, &fact.name, "it has no English words", "translate it");
        }
        check_source(catalogue, path, &fact.name, &fact.source, report);
        check_from(path, &fact.name, fact.from, today, report);
    }
    for name in file.without.iter().flatten() {
        if Choice::find(name).is_none() {
            report.error(path, name, "no choice has this name", "mend `without`");
        }
    }
    for (key, ground) in &file.grounds {
        if EntryKey::parse(key).is_none() {
            report.error(path, key, "nothing can have that key", "write it like `fee/EP10`");
        }
        if ground.check_again_on.is_some_and(|day| day <= today) {
            report.warn(
                path,
                key,
                "it has to be looked at again",
                "look, then set its days anew",
            );
        }
        if ground.checked_on.is_some_and(|day| day > today) {
            report.warn(path, key, "it was looked at in the future", "mend checked_on");
        }
    }
    check_rules(catalogue, path, file, report);
    services::check(content, path, office, file, today, report);
    check_texts(content, path, file, report);
}

fn check_claim(catalogue: &Catalogue, path: &str, name: &str, claim: &Claim, today: Date, report: &mut CheckReport) {
    if claim.until.is_some_and(|until| until <= today) {
        report.warn(path, name, "it has lapsed", "renew or delete it");
    }
    if !claim.is_confirmed {
        report.note(path, name, "nobody has confirmed it", "ask the office");
    } else if claim.source == UNVERIFIED {
        report.error(
            path,
            name,
            "it is confirmed by nobody",
            "write is_confirmed = false, or name the source",
        );
    }
    check_source(catalogue, path, name, &claim.source, report);
    check_from(path, name, claim.from, today, report);
}

pub(super) fn check_source(catalogue: &Catalogue, path: &str, name: &str, source: &str, report: &mut CheckReport) {
    if source != UNVERIFIED && !catalogue.sources.contains_key(source) {
        let what = format!("the source `{source}` is not listed");
        report.error(
            path,
            name,
            what,
            "add it to catalogue/sources.toml, or write `unverified`",
        );
    }
}

pub(super) fn check_from(path: &str, name: &str, from: Date, today: Date, report: &mut CheckReport) {
    if from > today {
        report.warn(
            path,
            name,
            format!("it holds only from {from} but is shown already"),
            "add it on that day",
        );
    }
}

fn check_addresses(path: &str, file: &OfficeFile, report: &mut CheckReport) {
    if let Some(number) = &file.whatsapp {
        let is_number = number.value.chars().all(|c| c.is_ascii_digit() || c == '-') && number.value.starts_with('0');
        if !is_number {
            let what = format!("`{}` is not written as people dial it", number.value);
            report.error(path, "whatsapp", what, "write it like 0811-8539-333");
        }
    }
    if let Some(site) = &file.site {
        let host = site
            .value
            .strip_prefix("https://")
            .and_then(|rest| rest.split('/').next())
            .unwrap_or_default();
        if !host.ends_with(OFFICIAL_SITE_ENDING) {
            let what = format!("`{}` is not an https address under {OFFICIAL_SITE_ENDING}", site.value);
            report.error(
                path,
                "site",
                what,
                "citizens are told that only .go.id is real: name the official page",
            );
        }
    }
}

fn check_rules(catalogue: &Catalogue, path: &str, file: &OfficeFile, report: &mut CheckReport) {
    let rules = &file.rules;
    for code in rules.offers.iter().chain(&rules.withholds) {
        if !catalogue.fees.iter().any(|fee| fee.code == *code) {
            report.error(
                path,
                code,
                "there is no such fee",
                "mend the code, see catalogue/fees.toml",
            );
        }
    }
    for rule in &rules.fee {
        if !catalogue.fees.iter().any(|fee| fee.code == rule.code) {
            report.error(
                path,
                &rule.code,
                "there is no such fee",
                "mend the code, see catalogue/fees.toml",
            );
        }
        if rule.rupiah < 0 {
            report.error(path, &rule.code, "a fee is not negative", "mend the amount");
        }
        check_source(catalogue, path, &rule.code, &rule.source, report);
    }
    for rule in &rules.case {
        if catalogue.case(&rule.id).is_none() {
            report.error(
                path,
                &rule.id,
                "there is no such case",
                "mend the name, see catalogue/cases.toml",
            );
        }
        for paper in rule.add.iter().chain(&rule.remove) {
            if !catalogue.documents.contains(paper) {
                report.error(
                    path,
                    &rule.id,
                    format!("the paper `{paper}` is not listed"),
                    "add it to catalogue/documents.toml",
                );
            }
        }
        check_source(catalogue, path, &rule.id, &rule.source, report);
    }
}

fn check_texts(content: &Content, path: &str, file: &OfficeFile, report: &mut CheckReport) {
    for (code, texts) in &file.texts {
        if !Language::ALL.iter().any(|language| language.code() == code) {
            report.error(path, code, "there is no such language", "use id, en, su or jv");
        }
        for key in texts.keys() {
            let known = key.split_once('.').and_then(|(topic, name)| {
                let words = &content.texts[place(Language::Id)].words;
                words
                    .find(topic, name)
                    .or_else(|| words.find(topic, name.rsplit_once('.')?.0))
            });
            if known.is_none() {
                report.error(path, key, "no text has this key", "mend the key, see content/texts/id");
            }
            let lacking = COMPLETE.iter().filter(|other| {
                file.texts
                    .get(other.code())
                    .is_none_or(|texts| !texts.contains_key(key))
            });
            for other in lacking {
                let what = format!("the office's own words are missing in `{}`", other.code());
                report.warn(
                    path,
                    key,
                    what,
                    "translate them: readers of that language see the general text",
                );
            }
        }
    }
}
