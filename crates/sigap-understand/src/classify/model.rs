//! A trained model: lines through the feature space in one byte a weight, and what they say about a message.

use super::augment::Spellings;
use super::calibrate::{self, HeldOut, Thresholds};
use super::chance::Chance;
use super::concepts::Concepts;
use super::descent::Messages;
use super::features::{self, Counts, GROUPS, Rarity};
use super::intent::{INTENTS, Intent};
use super::measure::{Figures, Judged};
use super::normalise;
use super::packed::{Drawing, Packed};
use super::rows::{Language, Row, Training};
use super::tongue::{Spoken, Tongue};

/// Margins of one message, by column of [`Intent::all`].
pub(super) type Margins = [f32; INTENTS];

/// Knobs of training. The defaults were chosen by cross-validation.
#[derive(Debug, Clone, PartialEq)]
pub struct Recipe {
    /// Places that features are hashed to.
    pub places: u32,
    /// What a sentence on the wrong side of its line costs, against the simplicity of the line.
    pub cost: f32,
    /// Rounds over all sentences. Three measure like sixty.
    pub rounds: usize,
    /// Variants made of each sentence. One is enough since the seeds hold much hurried spelling themselves; none costs a
    /// point where people mistype.
    pub variants: usize,
    /// Weights of letters, concepts, pairs and shape.
    pub group_weights: [f32; GROUPS],
    /// Weight of the feature that every message has: how freely a line lies off the origin.
    pub edge: f32,
    /// Parts of the sentences, each measured by a model of the others.
    pub folds: usize,
}

impl Default for Recipe {
    fn default() -> Self {
        Self {
            places: 1 << 16,
            cost: 0.5,
            rounds: 3,
            variants: 1,
            group_weights: [1.0, 1.0, 0.7, 0.3],
            edge: 0.3,
            folds: 4,
        }
    }
}

/// Knows what messages ask for. The same sentences and seed give the same model to the bit.
#[derive(Debug, Clone)]
pub struct Model {
    pub(super) concepts: Concepts,
    pub(super) lines: Lines,
    pub(super) thresholds: Thresholds,
    pub(super) exam: Exam,
    pub(super) tongue: Tongue,
}

/// How well its sentences are understood by models that have not learned them: what it may do with those of strangers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Exam {
    /// Share of sentences whose likeliest intent is right, 0 to 1.
    pub accuracy: f32,
    /// Share of sentences that are none of ours and caught by the border that rejects 5 % of the others, 0 to 1.
    pub out_of_scope: f32,
}

/// What a message seems to ask for.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// The three likeliest intents with their probabilities, the likeliest first.
    pub ranked: [(Intent, f32); 3],
    /// How sure it is that the message asks for something we serve, 0 to 1.
    pub in_scope: f32,
    /// What to do about it.
    pub verdict: Verdict,
}

/// What to do about a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Sure enough to answer at once. Acts are confirmed all the same.
    Answer(Intent),
    /// One to three intents to choose from, the likeliest first. Never out of scope.
    Guess(Vec<Intent>),
    /// Not ours, or not understood: say so and show the menu.
    Unknown,
}

impl Model {
    /// Trains with the default recipe: seconds in a release build.
    pub fn train(training: &Training, seed: u64) -> Self {
        Self::train_with(training, &Recipe::default(), seed)
    }

    /// Trains with other knobs.
    pub fn train_with(training: &Training, recipe: &Recipe, seed: u64) -> Self {
        let lesson = Lesson::new(training, recipe, seed);
        let held_out = calibrate::hold_out(&lesson, training.rows.len(), seed);
        let thresholds = Thresholds::fit(&held_out, &training.rows);
        let exam = Exam::of(&held_out, &training.rows, &thresholds);
        let lines = Lines::draw(&lesson, |_| true, seed);
        Self {
            concepts: lesson.concepts,
            lines,
            thresholds,
            exam,
            tongue: Tongue::train(&training.rows, seed),
        }
    }

    /// What each sentence looks like to a model that was trained without it. For measuring; costs most of a training.
    pub fn cross_validate(training: &Training, recipe: &Recipe, seed: u64) -> Vec<HeldOut> {
        let lesson = Lesson::new(training, recipe, seed);
        calibrate::hold_out(&lesson, training.rows.len(), seed)
    }

    /// What a message asks for. Any text is allowed; what is longer than 600 letters is judged by its beginning.
    ///
    /// The message is judged as a whole, with all that is wished in it: dividing it first changed no figure of the development set.
    pub fn judge(&self, text: &str) -> Judgement {
        let counts = features::count(text, &self.concepts, self.lines.recipe.places);
        self.thresholds.judge(&self.lines.margins(&counts))
    }

    /// What a message speaks of, in no order: its concepts, or its words where none is known. Messages with the same gist want the same.
    pub fn gist(&self, text: &str) -> Vec<String> {
        let found = self.concepts.find(&normalise::words(text));
        let of = |is_known: bool| {
            let named = found
                .iter()
                .filter(|found| found.is_known == is_known && !found.is_grammar);
            let mut names: Vec<String> = named.map(|found| found.name.clone()).collect();
            names.sort();
            names.dedup();
            names
        };
        match of(true) {
            known if known.is_empty() => of(false),
            known => known,
        }
    }

    /// In which language a message is written.
    pub fn language(&self, text: &str) -> Spoken {
        self.tongue.judge(text)
    }

    /// How well it did on sentences that were held out.
    pub const fn exam(&self) -> Exam {
        self.exam
    }

    /// The border lines of the verdicts.
    pub fn thresholds(&self) -> &Thresholds {
        &self.thresholds
    }

    /// Bytes of weights, without the lexicon.
    pub fn bytes(&self) -> usize {
        self.lines.packed.weights.len()
            + size_of_val(&self.lines.packed.scales)
            + self.lines.rarity.bytes()
            + Tongue::BYTES
    }
}

impl Exam {
    fn of(held_out: &[HeldOut], rows: &[Row], thresholds: &Thresholds) -> Self {
        let judged = held_out.iter().filter_map(|held| {
            let row = rows.get(held.row)?;
            Some(Judged {
                truth: row.intent,
                language: row.language,
                judgement: thresholds.judge_held_out(held),
            })
        });
        let figures = Figures::new(&judged.collect::<Vec<_>>());
        Self {
            accuracy: figures.accuracy,
            out_of_scope: figures.recall_at_rejection,
        }
    }
}

/// Sentences with their variants, as features.
#[derive(Debug)]
pub(super) struct Lesson {
    concepts: Concepts,
    recipe: Recipe,
    /// Of each row: the sentence itself, then its variants.
    counts: Vec<Vec<Counts>>,
    columns: Vec<usize>,
}

impl Lesson {
    fn new(training: &Training, recipe: &Recipe, seed: u64) -> Self {
        let concepts = Concepts::new(&training.lexicon);
        let spellings = Spellings::new(&training.spellings);
        let counts = training.rows.iter().enumerate().map(|(index, row)| {
            // Each row has its own chance: a new row leaves the variants of the others as they are.
            let mut chance = Chance::new(seed ^ (index as u64).wrapping_mul(0x9e37_79b9));
            let texts = variants(row, &spellings, recipe.variants, &mut chance);
            texts
                .iter()
                .map(|text| features::count(text, &concepts, recipe.places))
                .collect()
        });
        Self {
            counts: counts.collect(),
            columns: training.rows.iter().map(|row| row.intent.column()).collect(),
            recipe: recipe.clone(),
            concepts,
        }
    }

    pub(super) fn folds(&self) -> usize {
        self.recipe.folds.max(2)
    }

    pub(super) fn columns(&self) -> &[usize] {
        &self.columns
    }

    /// The features of a sentence itself.
    pub(super) fn sentence(&self, row: usize) -> &[features::Count] {
        self.counts
            .get(row)
            .and_then(|variants| variants.first())
            .map_or(&[], Vec::as_slice)
    }
}

fn variants(row: &Row, spellings: &Spellings, count: usize, chance: &mut Chance) -> Vec<String> {
    let mut texts = vec![row.text.clone()];
    for _ in 0..count {
        let variant = spellings.vary(&row.text, row.intent, row.language == Language::English, chance);
        if !texts.contains(&variant) {
            texts.push(variant);
        }
    }
    texts
}

/// One line for each intent, and the rarity of features they were drawn with.
#[derive(Debug, Clone)]
pub(super) struct Lines {
    pub(super) recipe: Recipe,
    pub(super) rarity: Rarity,
    pub(super) packed: Packed<INTENTS>,
}

impl Lines {
    /// Draws the lines from the rows that `is_used` says yes to.
    pub(super) fn draw(lesson: &Lesson, is_used: impl Fn(usize) -> bool, seed: u64) -> Self {
        let recipe = lesson.recipe.clone();
        let used = || lesson.counts.iter().enumerate().filter(|(row, _)| is_used(*row));
        let rarity = Rarity::new(used().flat_map(|(_, variants)| variants), recipe.places);
        let mut messages = Messages::default();
        let mut columns = Vec::new();
        for (row, variants) in used() {
            for counts in variants {
                messages.push(&rarity.weigh(counts, &recipe));
                columns.extend(lesson.columns.get(row));
            }
        }
        let drawing = Drawing {
            places: recipe.places as usize + 1,
            cost: recipe.cost,
            rounds: recipe.rounds,
        };
        Self {
            packed: Packed::draw(&messages, &columns, drawing, Chance::new(seed)),
            recipe,
            rarity,
        }
    }

    /// How far a message lies on the side of each intent.
    pub(super) fn margins(&self, counts: &[features::Count]) -> Margins {
        self.packed.sides(self.rarity.weigh(counts, &self.recipe))
    }
}

#[cfg(test)]
mod tests;
