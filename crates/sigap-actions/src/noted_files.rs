//! Files that nobody asked for: only the channel's id of them is noted, for a good hour. A case that is opened meanwhile gives them an aim, and
//! they are fetched as if they had come in the talk; else the note is forgotten, and nothing ever was fetched.

use jiff::SignedDuration;
use sigap_core::cases::{CaseKind, CaseState};
use sigap_core::conversation::dialogue::FileTold;
use sigap_core::files::FileState;
use sigap_core::ids::{CaseId, PersonId};
use sigap_core::inbound::{Media, Said};
use sigap_core::limits::{FILE_NOTED_MINUTES, FILES_NOTED_MAX, FILES_PER_PERSON_MAX};
use sigap_store::records::{CaseEventKind, CaseRow, FileRow};
use sigap_store::{Fault, Tx};

use crate::booking_parts::{Asker, later};
use crate::context::Context;
use crate::keep_file::{Aim, insert_file, note_file};
use crate::talk::told;
use crate::work_case::{Deed, note_event};

/// Cases of a person that are looked at, the newest first.
const CASES_LOOKED_AT_MAX: usize = 3;
/// What a file belongs to of which only the id is noted.
const ABOUT_NOTHING: i64 = 0;

/// Notes a file that nobody has asked for: not its bytes, which are fetched only when a case takes it over (`hand_over_noted`). One too many
/// takes the place of the oldest.
///
/// # Errors
/// Storage faults only.
pub(crate) fn note_for_officer(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    asker: Asker<'_>,
    media: &Media,
) -> Result<FileTold, Fault> {
    let noted = noted_of(tx, ctx, asker.person)?;
    if noted.len() >= FILES_NOTED_MAX
        && let Some(oldest) = noted.last()
    {
        tx.delete_file(ctx.office.id, oldest.id)?;
    }
    let ends_at = later(ctx.now, SignedDuration::from_mins(FILE_NOTED_MINUTES));
    // It is due when it is forgotten: nothing fetches it before.
    let inserted = insert_file(tx, ctx, asker, media, (ABOUT_NOTHING, None), (ends_at, ends_at))?;
    Ok(match inserted {
        Some(_) => FileTold::Noted,
        None => FileTold::NotTaken,
    })
}

/// Gives a file to the case that its person opened just before, as if it had come in the talk; without one it is only noted.
///
/// # Errors
/// Storage faults only.
pub(crate) fn give_to_officer(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    asker: Asker<'_>,
    media: &Media,
) -> Result<FileTold, Fault> {
    let since = later(ctx.now, -SignedDuration::from_mins(FILE_NOTED_MINUTES));
    let cases = tx.list_cases(ctx.office.id, asker.person, CASES_LOOKED_AT_MAX)?;
    let is_fresh = |row: &CaseRow| {
        let case = &row.case;
        case.opened_at > since && case.state != CaseState::Closed && case.kind != CaseKind::Unanswered
    };
    let Some(row) = cases.into_iter().find(is_fresh) else {
        return note_for_officer(tx, ctx, asker, media);
    };
    let aim = Aim {
        about: row.case.id.0,
        paper: None,
        days: ctx.content.catalogue_of(ctx.office.id).intake.talk_file_days,
    };
    if note_file(tx, ctx, asker, media, aim)?.is_none() {
        return Ok(FileTold::NotTaken);
    }
    let heard = Deed {
        words: told(&Said::Media(media.clone())),
        ..Deed::plain(CaseEventKind::Heard)
    };
    note_event(tx, ctx, row.case.id, heard)?;
    Ok(FileTold::Joined { case: row.case.number })
}

/// Gives a case the files that its person sent just before, as if they had come in the talk; how many.
///
/// # Errors
/// Storage faults only.
pub(crate) fn hand_over_noted(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    person: PersonId,
    case: CaseId,
) -> Result<usize, Fault> {
    let days = ctx.content.catalogue_of(ctx.office.id).intake.talk_file_days;
    let mut count = 0;
    for row in noted_of(tx, ctx, person)? {
        if row.ends_at <= ctx.now {
            continue;
        }
        // The job that forgets it finds a later end and waits for that.
        let taken = FileRow {
            about: case.0,
            due_at: ctx.now,
            ends_at: later(ctx.now, SignedDuration::from_hours(24 * i64::from(days))),
            ..row
        };
        count += usize::from(tx.replace_file(ctx.office.id, FileState::Waiting, &taken)?);
    }
    Ok(count)
}

/// A message was taken back: a file of it that is only noted is forgotten.
///
/// # Errors
/// Storage faults only.
pub(crate) fn forget_noted(tx: &mut dyn Tx, ctx: &Context<'_>, person: PersonId, media: &Media) -> Result<(), Fault> {
    for row in noted_of(tx, ctx, person)? {
        if media.media_id.as_ref() == Some(&row.content.media_id) {
            tx.delete_file(ctx.office.id, row.id)?;
        }
    }
    Ok(())
}

/// Files of a person that are only noted, the newest first.
fn noted_of(tx: &mut dyn Tx, ctx: &Context<'_>, person: PersonId) -> Result<Vec<FileRow>, Fault> {
    let mut rows = tx.list_files_of(ctx.office.id, person, FILES_PER_PERSON_MAX)?;
    rows.retain(is_noted);
    Ok(rows)
}

/// Whether a file is only noted.
pub(crate) fn is_noted(row: &FileRow) -> bool {
    row.about == ABOUT_NOTHING && row.state == FileState::Waiting
}
