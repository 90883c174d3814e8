//! Tables as one csv file that opens with a double click: a byte order mark, so that the letters are right, and semicolons, because a
//! spreadsheet set to Indonesian takes the comma for the decimal sign. A cell can never begin a formula.

use std::fmt::Write;

use super::Report;
use super::table::{Cell, index_words};
use crate::pages::Words;

/// The file.
pub(crate) fn file(words: Words<'_>, report: &Report) -> Vec<u8> {
    let mut text = String::from("\u{feff}");
    line(&mut text, [report.title.clone(), words.office.name.clone()]);
    if !report.note.is_empty() {
        line(&mut text, [report.note.clone()]);
    }
    for section in &report.sections {
        text.push_str("\r\n");
        line(&mut text, [section.table.caption.clone()]);
        if section.table.rows.is_empty() {
            line(&mut text, [section.empty.clone()]);
            continue;
        }
        let heads = (0..section.table.heads.len()).map(|place| section.table.head_in_file(words, place));
        line(&mut text, heads);
        for row in &section.table.rows {
            let cells = row.cells.iter().map(|cell| shown(words, cell));
            line(&mut text, std::iter::once(row.name.clone()).chain(cells));
        }
    }
    text.into_bytes()
}

/// Numbers without signs between their digits, so that they can be reckoned with.
fn shown(words: Words<'_>, cell: &Cell) -> String {
    match cell {
        Cell::Count(count) => count.to_string(),
        Cell::Percent(percent) => format!("{percent}%"),
        Cell::Time(sigap_core::figures::Bound::AtMost(minutes)) => minutes.to_string(),
        Cell::Time(bound) => bound.to_string(),
        Cell::Index(index) => index_words(words, *index),
        Cell::Words(_) | Cell::None => cell.words(words),
    }
}

fn line(text: &mut String, fields: impl IntoIterator<Item = String>) {
    for (place, field) in fields.into_iter().enumerate() {
        if place > 0 {
            text.push(';');
        }
        // Writing to a text cannot fail.
        let _ = write!(text, "{}", quoted(&harmless(&field)));
    }
    text.push_str("\r\n");
}

/// A spreadsheet takes what begins so for a formula (OWASP, CSV injection): an apostrophe before it makes it words. One that is set to
/// another country may cut a field at its commas, so what follows a comma is looked at as well.
pub(crate) fn harmless(field: &str) -> String {
    let mut text = String::with_capacity(field.len());
    let mut is_beginning = true;
    for letter in field.chars() {
        if is_beginning && ['=', '+', '-', '@', '\t', '\r', '\n'].contains(&letter) {
            text.push('\'');
        }
        text.push(letter);
        is_beginning = letter == ',' || is_beginning && letter == ' ';
    }
    text
}

fn quoted(field: &str) -> String {
    if field.contains([';', '"', '\r', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

#[cfg(test)]
mod tests;
