//! Finds the lines that divide the messages of each column from all others (linear support vector machines with squared
//! loss), by dual coordinate descent. Only numbers here: no texts, no intents.
//!
//! One message after the other is looked at, in a shuffled order, and every line moved so that it lies on its side with some
//! distance. All lines move together: a message is fetched from memory once, and the arithmetic is the same for each line.

use super::chance::{Chance, mix};
use super::features::Feature;

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

/// The weights of `N` lines by place: positive on the side of the messages whose column it is.
///
/// `cost` is how much a message on the wrong side weighs against a simple line; `rounds` is how often all messages are looked at.
pub(super) fn divide<const N: usize>(
    messages: &Messages,
    columns: &[usize],
    places: usize,
    cost: f32,
    rounds: usize,
    mut chance: Chance,
) -> Vec<[f32; N]> {
    let mut weights = vec![[0.0_f32; N]; places];
    let mut pulls = vec![[0.0_f32; N]; messages.ends.len()];
    let mut order: Vec<usize> = (0..messages.ends.len()).collect();
    let softness = 0.5 / cost;
    for _ in 0..rounds {
        shuffle(&mut order, chance.next());
        for index in &order {
            let features = messages.get(*index);
            let (Some(pulls), Some(square)) = (pulls.get_mut(*index), messages.squares.get(*index)) else {
                continue;
            };
            let sides = sides(&weights, features);
            let mut changes = [0.0_f32; N];
            for (column, ((change, side_found), pull)) in changes.iter_mut().zip(sides).zip(pulls).enumerate() {
                let side = if columns.get(*index) == Some(&column) {
                    1.0
                } else {
                    -1.0
                };
                let slope = side * side_found - 1.0 + *pull * softness;
                let moved = (*pull - slope / (square + softness)).max(0.0);
                *change = (moved - *pull) * side;
                *pull = moved;
            }
            for (place, value) in features {
                let Some(weights) = weights.get_mut(*place as usize) else {
                    continue;
                };
                for (weight, change) in weights.iter_mut().zip(&changes) {
                    *weight += change * value;
                }
            }
        }
    }
    weights
}

/// Each message has its own place in the order of a round: what is learned besides leaves the others in theirs.
fn shuffle(order: &mut [usize], round: u64) {
    order.sort_unstable_by_key(|index| mix(round ^ (*index as u64)));
}

/// How far a message lies on the side of each line.
fn sides<const N: usize>(weights: &[[f32; N]], features: &[Feature]) -> [f32; N] {
    let mut sides = [0.0; N];
    for (place, value) in features {
        for (side, weight) in sides.iter_mut().zip(weights.get(*place as usize).unwrap_or(&[0.0; N])) {
            *side += weight * value;
        }
    }
    sides
}

#[cfg(test)]
mod tests;
