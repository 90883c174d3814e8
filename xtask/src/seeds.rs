//! How seeds are written on the command line, for every command that takes them.

/// A number.
pub(crate) fn is_number(word: &str) -> bool {
    word.parse::<u64>().is_ok()
}

/// Two numbers, as in 1..20.
pub(crate) fn is_range(word: &str) -> bool {
    word.split_once("..")
        .is_some_and(|(first, last)| is_number(first) && is_number(last))
}
