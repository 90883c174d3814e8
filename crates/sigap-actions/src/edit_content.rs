//! What staff do with the content of their office: change entries in a draft, hand it in, throw it away. Citizens read none of it
//! before it is published (`publish_content.rs`).

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use sigap_content::entry::{EntryKey, Kind, Problem, What};
use sigap_content::overlay::{Fields, Overlay, Patch};
use sigap_content::{BrokenPatch, Content};
use sigap_core::booking::Release;
use sigap_core::calendar::local_date;
use sigap_core::ids::{ContentVersionId, OfficeId, StaffId};
use sigap_core::limits::{CONTENT_PATCHES_MAX, NOTE_CHARS_MAX, STAFF_MAX};
use sigap_core::office::Office;
use sigap_core::staff::Right;
pub use sigap_store::records::{ContentVersionHead, VersionState};
use sigap_store::records::{ContentVersionRow, OpeningPhase};
use sigap_store::{Fault, Tx};

use crate::authority::Officer;
use crate::content_version::{VersionContent, Versions};
use crate::context::Context;
use crate::publish_content::Trial;

/// Why nothing was done with content.
#[derive(Debug, Clone, PartialEq)]
pub enum EditRefusal {
    /// The right is missing.
    Denied,
    /// There is no such entry, version or conversation.
    Unknown,
    /// Something is wrong with what was typed.
    Problems(Vec<Problem>),
    /// A colleague changed the same entry since the form was opened.
    Conflict(Box<Conflict>),
    /// Nothing is different from what citizens read.
    Nothing,
    /// A colleague changed the draft meanwhile: look again.
    Changed,
    /// Whoever wrote it does not publish it here.
    OwnWork,
    /// It has to be handed in first.
    NotSubmitted,
    /// Something would go wrong in front of citizens.
    Blocked(Box<Trial>),
    /// More than one office may have.
    TooMany,
}

/// What a colleague made of an entry meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The entry as it is now.
    pub theirs: Fields,
    /// What the next save says it has seen.
    pub mark: String,
    /// Who.
    pub by: Option<StaffId>,
}

/// A change of one entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which.
    pub key: EntryKey,
    /// To what.
    pub to: ChangeTo,
    /// What stood there when the form was opened (`Overlay::mark`).
    pub seen: String,
}

/// What becomes of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangeTo {
    /// These fields.
    Fields(Fields),
    /// It is taken out.
    Removed,
    /// As the files have it.
    Files,
}

/// Everything that the pages of the editor show.
#[derive(Debug, Clone)]
pub struct Workbench {
    /// The files alone.
    pub base: Arc<Content>,
    /// What citizens of this office read.
    pub live: Content,
    /// What they would read.
    pub draft: Content,
    /// The published changes.
    pub published: Overlay,
    /// The changes of the draft, whole.
    pub overlay: Overlay,
    /// What waits.
    pub pending: Option<(ContentVersionHead, VersionContent)>,
    /// The highest edition; 0 when nothing was published.
    pub edition: u32,
    /// Changes of the draft that do not fit the files.
    pub broken: Vec<BrokenPatch>,
    /// Colleagues by name.
    pub names: Vec<(StaffId, String)>,
    /// The day at the office.
    pub today: Date,
    /// Whether nobody publishes what they wrote.
    pub needs_four_eyes: bool,
}

impl Workbench {
    /// The office as the draft has it.
    #[must_use]
    pub fn office(&self, id: OfficeId) -> Option<&Office> {
        self.draft.office(id)
    }

    /// Keys that the draft changes beside what citizens read.
    #[must_use]
    pub fn changed(&self) -> Vec<EntryKey> {
        self.overlay.differences(&self.published)
    }

    /// The name of a colleague.
    #[must_use]
    pub fn name_of(&self, staff: StaffId) -> &str {
        let known = self.names.iter().find(|(id, _)| *id == staff);
        known.map(|(_, name)| name.as_str()).unwrap_or_default()
    }
}

pub(crate) fn refuse(ctx: &Context<'_>, who: &Officer, right: Right) -> Option<EditRefusal> {
    who.require(ctx.office.id, right)
        .is_err()
        .then_some(EditRefusal::Denied)
}

/// The files with changes of one office over them, as they are now.
pub(crate) fn layer(
    base: &Content,
    office: OfficeId,
    overlay: &Overlay,
    now: Timestamp,
) -> (Content, Vec<BrokenPatch>) {
    let layered = base.layered(&BTreeMap::from([(office, overlay.clone())]), now);
    (layered.content, layered.broken)
}

/// What the editor shows.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub(crate) fn view_workbench(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    base: &Arc<Content>,
    who: &Officer,
) -> Result<Result<Workbench, EditRefusal>, Fault> {
    if let Some(refusal) = refuse(ctx, who, Right::Content) {
        return Ok(Err(refusal));
    }
    let office = ctx.office.id;
    let versions = Versions::find(tx, ctx)?;
    let overlay = versions.draft().clone();
    let (draft, broken) = layer(base, office, &overlay, ctx.now);
    let (live, _) = layer(base, office, &versions.published, ctx.now);
    let staff = tx.list_staff(office, STAFF_MAX)?;
    Ok(Ok(Workbench {
        base: Arc::clone(base),
        live,
        draft,
        published: versions.published,
        overlay,
        pending: versions.pending.map(|(row, content)| (row.head, content)),
        edition: versions.edition,
        broken,
        names: staff.into_iter().map(|row| (row.id, row.content.name)).collect(),
        today: local_date(ctx.office, ctx.now),
        needs_four_eyes: ctx.office.needs_four_eyes,
    }))
}

/// Whether a change can be kept: nobody changed the entry meanwhile, and nothing is wrong with it.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub(crate) fn check_change(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    base: &Content,
    who: &Officer,
    change: &Change,
) -> Result<Result<(), EditRefusal>, Fault> {
    if let Some(refusal) = refuse(ctx, who, Right::Content) {
        return Ok(Err(refusal));
    }
    let office = ctx.office.id;
    let versions = Versions::find(tx, ctx)?;
    let before = versions.draft();
    if before.mark(&change.key) != change.seen {
        let (draft, _) = layer(base, office, before, ctx.now);
        let theirs = draft.office(office).and_then(|office| draft.entry(office, &change.key));
        return Ok(Err(EditRefusal::Conflict(Box::new(Conflict {
            theirs: theirs.unwrap_or_default(),
            mark: before.mark(&change.key),
            by: before.find(&change.key).map(|patch| patch.by),
        }))));
    }
    if change.key.kind == Kind::Opening && has_begun(tx, ctx, &change.key)? {
        return Ok(Err(EditRefusal::Problems(vec![Problem {
            field: String::new(),
            what: What::Begun,
        }])));
    }
    let mut overlay = before.clone();
    apply(&mut overlay, ctx, base, who, change);
    if overlay.patches.len() > CONTENT_PATCHES_MAX {
        return Ok(Err(EditRefusal::TooMany));
    }
    let (draft, _) = layer(base, office, &overlay, ctx.now);
    let Some(changed) = draft.office(office) else {
        return Ok(Err(EditRefusal::Unknown));
    };
    let problems = draft.problems_of(base, changed, &change.key, &overlay);
    if problems.iter().any(|problem| problem.what == What::NoSuchEntry) {
        return Ok(Err(EditRefusal::Unknown));
    }
    Ok(if problems.is_empty() {
        Ok(())
    } else {
        Err(EditRefusal::Problems(problems))
    })
}

/// What a form would make of the draft, before it is sent.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Content with it.
    pub content: Content,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

/// The draft with a change in it that nobody keeps.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub(crate) fn preview_change(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    base: &Content,
    who: &Officer,
    change: &Change,
) -> Result<Result<Preview, EditRefusal>, Fault> {
    if let Some(refusal) = refuse(ctx, who, Right::Content) {
        return Ok(Err(refusal));
    }
    let mut overlay = Versions::find(tx, ctx)?.draft().clone();
    apply(&mut overlay, ctx, base, who, change);
    let (content, _) = layer(base, ctx.office.id, &overlay, ctx.now);
    let Some(changed) = content.office(ctx.office.id) else {
        return Ok(Err(EditRefusal::Unknown));
    };
    let problems = content.problems_of(base, changed, &change.key, &overlay);
    Ok(Ok(Preview { content, problems }))
}

/// Keeps a change in the draft; a draft is begun when there is none. One that was handed in is a draft again.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub(crate) fn keep_change(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    base: &Content,
    who: &Officer,
    change: &Change,
) -> Result<Result<(), EditRefusal>, Fault> {
    let versions = Versions::find(tx, ctx)?;
    if versions.draft().mark(&change.key) != change.seen {
        return Ok(Err(EditRefusal::Changed));
    }
    let office = ctx.office.id;
    let (row, mut content) = match versions.pending {
        Some((row, content)) => (Some(row), content),
        None => (
            None,
            VersionContent {
                overlay: versions.published.clone(),
                ..VersionContent::default()
            },
        ),
    };
    apply(&mut content.overlay, ctx, base, who, change);
    if !content.editors.contains(&who.staff()) {
        content.editors.push(who.staff());
    }
    let head = |id, revision, made_at| ContentVersionHead {
        id,
        state: VersionState::Draft,
        edition: None,
        revision,
        author: who.staff(),
        approver: None,
        made_at,
        changed_at: ctx.now,
        published_at: None,
        base: base.digest().to_owned(),
    };
    match row {
        None => {
            let id = ContentVersionId(ctx.new_id());
            let row = ContentVersionRow {
                head: head(id, 1, ctx.now),
                content: content.to_stored(),
            };
            tx.insert_content_version(office, &row)?;
        }
        Some(old) => {
            let row = ContentVersionRow {
                head: head(old.head.id, old.head.revision.saturating_add(1), old.head.made_at),
                content: content.to_stored(),
            };
            if !tx.replace_content_version(office, old.head.revision, &row)? {
                return Err(Fault::Busy);
            }
        }
    }
    note(tx, ctx, who, "content_changed", &change.key.to_string())?;
    Ok(Ok(()))
}

/// What a colleague does with what waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DraftDeed {
    /// Hand it in for approval, with a word to whoever approves it.
    Submit(String),
    /// Take it back to go on writing.
    TakeBack,
    /// Give it back to its author, with the reason.
    GiveBack(String),
    /// Throw it away.
    Drop,
}

/// Does it with the draft as the page showed it.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub(crate) fn move_draft(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    revision: u32,
    deed: &DraftDeed,
) -> Result<Result<(), EditRefusal>, Fault> {
    let right = match deed {
        DraftDeed::GiveBack(_) => Right::Publish,
        DraftDeed::Submit(_) | DraftDeed::TakeBack | DraftDeed::Drop => Right::Content,
    };
    if let Some(refusal) = refuse(ctx, who, right) {
        return Ok(Err(refusal));
    }
    let versions = Versions::find(tx, ctx)?;
    let Some((mut row, mut content)) = versions.pending else {
        return Ok(Err(EditRefusal::Unknown));
    };
    if row.head.revision != revision {
        return Ok(Err(EditRefusal::Changed));
    }
    let short = |words: &str| words.trim().chars().take(NOTE_CHARS_MAX).collect::<String>();
    let (state, act) = match (deed, row.head.state) {
        (DraftDeed::Submit(words), VersionState::Draft) => {
            if content.overlay.differences(&versions.published).is_empty() {
                return Ok(Err(EditRefusal::Nothing));
            }
            content.note = short(words);
            content.returned.clear();
            (VersionState::Submitted, "content_submitted")
        }
        (DraftDeed::TakeBack, VersionState::Submitted) => (VersionState::Draft, "content_taken_back"),
        (DraftDeed::GiveBack(words), VersionState::Submitted) => {
            content.returned = short(words);
            (VersionState::Draft, "content_given_back")
        }
        (DraftDeed::Drop, _) => (VersionState::Withdrawn, "content_dropped"),
        _ => return Ok(Err(EditRefusal::Changed)),
    };
    row.head.state = state;
    row.head.revision = revision.saturating_add(1);
    row.head.changed_at = ctx.now;
    row.content = content.to_stored();
    if !tx.replace_content_version(ctx.office.id, revision, &row)? {
        return Err(Fault::Busy);
    }
    let many = content.overlay.differences(&versions.published).len();
    note(tx, ctx, who, act, &format!("{many} entries"))?;
    Ok(Ok(()))
}

pub(crate) fn note(tx: &mut dyn Tx, ctx: &Context<'_>, who: &Officer, act: &str, subject: &str) -> Result<(), Fault> {
    tx.insert_act(ctx.office.id, who.staff(), ctx.now, act, subject)
        .map(|_| ())
}

/// Puts a change into an overlay. What is as in the files needs no patch.
fn apply(overlay: &mut Overlay, ctx: &Context<'_>, base: &Content, who: &Officer, change: &Change) {
    let general = base
        .office(ctx.office.id)
        .and_then(|office| base.entry(office, &change.key));
    let fields = match &change.to {
        ChangeTo::Files => None,
        ChangeTo::Removed if general.is_none() => None,
        ChangeTo::Removed => Some(None),
        ChangeTo::Fields(fields) => {
            let fields = plain(fields);
            (Some(&fields) != general.as_ref()).then_some(Some(fields))
        }
    };
    match fields {
        None => drop(overlay.patches.remove(&change.key)),
        Some(fields) => {
            let patch = Patch {
                fields,
                by: who.staff(),
                at: ctx.now,
            };
            overlay.patches.insert(change.key.clone(), patch);
        }
    }
}

/// Without space around and line ends of other systems; empty fields are none.
fn plain(fields: &Fields) -> Fields {
    let text = |value: &str| {
        let lines: Vec<&str> = value.trim().lines().map(str::trim_end).collect();
        lines.join("\n")
    };
    fields
        .iter()
        .map(|(name, value)| (name.clone(), text(value)))
        .filter(|(_, value)| !value.is_empty())
        .collect()
}

/// Whether people act on an opening already: its draw is committed to, or its places are being given.
pub(crate) fn has_begun(tx: &mut dyn Tx, ctx: &Context<'_>, key: &EntryKey) -> Result<bool, Fault> {
    let Some((service, day)) = key.name.split_once('.') else {
        return Ok(false);
    };
    let Ok(day) = day.parse::<Date>() else {
        return Ok(false);
    };
    let Some(row) = tx.find_opening(ctx.office.id, service, day)? else {
        return Ok(false);
    };
    let service = ctx.office.services.iter().find(|known| known.id == service);
    let opening = service.and_then(|service| service.openings.iter().find(|opening| opening.date == day));
    let opens_at = opening.map(|opening| match &opening.release {
        Release::FirstCome { opens_at }
        | Release::Shuffled { opens_at, .. }
        | Release::Draw { opens_at, .. }
        | Release::WaitingList { opens_at, .. } => *opens_at,
    });
    let is_open = opens_at
        .and_then(|at| ctx.office.zone.to_timestamp(at).ok())
        .is_some_and(|at| at <= ctx.now);
    Ok(!row.published.is_empty() || row.phase != OpeningPhase::Committed || is_open)
}
