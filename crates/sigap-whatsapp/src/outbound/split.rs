//! Cuts words that do not fit into one message, at the end of a paragraph, a line, a sentence or a word.

/// Parts of at most `most` characters, the last of at most `last_most`. Nothing but blanks at the cuts is lost;
/// text within `last_most` stays whole.
pub(super) fn split(text: &str, most: usize, last_most: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text.trim();
    while rest.chars().count() > last_most {
        // Everything that does not fit into the last part, but never so much that nothing is left for it.
        let chars = rest.chars().count();
        let room = most.min(chars - 1);
        let cut = cut_within(rest, room);
        let (part, after) = rest.split_at(cut);
        parts.push(part.trim_end());
        rest = after.trim_start();
    }
    if !rest.is_empty() || parts.is_empty() {
        parts.push(rest);
    }
    parts
}

/// The best byte position to cut at, with at most `room` characters before it.
fn cut_within(text: &str, room: usize) -> usize {
    let end = text.char_indices().nth(room).map_or(text.len(), |(at, _)| at);
    let head = text.get(..end).unwrap_or(text);
    // A cut in the first half would make a needless further message; then a weaker border is better.
    let half = head.len() / 2;
    for border in ["\n\n", "\n", ". ", " "] {
        if let Some(at) = head.rfind(border)
            && at >= half
        {
            return at + border.trim_end().len().max(1);
        }
    }
    end.max(first_char_len(text))
}

fn first_char_len(text: &str) -> usize {
    text.chars().next().map_or(1, char::len_utf8)
}
