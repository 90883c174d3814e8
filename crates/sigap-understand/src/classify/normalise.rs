//! Free text as a list of plain words: one alphabet, one case, no decoration, numbers as signs of their kind.
//!
//! Does not know what words mean. Numbers become kinds (`#16` for sixteen digits) because their value says nothing about
//! the wish.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Letters of a message that are read. A wish is said in the first lines; what follows is story, or an attack.
pub(super) const LETTERS_READ_MAX: usize = 600;
/// Words of a message that are read, for the same reason.
pub(super) const WORDS_READ_MAX: usize = 80;
/// Letters of one word that are read. Longer ones are noise of a keyboard.
const WORD_LETTERS_MAX: usize = 30;

/// A number or sign stands for its kind under a word that begins with this.
pub(super) const KIND: char = '#';

/// The plain words of a text, in their order; empty when it has none.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for piece in plain(text).split(' ') {
        if words.len() >= WORDS_READ_MAX {
            break;
        }
        push_words(piece, &mut words);
    }
    words.truncate(WORDS_READ_MAX);
    words
}

/// Lower case without accents and invisible letters, emoji as `#emoji`, question marks apart.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len().min(LETTERS_READ_MAX) + 16);
    let mut emoji_before = false;
    // The first cut keeps decomposition from being fed with megabytes.
    let letters = text.chars().take(LETTERS_READ_MAX).nfkd().take(LETTERS_READ_MAX);
    for letter in letters.flat_map(char::to_lowercase) {
        if is_combining_mark(letter) || is_invisible(letter) {
            continue;
        }
        let is_emoji = is_pictogram(letter);
        match letter {
            _ if is_emoji && !emoji_before => plain.push_str(" #emoji "),
            _ if is_emoji => {}
            '?' => plain.push_str(" #ask "),
            '\'' | '’' | '‘' | '`' | 'ʼ' => {}
            '-' | '/' | '.' | ':' | ',' | '+' | '@' | '&' => plain.push(letter),
            _ if letter.is_alphanumeric() => plain.push(letter),
            _ => plain.push(' '),
        }
        emoji_before = is_emoji;
    }
    plain
}

/// Zero-width letters, marks of direction, selectors of emoji forms and other control letters.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

fn is_pictogram(letter: char) -> bool {
    matches!(letter, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// One piece between spaces becomes a kind, a word, or several.
fn push_words(piece: &str, words: &mut Vec<String>) {
    if piece.starts_with(KIND) {
        words.push(piece.to_owned());
        return;
    }
    let piece = piece.trim_matches(|letter: char| !letter.is_alphanumeric());
    if piece.is_empty() {
        return;
    }
    if let Some(kind) = kind_of(piece) {
        words.push(kind.to_owned());
        return;
    }
    let parts: Vec<&str> = piece
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect();
    match parts.as_slice() {
        // "e-paspor", "m-banking", "a.n." are one word.
        [first, second] if first.chars().count() == 1 && !is_digits(second) => {
            push_word(&format!("{first}{second}"), words)
        }
        [first, second] if first == second => push_word(first, words),
        parts => {
            for part in parts {
                match kind_of(part) {
                    Some(kind) => words.push(kind.to_owned()),
                    None => push_word(part, words),
                }
            }
        }
    }
}

/// The kind of a number-like piece; nothing when it is a word.
fn kind_of(piece: &str) -> Option<&'static str> {
    let digits = piece.chars().filter(char::is_ascii_digit).count();
    if digits == 0 {
        return None;
    }
    let letters = piece.chars().filter(|letter| letter.is_alphabetic()).count();
    let signs = piece.chars().count() - digits - letters;
    let begins_with_letters = piece.chars().take(letters).all(char::is_alphabetic);
    match (letters, digits, signs) {
        (0, 16, _) => Some("#16"),
        (0, 15, _) => Some("#15"),
        (0, 3..=8, 2) if piece.contains(['/', '-', '.']) => Some("#date"),
        (0, 2, 1) | (0, 3 | 4, 1) if piece.contains(['/', '-']) => Some("#date"),
        (0, 3..=4, 1) if piece.contains([':', '.']) => Some("#clock"),
        (0, 9..=14, _) => Some("#long"),
        (0, 1 | 2, _) => Some("#few"),
        (0, 4, 0) if piece.starts_with("19") || piece.starts_with("20") => Some("#year"),
        (0, 3..=8, _) => Some("#some"),
        (0, _, _) => Some("#many"),
        (1..=2, 6..=7, 0) if begins_with_letters => Some("#passport"),
        (1..=2, 1..=4, 1) if begins_with_letters => Some("#queue"),
        _ => None,
    }
}

fn is_digits(word: &str) -> bool {
    word.chars().all(|letter| letter.is_ascii_digit())
}

/// A word with letters: `kata2` is said twice and written once, `seruuuu` is `seruu`.
fn push_word(word: &str, words: &mut Vec<String>) {
    let digits = word.chars().take_while(char::is_ascii_digit).count();
    // "20rb", "2x", "3hari": the number, then the word.
    if let Some(rest) = word.get(digits..).filter(|rest| digits > 0 && !rest.is_empty()) {
        words.push(
            kind_of(word.get(..digits).unwrap_or_default())
                .unwrap_or("#few")
                .to_owned(),
        );
        push_word(rest, words);
        return;
    }
    let mut plain = String::with_capacity(word.len());
    let mut before = [' '; 2];
    for letter in word.chars().take(WORD_LETTERS_MAX) {
        if letter == '2' {
            // "syarat2nya": the doubling falls away, the ending stays.
            continue;
        }
        if before == [letter, letter] {
            continue;
        }
        before = [before[1], letter];
        plain.push(letter);
    }
    if !plain.is_empty() {
        words.push(plain);
    }
}

/// The word with every doubled letter once: `pagii` is `pagi`. Nothing when there is none.
pub(super) fn undoubled(word: &str) -> Option<String> {
    let mut plain = String::with_capacity(word.len());
    for letter in word.chars() {
        if !plain.ends_with(letter) {
            plain.push(letter);
        }
    }
    (plain.len() < word.len()).then_some(plain)
}

#[cfg(test)]
mod tests;
