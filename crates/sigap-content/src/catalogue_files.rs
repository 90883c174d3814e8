//! Reads `content/catalogue/*.toml` into the core's catalogue, and makes an office's own copy where its rules differ.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sigap_core::catalogue::{
    Case, Catalogue, ComplaintDeadlines, Confidence, Fee, IssueTime, IssuingReports, NationalBooking, Payment, Pickup,
    PriorityRow, Service, StageRow,
};
use sigap_core::intake::IntakeRules;
use sigap_core::notices::NoticeCatalogue;
use sigap_core::notices::budget::Pricing;
use sigap_core::survey::SurveyRules;

use crate::entry::Kind;
use crate::error::ContentError;
use crate::files::Files;
use crate::office_file::{FeeRule, OfficeFile, Rules};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourcesFile {
    checked: Date,
    sources: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FeesFile {
    fee: Vec<Fee>,
}

#[derive(Deserialize)]
struct DocumentsFile {
    documents: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CasesFile {
    case: Vec<Case>,
    issue: IssueTime,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PaymentFile {
    payment: Payment,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BookingFile {
    booking: NationalBooking,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PickupFile {
    pickup: Pickup,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StagesFile {
    stage: Vec<StageRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PriorityFile {
    priority: Vec<PriorityRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ServicesFile {
    service: Vec<Service>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ComplaintFile {
    complaint: ComplaintDeadlines,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReportsFile {
    reports: IssuingReports,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SurveyFile {
    survey: SurveyRules,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NoticesFile {
    notices: NoticeCatalogue,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PricingFile {
    pricing: Pricing,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IntakeFile {
    intake: IntakeRules,
}

/// Reads all files of the catalogue.
pub(crate) fn read(files: &Files) -> Result<Catalogue, ContentError> {
    let SourcesFile { checked, sources } = read_file(files, "sources")?;
    let CasesFile { case, issue } = read_file(files, "cases")?;
    Ok(Catalogue {
        checked,
        sources,
        fees: read_file::<FeesFile>(files, "fees")?.fee,
        documents: read_file::<DocumentsFile>(files, "documents")?.documents,
        cases: case,
        issue,
        payment: read_file::<PaymentFile>(files, "payment")?.payment,
        booking: read_file::<BookingFile>(files, "booking")?.booking,
        pickup: read_file::<PickupFile>(files, "pickup")?.pickup,
        stages: read_file::<StagesFile>(files, "stages")?.stage,
        priority: read_file::<PriorityFile>(files, "priority")?.priority,
        services: read_file::<ServicesFile>(files, "services")?.service,
        complaint: read_file::<ComplaintFile>(files, "complaint")?.complaint,
        reports: read_file::<ReportsFile>(files, "reports")?.reports,
        survey: read_file::<SurveyFile>(files, "survey")?.survey,
        notices: read_file::<NoticesFile>(files, "notices")?.notices,
        pricing: read_file::<PricingFile>(files, "pricing")?.pricing,
        intake: read_file::<IntakeFile>(files, "intake")?.intake,
    })
}

fn read_file<T: DeserializeOwned>(files: &Files, name: &str) -> Result<T, ContentError> {
    let path = format!("catalogue/{name}.toml");
    toml::from_str(files.get(&path)?).map_err(|error| ContentError::invalid(&path, error))
}

/// The catalogue as one office sees it; `None` when it has no rules of its own.
pub(crate) fn with_rules(catalogue: &Catalogue, file: &OfficeFile) -> Option<Catalogue> {
    let rules = &file.rules;
    let again = |kind: Kind, name: &str| file.grounds.get(&kind.key(name).to_string())?.check_again_on;
    let has_grounds = file
        .grounds
        .keys()
        .any(|key| key.starts_with("fee/") || key.starts_with("case/"));
    if *rules == Rules::default() && file.sources.is_empty() && !has_grounds {
        return None;
    }
    let mut own = catalogue.clone();
    own.sources
        .extend(file.sources.iter().map(|(name, words)| (name.clone(), words.clone())));
    for rule in &rules.fee {
        apply_fee(&mut own.fees, rule);
    }
    for fee in own.fees.iter_mut().filter(|fee| fee.until.is_none()) {
        fee.check_again_on = again(Kind::Fee, &fee.code).or(fee.check_again_on);
    }
    for fee in &mut own.fees {
        fee.is_offered |= rules.offers.contains(&fee.code);
        fee.is_offered &= !rules.withholds.contains(&fee.code);
    }
    for rule in &rules.case {
        let Some(case) = own.cases.iter_mut().find(|case| case.id == rule.id) else {
            continue;
        };
        case.documents.retain(|document| !rule.remove.contains(document));
        case.if_any
            .retain(|document| !rule.remove.contains(document) && !rule.add.contains(document));
        for document in &rule.add {
            if !case.documents.contains(document) {
                case.documents.push(document.clone());
            }
        }
        case.work_days = rule.work_days.or(case.work_days);
        case.source.clone_from(&rule.source);
        if file.sources.contains_key(&rule.source) {
            // The office says so itself.
            case.confidence = Confidence::High;
        }
    }
    for case in &mut own.cases {
        case.check_again_on = again(Kind::Case, &case.id).or(case.check_again_on);
    }
    own.pickup.days_kept = rules.pickup_days_kept.unwrap_or(own.pickup.days_kept);
    own.payment.valid_hours_m_paspor = rules.payment_hours_m_paspor.unwrap_or(own.payment.valid_hours_m_paspor);
    own.payment.valid_days_counter = rules.payment_days_counter.unwrap_or(own.payment.valid_days_counter);
    Some(own)
}

/// Puts an office's fee in the place of the country's from its day on.
fn apply_fee(fees: &mut Vec<Fee>, rule: &FeeRule) {
    let Some(place) = fees.iter().position(|fee| fee.code == rule.code && fee.until.is_none()) else {
        return;
    };
    let Some(old) = fees.get_mut(place) else { return };
    let fee = Fee {
        rupiah: rule.rupiah,
        from: rule.from,
        is_from_approximate: false,
        source: rule.source.clone(),
        confidence: Confidence::High,
        ..old.clone()
    };
    if rule.from > old.from {
        old.until = Some(rule.from);
        fees.insert(place + 1, fee);
    } else {
        *old = fee;
    }
}

#[cfg(test)]
mod tests;
