//! One sheet of A4 as a PDF with real text and with its structure, so that a screen reader can go through headings, tables and pictures.
//! Knows letters, boxes and strokes; what stands where is `pdf.rs`. The letters are Helvetica, which every reader of PDF has.

use pdf_writer::types::{StructRole, TableHeaderScope};
use pdf_writer::writers::StructTreeRoot;
use pdf_writer::{Content, Date, Finish, Name, Pdf, Rect, Ref, Str, TextStr};

use super::chart::{Anchor, LETTERS, Mark, Picture};

/// A4, in points.
pub(crate) const PAPER: (f32, f32) = (595.0, 842.0);
/// Blue of the pages, in print dark enough without colour too.
const BLUE: [f32; 3] = [0.04, 0.28, 0.62];
const REGULAR: Name<'static> = Name(b"F1");
const BOLD: Name<'static> = Name(b"F2");

/// Widths of Helvetica from the space to the tilde, in thousandths of its size (Adobe Core 14 AFM).
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];
/// The same of Helvetica-Bold.
const WIDTHS_BOLD: [u16; 95] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611,
    556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389,
    280, 389, 584,
];
/// Of a letter beyond them.
const WIDTH_OTHER: u16 = 556;

/// How text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Type {
    pub(crate) size: f32,
    pub(crate) is_bold: bool,
}

/// A part of the structure.
struct Node {
    role: StructRole,
    alt: String,
    parent: Option<usize>,
    children: Vec<usize>,
    /// Its place among what is marked on the sheet, when it has content of its own.
    mark: Option<i32>,
}

/// The sheet while it is written.
pub(crate) struct Sheet {
    content: Content,
    nodes: Vec<Node>,
    open: Vec<usize>,
    marked: Vec<usize>,
}

impl Sheet {
    pub(crate) fn new() -> Self {
        let document = Node {
            role: StructRole::Document,
            alt: String::new(),
            parent: None,
            children: Vec::new(),
            mark: None,
        };
        Self {
            content: Content::new(),
            nodes: vec![document],
            open: vec![0],
            marked: Vec::new(),
        }
    }

    fn add(&mut self, role: StructRole, alt: &str) -> usize {
        let (parent, place) = (self.open.last().copied(), self.nodes.len());
        if let Some(parent) = parent.and_then(|parent| self.nodes.get_mut(parent)) {
            parent.children.push(place);
        }
        self.nodes.push(Node {
            role,
            alt: alt.to_owned(),
            parent,
            children: Vec::new(),
            mark: None,
        });
        place
    }

    /// Writes what belongs together: a table, a row.
    pub(crate) fn group(&mut self, role: StructRole, write: impl FnOnce(&mut Self)) {
        let place = self.add(role, "");
        self.open.push(place);
        write(self);
        self.open.pop();
    }

    /// Writes one thing: a heading, a cell, a picture with what it says.
    pub(crate) fn thing(&mut self, role: StructRole, alt: &str, write: impl FnOnce(&mut Self)) {
        let place = self.add(role, alt);
        let mark = i32::try_from(self.marked.len()).unwrap_or(i32::MAX);
        self.marked.push(place);
        if let Some(node) = self.nodes.get_mut(place) {
            node.mark = Some(mark);
        }
        self.content
            .begin_marked_content_with_properties(role.to_name())
            .properties()
            .identify(mark);
        write(self);
        self.content.end_marked_content();
    }

    /// Text whose line stands at `y` from the top.
    pub(crate) fn text(&mut self, x: f32, y: f32, set: Type, text: &str) {
        let letters = encoded(text);
        self.content
            .begin_text()
            .set_fill_gray(0.1)
            .set_font(if set.is_bold { BOLD } else { REGULAR }, set.size)
            .set_text_matrix([1.0, 0.0, 0.0, 1.0, x, PAPER.1 - y])
            .show(Str(&letters))
            .end_text();
    }

    /// Text that ends at `x`.
    pub(crate) fn text_before(&mut self, x: f32, y: f32, set: Type, text: &str) {
        self.text(x - width(text, set), y, set, text);
    }

    /// A thin stroke across, of no meaning.
    pub(crate) fn rule(&mut self, x: f32, y: f32, width: f32) {
        self.content.begin_marked_content(Name(b"Artifact"));
        self.content
            .set_stroke_gray(0.6)
            .set_line_width(0.5)
            .move_to(x, PAPER.1 - y)
            .line_to(x + width, PAPER.1 - y)
            .stroke()
            .end_marked_content();
    }

    /// A picture with its upper left corner there, so many times its size.
    pub(crate) fn picture(&mut self, x: f32, y: f32, scale: f32, picture: &Picture) {
        let alt = format!("{}. {}", picture.title, picture.told);
        let at = |px: f32, py: f32| (x + px * scale, y + py * scale);
        self.thing(StructRole::Figure, &alt, |sheet| {
            for mark in &picture.marks {
                match mark {
                    Mark::Bar { x, y, width, height } => {
                        let (left, bottom) = at(*x, *y + *height);
                        sheet
                            .content
                            .set_fill_color_space(pdf_writer::types::ColorSpaceOperand::DeviceRgb)
                            .set_fill_rgb(BLUE[0], BLUE[1], BLUE[2])
                            .rect(left, PAPER.1 - bottom, width * scale, height * scale)
                            .fill_nonzero();
                    }
                    Mark::Rule { y } => {
                        let ((left, top), (right, _)) = (at(34.0, *y), at(super::chart::WIDTH - 6.0, *y));
                        sheet
                            .content
                            .set_stroke_gray(0.8)
                            .set_line_width(0.4)
                            .move_to(left, PAPER.1 - top)
                            .line_to(right, PAPER.1 - top)
                            .stroke();
                    }
                    Mark::Line { points, is_second } => {
                        sheet
                            .content
                            .set_stroke_rgb(BLUE[0], BLUE[1], BLUE[2])
                            .set_line_width(1.4);
                        if *is_second {
                            sheet.content.set_dash_pattern([3.0, 2.0], 0.0);
                        }
                        for (place, (px, py)) in points.iter().enumerate() {
                            let (px, py) = at(*px, *py);
                            if place == 0 {
                                sheet.content.move_to(px, PAPER.1 - py);
                            } else {
                                sheet.content.line_to(px, PAPER.1 - py);
                            }
                        }
                        sheet.content.stroke().set_dash_pattern([], 0.0);
                    }
                    Mark::Text { x, y, anchor, text } => {
                        let set = Type {
                            size: LETTERS * scale,
                            is_bold: false,
                        };
                        let (px, py) = at(*x, *y);
                        let before = match anchor {
                            Anchor::Start => 0.0,
                            Anchor::Middle => width(text, set) / 2.0,
                            Anchor::End => width(text, set),
                        };
                        sheet.text(px - before, py, set, text);
                    }
                }
            }
        });
    }

    /// The file.
    pub(crate) fn finish(self, title: &str, subject: &str, author: &str, language: &str, made: Date) -> Vec<u8> {
        let mut next = 1;
        let mut new = || {
            next += 1;
            Ref::new(next - 1)
        };
        let (catalog, pages, page_id, content, regular, bold) = (new(), new(), new(), new(), new(), new());
        let (info, root, marks) = (new(), new(), new());
        let ids: Vec<Ref> = self.nodes.iter().map(|_| new()).collect();
        let id_of = |place: usize| ids.get(place).copied().unwrap_or(root);

        let mut pdf = Pdf::new();
        pdf.set_version(1, 7);
        let mut front = pdf.catalog(catalog);
        front.pages(pages).lang(TextStr(language));
        front.mark_info().marked(true);
        front.viewer_preferences().display_doc_title(true);
        front.pair(Name(b"StructTreeRoot"), root);
        front.finish();
        let mut tree = pdf.indirect(root).start::<StructTreeRoot<'_>>();
        tree.child(id_of(0));
        tree.parent_tree().nums().insert(0, marks);
        tree.parent_tree_next_key(1);
        tree.finish();
        pdf.document_info(info)
            .title(TextStr(title))
            .subject(TextStr(subject))
            .author(TextStr(author))
            .creator(TextStr("sigap"))
            .creation_date(made);
        pdf.pages(pages).kids([page_id]).count(1);
        let mut page = pdf.page(page_id);
        page.media_box(Rect::new(0.0, 0.0, PAPER.0, PAPER.1))
            .parent(pages)
            .contents(content)
            .struct_parents(0);
        let mut resources = page.resources();
        resources.fonts().pair(REGULAR, regular).pair(BOLD, bold);
        resources.finish();
        page.finish();
        for (id, name) in [(regular, Name(b"Helvetica")), (bold, Name(b"Helvetica-Bold"))] {
            pdf.type1_font(id)
                .base_font(name)
                .encoding_predefined(Name(b"WinAnsiEncoding"));
        }
        pdf.stream(content, &self.content.finish());
        pdf.indirect(marks)
            .array()
            .items(self.marked.iter().map(|place| id_of(*place)));
        for (place, node) in self.nodes.iter().enumerate() {
            let mut element = pdf.struct_element(id_of(place));
            element.kind(node.role).page(page_id);
            element.parent(node.parent.map_or(root, id_of));
            if !node.alt.is_empty() {
                element.alt(TextStr(&node.alt));
            }
            if node.role == StructRole::TH {
                let mut attributes = element.attributes();
                attributes.push().table().scope(TableHeaderScope::Both);
            }
            let mut children = element.children();
            if let Some(mark) = node.mark {
                children.marked_content_id(mark);
            }
            for child in &node.children {
                children.struct_element(id_of(*child));
            }
        }
        pdf.finish()
    }
}

/// How wide a text is.
pub(crate) fn width(text: &str, set: Type) -> f32 {
    let widths = if set.is_bold { &WIDTHS_BOLD } else { &WIDTHS };
    let sum: u32 = encoded(text)
        .into_iter()
        .map(|letter| {
            let place = usize::from(letter).checked_sub(32);
            u32::from(
                place
                    .and_then(|place| widths.get(place))
                    .copied()
                    .unwrap_or(WIDTH_OTHER),
            )
        })
        .sum();
    sum as f32 * set.size / 1000.0
}

/// A text in lines of at most that width; a word that is wider stands alone.
pub(crate) fn wrapped(text: &str, set: Type, most: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), set) <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Letters as the fonts know them (WinAnsi, ISO 32000-1 annex D); what they do not know becomes a question mark.
fn encoded(text: &str) -> Vec<u8> {
    text.chars()
        .map(|letter| match letter {
            ' '..='~' => letter as u8,
            '\u{a0}'..='\u{ff}' => letter as u8,
            '\u{2026}' => 0x85,
            '\u{2018}' => 0x91,
            '\u{2019}' => 0x92,
            '\u{201c}' => 0x93,
            '\u{201d}' => 0x94,
            '\u{2022}' => 0x95,
            '\u{2013}' => 0x96,
            '\u{2014}' => 0x97,
            _ => b'?',
        })
        .collect()
}

#[cfg(test)]
mod tests;
