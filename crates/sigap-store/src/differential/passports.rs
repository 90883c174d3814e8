//! Calls about finished passports.

use std::ops::RangeInclusive;

use jiff::Timestamp;
use jiff::civil::Date;
use sigap_core::ids::{OfficeId, PersonId};

use super::op::{self, Kind, plain, revealed};
use super::space::{APPLICATIONS, PERSONS, Space, application_number};
use crate::fault::Fault;
use crate::records::{PassportContent, PassportRow, PassportState};
use crate::tx::Tx;

const DAYS: RangeInclusive<i64> = 5..=8;
const LINES: [&str; 2] = ["100000000000001", "100000000000002"];

#[derive(Debug, Clone)]
pub(super) enum Call {
    InsertPassport {
        values: Values,
        key: PersonId,
    },
    FindPassport {
        number: i64,
    },
    ReplacePassport {
        expected: PassportState,
        values: Values,
    },
    ListPassports {
        state: PassportState,
        until: i64,
        limit: usize,
    },
    NoteBindingLine {
        person: PersonId,
        number: i64,
        line: &'static str,
    },
    ListBoundLines {
        number: i64,
        limit: usize,
    },
}

/// What a passport is made of.
#[derive(Debug, Clone)]
pub(super) struct Values {
    number: i64,
    state: PassportState,
    ready_on: i64,
    shelf: &'static str,
    text: &'static str,
    at: Timestamp,
}

fn values(s: &mut Space) -> Values {
    Values {
        number: s.application(),
        state: s.chance.pick(&PassportState::ALL),
        ready_on: s.chance.within(*DAYS.start(), *DAYS.end()),
        shelf: s.word(),
        text: s.text(),
        at: s.now(),
    }
}

pub(super) const KINDS: &[Kind] = &[
    Kind::writes("insert_passport", 6, |s| {
        Call::InsertPassport {
            values: values(s),
            // Nobody's own key: it may be destroyed.
            key: PersonId(100 + s.person().0),
        }
        .into()
    }),
    Kind::may_write("find_passport", 2, |s| {
        Call::FindPassport {
            number: s.application(),
        }
        .into()
    }),
    Kind::may_write("replace_passport", 6, |s| {
        Call::ReplacePassport {
            expected: s.chance.pick(&PassportState::ALL),
            values: values(s),
        }
        .into()
    }),
    Kind::reads("list_passports", 2, |s| {
        Call::ListPassports {
            state: s.chance.pick(&PassportState::ALL),
            until: s.chance.within(*DAYS.start(), *DAYS.end()),
            limit: s.limit(),
        }
        .into()
    }),
    Kind::writes("note_binding_line", 3, |s| {
        Call::NoteBindingLine {
            person: s.person(),
            number: s.application(),
            line: s.chance.pick(&LINES),
        }
        .into()
    }),
    Kind::reads("list_bound_lines", 2, |s| {
        Call::ListBoundLines {
            number: s.application(),
            limit: s.limit(),
        }
        .into()
    }),
];

impl From<Call> for op::Call {
    fn from(call: Call) -> Self {
        Self::Passports(call)
    }
}

impl Call {
    pub(super) fn run(&self, office: OfficeId, tx: &mut dyn Tx) -> Result<String, Fault> {
        match *self {
            Self::InsertPassport { ref values, key } => tx.insert_passport(office, &values.row(), key).map(plain),
            Self::FindPassport { number } => tx
                .find_passport(office, &application_number(number))
                .map(|row| row.map(shown).unwrap_or_default()),
            Self::ReplacePassport { expected, ref values } => {
                tx.replace_passport(office, expected, &values.row()).map(plain)
            }
            Self::ListPassports { state, until, limit } => tx
                .list_passports(office, state, day(until), limit)
                .map(|rows| rows.into_iter().map(shown).collect()),
            Self::NoteBindingLine { person, number, line } => tx
                .note_binding_line(office, person, &application_number(number), line)
                .map(plain),
            Self::ListBoundLines { number, limit } => tx
                .list_bound_lines(office, &application_number(number), limit)
                .map(plain),
        }
    }
}

impl Values {
    fn row(&self) -> PassportRow {
        PassportRow {
            number: application_number(self.number),
            state: self.state,
            ready_on: day(self.ready_on),
            shelf: self.shelf.into(),
            collected_by: (self.state == PassportState::Collected).then(|| "pemohon".into()),
            changed_at: self.at,
            content: PassportContent {
                number: String::new(),
                name: self.text.into(),
                taker: String::new(),
            },
        }
    }
}

fn shown(row: PassportRow) -> String {
    format!(
        "{:?} {:?} {} {}",
        row.state,
        row.ready_on,
        row.shelf,
        revealed(&row.content)
    )
}

fn day(on: i64) -> Date {
    jiff::civil::date(2026, 12, i8::try_from(on).unwrap_or(1))
}

/// Every passport, and whose phones are bound.
pub(super) fn questions() -> Vec<op::Call> {
    let of_numbers = APPLICATIONS.flat_map(|number| {
        [
            Call::FindPassport { number },
            Call::ListBoundLines {
                number,
                limit: usize::try_from(*PERSONS.end()).unwrap_or(9),
            },
        ]
    });
    of_numbers.map(Into::into).collect()
}
