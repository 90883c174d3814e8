//! Plays a hall: who comes, who is called, how long everybody waited. Time is whole microseconds.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use jiff::Timestamp;
use sigap_core::queue::credit::{InLine, next};

use crate::release::chance::{About, Chance};

/// Microseconds of a minute.
const MINUTE: f64 = 60e6;

/// People of one kind.
#[derive(Debug, Clone, Copy)]
pub struct Class {
    /// How many come in an hour, on the mean.
    pub per_hour: f64,
    /// What they gain for each minute, in percent.
    pub percent: u16,
}

/// A hall. Times between arrivals are exponential.
#[derive(Debug, Clone, Copy)]
pub struct Hall {
    /// Counters.
    pub counters: usize,
    /// Mean service time, in minutes.
    pub service_minutes: f64,
    /// Exponential parts of a service: 1 is exponential, more of them are steadier (variation `1 / phases`).
    pub phases: u32,
    /// Who comes.
    pub classes: &'static [Class],
}

/// One visit.
#[derive(Debug, Clone, Copy)]
pub struct Visit {
    /// Place of the class in `Hall::classes`.
    pub class: usize,
    /// How many stood in the line at the arrival; `None` when a counter was free.
    pub ahead: Option<u32>,
    /// Minutes until the call.
    pub waited: f64,
    /// Minutes at the counter.
    pub served: f64,
}

struct Waiting {
    line: InLine,
    class: usize,
    ahead: u32,
    arrived_at: i64,
}

/// Plays until so many people were called, and tells of each.
pub fn play(hall: &Hall, people: u64, seed: u64, mut tell: impl FnMut(Visit)) {
    let mut chance = Chance::new(seed, About::Hall, &[]);
    let per_hour: f64 = hall.classes.iter().map(|class| class.per_hour).sum();
    let gap = |chance: &mut Chance| ticks(chance.exponential() * 60.0 / per_hour);
    let mut busy_until: BinaryHeap<Reverse<i64>> = BinaryHeap::new();
    let mut line: Vec<Waiting> = Vec::new();
    let mut arrives_at = gap(&mut chance);
    let (mut number, mut called) = (0_u32, 0_u64);
    while called < people {
        let first_free = busy_until.peek().map_or(i64::MAX, |free| free.0);
        if busy_until.len() == hall.counters && !line.is_empty() && first_free <= arrives_at {
            busy_until.pop();
            let now = Timestamp::from_microsecond(first_free).unwrap_or(Timestamp::MAX);
            let Some(chosen) = next(line.iter().map(|waiting| &waiting.line), now).copied() else {
                return;
            };
            let Some(place) = line.iter().position(|waiting| waiting.line == chosen) else {
                return;
            };
            let waiting = line.swap_remove(place);
            let served = service(hall, &mut chance);
            busy_until.push(Reverse(first_free + ticks(served)));
            called += 1;
            tell(Visit {
                class: waiting.class,
                ahead: Some(waiting.ahead),
                waited: (first_free - waiting.arrived_at) as f64 / MINUTE,
                served,
            });
            continue;
        }
        while busy_until.peek().is_some_and(|free| free.0 <= arrives_at) {
            busy_until.pop();
        }
        let class = class_of(hall, chance.unit() * per_hour);
        number = number.wrapping_add(1);
        if busy_until.len() < hall.counters {
            let served = service(hall, &mut chance);
            busy_until.push(Reverse(arrives_at + ticks(served)));
            called += 1;
            tell(Visit {
                class,
                ahead: None,
                waited: 0.0,
                served,
            });
        } else {
            line.push(Waiting {
                line: InLine {
                    number,
                    since: Timestamp::from_microsecond(arrives_at).unwrap_or(Timestamp::MAX),
                    percent: hall.classes.get(class).map_or(0, |class| class.percent),
                },
                class,
                ahead: u32::try_from(line.len()).unwrap_or(u32::MAX),
                arrived_at: arrives_at,
            });
        }
        arrives_at += gap(&mut chance);
    }
}

fn service(hall: &Hall, chance: &mut Chance) -> f64 {
    let parts: f64 = (0..hall.phases).map(|_| chance.exponential()).sum();
    parts * hall.service_minutes / f64::from(hall.phases)
}

fn class_of(hall: &Hall, mut drawn: f64) -> usize {
    for (place, class) in hall.classes.iter().enumerate() {
        if drawn < class.per_hour {
            return place;
        }
        drawn -= class.per_hour;
    }
    hall.classes.len().saturating_sub(1)
}

#[allow(clippy::cast_possible_truncation, reason = "years of microseconds fit")]
fn ticks(minutes: f64) -> i64 {
    (minutes * MINUTE).round() as i64
}

#[cfg(test)]
mod tests;
