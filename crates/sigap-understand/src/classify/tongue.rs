//! Which of the four languages a message is written in, by its letters alone, and whether that is sure. A mixed message is
//! rarely sure, and a short one never.

use super::chance::{Chance, mix};
use super::descent::Messages;
use super::features::{self, Feature};
use super::normalise;
use super::packed::{Drawing, Packed};
use super::rows::{Language, Row};

/// Places that letters are hashed to.
const PLACES: u32 = 1 << 14;
/// What a sentence on the wrong side costs, and rounds over all of them: as for intents.
const COST: f32 = 0.5;
const ROUNDS: usize = 3;
/// Words of a message whose language can be sure: *price* and *oke* are said in all of them.
const WORDS_MIN: usize = 3;
/// Parts of the sentences, each measured by lines drawn from the others.
const FOLDS: usize = 4;
/// Sentences of other languages that may be surely taken for this one, in ten thousand. Javanese and Sundanese words stand in
/// many Indonesian sentences, and their readers read Indonesian: there, doubt counts more.
const TAKEN_MAX: [usize; TONGUES] = [50, 10, 10, 30];
const TONGUES: usize = Language::ALL.len();

/// How far a message lies on the side of each language, in the order of [`Language::ALL`].
type Sides = [f32; TONGUES];

/// The language of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spoken {
    /// The likeliest.
    pub language: Language,
    /// True when hardly ever a message of another language looks like this one.
    pub is_sure: bool,
}

/// One line for each language, and how far beyond the others a message must lie to be sure.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tongue {
    lines: Packed<TONGUES>,
    borders: Sides,
}

impl Tongue {
    /// Bytes that [`Tongue::to_bytes`] gives.
    pub(super) const BYTES: usize = (PLACES as usize + 2 * size_of::<f32>()) * TONGUES;

    /// Draws the lines from all rows, and the borders from what each fold looks like to the others.
    pub(super) fn train(rows: &[Row], seed: u64) -> Self {
        let features: Vec<Vec<Feature>> = rows.iter().map(|row| letters(&row.text)).collect();
        let held_out = hold_out(rows, &features, seed);
        Self {
            borders: borders(rows, &held_out),
            ..Self::draw(rows, &features, |_| true, seed)
        }
    }

    fn draw(rows: &[Row], features: &[Vec<Feature>], is_used: impl Fn(usize) -> bool, seed: u64) -> Self {
        let mut messages = Messages::default();
        let mut columns = Vec::new();
        for (_, (row, features)) in rows.iter().zip(features).enumerate().filter(|(row, _)| is_used(*row)) {
            messages.push(features);
            columns.push(column(row.language));
        }
        let drawing = Drawing {
            places: PLACES as usize,
            cost: COST,
            rounds: ROUNDS,
        };
        Self {
            lines: Packed::draw(&messages, &columns, drawing, Chance::new(seed)),
            borders: [f32::INFINITY; TONGUES],
        }
    }

    /// The language of a text.
    pub(super) fn judge(&self, text: &str) -> Spoken {
        spoken(text, &self.lines.sides(letters(text)), &self.borders)
    }

    /// To be kept.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let numbers = self.lines.scales.iter().chain(&self.borders);
        let mut bytes: Vec<u8> = numbers.flat_map(|number| number.to_le_bytes()).collect();
        bytes.extend(self.lines.weights.iter().map(|weight| weight.cast_unsigned()));
        bytes
    }

    /// As it was kept; `None` when these are other bytes.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        if bytes.len() != Self::BYTES {
            return None;
        }
        let (numbers, weights) = bytes.split_at_checked(2 * TONGUES * size_of::<f32>())?;
        let mut numbers = numbers.as_chunks::<4>().0.iter().map(|four| f32::from_le_bytes(*four));
        let mut sides = || {
            let mut sides = [0.0; TONGUES];
            for side in &mut sides {
                *side = numbers.next()?;
            }
            Some(sides)
        };
        Some(Self {
            lines: Packed {
                scales: sides()?,
                weights: weights.iter().map(|byte| byte.cast_signed()).collect(),
            },
            borders: sides()?,
        })
    }
}

/// What each row looks like to lines drawn without it: for measuring.
pub fn cross_validate(rows: &[Row], seed: u64) -> Vec<Spoken> {
    let features: Vec<Vec<Feature>> = rows.iter().map(|row| letters(&row.text)).collect();
    let held_out = hold_out(rows, &features, seed);
    let borders = borders(rows, &held_out);
    held_out
        .iter()
        .zip(rows)
        .map(|(sides, row)| spoken(&row.text, sides, &borders))
        .collect()
}

/// What the sides of a text say. What lies on no language's own side is noise, or another one.
fn spoken(text: &str, sides: &Sides, borders: &Sides) -> Spoken {
    let (language, lead) = likeliest(sides);
    let of = |sides: &Sides| sides.get(column(language)).copied();
    let is_inside = of(sides).is_some_and(|side| side > 0.0);
    let is_ahead = of(borders).is_some_and(|border| lead >= border);
    Spoken {
        language,
        is_sure: is_inside && is_ahead && is_long(text) && is_latin(text),
    }
}

fn hold_out(rows: &[Row], features: &[Vec<Feature>], seed: u64) -> Vec<Sides> {
    // Each row has its own fold, whatever is learned besides.
    let fold_of: Vec<usize> = (0..rows.len() as u64)
        .map(|row| (mix(seed ^ row) % FOLDS as u64) as usize)
        .collect();
    let mut held_out = vec![[0.0; TONGUES]; rows.len()];
    for fold in 0..FOLDS {
        let drawn = Tongue::draw(rows, features, |row| fold_of.get(row) != Some(&fold), seed);
        for ((sides, features), of) in held_out.iter_mut().zip(features).zip(&fold_of) {
            if *of == fold {
                *sides = drawn.lines.sides(features.iter().copied());
            }
        }
    }
    held_out
}

/// For each language the smallest lead that hardly any row of another language has.
fn borders(rows: &[Row], held_out: &[Sides]) -> Sides {
    let mut borders = [0.0; TONGUES];
    for ((column_of, border), allowed) in borders.iter_mut().enumerate().zip(TAKEN_MAX) {
        let others = || {
            rows.iter()
                .zip(held_out)
                .filter(|(row, _)| column(row.language) != column_of && is_long(&row.text))
        };
        let mut leads: Vec<f32> = others()
            .map(|(_, sides)| likeliest(sides))
            .filter(|(language, _)| column(*language) == column_of)
            .map(|(_, lead)| lead)
            .collect();
        leads.sort_by(|one, other| other.total_cmp(one));
        // The first of them that may not pass; just above it is the border.
        *border = leads
            .get(others().count() * allowed / 10_000)
            .map_or(0.0, |lead| lead + f32::EPSILON);
    }
    borders
}

/// The language that a message lies deepest in, and how much deeper than in the next one.
fn likeliest(sides: &Sides) -> (Language, f32) {
    let mut ranked: Vec<(Language, f32)> = Language::ALL.into_iter().zip(sides.iter().copied()).collect();
    ranked.sort_by(|one, other| other.1.total_cmp(&one.1));
    match ranked.as_slice() {
        [(language, first), (_, second), ..] => (*language, first - second),
        _ => (Language::Indonesian, 0.0),
    }
}

fn column(language: Language) -> usize {
    Language::ALL.iter().position(|known| *known == language).unwrap_or(0)
}

fn is_long(text: &str) -> bool {
    normalise::words(text).len() >= WORDS_MIN
}

/// Whether none of the letters is of another script: those are none of the four languages.
fn is_latin(text: &str) -> bool {
    let words = normalise::words(text);
    let mut letters = words.iter().flat_map(|word| word.chars()).filter(|c| c.is_alphabetic());
    letters.all(|c| c.is_ascii() || ('\u{c0}'..='\u{24f}').contains(&c))
}

fn letters(text: &str) -> Vec<Feature> {
    features::letters(text, PLACES)
}

#[cfg(test)]
mod tests;
