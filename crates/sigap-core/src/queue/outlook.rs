//! Behind whom somebody stands, and how long that takes: from the whole line as it is now.

use jiff::civil::Time;
use jiff::{SignedDuration, Timestamp};

use crate::ids::{CounterName, VisitId};
use crate::office::Office;
use crate::queue::band::{Band, Overtaking, ServiceTime, band};
use crate::queue::credit::{InLine, ORDINARY_PERCENT};
use crate::queue::hall::Hall;

/// One of those who wait.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    /// Which visit.
    pub id: VisitId,
    /// The line in which it stands.
    pub line: String,
    /// Its credit.
    pub in_line: InLine,
}

/// What is known of the hall at a moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture<'a> {
    /// The office's hall.
    pub hall: &'a Hall,
    /// Now.
    pub now: Timestamp,
    /// Who may be called.
    pub waiting: &'a [Waiting],
    /// Counters at which somebody works, and whether a visitor is there.
    pub open: &'a [(CounterName, bool)],
    /// Measured service times by line; a line that is not named takes what is believed of it.
    pub times: &'a [(String, ServiceTime)],
    /// People with faster credit who come in a second, and their percent: who may yet pass.
    pub passing: (f64, u16),
}

/// What somebody who waits is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outlook {
    /// People who are called before, as far as they are here.
    pub ahead: u32,
    /// How long it still takes; `None` while no counter serves the line.
    pub band: Option<Band>,
}

impl Picture<'_> {
    fn time(&self, line: &str) -> Option<ServiceTime> {
        let measured = self.times.iter().find(|(id, _)| id == line).map(|(_, time)| *time);
        measured.or_else(|| self.hall.line(line).map(|line| line.believed))
    }

    /// Open counters that serve a line.
    pub fn serving(&self, line: &str) -> impl Iterator<Item = (CounterName, bool)> + '_ {
        let line = line.to_owned();
        self.open
            .iter()
            .copied()
            .filter(move |(name, _)| self.serves(*name, &line))
    }

    fn serves(&self, counter: CounterName, line: &str) -> bool {
        self.hall
            .counter(counter)
            .is_some_and(|counter| counter.lines.iter().any(|served| served == line))
    }

    /// Of those who wait in `other`, the part whom counters of `line` call: counters that serve both, over those that serve it.
    fn share(&self, line: &str, other: &str) -> f64 {
        if line == other {
            return 1.0;
        }
        let all = self.serving(other).count();
        let both = self.serving(other).filter(|(name, _)| self.serves(*name, line)).count();
        if all == 0 { 0.0 } else { both as f64 / all as f64 }
    }

    /// What somebody who waits in `line` with that credit is told; `id` is left out of those before.
    #[must_use]
    pub fn outlook(&self, id: VisitId, line: &str, who: &InLine) -> Outlook {
        let counters = self.serving(line).count();
        let idle = self.serving(line).filter(|(_, is_busy)| !is_busy).count();
        let Some(time) = self.time(line) else {
            return Outlook { ahead: 0, band: None };
        };
        let shares: Vec<(&str, f64, f64)> = self
            .hall
            .lines
            .iter()
            .map(|other| {
                let mean = self.time(&other.id).map_or(time.mean, |time| time.mean);
                (other.id.as_str(), self.share(line, &other.id), mean / time.mean)
            })
            .collect();
        // Credits grow unlike: who is before somebody is asked of the moment at which that person is called.
        let mut at = self.now;
        let mut outlook = Outlook { ahead: 0, band: None };
        for _ in 0..2 {
            let (mut people, mut work) = (0.0, 0.0);
            for other in self.waiting.iter().filter(|other| other.id != id) {
                if other.in_line.turn(at) >= who.turn(at) {
                    continue;
                }
                if let Some((_, share, mean)) = shares.iter().find(|(line, ..)| *line == other.line) {
                    people += share;
                    work += share * mean;
                }
            }
            outlook = self.told(people, work, counters, idle, time, who);
            let Some(band) = outlook.band else { break };
            at = self.now.saturating_add(band.half).unwrap_or(self.now);
        }
        outlook
    }

    fn told(&self, people: f64, work: f64, counters: usize, idle: usize, time: ServiceTime, who: &InLine) -> Outlook {
        let whole = |value: f64| value.round().clamp(0.0, f64::from(u32::MAX)) as u32;
        let (per_second, percent) = self.passing;
        let overtaking = Overtaking {
            per_second,
            times: f64::from(percent.max(ORDINARY_PERCENT)) / f64::from(who.percent.max(ORDINARY_PERCENT)),
        };
        let counters = u32::try_from(counters).unwrap_or(u32::MAX);
        let mut band = band(whole(work), counters, time, overtaking);
        if let Some(band) = band.as_mut()
            && idle as f64 > people
        {
            // A counter is free: the next call is a matter of moments.
            band.half = SignedDuration::ZERO;
        }
        Outlook {
            ahead: whole(people),
            band,
        }
    }
}

/// Clock times at the office that are told.
#[must_use]
pub fn told_times(office: &Office, band: Band, now: Timestamp) -> (Time, Time) {
    let (from, to) = rounded(band, now);
    let local = |at| office.zone.to_datetime(at).time();
    (local(from), local(to))
}

/// Times that are told: rounded outward to five minutes, so that they do not flicker.
#[must_use]
pub fn rounded(band: Band, now: Timestamp) -> (Timestamp, Timestamp) {
    const STEP: i64 = 300;
    let from = now.as_second().saturating_add(band.half.as_secs());
    let to = now.as_second().saturating_add(band.most.as_secs());
    let at = |second| Timestamp::from_second(second).unwrap_or(now);
    let low = from - from.rem_euclid(STEP);
    let high = to + (STEP - to.rem_euclid(STEP)) % STEP;
    (at(low), at(high.max(low + STEP)))
}

#[cfg(test)]
mod tests;
