//! Cuts words that are too long, as a last resort: content is checked with long samples, so a citizen should never see it.

const CUT: char = '…';

/// A body of at most `chars_max` characters, cut after the last whole sentence or line that fits.
pub(crate) fn cut_body(text: String, chars_max: usize) -> String {
    let Some(head) = too_long(&text, chars_max) else {
        return text;
    };
    let end_of_line = head.rfind('\n');
    let end_of_sentence = head.rmatch_indices(['.', '?']).find(|(at, mark)| {
        head.get(at + mark.len()..)
            .is_some_and(|rest| rest.starts_with([' ', '\n']))
    });
    // A cut that leaves less than half says too little: then any word will do.
    let at_sentence = end_of_sentence.map(|(at, mark)| at + mark.len());
    let at = at_sentence
        .max(end_of_line)
        .filter(|at| *at * 2 >= head.len())
        .or_else(|| head.rfind(' '));
    let kept = head.get(..at.unwrap_or(head.len())).unwrap_or(head).trim_end();
    format!("{kept}{CUT}")
}

/// A title of at most `chars_max` characters on one line.
pub(crate) fn cut_title(text: String, chars_max: usize) -> String {
    match too_long(&text, chars_max) {
        None => text,
        Some(head) => format!("{}{CUT}", head.trim_end()),
    }
}

/// The part that fits beside the mark of the cut; `None` when everything fits.
fn too_long(text: &str, chars_max: usize) -> Option<&str> {
    // Bytes are never fewer than characters, so most texts need no counting.
    if text.len() <= chars_max || text.chars().count() <= chars_max {
        return None;
    }
    let end = text
        .char_indices()
        .nth(chars_max.saturating_sub(1))
        .map_or(text.len(), |(at, _)| at);
    text.get(..end)
}

#[cfg(test)]
mod tests;
