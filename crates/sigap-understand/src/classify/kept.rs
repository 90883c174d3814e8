//! A trained model as bytes, so that a program carries what its build has learned. Numbers lie one after another, the
//! smallest byte first; whoever reads them was built from the same sentences.

use super::calibrate::Thresholds;
use super::concepts::Concepts;
use super::features::{GROUPS, Rarity};
use super::intent::INTENTS;
use super::model::{Exam, Lines, Model, Recipe};
use super::packed::Packed;
use super::rows::Training;
use super::tongue::Tongue;

/// What stands in front. Another order of the numbers needs another word.
const WORD: &[u8; 8] = b"sigapU02";

/// Bytes that are no model of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("these bytes are no model of this version; build the program again")]
pub struct NotAModel;

impl Model {
    /// The model without its lexicon.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = WORD.to_vec();
        let recipe = &self.lines.recipe;
        let thresholds = &self.thresholds;
        bytes.extend(recipe.places.to_le_bytes());
        let numbers = recipe
            .group_weights
            .iter()
            .chain([
                &recipe.edge,
                &thresholds.sharpness,
                &thresholds.answer,
                &thresholds.guess,
                &self.exam.accuracy,
                &self.exam.out_of_scope,
            ])
            .chain(&self.lines.packed.scales)
            .chain(self.lines.rarity.numbers());
        bytes.extend(numbers.flat_map(|number| number.to_le_bytes()));
        bytes.extend(self.tongue.to_bytes());
        bytes.extend(self.lines.packed.weights.iter().map(|weight| weight.cast_unsigned()));
        bytes
    }

    /// A model from what [`Model::to_bytes`] gave, with the lexicon it was trained with.
    ///
    /// # Errors
    /// When the bytes are no model of this version.
    pub fn from_bytes(bytes: &[u8], training: &Training) -> Result<Self, NotAModel> {
        let mut rest = bytes.strip_prefix(WORD.as_slice()).ok_or(NotAModel)?;
        let places = u32::from_le_bytes(take(&mut rest)?);
        let mut number = || take(&mut rest).map(f32::from_le_bytes);
        let mut group_weights = [0.0; GROUPS];
        for weight in &mut group_weights {
            *weight = number()?;
        }
        let edge = number()?;
        let thresholds = Thresholds {
            sharpness: number()?,
            answer: number()?,
            guess: number()?,
        };
        let exam = Exam {
            accuracy: number()?,
            out_of_scope: number()?,
        };
        let mut scales = [0.0; INTENTS];
        for scale in &mut scales {
            *scale = number()?;
        }
        let rarity = (0..places).map(|_| number()).collect::<Result<Vec<f32>, _>>()?;
        let (tongue, rest) = rest.split_at_checked(Tongue::BYTES).ok_or(NotAModel)?;
        let count = (places as usize + 1) * INTENTS;
        if rest.len() != count {
            return Err(NotAModel);
        }
        Ok(Self {
            concepts: Concepts::new(&training.lexicon),
            lines: Lines {
                recipe: Recipe {
                    places,
                    group_weights,
                    edge,
                    ..Recipe::default()
                },
                rarity: Rarity::of(rarity),
                packed: Packed {
                    weights: rest.iter().map(|byte| byte.cast_signed()).collect(),
                    scales,
                },
            },
            thresholds,
            exam,
            tongue: Tongue::from_bytes(tongue).ok_or(NotAModel)?,
        })
    }
}

fn take(rest: &mut &[u8]) -> Result<[u8; 4], NotAModel> {
    let (taken, left) = rest.split_first_chunk::<4>().ok_or(NotAModel)?;
    *rest = left;
    Ok(*taken)
}

#[cfg(test)]
mod tests;
