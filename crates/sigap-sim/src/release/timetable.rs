//! What happens when: events by second, and within a second in an order of chance.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::assumptions::Tick;

/// Events to come.
#[derive(Debug)]
pub struct Timetable<E> {
    events: BinaryHeap<Reverse<(Tick, u64, usize)>>,
    kept: Vec<Option<E>>,
}

impl<E> Timetable<E> {
    /// Nothing to come.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            events: BinaryHeap::new(),
            kept: Vec::new(),
        }
    }

    /// Puts an event on the timetable. `lot` decides among the events of one second.
    pub fn put(&mut self, at: Tick, lot: u64, event: E) {
        self.events.push(Reverse((at, lot, self.kept.len())));
        self.kept.push(Some(event));
    }

    /// The next event and its second.
    pub fn take(&mut self) -> Option<(Tick, E)> {
        let Reverse((at, _, number)) = self.events.pop()?;
        Some((at, self.kept.get_mut(number)?.take()?))
    }
}

impl<E> Default for Timetable<E> {
    fn default() -> Self {
        Self::new()
    }
}
