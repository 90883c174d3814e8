//! `sigap flow survey`: the satisfaction survey as Flow JSON, for upload at Meta.

use anyhow::Context;
use sigap_core::language::Language;

use super::print;
use crate::app::load_content;
use crate::config::Config;
use crate::survey_flow::survey_json;

pub(super) fn survey(config: &Config, slug: &str, language: &str) -> anyhow::Result<bool> {
    let content = load_content(config)?;
    let office = content
        .office_by_slug(slug)
        .with_context(|| format!("no office is called `{slug}`; see content/offices/register.csv"))?;
    let language = Language::OF_TEMPLATES
        .into_iter()
        .find(|known| known.code() == language)
        .with_context(|| format!("there is no Flow in `{language}`; write `id` or `en`"))?;
    let flow = survey_json(&content, office, language)?;
    print::line(&serde_json::to_string_pretty(&flow)?);
    Ok(true)
}
