//! Taking over a report of the issuing system: each row merged by the core's rules, in chunks, so that a long import
//! never holds up the line.

use sigap_core::application::progress::{Import, Merge, RowRefusal, merge};
use sigap_core::application::report::ReportRow;
use sigap_core::ids::PersonId;
use sigap_store::records::{AuditEntry, ImportRun};
use sigap_store::{Fault, Tx};

use crate::context::Context;
use crate::keep_passports::keep_passport;

/// Rows of one transaction: long enough to be quick, short enough that a citizen's turn waits only milliseconds.
pub const ROWS_PER_CHUNK: usize = 250;

/// What rows did, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportCounts {
    /// Not known before.
    pub new: u32,
    /// The stage rose, or facts came.
    pub moved: u32,
    /// Nothing new.
    pub unchanged: u32,
    /// Not taken, with the row number and the reason.
    pub refused: Vec<(u32, RowRefusal)>,
}

impl ImportCounts {
    /// Adds the counts of another chunk.
    pub fn add(&mut self, other: Self) {
        self.new += other.new;
        self.moved += other.moved;
        self.unchanged += other.unchanged;
        self.refused.extend(other.refused);
    }
}

/// Merges a chunk of rows; with `is_dry_run` nothing is written.
///
/// # Errors
/// Storage faults only.
pub fn import_chunk(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    import: &Import,
    rows: &[(u32, ReportRow)],
    is_dry_run: bool,
) -> Result<ImportCounts, Fault> {
    let mut counts = ImportCounts::default();
    for (row_number, row) in rows {
        let existing = tx.find_application(ctx.office.id, &row.number)?;
        let (application, counted) = match merge(existing.as_ref(), row, import) {
            Merge::New(application) => (application, &mut counts.new),
            Merge::Moved(application) | Merge::Filled(application) => (application, &mut counts.moved),
            Merge::Unchanged => {
                counts.unchanged += 1;
                continue;
            }
            Merge::Refused(refusal) => {
                counts.refused.push((*row_number, refusal));
                continue;
            }
        };
        *counted += 1;
        if !is_dry_run {
            tx.save_application(&application, PersonId(ctx.new_id()))?;
            tx.place_application(&row.number, ctx.office.id)?;
            keep_passport(tx, ctx, &application)?;
        }
    }
    Ok(counts)
}

/// Records a finished import: every status answer says how old its data is from here.
///
/// # Errors
/// Storage faults only.
pub fn finish_import(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    report: &str,
    counts: &ImportCounts,
    unreadable: u32,
) -> Result<(), Fault> {
    let id = ctx.new_id();
    let refused = u32::try_from(counts.refused.len())
        .unwrap_or(u32::MAX)
        .saturating_add(unreadable);
    let run = ImportRun {
        id,
        report: report.to_owned(),
        at: ctx.now,
        counts: [counts.new, counts.moved, counts.unchanged, refused],
    };
    tx.insert_import(ctx.office.id, &run)?;
    tx.insert_audit(
        ctx.office.id,
        &AuditEntry {
            id: ctx.new_id(),
            at: ctx.now,
            actor: "command".into(),
            act: "report_imported".into(),
            subject: format!("import {id} ({report})"),
        },
    )
}
