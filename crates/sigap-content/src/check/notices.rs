//! Notices: each has its row, and what goes to Meta as a template keeps Meta's rules at every office.

use jiff::civil::{Date, time};
use sigap_core::conversation::messages::MESSAGES;
use sigap_core::language::Language;
use sigap_core::notices::TOPIC;

use super::CheckReport;
use crate::content::Content;
use crate::notices::template_problem;

const FILE: &str = "catalogue/notices.toml";

pub(super) fn check(content: &Content, today: Date, report: &mut CheckReport) {
    let notices = &content.catalogue().notices;
    if notices.day_from >= notices.day_until {
        report.error(
            FILE,
            "day_from",
            "the day ends before it begins",
            "mend `day_from` or `day_until`",
        );
    }
    for spec in MESSAGES.iter().filter(|spec| spec.key.starts_with(TOPIC)) {
        report.checked += 1;
        let rows = notices.kinds.iter().filter(|kind| kind.key() == spec.key).count();
        if rows != 1 {
            report.error(FILE, spec.key, format!("it has {rows} rows"), "write one row for it");
        }
    }
    for kind in &notices.kinds {
        if !MESSAGES.iter().any(|spec| spec.key == kind.key()) {
            report.error(
                FILE,
                &kind.id,
                "nobody says this notice",
                "take it out, or mend its name",
            );
        }
    }
    // Words of an office's own make another template; the others have what everybody has.
    let mut offices: Vec<_> = content.own_texts.keys().copied().collect();
    offices.extend(content.offices().first().map(|office| office.id));
    let at = today.to_datetime(time(9, 30, 0, 0));
    for office in offices.into_iter().filter_map(|id| content.office(id)) {
        for (kind, language) in notices
            .with_template()
            .flat_map(|kind| Language::OF_TEMPLATES.map(|code| (kind, code)))
        {
            report.checked += 1;
            let Some(text) = content.template(office, language, &kind.id, at, "https://sigap.example") else {
                continue;
            };
            if let Some(problem) = template_problem(&text) {
                let key = format!("{} {} {}", office.slug, language.code(), kind.key());
                report.error("texts", &key, problem, "change the words of the notice");
            }
        }
    }
}
