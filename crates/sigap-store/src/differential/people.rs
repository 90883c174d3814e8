//! Calls about people and their identifiers.

use jiff::Timestamp;
use sigap_core::ids::{OfficeId, PersonId};

use super::op::{self, Kind, plain, revealed};
use super::space::{BSUIDS, PARENTS, PERSONS, PHONES, Space, Who};
use crate::fault::Fault;
use crate::tx::Tx;

#[derive(Debug, Clone)]
pub(super) enum Call {
    FindPerson {
        who: Who,
    },
    EnsurePerson {
        who: Who,
        new_id: PersonId,
        now: Timestamp,
    },
    HoldPerson {
        person: PersonId,
    },
    FindContact {
        person: PersonId,
    },
    MovePerson {
        previous: Who,
        current: Who,
        now: Timestamp,
    },
    SetOptOut {
        person: PersonId,
        is_opted_out: bool,
    },
    HasOptedOut {
        person: PersonId,
    },
}

pub(super) const KINDS: &[Kind] = &[
    Kind::reads("find_person", 2, |s| Call::FindPerson { who: s.who() }.into()),
    Kind::may_write("ensure_person", 8, ensure_person),
    Kind::may_write("hold_person", 2, |s| Call::HoldPerson { person: s.person() }.into()).of_a_person(),
    Kind::reads("find_contact", 1, |s| Call::FindContact { person: s.person() }.into()).of_a_person(),
    Kind::may_write("move_person", 4, |s| {
        let previous = if s.chance.one_in(10) { Who::NOBODY } else { s.who() };
        Call::MovePerson {
            previous,
            current: s.who(),
            now: s.now(),
        }
        .into()
    }),
    Kind::may_write("set_opt_out", 2, |s| {
        Call::SetOptOut {
            person: s.person(),
            is_opted_out: s.chance.one_in(2),
        }
        .into()
    })
    .of_a_person(),
    Kind::reads("has_opted_out", 2, |s| Call::HasOptedOut { person: s.person() }.into()).of_a_person(),
];

fn ensure_person(s: &mut Space) -> op::Call {
    Call::EnsurePerson {
        who: s.who(),
        new_id: s.person(),
        now: s.now(),
    }
    .into()
}

impl From<Call> for op::Call {
    fn from(call: Call) -> Self {
        Self::People(call)
    }
}

impl Call {
    pub(super) fn run(&self, office: OfficeId, tx: &mut dyn Tx) -> Result<String, Fault> {
        match *self {
            Self::FindPerson { who } => tx.find_person(office, &who.contact()).map(plain),
            Self::EnsurePerson { who, new_id, now } => tx.ensure_person(office, &who.contact(), new_id, now).map(plain),
            Self::HoldPerson { person } => tx.hold_person(office, person).map(plain),
            Self::FindContact { person } => tx.find_contact(office, person).map(revealed),
            Self::MovePerson { previous, current, now } => tx
                .move_person(office, &previous.contact(), &current.contact(), now)
                .map(plain),
            Self::SetOptOut { person, is_opted_out } => tx.set_opt_out(office, person, is_opted_out).map(plain),
            Self::HasOptedOut { person } => tx.has_opted_out(office, person).map(plain),
        }
    }
}

/// Everybody, and whose each identifier is.
pub(super) fn questions() -> Vec<op::Call> {
    let people = PERSONS
        .map(PersonId)
        .flat_map(|person| [Call::FindContact { person }, Call::HasOptedOut { person }]);
    let bsuids = BSUIDS.map(|n| Who {
        bsuid: Some(n),
        ..Who::NOBODY
    });
    let parents = PARENTS.map(|n| Who {
        parent: Some(n),
        ..Who::NOBODY
    });
    let phones = PHONES.map(|n| Who {
        phone: Some(n),
        ..Who::NOBODY
    });
    let whose = bsuids.chain(parents).chain(phones).map(|who| Call::FindPerson { who });
    people.chain(whose).map(Into::into).collect()
}
