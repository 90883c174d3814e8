//! Says what is wrong with content before a citizen sees it: texts, choices, catalogue, offices. Changes nothing.
//!
//! How to add a rule: a function in the file of its subject under `check/`, called from there, with a test that breaks one
//! file and finds the rule's sentence.

use std::fmt;

use jiff::civil::Date;

use crate::content::Content;

mod catalogue;
mod choices;
mod lint;
mod notices;
mod offices;
mod points;
mod samples;
mod services;
mod texts;

pub use lint::Unplain;
pub(crate) use lint::{any_language, indonesian};
pub(crate) use offices::overlap;
pub(crate) use samples::Sampler;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Citizens would see something broken, cut or wrong: must be mended before it is published.
    Error,
    /// Somebody should look at it soon.
    Warning,
    /// Good to know: above all what nobody has confirmed yet.
    Notice,
}

/// One thing the check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How bad.
    pub severity: Severity,
    /// The file below the content folder.
    pub file: String,
    /// The key, row or field in it.
    pub key: String,
    /// What is the matter.
    pub what: String,
    /// What to do now.
    pub next_step: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Notice => "notice",
        };
        write!(
            f,
            "{severity}: {} `{}`: {}; {}",
            self.file, self.key, self.what, self.next_step
        )
    }
}

/// Everything the check found, the worst first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CheckReport {
    /// Sorted by severity, file and key.
    pub findings: Vec<Finding>,
    /// How many texts, rows and offices were looked at.
    pub checked: usize,
}

impl CheckReport {
    /// Whether the content may be published.
    #[must_use]
    pub fn is_green(&self) -> bool {
        self.count(Severity::Error) == 0
    }

    /// How many findings are that bad.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.of(severity).count()
    }

    /// The findings of that severity.
    pub fn of(&self, severity: Severity) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.severity == severity)
    }

    fn add(
        &mut self,
        severity: Severity,
        file: &str,
        key: &str,
        what: impl Into<String>,
        next_step: impl Into<String>,
    ) {
        self.findings.push(Finding {
            severity,
            file: file.to_owned(),
            key: key.to_owned(),
            what: what.into(),
            next_step: next_step.into(),
        });
    }

    fn error(&mut self, file: &str, key: &str, what: impl Into<String>, next_step: impl Into<String>) {
        self.add(Severity::Error, file, key, what, next_step);
    }

    fn warn(&mut self, file: &str, key: &str, what: impl Into<String>, next_step: impl Into<String>) {
        self.add(Severity::Warning, file, key, what, next_step);
    }

    fn note(&mut self, file: &str, key: &str, what: impl Into<String>, next_step: impl Into<String>) {
        self.add(Severity::Notice, file, key, what, next_step);
    }
}

impl Content {
    /// Looks at everything. The day decides which fees are in force and which facts have lapsed.
    #[must_use]
    pub fn check(&self, today: Date) -> CheckReport {
        let mut report = CheckReport::default();
        for problem in &self.problems {
            report.error(&problem.file, &problem.key, &problem.what, "mend the text");
        }
        texts::check(self, &mut report);
        choices::check(self, today, &mut report);
        catalogue::check(self, today, &mut report);
        offices::check(self, today, &mut report);
        points::check(self, today, &mut report);
        notices::check(self, today, &mut report);
        report
            .findings
            .sort_by(|a, b| (a.severity, &a.file, &a.key, &a.what).cmp(&(b.severity, &b.file, &b.key, &b.what)));
        report.findings.dedup();
        report
    }
}

#[cfg(test)]
mod tests;
