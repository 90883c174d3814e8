//! Words that mean the same under one name: slang, abbreviations, four languages, affixes and typing errors.
//!
//! Does not weigh concepts; it only finds them.

use std::collections::HashMap;

use crate::spelling::is_within_one_slip;

use super::normalise::{self, KIND};

/// Words of the longest phrase of the lexicon.
const PHRASE_WORDS_MAX: usize = 4;
/// Letters a word needs before a typing error in it is forgiven.
const GUESSED_LETTERS_MIN: usize = 5;
/// Letters a word typed without its vowels needs: `jm` may be anything, `kntr` is *kantor*.
const VOWELLESS_LETTERS_MIN: usize = 3;
/// Letters that must be left when an affix is taken off.
const ROOT_LETTERS_MIN: usize = 3;
/// What ends with it is found as it stands alone.
const EXACT: &str = "__";
/// The section of the lexicon whose words carry grammar, not meaning.
const GRAMMAR: &str = "fungsi";

/// Longest first, so that the most is taken off.
const ENDINGS: [&str; 20] = [
    "annya", "ipun", "nipun", "kan", "nya", "keun", "ake", "kah", "lah", "ing", "na", "ne", "ku", "mu", "in", "an",
    "ed", "e", "i", "s",
];
/// Endings as they are typed in a hurry.
const HURRIED_ENDINGS: [&str; 5] = ["nya", "ny", "ku", "kn", "x"];
const BEGINNINGS: [&str; 18] = [
    "meng", "peng", "memper", "diper", "ber", "ter", "per", "mem", "men", "nge", "di", "me", "ng", "ke", "se", "ny",
    "pe", "n",
];

/// The lexicon, ready to be asked.
#[derive(Debug, Clone, Default)]
pub(super) struct Concepts {
    /// Name and whether it only carries grammar.
    names: Vec<(Box<str>, bool)>,
    /// Single words and phrases to the place of their concept. Only ever asked, never walked through.
    forms: HashMap<Box<str>, usize>,
    /// Single words that are found as they stand alone, to the place of their concept.
    exact: HashMap<Box<str>, usize>,
    /// Words of some length by first letter, in the order of the lexicon: for typing errors.
    guessable: HashMap<char, Vec<(Box<str>, usize)>>,
    /// Words without their inner vowels to the place of their concept; of two such words the first counts.
    vowelless: HashMap<Box<str>, usize>,
}

/// A word or phrase of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// The name of its concept, or the word itself.
    pub(super) name: String,
    /// It stands in the lexicon, or is a kind of number.
    pub(super) is_known: bool,
    /// It only carries grammar.
    pub(super) is_grammar: bool,
}

impl Concepts {
    /// Reads `concept: word word two_words` lines and `[section]` lines; what begins with a hash sign is a remark. Of two
    /// lines that claim a word the first has it; a word that ends in `_` gives way to any other claim, one that ends in `__` is also
    /// found only as it stands, without affixes, slips and lost vowels. Of two lines for
    /// one concept the later says whether it is grammar.
    pub(super) fn new(lexicon: &str) -> Self {
        let mut concepts = Self::default();
        let mut is_grammar = false;
        let mut yielding = Vec::new();
        for line in lexicon.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
            if let Some(section) = line.strip_prefix('[') {
                is_grammar = section.trim_end_matches(']') == GRAMMAR;
                continue;
            }
            let Some((name, forms)) = line.split_once(':') else {
                continue;
            };
            let name = name.trim().trim_end_matches('_');
            let place = concepts.place_of(name, is_grammar);
            for form in std::iter::once(name).chain(forms.split_whitespace()) {
                if form.ends_with('_') {
                    yielding.push((form, place));
                } else {
                    concepts.add(form, place);
                }
            }
        }
        for (form, place) in yielding {
            concepts.add(form, place);
        }
        concepts
    }

    fn place_of(&mut self, name: &str, is_grammar: bool) -> usize {
        if let Some(place) = self.names.iter().position(|(known, _)| &**known == name) {
            if let Some((_, known)) = self.names.get_mut(place) {
                *known = is_grammar;
            }
            return place;
        }
        self.names.push((name.into(), is_grammar));
        self.names.len() - 1
    }

    fn add(&mut self, form: &str, place: usize) {
        let is_exact = form.ends_with(EXACT);
        let words = normalise::words(&form.replace('_', " "));
        if words.is_empty() || words.len() > PHRASE_WORDS_MAX {
            return;
        }
        let form: Box<str> = words.join(" ").into();
        if self.forms.contains_key(&form) {
            return;
        }
        if is_exact {
            self.exact.insert(form, place);
            return;
        }
        let first = form
            .chars()
            .next()
            .filter(|_| words.len() == 1 && form.chars().count() >= GUESSED_LETTERS_MIN);
        if let Some(first) = first {
            self.guessable.entry(first).or_default().push((form.clone(), place));
        }
        if words.len() == 1 {
            self.vowelless
                .entry(without_inner_vowels(&form).into())
                .or_insert(place);
        }
        self.forms.insert(form, place);
    }

    /// What the words of a message stand for, phrases before single words.
    pub(super) fn find(&self, words: &[String]) -> Vec<Found> {
        let mut found = Vec::with_capacity(words.len());
        let mut rest = words;
        while let [first, after @ ..] = rest {
            let phrase = (2..=PHRASE_WORDS_MAX.min(rest.len())).rev().find_map(|count| {
                let place = self.forms.get(rest.get(..count)?.join(" ").as_str())?;
                Some((*place, count))
            });
            if let Some((place, count)) = phrase {
                found.push(self.known(place));
                rest = rest.get(count..).unwrap_or_default();
                continue;
            }
            found.push(match self.place(first) {
                Some(place) => self.known(place),
                None => Found {
                    name: first.clone(),
                    is_known: first.starts_with(KIND),
                    is_grammar: false,
                },
            });
            rest = after;
        }
        found
    }

    fn known(&self, place: usize) -> Found {
        let (name, is_grammar) = self
            .names
            .get(place)
            .map_or(("", false), |(name, grammar)| (&**name, *grammar));
        Found {
            name: name.to_owned(),
            is_known: true,
            is_grammar,
        }
    }

    /// The concept of a word: as it stands, with letters undoubled, without affixes, typed without vowels, with one typing
    /// error.
    fn place(&self, word: &str) -> Option<usize> {
        if word.starts_with(KIND) {
            return None;
        }
        self.forms
            .get(word)
            .or_else(|| self.exact.get(word))
            .copied()
            .or_else(|| self.forms.get(normalise::undoubled(word)?.as_str()).copied())
            .or_else(|| self.bare(word))
            .or_else(|| self.hurried(word))
            .or_else(|| self.guessed(word))
    }

    fn bare(&self, word: &str) -> Option<usize> {
        let long_enough = |root: &&str| root.chars().count() >= ROOT_LETTERS_MIN;
        let ends = || std::iter::once(word).chain(ENDINGS.iter().filter_map(|ending| word.strip_suffix(ending)));
        for stem in ends().filter(long_enough) {
            if let Some(place) = self.forms.get(stem) {
                return Some(*place);
            }
            let roots = BEGINNINGS.iter().filter_map(|beginning| stem.strip_prefix(beginning));
            for root in roots.filter(long_enough) {
                if let Some(place) = self.forms.get(root) {
                    return Some(*place);
                }
            }
        }
        None
    }

    /// `jdwlny` is *jadwal* with an ending: what has no vowels inside was typed in a hurry.
    fn hurried(&self, word: &str) -> Option<usize> {
        let ends =
            || std::iter::once(word).chain(HURRIED_ENDINGS.iter().filter_map(|ending| word.strip_suffix(ending)));
        ends()
            .filter(|stem| stem.chars().count() >= VOWELLESS_LETTERS_MIN && without_inner_vowels(stem) == *stem)
            .find_map(|stem| self.vowelless.get(stem).copied())
    }

    fn guessed(&self, word: &str) -> Option<usize> {
        if word.chars().count() < GUESSED_LETTERS_MIN {
            return None;
        }
        let known = self.guessable.get(&word.chars().next()?)?;
        let near = known.iter().find(|(form, _)| is_within_one_slip(word, form));
        near.map(|(_, place)| *place)
    }
}

/// `kantor` becomes `kntr`; the first and the last letter stay.
fn without_inner_vowels(word: &str) -> String {
    let last = word.chars().count().saturating_sub(1);
    let is_kept =
        |place: usize, letter: char| place == 0 || place == last || !matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u');
    word.chars()
        .enumerate()
        .filter(|(place, letter)| is_kept(*place, *letter))
        .map(|(_, letter)| letter)
        .collect()
}

#[cfg(test)]
mod tests;
