//! Work that waits, one line an office; offices take turns, so that a flood at one delays no other.

use std::collections::{HashMap, VecDeque};

use sigap_core::ids::OfficeId;

/// Waiting items by office, taken round robin.
pub(crate) struct Lanes<T> {
    lines: HashMap<OfficeId, VecDeque<T>>,
    turn: VecDeque<OfficeId>,
}

impl<T> Lanes<T> {
    pub(crate) fn new() -> Self {
        Self {
            lines: HashMap::new(),
            turn: VecDeque::new(),
        }
    }

    pub(crate) fn push(&mut self, office: OfficeId, item: T) {
        let line = self.lines.entry(office).or_default();
        if line.is_empty() {
            self.turn.push_back(office);
        }
        line.push_back(item);
    }

    /// The next item: the first of the office whose turn it is.
    pub(crate) fn pop(&mut self) -> Option<T> {
        let office = self.turn.pop_front()?;
        let line = self.lines.get_mut(&office)?;
        let item = line.pop_front();
        if line.is_empty() {
            self.lines.remove(&office);
        } else {
            self.turn.push_back(office);
        }
        item
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.turn.is_empty()
    }
}

#[cfg(test)]
mod tests;
