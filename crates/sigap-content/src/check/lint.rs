//! Plain language, for words of all languages and for Indonesian in particular. Knows words, not meaning.

use crate::limits::SENTENCE_WORDS_MAX;

/// Words and phrases that citizens should not have to read, and what to write instead. Whole words, small letters.
const FORBIDDEN: &[(&str, &str)] = &[
    ("antri", "antre"),
    ("antrian", "antrean"),
    ("silahkan", "silakan"),
    ("di proses", "diproses"),
    ("merubah", "mengubah"),
    ("ijin", "izin"),
    ("melakukan pembayaran", "membayar"),
    ("input", "isi"),
    ("submit", "kirim"),
    ("upload", "unggah"),
    ("download", "unduh"),
    ("login", "masuk"),
    ("reschedule", "ubah jadwal"),
    ("biometrik", "foto dan sidik jari"),
    ("kuota habis", "penuh"),
    ("mohon maaf atas ketidaknyamanannya", "the fact and the next step"),
    ("tidak valid", "what is wrong, then how to mend it"),
    ("klik di sini", "verb and object"),
    ("diharapkan untuk", "the verb first"),
];

/// Official names that end in an exclamation mark.
const NAMES_WITH_MARK: [&str; 2] = ["SP4N-LAPOR!", "LAPOR!"];

/// What is wrong with words of any language.
pub(super) fn any_language(text: &str) -> Option<String> {
    let without_names = NAMES_WITH_MARK
        .iter()
        .fold(text.to_owned(), |text, name| text.replace(name, ""));
    without_names
        .contains('!')
        .then(|| "an exclamation mark shouts".to_owned())
}

/// What is wrong with Indonesian words.
pub(super) fn indonesian(text: &str) -> Vec<String> {
    let mut found: Vec<String> = long_sentences(text)
        .map(|(sentence, words)| format!("{words} words in one sentence, {SENTENCE_WORDS_MAX} at most: `{sentence}`"))
        .collect();
    let words = format!(" {} ", comparable(text));
    for (forbidden, instead) in FORBIDDEN {
        if words.contains(&format!(" {forbidden} ")) {
            found.push(format!("`{forbidden}` is not a word for citizens, write {instead}"));
        }
    }
    // *no.* before a number is an abbreviation for nomor; in addresses it is part of the name of the house.
    let is_number_short = |(at, mark): (usize, &str)| {
        let after = text.get(at + mark.len()..).unwrap_or_default().trim_start();
        !after.is_empty() && !text.get(..at).unwrap_or_default().contains("Jl.")
    };
    if text.match_indices(" no. ").any(is_number_short) {
        found.push("`no.` is an abbreviation, write nomor".to_owned());
    }
    found
}

/// Sentences with too many words, and how many.
fn long_sentences(text: &str) -> impl Iterator<Item = (&str, usize)> {
    text.lines().flat_map(sentences).filter_map(|sentence| {
        let words = sentence
            .split_whitespace()
            .filter(|word| word.chars().any(char::is_alphanumeric))
            .count();
        (words > SENTENCE_WORDS_MAX).then_some((sentence, words))
    })
}

/// The sentences of one line: a full stop, a question mark, a colon or a semicolon followed by a gap ends one.
fn sentences(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = rest
            .match_indices(['.', '?', '!', ':', ';'])
            .map(|(at, mark)| at + mark.len())
            .find(|end| {
                rest.get(*end..)
                    .is_none_or(|after| after.is_empty() || after.starts_with([' ', '*', '_', ')']))
            })
            .unwrap_or(rest.len());
        let (sentence, after) = rest.split_at(end);
        rest = after;
        Some(sentence.trim())
    })
}

/// Small letters and single gaps, no signs.
fn comparable(text: &str) -> String {
    let letters: String = text
        .chars()
        .map(|c| {
            if c.is_alphanumeric() {
                c.to_lowercase().next().unwrap_or(c)
            } else {
                ' '
            }
        })
        .collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
