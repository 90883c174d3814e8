//! Rows of the catalogue: founded, dated, in force, and pointing at things that exist.

use std::collections::HashSet;

use jiff::civil::Date;
use sigap_core::application::Stage;
use sigap_core::catalogue::{Catalogue, Confidence, FeeKind, UNVERIFIED};

use super::CheckReport;
use crate::content::Content;

/// Days after which somebody should go through all rows again.
const REVIEW_AFTER_DAYS: i32 = 180;

/// What every row has.
struct Ground<'a> {
    file: &'static str,
    key: &'a str,
    source: &'a str,
    confidence: Confidence,
    from: Option<Date>,
}

pub(super) fn check(content: &Content, today: Date, report: &mut CheckReport) {
    let catalogue = content.catalogue();
    for ground in grounds(catalogue) {
        report.checked += 1;
        check_ground(catalogue, &ground, today, report);
    }
    check_unique(catalogue, report);
    check_fees(catalogue, today, report);
    check_cases(catalogue, today, report);
    check_pickup_and_stages(catalogue, report);
    let age = today.since(catalogue.checked).map_or(0, |span| span.get_days());
    if age > REVIEW_AFTER_DAYS {
        let next_step = "go through the rows with an office and set `checked`";
        report.warn(
            "catalogue/sources.toml",
            "checked",
            format!("nobody went through the rows for {age} days"),
            next_step,
        );
    }
}

fn grounds(catalogue: &Catalogue) -> Vec<Ground<'_>> {
    let mut grounds = Vec::new();
    let mut add = |file, key, source, confidence, from| {
        grounds.push(Ground {
            file,
            key,
            source,
            confidence,
            from,
        })
    };
    for row in &catalogue.fees {
        add(
            "catalogue/fees.toml",
            &row.code,
            &row.source,
            row.confidence,
            Some(row.from),
        );
    }
    for row in &catalogue.cases {
        add(
            "catalogue/cases.toml",
            &row.id,
            &row.source,
            row.confidence,
            Some(row.from),
        );
    }
    let issue = &catalogue.issue;
    add(
        "catalogue/cases.toml",
        "issue",
        &issue.source,
        issue.confidence,
        Some(issue.from),
    );
    let payment = &catalogue.payment;
    add(
        "catalogue/payment.toml",
        "payment",
        &payment.source,
        payment.confidence,
        Some(payment.from),
    );
    for row in &payment.channels {
        add("catalogue/payment.toml", &row.id, &row.source, row.confidence, None);
    }
    let booking = &catalogue.booking;
    add(
        "catalogue/booking.toml",
        "booking",
        &booking.source,
        booking.confidence,
        Some(booking.from),
    );
    let pickup = &catalogue.pickup;
    add(
        "catalogue/pickup.toml",
        "pickup",
        &pickup.source,
        pickup.confidence,
        Some(pickup.from),
    );
    for row in &pickup.by {
        add("catalogue/pickup.toml", &row.id, &row.source, row.confidence, None);
    }
    for row in &catalogue.stages {
        add(
            "catalogue/stages.toml",
            row.stage.name(),
            &row.source,
            row.confidence,
            None,
        );
    }
    for row in &catalogue.priority {
        add(
            "catalogue/priority.toml",
            &row.group.id,
            &row.source,
            row.confidence,
            None,
        );
    }
    for row in &catalogue.services {
        add(
            "catalogue/services.toml",
            &row.id,
            &row.source,
            row.confidence,
            Some(row.from),
        );
    }
    let complaint = &catalogue.complaint;
    add(
        "catalogue/complaint.toml",
        "complaint",
        &complaint.source,
        complaint.confidence,
        Some(complaint.from),
    );
    let reports = &catalogue.reports;
    add(
        "catalogue/reports.toml",
        "reports",
        &reports.source,
        reports.confidence,
        None,
    );
    let survey = &catalogue.survey;
    add(
        "catalogue/survey.toml",
        "survey",
        &survey.source,
        survey.confidence,
        Some(survey.from),
    );
    let notices = &catalogue.notices;
    add(
        "catalogue/notices.toml",
        "notices",
        &notices.source,
        notices.confidence,
        Some(notices.from),
    );
    let pricing = &catalogue.pricing;
    add(
        "catalogue/pricing.toml",
        "pricing",
        &pricing.source,
        pricing.confidence,
        Some(pricing.from),
    );
    grounds
}

fn check_ground(catalogue: &Catalogue, ground: &Ground<'_>, today: Date, report: &mut CheckReport) {
    let Ground {
        file,
        key,
        source,
        confidence,
        from,
    } = ground;
    if *source == UNVERIFIED {
        report.note(file, key, "it has no source", "ask an office before relying on it");
    } else if source.is_empty() || !catalogue.sources.contains_key(*source) {
        let what = format!("the source `{source}` is not listed");
        report.error(
            file,
            key,
            what,
            "add it to catalogue/sources.toml, or write `unverified`",
        );
    } else if *confidence == Confidence::Low {
        report.note(file, key, "its sources are weak or differ", "ask an office");
    }
    if from.is_some_and(|from| from > today) {
        report.note(file, key, "it is not in force yet", "nothing to do until then");
    }
}

fn check_unique(catalogue: &Catalogue, report: &mut CheckReport) {
    let names = [
        (
            "catalogue/fees.toml",
            catalogue.fees.iter().map(|row| row.code.as_str()).collect::<Vec<_>>(),
        ),
        (
            "catalogue/cases.toml",
            catalogue.cases.iter().map(|row| row.id.as_str()).collect(),
        ),
        (
            "catalogue/documents.toml",
            catalogue.documents.iter().map(String::as_str).collect(),
        ),
        (
            "catalogue/payment.toml",
            catalogue.payment.channels.iter().map(|row| row.id.as_str()).collect(),
        ),
        (
            "catalogue/pickup.toml",
            catalogue.pickup.by.iter().map(|row| row.id.as_str()).collect(),
        ),
        (
            "catalogue/stages.toml",
            catalogue.stages.iter().map(|row| row.stage.name()).collect(),
        ),
        (
            "catalogue/priority.toml",
            catalogue.priority.iter().map(|row| row.group.id.as_str()).collect(),
        ),
        (
            "catalogue/services.toml",
            catalogue.services.iter().map(|row| row.id.as_str()).collect(),
        ),
    ];
    for (file, names) in names {
        let mut seen = HashSet::new();
        for name in names {
            if !seen.insert(name) {
                report.error(
                    file,
                    name,
                    "it stands twice",
                    "give one of them another name, or delete it",
                );
            }
        }
    }
}

fn check_fees(catalogue: &Catalogue, today: Date, report: &mut CheckReport) {
    let file = "catalogue/fees.toml";
    for fee in &catalogue.fees {
        if fee.rupiah < 0 {
            report.error(
                file,
                &fee.code,
                "the fee is negative",
                "write the rupiah as they are paid",
            );
        }
        if fee.until.is_some_and(|until| until <= fee.from) {
            report.error(file, &fee.code, "it ends before it begins", "mend `from` or `until`");
        }
    }
    let kinds = [
        (FeeKind::Passport, "passport"),
        (FeeKind::TravelLetter, "travel_letter"),
        (FeeKind::Surcharge, "surcharge"),
        (FeeKind::Penalty, "penalty"),
    ];
    for (kind, name) in kinds {
        if !catalogue.fees_on(today).any(|fee| fee.kind == kind) {
            let what = format!("no fee of this kind is in force on {today}");
            report.error(file, name, what, "add the fee of the new regulation");
        }
    }
}

fn check_cases(catalogue: &Catalogue, today: Date, report: &mut CheckReport) {
    let file = "catalogue/cases.toml";
    for case in &catalogue.cases {
        for document in case.documents.iter().chain(&case.if_any) {
            if !catalogue.documents.contains(document) {
                let what = format!("the paper `{document}` is not listed");
                report.error(file, &case.id, what, "add it to catalogue/documents.toml");
            }
        }
        let codes = case.products.iter().chain(&case.penalty).chain(&case.surcharge);
        for code in codes {
            if !catalogue.fees.iter().any(|fee| fee.code == *code) {
                report.error(
                    file,
                    &case.id,
                    format!("there is no fee `{code}`"),
                    "mend the code, see catalogue/fees.toml",
                );
            } else if !catalogue
                .fees
                .iter()
                .any(|fee| fee.code == *code && fee.is_in_force_on(today))
            {
                report.error(
                    file,
                    &case.id,
                    format!("the fee `{code}` is not in force on {today}"),
                    "take it out",
                );
            }
        }
        if catalogue.products_of(case, today).next().is_none() {
            report.error(
                file,
                &case.id,
                format!("nothing can be chosen on {today}"),
                "mend `products`",
            );
        }
        for other in case.only_for.iter().chain(&case.else_case) {
            if catalogue.case(other).is_none() {
                report.error(file, &case.id, format!("there is no case `{other}`"), "mend the name");
            }
        }
    }
    for service in &catalogue.services {
        for other in &service.only_for {
            if catalogue.case(other).is_none() {
                let what = format!("there is no case `{other}`");
                report.error("catalogue/services.toml", &service.id, what, "mend the name");
            }
        }
    }
}

fn check_pickup_and_stages(catalogue: &Catalogue, report: &mut CheckReport) {
    for who in &catalogue.pickup.by {
        for document in &who.bring {
            if !catalogue.documents.contains(document) {
                let what = format!("the paper `{document}` is not listed");
                report.error(
                    "catalogue/pickup.toml",
                    &who.id,
                    what,
                    "add it to catalogue/documents.toml",
                );
            }
        }
    }
    for channel in &catalogue.payment.channels {
        if channel.is_confirmed && channel.source == UNVERIFIED {
            let next_step = "write is_confirmed = false, or name the source";
            report.error(
                "catalogue/payment.toml",
                &channel.id,
                "it is confirmed by nobody",
                next_step,
            );
        }
    }
    for stage in Stage::ALL {
        if !catalogue.stages.iter().any(|row| row.stage == stage) {
            report.error(
                "catalogue/stages.toml",
                stage.name(),
                "the stage is missing",
                "add a row for it",
            );
        }
    }
}
