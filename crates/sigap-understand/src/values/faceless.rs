//! A message without what says whose it is: numbers, names, addresses. For people who learn from many messages.
//!
//! A single name that is written small and without introduction, and one that no list knows, cannot be told from other words; whoever
//! keeps such messages keeps them sealed, and not for long.

use super::people;
use super::words;

/// Characters of a message that are kept.
const CHARS_MAX: usize = 300;
/// Digits from which a number may be somebody's.
const NUMBER_DIGITS_MIN: usize = 5;
/// What stands for a name.
const NAME: &str = "[nama]";
/// What stands for a letter-box or a page.
const ADDRESS: &str = "[alamat]";

/// The message with `#` for each digit of a long number, `[nama]` for names and `[alamat]` for addresses; at most 300 characters.
#[must_use]
pub fn faceless(text: &str) -> String {
    let text = words::beginning(text);
    let mut told = String::with_capacity(text.len());
    let mut from = 0;
    for name in people::names(text) {
        told.push_str(text.get(from..name.range.start).unwrap_or_default());
        told.push_str(NAME);
        from = name.range.end;
    }
    told.push_str(text.get(from..).unwrap_or_default());
    let told = without_capitals(&without_addresses(&told));
    without_numbers(&told).chars().take(CHARS_MAX).collect()
}

fn without_addresses(text: &str) -> String {
    let words = text.split_whitespace().map(|word| {
        let is_address = word.contains('@') || word.contains("://") || word.starts_with("www.");
        if is_address { ADDRESS } else { word }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A word with a capital inside a sentence that is written small is a name, or a word that nobody misses.
fn without_capitals(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let is_title = |word: &str| {
        let mut letters = word.chars().filter(|c| c.is_alphabetic());
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
    };
    let titles = words.iter().filter(|word| is_title(word)).count();
    if titles * 2 > words.len() {
        return text.to_owned();
    }
    let mut begins = true;
    let told = words.iter().map(|word| {
        let hidden = !begins && is_title(word);
        begins = word.ends_with(['.', '?', '!']);
        if hidden { NAME } else { word }
    });
    told.collect::<Vec<_>>().join(" ")
}

/// Digits that belong together in spite of gaps, points and dashes.
fn without_numbers(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut told = letters.clone();
    let mut at = 0;
    while at < letters.len() {
        let run = letters
            .get(at..)
            .unwrap_or_default()
            .iter()
            .take_while(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '+' | '/'))
            .count();
        let part = at..at + run;
        let digits = letters.get(part.clone()).unwrap_or_default();
        if digits.iter().filter(|c| c.is_ascii_digit()).count() >= NUMBER_DIGITS_MIN {
            for c in told.get_mut(part).unwrap_or_default() {
                if c.is_ascii_digit() {
                    *c = '#';
                }
            }
        }
        at += run.max(1);
    }
    told.into_iter().collect()
}

#[cfg(test)]
mod tests;
