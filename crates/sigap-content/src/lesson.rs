//! What an office teaches the understanding of free text, and what that would change before anybody is answered by it.

use std::collections::BTreeSet;

use sigap_core::ids::OfficeId;
use sigap_understand::classify::{Intent, Language, Model, Row, Verdict, rows};

use crate::content::Content;
use crate::office_file::ExampleFile;

/// Sentences with another answer that are shown.
const CHANGED_SHOWN: usize = 20;
/// What the share of sentences of the build that are understood without having been learned may lose.
const ACCURACY_LOST_MAX: f32 = 0.005;
/// What the share of sentences that are none of ours and seen as such may lose.
const STRANGE_LOST_MAX: f32 = 0.01;
/// Sentences of the yard-stick, about 1,600, that may lead where they should no more.
const SENTENCES_LOST_MAX: usize = 2;

/// What learning anew would change.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// Sentences of the office.
    pub sentences: usize,
    /// Of them, how many are answered at once and rightly, before and after.
    pub understood: [usize; 2],
    /// Share of sentences that are understood by a model that has not learned them, before and after; 0 to 1.
    pub accuracy: [f32; 2],
    /// Share of sentences that are none of ours and seen as such, likewise.
    pub strange: [f32; 2],
    /// Sentences of the yard-stick that are understood, before and after.
    pub measured: [usize; 2],
    /// Sentences of the office and of the yard-stick that are answered otherwise.
    pub changed: Vec<ChangedAnswer>,
}

/// A sentence that gets another answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedAnswer {
    /// As it is written.
    pub text: String,
    /// What it means.
    pub meant: Intent,
    /// What is answered at once, before and after; `None` when it is asked back.
    pub answered: [Option<Intent>; 2],
}

impl Lesson {
    /// Whether others would be understood worse, so that it must not be published.
    #[must_use]
    pub fn is_worse(&self) -> bool {
        let lost = |[before, after]: [f32; 2]| before - after;
        lost(self.accuracy) > ACCURACY_LOST_MAX
            || lost(self.strange) > STRANGE_LOST_MAX
            || self.measured[0] > self.measured[1] + SENTENCES_LOST_MAX
    }
}

impl Content {
    /// Learns what offices teach and nobody has learned yet: seconds for each of them. Until then they go on without.
    pub fn learn(&self) {
        for taught in self.own_understanding.values() {
            taught.learn();
        }
    }

    /// What would change for an office from `before` to this content; `None` when it teaches the same in both. Learns if need be.
    #[must_use]
    pub fn lesson(&self, before: &Self, office: OfficeId) -> Option<Lesson> {
        let (old, new) = (
            before.own_understanding.get(&office),
            self.own_understanding.get(&office),
        );
        let own = |taught: Option<&std::sync::Arc<crate::understanding::Taught>>| {
            taught.map(|taught| taught.rows().to_vec()).unwrap_or_default()
        };
        let (old_rows, new_rows) = (own(old), own(new));
        if old_rows == new_rows {
            return None;
        }
        let models = [
            old.map_or(&*before.understanding, |taught| taught.learn()),
            new.map_or(&*self.understanding, |taught| taught.learn()),
        ];
        let mut measure = rows::development().unwrap_or_default();
        measure.extend(rows::held_out().unwrap_or_default());
        let of_office = new_rows
            .iter()
            .chain(old_rows.iter().filter(|row| !new_rows.contains(row)));
        let mut seen = BTreeSet::new();
        // Where both know a sentence, the yard-stick says what it means.
        let changed = measure.iter().chain(of_office).filter(|row| seen.insert(&row.text));
        let changed = changed.filter_map(|row| changed_answer(models, row));
        Some(Lesson {
            sentences: new_rows.len(),
            understood: models.map(|model| new_rows.iter().filter(|row| is_answered(model, row)).count()),
            accuracy: models.map(|model| model.exam().accuracy),
            strange: models.map(|model| model.exam().out_of_scope),
            measured: models.map(|model| measure.iter().filter(|row| is_understood(model, row)).count()),
            changed: changed.take(CHANGED_SHOWN).collect(),
        })
    }
}

fn answered(model: &Model, row: &Row) -> Option<Intent> {
    match model.judge(&row.text).verdict {
        Verdict::Answer(intent) => Some(intent),
        Verdict::Guess(_) | Verdict::Unknown => None,
    }
}

fn is_answered(model: &Model, row: &Row) -> bool {
    answered(model, row) == Some(row.intent)
}

/// Whether a sentence leads where it should: at once, or by a tap on one of the guesses.
fn is_understood(model: &Model, row: &Row) -> bool {
    match model.judge(&row.text).verdict {
        Verdict::Answer(intent) => intent == row.intent,
        Verdict::Guess(guesses) => guesses.contains(&row.intent),
        Verdict::Unknown => row.intent == Intent::OutOfScope,
    }
}

fn changed_answer(models: [&Model; 2], row: &Row) -> Option<ChangedAnswer> {
    let answered = models.map(|model| answered(model, row));
    (answered[0] != answered[1]).then(|| ChangedAnswer {
        text: row.text.clone(),
        meant: row.intent,
        answered,
    })
}

/// The sentences of an office's file. A label that this version does not know teaches nothing.
pub(crate) fn rows_of(examples: &[ExampleFile]) -> Vec<Row> {
    let rows = examples
        .iter()
        .filter_map(|example| Some((Intent::find(&example.intent)?, example)));
    rows.flat_map(|(intent, example)| {
        let languages = [
            (Language::Indonesian, &example.id),
            (Language::English, &example.en),
            (Language::Sundanese, &example.su),
            (Language::Javanese, &example.jv),
        ];
        languages.into_iter().flat_map(move |(language, texts)| {
            texts.iter().map(move |text| Row {
                text: text.clone(),
                intent,
                language,
            })
        })
    })
    .collect()
}

#[cfg(test)]
mod tests;
