//! Which of 33 things a message asks for, and how sure that is. Reads no dates, numbers or names.
//!
//! A message is normalised, its words are looked up in a lexicon of concepts, words, concepts and letters become hashed
//! features, and one line through the feature space for each intent tells how far the message lies on its side. The lines
//! are trained from the sentences of `content/understanding` in seconds, by the build: no weights are in the repository.
//!
//! To teach it: add sentences to `more.tsv`, words to `more-lexicon.txt`, run `cargo xtask understand --train` and
//! `cargo xtask understand`.

pub mod intent;
pub mod rows;
pub mod measure;
mod normalise;
mod concepts;
mod features;
mod chance;
mod augment;
mod descent;
mod packed;
mod model;
mod calibrate;
pub mod tongue;
mod kept;

/// The chance that models are trained with everywhere. Another one moves the figures by less than a point.
pub const SEED: u64 = 1;

pub use calibrate::{HeldOut, Thresholds};
pub use intent::Intent;
pub use kept::NotAModel;
pub use model::{Exam, Judgement, Model, Recipe, Verdict};
pub use rows::{Language, Row, RowError, Training};
pub use tongue::Spoken;
