//! A text of the chat as a page shows it: WhatsApp's marks become headings, paragraphs, lists, bold words and links. Everything is escaped
//! here, so templates may print it as it is.

use askama::filters::{Escaper, Html};

/// Characters of a first line that is a heading; a longer one is a paragraph.
const HEADING_CHARS_MAX: usize = 80;
/// Labels from which on a bare name is an address, *www.imigrasi.go.id*; names of papers (*Kompas.com*) have two.
const ADDRESS_LABELS_MIN: usize = 3;

/// A text in its parts.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct ChatText {
    /// The first line where it can be a heading, without marks; empty where it cannot.
    pub(crate) title: String,
    /// What follows.
    pub(crate) blocks: Vec<Block>,
}

/// A part. Fields hold HTML unless they say otherwise.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Block {
    /// A bold line alone.
    Heading(String),
    /// Lines in a row.
    Paragraph(Vec<String>),
    /// Lines with a dash.
    Bullets(Vec<Item>),
    /// Lines with a number; the number of the first.
    Steps(u32, Vec<String>),
}

/// A line with a dash.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Item {
    /// As it was written, not HTML.
    pub(crate) words: String,
    /// As HTML.
    pub(crate) html: String,
}

impl ChatText {
    /// Takes a text apart.
    pub(crate) fn read(text: &str) -> Self {
        let mut lines = text
            .lines()
            .map(str::trim)
            .skip_while(|line| line.is_empty())
            .peekable();
        let mut read = Self::default();
        let mut rest = None;
        if let Some((title, after)) = lines.peek().and_then(|line| title_of(line)) {
            read.title = without_marks(title);
            rest = Some(after).filter(|after| !after.is_empty());
            lines.next();
        }
        let mut is_new = true;
        for line in rest.into_iter().chain(lines) {
            if line.is_empty() {
                is_new = true;
                continue;
            }
            read.take(line, is_new);
            is_new = false;
        }
        read
    }

    fn take(&mut self, line: &str, is_new: bool) {
        if let Some(words) = line.strip_prefix("- ") {
            let item = Item {
                words: words.trim().to_owned(),
                html: inline(words.trim()),
            };
            match self.blocks.last_mut() {
                Some(Block::Bullets(items)) if !is_new => items.push(item),
                _ => self.blocks.push(Block::Bullets(vec![item])),
            }
        } else if let Some((number, words)) = step(line) {
            match self.blocks.last_mut() {
                Some(Block::Steps(_, steps)) if !is_new => steps.push(inline(words)),
                _ => self.blocks.push(Block::Steps(number, vec![inline(words)])),
            }
        } else if let Some(words) = all_bold(line) {
            self.blocks.push(Block::Heading(inline(words)));
        } else {
            match self.blocks.last_mut() {
                Some(Block::Paragraph(lines)) if !is_new => lines.push(inline(line)),
                _ => self.blocks.push(Block::Paragraph(vec![inline(line)])),
            }
        }
    }

    /// The first words below the title, without marks, for search engines.
    pub(crate) fn summary(text: &str, chars_max: usize) -> String {
        let lines = text.lines().map(|line| line.trim().trim_start_matches("- "));
        let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
        let words = without_marks(&lines.join(" "));
        match words.char_indices().nth(chars_max) {
            None => words,
            Some((end, _)) => {
                let cut = words.get(..end).unwrap_or_default();
                format!("{}…", cut.rsplit_once(' ').map_or(cut, |(whole, _)| whole))
            }
        }
    }
}

/// The heading in a first line, and what of the line is left.
fn title_of(line: &str) -> Option<(&str, &str)> {
    if line.starts_with("- ") || step(line).is_some() || line.ends_with(':') {
        return None;
    }
    if let Some(words) = all_bold(line) {
        return Some((words, ""));
    }
    let plain = without_marks(line);
    let is_one_sentence = !plain.contains(". ") && !plain.contains("? ");
    if is_one_sentence && plain.chars().count() <= HEADING_CHARS_MAX {
        return Some((line.strip_suffix('.').unwrap_or(line), ""));
    }
    // *Jangan memakai calo.* and more behind it.
    let (words, rest) = line.strip_prefix('*')?.split_once('*')?;
    let is_short = !words.is_empty() && words.chars().count() <= HEADING_CHARS_MAX;
    (is_short && rest.starts_with(' ')).then(|| (words.strip_suffix('.').unwrap_or(words), rest.trim()))
}

/// The words of a line that is bold as a whole.
fn all_bold(line: &str) -> Option<&str> {
    let words = line.strip_prefix('*')?.strip_suffix('*')?;
    let is_one = !words.is_empty() && !words.contains('*') && words.trim() == words;
    is_one.then_some(words)
}

/// *2. Bayar* → 2 and the words.
fn step(line: &str) -> Option<(u32, &str)> {
    let (number, words) = line.split_once(". ")?;
    let is_short = number.len() <= 2;
    Some((number.parse().ok().filter(|_| is_short)?, words.trim()))
}

fn without_marks(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Plain(words) => plain.push_str(words),
            Piece::Marked(_, inner) => plain.push_str(&without_marks(inner)),
        }
    }
    plain
}

/// One line as HTML.
fn inline(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 16);
    for piece in pieces(text) {
        match piece {
            Piece::Plain(words) => linked(&mut html, words),
            Piece::Marked(mark, inner) => {
                let tag = if mark == '*' { "strong" } else { "em" };
                html.extend(["<", tag, ">", &inline(inner), "</", tag, ">"]);
            }
        }
    }
    html
}

enum Piece<'t> {
    Plain(&'t str),
    Marked(char, &'t str),
}

/// Takes `*bold*` and `_italic_` out. As in WhatsApp a mark counts only at the edge of words, so `a*b` and `nama_file` stay.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let (mut plain_from, mut at) = (0, 0);
    while let Some((offset, mark)) = text
        .get(at..)
        .and_then(|rest| rest.char_indices().find(|(_, c)| matches!(c, '*' | '_')))
    {
        let start = at + offset;
        at = start + mark.len_utf8();
        let before = text.get(..start).and_then(|before| before.chars().next_back());
        if before.is_some_and(char::is_alphanumeric) {
            continue;
        }
        let Some(end) = closing(text, at, mark) else {
            continue;
        };
        if plain_from < start {
            found.extend(text.get(plain_from..start).map(Piece::Plain));
        }
        found.extend(text.get(at..end).map(|inner| Piece::Marked(mark, inner)));
        at = end + mark.len_utf8();
        plain_from = at;
    }
    found.extend(text.get(plain_from..).filter(|rest| !rest.is_empty()).map(Piece::Plain));
    found
}

/// Where the mark closes that opened before `from`.
fn closing(text: &str, from: usize, mark: char) -> Option<usize> {
    let rest = text.get(from..)?;
    if rest.starts_with(char::is_whitespace) {
        return None;
    }
    let ends = rest.match_indices(mark).map(|(offset, _)| offset);
    ends.filter(|offset| *offset > 0)
        .find(|offset| {
            let inner = rest.get(..*offset).unwrap_or_default();
            let after = rest
                .get(offset + mark.len_utf8()..)
                .and_then(|after| after.chars().next());
            !inner.ends_with(char::is_whitespace) && !after.is_some_and(char::is_alphanumeric)
        })
        .map(|offset| from + offset)
}

/// Words with their web addresses as links.
fn linked(html: &mut String, words: &str) {
    for part in words.split_inclusive(' ') {
        let word = part.trim_end_matches(' ');
        let address = word.trim_end_matches(['.', ',', ';', ':', '?', ')']);
        let start = address.trim_start_matches('(');
        if let Some(url) = url_of(start) {
            escape(html, address.strip_suffix(start).unwrap_or_default());
            html.push_str("<a href=\"");
            escape(html, &url);
            html.push_str("\" rel=\"noopener\">");
            escape(html, start);
            html.push_str("</a>");
            escape(html, part.get(address.len()..).unwrap_or_default());
        } else {
            escape(html, part);
        }
    }
}

/// The address that a word is; `None` for an ordinary word. Only the web: never `javascript:`, never a mail address.
fn url_of(word: &str) -> Option<String> {
    let (scheme, rest) = match word.split_once("://") {
        Some((scheme @ ("https" | "http"), rest)) => (Some(scheme), rest),
        Some(_) => return None,
        None => (None, word),
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let labels = host.split('.');
    let is_name = labels.clone().all(|label| {
        let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        !label.is_empty() && label.bytes().all(is_plain)
    });
    let is_of_net = labels
        .clone()
        .next_back()
        .is_some_and(|last| last.len() >= 2 && last.bytes().all(|byte| byte.is_ascii_lowercase()));
    let is_clear = scheme.is_some() || labels.clone().count() >= ADDRESS_LABELS_MIN;
    let is_long = labels.count() > 1;
    (is_name && is_of_net && is_clear && is_long).then(|| format!("{}://{rest}", scheme.unwrap_or("https")))
}

fn escape(html: &mut String, words: &str) {
    // Writing to a text cannot fail.
    let _ = Html.write_escaped_str(html, words);
}

#[cfg(test)]
mod tests;
