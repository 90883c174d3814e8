//! Finds the line that divides the messages of one intent from all others (a linear support vector machine with squared
//! loss), by dual coordinate descent. Only numbers here: no texts, no intents.
//!
//! One message after the other is looked at, in a shuffled order, and the line moved so that it lies on its side with some
//! distance. Messages that are far on their side are left out until the others agree.

use super::chance::Chance;
use super::features::Feature;

/// How far from the best answer descent may stop. Smaller changes no verdict.
const TOLERANCE: f32 = 0.1;

/// All messages, their features end to end.
#[derive(Debug, Clone, Default)]
pub(super) struct Messages {
    features: Vec<Feature>,
    ends: Vec<usize>,
    squares: Vec<f32>,
}

impl Messages {
    pub(super) fn push(&mut self, features: &[Feature]) {
        self.features.extend_from_slice(features);
        self.ends.push(self.features.len());
        self.squares.push(features.iter().map(|(_, value)| value * value).sum());
    }

    fn get(&self, index: usize) -> &[Feature] {
        let start = index
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .copied()
            .unwrap_or(0);
        let end = self.ends.get(index).copied().unwrap_or(start);
        self.features.get(start..end).unwrap_or_default()
    }
}

/// The weights of a line with `places` features: positive on the side of the messages that `is_inside` says yes to.
///
/// `cost` is how much a message on the wrong side weighs against a simple line; `rounds_max` bounds the work.
pub(super) fn divide(
    messages: &Messages,
    is_inside: impl Fn(usize) -> bool,
    places: usize,
    cost: f32,
    rounds_max: usize,
    mut chance: Chance,
) -> Vec<f32> {
    let mut weights = vec![0.0_f32; places];
    let mut pulls = vec![0.0_f32; messages.ends.len()];
    let mut active: Vec<usize> = (0..messages.ends.len()).collect();
    let softness = 0.5 / cost;
    let mut steepest_before = f32::INFINITY;
    for _ in 0..rounds_max {
        chance.shuffle(&mut active);
        let mut steepest = f32::NEG_INFINITY;
        let mut flattest = f32::INFINITY;
        active.retain(|index| {
            let features = messages.get(*index);
            let side = if is_inside(*index) { 1.0 } else { -1.0 };
            let Some(pull) = pulls.get_mut(*index) else {
                return false;
            };
            let slope = side * dot(&weights, features) - 1.0 + *pull * softness;
            let needed = if *pull == 0.0 {
                if slope > steepest_before {
                    return false;
                }
                slope.min(0.0)
            } else {
                slope
            };
            steepest = steepest.max(needed);
            flattest = flattest.min(needed);
            if needed.abs() > 1e-9 {
                let square = messages.squares.get(*index).copied().unwrap_or(0.0) + softness;
                let moved = (*pull - slope / square).max(0.0);
                let change = (moved - *pull) * side;
                *pull = moved;
                for (place, value) in features {
                    if let Some(weight) = weights.get_mut(*place as usize) {
                        *weight += change * value;
                    }
                }
            }
            true
        });
        if steepest - flattest <= TOLERANCE {
            if active.len() == messages.ends.len() {
                break;
            }
            // Everybody agrees: look once more at those who were left out.
            active = (0..messages.ends.len()).collect();
            steepest_before = f32::INFINITY;
            continue;
        }
        steepest_before = if steepest <= 0.0 { f32::INFINITY } else { steepest };
    }
    weights
}

fn dot(weights: &[f32], features: &[Feature]) -> f32 {
    features
        .iter()
        .map(|(place, value)| weights.get(*place as usize).copied().unwrap_or(0.0) * value)
        .sum()
}

#[cfg(test)]
mod tests;
