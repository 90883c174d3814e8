//! `sigap backup` and `sigap restore`: both files, consistent, checked.

use std::path::Path;

use sigap_store_sqlite::{BackupReport, copy_to, restore_from};

use super::print;
use crate::config::Config;

/// What an operator of PostgreSQL does.
const INSTEAD: &str = "back it up with its own tools (docs/operating.md, \"PostgreSQL\"), the key store apart";

pub(super) fn backup(config: &Config, dest: &Path) -> anyhow::Result<bool> {
    let report = copy_to(&config.files(INSTEAD)?, dest)?;
    print::line(&format!(
        "copied to {} and checked: {}",
        dest.display(),
        summary(&report)
    ));
    print::line("keep the master key elsewhere: it is not in the copy, and without it the copy cannot be read");
    Ok(true)
}

pub(super) fn restore(config: &Config, src: &Path) -> anyhow::Result<bool> {
    let places = config.files(INSTEAD)?;
    let report = restore_from(src, &places)?;
    print::line(&format!(
        "restored to {} and checked: {}",
        places.database.display(),
        summary(&report)
    ));
    Ok(true)
}

fn summary(report: &BackupReport) -> String {
    format!(
        "{} messages, {} person keys, {} bytes",
        report.messages, report.keys, report.bytes
    )
}
