//! Work that waits, one lane an office. Several threads take from it, but a lane is worked by one thread at a time: the
//! works of an office run in the order in which they came, and no two of one process ever wait for each other's rows.

use std::collections::{HashMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use sigap_core::ids::OfficeId;

/// Waiting works and the lanes that are being worked.
pub(crate) struct Lanes<T> {
    waiting: Mutex<Waiting<T>>,
    changed: Condvar,
}

struct Waiting<T> {
    lanes: HashMap<OfficeId, VecDeque<T>>,
    /// Lanes with work that nobody is at, in the order of their turn.
    ready: VecDeque<OfficeId>,
    is_closing: bool,
}

/// The first works of a lane. The lane is the holder's until this is dropped, even by a panic.
pub(crate) struct Taken<'l, T> {
    lanes: &'l Lanes<T>,
    pub(crate) office: OfficeId,
    pub(crate) works: Vec<T>,
}

impl<T> Drop for Taken<'_, T> {
    fn drop(&mut self) {
        self.lanes.give_back(self.office);
    }
}

impl<T> Lanes<T> {
    pub(crate) fn new() -> Self {
        Self {
            waiting: Mutex::new(Waiting {
                lanes: HashMap::new(),
                ready: VecDeque::new(),
                is_closing: false,
            }),
            changed: Condvar::new(),
        }
    }

    /// Puts a work at the end of its office's lane; gives it back when the store is closing.
    pub(crate) fn push(&self, office: OfficeId, work: T) -> Result<(), T> {
        let mut waiting = self.lock();
        if waiting.is_closing {
            return Err(work);
        }
        let is_new = !waiting.lanes.contains_key(&office);
        waiting.lanes.entry(office).or_default().push_back(work);
        if is_new {
            waiting.ready.push_back(office);
            self.changed.notify_one();
        }
        Ok(())
    }

    /// Waits for a lane and takes its first works, at most `most`. `None` when the store is closing and nothing waits that
    /// nobody is at.
    pub(crate) fn take(&self, most: usize) -> Option<Taken<'_, T>> {
        let mut waiting = self.lock();
        loop {
            if let Some(office) = waiting.ready.pop_front() {
                let lane = waiting.lanes.entry(office).or_default();
                let works = lane.drain(..lane.len().min(most)).collect();
                return Some(Taken {
                    lanes: self,
                    office,
                    works,
                });
            }
            if waiting.is_closing {
                return None;
            }
            waiting = self.changed.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn give_back(&self, office: OfficeId) {
        let mut waiting = self.lock();
        match waiting.lanes.get(&office) {
            Some(lane) if !lane.is_empty() => {
                waiting.ready.push_back(office);
                self.changed.notify_one();
            }
            _ => {
                waiting.lanes.remove(&office);
            }
        }
    }

    /// Takes nothing more in; what waits is still worked.
    pub(crate) fn close(&self) {
        self.lock().is_closing = true;
        self.changed.notify_all();
    }

    /// A poisoned lock still holds whole works: a panic inside a work is caught before it could reach the lock.
    fn lock(&self) -> MutexGuard<'_, Waiting<T>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
