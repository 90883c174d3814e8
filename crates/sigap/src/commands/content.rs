//! `sigap content check`: everything that could go wrong in front of a citizen, found before. `sigap content templates`: what Meta
//! has to approve.

use anyhow::Context;
use jiff::tz::TimeZone;
use sigap_actions::ports::Clock;
use sigap_actions::send_notice::template_name;
use sigap_content::Content;
use sigap_content::check::Severity;
use sigap_core::conversation::messages::MESSAGES;
use sigap_core::language::Language;

use super::print;
use crate::app::load_content;
use crate::clock::SystemClock;
use crate::config::Config;
use crate::survey_flow::survey_json;

pub(super) fn check(config: &Config) -> anyhow::Result<bool> {
    let content = load_content(config)?;
    let today = TimeZone::UTC.to_datetime(SystemClock.now()).date();
    let report = content.check(today);
    for severity in [Severity::Notice, Severity::Warning, Severity::Error] {
        for finding in report.of(severity) {
            print::line(&finding.to_string());
        }
    }
    let misfits = survey_misfits(&content);
    for misfit in &misfits {
        print::line(misfit);
    }
    print::line(&format!(
        "{} errors, {} warnings, {} unconfirmed facts",
        report.count(Severity::Error) + misfits.len(),
        report.count(Severity::Warning),
        report.count(Severity::Notice)
    ));
    Ok(report.is_green() && misfits.is_empty())
}

/// Words of the survey that are too long for its form in WhatsApp, whose limits content does not know: by language, of the first office
/// that has them.
fn survey_misfits(content: &Content) -> Vec<String> {
    let misfit = |language: Language| {
        content.offices().iter().find_map(|office| {
            let error = survey_json(content, office, language).err()?;
            Some(format!(
                "error: texts/{}/survey.toml, as {} has it: {error}; shorten them",
                language.code(),
                office.slug
            ))
        })
    };
    Language::OF_TEMPLATES.into_iter().filter_map(misfit).collect()
}

/// The notices, each in the languages of its templates.
pub(super) fn templates_of_notices() -> impl Iterator<Item = (&'static str, Language)> {
    MESSAGES
        .iter()
        .filter(|spec| spec.key.starts_with("notice."))
        .flat_map(|spec| Language::OF_TEMPLATES.map(|language| (spec.key, language)))
}

pub(super) fn templates(config: &Config, slug: &str) -> anyhow::Result<bool> {
    let content = load_content(config)?;
    let office = content
        .office_by_slug(slug)
        .with_context(|| format!("no office is called `{slug}`; see content/offices/register.csv"))?;
    for (key, language) in templates_of_notices() {
        print::line(&format!(
            "== {}, language {}, category utility\n{}\n",
            template_name(key),
            language.code(),
            content.template_text(office, language, key)
        ));
    }
    Ok(true)
}
