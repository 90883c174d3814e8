//! Words of the office's own by which it sorts its cases.

use crate::limits::{TAG_CHARS_MAX, TAGS_MAX};

/// Tags as officers type them: with commas between, each once, in small letters. `None` when there are more than `TAGS_MAX` of them, or one
/// is longer than `TAG_CHARS_MAX`.
#[must_use]
pub fn read(typed: &str) -> Option<Vec<String>> {
    let mut tags: Vec<String> = Vec::new();
    for tag in typed.split([',', '\n']) {
        let tag = tag.trim().to_lowercase();
        if tag.is_empty() || tags.contains(&tag) {
            continue;
        }
        if tags.len() == TAGS_MAX || tag.chars().count() > TAG_CHARS_MAX {
            return None;
        }
        tags.push(tag);
    }
    Some(tags)
}

#[cfg(test)]
mod tests;
