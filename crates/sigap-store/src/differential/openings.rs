//! Calls about openings and their waiting rooms.

use jiff::civil::Date;
use sigap_core::ids::{OfficeId, PersonId};

use super::op::{self, Kind, plain};
use super::space::PERSONS;
use crate::fault::Fault;
use crate::records::{OpeningPhase, OpeningRow, OpeningSecret};
use crate::tx::Tx;

/// Days that have openings.
const DAYS: [i8; 2] = [5, 6];

#[derive(Debug, Clone)]
pub(super) enum Call {
    InsertOpening {
        on: i8,
        text: &'static str,
    },
    FindOpening {
        on: i8,
    },
    AdvanceOpening {
        on: i8,
        expected: OpeningPhase,
        phase: OpeningPhase,
        text: &'static str,
    },
    FindRoom {
        on: i8,
    },
    TakeTicket {
        on: i8,
        person: PersonId,
        is_before: bool,
    },
    FindGuest {
        on: i8,
        ticket: u64,
        is_before: bool,
    },
    LetIn {
        on: i8,
        serving: u64,
    },
}

pub(super) const KINDS: &[Kind] = &[
    Kind::writes("insert_opening", 6, |s| {
        Call::InsertOpening {
            on: s.chance.pick(&DAYS),
            text: s.word(),
        }
        .into()
    }),
    Kind::reads("find_opening", 1, |s| {
        Call::FindOpening {
            on: s.chance.pick(&DAYS),
        }
        .into()
    }),
    Kind::may_write("advance_opening", 4, |s| {
        Call::AdvanceOpening {
            on: s.chance.pick(&DAYS),
            expected: s.chance.pick(&OpeningPhase::ALL),
            phase: s.chance.pick(&OpeningPhase::ALL),
            text: s.word(),
        }
        .into()
    }),
    Kind::reads("find_room", 1, |s| {
        Call::FindRoom {
            on: s.chance.pick(&DAYS),
        }
        .into()
    }),
    Kind::may_write("take_ticket", 8, |s| {
        Call::TakeTicket {
            on: s.chance.pick(&DAYS),
            person: s.person(),
            is_before: s.chance.one_in(2),
        }
        .into()
    }),
    Kind::reads("find_guest", 5, |s| {
        Call::FindGuest {
            on: s.chance.pick(&DAYS),
            ticket: s.chance.below(4),
            is_before: s.chance.one_in(2),
        }
        .into()
    }),
    Kind::may_write("let_in", 3, |s| {
        Call::LetIn {
            on: s.chance.pick(&DAYS),
            serving: s.chance.below(9),
        }
        .into()
    }),
];

impl From<Call> for op::Call {
    fn from(call: Call) -> Self {
        Self::Openings(call)
    }
}

impl Call {
    pub(super) fn run(&self, office: OfficeId, tx: &mut dyn Tx) -> Result<String, Fault> {
        match *self {
            Self::InsertOpening { on, text } => tx
                .insert_opening(office, &row(on, OpeningPhase::Committed, text))
                .map(plain),
            Self::FindOpening { on } => tx
                .find_opening(office, "a", day(on))
                .map(|found| plain(found.map(|row| (row.phase, row.secret.seed, row.published)))),
            Self::AdvanceOpening {
                on,
                expected,
                phase,
                text,
            } => tx.advance_opening(office, expected, &row(on, phase, text)).map(plain),
            Self::FindRoom { on } => tx.find_room(office, "a", day(on)).map(plain),
            Self::TakeTicket { on, person, is_before } => {
                tx.take_ticket(office, "a", day(on), person, "1", is_before).map(plain)
            }
            Self::FindGuest { on, ticket, is_before } => {
                tx.find_guest(office, "a", day(on), ticket, is_before).map(plain)
            }
            Self::LetIn { on, serving } => tx.let_in(office, "a", day(on), serving).map(plain),
        }
    }
}

fn day(on: i8) -> Date {
    jiff::civil::date(2026, 12, on)
}

fn row(on: i8, phase: OpeningPhase, text: &str) -> OpeningRow {
    OpeningRow {
        service: "a".into(),
        day: day(on),
        phase,
        secret: OpeningSecret {
            seed: text.into(),
            list: String::new(),
        },
        published: text.into(),
    }
}

/// Every opening, its room and its guests.
pub(super) fn questions() -> Vec<op::Call> {
    let most = u64::try_from(*PERSONS.end()).unwrap();
    DAYS.into_iter()
        .flat_map(|on| {
            let guests = (0..most)
                .flat_map(move |ticket| [true, false].map(|is_before| Call::FindGuest { on, ticket, is_before }));
            [Call::FindOpening { on }, Call::FindRoom { on }]
                .into_iter()
                .chain(guests)
        })
        .map(Into::into)
        .collect()
}
