//! Finds the report in the sheets, says which of the four it is, and checks it row by row.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use jiff::civil::Date;
use sigap_core::application::{Report, ReportKind, ReportRow};

use super::columns::{Column, Header, find_header, missing_columns, squeeze};
use super::spreadsheet::{Cell, Sheet};
use super::{CELL_CHARS_MAX, dates, numbers};
use sigap_core::application::{RowProblem, UnreadableFile};

/// Reads the one sheet that has a header row.
pub(super) fn read(sheets: &[Sheet], file_name: &str, asked: Option<ReportKind>) -> Result<Report, UnreadableFile> {
    let mut found = sheets
        .iter()
        .filter_map(|sheet| Some((sheet, find_header(&sheet.rows)?)));
    let Some((sheet, (place, header))) = found.next() else {
        let missing = missing_columns(sheets.iter().map(|sheet| sheet.rows.as_slice()));
        return Err(UnreadableFile::NoHeader { missing });
    };
    let others = found.count();
    if others > 0 {
        return Err(UnreadableFile::SeveralReports(others + 1));
    }
    let (above, below) = sheet.rows.split_at(place);
    let kind = decide_kind(above, &sheet.name, file_name, asked)?;
    Ok(read_rows(kind, header, below))
}

/// What a title says stands against the option; the names of sheet and file are only believed when nothing else speaks.
fn decide_kind(
    above: &[(u32, Vec<Cell>)],
    sheet_name: &str,
    file_name: &str,
    asked: Option<ReportKind>,
) -> Result<ReportKind, UnreadableFile> {
    let titles: Vec<String> = above
        .iter()
        .flat_map(|(_, cells)| cells)
        .filter_map(Cell::text)
        .map(squeeze)
        .collect();
    let told = told_by(titles.iter(), "LAPORAN");
    match (told, asked) {
        (Some(says), Some(asked)) if says != asked => Err(UnreadableFile::SaysOtherwise { says, asked }),
        (_, Some(asked)) => Ok(asked),
        (told, None) => told
            .or_else(|| told_by(titles.iter(), ""))
            .or_else(|| told_by([squeeze(sheet_name)].iter(), ""))
            .or_else(|| told_by([squeeze(file_name)].iter(), ""))
            .ok_or(UnreadableFile::WhichReport),
    }
}

/// The one report these texts name after `before`; `None` when they name none, or more than one.
fn told_by<'a>(texts: impl Iterator<Item = &'a String>, before: &str) -> Option<ReportKind> {
    let names = ReportKind::ALL.map(|kind| (kind, format!("{before}{}", squeeze(kind.name()))));
    let mut told: Vec<ReportKind> = texts
        .flat_map(|text| names.iter().filter(move |(_, name)| text.contains(name.as_str())))
        .map(|(kind, _)| *kind)
        .collect();
    told.sort_unstable();
    told.dedup();
    match told.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// `rows` begins with the header row itself.
fn read_rows(kind: ReportKind, mut header: Header, rows: &[(u32, Vec<Cell>)]) -> Report {
    let mut report = Report {
        kind,
        rows: Vec::with_capacity(rows.len()),
        passed_over: 0,
    };
    let mut seen: HashMap<String, usize> = HashMap::with_capacity(rows.len());
    for (number, cells) in rows.iter().skip(1) {
        // Printed pages repeat the header, sometimes with a column more: from there on it counts. Only words where the
        // number belongs make a second look worth its time.
        let is_worded = header
            .cell(Column::Number, cells)
            .and_then(Cell::text)
            .is_some_and(|text| text.starts_with(char::is_alphabetic));
        if is_worded && let Some(again) = Header::read(cells) {
            header = again;
            report.passed_over += 1;
            continue;
        }
        if is_sum(cells) {
            report.passed_over += 1;
            continue;
        }
        let mut row = read_row(kind, &header, cells);
        if let Ok(this) = &row {
            match seen.entry(this.number.as_str().to_owned()) {
                Entry::Vacant(place) => {
                    place.insert(report.rows.len());
                }
                Entry::Occupied(place) => {
                    if let Some((first, Ok(other))) = report.rows.get(*place.get()) {
                        row = Err(RowProblem::Duplicate {
                            first: *first,
                            is_same: this == other,
                        });
                    }
                }
            }
        }
        report.rows.push((*number, row));
    }
    report
}

/// A line such as "Jumlah: 40" or "GRAND TOTAL". A person may be called Total, but then a number stands in the row.
fn is_sum(cells: &[Cell]) -> bool {
    const WORDS: [&str; 7] = [
        "TOTAL",
        "JUMLAH",
        "GRANDTOTAL",
        "SUBTOTAL",
        "SUBJUMLAH",
        "JUMLAHPEMOHON",
        "JUMLAHPERMOHONAN",
    ];
    let Some(first) = cells.iter().find_map(Cell::text).map(squeeze) else {
        return false;
    };
    let is_named_so = WORDS.contains(&first.trim_end_matches(|c: char| c.is_ascii_digit()));
    is_named_so && !cells.iter().any(|cell| numbers::read(cell).is_ok())
}

fn read_row(kind: ReportKind, header: &Header, cells: &[Cell]) -> Result<ReportRow, RowProblem> {
    let cell = |column| header.cell(column, cells).unwrap_or(&Cell::Empty);
    Ok(ReportRow {
        number: numbers::read(cell(Column::Number))?,
        report: kind,
        stage_on: date(Column::StageOn(kind), cell(Column::StageOn(kind)))?,
        name: text(Column::Name, cell(Column::Name))?,
        kind: text(Column::Kind, cell(Column::Kind))?,
        applied_on: date(Column::AppliedOn, cell(Column::AppliedOn))?,
        born_on: date(Column::BornOn, cell(Column::BornOn))?,
    })
}

fn text(column: Column, cell: &Cell) -> Result<Option<String>, RowProblem> {
    let column = Cow::Borrowed(column.heading());
    match cell {
        // A dash stands for nothing, and would later count as another person's name.
        Cell::Text(text) if !text.contains(char::is_alphanumeric) => Ok(None),
        Cell::Text(text) if text.chars().count() > CELL_CHARS_MAX => Err(RowProblem::CellTooLong { column }),
        Cell::Text(text) => Ok(Some(text.clone())),
        Cell::Empty => Ok(None),
        Cell::TooLong => Err(RowProblem::CellTooLong { column }),
        Cell::Number(_) | Cell::Date(_) | Cell::Unreadable => Err(RowProblem::CellUnreadable { column }),
    }
}

fn date(column: Column, cell: &Cell) -> Result<Option<Date>, RowProblem> {
    let read = match cell {
        Cell::Empty => return Ok(None),
        Cell::Text(text) if !text.contains(char::is_alphanumeric) => return Ok(None),
        Cell::Text(text) => dates::read_text(text.trim_start_matches('\'')),
        Cell::Date(date) => Some(*date),
        // A bare number may be a day count or a year: nobody can tell.
        Cell::Number(_) | Cell::TooLong | Cell::Unreadable => None,
    };
    read.map(Some).ok_or(RowProblem::DateUnreadable {
        column: Cow::Borrowed(column.heading()),
    })
}
