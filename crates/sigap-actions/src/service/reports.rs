//! Reports of the issuing system, by whichever way they come.

use std::sync::Arc;

use sigap_core::application::report::{Report, ReportRow};
use sigap_core::ids::{OfficeId, UploadId};
use sigap_core::limits::{CHUNKS_PER_ROUND_MAX, REFUSED_ROWS_KEPT_MAX, ROWS_PER_CHUNK, UPLOAD_ROWS_MAX};
use sigap_store::Fault;
use sigap_store::records::Job;

use super::Service;
use crate::authority::Officer;
use crate::import_applications::{ImportCounts, ImportSource, finish_import, import_chunk};
use crate::run_jobs::run_job;
use crate::upload_report::{
    RefusedRow, ReportsView, UploadContent, UploadCounts, UploadRefusal, UploadView, Why, apply_upload, begin_upload,
    drop_upload, end_arrival, keep_part, view_reports, view_upload,
};

/// Rows of a report that could be read, with their numbers.
type Rows = Vec<(u32, ReportRow)>;

impl Service {
    /// Imports a report; `progress` hears how many rows are done after each chunk.
    ///
    /// # Errors
    /// Storage faults. Chunks before the fault stay: importing the file again goes on where it stopped.
    pub async fn import_report(
        &self,
        office: OfficeId,
        source: ImportSource,
        report: Report,
        is_dry_run: bool,
        progress: impl Fn(usize),
    ) -> Result<Imported, Fault> {
        let (rows, mut refused) = apart(report);
        let unreadable = u32::try_from(refused.len()).unwrap_or(u32::MAX);
        let counts = self.merge(office, rows, is_dry_run, progress).await?;
        let sums = UploadCounts {
            new: counts.new,
            moved: counts.moved,
            unchanged: counts.unchanged,
            refused: unreadable.saturating_add(u32::try_from(counts.refused.len()).unwrap_or(u32::MAX)),
        };
        if !is_dry_run {
            let totals = [sums.new, sums.moved, sums.unchanged, sums.refused];
            self.act(office, move |tx, ctx| finish_import(tx, ctx, &source, totals))
                .await?;
        }
        refused.extend(refusals(&counts));
        refused.sort_by_key(|row| row.row);
        Ok(Imported { counts: sums, refused })
    }

    async fn merge(
        &self,
        office: OfficeId,
        rows: Rows,
        is_dry_run: bool,
        progress: impl Fn(usize),
    ) -> Result<ImportCounts, Fault> {
        let mut counts = ImportCounts::default();
        let mut done = 0;
        for chunk in rows.chunks(ROWS_PER_CHUNK) {
            let chunk = chunk.to_vec();
            done += chunk.len();
            let counted = if is_dry_run {
                self.look(office, move |tx, ctx| import_chunk(tx, ctx, &chunk, true))
                    .await
            } else {
                self.act(office, move |tx, ctx| import_chunk(tx, ctx, &chunk, false))
                    .await
            };
            counts.add(counted?);
            progress(done);
        }
        if !is_dry_run {
            self.wake.wake();
        }
        Ok(counts)
    }

    /// Whether that file was imported as a whole before.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn has_imported(&self, office: OfficeId, fingerprint: String) -> Result<bool, Fault> {
        self.look(office, move |tx, ctx| tx.has_imported(ctx.office.id, &fingerprint))
            .await
    }

    /// Keeps an uploaded report until somebody says yes, and counts what it would change.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn keep_report(
        &self,
        office: OfficeId,
        who: Officer,
        report: Report,
        file: String,
        fingerprint: String,
    ) -> Result<Result<UploadId, UploadRefusal>, Fault> {
        let (kind, newest_on) = (report.kind, report.newest_on());
        let (rows, mut refused) = apart(report);
        if rows.len() > UPLOAD_ROWS_MAX {
            return Ok(Err(UploadRefusal::TooManyRows));
        }
        let unreadable = u32::try_from(refused.len()).unwrap_or(u32::MAX);
        let counts = self.merge(office, rows.clone(), true, |_| {}).await?;
        refused.extend(refusals(&counts));
        let all = u32::try_from(refused.len()).unwrap_or(u32::MAX);
        refused.sort_by_key(|row| row.row);
        refused.truncate(REFUSED_ROWS_KEPT_MAX);
        let content = UploadContent {
            file,
            report: kind,
            newest_on,
            fingerprint,
            rows: u32::try_from(rows.len()).unwrap_or(u32::MAX),
            unreadable,
            preview: UploadCounts {
                new: counts.new,
                moved: counts.moved,
                unchanged: counts.unchanged,
                refused: all,
            },
            counts: UploadCounts::default(),
            refused,
        };
        let parts = rows.len().div_ceil(ROWS_PER_CHUNK);
        let parts = u32::try_from(parts).unwrap_or(u32::MAX);
        let begun = self
            .act(office, move |tx, ctx| begin_upload(tx, ctx, &who, &content, parts))
            .await?;
        let id = match begun {
            Ok(id) => id,
            Err(refusal) => return Ok(Err(refusal)),
        };
        for (place, part) in (0..).zip(rows.chunks(ROWS_PER_CHUNK)) {
            let part: Arc<[(u32, ReportRow)]> = part.into();
            self.act(office, move |tx, ctx| keep_part(tx, ctx.office.id, id, place, &part))
                .await?;
        }
        let is_there = self
            .act(office, move |tx, ctx| end_arrival(tx, ctx.office.id, id))
            .await?;
        Ok(if is_there { Ok(id) } else { Err(UploadRefusal::Gone) })
    }

    /// Uploaded reports and past imports.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn view_reports(
        &self,
        office: OfficeId,
        who: Officer,
    ) -> Result<Result<ReportsView, UploadRefusal>, Fault> {
        self.look(office, move |tx, ctx| view_reports(tx, ctx, &who)).await
    }

    /// An uploaded report.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn view_upload(
        &self,
        office: OfficeId,
        who: Officer,
        id: UploadId,
    ) -> Result<Result<UploadView, UploadRefusal>, Fault> {
        self.look(office, move |tx, ctx| view_upload(tx, ctx, &who, id)).await
    }

    /// Says yes to an uploaded report. Its rows are merged by the jobs of the office, part by part.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn apply_upload(
        &self,
        office: OfficeId,
        who: Officer,
        id: UploadId,
    ) -> Result<Result<(), UploadRefusal>, Fault> {
        self.act(office, move |tx, ctx| apply_upload(tx, ctx, &who, id)).await
    }

    /// Forgets an uploaded report.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn drop_upload(
        &self,
        office: OfficeId,
        who: Officer,
        id: UploadId,
    ) -> Result<Result<(), UploadRefusal>, Fault> {
        self.act(office, move |tx, ctx| drop_upload(tx, ctx, &who, id)).await
    }

    /// Merges parts of a report, as many as one round may; what is left stays on the timetable.
    pub(super) async fn apply_parts(&self, office: OfficeId, job: &Job) -> Result<(), Fault> {
        for _ in 0..CHUNKS_PER_ROUND_MAX {
            let due = job.clone();
            if !self.act(office, move |tx, ctx| run_job(tx, ctx, &due)).await? {
                break;
            }
        }
        Ok(())
    }
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Rows by what became of them.
    pub counts: UploadCounts,
    /// Rows that were not taken.
    pub refused: Vec<RefusedRow>,
}

/// Readable rows, and the others with what is wrong with them.
fn apart(report: Report) -> (Rows, Vec<RefusedRow>) {
    let (mut rows, mut refused) = (Vec::with_capacity(report.rows.len()), Vec::new());
    for (number, row) in report.rows {
        match row {
            Ok(row) => rows.push((number, row)),
            Err(problem) => refused.push(RefusedRow {
                row: number,
                why: Why::Problem(problem),
            }),
        }
    }
    (rows, refused)
}

fn refusals(counts: &ImportCounts) -> impl Iterator<Item = RefusedRow> {
    counts.refused.iter().map(|(row, refusal)| RefusedRow {
        row: *row,
        why: Why::Refusal(*refusal),
    })
}
