//! Totals as people ask for them: visits, waits, attendance, places, first contact, cases, answers.

use std::collections::BTreeMap;

use super::histogram::Histogram;
use super::totals::{Class, Totals};
use crate::cases::CaseKind;

/// The figures of a period. Whatever is `None` was not kept on any of its days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Days that were added up.
    pub days: u64,
    /// Visits to the hall.
    pub visits: Option<Visits>,
    /// Visits by line, in the order of their names.
    pub lines: Vec<(String, Visits)>,
    /// Visits by class.
    pub classes: Vec<(Class, Visits)>,
    /// Visits by the hour from which they waited, for hours with any.
    pub hours: Vec<(u8, u64)>,
    /// Waits by class, for classes with any.
    pub waits: Vec<(Class, Histogram)>,
    /// Waits of all.
    pub wait: Histogram,
    /// People with a booking, by service, where the office marks who came.
    pub attendance: Vec<(String, Attendance)>,
    /// Places, by service.
    pub places: Vec<(String, Places)>,
    /// Talks in the chat.
    pub chat: Option<Chat>,
    /// Cases by kind, for kinds with any.
    pub cases: Vec<(CaseKind, Cases)>,
    /// How long officers took for a first answer.
    pub replies: Histogram,
}

/// Visits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Visits {
    /// Numbers given.
    pub came: u64,
    /// At a counter.
    pub served: u64,
    /// Gone without being served.
    pub left: u64,
    /// Called in vain.
    pub missed: u64,
}

/// Whether people with a booking came.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Attendance {
    /// They came.
    pub came: u64,
    /// They did not, and did not cancel.
    pub stayed_away: u64,
}

/// Places.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Places {
    /// That there were.
    pub open: u64,
    /// That were taken.
    pub taken: u64,
}

/// Talks in the chat, a person counted once for each day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Chat {
    /// Messages that came.
    pub messages: u64,
    /// People who wrote.
    pub people: u64,
    /// Of them, whose words went to an officer.
    pub handed_over: u64,
}

/// Cases.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cases {
    /// That came.
    pub came: u64,
    /// First answers in time.
    pub in_time: u64,
    /// First answers that came late.
    pub late: u64,
}

/// Cases of a kind that are not ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenCases {
    /// The kind.
    pub kind: CaseKind,
    /// How many there are.
    pub open: u64,
    /// Of them, that are owed something which should have come.
    pub late: u64,
}

/// A share in percent, rounded half up; `None` of nothing.
#[must_use]
pub const fn percent(part: u64, whole: u64) -> Option<u64> {
    if whole == 0 {
        return None;
    }
    Some((part * 200 + whole) / (whole * 2))
}

impl Visits {
    const fn add(&mut self, end: &str, count: u64) {
        self.came += count;
        match end.as_bytes() {
            b"served" => self.served += count,
            b"left" => self.left += count,
            b"missed" => self.missed += count,
            _ => {}
        }
    }
}

impl Chat {
    /// Of those who wrote, so many of a hundred were answered without an officer.
    #[must_use]
    pub const fn first_contact(&self) -> Option<u64> {
        percent(self.people.saturating_sub(self.handed_over), self.people)
    }
}

impl Summary {
    /// Reads totals.
    #[must_use]
    pub fn of(totals: &Totals) -> Self {
        let mut summary = Self {
            days: totals.find("kept/day").unwrap_or_default(),
            ..Self::default()
        };
        summary.read_visits(totals);
        summary.read_waits(totals);
        summary.read_bookings(totals);
        if let Some(people) = totals.find("chat/people") {
            summary.chat = Some(Chat {
                messages: totals.find("chat/messages").unwrap_or_default(),
                people,
                handed_over: totals.find("chat/handed_over").unwrap_or_default(),
            });
        }
        for kind in CaseKind::ALL {
            let find = |word: &str| totals.find(&format!("case/{}/{word}", kind.name())).unwrap_or_default();
            let cases = Cases {
                came: find("came"),
                in_time: find("in_time"),
                late: find("late"),
            };
            if cases != Cases::default() {
                summary.cases.push((kind, cases));
            }
        }
        for (step, count) in totals.under("reply/") {
            summary.replies.add(step, count);
        }
        summary
    }

    fn read_visits(&mut self, totals: &Totals) {
        let mut lines: BTreeMap<&str, Visits> = BTreeMap::new();
        let mut classes: BTreeMap<Class, Visits> = BTreeMap::new();
        let mut all = Visits::default();
        for (name, count) in totals.under("visit/") {
            let mut parts = name.split('/');
            let (Some(line), Some(class), Some(end)) = (parts.next(), parts.next(), parts.next()) else {
                continue;
            };
            all.add(end, count);
            lines.entry(line).or_default().add(end, count);
            if let Some(class) = Class::ALL.into_iter().find(|known| known.name() == class) {
                classes.entry(class).or_default().add(end, count);
            }
        }
        self.visits = totals.find("kept/hall").map(|_| all);
        self.lines = lines
            .into_iter()
            .map(|(line, visits)| (line.to_owned(), visits))
            .collect();
        self.classes = classes.into_iter().collect();
        self.hours = totals
            .under("hour/")
            .filter_map(|(hour, count)| Some((hour.parse().ok()?, count)))
            .collect();
    }

    fn read_waits(&mut self, totals: &Totals) {
        for class in Class::ALL {
            let mut waits = Histogram::default();
            for (step, count) in totals.under(&format!("wait/{}/", class.name())) {
                waits.add(step, count);
            }
            if waits.count() > 0 {
                self.wait.join(&waits);
                self.waits.push((class, waits));
            }
        }
    }

    fn read_bookings(&mut self, totals: &Totals) {
        let mut attendance: BTreeMap<&str, Attendance> = BTreeMap::new();
        for (name, count) in totals.under("booking/") {
            match name.split_once('/') {
                Some((service, "came")) => attendance.entry(service).or_default().came += count,
                Some((service, "stayed_away")) => attendance.entry(service).or_default().stayed_away += count,
                _ => {}
            }
        }
        self.attendance = attendance
            .into_iter()
            .map(|(service, of)| (service.to_owned(), of))
            .collect();
        let mut places: BTreeMap<&str, Places> = BTreeMap::new();
        for (name, count) in totals.under("place/") {
            match name.split_once('/') {
                Some((service, "open")) => places.entry(service).or_default().open += count,
                Some((service, "taken")) => places.entry(service).or_default().taken += count,
                _ => {}
            }
        }
        self.places = places
            .into_iter()
            .map(|(service, of)| (service.to_owned(), of))
            .collect();
    }

    /// Attendance of all services; `None` where no office marks who came.
    #[must_use]
    pub fn all_attendance(&self) -> Option<Attendance> {
        let mut all = Attendance::default();
        for (_, of) in &self.attendance {
            all.came += of.came;
            all.stayed_away += of.stayed_away;
        }
        (!self.attendance.is_empty()).then_some(all)
    }

    /// Places of all services; `None` where none were given.
    #[must_use]
    pub fn all_places(&self) -> Option<Places> {
        let mut all = Places::default();
        for (_, of) in &self.places {
            all.open += of.open;
            all.taken += of.taken;
        }
        (!self.places.is_empty()).then_some(all)
    }

    /// Cases of kinds to which the law gives a day: in time and late.
    #[must_use]
    pub fn legal_cases(&self) -> Cases {
        let mut all = Cases::default();
        for (_, of) in self.cases.iter().filter(|(kind, _)| kind.is_legal()) {
            all.came += of.came;
            all.in_time += of.in_time;
            all.late += of.late;
        }
        all
    }
}

impl Attendance {
    /// Of those with a booking, so many of a hundred stayed away.
    #[must_use]
    pub const fn no_show(&self) -> Option<u64> {
        percent(self.stayed_away, self.came + self.stayed_away)
    }
}

impl Places {
    /// Of the places, so many of a hundred were taken.
    #[must_use]
    pub const fn used(&self) -> Option<u64> {
        percent(self.taken, self.open)
    }
}

impl Cases {
    /// Of the first answers, so many of a hundred came in time.
    #[must_use]
    pub const fn punctual(&self) -> Option<u64> {
        percent(self.in_time, self.in_time + self.late)
    }
}

#[cfg(test)]
mod tests;
