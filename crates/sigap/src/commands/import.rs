//! `sigap import applications`: a report of the issuing system, with progress and every refused row named.

use std::path::Path;

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use sigap_actions::import_applications::{Actor, ImportSource};
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

    let service = open_service(config).await?;
    let office = service
        .content()
        .office_by_slug(office)
        .with_context(|| format!("there is no office `{office}`; look at content/offices/register.csv"))?
        .id;
    let bar = ProgressBar::new(report.rows.len() as u64);
    bar.set_style(ProgressStyle::with_template("{bar:40} {pos}/{len} rows, {eta} left")?);
    let source = ImportSource::of(&report, &bytes, Actor::Command);
    let imported = service
        .import_report(office, source, report, is_dry_run, |done| bar.set_position(done as u64))
        .await?;
    bar.finish_and_clear();

    for refused in imported.refused.iter().take(LISTED_MAX) {
        print::line(&format!("row {}: {}", refused.row, refused.why));
    }
    if imported.refused.len() > LISTED_MAX {
        print::line(&format!(
            "… and {} more refused rows",
            imported.refused.len() - LISTED_MAX
        ));
    }
    let counts = imported.counts;
    print::line(&format!(
        "{}: {} new, {} moved on, {} unchanged, {} refused",
        kind.name(),
        counts.new,
        counts.moved,
        counts.unchanged,
        counts.refused
    ));
    if is_dry_run {
        print::line("a trial: nothing was changed");
    }
    Ok(true)
}
