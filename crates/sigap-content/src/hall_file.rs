//! The shape of `[hall]` in an office's file: lines, counters, rates of priority groups and the rules of the hall.

use jiff::civil::Date;
use serde::Deserialize;
use sigap_core::ids::CounterName;
use sigap_core::queue::band::ServiceTime;
use sigap_core::queue::credit::{ORDINARY_PERCENT, Priority};
use sigap_core::queue::{Counter, Hall, HallRules, Line};

/// How people queue at one office.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HallFile {
    pub(crate) line: Vec<LineFile>,
    pub(crate) counter: Vec<CounterFile>,
    #[serde(default)]
    pub(crate) group: Vec<GroupFile>,
    pub(crate) hold_minutes: u16,
    pub(crate) skip_minutes: u16,
    pub(crate) calls_max: u8,
    pub(crate) near: u16,
    pub(crate) is_confirmed: bool,
    pub(crate) source: String,
    pub(crate) from: Date,
    #[serde(default)]
    #[allow(dead_code, reason = "kept for editors who read the file")]
    pub(crate) note: Option<String>,
}

/// A line. `minutes` is how long a person takes, as believed until it is measured.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LineFile {
    pub(crate) id: String,
    pub(crate) letter: char,
    #[serde(default)]
    pub(crate) services: Vec<String>,
    pub(crate) minutes: u16,
    #[serde(default)]
    pub(crate) walk_ins: u16,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CounterFile {
    pub(crate) number: u8,
    pub(crate) lines: Vec<String>,
}

/// A priority group: each minute counts `percent` hundredths, for so many people of it in a day.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GroupFile {
    pub(crate) id: String,
    pub(crate) percent: u16,
    pub(crate) daily_cap: u16,
}

/// Variation of service times before anything is measured: a little above what Kantor Imigrasi Padang measured in 2017
/// (docs/waiting.md).
const BELIEVED_VARIATION: f64 = 0.5;
/// Nobody is called more often in vain.
const CALLS_MAX: u8 = 9;
/// A rate above this is a slip of the finger: each minute would count fifty.
const PERCENT_MAX: u16 = 5_000;

impl HallFile {
    /// The hall as the rules see it.
    ///
    /// # Errors
    /// What is missing or contradicts itself, in one sentence.
    pub(crate) fn hall(&self) -> Result<Hall, String> {
        let mut lines: Vec<Line> = Vec::new();
        for file in &self.line {
            if !file.letter.is_ascii_uppercase() {
                return Err(format!("line `{}`: `letter` must be one of A to Z", file.id));
            }
            if file.minutes == 0 {
                return Err(format!("line `{}`: `minutes` is 0", file.id));
            }
            if let Some(twin) = lines
                .iter()
                .find(|line| line.id == file.id || line.letter == file.letter)
            {
                return Err(format!(
                    "the lines `{}` and `{}` share their name or letter",
                    twin.id, file.id
                ));
            }
            lines.push(Line {
                id: file.id.clone(),
                letter: file.letter,
                services: file.services.clone(),
                believed: ServiceTime {
                    mean: f64::from(file.minutes) * 60.0,
                    variation: BELIEVED_VARIATION,
                },
                walk_ins: file.walk_ins,
            });
        }
        let mut counters: Vec<Counter> = Vec::new();
        for file in &self.counter {
            let name = CounterName::new(file.number)
                .ok_or_else(|| format!("a counter has a number from 1 to {}", CounterName::MAX))?;
            if counters.iter().any(|counter| counter.name == name) {
                return Err(format!("counter {name} stands twice"));
            }
            if let Some(unknown) = file.lines.iter().find(|id| !lines.iter().any(|line| line.id == **id)) {
                return Err(format!("counter {name}: there is no line `{unknown}`"));
            }
            if file.lines.is_empty() {
                return Err(format!("counter {name} serves no line"));
            }
            counters.push(Counter {
                name,
                lines: file.lines.clone(),
            });
        }
        if let Some(alone) = lines
            .iter()
            .find(|line| !counters.iter().any(|counter| counter.lines.contains(&line.id)))
        {
            return Err(format!("no counter serves the line `{}`", alone.id));
        }
        if self.calls_max == 0 || self.calls_max > CALLS_MAX {
            return Err(format!("`calls_max` must be from 1 to {CALLS_MAX}"));
        }
        let mut groups: Vec<(String, Priority)> = Vec::new();
        for file in &self.group {
            if !(ORDINARY_PERCENT..=PERCENT_MAX).contains(&file.percent) {
                return Err(format!(
                    "group `{}`: `percent` must be from {ORDINARY_PERCENT} to {PERCENT_MAX}",
                    file.id
                ));
            }
            if groups.iter().any(|(id, _)| *id == file.id) {
                return Err(format!("group `{}` stands twice", file.id));
            }
            let priority = Priority {
                percent: file.percent,
                daily_cap: file.daily_cap,
            };
            groups.push((file.id.clone(), priority));
        }
        Ok(Hall {
            lines,
            counters,
            groups,
            rules: HallRules {
                hold_minutes: self.hold_minutes,
                skip_minutes: self.skip_minutes,
                calls_max: self.calls_max,
                near: self.near,
            },
            is_confirmed: self.is_confirmed,
        })
    }
}

#[cfg(test)]
mod tests;
