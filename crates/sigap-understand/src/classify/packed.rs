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
    pub(super) rounds_max: usize,
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
    /// Draws each column's line, with the messages whose column it is on one side. Each has its own chance.
    pub(super) fn draw(
        messages: &Messages,
        columns: &[usize],
        drawing: Drawing,
        chance_of: impl Fn(usize) -> Chance,
    ) -> Self {
        let Drawing {
            places,
            cost,
            rounds_max,
        } = drawing;
        let mut weights = vec![0_i8; places * N];
        let mut scales = [0.0; N];
        for (column, scale) in scales.iter_mut().enumerate() {
            let is_inside = |index: usize| columns.get(index) == Some(&column);
            let line = descent::divide(messages, is_inside, places, cost, rounds_max, chance_of(column));
            let largest = line
                .iter()
                .fold(f32::MIN_POSITIVE, |largest, weight| largest.max(weight.abs()));
            *scale = largest / f32::from(i8::MAX);
            for (place, weight) in weights.chunks_exact_mut(N).zip(&line) {
                if let Some(place) = place.get_mut(column) {
                    *place = (weight / *scale).round() as i8;
                }
            }
        }
        Self { weights, scales }
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
