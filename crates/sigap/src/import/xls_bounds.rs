//! Measures an xls file before it is read. The parser makes room for every cell between the outermost ones, so that a
//! single damaged byte can ask for more memory than any machine has, and the whole process would end.
//!
//! Source of the record layouts: Microsoft, [MS-XLS] 2.4.

use std::io::{Cursor, Read};

use super::FILE_BYTES_MAX;
use sigap_core::application::UnreadableFile;

/// Columns of the format.
const COLUMNS_MAX: u64 = 256;
/// Cells of one sheet between its outermost ones: all rows of the format, and more columns than any report has.
const CELLS_MAX: u64 = 65_536 * 64;

const END: u16 = 0x000a;
const BEGIN: u16 = 0x0809;
const SHEET: u16 = 0x0085;
const DIMENSIONS: u16 = 0x0200;
const MANY_NUMBERS: u16 = 0x00bd;
/// Formula, number, label, yes or no, short number, shared text, rich text.
const ONE_CELL: [u16; 7] = [0x0006, 0x0203, 0x0204, 0x0205, 0x027e, 0x00fd, 0x00d6];

/// Refuses what would not fit.
pub(super) fn check(bytes: &[u8]) -> Result<(), UnreadableFile> {
    let stream = workbook_stream(bytes).ok_or(UnreadableFile::Damaged)?;
    let sheets = records(&stream)
        .take_while(|(kind, _)| *kind != END)
        .filter(|(kind, _)| *kind == SHEET)
        .filter_map(|(_, data)| Some(u32_at(data, 0)? as usize));
    for start in sheets {
        let sheet = stream.get(start..).ok_or(UnreadableFile::Damaged)?;
        if !is_sheet_within(sheet) {
            return Err(UnreadableFile::Damaged);
        }
    }
    Ok(())
}

fn workbook_stream(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
    // `Book` is the name in files of Excel 5 and 95.
    let name = ["/Workbook", "/Book"].into_iter().find(|name| file.is_stream(name))?;
    let mut stream = Vec::new();
    file.open_stream(name)
        .ok()?
        .take(FILE_BYTES_MAX as u64)
        .read_to_end(&mut stream)
        .ok()?;
    Some(stream)
}

fn is_sheet_within(sheet: &[u8]) -> bool {
    let (mut rows, mut columns) = (0_u64, 0_u64);
    let mut depth = 0_u32;
    for (kind, data) in records(sheet) {
        let (row, column) = match kind {
            // Charts inside a sheet have a beginning and an end of their own.
            BEGIN => {
                depth += 1;
                continue;
            }
            END if depth <= 1 => break,
            END => {
                depth -= 1;
                continue;
            }
            DIMENSIONS => match far_corner(data) {
                Some(corner) => corner,
                None => return false,
            },
            MANY_NUMBERS => (u16_at(data, 0), u16_at(data, data.len().saturating_sub(2))),
            one_cell if ONE_CELL.contains(&one_cell) => (u16_at(data, 0), u16_at(data, 2)),
            _ => continue,
        };
        rows = rows.max(row + 1);
        columns = columns.max(column + 1);
        if columns > COLUMNS_MAX + 1 || rows * columns > CELLS_MAX {
            return false;
        }
    }
    true
}

/// The row and column behind the last ones: numbers of four bytes since Excel 97, of two before.
fn far_corner(data: &[u8]) -> Option<(u64, u64)> {
    let (first_row, last_row, columns_at) = match data.len() {
        10 => (u16_at(data, 0), u16_at(data, 2), 4),
        14 => (u64::from(u32_at(data, 0)?), u64::from(u32_at(data, 4)?), 8),
        _ => return None,
    };
    let (first_column, last_column) = (u16_at(data, columns_at), u16_at(data, columns_at + 2));
    // An empty sheet begins and ends at nought; anything else that ends before it begins is damaged.
    (first_row <= last_row && first_column <= last_column && last_row <= 65_536).then_some((last_row, last_column))
}

/// Kind and data of each record, as long as they are whole.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let (head, behind) = rest.split_first_chunk::<4>()?;
        let [kind_low, kind_high, len_low, len_high] = *head;
        let len = usize::from(u16::from_le_bytes([len_low, len_high]));
        let (data, next) = behind.split_at_checked(len)?;
        rest = next;
        Some((u16::from_le_bytes([kind_low, kind_high]), data))
    })
}

/// Nought when the record is too short: the parser itself refuses such a record.
fn u16_at(data: &[u8], place: usize) -> u64 {
    data.get(place..)
        .and_then(|data| data.first_chunk())
        .map_or(0, |bytes| u64::from(u16::from_le_bytes(*bytes)))
}

fn u32_at(data: &[u8], place: usize) -> Option<u32> {
    data.get(place..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
}
