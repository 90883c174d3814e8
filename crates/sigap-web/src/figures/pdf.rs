//! The month of an office on one sheet, for its head: headlines, pictures, tables. What does not fit is left to the page and the files.

use pdf_writer::Date as Made;
use pdf_writer::types::StructRole;
use sigap_actions::view_figures::FiguresView;
use sigap_core::conversation::reply::Arg;

use super::pdf_sheet::{PAPER, Sheet, Type, width, wrapped};
use super::table::{Cell, Row, Table};
use super::{Report, Section};
use crate::pages::Words;

const MARGIN: f32 = 42.0;
const GAP: f32 = 18.0;
/// Nothing but the last line stands below.
const BOTTOM: f32 = PAPER.1 - 52.0;
const LINE: f32 = 12.5;
/// Rows of a table on paper: what an office has, with some to spare.
const ROWS_MAX: usize = 7;
/// Lines of a row's name.
const NAME_LINES_MAX: usize = 2;

const SMALL: Type = Type {
    size: 8.0,
    is_bold: false,
};
const SMALL_BOLD: Type = Type {
    size: 8.0,
    is_bold: true,
};
const HEADING: Type = Type {
    size: 10.5,
    is_bold: true,
};
const TITLE: Type = Type {
    size: 18.0,
    is_bold: true,
};

/// The file.
pub(crate) fn file(words: Words<'_>, report: &Report, view: &FiguresView) -> Vec<u8> {
    let mut sheet = Sheet::new();
    let inside = PAPER.0 - 2.0 * MARGIN;
    let column = (inside - GAP) / 2.0;
    let right = MARGIN + column + GAP;
    sheet.thing(StructRole::P, "", |sheet| {
        sheet.text(MARGIN, 48.0, SMALL, &words.office.name)
    });
    sheet.thing(StructRole::H1, "", |sheet| {
        sheet.text(MARGIN, 70.0, TITLE, &report.title)
    });
    let note = if report.is_empty {
        words.f("nothing")
    } else {
        report.note.clone()
    };
    sheet.thing(StructRole::P, "", |sheet| {
        for (place, line) in (0_u8..).zip(wrapped(&note, SMALL, inside)) {
            sheet.text(MARGIN, 85.0 + f32::from(place) * 10.0, SMALL, &line);
        }
    });
    let mut y = headlines(&mut sheet, words, report, 112.0, inside);
    let find = |id: &str| report.sections.iter().find(|section| section.id == id);
    if let Some(course) = find("course").filter(|section| !section.pictures.is_empty()) {
        let scale = column / super::chart::WIDTH;
        for (picture, x) in course.pictures.iter().zip([MARGIN, right]) {
            sheet.thing(StructRole::H2, "", |sheet| sheet.text(x, y, HEADING, &picture.title));
            sheet.picture(x, y + 6.0, scale, picture);
        }
        y += 190.0 * scale + 26.0;
    }
    for [first, second] in [["visits", "waits"], ["attendance", "places"]] {
        let ends = [(first, MARGIN), (second, right)].map(|(id, x)| match find(id) {
            Some(section) => table(&mut sheet, words, section, x, y, column),
            None => y,
        });
        y = ends[0].max(ends[1]) + 14.0;
    }
    if let Some(section) = find("cases") {
        y = table(&mut sheet, words, section, MARGIN, y, inside) + 14.0;
    }
    let third = (inside - 2.0 * GAP) / 3.0;
    for (place, id) in (0_u8..).zip(["replies", "survey", "chat"]) {
        if let Some(section) = find(id) {
            let x = MARGIN + f32::from(place) * (third + GAP);
            table(&mut sheet, words, section, x, y, third);
        }
    }
    let made = words.key("figures.pdf_made", &[("moment", Arg::Moment(view.at))]);
    sheet.thing(StructRole::P, "", |sheet| {
        sheet.text(MARGIN, PAPER.1 - 30.0, SMALL, &made)
    });
    let local = words.office.zone.to_datetime(view.at);
    let number = |value: i8| u8::try_from(value).unwrap_or_default();
    let made = Made::new(u16::try_from(local.year()).unwrap_or_default())
        .month(number(local.month()))
        .day(number(local.day()))
        .hour(number(local.hour()))
        .minute(number(local.minute()))
        .second(number(local.second()));
    let title = format!("{} – {}", report.title, words.office.short);
    sheet.finish(&title, &words.f("pdf_subject"), &words.office.name, words.code(), made)
}

/// The first figures in four columns; where they end.
fn headlines(sheet: &mut Sheet, words: Words<'_>, report: &Report, top: f32, inside: f32) -> f32 {
    let each = inside / 4.0;
    for (line, headlines) in (0_u8..).zip(report.headlines.chunks(4)) {
        let y = top + f32::from(line) * 50.0;
        sheet.rule(MARGIN, y - 4.0, inside);
        for (place, headline) in (0_u8..).zip(headlines) {
            let x = MARGIN + f32::from(place) * each;
            let value = headline.value.words(words);
            sheet.thing(StructRole::P, "", |sheet| {
                for (line, label) in (0_u8..).zip(wrapped(&headline.label, SMALL, each - 8.0).iter().take(2)) {
                    sheet.text(x, y + 8.0 + f32::from(line) * 9.0, SMALL, label);
                }
                let mut set = Type {
                    size: 15.0,
                    is_bold: headline.value != Cell::None,
                };
                while width(&value, set) > each - 8.0 && set.size > 7.0 {
                    set.size -= 0.5;
                }
                sheet.text(x, y + 35.0, set, &value);
            });
        }
    }
    let lines = report.headlines.len().div_ceil(4);
    top + lines as f32 * 50.0 + 12.0
}

/// A section's table with its heading; where it ends.
fn table(sheet: &mut Sheet, words: Words<'_>, section: &Section, x: f32, y: f32, wide: f32) -> f32 {
    if y + 3.0 * LINE > BOTTOM {
        return y;
    }
    sheet.thing(StructRole::H2, "", |sheet| sheet.text(x, y, HEADING, &section.title));
    let table: &Table = &section.table;
    let mut y = y + LINE + 1.0;
    if table.rows.is_empty() {
        for line in wrapped(&section.empty, SMALL, wide) {
            sheet.thing(StructRole::P, "", |sheet| sheet.text(x, y, SMALL, &line));
            y += 10.0;
        }
        return y;
    }
    let columns = table.heads.len().max(2);
    let name = wide * if columns == 2 { 0.68 } else { 0.3 };
    let each = (wide - name) / (columns - 1) as f32;
    let end = |place: usize| x + name + each * place as f32;
    sheet.group(StructRole::Table, |sheet| {
        let heads: Vec<Vec<String>> = table
            .heads
            .iter()
            .enumerate()
            .map(|(place, head)| wrapped(head, SMALL_BOLD, if place == 0 { name } else { each } - 4.0))
            .collect();
        let lines = heads.iter().map(Vec::len).max().unwrap_or(1);
        sheet.group(StructRole::TR, |sheet| {
            for (place, head) in heads.iter().enumerate() {
                sheet.thing(StructRole::TH, "", |sheet| {
                    for (line, text) in head.iter().enumerate() {
                        let at = y + line as f32 * 9.0;
                        if place == 0 {
                            sheet.text(x, at, SMALL_BOLD, text);
                        } else {
                            sheet.text_before(end(place), at, SMALL_BOLD, text);
                        }
                    }
                });
            }
        });
        y += (lines - 1) as f32 * 9.0;
        sheet.rule(x, y + 3.5, wide);
        let mut height = LINE;
        for row in shown(&table.rows) {
            if y + height > BOTTOM {
                break;
            }
            y += height;
            let lines = wrapped(&row.name, SMALL, name - 4.0);
            height = LINE + (lines.len().clamp(1, NAME_LINES_MAX) - 1) as f32 * 9.0;
            sheet.group(StructRole::TR, |sheet| {
                sheet.thing(StructRole::TH, "", |sheet| {
                    for (line, text) in lines.iter().take(NAME_LINES_MAX).enumerate() {
                        let is_cut = line + 1 == NAME_LINES_MAX && lines.len() > NAME_LINES_MAX;
                        let shown = if is_cut { cut(text, name - 4.0) } else { text.clone() };
                        sheet.text(x, y + line as f32 * 9.0, SMALL, &shown);
                    }
                });
                for (place, cell) in (1..).zip(&row.cells) {
                    let text = cell.words(words);
                    sheet.thing(StructRole::TD, "", |sheet| {
                        let mut set = SMALL;
                        while width(&text, set) > each - 3.0 && set.size > 5.5 {
                            set.size -= 0.25;
                        }
                        sheet.text_before(end(place), y, set, &text);
                    });
                }
            });
        }
        y += height - LINE;
    });
    y + 4.0
}

/// Rows for which there is room: of too many the first ones, dots and the last one, which is often their sum.
fn shown(rows: &[Row]) -> Vec<Row> {
    match rows {
        [first @ .., last] if rows.len() > ROWS_MAX => {
            let dots = Row {
                name: "…".into(),
                cells: Vec::new(),
            };
            let first = first.iter().take(ROWS_MAX - 2).cloned();
            first.chain([dots, last.clone()]).collect()
        }
        _ => rows.to_vec(),
    }
}

/// A name cut to a width, with dots.
fn cut(name: &str, most: f32) -> String {
    let mut cut: String = name.to_owned();
    while width(&format!("{cut}…"), SMALL) > most && cut.pop().is_some() {}
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests;
