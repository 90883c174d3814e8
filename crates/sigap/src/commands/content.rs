//! `sigap content check`: everything that could go wrong in front of a citizen, found before. `sigap content templates`: what Meta
//! has to approve.

use anyhow::Context;
use jiff::tz::TimeZone;
use sigap_actions::ports::Clock;
use sigap_actions::send_notice::template_name;
use sigap_content::Content;
use sigap_content::check::Severity;
use sigap_core::language::Language;
use sigap_core::notices::TOPIC;

use super::print;
use crate::app::load_content;
use crate::clock::SystemClock;
use crate::config::Config;

pub(super) fn check(config: &Config) -> anyhow::Result<bool> {
    let content = load_content(config)?;
    let today = TimeZone::UTC.to_datetime(SystemClock.now()).date();
    let report = content.check(today);
    for severity in [Severity::Notice, Severity::Warning, Severity::Error] {
        for finding in report.of(severity) {
            print::line(&finding.to_string());
        }
    }
    print::line(&format!(
        "{} errors, {} warnings, {} unconfirmed facts",
        report.count(Severity::Error),
        report.count(Severity::Warning),
        report.count(Severity::Notice)
    ));
    Ok(report.is_green())
}

/// The notices that need a template, each in the languages of its templates.
pub(super) fn templates_of_notices(content: &Content) -> impl Iterator<Item = (&str, Language)> {
    let kinds = content.catalogue().notices.with_template();
    kinds.flat_map(|kind| Language::OF_TEMPLATES.map(|language| (kind.id.as_str(), language)))
}

pub(super) fn templates(config: &Config, slug: &str) -> anyhow::Result<bool> {
    let content = load_content(config)?;
    let office = content
        .office_by_slug(slug)
        .with_context(|| format!("no office is called `{slug}`; see content/offices/register.csv"))?;
    for (notice, language) in templates_of_notices(&content) {
        print::line(&format!(
            "== {}, language {}, category utility\n{}\n",
            template_name(notice),
            language.code(),
            content.template_text(office, language, &format!("{TOPIC}{notice}"))
        ));
    }
    Ok(true)
}
