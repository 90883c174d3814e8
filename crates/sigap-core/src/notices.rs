//! Notices an office sends without having been asked: which of them, by day or by night, to whom how often, and for how much. The
//! words stand in content; how a message travels is not known here.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::catalogue::Confidence;

pub mod budget;
pub mod template;

/// The topic of their words: the notice `booked` is said by the key `notice.booked`.
pub const TOPIC: &str = "notice.";

/// What holds for the notices of every office until one decides otherwise.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeCatalogue {
    /// The first hour of a day at which people are told.
    pub day_from: Time,
    /// The first hour of the evening at which they are not.
    pub day_until: Time,
    /// Paid messages to one person in a day.
    pub person_day_max: u32,
    /// Paid messages to one person in a month.
    pub person_month_max: u32,
    /// What the messages of a month may cost.
    pub budget_rupiah: i64,
    /// Short name in `Catalogue::sources`.
    pub source: String,
    /// How well founded.
    pub confidence: Confidence,
    /// First day on which it holds.
    pub from: Date,
    /// For editors.
    pub note: Option<String>,
    /// Each of them.
    pub kinds: Vec<NoticeKind>,
}

/// A notice.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeKind {
    /// Its name: the message key without its topic.
    pub id: String,
    /// Whether an office sends it that decided nothing.
    pub is_on: bool,
    /// Whether it is sent when the month's budget is used up, where the office decided nothing.
    pub is_important: bool,
    /// Whether it may go out by a paid template; else it is told within the window or not at all.
    pub has_template: bool,
    /// Whether it is sent at night too: it is an answer to what the person just did, or is untrue in the morning.
    pub is_sent_at_night: bool,
}

impl NoticeCatalogue {
    /// The notice of that name.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&NoticeKind> {
        self.kinds.iter().find(|kind| kind.id == id)
    }

    /// The notices that need a template.
    pub fn with_template(&self) -> impl Iterator<Item = &NoticeKind> {
        self.kinds.iter().filter(|kind| kind.has_template)
    }
}

impl NoticeKind {
    /// The key of its words.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{TOPIC}{}", self.id)
    }
}

/// What one office decided. Stored as JSON: add fields with a default, never rename.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NoticePlan {
    /// Switched on or off, by name.
    pub is_on: BTreeMap<String, bool>,
    /// Goes on without a budget, by name.
    pub is_important: BTreeMap<String, bool>,
    /// The hours of the day within which people are told.
    pub day: Option<(Time, Time)>,
    /// Paid messages to one person in a day.
    pub person_day_max: Option<u32>,
    /// Paid messages to one person in a month.
    pub person_month_max: Option<u32>,
    /// What the messages of a month may cost.
    pub budget_rupiah: Option<i64>,
    /// What was heard of each business account.
    pub accounts: BTreeMap<String, AccountNews>,
}

/// How the last comparison with Meta ended.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AccountNews {
    /// When Meta last told all templates.
    pub compared_at: Option<Timestamp>,
    /// Why it did not, when the last try failed.
    pub problem: Option<String>,
}

/// The plan of an office over what holds everywhere.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    /// What holds everywhere.
    pub catalogue: &'a NoticeCatalogue,
    /// What the office decided.
    pub plan: &'a NoticePlan,
}

impl Rules<'_> {
    /// Whether a notice is sent at all. One that content does not know is not.
    #[must_use]
    pub fn is_on(&self, id: &str) -> bool {
        let decided = self.plan.is_on.get(id).copied();
        self.catalogue
            .find(id)
            .is_some_and(|kind| decided.unwrap_or(kind.is_on))
    }

    /// Whether a notice goes on when the budget is used up.
    #[must_use]
    pub fn is_important(&self, id: &str) -> bool {
        let decided = self.plan.is_important.get(id).copied();
        self.catalogue
            .find(id)
            .is_some_and(|kind| decided.unwrap_or(kind.is_important))
    }

    /// Paid messages to one person in a day and in a month.
    #[must_use]
    pub fn person_max(&self) -> (u32, u32) {
        (
            self.plan.person_day_max.unwrap_or(self.catalogue.person_day_max),
            self.plan.person_month_max.unwrap_or(self.catalogue.person_month_max),
        )
    }

    /// What the messages of a month may cost.
    #[must_use]
    pub fn budget_rupiah(&self) -> i64 {
        self.plan.budget_rupiah.unwrap_or(self.catalogue.budget_rupiah)
    }

    /// The hours within which people are told.
    #[must_use]
    pub fn day(&self) -> (Time, Time) {
        self.plan
            .day
            .filter(|(from, until)| from < until)
            .unwrap_or((self.catalogue.day_from, self.catalogue.day_until))
    }

    /// That moment, or the next morning when it lies in the night of the zone.
    #[must_use]
    pub fn by_day(&self, zone: &TimeZone, at: Timestamp) -> Timestamp {
        let (from, until) = self.day();
        let local = zone.to_datetime(at);
        let day = if local.time() < from {
            local.date()
        } else if local.time() >= until {
            local.date().tomorrow().unwrap_or(local.date())
        } else {
            return at;
        };
        zone.to_timestamp(day.to_datetime(from)).unwrap_or(at)
    }
}

/// What is known when a notice is about to be sent and nothing was paid yet.
#[derive(Debug, Clone, Copy)]
pub struct Occasion {
    /// Now.
    pub now: Timestamp,
    /// The next moment at which people are told; now, by day.
    pub by_day: Timestamp,
    /// After that it is no news.
    pub worth_until: Timestamp,
    /// Until when words cost nothing, with some time to spare; `None` when nobody wrote.
    pub free_until: Option<Timestamp>,
    /// Whether the person wants none.
    pub is_stopped: bool,
}

/// What happens to a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// It waits for the morning.
    Hold(Timestamp),
    /// As an ordinary message within the window.
    Free,
    /// Outside the window: by template, if everything else allows it.
    ByTemplate,
    /// It is not sent.
    Drop(Outcome),
}

/// What became of notices, as a month's counts tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Sent within the window.
    Free,
    /// Sent by a paid template.
    Paid,
    /// A paid one that Meta did not take after all.
    Failed,
    /// Switched off by the office.
    Off,
    /// No approved template.
    NoTemplate,
    /// The person wants no notices.
    Stopped,
    /// Told within the window only, and the window is closed.
    NoWindow,
    /// The person got as many as anybody may.
    PersonMax,
    /// The month's budget is used up.
    Budget,
    /// No news any more when it could have been sent.
    Late,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Free,
        Self::Paid,
        Self::Failed,
        Self::Off,
        Self::NoTemplate,
        Self::Stopped,
        Self::NoWindow,
        Self::PersonMax,
        Self::Budget,
        Self::Late,
    ];

    /// The word in tables and keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Paid => "paid",
            Self::Failed => "failed",
            Self::Off => "off",
            Self::NoTemplate => "no_template",
            Self::Stopped => "stopped",
            Self::NoWindow => "no_window",
            Self::PersonMax => "person_max",
            Self::Budget => "budget",
            Self::Late => "late",
        }
    }

    /// The outcome of that word.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.name() == name)
    }
}

/// The course of a notice, as far as it costs nothing to know it.
#[must_use]
pub fn course(rules: Rules<'_>, id: &str, occasion: &Occasion) -> Course {
    let Some(kind) = rules.catalogue.find(id).filter(|_| rules.is_on(id)) else {
        return Course::Drop(Outcome::Off);
    };
    if occasion.now >= occasion.worth_until {
        return Course::Drop(Outcome::Late);
    }
    if occasion.by_day > occasion.now && !kind.is_sent_at_night {
        return if occasion.by_day < occasion.worth_until {
            Course::Hold(occasion.by_day)
        } else {
            Course::Drop(Outcome::Late)
        };
    }
    if occasion.free_until.is_some_and(|until| until > occasion.now) {
        return Course::Free;
    }
    if !kind.has_template {
        return Course::Drop(Outcome::NoWindow);
    }
    if occasion.is_stopped {
        return Course::Drop(Outcome::Stopped);
    }
    Course::ByTemplate
}

#[cfg(test)]
pub(crate) mod tests;
