//! Plain language, for words of all languages and for Indonesian in particular. Knows words, not meaning.

use std::fmt;

use crate::limits::SENTENCE_WORDS_MAX;

/// Words that citizens should not have to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unplain {
    /// An exclamation mark.
    Shouting,
    /// More than `SENTENCE_WORDS_MAX` words in one sentence.
    LongSentence {
        /// How many.
        words: usize,
        /// Which.
        sentence: String,
    },
    /// A word of offices or computers.
    Word {
        /// Which.
        word: &'static str,
        /// What to write.
        instead: &'static str,
    },
    /// *no.* for nomor.
    Abbreviation,
}

impl fmt::Display for Unplain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shouting => f.write_str("an exclamation mark shouts"),
            Self::LongSentence { words, sentence } => write!(
                f,
                "{words} words in one sentence, {SENTENCE_WORDS_MAX} at most: `{sentence}`"
            ),
            Self::Word { word, instead } => write!(f, "`{word}` is not a word for citizens, write {instead}"),
            Self::Abbreviation => f.write_str("`no.` is an abbreviation, write nomor"),
        }
    }
}

/// Words and phrases that citizens should not have to read, and what to write instead. Whole words, small letters.
const FORBIDDEN: &[(&str, &str)] = &[
    ("antri", "antre"),
    ("antrian", "antrean"),
    ("silahkan", "silakan"),
    ("di proses", "diproses"),
    ("merubah", "mengubah"),
    ("ijin", "izin"),
    ("rubah", "ubah"),
    ("dirubah", "diubah"),
    ("di ubah", "diubah"),
    ("di kirim", "dikirim"),
    ("di bayar", "dibayar"),
    ("di ambil", "diambil"),
    ("dimana", "di mana"),
    ("disini", "di sini"),
    ("nomer", "nomor"),
    ("jadual", "jadwal"),
    ("resiko", "risiko"),
    ("himbauan", "imbauan"),
    ("foto copy", "fotokopi"),
    ("fotocopy", "fotokopi"),
    ("melakukan pembayaran", "membayar"),
    ("input", "isi"),
    ("submit", "kirim"),
    ("upload", "unggah"),
    ("download", "unduh"),
    ("login", "masuk"),
    ("password", "kata sandi"),
    ("booking", "daftar"),
    ("cancel", "batal"),
    ("scan", "pindai"),
    ("reschedule", "ubah jadwal"),
    ("biometrik", "foto dan sidik jari"),
    ("kuota habis", "penuh"),
    ("mohon maaf atas ketidaknyamanannya", "the fact and the next step"),
    ("tidak valid", "what is wrong, then how to mend it"),
    ("klik di sini", "verb and object"),
    ("input tidak", "what is wrong, then how to mend it"),
    ("mohon konfirmasi", "tanyakan"),
    ("harap", "the verb first"),
    ("dimohon", "the verb first"),
    ("diharapkan untuk", "the verb first"),
];

/// Official names that end in an exclamation mark.
const NAMES_WITH_MARK: [&str; 2] = ["SP4N-LAPOR!", "LAPOR!"];

/// What is wrong with words of any language.
pub(crate) fn any_language(text: &str) -> Option<Unplain> {
    let without_names = NAMES_WITH_MARK
        .iter()
        .fold(text.to_owned(), |text, name| text.replace(name, ""));
    without_names.contains('!').then_some(Unplain::Shouting)
}

/// What is wrong with Indonesian words.
pub(crate) fn indonesian(text: &str) -> Vec<Unplain> {
    let mut found: Vec<Unplain> = long_sentences(text)
        .map(|(sentence, words)| Unplain::LongSentence {
            words,
            sentence: sentence.to_owned(),
        })
        .collect();
    let words = format!(" {} ", comparable(text));
    for (word, instead) in FORBIDDEN {
        if words.contains(&format!(" {word} ")) {
            found.push(Unplain::Word { word, instead });
        }
    }
    // *no.* before a number is an abbreviation for nomor; in addresses it is part of the name of the house.
    let is_number_short = |(at, mark): (usize, &str)| {
        let after = text.get(at + mark.len()..).unwrap_or_default().trim_start();
        !after.is_empty() && !text.get(..at).unwrap_or_default().contains("Jl.")
    };
    if text.match_indices(" no. ").any(is_number_short) {
        found.push(Unplain::Abbreviation);
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
