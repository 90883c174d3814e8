//! What can be wrong with a file or a row, in sentences for the clerk. They hold a row number and at most the last four
//! digits, never a name or a date.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::ReportKind;
use crate::limits::{CELL_CHARS_MAX, HEADER_ROWS_MAX, REPORT_BYTES_MAX, REPORT_ROWS_MAX};

/// Why nothing of a file was read. Each sentence says what to do next.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum UnreadableFile {
    /// No bytes, or no cell with anything in it.
    #[error("the file is empty; export the report again")]
    Empty,
    /// Over the bound.
    #[error("the file is larger than {} MB; export a shorter period", REPORT_BYTES_MAX / (1024 * 1024))]
    TooLarge,
    /// Over the bound.
    #[error("the file has more than {REPORT_ROWS_MAX} rows; export a shorter period")]
    TooManyRows,
    /// A picture, a PDF, anything else.
    #[error("the file is not a spreadsheet; export the report as xlsx, xls or csv")]
    NotASpreadsheet,
    /// Some systems write HTML or XML and call it xls.
    #[error("the file is a web page or XML under the name of a spreadsheet; open it in Excel and save it as xlsx")]
    WebPage,
    /// A workbook that ends early, or is locked.
    #[error(
        "the workbook is damaged or protected by a password; open it in Excel and save it again as xlsx without a password"
    )]
    Damaged,
    /// None of the sheets looks like a report.
    #[error(
        "no header row with {missing} in the first {HEADER_ROWS_MAX} rows; check that this is one of the four SPRI reports"
    )]
    NoHeader {
        /// Which columns are missing in the row that comes nearest.
        missing: MissingColumns,
    },
    /// More than one sheet looks like a report.
    #[error("{0} sheets hold a report; save each as a file of its own")]
    SeveralReports(usize),
    /// It does not say which report it is.
    #[error("the file does not say which report it is; add --report wawancara, alokasi, pencetakan or penerbitan")]
    WhichReport,
    /// The title says one, the option another: taking the option's word could call unfinished passports ready.
    #[error(
        "the title of the file says Laporan {says}, not {asked}; leave out --report or choose the other file",
        says = .says.name(), asked = .asked.name()
    )]
    SaysOtherwise {
        /// What the title says.
        says: ReportKind,
        /// What was asked for.
        asked: ReportKind,
    },
}

/// The columns without which no row counts as the header of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MissingColumns {
    /// A name or date is there, the number is not.
    Number,
    /// The number is there and nothing beside it.
    Others,
    /// Not one is there.
    All,
}

impl MissingColumns {
    /// The word in keys of content.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Others => "others",
            Self::All => "all",
        }
    }
}

impl std::fmt::Display for MissingColumns {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Number => "`NOMOR PEMOHON` or `NO PERMOHONAN`",
            Self::Others => "a name or date column beside the number",
            Self::All => "`NOMOR PEMOHON` or `NO PERMOHONAN` and a name or date column",
        })
    }
}

/// Why a row was not taken. Kept with the report until it is applied.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowProblem {
    /// Something stands in the row, but no number.
    #[error("no application number")]
    NumberMissing,
    /// Not sixteen digits.
    #[error("the application number{} is not 16 digits; correct it and import again", ending(.last))]
    NumberNotSixteenDigits {
        /// Its last four characters, when it has at least eight digits.
        last: Option<String>,
    },
    /// A spreadsheet keeps fifteen digits of a number and shows the rest as zero.
    #[error(
        "the application number{} has lost digits, because the cell is a number; export again with the column as text",
        ending(.last)
    )]
    NumberLostDigits {
        /// The last four digits as the cell has them.
        last: Option<String>,
    },
    /// The same number stands further up in the file; that row is the one taken.
    #[error("the same application as in row {first}{}", if *.is_same { "" } else { ", but with other facts: compare both with the issuing system" })]
    Duplicate {
        /// The row further up.
        first: u32,
        /// Whether both rows say the same.
        is_same: bool,
    },
    /// A date that is none, such as 31-02-2026, or in a form that could be read in two ways.
    #[error("the date in `{column}` cannot be read; write it as dd-mm-yyyy")]
    DateUnreadable {
        /// The heading as the reports print it.
        column: Cow<'static, str>,
    },
    /// A formula that failed, or a yes/no where text is expected.
    #[error("the cell in `{column}` holds no text; correct it and import again")]
    CellUnreadable {
        /// The heading as the reports print it.
        column: Cow<'static, str>,
    },
    /// Longer than any name.
    #[error(
        "the cell in `{column}` is longer than {CELL_CHARS_MAX} characters; in a csv file look for a quote that is not closed"
    )]
    CellTooLong {
        /// The heading as the reports print it.
        column: Cow<'static, str>,
    },
}

fn ending(last: &Option<String>) -> String {
    last.as_ref()
        .map(|last| format!(" ending in {last}"))
        .unwrap_or_default()
}
