//! `sigap content check`: everything that could go wrong in front of a citizen, found before.

use jiff::tz::TimeZone;
use sigap_actions::ports::Clock;
use sigap_content::check::Severity;

use super::print;
use crate::app::load_content;
use crate::clock::SystemClock;
use crate::config::Config;

pub(super) fn check(config: &Config) -> anyhow::Result<bool> {
    let content = load_content(config)?;
    let today = TimeZone::UTC.to_datetime(SystemClock.now()).date();
    let report = content.check(today);
    for severity in [Severity::Notice, Severity::Warning, Severity::Error] {
        for finding in report.of(severity) {
            print::line(&finding.to_string());
        }
    }
    print::line(&format!(
        "{} errors, {} warnings, {} unconfirmed facts",
        report.count(Severity::Error),
        report.count(Severity::Warning),
        report.count(Severity::Notice)
    ));
    Ok(report.is_green())
}
