//! Tables as a spreadsheet, one sheet for each section. Words are written as words: no cell can be a formula.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::Report;
use super::table::Cell;
use crate::pages::Words;

/// Characters of a sheet's name (Excel).
const SHEET_NAME_MAX: usize = 31;

/// The file.
///
/// # Errors
/// When a name is none for a sheet.
pub(crate) fn file(words: Words<'_>, report: &Report) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let (strong, percent, decimals) = (
        Format::new().set_bold(),
        Format::new().set_num_format("0%"),
        Format::new().set_num_format("0.00"),
    );
    for (place, section) in (1_usize..).zip(&report.sections) {
        let sheet = book.add_worksheet();
        sheet.set_name(sheet_name(place, &section.title))?;
        sheet.write_string_with_format(0, 0, &report.title, &strong)?;
        sheet.write_string(1, 0, &words.office.name)?;
        sheet.write_string(2, 0, &report.note)?;
        sheet.write_string_with_format(4, 0, &section.table.caption, &strong)?;
        sheet.set_column_width(0, 34)?;
        if section.table.rows.is_empty() {
            sheet.write_string(5, 0, &section.empty)?;
        } else {
            for (column, place) in (0_u16..).zip(0..section.table.heads.len()) {
                sheet.write_string_with_format(5, column, section.table.head_in_file(words, place), &strong)?;
                if column > 0 {
                    sheet.set_column_width(column, 22)?;
                }
            }
        }
        for (line, row) in (6_u32..).zip(&section.table.rows) {
            sheet.write_string(line, 0, &row.name)?;
            for (column, cell) in (1_u16..).zip(&row.cells) {
                match cell {
                    Cell::Count(count) => sheet.write_number(line, column, *count as f64)?,
                    Cell::Percent(value) => {
                        sheet.write_number_with_format(line, column, *value as f64 / 100.0, &percent)?
                    }
                    Cell::Time(sigap_core::figures::Bound::AtMost(minutes)) => {
                        sheet.write_number(line, column, *minutes)?
                    }
                    Cell::Time(bound) => sheet.write_string(line, column, bound.to_string())?,
                    Cell::Index(index) => {
                        sheet.write_number_with_format(line, column, f64::from(index.0) / 100.0, &decimals)?
                    }
                    Cell::Words(_) | Cell::None => sheet.write_string(line, column, cell.words(words))?,
                };
            }
        }
        let help = 7 + u32::try_from(section.table.rows.len()).unwrap_or_default();
        sheet.write_string(help, 0, &section.help)?;
    }
    book.save_to_buffer()
}

/// A name that a sheet may have, and no other one has: an office may give two sections the same title.
fn sheet_name(place: usize, title: &str) -> String {
    let name: String = format!("{place} {title}")
        .chars()
        .map(|letter| if "[]:*?/\\'".contains(letter) { ' ' } else { letter })
        .take(SHEET_NAME_MAX)
        .collect();
    name.trim().to_owned()
}

#[cfg(test)]
mod tests;
