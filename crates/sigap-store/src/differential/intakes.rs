//! Calls about intakes.

use jiff::Timestamp;
use jiff::civil::Date;
use sigap_core::ids::{BookingId, IntakeId, OfficeId, PersonId};
use sigap_core::intake::{Intake, IntakeState};

use super::op::{self, Kind, plain, revealed};
use super::space::{PERSONS, Space};
use crate::fault::Fault;
use crate::records::IntakeRow;
use crate::tx::Tx;

#[derive(Debug, Clone)]
pub(super) enum Call {
    InsertIntake(Values),
    FindIntake { id: i64 },
    FindIntakeOf { booking: i64, place: u8 },
    ReplaceIntake(Values),
    ListIntakes { day: Date, limit: usize },
    ListIntakesOf { person: PersonId, limit: usize },
    DeleteIntake { id: i64 },
}

/// What an intake is made of. Its number is that of its person, its booking follows from it: no two want the same place.
#[derive(Debug, Clone)]
pub(super) struct Values {
    person: PersonId,
    day: Date,
    state: IntakeState,
    at: Timestamp,
    version: i64,
    answer: &'static str,
}

fn day(s: &mut Space) -> Date {
    jiff::civil::date(2026, 12, if s.chance.one_in(2) { 5 } else { 6 })
}

fn values(s: &mut Space) -> Values {
    Values {
        person: s.person(),
        day: day(s),
        state: match s.limit() % 3 {
            0 => IntakeState::Open,
            1 => IntakeState::Given,
            _ => IntakeState::Accepted,
        },
        at: s.now(),
        version: i64::from(s.chance.one_in(3)),
        answer: s.text(),
    }
}

pub(super) const KINDS: &[Kind] = &[
    Kind::writes("insert_intake", 5, |s| Call::InsertIntake(values(s)).into()),
    Kind::reads("find_intake", 2, |s| Call::FindIntake { id: s.person().0 }.into()),
    Kind::reads("find_intake_of", 2, |s| {
        Call::FindIntakeOf {
            booking: s.person().0,
            place: u8::from(s.chance.one_in(3)),
        }
        .into()
    }),
    Kind::writes("replace_intake", 5, |s| Call::ReplaceIntake(values(s)).into()),
    Kind::reads("list_intakes", 2, |s| {
        Call::ListIntakes {
            day: day(s),
            limit: s.limit(),
        }
        .into()
    }),
    Kind::reads("list_intakes_of", 2, |s| {
        Call::ListIntakesOf {
            person: s.person(),
            limit: s.limit(),
        }
        .into()
    }),
    Kind::writes("delete_intake", 2, |s| Call::DeleteIntake { id: s.person().0 }.into()),
];

impl From<Call> for op::Call {
    fn from(call: Call) -> Self {
        Self::Intakes(call)
    }
}

fn row(values: &Values) -> IntakeRow {
    let mut content = Intake::default();
    content.put_answer("nama", values.answer.into());
    IntakeRow {
        id: IntakeId(values.person.0),
        person: values.person,
        booking: BookingId(values.person.0),
        place: 0,
        day: values.day,
        state: values.state,
        changed_at: values.at,
        version: values.version,
        content,
    }
}

impl Call {
    pub(super) fn run(&self, office: OfficeId, tx: &mut dyn Tx) -> Result<String, Fault> {
        let one = |found: Option<IntakeRow>| found.map(shown).unwrap_or_default();
        let all = |rows: Vec<IntakeRow>| rows.into_iter().map(shown).collect::<String>();
        match self {
            Self::InsertIntake(values) => tx.insert_intake(office, &row(values)).map(plain),
            Self::FindIntake { id } => tx.find_intake(office, IntakeId(*id)).map(one),
            Self::FindIntakeOf { booking, place } => tx.find_intake_of(office, BookingId(*booking), *place).map(one),
            Self::ReplaceIntake(values) => tx.replace_intake(office, &row(values)).map(plain),
            Self::ListIntakes { day, limit } => tx.list_intakes(office, *day, *limit).map(all),
            Self::ListIntakesOf { person, limit } => tx.list_intakes_of(office, *person, *limit).map(all),
            Self::DeleteIntake { id } => tx.delete_intake(office, IntakeId(*id)).map(plain),
        }
    }
}

fn shown(row: IntakeRow) -> String {
    format!("{row:?} {};", revealed(&row.content))
}

/// Every intake by its person.
pub(super) fn questions() -> Vec<op::Call> {
    PERSONS
        .map(|person| {
            Call::ListIntakesOf {
                person: PersonId(person),
                limit: 100,
            }
            .into()
        })
        .collect()
}
