//! A file that somebody sent: noted in the turn, fetched after it, taken apart into parts, put together for an officer, forgotten.
//!
//! Only a file with an aim is fetched: one of a talk with an officer, and a photo of a paper that an intake waits for. What else people
//! send stays with WhatsApp: nobody would look at it (docs/privacy.md, `noted_files.rs`).

use jiff::{SignedDuration, Timestamp};
use sigap_core::files::FileState;
use sigap_core::ids::{FileId, PersonId};
use sigap_core::inbound::{Media, PAGE_LINE};
use sigap_core::limits::{FILE_BYTES_MAX, FILE_PART_BYTES, FILES_PER_PERSON_MAX};
use sigap_store::records::{FileContent, FileRow, Job, JobKind};
use sigap_store::{Fault, Tx};

use crate::booking_parts::{Asker, later};
use crate::context::Context;

/// What a file belongs to, and how long it is kept.
#[derive(Debug, Clone)]
pub(crate) struct Aim {
    /// The case or the intake.
    pub(crate) about: i64,
    /// Of which paper it is a photo.
    pub(crate) paper: Option<String>,
    /// Until when, unless what it belongs to ends earlier.
    pub(crate) days: u16,
}

/// Notes a file; its bytes come later. `None` for one that the channel did not take, or when the person sent too many.
///
/// # Errors
/// Storage faults only.
pub(crate) fn note_file(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    asker: Asker<'_>,
    media: &Media,
    aim: Aim,
) -> Result<Option<FileId>, Fault> {
    let ends_at = later(ctx.now, SignedDuration::from_hours(24 * i64::from(aim.days)));
    insert_file(tx, ctx, asker, media, (aim.about, aim.paper), (ctx.now, ends_at))
}

/// Notes a file about something, or about nothing yet, that is due and ends at these times.
///
/// # Errors
/// Storage faults only.
pub(crate) fn insert_file(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    asker: Asker<'_>,
    media: &Media,
    (about, paper): (i64, Option<String>),
    (due_at, ends_at): (Timestamp, Timestamp),
) -> Result<Option<FileId>, Fault> {
    let office = ctx.office.id;
    let Some(media_id) = media.media_id.clone().filter(|_| asker.number != PAGE_LINE) else {
        return Ok(None);
    };
    if tx.list_files_of(office, asker.person, FILES_PER_PERSON_MAX)?.len() >= FILES_PER_PERSON_MAX {
        return Ok(None);
    }
    let id = FileId(ctx.new_id());
    let row = FileRow {
        id,
        person: asker.person,
        about,
        state: FileState::Waiting,
        came_at: ctx.now,
        due_at,
        attempts: 0,
        ends_at,
        parts: 0,
        content: FileContent {
            line: asker.number.to_owned(),
            media_id,
            filename: media.filename.clone(),
            paper,
            ..FileContent::default()
        },
    };
    tx.insert_file(office, &row)?;
    let job = Job {
        due_at: row.ends_at,
        kind: JobKind::EndFile,
        subject: id.to_string(),
    };
    tx.schedule(office, &job)?;
    Ok(Some(id))
}

/// Keeps the bytes of a file in parts; how many.
///
/// # Errors
/// Storage faults; `Fault::Broken` for more bytes than are ever kept.
pub(crate) fn put_bytes(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    person: PersonId,
    id: FileId,
    bytes: &[u8],
) -> Result<u32, Fault> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(Fault::Broken("a file is larger than what is fetched".into()));
    }
    let mut parts = 0;
    for part in bytes.chunks(FILE_PART_BYTES) {
        tx.put_file_part(ctx.office.id, person, id, parts, part)?;
        parts += 1;
    }
    Ok(parts)
}

/// The bytes of a file that is kept; `None` when a part is missing.
///
/// # Errors
/// Storage faults only.
pub(crate) fn read_bytes(tx: &mut dyn Tx, ctx: &Context<'_>, row: &FileRow) -> Result<Option<Vec<u8>>, Fault> {
    let mut bytes = Vec::new();
    for part in 0..row.parts {
        match tx.find_file_part(ctx.office.id, row.person, row.id, part)? {
            Some(part) => bytes.extend_from_slice(&part),
            None => return Ok(None),
        }
    }
    Ok(Some(bytes))
}

/// The time of a file is over. One whose time was put off waits for that.
///
/// # Errors
/// Storage faults only.
pub(crate) fn end_file(tx: &mut dyn Tx, ctx: &Context<'_>, id: FileId) -> Result<(), Fault> {
    let Some(row) = tx.find_file(ctx.office.id, id)? else {
        return Ok(());
    };
    if row.ends_at > ctx.now {
        let job = Job {
            due_at: row.ends_at,
            kind: JobKind::EndFile,
            subject: id.to_string(),
        };
        return tx.schedule(ctx.office.id, &job);
    }
    tx.delete_file(ctx.office.id, id).map(|_| ())
}
