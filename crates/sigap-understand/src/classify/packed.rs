//! Lines over the same features, one for each column, their weights as whole bytes side by side.

use super::chance::Chance;
use super::descent::{self, Messages};
use super::features::Feature;

/// How lines are drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drawing {
    /// Features that there are.
    pub(super) places: usize,
    /// As for [`descent::divide`].
    pub(super) cost: f32,
    /// As for [`descent::divide`].
    pub(super) rounds: usize,
}

/// `N` lines.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Packed<const N: usize> {
    /// The weights of a place stand together, one for each column.
    pub(super) weights: Vec<i8>,
    /// What one step of a weight of each column is worth.
    pub(super) scales: [f32; N],
}

impl<const N: usize> Packed<N> {
    /// Draws each column's line, with the messages whose column it is on one side.
    pub(super) fn draw(messages: &Messages, columns: &[usize], drawing: Drawing, chance: Chance) -> Self {
        let Drawing { places, cost, rounds } = drawing;
        let lines = descent::divide::<N>(messages, columns, places, cost, rounds, chance);
        let mut scales = [f32::MIN_POSITIVE; N];
        for weights in &lines {
            for (scale, weight) in scales.iter_mut().zip(weights) {
                *scale = scale.max(weight.abs());
            }
        }
        for scale in &mut scales {
            *scale /= f32::from(i8::MAX);
        }
        let packed = |weights: &[f32; N]| {
            std::array::from_fn::<i8, N, _>(|at| {
                let step = weights
                    .get(at)
                    .zip(scales.get(at))
                    .map_or(0.0, |(weight, scale)| weight / scale);
                step.round() as i8
            })
        };
        Self {
            weights: lines.iter().flat_map(packed).collect(),
            scales,
        }
    }

    /// How far a message lies on the side of each column.
    pub(super) fn sides(&self, features: impl IntoIterator<Item = Feature>) -> [f32; N] {
        let mut sides = [0.0; N];
        for (place, value) in features {
            let start = place as usize * N;
            let weights = self.weights.get(start..start + N).unwrap_or_default();
            for (side, weight) in sides.iter_mut().zip(weights) {
                *side += value * f32::from(*weight);
            }
        }
        for (side, scale) in sides.iter_mut().zip(&self.scales) {
            *side *= scale;
        }
        sides
    }
}
