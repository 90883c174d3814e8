//! Files as officers get them: those of a case, those of an intake, and the bytes of one.

use sigap_core::files::FileState;
use sigap_core::ids::{CaseId, FileId, IntakeId};
use sigap_core::limits::FILES_SHOWN_MAX;
use sigap_core::staff::Right;
pub use sigap_store::records::FileRow;
use sigap_store::{Fault, Tx};

use crate::authority::{Denied, Officer};
use crate::context::Context;
use crate::keep_file::read_bytes;

/// Files of a case, the oldest first.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn view_files(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    case: CaseId,
) -> Result<Result<Vec<FileRow>, Denied>, Fault> {
    if let Err(denied) = who.require(ctx.office.id, Right::Cases) {
        return Ok(Err(denied));
    }
    tx.list_files_about(ctx.office.id, case.0, FILES_SHOWN_MAX).map(Ok)
}

/// A file with its bytes, for somebody who works on what it belongs to; `None` for any other, one that is not kept, and one that waits.
/// Whoever opens a photo of a paper leaves a line in the trail.
///
/// # Errors
/// Storage faults only.
pub fn open_file(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    id: FileId,
) -> Result<Option<(FileRow, Vec<u8>)>, Fault> {
    let office = ctx.office.id;
    let Some(row) = tx.find_file(office, id)?.filter(|row| row.state == FileState::Kept) else {
        return Ok(None);
    };
    let is_theirs = if row.content.paper.is_some() {
        who.require(office, Right::Intakes).is_ok() && tx.find_intake(office, IntakeId(row.about))?.is_some()
    } else {
        who.require(office, Right::Cases).is_ok() && tx.find_case(office, CaseId(row.about))?.is_some()
    };
    if !is_theirs {
        return Ok(None);
    }
    let Some(bytes) = read_bytes(tx, ctx, &row)? else {
        return Ok(None);
    };
    tx.insert_act(office, who.staff(), ctx.now, "file_opened", &id.to_string())?;
    Ok(Some((row, bytes)))
}
