//! Reads csv as offices make it: separated by semicolons (Excel under an Indonesian locale), commas or tabs, in UTF-8
//! with or without mark, UTF-16 ("Unicode text") or the Windows code page.

use std::borrow::Cow;

use super::spreadsheet::{Cell, Sheet};
use super::{COLUMNS_MAX, ROWS_MAX, columns};
use sigap_core::application::UnreadableFile;

/// Rows that are read to try a separator: a header row stands within the first fifteen.
const ROWS_TRIED_MAX: usize = 20;

/// The file as one sheet without a name.
pub(super) fn read(bytes: &[u8]) -> Result<Sheet, UnreadableFile> {
    let text = decode(bytes)?;
    let start = text.trim_start();
    if start.starts_with('<') {
        return Err(UnreadableFile::WebPage);
    }
    if text.contains('\0') || start.starts_with("%PDF") {
        return Err(UnreadableFile::NotASpreadsheet);
    }
    // The separator is the one with which a header row appears: counting signs would be fooled by commas in titles.
    let separator = b";,\t".iter().copied().find(|separator| {
        rows(&text, *separator, ROWS_TRIED_MAX).is_ok_and(|rows| columns::find_header(&rows).is_some())
    });
    let rows = rows(&text, separator.unwrap_or(b';'), usize::MAX)?;
    if rows.is_empty() {
        return Err(UnreadableFile::Empty);
    }
    Ok(Sheet {
        name: String::new(),
        rows,
    })
}

fn rows(text: &str, separator: u8, rows_max: usize) -> Result<Vec<(u32, Vec<Cell>)>, UnreadableFile> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut lines = Lines::new(text);
    let mut rows = Vec::new();
    while rows.len() < rows_max {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            // The text is valid UTF-8 and rows may differ in length: nothing is left that could go wrong.
            Err(_) => return Err(UnreadableFile::NotASpreadsheet),
        }
        let number = lines.number_at(record.position().map_or(0, csv::Position::byte));
        if number > ROWS_MAX {
            return Err(UnreadableFile::TooManyRows);
        }
        let cells: Vec<Cell> = record.iter().take(COLUMNS_MAX as usize).map(Cell::from_text).collect();
        if cells.iter().any(|cell| *cell != Cell::Empty) {
            rows.push((number, cells));
        }
    }
    Ok(rows)
}

/// Counts lines as a text editor and a spreadsheet do. The reader's own count stands before the empty lines it skips.
struct Lines<'text> {
    rest: &'text [u8],
    at: u64,
    number: u32,
}

impl<'text> Lines<'text> {
    fn new(text: &'text str) -> Self {
        Self {
            rest: text.as_bytes(),
            at: 0,
            number: 1,
        }
    }

    /// The line of the first cell at or behind a place in the file; places may only grow.
    fn number_at(&mut self, place: u64) -> u32 {
        while let [byte, rest @ ..] = self.rest {
            let is_line_end = matches!(byte, b'\n' | b'\r');
            if self.at >= place && !is_line_end {
                break;
            }
            // Of the two signs that end a line on Windows the second one counts.
            if is_line_end && !(*byte == b'\r' && rest.first() == Some(&b'\n')) {
                self.number = self.number.saturating_add(1);
            }
            self.rest = rest;
            self.at += 1;
        }
        self.number
    }
}

/// Text from bytes. Without a mark, what is not UTF-8 is taken for Windows-1252, in which every byte means something.
fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, UnreadableFile> {
    match bytes {
        [0xff, 0xfe, rest @ ..] => Ok(Cow::Owned(decode_utf16(rest, u16::from_le_bytes))),
        [0xfe, 0xff, rest @ ..] => Ok(Cow::Owned(decode_utf16(rest, u16::from_be_bytes))),
        [0xef, 0xbb, 0xbf, rest @ ..] => Ok(String::from_utf8_lossy(rest)),
        // A picture or an archive has zero bytes; no text in these code pages has.
        _ if bytes.contains(&0) => Err(UnreadableFile::NotASpreadsheet),
        _ => Ok(std::str::from_utf8(bytes).map_or_else(
            |_| Cow::Owned(bytes.iter().copied().map(windows_1252).collect()),
            Cow::Borrowed,
        )),
    }
}

fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes
        .chunks_exact(2)
        .filter_map(|pair| Some(unit(pair.try_into().ok()?)));
    char::decode_utf16(units)
        .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

/// The 32 places in which the code page differs from Latin-1; five of them are unused.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž', '\u{fffd}', '\u{fffd}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{fffd}', 'ž', 'Ÿ',
];

fn windows_1252(byte: u8) -> char {
    byte.checked_sub(0x80)
        .and_then(|place| WINDOWS_1252.get(usize::from(place)))
        .copied()
        .unwrap_or(char::from(byte))
}

#[cfg(test)]
mod tests;
