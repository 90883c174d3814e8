//! What is kept of a day: counts by name. Nothing in them is about one person.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;

use super::histogram::{REPLY_STEPS, WAIT_STEPS, step_name};
use crate::calendar::local_date;
use crate::cases::{CaseKind, promise};
use crate::office::Office;
use crate::queue::VisitState;

/// Counts of one or many days. Names are paths: `visit/passport/booked/served`, `wait/booked/15`, `case/complaint/late`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals(BTreeMap<String, u64>);

/// How somebody came to the hall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// In a priority group.
    Priority,
    /// With a booking.
    Booked,
    /// Without either.
    WalkIn,
}

/// How a visit ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    /// At a counter.
    Served,
    /// The person went away, or still waited when the day was over.
    Left,
    /// Called in vain as often as the office calls.
    Missed,
    /// Not yet: only of a day that is not over.
    Open,
}

/// A visit as far as figures need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitOfDay {
    /// The line in which it stands, or stood last.
    pub line: String,
    /// How far it is.
    pub state: VisitState,
    /// Whether it belongs to a priority group.
    pub has_priority: bool,
    /// Whether it had a booking.
    pub is_booked: bool,
    /// Since when it waits, as the line counts it.
    pub since: Timestamp,
    /// The first call to a counter.
    pub called_at: Option<Timestamp>,
}

/// The first answer of an officer to a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FirstAnswer {
    /// The kind of the case.
    pub kind: CaseKind,
    /// When it came.
    pub opened_at: Timestamp,
    /// When it was answered.
    pub answered_at: Timestamp,
    /// The day of the law for that answer, when the kind has one.
    pub due_on: Option<Date>,
}

impl Class {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Priority, Self::Booked, Self::WalkIn];

    /// The word in names and in keys of content.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Priority => "priority",
            Self::Booked => "booked",
            Self::WalkIn => "walk_in",
        }
    }
}

impl End {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Served, Self::Left, Self::Missed, Self::Open];

    /// The word in names.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Served => "served",
            Self::Left => "left",
            Self::Missed => "missed",
            Self::Open => "open",
        }
    }

    const fn of(state: VisitState, is_over: bool) -> Self {
        match state {
            VisitState::Done => Self::Served,
            VisitState::Left => Self::Left,
            VisitState::Missed => Self::Missed,
            // As the end of a day in the hall decides it.
            VisitState::Called if is_over => Self::Served,
            VisitState::Waiting | VisitState::Held if is_over => Self::Left,
            VisitState::Called | VisitState::Waiting | VisitState::Held => Self::Open,
        }
    }
}

impl VisitOfDay {
    const fn class(&self) -> Class {
        if self.has_priority {
            Class::Priority
        } else if self.is_booked {
            Class::Booked
        } else {
            Class::WalkIn
        }
    }
}

impl FirstAnswer {
    /// Whether it came in time: by the day of the law, or by what the chat promised.
    #[must_use]
    pub fn is_in_time(&self, office: &Office) -> bool {
        if self.kind.is_talk() {
            return promise(office, self.opened_at).is_none_or(|until| self.answered_at <= until);
        }
        self.due_on
            .is_none_or(|due_on| local_date(office, self.answered_at) <= due_on)
    }
}

impl Totals {
    /// Reads what was kept.
    #[must_use]
    pub fn from_rows(rows: impl IntoIterator<Item = (String, u64)>) -> Self {
        let mut totals = Self::default();
        for (name, count) in rows {
            totals.add(name, count);
        }
        totals
    }

    /// What is to be kept, by name.
    #[must_use]
    pub fn rows(&self) -> Vec<(String, u64)> {
        self.0.iter().map(|(name, count)| (name.clone(), *count)).collect()
    }

    /// Adds to a count; nought makes it known.
    pub fn add(&mut self, name: impl Into<String>, count: u64) {
        *self.0.entry(name.into()).or_default() += count;
    }

    /// Adds a visit.
    pub fn add_visit(&mut self, office: &Office, visit: &VisitOfDay, is_over: bool) {
        let class = visit.class().name();
        let end = End::of(visit.state, is_over).name();
        self.add(format!("visit/{}/{class}/{end}", visit.line), 1);
        let hour = office.zone.to_datetime(visit.since).hour();
        self.add(format!("hour/{hour:02}"), 1);
        if let Some(called_at) = visit.called_at {
            let seconds = u64::try_from(called_at.duration_since(visit.since).as_secs()).unwrap_or_default();
            self.add(format!("wait/{class}/{}", step_name(&WAIT_STEPS, seconds)), 1);
        }
    }

    /// Adds a first answer.
    pub fn add_answer(&mut self, office: &Office, answer: &FirstAnswer) {
        let kind = answer.kind.name();
        let word = if answer.is_in_time(office) { "in_time" } else { "late" };
        self.add(format!("case/{kind}/{word}"), 1);
        let took = answer.answered_at.duration_since(answer.opened_at).as_secs();
        let step = step_name(&REPLY_STEPS, u64::try_from(took).unwrap_or_default());
        self.add(format!("reply/{step}"), 1);
    }

    /// Adds all of another day.
    pub fn join(&mut self, other: &Self) {
        for (name, count) in &other.0 {
            self.add(name.as_str(), *count);
        }
    }

    /// A count; `None` when it was not kept.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<u64> {
        self.0.get(name).copied()
    }

    /// Counts whose names begin so, with the rest of their names.
    pub(super) fn under<'a>(&'a self, start: &'a str) -> impl Iterator<Item = (&'a str, u64)> {
        self.0
            .range(start.to_owned()..)
            .map_while(move |(name, count)| Some((name.strip_prefix(start)?, *count)))
    }
}

#[cfg(test)]
mod tests;
