//! Reads the reports that an office exports from the issuing system ("SPRI") by hand: xls, xlsx or csv in, checked rows
//! out. What a row does to an application is decided in `sigap_core::application`; saving it is not done here either.
//!
//! To teach it another column heading or another report, add it in [`columns`] and a sample in `samples/`.
//!
//! Nobody controls these files: clerks add title lines, totals and notes, and computers lose digits. So a file that
//! cannot be read at all is one [`UnreadableFile`] with the next step, and a row that cannot be trusted is one
//! [`RowProblem`] with its row number, which never repeats a name or a whole number.

mod columns;
mod csv_text;
mod dates;
mod numbers;
mod report;
mod spreadsheet;
mod workbook;
mod xls_bounds;

use sigap_actions::ports::ReadReports;
use sigap_core::application::ReportKind;

pub use sigap_core::application::problems::{MissingColumns, RowProblem, UnreadableFile};
pub use sigap_core::application::report::Report;
use sigap_core::limits::{CELL_CHARS_MAX, HEADER_ROWS_MAX};
pub use sigap_core::limits::{REPORT_BYTES_MAX as FILE_BYTES_MAX, REPORT_ROWS_MAX as ROWS_MAX};

/// Columns that are looked at; the reports have fewer than twenty. Cells to the right are passed over.
pub const COLUMNS_MAX: u32 = 64;

/// Reads one report.
///
/// Which of the four it is must be told by a title above the header row, by the sheet's name or by the file's name, in
/// that order; `report` says it when none of them does. `file_name` is used for nothing else: the content tells the
/// format, because the endings of exported files are often wrong.
///
/// # Errors
///
/// [`UnreadableFile`] when no row could be read, with what to do about it.
pub fn read_report(bytes: &[u8], file_name: &str, report: Option<ReportKind>) -> Result<Report, UnreadableFile> {
    let sheets = spreadsheet::read_sheets(bytes)?;
    report::read(&sheets, file_name, report)
}

/// The reader as the pages of an office know it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reader;

impl ReadReports for Reader {
    fn read(&self, bytes: &[u8], file_name: &str, report: Option<ReportKind>) -> Result<Report, UnreadableFile> {
        read_report(bytes, file_name, report)
    }
}

#[cfg(test)]
mod tests;
