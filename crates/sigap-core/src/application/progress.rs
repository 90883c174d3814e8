//! How a row of a report moves an application: never backwards, never twice, and never past an officer's word.
//!
//! Reports are uploaded by hand, late, twice and in any order, so merging them must not depend on the order:
//!
//! - **The later stage wins.** A report raises the stage to what it proves or leaves it; it cannot lower it.
//! - **An officer's word stands.** `Collected`, `Cancelled`, `Held` and `Refused` come from a counter, not from reports.
//!   A report printed last week must not reopen a passport handed over today, nor lift a hold nobody lifted. What the
//!   report proves is still noted, so an officer who lifts a hold finds the true stage in
//!   [`Application::stage_by_reports`], and [`Application::is_report_ahead_of_officer`] tells the clerk that one is due.
//! - **Facts are filled, not replaced.** A missing name, kind or date is taken from the row; what is on file stays.
//!   Days of a stage become the earliest one known, because an import day can only be late.
//! - **Another person's row is refused whole.** A name or birth date that differs from the one on file, or another
//!   office, means that somebody's number is wrong; guessing would show one person's status to another.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Application, ReportKind, ReportRow, Stage};
use crate::ids::OfficeId;

/// The upload a row came with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Import {
    /// The office whose clerk uploads; its reports hold its own applications only.
    pub office: OfficeId,
    /// When.
    pub at: Timestamp,
    /// The same moment as a day in the office's zone.
    pub on: Date,
}

/// What a row does to the store. Everything but `Unchanged` and `Refused` carries what is to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Merge {
    /// Not known before.
    New(Application),
    /// The stage rose.
    Moved(Application),
    /// The stage stayed; facts or days came to it.
    Filled(Application),
    /// The row says nothing new.
    Unchanged,
    /// The row cannot be right beside what is on file; nothing of it is taken.
    Refused(RowRefusal),
}

/// Why a row that could be read was not taken. The sentences hold no personal data and fit behind a row number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowRefusal {
    /// The number belongs to an application of another office.
    OtherOffice,
    /// The number is on file under another name.
    OtherName,
    /// The number is on file with another birth date.
    OtherBirthDate,
    /// A date lies after the day of the import.
    DateInFuture,
    /// The birth date lies after the day of application.
    BornAfterApplying,
}

impl fmt::Display for RowRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OtherOffice => "the number belongs to another office; check that the file is this office's report",
            Self::OtherName => "the name differs from the one on file for this number; compare with the issuing system",
            Self::OtherBirthDate => {
                "the birth date differs from the one on file for this number; compare with the issuing system"
            }
            Self::DateInFuture => "a date lies in the future; correct it in the issuing system and export again",
            Self::BornAfterApplying => {
                "the birth date lies after the day of application; correct it in the issuing system and export again"
            }
        })
    }
}

/// Joins what a row says with what is on file. `existing` must be the application of the row's number.
#[must_use]
pub fn merge(existing: Option<&Application>, row: &ReportRow, import: &Import) -> Merge {
    if let Some(refusal) = refuse(existing, row, import) {
        return Merge::Refused(refusal);
    }
    let Some(before) = existing else {
        return Merge::New(fill(blank(row, import), row, import));
    };
    let mut after = fill(before.clone(), row, import);
    if after == *before {
        return Merge::Unchanged;
    }
    after.updated_at = import.at;
    if after.stage == before.stage {
        Merge::Filled(after)
    } else {
        Merge::Moved(after)
    }
}

impl Application {
    /// The furthest stage that reports have proved, whatever an officer has set since.
    #[must_use]
    pub fn stage_by_reports(&self) -> Option<Stage> {
        self.proved.iter().map(|(stage, _)| *stage).max()
    }

    /// True when an officer holds or has refused an application whose passport the reports say is issued: somebody has
    /// to look, because the days for pick-up may be running.
    #[must_use]
    pub fn is_report_ahead_of_officer(&self) -> bool {
        matches!(self.stage, Stage::Held | Stage::Refused) && self.stage_by_reports() == Some(Stage::Ready)
    }
}

fn refuse(existing: Option<&Application>, row: &ReportRow, import: &Import) -> Option<RowRefusal> {
    let dates = [row.stage_on, row.applied_on, row.born_on];
    if dates.into_iter().flatten().any(|date| date > import.on) {
        return Some(RowRefusal::DateInFuture);
    }
    let applied_on = existing.and_then(|known| known.applied_on).or(row.applied_on);
    let born_on = existing.and_then(|known| known.born_on).or(row.born_on);
    if let (Some(applied_on), Some(born_on)) = (applied_on, born_on)
        && born_on > applied_on
    {
        return Some(RowRefusal::BornAfterApplying);
    }
    let known = existing?;
    if known.office != import.office {
        return Some(RowRefusal::OtherOffice);
    }
    if let (Some(on_file), Some(told)) = (&known.name, &row.name)
        && !is_same_name(on_file, told)
    {
        return Some(RowRefusal::OtherName);
    }
    if let (Some(on_file), Some(told)) = (known.born_on, row.born_on)
        && on_file != told
    {
        return Some(RowRefusal::OtherBirthDate);
    }
    None
}

fn blank(row: &ReportRow, import: &Import) -> Application {
    Application {
        number: row.number.clone(),
        office: import.office,
        stage: row.report.proves(),
        name: None,
        kind: None,
        applied_on: None,
        born_on: None,
        proved: Vec::new(),
        issued_on: None,
        billing_code: None,
        updated_at: import.at,
    }
}

fn fill(mut application: Application, row: &ReportRow, import: &Import) -> Application {
    let proves = row.report.proves();
    if !application.stage.is_set_by_officer() {
        application.stage = application.stage.max(proves);
    }
    application.name = application.name.or_else(|| row.name.clone());
    application.kind = application.kind.or_else(|| row.kind.clone());
    application.applied_on = application.applied_on.or(row.applied_on);
    application.born_on = application.born_on.or(row.born_on);
    if row.report == ReportKind::Issue {
        application.issued_on = application.issued_on.into_iter().chain(row.stage_on).min();
    }
    let proved_on = row.stage_on.unwrap_or(import.on);
    match application.proved.iter_mut().find(|(stage, _)| *stage == proves) {
        Some((_, on)) => *on = proved_on.min(*on),
        None => {
            application.proved.push((proves, proved_on));
            application.proved.sort_unstable();
        }
    }
    application
}

/// Letters and digits decide, in any case: reports differ in commas, points and spaces of one and the same name.
fn is_same_name(one: &str, other: &str) -> bool {
    let letters = |name: &str| -> String {
        name.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    letters(one) == letters(other)
}

#[cfg(test)]
mod tests;
