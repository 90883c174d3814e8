//! The four reports of the issuing system ("SPRI") and one row of them, already read and tidied. How a spreadsheet
//! becomes rows is the importer's work.

use std::fmt;

use jiff::civil::Date;

use super::Stage;
use crate::ids::ApplicationNumber;

/// Which report: each proves one stage (`catalogue`, `[spri_import]`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
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

/// What one row of a report says about one application.
#[derive(Clone, PartialEq, Eq)]
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
