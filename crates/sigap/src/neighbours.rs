//! Watches the other processes on the same database and says who fell silent. Knows no clock: it counts its own rounds.

use std::collections::HashMap;

use sigap_core::ids::ProcessId;

/// Rounds (a second each) without a beat after which a process counts as gone. A busy database delays a beat by one or
/// two; a claim is never attempted later than this (see the sender), so that nobody sends what was taken over.
pub(crate) const SILENT_ROUNDS: u32 = 5;

/// A process that no longer beats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Silent {
    /// It was alive while we were: statuses of what it sent came to us or to others. What it left can be settled soon.
    Died(ProcessId),
    /// It was silent from our first look on. What it left has been given its time when we started.
    WasGone(ProcessId),
}

struct Neighbour {
    beats: u64,
    has_beaten: bool,
    silent_rounds: u32,
}

/// What is known of the others.
#[derive(Default)]
pub(crate) struct Neighbours(HashMap<ProcessId, Neighbour>);

impl Neighbours {
    /// Takes in one round's list of the other processes; who has been silent for long enough. Each is told in every round
    /// until it stands in the list no more.
    pub(crate) fn look(&mut self, listed: &[(ProcessId, u64)]) -> Vec<Silent> {
        self.0
            .retain(|known, _| listed.iter().any(|(process, _)| process == known));
        let mut silent = Vec::new();
        for (process, beats) in listed {
            let met = Neighbour {
                beats: *beats,
                has_beaten: self.0.contains_key(process),
                silent_rounds: 0,
            };
            let Some(known) = self.0.get_mut(process).filter(|known| known.beats == *beats) else {
                self.0.insert(*process, met);
                continue;
            };
            known.silent_rounds += 1;
            if known.silent_rounds >= SILENT_ROUNDS {
                silent.push(if known.has_beaten {
                    Silent::Died(*process)
                } else {
                    Silent::WasGone(*process)
                });
            }
        }
        silent
    }
}

#[cfg(test)]
mod tests;
