//! Reports that an officer uploads: kept sealed, looked at, applied part by part, forgotten after a day.
//!
//! Between the look and the yes nothing lies in the browser: the parsed rows are kept in parts of one transaction each. Applying takes
//! a part out and merges it in the same transaction, so that every row is merged once, however often somebody taps, and a process
//! that dies is followed by another.

use jiff::{SignedDuration, Timestamp};
use sigap_core::application::report::ReportRow;
use sigap_core::ids::{OfficeId, StaffId, UploadId};
use sigap_core::limits::{
    FILE_NAME_CHARS_MAX, IMPORTS_SHOWN, REFUSED_ROWS_KEPT_MAX, STAFF_MAX, UPLOAD_HOURS, UPLOADS_KEPT_MAX,
};
use sigap_core::staff::Right;
pub use sigap_store::records::{ImportRun, RefusedRow, UploadContent, UploadCounts, UploadRow, UploadState, Why};
use sigap_store::records::{Job, JobKind, UploadPart};
use sigap_store::{Fault, Tx};

use crate::api_keys::label_of;
use crate::authority::Officer;
use crate::booking_parts::later;
use crate::context::Context;
use crate::import_applications::{Actor, ImportCounts, ImportSource, finish_import, import_chunk};

/// Why nothing was done with an uploaded report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadRefusal {
    /// The right is missing.
    Denied,
    /// More rows than are kept.
    TooManyRows,
    /// It is not there any more.
    Gone,
}

/// What the page of reports shows.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportsView {
    /// When the office imported last.
    pub data_at: Option<Timestamp>,
    /// Reports that wait, are applied, or were within a day.
    pub uploads: Vec<UploadRow>,
    /// Past imports, the newest first.
    pub imports: Vec<ImportView>,
}

/// A past import and who made it.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportView {
    /// The import.
    pub run: ImportRun,
    /// By which way; `None` for earlier versions.
    pub actor: Option<Actor>,
    /// The name of the colleague, or what the key is for.
    pub name: String,
}

/// An uploaded report and what it is beside what is known.
#[derive(Debug, Clone, PartialEq)]
pub struct UploadView {
    /// The report.
    pub row: UploadRow,
    /// The very same file was imported before.
    pub is_known: bool,
    /// A newer report of this kind was imported before.
    pub is_older: bool,
}

fn refuse(ctx: &Context<'_>, who: &Officer) -> Option<UploadRefusal> {
    who.require(ctx.office.id, Right::Import)
        .is_err()
        .then_some(UploadRefusal::Denied)
}

/// Begins to keep a report; its rows follow. What is too much or too old makes room.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub(crate) fn begin_upload(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    content: &UploadContent,
    parts: u32,
) -> Result<Result<UploadId, UploadRefusal>, Fault> {
    if let Some(refusal) = refuse(ctx, who) {
        return Ok(Err(refusal));
    }
    let office = ctx.office.id;
    let known = tx.list_uploads(office, UPLOADS_KEPT_MAX + 1)?;
    let mut left = known.len();
    for row in known.iter().rev().filter(|row| row.state != UploadState::Applying) {
        if row.ends_at <= ctx.now || left >= UPLOADS_KEPT_MAX {
            tx.delete_upload(office, row.id)?;
            left -= 1;
        }
    }
    let mut content = content.clone();
    content.file = content.file.chars().take(FILE_NAME_CHARS_MAX).collect();
    let row = UploadRow {
        id: UploadId(ctx.new_id()),
        staff: who.staff(),
        state: UploadState::Arriving,
        made_at: ctx.now,
        ends_at: later(ctx.now, SignedDuration::from_hours(UPLOAD_HOURS)),
        parts,
        done: 0,
        content,
    };
    tx.insert_upload(office, &row)?;
    schedule(tx, office, JobKind::Forget, row.id, row.ends_at)?;
    Ok(Ok(row.id))
}

/// Keeps rows of a report that arrives.
///
/// # Errors
/// Storage faults only.
pub(crate) fn keep_part(
    tx: &mut dyn Tx,
    office: OfficeId,
    id: UploadId,
    place: u32,
    rows: &[(u32, ReportRow)],
) -> Result<(), Fault> {
    let part: UploadPart = rows.to_vec();
    tx.insert_upload_part(office, id, place, &part)
}

/// All rows are there: somebody may look.
///
/// # Errors
/// Storage faults only.
pub(crate) fn end_arrival(tx: &mut dyn Tx, office: OfficeId, id: UploadId) -> Result<bool, Fault> {
    let Some(mut row) = tx.find_upload(office, id)? else {
        return Ok(false);
    };
    row.state = UploadState::Waiting;
    tx.replace_upload(office, UploadState::Arriving, &row)
}

fn find(tx: &mut dyn Tx, ctx: &Context<'_>, id: UploadId) -> Result<Option<UploadRow>, Fault> {
    let found = tx.find_upload(ctx.office.id, id)?;
    Ok(found.filter(|row| row.ends_at > ctx.now || row.state == UploadState::Applying))
}

/// What uploaded reports there are, and past imports.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn view_reports(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
) -> Result<Result<ReportsView, UploadRefusal>, Fault> {
    if let Some(refusal) = refuse(ctx, who) {
        return Ok(Err(refusal));
    }
    let office = ctx.office.id;
    let mut uploads = tx.list_uploads(office, UPLOADS_KEPT_MAX)?;
    uploads.retain(|row| row.state == UploadState::Applying || row.ends_at > ctx.now);
    let staff = tx.list_staff(office, STAFF_MAX)?;
    let name_of = |id: StaffId| {
        let known = staff.iter().find(|row| row.id == id);
        known.map(|row| row.content.name.clone()).unwrap_or_default()
    };
    let mut imports = Vec::new();
    for run in tx.list_imports(office, IMPORTS_SHOWN)? {
        let actor = Actor::from_row(&run.actor);
        let name = match actor {
            Some(Actor::Staff(id)) => name_of(id),
            Some(Actor::Key(id)) => label_of(tx, office, id)?,
            Some(Actor::Command | Actor::Folder) | None => String::new(),
        };
        imports.push(ImportView { run, actor, name });
    }
    Ok(Ok(ReportsView {
        data_at: tx.find_last_import(office)?,
        uploads,
        imports,
    }))
}

/// An uploaded report.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn view_upload(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    id: UploadId,
) -> Result<Result<UploadView, UploadRefusal>, Fault> {
    if let Some(refusal) = refuse(ctx, who) {
        return Ok(Err(refusal));
    }
    let Some(row) = find(tx, ctx, id)? else {
        return Ok(Err(UploadRefusal::Gone));
    };
    let report = row.content.report.name();
    let imports = tx.list_imports(ctx.office.id, IMPORTS_SHOWN)?;
    let newest = imports.iter().filter(|run| run.report == report);
    let newest = newest.filter_map(|run| run.newest_on).max();
    Ok(Ok(UploadView {
        is_known: row.state == UploadState::Waiting && tx.has_imported(ctx.office.id, &row.content.fingerprint)?,
        is_older: row
            .content
            .newest_on
            .is_some_and(|on| newest.is_some_and(|known| on < known)),
        row,
    }))
}

/// Says yes to a report: its rows are merged from now on. Said twice it is merged once; said about one that stands still it goes on.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn apply_upload(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    id: UploadId,
) -> Result<Result<(), UploadRefusal>, Fault> {
    if let Some(refusal) = refuse(ctx, who) {
        return Ok(Err(refusal));
    }
    let office = ctx.office.id;
    let Some(mut row) = find(tx, ctx, id)? else {
        return Ok(Err(UploadRefusal::Gone));
    };
    match row.state {
        UploadState::Arriving => return Ok(Err(UploadRefusal::Gone)),
        UploadState::Applied => return Ok(Ok(())),
        UploadState::Applying => {}
        UploadState::Waiting => {
            row.state = UploadState::Applying;
            row.staff = who.staff();
            // What was refused beside what was on file is decided anew; what could not be read stays so.
            row.content.refused.retain(|row| matches!(row.why, Why::Problem(_)));
            row.content.counts = UploadCounts {
                refused: row.content.unreadable,
                ..UploadCounts::default()
            };
            if !tx.replace_upload(office, UploadState::Waiting, &row)? {
                return Err(Fault::Busy);
            }
        }
    }
    schedule(tx, office, JobKind::Apply, id, ctx.now)?;
    Ok(Ok(()))
}

/// Forgets a report that nobody wants applied. One that is being applied stays.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn drop_upload(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    id: UploadId,
) -> Result<Result<(), UploadRefusal>, Fault> {
    if let Some(refusal) = refuse(ctx, who) {
        return Ok(Err(refusal));
    }
    match tx.find_upload(ctx.office.id, id)? {
        Some(row) if row.state != UploadState::Applying => {
            tx.delete_upload(ctx.office.id, id)?;
            Ok(Ok(()))
        }
        Some(_) => Ok(Ok(())),
        None => Ok(Err(UploadRefusal::Gone)),
    }
}

/// Merges the next part of a report to which somebody said yes; whether there are more.
///
/// # Errors
/// Storage faults only.
pub(crate) fn apply_part(tx: &mut dyn Tx, ctx: &Context<'_>, id: UploadId) -> Result<bool, Fault> {
    let office = ctx.office.id;
    let Some(mut row) = tx.find_upload(office, id)? else {
        return Ok(false);
    };
    if row.state != UploadState::Applying {
        return Ok(false);
    }
    if let Some(rows) = tx.take_upload_part(office, id, row.done)? {
        let counts = import_chunk(tx, ctx, &rows, false)?;
        add(&mut row.content, &counts);
    }
    row.done = row.done.saturating_add(1).min(row.parts);
    let has_more = row.done < row.parts;
    if !has_more {
        row.state = UploadState::Applied;
        finish(tx, ctx, &row)?;
    }
    if !tx.replace_upload(office, UploadState::Applying, &row)? {
        return Err(Fault::Busy);
    }
    Ok(has_more)
}

fn add(content: &mut UploadContent, counts: &ImportCounts) {
    let sums = &mut content.counts;
    sums.new += counts.new;
    sums.moved += counts.moved;
    sums.unchanged += counts.unchanged;
    sums.refused += u32::try_from(counts.refused.len()).unwrap_or(u32::MAX);
    let room = REFUSED_ROWS_KEPT_MAX.saturating_sub(content.refused.len());
    content
        .refused
        .extend(counts.refused.iter().take(room).map(|(row, refusal)| RefusedRow {
            row: *row,
            why: Why::Refusal(*refusal),
        }));
    content.refused.sort_by_key(|row| row.row);
}

fn finish(tx: &mut dyn Tx, ctx: &Context<'_>, row: &UploadRow) -> Result<(), Fault> {
    let UploadCounts {
        new,
        moved,
        unchanged,
        refused,
    } = row.content.counts;
    let source = ImportSource {
        report: row.content.report,
        newest_on: row.content.newest_on,
        fingerprint: row.content.fingerprint.clone(),
        actor: Actor::Staff(row.staff),
    };
    finish_import(tx, ctx, &source, [new, moved, unchanged, refused])?;
    let subject = format!(
        "{}: {new} new, {moved} moved on, {unchanged} unchanged, {refused} refused",
        row.content.report.name()
    );
    tx.insert_act(ctx.office.id, row.staff, ctx.now, "report_applied", &subject)?;
    Ok(())
}

/// Forgets a report whose time is over; one that is still being applied gets another day.
///
/// # Errors
/// Storage faults only.
pub(crate) fn forget_upload(tx: &mut dyn Tx, ctx: &Context<'_>, id: UploadId) -> Result<(), Fault> {
    let office = ctx.office.id;
    match tx.find_upload(office, id)? {
        Some(row) if row.state == UploadState::Applying => {
            let again = later(ctx.now, SignedDuration::from_hours(UPLOAD_HOURS));
            schedule(tx, office, JobKind::Forget, id, again)
        }
        Some(_) => tx.delete_upload(office, id).map(|_| ()),
        None => Ok(()),
    }
}

fn schedule(tx: &mut dyn Tx, office: OfficeId, kind: JobKind, id: UploadId, due_at: Timestamp) -> Result<(), Fault> {
    let job = Job {
        due_at,
        kind,
        subject: id.to_string(),
    };
    tx.schedule(office, &job)
}
