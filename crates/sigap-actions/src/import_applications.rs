//! Taking over a report of the issuing system: each row merged by the core's rules, in chunks, so that a long import
//! never holds up the line.

use jiff::civil::Date;
use serde_json::json;
use sigap_core::application::progress::{Import, Merge, RowRefusal, merge};
use sigap_core::application::report::{Report, ReportKind, ReportRow};
use sigap_core::calendar::local_date;
use sigap_core::ids::{ApiKeyId, PersonId, StaffId};
use sigap_core::outward::Event;
use sigap_core::release::hash;
use sigap_store::records::{AuditEntry, ImportRun};
use sigap_store::{Fault, Tx};

use crate::announce::announce;
use crate::context::Context;
use crate::keep_passports::keep_passport;
use crate::tell_followers::note_moved;

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

/// By which way a report came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// A command on the machine.
    Command,
    /// The watched folder.
    Folder,
    /// Somebody at the office's page.
    Staff(StaffId),
    /// A program of the office.
    Key(ApiKeyId),
}

impl Actor {
    /// The word in storage.
    #[must_use]
    pub fn to_row(self) -> String {
        match self {
            Self::Command => "command".into(),
            Self::Folder => "folder".into(),
            Self::Staff(id) => format!("staff {id}"),
            Self::Key(id) => format!("key {id}"),
        }
    }

    /// The way of that word; `None` for imports of earlier versions.
    #[must_use]
    pub fn from_row(word: &str) -> Option<Self> {
        match word.split_once(' ') {
            None if word == "command" => Some(Self::Command),
            None if word == "folder" => Some(Self::Folder),
            Some(("staff", id)) => Some(Self::Staff(StaffId(id.parse().ok()?))),
            Some(("key", id)) => Some(Self::Key(ApiKeyId(id.parse().ok()?))),
            _ => None,
        }
    }
}

/// What is known of a report besides its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportSource {
    /// Which of the four.
    pub report: ReportKind,
    /// The newest day in it.
    pub newest_on: Option<Date>,
    /// A fingerprint of the file; empty when there is no file.
    pub fingerprint: String,
    /// By which way it came.
    pub actor: Actor,
}

impl ImportSource {
    /// Of a report that was read from these bytes.
    #[must_use]
    pub fn of(report: &Report, bytes: &[u8], actor: Actor) -> Self {
        Self {
            report: report.kind,
            newest_on: report.newest_on(),
            fingerprint: fingerprint(bytes),
            actor,
        }
    }
}

/// What tells the bytes of a file from all others.
#[must_use]
pub fn fingerprint(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&hash::plain(bytes))
}

/// Merges a chunk of rows; with `is_dry_run` nothing is written.
///
/// # Errors
/// Storage faults only.
pub fn import_chunk(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    rows: &[(u32, ReportRow)],
    is_dry_run: bool,
) -> Result<ImportCounts, Fault> {
    let import = Import {
        office: ctx.office.id,
        at: ctx.now,
        on: local_date(ctx.office, ctx.now),
    };
    let mut counts = ImportCounts::default();
    for (row_number, row) in rows {
        let existing = tx.find_application(ctx.office.id, &row.number)?;
        let is_elsewhere = existing.is_none()
            && tx
                .find_place(&row.number)?
                .is_some_and(|office| office != ctx.office.id);
        let merged = if is_elsewhere {
            Merge::Refused(RowRefusal::OtherOffice)
        } else {
            merge(existing.as_ref(), row, &import)
        };
        let has_moved = matches!(merged, Merge::Moved(_));
        let (application, counted) = match merged {
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
            if has_moved {
                note_moved(tx, ctx, &row.number)?;
            }
        }
    }
    Ok(counts)
}

/// Records a finished import: every status answer says how old its data is from here. `counts` are new, moved on, unchanged, refused.
///
/// # Errors
/// Storage faults only.
pub fn finish_import(tx: &mut dyn Tx, ctx: &Context<'_>, source: &ImportSource, counts: [u32; 4]) -> Result<(), Fault> {
    let id = ctx.new_id();
    let report = source.report.name();
    let run = ImportRun {
        id,
        report: report.to_owned(),
        at: ctx.now,
        counts,
        actor: source.actor.to_row(),
        newest_on: source.newest_on,
    };
    tx.insert_import(ctx.office.id, &run, &source.fingerprint)?;
    announce(
        tx,
        ctx,
        Event::ReportsApplied,
        || json!({ "report": report, "new": counts[0], "moved": counts[1] }),
    )?;
    tx.insert_audit(
        ctx.office.id,
        &AuditEntry {
            id: ctx.new_id(),
            at: ctx.now,
            actor: source.actor.to_row(),
            act: "report_imported".into(),
            subject: format!("import {id} ({report})"),
        },
    )
}
