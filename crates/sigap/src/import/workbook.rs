//! Reads xlsx and xls through calamine, with bounds of our own: a file of a few kilobytes can claim a cell in the last
//! row of the last column, and must not cost a sheet of that size.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, Reader, Xls, Xlsx};

use super::spreadsheet::{Cell, Sheet};
use super::{COLUMNS_MAX, ROWS_MAX, dates, xls_bounds};
use sigap_core::application::UnreadableFile;

/// Sheets that are looked at.
const SHEETS_MAX: usize = 20;

/// The sheets of an xlsx file that hold anything.
pub(super) fn read_xlsx(bytes: &[u8]) -> Result<Vec<Sheet>, UnreadableFile> {
    guarded(|| {
        let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|_| UnreadableFile::Damaged)?;
        let names: Vec<String> = workbook.sheet_names().into_iter().take(SHEETS_MAX).collect();
        let mut sheets = Vec::new();
        for name in names {
            // Cell by cell: the ready-made range is as large as the outermost cells say, however few there are.
            let Ok(mut cells) = workbook.worksheet_cells_reader(&name) else {
                // A chart has no cells. A damaged sheet is noticed when no other one has a header.
                continue;
            };
            let mut rows = Rows::default();
            while let Some(cell) = cells.next_cell().map_err(|_| UnreadableFile::Damaged)? {
                let (row, column) = cell.get_position();
                rows.put(row, column, || xlsx_cell(cell.get_value()))?;
            }
            sheets.extend(rows.into_sheet(name));
        }
        not_empty(sheets)
    })
}

/// The sheets of an xls file that hold anything. The format itself ends at 65,536 rows and 256 columns.
pub(super) fn read_xls(bytes: &[u8]) -> Result<Vec<Sheet>, UnreadableFile> {
    guarded(|| {
        xls_bounds::check(bytes)?;
        let mut workbook = Xls::new(Cursor::new(bytes)).map_err(|_| UnreadableFile::Damaged)?;
        let names: Vec<String> = workbook.sheet_names().into_iter().take(SHEETS_MAX).collect();
        let mut sheets = Vec::new();
        for name in names {
            let Ok(range) = workbook.worksheet_range(&name) else {
                continue;
            };
            let (first_row, first_column) = range.start().unwrap_or_default();
            let mut rows = Rows::default();
            for (row, column, value) in range.used_cells() {
                let row = first_row.saturating_add(u32::try_from(row).unwrap_or(u32::MAX));
                let column = first_column.saturating_add(u32::try_from(column).unwrap_or(u32::MAX));
                rows.put(row, column, || xls_cell(value))?;
            }
            sheets.extend(rows.into_sheet(name));
        }
        not_empty(sheets)
    })
}

/// Runs a parser that was written for honest files. A panic in it is a damaged file to us, not the end of an import.
fn guarded(read: impl FnOnce() -> Result<Vec<Sheet>, UnreadableFile>) -> Result<Vec<Sheet>, UnreadableFile> {
    // Nothing the closure touches is looked at after a panic.
    catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(UnreadableFile::Damaged))
}

fn not_empty(sheets: Vec<Sheet>) -> Result<Vec<Sheet>, UnreadableFile> {
    if sheets.is_empty() {
        Err(UnreadableFile::Empty)
    } else {
        Ok(sheets)
    }
}

/// Rows as they fill up, cell by cell in the order of the file.
#[derive(Default)]
struct Rows(Vec<(u32, Vec<Cell>)>);

impl Rows {
    /// Places one cell; both places count from nought.
    fn put(&mut self, row: u32, column: u32, cell: impl FnOnce() -> Cell) -> Result<(), UnreadableFile> {
        if row >= ROWS_MAX {
            return Err(UnreadableFile::TooManyRows);
        }
        if column >= COLUMNS_MAX {
            return Ok(());
        }
        let cell = cell();
        if cell == Cell::Empty {
            return Ok(());
        }
        let number = row + 1;
        if self.0.last().is_none_or(|(last, _)| *last != number) {
            if self.0.len() >= ROWS_MAX as usize {
                return Err(UnreadableFile::TooManyRows);
            }
            self.0.push((number, Vec::new()));
        }
        if let Some((_, cells)) = self.0.last_mut() {
            let place = column as usize;
            if cells.len() <= place {
                cells.resize(place + 1, Cell::Empty);
            }
            if let Some(slot) = cells.get_mut(place) {
                *slot = cell;
            }
        }
        Ok(())
    }

    fn into_sheet(mut self, name: String) -> Option<Sheet> {
        // Writers keep rows in order; a file that does not is still read, and its header still found.
        self.0.sort_by_key(|(number, _)| *number);
        (!self.0.is_empty()).then_some(Sheet { name, rows: self.0 })
    }
}

fn xlsx_cell(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::String(text) => Cell::from_text(text),
        DataRef::SharedString(text) => Cell::from_text(text),
        DataRef::DateTimeIso(text) => iso_date(text),
        DataRef::Float(value) => Cell::Number(*value),
        DataRef::Int(value) => whole_number(*value),
        DataRef::DateTime(value) => dates::read_cell(value).map_or(Cell::Unreadable, Cell::Date),
        DataRef::Bool(_) | DataRef::DurationIso(_) | DataRef::Error(_) => Cell::Unreadable,
    }
}

fn xls_cell(value: &Data) -> Cell {
    match value {
        Data::Empty => Cell::Empty,
        Data::String(text) => Cell::from_text(text),
        Data::DateTimeIso(text) => iso_date(text),
        Data::Float(value) => Cell::Number(*value),
        Data::Int(value) => whole_number(*value),
        Data::DateTime(value) => dates::read_cell(value).map_or(Cell::Unreadable, Cell::Date),
        Data::Bool(_) | Data::DurationIso(_) | Data::Error(_) => Cell::Unreadable,
    }
}

fn iso_date(text: &str) -> Cell {
    dates::read_text(text).map_or(Cell::Unreadable, Cell::Date)
}

/// Excel has no whole numbers of its own: these are short forms of its numbers, and as doubtful.
fn whole_number(value: i64) -> Cell {
    Cell::Number(value as f64)
}
