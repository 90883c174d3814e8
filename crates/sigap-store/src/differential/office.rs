//! Calls about what an office owes and did: counters, the audit trail, paid messages, kept webhooks.

use jiff::Timestamp;
use sigap_core::ids::OfficeId;

use super::op::{self, Kind, plain};
use super::space::{NUMBERS, WORDS};
use crate::fault::Fault;
use crate::records::AuditEntry;
use crate::tx::Tx;

const MONTHS: [&str; 2] = ["2026-11", "2026-12"];

#[derive(Debug, Clone)]
pub(super) enum Call {
    NextCount {
        counter: &'static str,
    },
    InsertAudit {
        id: i64,
        at: Timestamp,
        act: &'static str,
    },
    ListAudit {
        limit: usize,
    },
    CountDelivered {
        number: &'static str,
        month: &'static str,
        category: &'static str,
    },
    SumDelivered {
        number: &'static str,
        month: &'static str,
        category: &'static str,
    },
    ListDelivered {
        month: &'static str,
        limit: usize,
    },
    KeepRaw {
        id: i64,
        reason: &'static str,
        raw: &'static str,
        now: Timestamp,
    },
    CountRaw {
        reason: &'static str,
    },
    FindBacklog,
}

pub(super) const KINDS: &[Kind] = &[
    Kind::writes("next_count", 4, |s| Call::NextCount { counter: s.word() }.into()),
    Kind::writes("insert_audit", 4, |s| {
        Call::InsertAudit {
            id: s.id(),
            at: s.now(),
            act: s.word(),
        }
        .into()
    }),
    Kind::reads("list_audit", 2, |s| Call::ListAudit { limit: s.limit() }.into()),
    Kind::writes("count_delivered", 4, |s| {
        Call::CountDelivered {
            number: s.number(),
            month: s.chance.pick(&MONTHS),
            category: s.word(),
        }
        .into()
    }),
    Kind::reads("sum_delivered", 1, |s| {
        Call::SumDelivered {
            number: s.number(),
            month: s.chance.pick(&MONTHS),
            category: s.word(),
        }
        .into()
    }),
    Kind::reads("list_delivered", 1, |s| {
        Call::ListDelivered {
            month: s.chance.pick(&MONTHS),
            limit: s.limit(),
        }
        .into()
    }),
    Kind::writes("keep_raw", 3, |s| {
        Call::KeepRaw {
            id: s.id(),
            reason: s.word(),
            raw: s.text(),
            now: s.now(),
        }
        .into()
    }),
    Kind::reads("count_raw", 1, |s| Call::CountRaw { reason: s.word() }.into()),
    Kind::reads("find_backlog", 2, |_| Call::FindBacklog.into()).of_the_nation(),
];

impl From<Call> for op::Call {
    fn from(call: Call) -> Self {
        Self::Office(call)
    }
}

impl Call {
    pub(super) fn run(&self, office: OfficeId, tx: &mut dyn Tx) -> Result<String, Fault> {
        match *self {
            Self::NextCount { counter } => tx.next_count(office, counter).map(plain),
            Self::InsertAudit { id, at, act } => {
                let (actor, subject) = ("citizen".into(), id.to_string());
                let entry = AuditEntry {
                    id,
                    at,
                    actor,
                    act: act.into(),
                    subject,
                };
                tx.insert_audit(office, &entry).map(plain)
            }
            Self::ListAudit { limit } => tx.list_audit(office, limit).map(plain),
            Self::CountDelivered {
                number,
                month,
                category,
            } => tx.count_delivered(office, number, month, category).map(plain),
            Self::SumDelivered {
                number,
                month,
                category,
            } => tx.sum_delivered(office, number, month, category).map(plain),
            Self::ListDelivered { month, limit } => tx.list_delivered(office, month, limit).map(plain),
            Self::KeepRaw { id, reason, raw, now } => tx.keep_raw(office, id, reason, raw, now).map(plain),
            Self::CountRaw { reason } => tx.count_raw(office, reason).map(plain),
            Self::FindBacklog => tx.find_backlog().map(plain),
        }
    }
}

/// The audit trail and every sum.
pub(super) fn questions() -> Vec<op::Call> {
    let limit = 200;
    let delivered = NUMBERS.into_iter().flat_map(|number| {
        MONTHS.into_iter().flat_map(move |month| {
            WORDS.map(|category| Call::SumDelivered {
                number,
                month,
                category,
            })
        })
    });
    let kept = WORDS.map(|reason| Call::CountRaw { reason });
    delivered
        .chain(kept)
        .chain([Call::ListAudit { limit }, Call::FindBacklog])
        .map(Into::into)
        .collect()
}

/// Where each counter stands, by counting on.
pub(super) fn probes() -> Vec<op::Call> {
    WORDS.map(|counter| Call::NextCount { counter }.into()).into()
}
