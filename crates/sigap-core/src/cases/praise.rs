//! Whom praise is about.

/// Whether somebody's first name stands in the words, as a word of its own.
#[must_use]
pub fn is_named(name: &str, text: &str) -> bool {
    let Some(first) = name.split_whitespace().next() else {
        return false;
    };
    let first = first.to_lowercase();
    text.to_lowercase()
        .split(|letter: char| !letter.is_alphanumeric())
        .any(|word| word == first)
}

#[cfg(test)]
mod tests;
