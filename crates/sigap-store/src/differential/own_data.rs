//! Calls about everything of one person. The key of one person alone is destroyed: with all of them gone there would soon be nothing left
//! to compare.

use jiff::{SignedDuration, Timestamp};
use sigap_core::ids::{OfficeId, OutboxId, PersonId};

use super::applications::GUESSES;
use super::bookings::{SERVICES, key, who};
use super::op::{self, Kind, plain, revealed};
use super::space::PERSONS;
use crate::fault::Fault;
use crate::records::{GuessKind, MessageSpan, OutboxRow, VisitRow};
use crate::tx::Tx;

/// Whose key is destroyed.
const DOOMED: PersonId = PersonId(*PERSONS.end());

#[derive(Debug, Clone)]
pub(super) enum Call {
    ListBound {
        person: PersonId,
        limit: usize,
    },
    ListVisitsOf {
        person: PersonId,
        limit: usize,
    },
    ListReceivedOf {
        person: PersonId,
        since: Timestamp,
        limit: usize,
    },
    ListOwedTo {
        person: PersonId,
        first: i64,
        limit: usize,
    },
    FindMetAt {
        person: PersonId,
    },
    ErasePerson {
        person: PersonId,
        now: Timestamp,
    },
    DestroyKey,
    EraseMessages {
        person: PersonId,
        from: Timestamp,
        until: Timestamp,
        first: i64,
        end: i64,
    },
    ForgetStanding {
        who: u8,
        service: &'static str,
        until: Timestamp,
    },
    ForgetGuesses {
        kind: GuessKind,
        before: i32,
    },
}

pub(super) const KINDS: &[Kind] = &[
    Kind::reads("list_bound", 2, |s| {
        Call::ListBound {
            person: s.person(),
            limit: s.limit(),
        }
        .into()
    })
    .of_a_person(),
    Kind::reads("list_visits_of", 2, |s| {
        Call::ListVisitsOf {
            person: s.person(),
            limit: s.limit(),
        }
        .into()
    }),
    Kind::reads("list_received_of", 2, |s| {
        Call::ListReceivedOf {
            person: s.person(),
            // Messages of the run were sent in its first hour, whatever its clock says by now.
            since: s.now() - SignedDuration::from_secs(s.chance.within(0, 3 * 60 * 60)),
            limit: s.limit(),
        }
        .into()
    }),
    Kind::reads("list_owed_to", 2, |s| {
        Call::ListOwedTo {
            person: s.person(),
            first: s.id(),
            limit: s.limit(),
        }
        .into()
    }),
    Kind::reads("find_met_at", 1, |s| Call::FindMetAt { person: s.person() }.into()).of_a_person(),
    Kind::writes("erase_person", 3, |s| {
        Call::ErasePerson {
            person: s.person(),
            now: s.now(),
        }
        .into()
    }),
    Kind::writes("destroy_key", 1, |_| Call::DestroyKey.into()),
    Kind::writes("erase_messages", 2, |s| {
        let (first, until) = (s.id(), s.later());
        Call::EraseMessages {
            person: s.person(),
            from: until.saturating_sub(SignedDuration::from_mins(5)).unwrap(),
            until,
            first,
            end: first + 3,
        }
        .into()
    }),
    Kind::writes("forget_standing", 2, |s| {
        Call::ForgetStanding {
            who: who(s),
            service: s.chance.pick(&SERVICES),
            until: s.now(),
        }
        .into()
    })
    .of_the_nation(),
    Kind::writes("forget_guesses", 2, |s| {
        Call::ForgetGuesses {
            kind: s.chance.pick(&GUESSES),
            before: s.day(),
        }
        .into()
    }),
];

impl From<Call> for op::Call {
    fn from(call: Call) -> Self {
        Self::OwnData(call)
    }
}

impl Call {
    pub(super) fn run(&self, office: OfficeId, tx: &mut dyn Tx) -> Result<String, Fault> {
        match *self {
            Self::ListBound { person, limit } => tx.list_bound(office, person, limit).map(|rows| {
                rows.into_iter()
                    .map(|(number, at)| format!("{} {at};", number.as_str()))
                    .collect()
            }),
            Self::ListVisitsOf { person, limit } => tx
                .list_visits_of(office, person, limit)
                .map(|rows| rows.into_iter().map(visit).collect()),
            Self::ListReceivedOf { person, since, limit } => {
                tx.list_received_of(office, person, since, limit).map(revealed)
            }
            Self::ListOwedTo { person, first, limit } => tx
                .list_owed_to(office, person, OutboxId(first), limit)
                .map(|rows: Vec<OutboxRow>| plain(rows)),
            Self::FindMetAt { person } => tx.find_met_at(office, person).map(plain),
            Self::ErasePerson { person, now } => tx.erase_person(office, person, now).map(plain),
            Self::DestroyKey => tx.destroy_key(office, DOOMED).map(plain),
            Self::EraseMessages {
                person,
                from,
                until,
                first,
                end,
            } => {
                let span = MessageSpan {
                    from,
                    until,
                    first: OutboxId(first),
                    end: OutboxId(end),
                };
                tx.erase_messages(office, person, span).map(plain)
            }
            Self::ForgetGuesses { kind, before } => tx.forget_guesses(office, kind, before).map(plain),
            Self::ForgetStanding { who, service, until } => tx.forget_standing(key(who), service, until).map(plain),
        }
    }
}

fn visit(row: VisitRow) -> String {
    format!("{row:?} {};", revealed(&row.content))
}

/// Everything of everybody.
pub(super) fn questions() -> Vec<op::Call> {
    let limit = 200;
    PERSONS
        .map(PersonId)
        .flat_map(|person| {
            [
                Call::ListBound { person, limit },
                Call::ListVisitsOf { person, limit },
                Call::ListReceivedOf {
                    person,
                    since: Timestamp::UNIX_EPOCH,
                    limit,
                },
                Call::ListOwedTo {
                    person,
                    first: 0,
                    limit,
                },
                Call::FindMetAt { person },
            ]
        })
        .map(Into::into)
        .collect()
}
