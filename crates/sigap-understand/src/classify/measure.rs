//! How good judgements are on sentences whose intent is known. Only counts; printing is left to a program.

use std::collections::BTreeMap;

use super::{Intent, Judgement, Language, Verdict};

/// Share of messages we serve that may be rejected when recall of out-of-scope messages is told.
const FALSE_REJECTION: f32 = 0.05;

/// A sentence's intent and language with what was made of it.
#[derive(Debug, Clone)]
pub struct Judged {
    /// What it asks for.
    pub truth: Intent,
    /// In which language.
    pub language: Language,
    /// What was made of it.
    pub judgement: Judgement,
}

/// Figures over a set of sentences. Shares are 0 to 1, and 0 where there is nothing to count.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Figures {
    /// Sentences, all of them.
    pub count: usize,
    /// Likeliest intent is right.
    pub accuracy: f32,
    /// Mean over the intents present of the harmonic mean of precision and recall.
    pub macro_f1: f32,
    /// Likeliest intent is right, of sentences in scope.
    pub in_scope_accuracy: f32,
    /// Right intent is among the three likeliest, of sentences in scope.
    pub top_three: f32,
    /// Out-of-scope sentences caught by the border that rejects 5 % of the others.
    pub recall_at_rejection: f32,
    /// In-scope sentences answered at once.
    pub answered: f32,
    /// In-scope sentences answered at once, wrongly.
    pub wrong: f32,
    /// In-scope sentences answered rightly at once, or with the right one among the guesses.
    pub solved: f32,
    /// In-scope sentences sent away as unknown.
    pub sent_away: f32,
    /// Out-of-scope sentences that got an answer at once.
    pub stray: f32,
    /// Out-of-scope sentences told that they are not served here.
    pub recognised: f32,
}

impl Figures {
    /// Counts.
    pub fn new(judged: &[Judged]) -> Self {
        let (outside, inside): (Vec<&Judged>, Vec<&Judged>) =
            judged.iter().partition(|each| each.truth == Intent::OutOfScope);
        let first_is_right = |each: &Judged| each.judgement.ranked[0].0 == each.truth;
        let answer = |each: &Judged| match each.judgement.verdict {
            Verdict::Answer(intent) => Some(intent),
            _ => None,
        };
        Self {
            count: judged.len(),
            accuracy: share(&judged.iter().collect::<Vec<_>>(), first_is_right),
            macro_f1: macro_f1(judged),
            in_scope_accuracy: share(&inside, first_is_right),
            top_three: share(&inside, |each| {
                each.judgement.ranked.iter().any(|(intent, _)| *intent == each.truth)
            }),
            recall_at_rejection: recall_at_rejection(&inside, &outside),
            answered: share(&inside, |each| answer(each).is_some()),
            wrong: share(&inside, |each| answer(each).is_some_and(|intent| intent != each.truth)),
            solved: share(&inside, |each| match &each.judgement.verdict {
                Verdict::Answer(intent) => *intent == each.truth,
                Verdict::Guess(intents) => intents.contains(&each.truth),
                Verdict::Unknown => false,
            }),
            sent_away: share(&inside, |each| each.judgement.verdict == Verdict::Unknown),
            stray: share(&outside, |each| answer(each).is_some()),
            recognised: share(&outside, |each| each.judgement.verdict == Verdict::Unknown),
        }
    }

    /// The figures of each language that occurs.
    pub fn by_language(judged: &[Judged]) -> Vec<(Language, Self)> {
        let of = |language| {
            judged
                .iter()
                .filter(move |each| each.language == language)
                .cloned()
                .collect::<Vec<_>>()
        };
        Language::ALL
            .into_iter()
            .map(|language| (language, of(language)))
            .filter(|(_, judged)| !judged.is_empty())
            .map(|(language, judged)| (language, Self::new(&judged)))
            .collect()
    }
}

/// Which intents are taken for which others, the most frequent first: truth, taken for, how often.
pub fn confusions(judged: &[Judged]) -> Vec<(Intent, Intent, usize)> {
    let mut counts: BTreeMap<(Intent, Intent), usize> = BTreeMap::new();
    for each in judged {
        let taken_for = each.judgement.ranked[0].0;
        if taken_for != each.truth {
            *counts.entry((each.truth, taken_for)).or_default() += 1;
        }
    }
    let mut rows: Vec<_> = counts
        .into_iter()
        .map(|((truth, taken_for), count)| (truth, taken_for, count))
        .collect();
    rows.sort_by_key(|(_, _, count)| std::cmp::Reverse(*count));
    rows
}

fn share(of: &[&Judged], is_counted: impl Fn(&Judged) -> bool) -> f32 {
    let counted = of.iter().filter(|each| is_counted(each)).count();
    counted as f32 / (of.len().max(1)) as f32
}

fn macro_f1(judged: &[Judged]) -> f32 {
    let mut sum = 0.0;
    let mut present = 0.0_f32;
    for intent in Intent::all() {
        let truth = judged.iter().filter(|each| each.truth == intent).count();
        if truth == 0 {
            continue;
        }
        let said = judged
            .iter()
            .filter(|each| each.judgement.ranked[0].0 == intent)
            .count();
        let both = judged
            .iter()
            .filter(|each| each.truth == intent && each.judgement.ranked[0].0 == intent)
            .count();
        sum += 2.0 * both as f32 / (truth + said) as f32;
        present += 1.0;
    }
    sum / present.max(1.0)
}

/// Rejected is what is less sure to be in scope than a border, or likeliest out of scope.
fn recall_at_rejection(inside: &[&Judged], outside: &[&Judged]) -> f32 {
    let mut sure: Vec<f32> = inside.iter().map(|each| each.judgement.in_scope).collect();
    sure.sort_by(f32::total_cmp);
    let rejected = (sure.len() as f32 * FALSE_REJECTION) as usize;
    let Some(border) = sure.get(rejected) else { return 0.0 };
    share(outside, |each| each.judgement.in_scope < *border)
}

#[cfg(test)]
mod tests;
