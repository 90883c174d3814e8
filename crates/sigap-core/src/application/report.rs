//! The four reports of the issuing system ("SPRI") and one row of them, already read and tidied. How a spreadsheet
//! becomes rows is the importer's work.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Stage;
use super::problems::RowProblem;
use crate::ids::ApplicationNumber;

/// Which report: each proves one stage (`catalogue`, `[spri_import]`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportKind {
    /// Laporan Wawancara.
    Interview,
    /// Laporan Alokasi.
    Allocation,
    /// Laporan Pencetakan.
    Printing,
    /// Laporan Penerbitan: the only one with birth dates.
    Issue,
}

impl ReportKind {
    /// All four, in the order an application passes through them.
    pub const ALL: [Self; 4] = [Self::Interview, Self::Allocation, Self::Printing, Self::Issue];

    /// The stage that a row of this report proves.
    #[must_use]
    pub const fn proves(self) -> Stage {
        match self {
            Self::Interview => Stage::Interviewed,
            Self::Allocation => Stage::Allocated,
            Self::Printing => Stage::Printing,
            Self::Issue => Stage::Ready,
        }
    }

    /// The Indonesian name, lower case, as in "Laporan Wawancara": also what `--report` takes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Interview => "wawancara",
            Self::Allocation => "alokasi",
            Self::Printing => "pencetakan",
            Self::Issue => "penerbitan",
        }
    }

    /// The report of that name, in any case.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name().eq_ignore_ascii_case(name.trim()))
    }
}

/// A report, read and checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Which of the four.
    pub kind: ReportKind,
    /// Every row that claims to be an application, with its number in the file counted from one.
    pub rows: Vec<(u32, Result<ReportRow, RowProblem>)>,
    /// How many rows were passed over because they are sums or the header again (on each printed page).
    pub passed_over: u32,
}

impl Report {
    /// The newest day that the report names, of a stage or of an application: how fresh it is.
    #[must_use]
    pub fn newest_on(&self) -> Option<Date> {
        let rows = self.rows.iter().filter_map(|(_, row)| row.as_ref().ok());
        rows.flat_map(|row| [row.stage_on, row.applied_on]).flatten().max()
    }
}

/// What one row of a report says about one application. Kept sealed for hours at most: fields may come with a default.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportRow {
    /// The number under the barcode.
    pub number: ApplicationNumber,
    /// The report it stands in, which is what proves the stage.
    pub report: ReportKind,
    /// The day of that stage, when the report has a column for it.
    pub stage_on: Option<Date>,
    /// The applicant's name.
    pub name: Option<String>,
    /// The kind of application, as printed.
    pub kind: Option<String>,
    /// Day of application.
    pub applied_on: Option<Date>,
    /// Birth date.
    pub born_on: Option<Date>,
}

impl fmt::Debug for ReportRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReportRow")
            .field("report", &self.report)
            .finish_non_exhaustive()
    }
}
