//! From margins to probabilities, and the border lines between answering, guessing and not knowing.
//!
//! Fitted on sentences that were held out of training: what a model says about sentences it has learned is always sure.

use super::intent::{INTENTS, Intent};
use super::model::{Judgement, Lesson, Lines, Margins, Verdict};
use super::rows::Row;

/// Share of messages we serve that may be sent away as unknown.
const REJECTED_MAX: f32 = 0.04;
/// Share of messages that may get a wrong answer at once, among those we serve.
const WRONG_MAX: f32 = 0.015;
/// Share of messages we do not serve that may get an answer at once.
const STRAY_MAX: f32 = 0.05;
/// Intents offered when guessing: WhatsApp shows three buttons.
const GUESSES_MAX: usize = 3;
/// A guess less likely than this wastes a button.
const GUESS_MIN: f32 = 0.03;
/// Bounds and steps of the search for the sharpness; a thousandth more changes no verdict.
const SHARPNESS: (f32, f32) = (0.5, 20.0);
const SHARPNESS_STEPS: usize = 40;

/// A sentence as a model without it sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldOut {
    /// Its place among the rows.
    pub row: usize,
    margins: Margins,
}

/// How margins become probabilities, and from where on a probability is enough.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// Margins are multiplied by this before they become probabilities.
    pub sharpness: f32,
    /// From this probability on the likeliest intent is answered at once.
    pub answer: f32,
    /// From this sureness of being in scope on, guesses are offered.
    pub guess: f32,
}

/// What every row looks like to a model trained without its fold. Folds take each intent's rows in turn.
pub(super) fn hold_out(lesson: &Lesson, rows: usize, seed: u64) -> Vec<HeldOut> {
    let folds = lesson.folds();
    let mut seen = [0_usize; INTENTS];
    let fold_of: Vec<usize> = lesson
        .columns()
        .iter()
        .map(|column| {
            let Some(count) = seen.get_mut(*column) else { return 0 };
            *count += 1;
            *count % folds
        })
        .collect();
    let mut held_out = Vec::with_capacity(rows);
    for fold in 0..folds {
        let lines = Lines::draw(lesson, |row| fold_of.get(row) != Some(&fold), seed);
        let held = (0..rows).filter(|row| fold_of.get(*row) == Some(&fold));
        held_out.extend(held.map(|row| HeldOut {
            row,
            margins: lines.margins(lesson.sentence(row)),
        }));
    }
    held_out.sort_unstable_by_key(|held| held.row);
    held_out
}

impl Thresholds {
    /// Fits everything to held-out sentences.
    pub fn fit(held_out: &[HeldOut], rows: &[Row]) -> Self {
        let mut fitted = Self {
            sharpness: sharpness(held_out, rows),
            answer: 1.0,
            guess: 0.0,
        };
        let judged: Vec<(Intent, Judgement)> = held_out
            .iter()
            .filter_map(|held| Some((rows.get(held.row)?.intent, fitted.judge(&held.margins))))
            .collect();
        fitted.guess = guess_border(&judged);
        fitted.answer = answer_border(&judged).max(fitted.guess);
        fitted
    }

    /// What a held-out sentence would have been answered.
    pub fn judge_held_out(&self, held_out: &HeldOut) -> Judgement {
        self.judge(&held_out.margins)
    }

    pub(super) fn judge(&self, margins: &Margins) -> Judgement {
        let likely = probabilities(margins, self.sharpness);
        let mut order: Vec<(Intent, f32)> = Intent::all().zip(likely).collect();
        // Equal ones keep the order of the enum, so that nothing depends on the sort.
        order.sort_by(|one, other| other.1.total_cmp(&one.1));
        let served = || order.iter().filter(|(intent, _)| *intent != Intent::OutOfScope);
        let in_scope = served().next().map_or(0.0, |(_, likely)| *likely);
        let ranked: [(Intent, f32); 3] =
            std::array::from_fn(|place| order.get(place).copied().unwrap_or((Intent::OutOfScope, 0.0)));
        let [(first, likely), ..] = ranked;
        let verdict = if first != Intent::OutOfScope && likely >= self.answer {
            Verdict::Answer(first)
        } else if in_scope >= self.guess {
            let worth = served().filter(|(_, likely)| *likely >= GUESS_MIN.min(in_scope));
            Verdict::Guess(worth.map(|(intent, _)| *intent).take(GUESSES_MAX).collect())
        } else {
            Verdict::Unknown
        };
        Judgement {
            ranked,
            in_scope,
            verdict,
        }
    }
}

fn probabilities(margins: &Margins, sharpness: f32) -> Margins {
    let largest = margins
        .iter()
        .fold(f32::NEG_INFINITY, |largest, margin| largest.max(*margin));
    let raised = margins.map(|margin| ((margin - largest) * sharpness).exp());
    let sum: f32 = raised.iter().sum();
    raised.map(|value| value / sum)
}

/// The sharpness under which the held-out sentences are least surprising (golden-section search).
fn sharpness(held_out: &[HeldOut], rows: &[Row]) -> f32 {
    const GOLDEN: f32 = 0.618_034;
    let surprise = |sharpness: f32| -> f32 {
        let surprises = held_out.iter().filter_map(|held| {
            let column = rows.get(held.row)?.intent.column();
            let likely = probabilities(&held.margins, sharpness);
            likely.get(column).map(|likely| -likely.max(1e-9).ln())
        });
        surprises.sum()
    };
    let (mut low, mut high) = SHARPNESS;
    for _ in 0..SHARPNESS_STEPS {
        let (left, right) = (high - GOLDEN * (high - low), low + GOLDEN * (high - low));
        if surprise(left) <= surprise(right) {
            high = right;
        } else {
            low = left;
        }
    }
    (low + high) / 2.0
}

/// The highest border that sends away no more than a few of the messages we serve.
fn guess_border(judged: &[(Intent, Judgement)]) -> f32 {
    let mut sure: Vec<f32> = judged
        .iter()
        .filter(|(intent, _)| *intent != Intent::OutOfScope)
        .map(|(_, judgement)| judgement.in_scope)
        .collect();
    sure.sort_by(f32::total_cmp);
    let rejected = (sure.len() as f32 * REJECTED_MAX) as usize;
    sure.get(rejected).copied().unwrap_or(0.0)
}

/// The lowest border at which wrong and stray answers stay few.
fn answer_border(judged: &[(Intent, Judgement)]) -> f32 {
    let served = judged
        .iter()
        .filter(|(intent, _)| *intent != Intent::OutOfScope)
        .count() as f32;
    let strays = judged.len() as f32 - served;
    let mut firsts: Vec<(f32, bool, bool)> = judged
        .iter()
        .filter_map(|(truth, judgement)| {
            let [(first, likely), ..] = judgement.ranked;
            let is_stray = *truth == Intent::OutOfScope;
            (first != Intent::OutOfScope).then_some((likely, first == *truth, is_stray))
        })
        .collect();
    firsts.sort_by(|one, other| other.0.total_cmp(&one.0));
    let (mut wrong, mut stray) = (0.0, 0.0);
    let mut border = 1.0;
    for (likely, is_right, is_stray) in firsts {
        match (is_right, is_stray) {
            (true, _) => {}
            (false, true) => stray += 1.0,
            (false, false) => wrong += 1.0,
        }
        if wrong > served * WRONG_MAX || stray > strays * STRAY_MAX {
            break;
        }
        border = likely;
    }
    border
}

#[cfg(test)]
mod tests;
