//! What an office says of its hall: lines, counters with what they can do, rates of priority groups, rules. All of it is content.

use crate::ids::CounterName;
use crate::queue::band::ServiceTime;
use crate::queue::credit::Priority;

/// The hall of one office. Built by `sigap-content` from `[hall]` of `content/offices/{slug}.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Hall {
    /// What people queue for, in the order in which it is offered.
    pub lines: Vec<Line>,
    /// Where people are served.
    pub counters: Vec<Counter>,
    /// How groups gain credit, by the id of the group; a group of the office without a rate gains as everybody.
    pub groups: Vec<(String, Priority)>,
    /// What holds for all.
    pub rules: HallRules,
    /// True when the office itself has confirmed this.
    pub is_confirmed: bool,
}

/// A line: people who wait for the same thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Stable name; its words stand in content under `line.{id}`.
    pub id: String,
    /// What its numbers begin with, `A` to `Z`; no two lines of an office share one.
    pub letter: char,
    /// Bookings of these services stand in this line.
    pub services: Vec<String>,
    /// How long a person takes, as believed before anything was measured.
    pub believed: ServiceTime,
    /// Numbers for people without booking in a day; priority groups do not count.
    pub walk_ins: u16,
}

/// A counter.
#[derive(Debug, Clone, PartialEq)]
pub struct Counter {
    /// What stands above it: `1` to `99`.
    pub name: CounterName,
    /// Lines it serves.
    pub lines: Vec<String>,
}

/// Rules of the hall. Numbers are data with source and date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HallRules {
    /// Whoever is put on hold waits so many minutes unless brought back earlier.
    pub hold_minutes: u16,
    /// Whoever did not come when called is called again after so many minutes.
    pub skip_minutes: u16,
    /// Times somebody is called in vain before the visit counts as missed.
    pub calls_max: u8,
    /// With so few people before, somebody is told that the turn is near.
    pub near: u16,
}

impl Hall {
    /// The line of that id.
    #[must_use]
    pub fn line(&self, id: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.id == id)
    }

    /// The line in which bookings of a service stand.
    #[must_use]
    pub fn line_of_service(&self, service: &str) -> Option<&Line> {
        self.lines
            .iter()
            .find(|line| line.services.iter().any(|served| served == service))
    }

    /// The counter of that name.
    #[must_use]
    pub fn counter(&self, name: CounterName) -> Option<&Counter> {
        self.counters.iter().find(|counter| counter.name == name)
    }

    /// How a group gains credit; as everybody when the office gives it no rate.
    #[must_use]
    pub fn priority(&self, group: &str) -> Option<Priority> {
        self.groups
            .iter()
            .find(|(id, _)| id == group)
            .map(|(_, priority)| *priority)
    }
}
