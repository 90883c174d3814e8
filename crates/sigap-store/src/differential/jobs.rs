//! Calls about jobs, links and signals.

use jiff::Timestamp;
use sigap_core::ids::{BookingId, OfficeId, PersonId};

use super::op::{self, Kind, plain};
use crate::fault::Fault;
use crate::records::{Job, JobKind, LinkKind, LinkRow, Signal, SignalKind};
use crate::tx::Tx;

const LISTED: usize = 60;

#[derive(Debug, Clone)]
pub(super) enum Call {
    Schedule {
        at: Timestamp,
        kind: JobKind,
        subject: i64,
    },
    ListDueJobs {
        now: Timestamp,
        limit: usize,
    },
    FinishJob {
        at: Timestamp,
        kind: JobKind,
        subject: i64,
    },
    InsertLink {
        token: i64,
        person: PersonId,
        expires_at: Timestamp,
    },
    FindLink {
        token: i64,
    },
    UseLink {
        token: i64,
        now: Timestamp,
    },
    InsertSignal {
        id: i64,
        kind: SignalKind,
        person: PersonId,
        at: Timestamp,
        count: u32,
    },
    ListSignals {
        limit: usize,
    },
}

pub(super) const KINDS: &[Kind] = &[
    Kind::writes("schedule", 4, |s| {
        Call::Schedule {
            at: super::space::second(s.chance.within(0, 3)),
            kind: s.chance.pick(&JobKind::ALL),
            subject: s.id() % 3,
        }
        .into()
    }),
    Kind::reads("list_due_jobs", 2, |s| {
        Call::ListDueJobs {
            now: super::space::second(s.chance.within(0, 3)),
            limit: s.limit(),
        }
        .into()
    }),
    Kind::may_write("finish_job", 4, |s| {
        Call::FinishJob {
            at: super::space::second(s.chance.within(0, 3)),
            kind: s.chance.pick(&JobKind::ALL),
            subject: s.id() % 3,
        }
        .into()
    }),
    Kind::writes("insert_link", 8, |s| {
        Call::InsertLink {
            token: s.id(),
            person: s.person(),
            expires_at: s.later(),
        }
        .into()
    }),
    Kind::reads("find_link", 4, |s| Call::FindLink { token: s.id() }.into()),
    Kind::may_write("use_link", 3, |s| {
        Call::UseLink {
            token: s.id(),
            now: s.now(),
        }
        .into()
    }),
    Kind::writes("insert_signal", 4, |s| {
        Call::InsertSignal {
            id: s.id(),
            kind: s.chance.pick(&SignalKind::ALL),
            person: s.person(),
            at: s.now(),
            count: u32::try_from(s.chance.below(9)).unwrap(),
        }
        .into()
    }),
    Kind::reads("list_signals", 1, |s| Call::ListSignals { limit: s.limit() }.into()),
];

impl From<Call> for op::Call {
    fn from(call: Call) -> Self {
        Self::Jobs(call)
    }
}

impl Call {
    pub(super) fn run(&self, office: OfficeId, tx: &mut dyn Tx) -> Result<String, Fault> {
        match *self {
            Self::Schedule { at, kind, subject } => tx.schedule(office, &job(at, kind, subject)).map(plain),
            Self::ListDueJobs { now, limit } => tx.list_due_jobs(office, now, limit).map(plain),
            Self::FinishJob { at, kind, subject } => tx.finish_job(office, &job(at, kind, subject)).map(plain),
            Self::InsertLink {
                token,
                person,
                expires_at,
            } => {
                let link = LinkRow {
                    person,
                    booking: BookingId(token),
                    kind: if token % 2 == 0 {
                        LinkKind::Identity
                    } else {
                        LinkKind::Ticket
                    },
                    expires_at,
                    used_at: None,
                };
                tx.insert_link(office, &name(token), &link).map(plain)
            }
            Self::FindLink { token } => tx.find_link(office, &name(token)).map(plain),
            Self::UseLink { token, now } => tx.use_link(office, &name(token), now).map(plain),
            Self::InsertSignal {
                id,
                kind,
                person,
                at,
                count,
            } => {
                let signal = Signal {
                    id,
                    kind,
                    person,
                    day: i32::try_from(id % 2).unwrap(),
                    at,
                    count,
                };
                tx.insert_signal(office, &signal).map(plain)
            }
            Self::ListSignals { limit } => tx.list_signals(office, 0, limit).map(plain),
        }
    }
}

fn job(at: Timestamp, kind: JobKind, subject: i64) -> Job {
    Job {
        due_at: at,
        kind,
        subject: subject.to_string(),
    }
}

fn name(token: i64) -> String {
    format!("token {token}")
}

/// Every job, link and signal.
pub(super) fn questions(ids: impl Iterator<Item = i64>) -> Vec<op::Call> {
    ids.map(|token| Call::FindLink { token })
        .chain([
            Call::ListDueJobs {
                now: Timestamp::MAX,
                limit: LISTED,
            },
            Call::ListSignals { limit: LISTED },
        ])
        .map(Into::into)
        .collect()
}
