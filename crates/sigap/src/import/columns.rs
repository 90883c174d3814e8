//! The headings of the four reports and how a header row is recognised.
//!
//! Source: `catalogue`, `[spri_import]` (two offices' exports, 2026). The spellings after the first two of a column and
//! the columns with the day of a stage are likely ones, not yet seen; they can only help, for a report without them is
//! read all the same.

use sigap_core::application::{MissingColumns, ReportKind};

use super::spreadsheet::Cell;
use super::{COLUMNS_MAX, HEADER_ROWS_MAX};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Number,
    Name,
    Kind,
    AppliedOn,
    BornOn,
    /// The day of the stage that this report proves.
    StageOn(ReportKind),
}

/// Headings as the reports print them; where two columns of one report mean the same, the earlier heading is used.
const HEADINGS: &[(Column, &[&str])] = &[
    (
        Column::Number,
        &["NOMOR PEMOHON", "NO PERMOHONAN", "NOMOR PERMOHONAN", "NO PEMOHON"],
    ),
    (Column::Name, &["NAMA PEMOHON", "NAMA", "NAMA LENGKAP"]),
    (Column::Kind, &["JENIS PERMOHONAN"]),
    (Column::AppliedOn, &["TANGGAL PERMOHONAN", "TGL PERMOHONAN"]),
    (Column::BornOn, &["TANGGAL LAHIR", "TGL LAHIR"]),
    (
        Column::StageOn(ReportKind::Interview),
        &["TANGGAL WAWANCARA", "TGL WAWANCARA"],
    ),
    (
        Column::StageOn(ReportKind::Allocation),
        &["TANGGAL ALOKASI", "TGL ALOKASI"],
    ),
    (
        Column::StageOn(ReportKind::Printing),
        &["TANGGAL PENCETAKAN", "TGL PENCETAKAN", "TANGGAL CETAK"],
    ),
    (
        Column::StageOn(ReportKind::Issue),
        &["TANGGAL PENERBITAN", "TGL PENERBITAN", "TANGGAL TERBIT"],
    ),
];

impl Column {
    /// The heading as the reports print it, for a clerk to find the column by.
    pub(super) const fn heading(self) -> &'static str {
        match self {
            Self::Number => "NOMOR PEMOHON",
            Self::Name => "NAMA PEMOHON",
            Self::Kind => "JENIS PERMOHONAN",
            Self::AppliedOn => "TANGGAL PERMOHONAN",
            Self::BornOn => "TANGGAL LAHIR",
            Self::StageOn(ReportKind::Interview) => "TANGGAL WAWANCARA",
            Self::StageOn(ReportKind::Allocation) => "TANGGAL ALOKASI",
            Self::StageOn(ReportKind::Printing) => "TANGGAL PENCETAKAN",
            Self::StageOn(ReportKind::Issue) => "TANGGAL PENERBITAN",
        }
    }
}

/// Where each column stands in the rows under a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    columns: Vec<(Column, usize)>,
}

impl Header {
    /// Reads a row as a header: it must have the number and at least one other column of a report.
    pub(super) fn read(cells: &[Cell]) -> Option<Self> {
        let header = Self::known(cells);
        (header.has_number() && header.columns.len() > 1).then_some(header)
    }

    fn has_number(&self) -> bool {
        self.columns.iter().any(|(column, _)| *column == Column::Number)
    }

    /// The headings of a report that stand in a row, whether or not they make a header.
    fn known(cells: &[Cell]) -> Self {
        let headings: Vec<String> = cells
            .iter()
            .take(COLUMNS_MAX as usize)
            .map(|cell| squeeze(cell.text().unwrap_or_default()))
            .collect();
        let columns: Vec<(Column, usize)> = HEADINGS
            .iter()
            .filter_map(|(column, names)| {
                let place = names
                    .iter()
                    .find_map(|name| headings.iter().position(|heading| *heading == squeeze(name)))?;
                Some((*column, place))
            })
            .collect();
        Self { columns }
    }

    /// The cell of a column; `None` when the report has no such column. A row that ends early has empty cells.
    pub(super) fn cell<'row>(&self, column: Column, row: &'row [Cell]) -> Option<&'row Cell> {
        let (_, place) = self.columns.iter().find(|(known, _)| *known == column)?;
        Some(row.get(*place).unwrap_or(&Cell::Empty))
    }
}

/// The first header row within the first rows, with its place in `rows`.
pub(super) fn find_header(rows: &[(u32, Vec<Cell>)]) -> Option<(usize, Header)> {
    rows.iter()
        .take_while(|(number, _)| *number <= HEADER_ROWS_MAX)
        .enumerate()
        .find_map(|(place, (_, cells))| Some((place, Header::read(cells)?)))
}

/// What the row that comes nearest to a header lacks, for a file without one.
pub(super) fn missing_columns<'a>(sheets: impl Iterator<Item = &'a [(u32, Vec<Cell>)]>) -> MissingColumns {
    sheets
        .flat_map(|rows| rows.iter().take_while(|(number, _)| *number <= HEADER_ROWS_MAX))
        .map(|(_, cells)| Header::known(cells))
        .filter(|header| !header.columns.is_empty())
        .map(|header| {
            if header.has_number() {
                MissingColumns::Others
            } else {
                MissingColumns::Number
            }
        })
        .min()
        .unwrap_or(MissingColumns::All)
}

/// Letters and digits only, in capitals: case, spaces and points differ from export to export.
pub(super) fn squeeze(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests;
