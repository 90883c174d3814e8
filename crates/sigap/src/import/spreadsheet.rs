//! Turns bytes into sheets of cells, whatever the format. The first bytes decide, never the file's ending.

use jiff::civil::Date;

use super::{FILE_BYTES_MAX, csv_text, workbook};
use sigap_core::application::UnreadableFile;

/// One cell, as far as a report can use it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    /// Nothing, or only spaces.
    Empty,
    /// Text, trimmed, free of control characters, with single spaces.
    Text(String),
    /// Text with more characters than are worth keeping.
    TooLong,
    /// A number: digits beyond the fifteenth are lost or doubtful.
    Number(f64),
    /// A cell in a date format.
    Date(Date),
    /// A failed formula, yes or no, a duration.
    Unreadable,
}

/// One sheet. Rows without anything in them are left out; the others keep their number, counted from one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sheet {
    /// Empty for csv.
    pub(super) name: String,
    /// Row number and cells from the first column on.
    pub(super) rows: Vec<(u32, Vec<Cell>)>,
}

/// More characters than any bound on a name: longer text is not copied.
const TEXT_CHARS_KEPT_MAX: usize = 1_000;

/// All sheets of a workbook that hold anything, or the one sheet that a csv file is.
pub(super) fn read_sheets(bytes: &[u8]) -> Result<Vec<Sheet>, UnreadableFile> {
    const ZIP: &[u8] = b"PK\x03\x04";
    const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    if bytes.is_empty() {
        return Err(UnreadableFile::Empty);
    }
    if bytes.len() > FILE_BYTES_MAX {
        return Err(UnreadableFile::TooLarge);
    }
    if bytes.starts_with(ZIP) {
        workbook::read_xlsx(bytes)
    } else if bytes.starts_with(OLE) {
        workbook::read_xls(bytes)
    } else {
        csv_text::read(bytes).map(|sheet| vec![sheet])
    }
}

impl Cell {
    /// Tidies text as people and exports leave it: runs of white space become one space, invisible and control
    /// characters (which could turn a line around when it is shown) are dropped.
    pub(super) fn from_text(text: &str) -> Self {
        let mut tidy = String::with_capacity(text.len().min(TEXT_CHARS_KEPT_MAX));
        let mut chars = 0;
        for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
            let mut is_first = true;
            for c in word.chars().filter(|c| !is_invisible(*c)) {
                if is_first && !tidy.is_empty() {
                    tidy.push(' ');
                }
                is_first = false;
                tidy.push(c);
                chars += 1;
                if chars > TEXT_CHARS_KEPT_MAX {
                    return Self::TooLong;
                }
            }
        }
        if tidy.is_empty() { Self::Empty } else { Self::Text(tidy) }
    }

    /// The text of a text cell.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fffd}'
    )
}
