//! Typing errors: whether two words are meant to be the same.

/// Whether two words are the same but for one letter at most: changed, missing, too many, or two neighbours swapped. The first
/// must agree: people rarely miss it, and words that differ in it are others.
#[must_use]
pub fn is_within_one_slip(one: &str, other: &str) -> bool {
    let same: usize = one
        .chars()
        .zip(other.chars())
        .take_while(|(a, b)| a == b)
        .map(|(letter, _)| letter.len_utf8())
        .sum();
    let (one, other) = (
        one.get(same..).unwrap_or_default(),
        other.get(same..).unwrap_or_default(),
    );
    let (one_rest, other_rest) = (after_first(one), after_first(other));
    same > 0 && (one_rest == other_rest || one_rest == other || one == other_rest || is_swapped(one, other))
}

fn after_first(word: &str) -> &str {
    let mut letters = word.chars();
    letters.next();
    letters.as_str()
}

fn is_swapped(one: &str, other: &str) -> bool {
    let (mut left, mut right) = (one.chars(), other.chars());
    let (first, second) = ((left.next(), left.next()), (right.next(), right.next()));
    first == (second.1, second.0) && left.as_str() == right.as_str()
}

#[cfg(test)]
mod tests;
