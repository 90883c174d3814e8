//! The model that understands free text: the one of the build for everybody, and one of its own for an office that teaches it.
//!
//! Learning takes seconds, so that nobody waits for it: an office goes on with what it has until its own is learned.

use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use sigap_understand::classify::{Model, Row, SEED, Training};

/// Lessons that are remembered: those of drafts that are looked at, and those that are published.
const LESSONS_MAX: usize = 16;

/// What the build has learned from `content/understanding`.
static BUILT: LazyLock<Arc<Model>> = LazyLock::new(|| {
    let bytes = include_bytes!(concat!(env!("OUT_DIR"), "/understanding.bin"));
    // The same build wrote the bytes and reads them. If they were damaged all the same, learning anew takes seconds.
    let training = training();
    let model = Model::from_bytes(bytes, &training).unwrap_or_else(|_| Model::train(&training, SEED));
    Arc::new(model)
});

/// Lessons by their sentences, the last one used at the end: what was tried is not learned again when it is published.
static KNOWN: Mutex<Vec<Arc<Taught>>> = Mutex::new(Vec::new());

/// Sentences of an office beside those of the build, and what was learned from both.
#[derive(Debug)]
pub(crate) struct Taught {
    rows: Vec<Row>,
    model: OnceLock<Model>,
}

impl Taught {
    /// The lesson of these sentences; the same one for the same sentences.
    pub(crate) fn of(rows: Vec<Row>) -> Arc<Self> {
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        let taught = match known.iter().position(|taught| taught.rows == rows) {
            Some(place) => known.remove(place),
            None => Arc::new(Self {
                rows,
                model: OnceLock::new(),
            }),
        };
        if known.len() >= LESSONS_MAX {
            known.remove(0);
        }
        known.push(Arc::clone(&taught));
        taught
    }

    /// The sentences of the office.
    pub(crate) fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// What was learned; `None` until somebody has learned it.
    pub(crate) fn model(&self) -> Option<&Model> {
        self.model.get()
    }

    /// Learns, once: seconds.
    pub(crate) fn learn(&self) -> &Model {
        self.model.get_or_init(|| {
            let mut training = training();
            training.rows.extend(self.rows.iter().cloned());
            Model::train(&training, SEED)
        })
    }
}

/// The model of the build.
pub(crate) fn built() -> Arc<Model> {
    Arc::clone(&BUILT)
}

/// The sentences of the build; a test holds that they can be read.
fn training() -> Training {
    Training::embedded().unwrap_or_default()
}

#[cfg(test)]
mod tests;
