//! Messages that were not understood: kept without their writers, gathered by what they speak of, and taught to the assistant by
//! whoever looks after content. What is taught becomes an entry of the draft and is tried and published like any other.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use sigap_content::Content;
use sigap_content::entry::Kind;
use sigap_core::language::Language;
use sigap_core::limits::{UNCLEAR_DAYS, UNCLEAR_PER_DAY_MAX, UNCLEAR_SHOWN_MAX};
use sigap_core::staff::Right;
use sigap_store::records::{UnclearContent, UnclearRow};
use sigap_store::{Fault, Tx};
use sigap_understand::classify::Intent;

use crate::authority::Officer;
use crate::content_version::Versions;
use crate::context::Context;
use crate::edit_content::{Change, ChangeTo, EditRefusal, check_change, keep_change, layer, note, refuse};
use crate::hall_parts::today;
use crate::survey::timeless_id;

/// Messages that speak of the same.
#[derive(Debug, Clone, PartialEq)]
pub struct UnclearGroup {
    /// Their ids.
    pub ids: Vec<i64>,
    /// Their words, each once, with the code of the language that was answered in; the newest first.
    pub texts: Vec<(String, String)>,
    /// The newest day.
    pub last: Date,
    /// What they most likely mean.
    pub guess: Intent,
}

/// What becomes of messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Teaching {
    /// They ask for this.
    Means(Intent),
    /// There is nothing to learn from them.
    Dropped,
}

/// Keeps what was not understood, some of each day.
///
/// # Errors
/// Storage faults only.
pub(crate) fn note_unclear(tx: &mut dyn Tx, ctx: &Context<'_>, language: Language, words: &str) -> Result<(), Fault> {
    let (office, day) = (ctx.office.id, today(ctx));
    if tx.count_unclear(office, day)? >= UNCLEAR_PER_DAY_MAX {
        return Ok(());
    }
    let content = UnclearContent {
        words: words.to_owned(),
        language: language.code().to_owned(),
    };
    let id = timeless_id(ctx)?;
    tx.insert_unclear(office, &UnclearRow { id, day, content })
}

/// Forgets what nobody has taught in time.
///
/// # Errors
/// Storage faults only.
pub(crate) fn forget_unclear(tx: &mut dyn Tx, ctx: &Context<'_>) -> Result<(), Fault> {
    let oldest = today(ctx).saturating_sub(UNCLEAR_DAYS.days());
    tx.delete_unclear_before(ctx.office.id, oldest).map(|_| ())
}

/// What was not understood, by what it speaks of: the most frequent first.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub(crate) fn view_unclear(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
) -> Result<Result<Vec<UnclearGroup>, EditRefusal>, Fault> {
    if let Some(refusal) = refuse(ctx, who, Right::Content) {
        return Ok(Err(refusal));
    }
    let model = ctx.content.understanding(ctx.office.id);
    let mut groups: BTreeMap<Vec<String>, UnclearGroup> = BTreeMap::new();
    for row in tx.list_unclear(ctx.office.id, UNCLEAR_SHOWN_MAX)? {
        let words = row.content.words;
        let group = groups.entry(model.gist(&words)).or_insert_with(|| {
            let [(likeliest, _), ..] = model.judge(&words).ranked;
            UnclearGroup {
                ids: Vec::new(),
                texts: Vec::new(),
                last: row.day,
                guess: likeliest,
            }
        });
        group.ids.push(row.id);
        if !group.texts.iter().any(|(known, _)| *known == words) {
            group.texts.push((words, row.content.language));
        }
    }
    let mut groups: Vec<UnclearGroup> = groups.into_values().collect();
    groups.sort_by_key(|group| (std::cmp::Reverse(group.ids.len()), std::cmp::Reverse(group.last)));
    Ok(Ok(groups))
}

/// Teaches what messages mean, or drops them. Those that somebody else has dealt with meanwhile are passed over.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub(crate) fn teach(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    base: &Content,
    who: &Officer,
    ids: &[i64],
    teaching: &Teaching,
) -> Result<Result<(), EditRefusal>, Fault> {
    if let Some(refusal) = refuse(ctx, who, Right::Content) {
        return Ok(Err(refusal));
    }
    let office = ctx.office.id;
    let rows = tx.list_unclear(office, UNCLEAR_SHOWN_MAX)?;
    let rows: Vec<UnclearRow> = rows.into_iter().filter(|row| ids.contains(&row.id)).collect();
    if rows.is_empty() {
        return Ok(Err(EditRefusal::Changed));
    }
    if let Teaching::Means(intent) = teaching
        && let Err(refusal) = add_examples(tx, ctx, base, who, *intent, &rows)?
    {
        return Ok(Err(refusal));
    }
    for row in &rows {
        tx.delete_unclear(office, row.id)?;
    }
    if *teaching == Teaching::Dropped {
        note(tx, ctx, who, "unclear_dropped", &format!("{} messages", rows.len()))?;
    }
    Ok(Ok(()))
}

/// Puts sentences into the entry of an intent, behind those that are there.
fn add_examples(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    base: &Content,
    who: &Officer,
    intent: Intent,
    rows: &[UnclearRow],
) -> Result<Result<(), EditRefusal>, Fault> {
    let key = Kind::Example.key(intent.name());
    let versions = Versions::find(tx, ctx)?;
    let overlay = versions.draft();
    let (draft, _) = layer(base, ctx.office.id, overlay, ctx.now);
    let entry = draft.office(ctx.office.id).and_then(|office| draft.entry(office, &key));
    let mut fields = entry.unwrap_or_default();
    for row in rows {
        let words = row.content.words.split_whitespace().collect::<Vec<_>>().join(" ");
        let known = fields.entry(row.content.language.clone()).or_default();
        if !known.lines().any(|line| line == words) {
            if !known.is_empty() {
                known.push('\n');
            }
            known.push_str(&words);
        }
    }
    let change = Change {
        seen: overlay.mark(&key),
        to: ChangeTo::Fields(fields),
        key,
    };
    match check_change(tx, ctx, base, who, &change)? {
        Ok(()) => keep_change(tx, ctx, base, who, &change),
        Err(refusal) => Ok(Err(refusal)),
    }
}
