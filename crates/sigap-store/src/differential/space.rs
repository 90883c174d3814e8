//! The small spaces that ids, times and texts are drawn from, so that operations meet each other's rows.
//!
//! What is keyed once and for ever (messages, cases) comes from a window that moves slowly; persons, contacts and
//! application numbers stay few for the whole run.

use std::ops::RangeInclusive;

use jiff::{SignedDuration, Timestamp};
use sigap_core::ids::{ApplicationNumber, OfficeId, PersonId, ProcessId};
use sigap_core::person::Contact;

use super::chance::Chance;

pub(super) const OFFICES: [OfficeId; 3] = [OfficeId(1), OfficeId(2), OfficeId(3)];
pub(super) const PERSONS: RangeInclusive<i64> = 1..=6;
pub(super) const APPLICATIONS: RangeInclusive<i64> = 1..=4;
pub(super) const NUMBERS: [&str; 2] = ["100000000000001", "100000000000002"];
pub(super) const PROCESSES: [ProcessId; 3] = [ProcessId(1), ProcessId(2), ProcessId(-9_000_000_000)];
/// Values of each kind of identifier.
pub(super) const BSUIDS: RangeInclusive<i64> = 1..=6;
pub(super) const PARENTS: RangeInclusive<i64> = 1..=3;
pub(super) const PHONES: RangeInclusive<i64> = 1..=5;
/// Words for sealed columns: whatever people type.
pub(super) const TEXTS: [&str; 8] = [
    "",
    "halo",
    "a\0b",
    "'; DROP TABLE inbox; --",
    "é e\u{301}",
    "\u{202e}kanan\r\n\t",
    "NULL",
    "ꦱꦶꦒꦥ 🛂",
];
/// Words for open columns: only we write there.
pub(super) const WORDS: [&str; 4] = ["status", "bulk_import", "x", ""];

/// Ids in the window at a time.
const WINDOW: i64 = 5;
/// Steps in which the window moves by one.
const STEPS_PER_ID: usize = 25;
const START_SECOND: i64 = 1_790_000_000;
const SECONDS_PER_STEP: i64 = 10;

/// What a transaction is mostly about: its operations meet in these rows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Focus {
    pub(super) office: OfficeId,
    pub(super) person: PersonId,
    id: i64,
    application: i64,
    who: Who,
    process: ProcessId,
}

/// How far operations may stray from the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// Rows of one person at one office.
    Person,
    /// Rows of one office.
    Office,
    /// Anything.
    Nation,
}

/// A contact by the numbers of its identifiers: `Debug` of a contact itself prints dots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Who {
    pub(super) bsuid: Option<i64>,
    pub(super) parent: Option<i64>,
    pub(super) phone: Option<i64>,
    pub(super) name: Option<&'static str>,
}

impl Who {
    pub(super) const NOBODY: Self = Self {
        bsuid: None,
        parent: None,
        phone: None,
        name: None,
    };

    pub(super) fn contact(self) -> Contact {
        Contact {
            bsuid: self.bsuid.map(|n| format!("ID.{n}")),
            parent_bsuid: self.parent.map(|n| format!("PARENT.{n}")),
            phone: self.phone.map(|n| format!("628120000000{n}")),
            name: self.name.map(Into::into),
            username: self.name.map(|name| format!("u{name}")),
        }
    }
}

/// An application number by its last digits, for the same reason.
pub(super) fn application_number(last: i64) -> ApplicationNumber {
    ApplicationNumber::parse(&format!("{last:016}")).unwrap()
}

/// Draws the arguments of operations.
pub(super) struct Space {
    pub(super) chance: Chance,
    pub(super) reach: Reach,
    step: usize,
    focus: Focus,
}

impl Space {
    pub(super) fn new(seed: u64) -> Self {
        let focus = Focus {
            office: OFFICES[0],
            person: PersonId(1),
            id: 0,
            application: 1,
            who: Who::NOBODY,
            process: PROCESSES[0],
        };
        Self {
            chance: Chance::new(seed),
            reach: Reach::Nation,
            step: 0,
            focus,
        }
    }

    pub(super) fn next_step(&mut self) {
        self.step += 1;
    }

    /// Turns to other rows. Now and then only in part, so that a message is owed, claimed and settled by different
    /// transactions.
    pub(super) fn turn(&mut self) {
        if self.chance.one_in(2) {
            self.focus.office = self.chance.pick(&OFFICES);
            self.focus.process = self.any_process();
            let window = self.window();
            self.focus.id = self.chance.within(*window.start(), *window.end());
        }
        self.focus.person = self.any_person();
        self.focus.application = self.chance.within(*APPLICATIONS.start(), *APPLICATIONS.end());
        self.focus.who = self.any_who();
    }

    pub(super) fn turn_to(&mut self, office: OfficeId, person: PersonId) {
        self.focus.office = office;
        self.focus.person = person;
    }

    pub(super) fn focus(&self) -> Focus {
        self.focus
    }

    pub(super) fn office(&mut self) -> OfficeId {
        if self.reach == Reach::Nation && self.chance.one_in(12) {
            return self.chance.pick(&OFFICES);
        }
        self.focus.office
    }

    pub(super) fn person(&mut self) -> PersonId {
        if self.reach > Reach::Person && self.chance.one_in(4) {
            return self.any_person();
        }
        self.focus.person
    }

    /// An id that is keyed once and for ever.
    pub(super) fn id(&mut self) -> i64 {
        if self.chance.one_in(3) {
            let window = self.window();
            return self.chance.within(*window.start(), *window.end());
        }
        self.focus.id
    }

    pub(super) fn application(&mut self) -> i64 {
        if self.chance.one_in(4) {
            return self.chance.within(*APPLICATIONS.start(), *APPLICATIONS.end());
        }
        self.focus.application
    }

    pub(super) fn who(&mut self) -> Who {
        if self.chance.one_in(2) {
            return self.any_who();
        }
        self.focus.who
    }

    pub(super) fn process(&mut self) -> ProcessId {
        if self.chance.one_in(5) {
            return self.any_process();
        }
        self.focus.process
    }

    pub(super) fn number(&mut self) -> &'static str {
        NUMBERS[usize::from(self.chance.one_in(6))]
    }

    pub(super) fn text(&mut self) -> &'static str {
        self.chance.pick(&TEXTS)
    }

    pub(super) fn word(&mut self) -> &'static str {
        self.chance.pick(&WORDS)
    }

    pub(super) fn limit(&mut self) -> usize {
        self.chance.pick(&[50, 50, 3, 2, 1, 0])
    }

    /// The time of this step; clocks differ a little, are set back, and know microseconds.
    pub(super) fn now(&mut self) -> Timestamp {
        if self.chance.one_in(60) {
            return Timestamp::from_microsecond(self.chance.within(-1, 1)).unwrap();
        }
        let seconds = self.chance.within(-10, 10);
        let apart = if self.chance.one_in(3) {
            self.chance.within(0, 999_999)
        } else {
            0
        };
        self.clock() + SignedDuration::from_secs(seconds) + SignedDuration::from_micros(apart)
    }

    /// A time to come back at, sometimes in the past.
    pub(super) fn later(&mut self) -> Timestamp {
        let seconds = self.chance.within(-20, 60);
        self.now().saturating_add(SignedDuration::from_secs(seconds)).unwrap()
    }

    pub(super) fn clock(&self) -> Timestamp {
        second(i64::try_from(self.step).unwrap() * SECONDS_PER_STEP)
    }

    pub(super) fn day(&mut self) -> i32 {
        let day = self.clock().as_second() / 86_400 + self.chance.within(-1, 1);
        i32::try_from(day).unwrap()
    }

    /// Ids that operations use now.
    pub(super) fn window(&self) -> RangeInclusive<i64> {
        let first = i64::try_from(self.step / STEPS_PER_ID).unwrap();
        first..=first + WINDOW - 1
    }

    fn any_person(&mut self) -> PersonId {
        PersonId(self.chance.within(*PERSONS.start(), *PERSONS.end()))
    }

    fn any_process(&mut self) -> ProcessId {
        if self.chance.one_in(3) {
            return self.chance.pick(&PROCESSES);
        }
        PROCESSES[0]
    }

    fn any_who(&mut self) -> Who {
        let mut identifier = |range: RangeInclusive<i64>, percent| {
            (self.chance.below(100) < percent).then(|| self.chance.within(*range.start(), *range.end()))
        };
        let (bsuid, parent, phone) = (identifier(BSUIDS, 70), identifier(PARENTS, 20), identifier(PHONES, 50));
        let is_named = self.chance.one_in(2);
        // At least one identifier is present.
        let phone = if bsuid.is_none() && parent.is_none() {
            phone.or(Some(1))
        } else {
            phone
        };
        Who {
            bsuid,
            parent,
            phone,
            name: is_named.then(|| self.text()),
        }
    }
}

/// A time of the run.
pub(super) fn second(second: i64) -> Timestamp {
    Timestamp::from_second(START_SECOND + second).unwrap()
}
