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
mod problems;
mod report;
mod spreadsheet;
mod workbook;
mod xls_bounds;

use sigap_core::application::ReportKind;

pub use problems::{RowProblem, UnreadableFile};
pub use report::Report;

/// Bytes of one file. A year of the largest office (120,000 rows) is about 12 MB.
pub const FILE_BYTES_MAX: usize = 100 * 1024 * 1024;
/// Rows of one file: just under what a spreadsheet can hold, eight years of the largest office.
pub const ROWS_MAX: u32 = 1_000_000;
/// Columns that are looked at; the reports have fewer than twenty. Cells to the right are passed over.
pub const COLUMNS_MAX: u32 = 64;
/// Rows at the top in which the header row is looked for (`catalogue`, `[spri_import]`).
pub const HEADER_ROWS_MAX: u32 = 15;
/// Characters of a name or kind. More means that a quote in a csv file was never closed, or a note stands in the cell.
pub const CELL_CHARS_MAX: usize = 200;

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

#[cfg(test)]
mod tests;
