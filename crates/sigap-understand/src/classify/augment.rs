//! Variants of a sentence as people in a hurry type it: shortened words, lost vowels, slips of the finger, politeness.
//!
//! Only for training; what a variant asks for is what its sentence asks for.

use std::collections::HashMap;

use super::Intent;
use super::chance::Chance;

/// Letters a word needs before it loses vowels or gets a slip.
const MANGLED_LETTERS_MIN: usize = 5;
const SHORTENED_PERCENT: usize = 45;
const VOWELS_LOST_PERCENT: usize = 10;
const SLIP_PERCENT: usize = 8;
const HEAD_PERCENT: usize = 22;
const TAIL_PERCENT: usize = 28;
const WORD_LOST_PERCENT: usize = 12;
/// Words a sentence needs before it can do without one.
const WORDS_TO_LOSE_MIN: usize = 5;

const HEADS: [&str; 18] = [
    "min",
    "kak",
    "pak",
    "bu",
    "maaf",
    "permisi",
    "tolong",
    "mohon info",
    "mau tanya",
    "halo min",
    "selamat pagi",
    "assalamualaikum",
    "punten",
    "mas",
    "mba",
    "sore kak",
    "izin bertanya",
    "mohon maaf pak",
];
const TAILS: [&str; 18] = [
    "ya",
    "dong",
    "min",
    "kak",
    "pak",
    "bu",
    "sih",
    "yah",
    "mohon infonya",
    "makasih",
    "terima kasih",
    "please",
    "??",
    "gan",
    "mohon bantuannya",
    "nih",
    "trims",
    "ya kak",
];
const ENGLISH_HEADS: [&str; 5] = ["hi", "hello", "excuse me", "sir", "good morning"];
const ENGLISH_TAILS: [&str; 4] = ["please", "thanks", "sir", "thank you"];

/// How people shorten words.
#[derive(Debug, Clone, Default)]
pub(super) struct Spellings(HashMap<String, Vec<String>>);

impl Spellings {
    /// Reads lines of a word, a tab, and its spellings between spaces.
    pub(super) fn new(text: &str) -> Self {
        let lines = text.lines().filter_map(|line| line.split_once('\t'));
        Self(
            lines
                .map(|(word, spellings)| {
                    (
                        word.to_owned(),
                        spellings.split_whitespace().map(str::to_owned).collect(),
                    )
                })
                .collect(),
        )
    }

    /// A variant of a sentence; sometimes the sentence itself.
    pub(super) fn vary(&self, text: &str, intent: Intent, is_english: bool, chance: &mut Chance) -> String {
        let mut words: Vec<String> = text.split_whitespace().map(|word| self.retype(word, chance)).collect();
        if words.len() >= WORDS_TO_LOSE_MIN && chance.happens(WORD_LOST_PERCENT) {
            words.remove(chance.below(words.len()));
        }
        if takes_politeness(intent) {
            let (heads, tails) = if is_english {
                (&ENGLISH_HEADS[..], &ENGLISH_TAILS[..])
            } else {
                (&HEADS[..], &TAILS[..])
            };
            if chance.happens(HEAD_PERCENT) {
                words.splice(..0, chance.pick(heads).map(|head| (*head).to_owned()));
            }
            if chance.happens(TAIL_PERCENT) {
                words.extend(chance.pick(tails).map(|tail| (*tail).to_owned()));
            }
        }
        words.join(" ")
    }

    fn retype(&self, word: &str, chance: &mut Chance) -> String {
        if let Some(spellings) = self.0.get(word) {
            if chance.happens(SHORTENED_PERCENT) {
                return chance.pick(spellings).cloned().unwrap_or_else(|| word.to_owned());
            }
            return word.to_owned();
        }
        let letters: Vec<char> = word.chars().collect();
        if letters.len() < MANGLED_LETTERS_MIN || !letters.iter().all(|letter| letter.is_alphabetic()) {
            return word.to_owned();
        }
        if chance.happens(VOWELS_LOST_PERCENT) {
            return without_vowels(&letters, chance);
        }
        if chance.happens(SLIP_PERCENT) {
            return with_slip(letters, chance);
        }
        word.to_owned()
    }
}

/// A greeting with a thank-you is no longer a greeting, and a bare name with a "please" no longer a bare name.
fn takes_politeness(intent: Intent) -> bool {
    !matches!(
        intent,
        Intent::Greeting | Intent::Thanks | Intent::Affirm | Intent::Deny | Intent::Abuse | Intent::Appreciation
    )
}

/// Inner vowels fall away, each with a good chance: *syarat* is *syrt* or *syrat*.
fn without_vowels(letters: &[char], chance: &mut Chance) -> String {
    let last = letters.len().saturating_sub(1);
    let mut word = String::new();
    for (index, letter) in letters.iter().enumerate() {
        let is_inner = index > 0 && index < last;
        if is_inner && matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u') && chance.happens(70) {
            continue;
        }
        word.push(*letter);
    }
    word
}

/// Two neighbours swapped, a letter lost, or one typed twice; never the first.
fn with_slip(mut letters: Vec<char>, chance: &mut Chance) -> String {
    let at = 1 + chance.below(letters.len().saturating_sub(2));
    match chance.below(3) {
        0 if at + 1 < letters.len() => letters.swap(at, at + 1),
        1 => {
            letters.remove(at);
        }
        _ => {
            let twice = letters.get(at).copied();
            letters.splice(at..at, twice);
        }
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests;
