//! Calls about wishes to be told.

use jiff::Timestamp;
use sigap_core::application::Stage;
use sigap_core::ids::{OfficeId, PersonId};

use super::op::{self, Kind, plain};
use super::space::{APPLICATIONS, PERSONS, Space, application_number};
use crate::fault::Fault;
use crate::records::FollowRow;
use crate::tx::Tx;

#[derive(Debug, Clone)]
pub(super) enum Call {
    SaveFollow {
        person: PersonId,
        number: i64,
        line: &'static str,
        told: Stage,
        moved_at: Option<Timestamp>,
    },
    FindFollow {
        person: PersonId,
        number: i64,
    },
    ForgetFollow {
        person: PersonId,
        number: i64,
    },
    ListFollows {
        person: PersonId,
        limit: usize,
    },
    NoteMoved {
        number: i64,
        at: Timestamp,
    },
    ListMoved {
        limit: usize,
    },
}

pub(super) const KINDS: &[Kind] = &[
    Kind::writes("save_follow", 8, save_follow).of_a_person(),
    Kind::reads("find_follow", 2, |s| {
        Call::FindFollow {
            person: s.person(),
            number: s.application(),
        }
        .into()
    })
    .of_a_person(),
    Kind::writes("forget_follow", 3, |s| {
        Call::ForgetFollow {
            person: s.person(),
            number: s.application(),
        }
        .into()
    })
    .of_a_person(),
    Kind::reads("list_follows", 1, |s| {
        Call::ListFollows {
            person: s.person(),
            limit: s.limit(),
        }
        .into()
    })
    .of_a_person(),
    Kind::writes("note_moved", 5, |s| {
        Call::NoteMoved {
            number: s.application(),
            at: s.now(),
        }
        .into()
    }),
    Kind::reads("list_moved", 2, |s| Call::ListMoved { limit: s.limit() }.into()),
];

fn save_follow(s: &mut Space) -> op::Call {
    Call::SaveFollow {
        person: s.person(),
        number: s.application(),
        line: s.number(),
        told: s.chance.pick(&Stage::ALL),
        moved_at: s.chance.one_in(3).then(|| s.now()),
    }
    .into()
}

impl From<Call> for op::Call {
    fn from(call: Call) -> Self {
        Self::Follows(call)
    }
}

impl Call {
    pub(super) fn run(&self, office: OfficeId, tx: &mut dyn Tx) -> Result<String, Fault> {
        match *self {
            Self::SaveFollow {
                person,
                number,
                line,
                told,
                moved_at,
            } => {
                let row = FollowRow {
                    person,
                    number: application_number(number),
                    line: line.into(),
                    told,
                    moved_at,
                };
                tx.save_follow(office, &row).map(plain)
            }
            Self::FindFollow { person, number } => tx
                .find_follow(office, person, &application_number(number))
                .map(|row| row.map(shown).unwrap_or_default()),
            Self::ForgetFollow { person, number } => {
                tx.forget_follow(office, person, &application_number(number)).map(plain)
            }
            Self::ListFollows { person, limit } => tx
                .list_follows(office, person, limit)
                .map(|rows| rows.into_iter().map(shown).collect()),
            Self::NoteMoved { number, at } => tx.note_moved(office, &application_number(number), at).map(plain),
            Self::ListMoved { limit } => tx
                .list_moved(office, limit)
                .map(|rows| rows.into_iter().map(shown).collect()),
        }
    }
}

fn shown(row: FollowRow) -> String {
    format!(
        "{} {} {} {:?} {:?};",
        row.person.0,
        row.number.as_str(),
        row.line,
        row.told,
        row.moved_at
    )
}

/// Every wish, and what there is to tell.
pub(super) fn questions() -> Vec<op::Call> {
    let of_people = PERSONS.map(PersonId).flat_map(|person| {
        let of_numbers = APPLICATIONS.map(move |number| Call::FindFollow { person, number });
        of_numbers.chain([Call::ListFollows { person, limit: 100 }])
    });
    of_people
        .chain([Call::ListMoved { limit: 100 }])
        .map(Into::into)
        .collect()
}
