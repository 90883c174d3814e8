//! `sigap import applications`: a report of the issuing system, with progress and every refused row named.

use std::path::Path;

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use sigap_core::application::ReportKind;

use super::{open_service, print};
use crate::config::Config;
use crate::import::{FILE_BYTES_MAX, read_report};

/// Refused rows that are listed one by one; the rest is counted.
const LISTED_MAX: usize = 200;

pub(super) async fn run(
    config: &Config,
    file: &Path,
    office: &str,
    report: Option<ReportKind>,
    is_dry_run: bool,
) -> anyhow::Result<bool> {
    let length = std::fs::metadata(file)
        .with_context(|| format!("cannot read `{}`", file.display()))?
        .len();
    if length > FILE_BYTES_MAX as u64 {
        anyhow::bail!(
            "`{}` is larger than {FILE_BYTES_MAX} bytes; export a shorter period",
            file.display()
        );
    }
    let bytes = std::fs::read(file).with_context(|| format!("cannot read `{}`", file.display()))?;
    let name = file
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let report = read_report(&bytes, &name, report).with_context(|| format!("cannot import `{}`", file.display()))?;
    let kind = report.kind;

    let service = open_service(config)?;
    let office = service
        .content()
        .office_by_slug(office)
        .with_context(|| format!("there is no office `{office}`; look at content/offices/register.csv"))?
        .id;
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    for (row_number, row) in report.rows {
        match row {
            Ok(row) => rows.push((row_number, row)),
            Err(problem) => problems.push((row_number, problem.to_string())),
        }
    }
    let bar = ProgressBar::new(rows.len() as u64);
    bar.set_style(ProgressStyle::with_template("{bar:40} {pos}/{len} rows, {eta} left")?);
    let unreadable = u32::try_from(problems.len()).unwrap_or(u32::MAX);
    let counts = service
        .import_applications(office, kind.name(), rows, unreadable, is_dry_run, |done| {
            bar.set_position(done as u64)
        })
        .await?;
    bar.finish_and_clear();

    problems.extend(
        counts
            .refused
            .iter()
            .map(|(row_number, refusal)| (*row_number, refusal.to_string())),
    );
    problems.sort_unstable();
    for (row_number, reason) in problems.iter().take(LISTED_MAX) {
        print::line(&format!("row {row_number}: {reason}"));
    }
    if problems.len() > LISTED_MAX {
        print::line(&format!("… and {} more refused rows", problems.len() - LISTED_MAX));
    }
    print::line(&format!(
        "{}: {} new, {} moved on, {} unchanged, {} refused",
        kind.name(),
        counts.new,
        counts.moved,
        counts.unchanged,
        problems.len()
    ));
    if is_dry_run {
        print::line("a trial: nothing was changed");
    }
    Ok(true)
}
