//! Conversations with which an office tries its content before it is published.

use serde::{Deserialize, Serialize};
use sigap_core::ids::{ContentScriptId, OfficeId, StaffId};
use sigap_core::limits::{CONTENT_SCRIPTS_MAX, SCRIPT_CHARS_MAX, SCRIPT_TURNS_MAX, SCRIPT_WORDS_MAX};
use sigap_core::staff::Right;
use sigap_store::records::ContentScriptRow;
use sigap_store::{Fault, Tx};

use crate::authority::Officer;
use crate::context::Context;
use crate::edit_content::{EditRefusal, note, refuse};
use crate::try_chat::ChatScript;

/// The form in which a conversation is kept.
const VERSION: u32 = 1;

/// A conversation as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptRow {
    /// Which.
    pub id: ContentScriptId,
    /// Counted up with each change.
    pub revision: u32,
    /// Who changed it last.
    pub author: StaffId,
    /// What is in it.
    pub script: ChatScript,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    version: u32,
    script: ChatScript,
}

/// What is missing in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScriptTrouble {
    /// It has no name.
    NoTitle,
    /// Nobody says anything.
    NoTurns,
    /// Nothing is looked for in any answer: it could not fail.
    NothingWanted,
    /// Too many turns, words or characters.
    TooLong,
}

/// Whether a conversation can be kept: one that cannot fail is worth nothing.
///
/// # Errors
/// What is missing.
pub fn check_script(script: &ChatScript) -> Result<(), ScriptTrouble> {
    let is_long = |text: &String| text.chars().count() > SCRIPT_CHARS_MAX;
    if script.title.trim().is_empty() {
        return Err(ScriptTrouble::NoTitle);
    }
    if script.turns.is_empty() {
        return Err(ScriptTrouble::NoTurns);
    }
    if script
        .turns
        .iter()
        .all(|turn| turn.wanted.is_empty() && turn.unwanted.is_empty())
    {
        return Err(ScriptTrouble::NothingWanted);
    }
    let words = |turn: &crate::try_chat::ChatTurn| turn.wanted.len() + turn.unwanted.len();
    let is_too_long = is_long(&script.title)
        || script.turns.len() > SCRIPT_TURNS_MAX
        || script.turns.iter().any(|turn| {
            let mut texts = turn.wanted.iter().chain(&turn.unwanted).chain([&turn.says]);
            words(turn) > SCRIPT_WORDS_MAX || texts.any(is_long)
        });
    if is_too_long {
        Err(ScriptTrouble::TooLong)
    } else {
        Ok(())
    }
}

/// Conversations of an office. One that cannot be read stops everything: nothing is published untried.
///
/// # Errors
/// Storage faults, and a conversation that no version of this program wrote.
pub(crate) fn list_scripts(tx: &mut dyn Tx, office: OfficeId) -> Result<Vec<ScriptRow>, Fault> {
    let rows = tx.list_content_scripts(office, CONTENT_SCRIPTS_MAX)?;
    rows.into_iter()
        .map(|row| {
            let stored: Stored = serde_json::from_str(&row.content)
                .ok()
                .filter(|stored: &Stored| stored.version == VERSION)
                .ok_or(Fault::Unreadable("content_script.content"))?;
            Ok(ScriptRow {
                id: row.id,
                revision: row.revision,
                author: row.author,
                script: stored.script,
            })
        })
        .collect()
}

/// Conversations of an office, for its pages.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub(crate) fn view_scripts(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
) -> Result<Result<Vec<ScriptRow>, EditRefusal>, Fault> {
    if let Some(refusal) = refuse(ctx, who, Right::Content) {
        return Ok(Err(refusal));
    }
    list_scripts(tx, ctx.office.id).map(Ok)
}

/// Keeps a conversation: a new one, or the one of that id as its revision was seen.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub(crate) fn save_script(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    known: Option<(ContentScriptId, u32)>,
    script: &ChatScript,
) -> Result<Result<ContentScriptId, EditRefusal>, Fault> {
    if let Some(refusal) = refuse(ctx, who, Right::Content) {
        return Ok(Err(refusal));
    }
    let office = ctx.office.id;
    let stored = Stored {
        version: VERSION,
        script: script.clone(),
    };
    let (id, revision) = known.unwrap_or_else(|| (ContentScriptId(ctx.new_id()), 0));
    let row = ContentScriptRow {
        id,
        revision: revision.saturating_add(1),
        author: who.staff(),
        changed_at: ctx.now,
        // Texts have no value that JSON lacks.
        content: serde_json::to_string(&stored).unwrap_or_default(),
    };
    if known.is_some() {
        if !tx.replace_content_script(office, revision, &row)? {
            return Ok(Err(EditRefusal::Changed));
        }
    } else {
        let count = tx.list_content_scripts(office, CONTENT_SCRIPTS_MAX)?.len();
        if count >= CONTENT_SCRIPTS_MAX {
            return Ok(Err(EditRefusal::TooMany));
        }
        tx.insert_content_script(office, &row)?;
    }
    note(tx, ctx, who, "content_chat_saved", &id.to_string())?;
    Ok(Ok(id))
}

/// Forgets a conversation.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub(crate) fn delete_script(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    id: ContentScriptId,
) -> Result<Result<(), EditRefusal>, Fault> {
    if let Some(refusal) = refuse(ctx, who, Right::Content) {
        return Ok(Err(refusal));
    }
    if !tx.delete_content_script(ctx.office.id, id)? {
        return Ok(Err(EditRefusal::Unknown));
    }
    note(tx, ctx, who, "content_chat_removed", &id.to_string())?;
    Ok(Ok(()))
}
