//! Letting citizens read what an office wrote, and going back to an earlier edition. Nothing is published that was not tried first:
//! the checks of files, the problems of each entry, and every conversation of the office.

use std::collections::BTreeSet;

use jiff::Timestamp;
use sigap_content::check::{Finding, Severity};
use sigap_content::entry::{EntryKey, Kind, Problem, What};
use sigap_content::lesson::Lesson;
use sigap_content::overlay::{Fields, Overlay};
use sigap_content::{BrokenPatch, Content};
use sigap_core::calendar::local_date;
use sigap_core::ids::{ContentScriptId, ContentVersionId, OfficeId};
use sigap_core::limits::CONTENT_VERSIONS_SHOWN;
use sigap_core::staff::Right;
use sigap_store::records::{ContentVersionHead, ContentVersionRow, VersionState};
use sigap_store::{Fault, Tx};

use crate::authority::Officer;
use crate::content_scripts::{ScriptRow, list_scripts};
use crate::content_version::{VersionContent, Versions};
use crate::context::Context;
use crate::edit_content::{EditRefusal, has_begun, layer, note, refuse};
use crate::try_chat::{TriedTurn, try_chat};

/// What would go wrong if it were published. Only `try_overlay` makes one, so that nothing is published untried.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// Entries with something wrong.
    pub problems: Vec<(EntryKey, Vec<Problem>)>,
    /// What the checks of files find besides.
    pub findings: Vec<Finding>,
    /// Conversations and how they went.
    pub runs: Vec<ScriptRun>,
    /// What learning from the office's sentences would change, where they are others than those that are published.
    pub lesson: Option<Lesson>,
    overlay: Overlay,
    scripts: Vec<(ContentScriptId, u32)>,
}

/// A conversation that was tried.
#[derive(Debug, Clone, PartialEq)]
pub struct ScriptRun {
    /// Which.
    pub id: ContentScriptId,
    /// What it is about.
    pub title: String,
    /// Turn by turn.
    pub turns: Vec<TriedTurn>,
}

impl ScriptRun {
    /// Whether all of it went as it should.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.turns.iter().all(TriedTurn::is_good)
    }
}

impl Trial {
    /// Whether it may be published.
    #[must_use]
    pub fn is_green(&self) -> bool {
        self.problems.is_empty()
            && self.findings.is_empty()
            && self.runs.iter().all(ScriptRun::is_good)
            && !self.lesson.as_ref().is_some_and(Lesson::is_worse)
    }
}

/// Tries changes as if they were published now.
///
/// # Errors
/// Storage faults only.
pub(crate) fn try_overlay(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    base: &Content,
    overlay: &Overlay,
    published: &Overlay,
) -> Result<Trial, Fault> {
    let office = ctx.office.id;
    let scripts = list_scripts(tx, office)?;
    let mut begun = BTreeSet::new();
    for key in overlay.differences(published) {
        if key.kind == Kind::Opening && has_begun(tx, ctx, &key)? {
            begun.insert(key);
        }
    }
    let (content, broken) = layer(base, office, overlay, ctx.now);
    let mut problems: Vec<(EntryKey, Vec<Problem>)> =
        broken.into_iter().map(|patch| (patch.key, patch.problems)).collect();
    let Some(changed) = content.office(office) else {
        return Err(Fault::Broken(format!("office {office} is not in the content")));
    };
    for key in overlay.patches.keys() {
        if begun.contains(key) {
            let what = What::Begun;
            let field = String::new();
            problems.push((key.clone(), vec![Problem { field, what }]));
        }
        // What cannot be written at all was named above.
        let is_named = problems.iter().any(|(named, _)| named == key);
        let found = if is_named {
            Vec::new()
        } else {
            content.problems_of(base, changed, key, overlay)
        };
        if !found.is_empty() {
            problems.push((key.clone(), found));
        }
    }
    // Before the conversations, which are tried with what was learned.
    let lesson = content.lesson(&layer(base, office, published, ctx.now).0, office);
    let runs = scripts
        .iter()
        .map(|row| ScriptRun {
            id: row.id,
            title: row.script.title.clone(),
            turns: try_chat(&content, changed, &row.script, ctx.now, ctx.step),
        })
        .collect();
    Ok(Trial {
        findings: new_errors(base, &content, ctx, &problems),
        problems,
        runs,
        lesson,
        overlay: overlay.clone(),
        scripts: scripts.iter().map(|row: &ScriptRow| (row.id, row.revision)).collect(),
    })
}

/// Errors that the files alone do not have, but for those that an entry's own problem tells already.
fn new_errors(base: &Content, content: &Content, ctx: &Context<'_>, told: &[(EntryKey, Vec<Problem>)]) -> Vec<Finding> {
    let (office, today) = (ctx.office.id, local_date(ctx.office, ctx.now));
    let errors = |content: &Content| -> Vec<Finding> {
        let report = content.alone(office).check(today);
        report.of(Severity::Error).cloned().collect()
    };
    let known = errors(base);
    let is_told = |finding: &Finding| {
        told.iter()
            .any(|(key, _)| key.text_key().as_ref() == Some(&finding.key))
    };
    errors(content)
        .into_iter()
        .filter(|finding| !known.contains(finding) && !is_told(finding))
        .collect()
}

/// Publishes the draft as the page showed it and as it was tried.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub(crate) fn publish(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    base: &Content,
    who: &Officer,
    revision: u32,
    trial: &Trial,
) -> Result<Result<u32, EditRefusal>, Fault> {
    if let Some(refusal) = refuse(ctx, who, Right::Publish) {
        return Ok(Err(refusal));
    }
    let versions = Versions::find(tx, ctx)?;
    let Some((mut row, content)) = versions.pending else {
        return Ok(Err(EditRefusal::Unknown));
    };
    if row.head.revision != revision || content.overlay != trial.overlay {
        return Ok(Err(EditRefusal::Changed));
    }
    let many = content.overlay.differences(&versions.published).len();
    if many == 0 {
        return Ok(Err(EditRefusal::Nothing));
    }
    if ctx.office.needs_four_eyes {
        if content.editors.contains(&who.staff()) {
            return Ok(Err(EditRefusal::OwnWork));
        }
        if row.head.state != VersionState::Submitted {
            return Ok(Err(EditRefusal::NotSubmitted));
        }
    }
    if let Some(refusal) = untried(tx, ctx, trial)? {
        return Ok(Err(refusal));
    }
    let edition = versions.edition.saturating_add(1);
    row.head.state = VersionState::Published;
    row.head.edition = Some(edition);
    row.head.revision = revision.saturating_add(1);
    row.head.approver = Some(who.staff());
    row.head.changed_at = ctx.now;
    row.head.published_at = Some(ctx.now);
    base.digest().clone_into(&mut row.head.base);
    if !tx.replace_content_version(ctx.office.id, revision, &row)? {
        return Err(Fault::Busy);
    }
    note(
        tx,
        ctx,
        who,
        "content_published",
        &format!("edition {edition}: {many} entries"),
    )?;
    Ok(Ok(edition))
}

/// Publishes the changes of an earlier edition again, as a new one. What waits goes on over it. It was approved once, so whoever may
/// publish does it alone: a mistake is taken back within a minute.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub(crate) fn restore(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    base: &Content,
    who: &Officer,
    id: ContentVersionId,
    trial: &Trial,
) -> Result<Result<u32, EditRefusal>, Fault> {
    if let Some(refusal) = refuse(ctx, who, Right::Publish) {
        return Ok(Err(refusal));
    }
    let office = ctx.office.id;
    let Some((old, content)) = find_published(tx, office, id)? else {
        return Ok(Err(EditRefusal::Unknown));
    };
    let versions = Versions::find(tx, ctx)?;
    let many = content.overlay.differences(&versions.published).len();
    if many == 0 {
        return Ok(Err(EditRefusal::Nothing));
    }
    if content.overlay != trial.overlay {
        return Ok(Err(EditRefusal::Changed));
    }
    if let Some(refusal) = untried(tx, ctx, trial)? {
        return Ok(Err(refusal));
    }
    let edition = versions.edition.saturating_add(1);
    let restored = VersionContent {
        overlay: content.overlay.clone(),
        editors: vec![who.staff()],
        restored: old.edition,
        ..VersionContent::default()
    };
    let row = ContentVersionRow {
        head: ContentVersionHead {
            id: ContentVersionId(ctx.new_id()),
            state: VersionState::Published,
            edition: Some(edition),
            revision: 1,
            author: who.staff(),
            approver: Some(who.staff()),
            made_at: ctx.now,
            changed_at: ctx.now,
            published_at: Some(ctx.now),
            base: base.digest().to_owned(),
        },
        content: restored.to_stored(),
    };
    tx.insert_content_version(office, &row)?;
    if let Some((mut waiting, mut draft)) = versions.pending {
        // What was tried and handed in is something else now.
        draft.overlay = draft.overlay.rebased(&versions.published, &content.overlay);
        let expected = waiting.head.revision;
        waiting.head.state = VersionState::Draft;
        waiting.head.revision = expected.saturating_add(1);
        waiting.content = draft.to_stored();
        if !tx.replace_content_version(office, expected, &waiting)? {
            return Err(Fault::Busy);
        }
    }
    let from = old.edition.unwrap_or_default();
    note(
        tx,
        ctx,
        who,
        "content_restored",
        &format!("edition {edition}: as edition {from}"),
    )?;
    Ok(Ok(edition))
}

/// Whether it may not be published after all: it failed, or the conversations are others than those that were tried.
fn untried(tx: &mut dyn Tx, ctx: &Context<'_>, trial: &Trial) -> Result<Option<EditRefusal>, Fault> {
    if !trial.is_green() {
        return Ok(Some(EditRefusal::Blocked(Box::new(trial.clone()))));
    }
    let scripts = list_scripts(tx, ctx.office.id)?;
    let now: Vec<(ContentScriptId, u32)> = scripts.iter().map(|row| (row.id, row.revision)).collect();
    Ok((now != trial.scripts).then_some(EditRefusal::Changed))
}

/// A version that citizens read once.
pub(crate) fn find_published(
    tx: &mut dyn Tx,
    office: OfficeId,
    id: ContentVersionId,
) -> Result<Option<(ContentVersionHead, VersionContent)>, Fault> {
    let Some(row) = tx.find_content_version(office, id)? else {
        return Ok(None);
    };
    if row.head.edition.is_none() {
        return Ok(None);
    }
    let content = VersionContent::from_stored(&row.content)?;
    Ok(Some((row.head, content)))
}

/// Versions of an office, the newest first.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub(crate) fn view_history(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
) -> Result<Result<Vec<ContentVersionHead>, EditRefusal>, Fault> {
    if let Some(refusal) = refuse(ctx, who, Right::Content) {
        return Ok(Err(refusal));
    }
    let mut heads = tx.list_content_versions(ctx.office.id, CONTENT_VERSIONS_SHOWN)?;
    // A draft may be older than an edition that was taken up again meanwhile.
    heads.sort_by_key(|head| std::cmp::Reverse((head.published_at.unwrap_or(head.changed_at), head.edition)));
    Ok(Ok(heads))
}

/// An entry in two versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Which.
    pub key: EntryKey,
    /// As it was.
    pub before: Option<Fields>,
    /// As it is.
    pub after: Option<Fields>,
}

/// What is different between two sets of changes, entry by entry.
#[must_use]
pub fn differences(
    base: &Content,
    office: OfficeId,
    before: &Overlay,
    after: &Overlay,
    now: Timestamp,
) -> Vec<Difference> {
    let keys = after.differences(before);
    let (old, new) = (layer(base, office, before, now), layer(base, office, after, now));
    let entry = |(content, broken): &(Content, Vec<BrokenPatch>), overlay: &Overlay, key: &EntryKey| {
        let patch = overlay.find(key);
        if patch.is_some_and(|patch| patch.fields.is_none()) {
            return None;
        }
        // What does not fit the files is shown as it was typed.
        if broken.iter().any(|patch| patch.key == *key) {
            return patch.and_then(|patch| patch.fields.clone());
        }
        content.office(office).and_then(|office| content.entry(office, key))
    };
    keys.into_iter()
        .map(|key| Difference {
            before: entry(&old, before, &key),
            after: entry(&new, after, &key),
            key,
        })
        .collect()
}

/// Two versions of an office compared; `None` for the first means the files alone.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub(crate) fn compare(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    base: &Content,
    who: &Officer,
    versions: [Option<ContentVersionId>; 2],
) -> Result<Result<Vec<Difference>, EditRefusal>, Fault> {
    if let Some(refusal) = refuse(ctx, who, Right::Content) {
        return Ok(Err(refusal));
    }
    let mut overlays = Vec::new();
    for id in versions {
        let overlay = match id {
            None => Overlay::default(),
            Some(id) => match tx.find_content_version(ctx.office.id, id)? {
                None => return Ok(Err(EditRefusal::Unknown)),
                Some(row) => VersionContent::from_stored(&row.content)?.overlay,
            },
        };
        overlays.push(overlay);
    }
    Ok(match overlays.as_slice() {
        [before, after] => Ok(differences(base, ctx.office.id, before, after, ctx.now)),
        _ => Err(EditRefusal::Unknown),
    })
}
