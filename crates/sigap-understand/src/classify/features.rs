//! A message as numbered features with weights: letters, concepts, pairs of concepts, shape.
//!
//! Features have no names, only hashes: no table of words has to be kept, and a word never seen still has its letters.

use super::chance::mix;
use super::concepts::{Concepts, Found};
use super::model::Recipe;
use super::normalise;

/// Groups of features. Each is brought to length one and then weighed, so that long words do not drown concepts.
pub(super) const GROUPS: usize = 4;
const LETTERS: u8 = 0;
const CONCEPTS: u8 = 1;
const PAIRS: u8 = 2;
const SHAPE: u8 = 3;

/// Concepts of a message whose pairs are taken: their number grows with the square.
const PAIRED_MAX: usize = 14;
/// Words before the end of which a message counts as longer.
const LENGTHS: [usize; 6] = [1, 2, 3, 5, 8, 14];

/// How often each feature occurs, before weights: sorted by group and place, each once.
pub(super) type Counts = Vec<Count>;

/// One feature of one message.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Count {
    pub(super) group: u8,
    pub(super) place: u32,
    pub(super) times: f32,
}

/// One weighed feature.
pub(super) type Feature = (u32, f32);

/// Counts the features of a message among `places` many.
pub(super) fn count(text: &str, concepts: &Concepts, places: u32) -> Counts {
    let words = normalise::words(text);
    let found = concepts.find(&words);
    let mut seen = Seen {
        places: places.max(1),
        counts: Vec::with_capacity(256),
    };
    for word in &words {
        seen.letters(word);
    }
    seen.concepts(&found);
    seen.pairs(&found);
    seen.shape(&words, &found);
    seen.merged()
}

/// The letters of a message alone, brought to length one.
pub(super) fn letters(text: &str, places: u32) -> Vec<Feature> {
    let mut seen = Seen {
        places: places.max(1),
        counts: Vec::with_capacity(256),
    };
    for word in &normalise::words(text) {
        seen.letters(word);
    }
    let mut features: Vec<Feature> = seen
        .merged()
        .iter()
        .map(|count| (count.place, 1.0 + count.times.ln()))
        .collect();
    let length = features.iter().map(|(_, value)| value * value).sum::<f32>().sqrt();
    for (_, value) in &mut features {
        *value /= length.max(f32::MIN_POSITIVE);
    }
    features
}

struct Seen {
    places: u32,
    counts: Vec<Count>,
}

impl Seen {
    fn see(&mut self, group: u8, hash: u64) {
        let place = (mix(hash ^ (u64::from(group) << 56)) % u64::from(self.places)) as u32;
        self.counts.push(Count {
            group,
            place,
            times: 1.0,
        });
    }

    /// Runs of three to five letters, with the edges of the word.
    fn letters(&mut self, word: &str) {
        let letters: Vec<char> = std::iter::once('<')
            .chain(word.chars())
            .chain(std::iter::once('>'))
            .collect();
        for size in 3..=5 {
            for run in letters.windows(size) {
                self.see(
                    LETTERS,
                    run.iter().fold(SEED, |hash, letter| step(hash, u64::from(*letter))),
                );
            }
        }
    }

    /// Single concepts, neighbours, and neighbours when grammar is left out.
    fn concepts(&mut self, found: &[Found]) {
        for concept in found {
            self.see(CONCEPTS, hash(&concept.name));
        }
        let mut before = EDGE;
        for concept in found
            .iter()
            .map(|concept| hash(&concept.name))
            .chain(std::iter::once(EDGE))
        {
            self.see(CONCEPTS, step(before, concept));
            before = concept;
        }
        let mut before = None;
        for concept in found
            .iter()
            .filter(|concept| !concept.is_grammar)
            .map(|concept| hash(&concept.name))
        {
            if let Some(before) = before {
                self.see(CONCEPTS, step(step(before, EDGE), concept));
            }
            before = Some(concept);
        }
    }

    /// Any two concepts of the message: word order is free in all four languages.
    fn pairs(&mut self, found: &[Found]) {
        let paired: Vec<u64> = found
            .iter()
            .filter(|concept| !concept.is_grammar)
            .take(PAIRED_MAX)
            .map(|concept| hash(&concept.name))
            .collect();
        for (index, one) in paired.iter().enumerate() {
            for other in paired.iter().skip(index + 1) {
                self.see(PAIRS, one.wrapping_add(*other));
            }
        }
    }

    /// Length, the share of unknown words, and the message as a whole when it is short.
    fn shape(&mut self, words: &[String], found: &[Found]) {
        let length = LENGTHS.iter().filter(|length| words.len() > **length).count();
        self.see(SHAPE, step(1, length as u64));
        let unknown = found.iter().filter(|concept| !concept.is_known).count();
        let share = (unknown * 4).div_ceil(found.len().max(1));
        self.see(SHAPE, step(2, share as u64));
        self.see(SHAPE, step(step(3, share as u64), length as u64));
        if found.len() <= 3 {
            self.see(
                SHAPE,
                found
                    .iter()
                    .fold(4, |so_far, concept| step(so_far, hash(&concept.name))),
            );
        }
    }

    fn merged(mut self) -> Counts {
        self.counts.sort_unstable_by_key(|count| (count.group, count.place));
        self.counts.dedup_by(|next, kept| {
            let is_same = next.group == kept.group && next.place == kept.place;
            if is_same {
                kept.times += next.times;
            }
            is_same
        });
        self.counts
    }
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;
/// Stands for the edge of a message.
const EDGE: u64 = 0x5eed;

fn hash(word: &str) -> u64 {
    mix(word.bytes().fold(SEED, |hash, byte| step(hash, u64::from(byte))))
}

fn step(hash: u64, next: u64) -> u64 {
    (hash ^ next).wrapping_mul(0x0100_0000_01b3).rotate_left(23)
}

/// How rare each feature is: a rare one says more.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Rarity(Vec<f32>);

impl Rarity {
    /// From the messages a model is trained with.
    pub(super) fn new<'a>(messages: impl IntoIterator<Item = &'a Counts>, places: u32) -> Self {
        let mut holders = vec![0_u32; places as usize];
        let mut total = 0_u32;
        for counts in messages {
            total += 1;
            for count in counts {
                if let Some(holder) = holders.get_mut(count.place as usize) {
                    *holder += 1;
                }
            }
        }
        let rarity = |holder: u32| (f64::from(total + 1) / f64::from(holder + 1)).ln() as f32 + 1.0;
        Self(holders.into_iter().map(rarity).collect())
    }

    /// The features of a message with their weights, plus one at the last place that every message has.
    pub(super) fn weigh(&self, counts: &[Count], recipe: &Recipe) -> Vec<Feature> {
        let mut features = Vec::with_capacity(counts.len() + 1);
        for group in counts.chunk_by(|one, other| one.group == other.group) {
            let start = features.len();
            for count in group {
                let rarity = self.0.get(count.place as usize).copied().unwrap_or(1.0);
                features.push((count.place, (1.0 + count.times.ln()) * rarity));
            }
            let number = group.first().map_or(0, |count| usize::from(count.group));
            let weight = recipe.group_weights.get(number).copied().unwrap_or(1.0);
            let group = features.get_mut(start..).unwrap_or_default();
            let length = group.iter().map(|(_, value)| value * value).sum::<f32>().sqrt();
            for (_, value) in group {
                *value *= weight / length.max(f32::MIN_POSITIVE);
            }
        }
        features.push((recipe.places, recipe.edge));
        features
    }

    /// As it was kept.
    pub(super) const fn of(numbers: Vec<f32>) -> Self {
        Self(numbers)
    }

    /// To be kept.
    pub(super) fn numbers(&self) -> &[f32] {
        &self.0
    }

    /// Bytes kept.
    pub(super) fn bytes(&self) -> usize {
        self.0.len() * size_of::<f32>()
    }
}

#[cfg(test)]
mod tests;
