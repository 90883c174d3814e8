//! `sigap content check`: everything that could go wrong in front of a citizen, found before. `sigap content templates`: what Meta
//! has to approve. `sigap content export`: an office's changes as its file.

use anyhow::Context;
use jiff::tz::TimeZone;
use sigap_actions::ports::Clock;
use sigap_actions::send_notice::template_name;
use sigap_content::Content;
use sigap_content::check::Severity;
use sigap_core::language::Language;
use sigap_core::notices::TOPIC;

use super::{open_service, print};
use crate::app::{load_content, numbers};
use crate::clock::SystemClock;
use crate::config::Config;
use crate::flows::survey_json;

pub(super) async fn check(config: &Config, has_database: bool) -> anyhow::Result<bool> {
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
    let is_well = !has_database || published(config).await?;
    Ok(report.is_green() && misfits.is_empty() && is_well)
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

/// What offices published: that it fits the files, that the checks find nothing, that their test chats pass.
async fn published(config: &Config) -> anyhow::Result<bool> {
    let service = open_service(config).await?;
    let offices = numbers(config, service.content())?.offices();
    let (mut checked, mut failed) = (0, 0);
    for id in offices {
        let trial = service.try_published(id).await?;
        let slug = service.base_content().office(id).map(|office| office.slug.clone());
        let slug = slug.unwrap_or_default();
        for (key, problems) in &trial.problems {
            failed += 1;
            for problem in problems {
                print::line(&format!("error: {slug} `{key}` {}: {:?}", problem.field, problem.what));
            }
        }
        for finding in &trial.findings {
            failed += 1;
            print::line(&format!("{slug} {finding}"));
        }
        for run in &trial.runs {
            checked += 1;
            if !run.is_good() {
                failed += 1;
                print::line(&format!("error: {slug} test chat {} does not go as it should", run.id));
            }
        }
        checked += 1;
    }
    print::line(&format!("published content: checked {checked}, failed {failed}"));
    Ok(failed == 0)
}

pub(super) async fn export(config: &Config, slug: &str) -> anyhow::Result<bool> {
    let service = open_service(config).await?;
    let office = service
        .base_content()
        .office_by_slug(slug)
        .with_context(|| format!("no office is called `{slug}`; see content/offices/register.csv"))?;
    let text = service.export_content(office.id).await?;
    print::line(
        text.context("the changes of the office cannot be written as a file")?
            .trim_end(),
    );
    Ok(true)
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
