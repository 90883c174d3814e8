//! Cuts a text into words, numbers and marks, each with its place. Knows letters, no meanings.

/// Characters of a text that are looked at. A citizen's wish stands at the beginning; a copied article is not searched.
const TEXT_CHARS_MAX: usize = 1000;
/// Words, numbers and marks of a text that are looked at.
const WORDS_MAX: usize = 240;
/// Letters of a word from which a double letter is taken for a slip.
const HELD_LETTERS_MIN: usize = 5;

/// What a word is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Letters,
    Digits,
    Mark,
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Small letters without accents.
    pub(super) text: String,
    pub(super) kind: Kind,
    /// Whether nothing stands between it and the piece before it.
    pub(super) is_glued: bool,
    /// Bytes in the original text.
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The part of a text that is looked at.
pub(super) fn beginning(text: &str) -> &str {
    let end = text.char_indices().nth(TEXT_CHARS_MAX).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or_default()
}

/// Cuts a text: `tgl20 jam9` becomes `tgl` `20` `jam` `9`; `jum'at` stays one word.
pub(super) fn split(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut last_end = None;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        // What joins letters without being one: jum'at, ba'da, o'clock; and marks that only dress a letter.
        if matches!(c, '\'' | '’' | '‘' | '`' | '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}') {
            if last_end == Some(at) {
                last_end = Some(end);
            }
            continue;
        }
        if c.is_whitespace() && c != '\n' {
            continue;
        }
        let kind = if c.is_ascii_digit() {
            Kind::Digits
        } else if c.is_alphabetic() {
            Kind::Letters
        } else {
            Kind::Mark
        };
        let is_glued = last_end == Some(at);
        last_end = Some(end);
        let continues = |word: &&mut Word| is_glued && kind == word.kind && kind != Kind::Mark;
        if let Some(word) = words.last_mut().filter(continues) {
            fold_into(&mut word.text, c);
            word.end = end;
        } else if words.len() < WORDS_MAX {
            let mut folded = String::new();
            fold_into(&mut folded, c);
            words.push(Word {
                text: folded,
                kind,
                is_glued,
                start: at,
                end,
            });
        } else {
            break;
        }
    }
    words
}

/// Appends a letter as it is compared: small, without its accent.
fn fold_into(text: &mut String, c: char) {
    for c in c.to_lowercase() {
        text.push(match c {
            'à'..='å' | 'ā' => 'a',
            'è'..='ë' | 'ē' | 'ě' => 'e',
            'ì'..='ï' | 'ī' => 'i',
            'ò'..='ö' | 'ō' => 'o',
            'ù'..='ü' | 'ū' => 'u',
            '–' | '—' | '−' | '‐' | '‑' => '-',
            other => other,
        });
    }
}

/// The word without letters that are only held: *pagiii* is *pagi*, *bessok* is *besok*, *saat* stays.
pub(super) fn without_runs(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let mut short = String::with_capacity(word.len());
    let mut at = 0;
    while let Some(letter) = letters.get(at) {
        let rest = letters.get(at..).unwrap_or_default();
        let run = rest.iter().take_while(|c| *c == letter).count();
        // Two of one letter in a short word belong there; at its end they are held.
        let is_held = run > 2 || run == rest.len() || letters.len() >= HELD_LETTERS_MIN;
        let kept = if is_held { 1 } else { run };
        short.extend(std::iter::repeat_n(*letter, kept));
        at += run;
    }
    short
}
