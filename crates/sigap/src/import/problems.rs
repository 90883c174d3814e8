//! What can be wrong with a file or a row, in sentences for the clerk. They hold a row number and at most the last four
//! digits, never a name or a date.

use sigap_core::application::ReportKind;
use thiserror::Error;

use super::{CELL_CHARS_MAX, FILE_BYTES_MAX, HEADER_ROWS_MAX, ROWS_MAX};

/// Why nothing of a file was read. Each sentence says what to do next.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum UnreadableFile {
    /// No bytes, or no cell with anything in it.
    #[error("the file is empty; export the report again")]
    Empty,
    /// Over the bound.
    #[error("the file is larger than {} MB; export a shorter period", FILE_BYTES_MAX / (1024 * 1024))]
    TooLarge,
    /// Over the bound.
    #[error("the file has more than {ROWS_MAX} rows; export a shorter period")]
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
        "no header row with `NOMOR PEMOHON` or `NO PERMOHONAN` and a name or date column in the first {HEADER_ROWS_MAX} rows; check that this is one of the four SPRI reports"
    )]
    NoHeader,
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

/// Why a row was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
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
        column: &'static str,
    },
    /// A formula that failed, or a yes/no where text is expected.
    #[error("the cell in `{column}` holds no text; correct it and import again")]
    CellUnreadable {
        /// The heading as the reports print it.
        column: &'static str,
    },
    /// Longer than any name.
    #[error(
        "the cell in `{column}` is longer than {CELL_CHARS_MAX} characters; in a csv file look for a quote that is not closed"
    )]
    CellTooLong {
        /// The heading as the reports print it.
        column: &'static str,
    },
}

fn ending(last: &Option<String>) -> String {
    last.as_ref()
        .map(|last| format!(" ending in {last}"))
        .unwrap_or_default()
}
