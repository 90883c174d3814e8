//! Tells code, comments and quoted text of a Rust file apart, so that a rule about code is not fooled by a sentence about it. Not a parser.

/// What a piece of a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Code,
    Comment,
    Quoted,
}

/// A run of characters of one kind, with the line (from 1) on which it starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    pub(super) kind: Kind,
    pub(super) line: usize,
    pub(super) text: &'a str,
}

/// Cuts a source into pieces, in order. Quoted pieces come with their quotation marks.
pub(super) fn pieces(source: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut line = 1;
    let mut rest = source;
    while !rest.is_empty() {
        let (kind, length) = next_piece(rest);
        let (text, after) = rest.split_at(length);
        found.push(Piece { kind, line, text });
        line += text.matches('\n').count();
        rest = after;
    }
    found
}

/// The code alone, line by line; comments and quoted text are left out, line numbers stay true.
pub(super) fn code_lines(source: &str) -> Vec<String> {
    let mut code = String::with_capacity(source.len());
    for piece in pieces(source) {
        if piece.kind == Kind::Code {
            code.push_str(piece.text);
        } else {
            code.extend(piece.text.chars().filter(|c| *c == '\n'));
        }
    }
    code.lines().map(str::to_owned).collect()
}

/// Kind and length in bytes of the piece at the start. Never 0 for a non-empty text.
fn next_piece(text: &str) -> (Kind, usize) {
    if text.starts_with("//") {
        return (Kind::Comment, text.find('\n').unwrap_or(text.len()));
    }
    if text.starts_with("/*") {
        return (Kind::Comment, block_comment_length(text));
    }
    if let Some(length) = quoted_length(text) {
        return (Kind::Quoted, length);
    }
    // Code up to the next place where something else could begin. A word is taken whole, so that the `r` at the
    // end of `for` is not mistaken for the start of a raw string.
    let mut previous = ' ';
    for (at, c) in text.char_indices() {
        let is_inside_word = previous.is_alphanumeric() || previous == '_';
        let is_start = at > 0
            && text.get(at..).is_some_and(|rest| {
                rest.starts_with("//")
                    || rest.starts_with("/*")
                    || ((c == '"' || c == '\'' || !is_inside_word) && quoted_length(rest).is_some())
            });
        if is_start {
            return (Kind::Code, at);
        }
        previous = c;
    }
    (Kind::Code, text.len())
}

fn block_comment_length(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// Length of the string or character literal at the start; `None` when there is none (a lifetime is none).
fn quoted_length(text: &str) -> Option<usize> {
    let after_prefix = text.trim_start_matches(['b', 'c', 'r']);
    let prefix_length = text.len() - after_prefix.len();
    let prefix = text.get(..prefix_length)?;
    if prefix.contains('r') {
        let after_hashes = after_prefix.trim_start_matches('#');
        let hashes = after_prefix.get(..after_prefix.len() - after_hashes.len())?;
        let inner = after_hashes.strip_prefix('"')?;
        let close = format!("\"{hashes}");
        let end = inner.find(&close).map_or(inner.len(), |end| end + close.len());
        return Some(prefix_length + hashes.len() + 1 + end);
    }
    if prefix_length > 1 {
        return None;
    }
    if let Some(inner) = after_prefix.strip_prefix('"') {
        return Some(prefix_length + 1 + escaped_length(inner, '"'));
    }
    let inner = after_prefix.strip_prefix('\'')?;
    let mut letters = inner.chars();
    let first = letters.next()?;
    if first == '\\' {
        return Some(prefix_length + 1 + escaped_length(inner, '\''));
    }
    (letters.next()? == '\'').then(|| prefix_length + 1 + first.len_utf8() + 1)
}

/// Length up to and with the closing mark, back-slashes minded.
fn escaped_length(inner: &str, close: char) -> usize {
    let mut is_escaped = false;
    for (at, c) in inner.char_indices() {
        if is_escaped {
            is_escaped = false;
        } else if c == '\\' {
            is_escaped = true;
        } else if c == close {
            return at + c.len_utf8();
        }
    }
    inner.len()
}

#[cfg(test)]
mod tests;
