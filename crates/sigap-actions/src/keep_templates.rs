//! Keeping what we know of templates in step with Meta: what somebody wants submitted, what Meta lists, what its webhooks and its
//! refusals tell. The calls to Meta are made elsewhere; here is what they are about and what follows.

use jiff::Timestamp;
use jiff::civil::time;
use jiff::tz::TimeZone;
use sigap_core::calendar::local_date;
use sigap_core::ids::{OfficeId, OutboxId};
use sigap_core::language::Language;
use sigap_core::limits::{META_WORDS_CHARS_MAX, TEMPLATES_MAX};
use sigap_core::message::Form;
use sigap_core::notices::Outcome;
use sigap_core::notices::template::{RemoteTemplate, TemplateState, TemplateText, is_about_template};
use sigap_store::records::TemplateRow;
use sigap_store::{Fault, Tx};

use crate::context::Context;
use crate::notice_parts::change_plan;
use crate::ports::Accounts;
use crate::send_notice::{notice_of_template, template_name};

/// A template as this office wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The notice.
    pub notice: String,
    /// The name at Meta.
    pub name: String,
    /// The language.
    pub language: Language,
    /// The words.
    pub text: TemplateText,
}

/// The call to Meta that somebody wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// The business account.
    pub account: String,
    /// The template's name.
    pub name: String,
    /// Its language.
    pub language: String,
    /// Meta's id of it, when it is an edit.
    pub meta_id: Option<String>,
    /// The words.
    pub text: TemplateText,
}

/// What Meta's webhook tells of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateNews {
    /// Meta's id of it.
    pub meta_id: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// What changed.
    pub change: NewsOf,
}

/// What changed about a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewsOf {
    /// Its state, in Meta's word, with the reason.
    State(String, Option<String>),
    /// Its quality.
    Quality(String),
    /// Its category.
    Category(String),
    /// Its words: they have to be fetched.
    Words,
}

/// All templates that this office needs.
#[must_use]
pub(crate) fn wanted(ctx: &Context<'_>) -> Vec<Wanted> {
    let notices = &ctx.content.catalogue_of(ctx.office.id).notices;
    let kinds = notices.with_template();
    kinds
        .flat_map(|kind| Language::OF_TEMPLATES.map(|language| wanted_of(ctx, &kind.id, language)))
        .flatten()
        .collect()
}

/// One of them.
#[must_use]
pub(crate) fn wanted_of(ctx: &Context<'_>, notice: &str, language: Language) -> Option<Wanted> {
    let at = local_date(ctx.office, ctx.now).to_datetime(time(9, 30, 0, 0));
    let text = ctx
        .content
        .template(ctx.office, language, notice, at, ctx.links.base())?;
    Some(Wanted {
        notice: notice.to_owned(),
        name: template_name(notice),
        language,
        text,
    })
}

/// A template as it is kept; a fresh one when nothing is known of it.
pub(crate) fn row_of(
    tx: &mut dyn Tx,
    office: OfficeId,
    account: &str,
    name: &str,
    language: &str,
) -> Result<TemplateRow, Fault> {
    let known = tx.find_template(office, account, name, language)?;
    Ok(known.unwrap_or_else(|| TemplateRow {
        account: account.to_owned(),
        name: name.to_owned(),
        language: language.to_owned(),
        ..TemplateRow::default()
    }))
}

/// Keeps a template that was changed.
pub(crate) fn save(tx: &mut dyn Tx, office: OfficeId, mut row: TemplateRow) -> Result<(), Fault> {
    row.revision += 1;
    if tx.save_template(office, &row)? {
        Ok(())
    } else {
        Err(Fault::Busy)
    }
}

/// The next call that somebody wants made, taken by this process; `None` when there is none.
///
/// # Errors
/// Storage faults only.
pub fn begin_submission(tx: &mut dyn Tx, ctx: &Context<'_>) -> Result<Option<Submission>, Fault> {
    for mut row in tx.list_templates(ctx.office.id, TEMPLATES_MAX)? {
        if !row.facts.begin(ctx.now) {
            continue;
        }
        let language = Language::OF_TEMPLATES
            .into_iter()
            .find(|language| language.code() == row.language);
        let notice = notice_of_template(&row.name);
        let Some(wanted) = notice
            .zip(language)
            .and_then(|(notice, language)| wanted_of(ctx, notice, language))
        else {
            row.facts.refused("", ctx.now);
            save(tx, ctx.office.id, row)?;
            continue;
        };
        let submission = Submission {
            account: row.account.clone(),
            name: row.name.clone(),
            language: row.language.clone(),
            meta_id: row.facts.meta_id.clone(),
            text: wanted.text,
        };
        save(tx, ctx.office.id, row)?;
        return Ok(Some(submission));
    }
    Ok(None)
}

/// Writes down how the call ended: what Meta has now, or what it said.
///
/// # Errors
/// Storage faults only.
pub fn end_submission(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    submission: &Submission,
    ended: &Result<RemoteTemplate, String>,
) -> Result<(), Fault> {
    let office = ctx.office.id;
    let mut row = row_of(tx, office, &submission.account, &submission.name, &submission.language)?;
    let is_edit = submission.meta_id.is_some();
    match ended {
        Ok(remote) => row.facts.submitted(submission.text.clone(), remote, is_edit, ctx.now),
        Err(words) => row.facts.refused(&bounded(words), ctx.now),
    }
    save(tx, office, row)
}

/// Compares with all that Meta has in an account; or writes down why Meta did not tell. How many templates are different now.
///
/// # Errors
/// Storage faults only.
pub fn compare_templates(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    account: &str,
    told: &Result<Vec<RemoteTemplate>, String>,
) -> Result<usize, Fault> {
    let office = ctx.office.id;
    let mut changed = 0;
    if let Ok(remote) = told {
        for wanted in wanted(ctx) {
            let language = wanted.language.code();
            let mut row = row_of(tx, office, account, &wanted.name, language)?;
            let found = remote
                .iter()
                .find(|remote| remote.name == wanted.name && remote.language == language);
            if row.facts.compare(found, &wanted.text, ctx.now) {
                save(tx, office, row)?;
                changed += 1;
            }
        }
    }
    change_plan(tx, ctx, |plan| {
        let news = plan.accounts.entry(account.to_owned()).or_default();
        match told {
            Ok(_) => {
                news.compared_at = Some(ctx.now);
                news.problem = None;
            }
            Err(problem) => news.problem = Some(bounded(problem)),
        }
    })?;
    Ok(changed)
}

/// Takes over what a webhook tells of a template; false when it is none of ours, or its words have to be fetched.
///
/// # Errors
/// Storage faults only.
pub fn hear_of_template(tx: &mut dyn Tx, ctx: &Context<'_>, account: &str, news: &TemplateNews) -> Result<bool, Fault> {
    let office = ctx.office.id;
    let row = match (&news.name, &news.language) {
        (Some(name), Some(language)) => wanted(ctx)
            .iter()
            .any(|wanted| wanted.name == *name && wanted.language.code() == language)
            .then(|| row_of(tx, office, account, name, language))
            .transpose()?,
        // Meta leaves the name out now and then.
        _ => tx
            .list_templates(office, TEMPLATES_MAX)?
            .into_iter()
            .find(|row| row.account == account && row.facts.meta_id.is_some() && row.facts.meta_id == news.meta_id),
    };
    let Some(mut row) = row else { return Ok(false) };
    let was = row.facts.clone();
    match &news.change {
        NewsOf::State(word, reason) => {
            let Some(state) = TemplateState::from_meta(word) else {
                return Ok(false);
            };
            let reason = reason.as_deref().map(bounded);
            row.facts.change_state(state, reason.as_deref(), ctx.now);
        }
        NewsOf::Quality(word) => row.facts.change_quality(&bounded(word), ctx.now),
        NewsOf::Category(word) => row.facts.change_category(&bounded(word), ctx.now),
        NewsOf::Words => return Ok(false),
    }
    if row.facts != was {
        save(tx, office, row)?;
    }
    // One that we did not know the words of is not complete without a comparison.
    Ok(was.text.is_some())
}

/// A message ended as failed: counts it when it was a paid notice, and stops its template when Meta's code is about that.
///
/// # Errors
/// Storage faults only.
pub fn note_failed(
    tx: &mut dyn Tx,
    accounts: &Accounts,
    zone: Option<&TimeZone>,
    office: OfficeId,
    id: OutboxId,
    code: Option<i64>,
    now: Timestamp,
) -> Result<(), Fault> {
    let Some(owed) = tx.find_owed(office, id)? else {
        return Ok(());
    };
    let Form::Template { name, language, .. } = &owed.message.form else {
        return Ok(());
    };
    if let (Some(notice), Some(zone)) = (notice_of_template(name), zone) {
        let month = zone.to_datetime(owed.created_at).strftime("%Y-%m").to_string();
        tx.count_notice(office, &month, notice, Outcome::Failed.name())?;
    }
    let Some((code, account)) = code
        .filter(|code| is_about_template(*code))
        .zip(accounts.of_number(&owed.number))
    else {
        return Ok(());
    };
    let mut row = row_of(tx, office, account, name, language)?;
    row.facts.not_sent(code, now);
    save(tx, office, row)
}

fn bounded(words: &str) -> String {
    words.chars().take(META_WORDS_CHARS_MAX).collect()
}
