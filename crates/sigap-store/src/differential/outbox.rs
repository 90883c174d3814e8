//! Calls about owed messages, from owing them to their last status.

use jiff::Timestamp;
use sigap_core::ids::{OfficeId, OutboxId, PersonId, ProcessId};
use sigap_core::message::{Button, Form, OutboundMessage};

use super::op::{self, Kind, plain, revealed};
use super::space::{PERSONS, PROCESSES, Space};
use crate::fault::Fault;
use crate::records::{DeliveryStatus, OutboxRow, OutboxState};
use crate::tx::Tx;

/// States that a status can name.
const STATUSES: [OutboxState; 5] = [
    OutboxState::Accepted,
    OutboxState::Sent,
    OutboxState::Delivered,
    OutboxState::Read,
    OutboxState::Failed,
];
/// The last is refused.
const ENDINGS: [OutboxState; 5] = [
    OutboxState::Failed,
    OutboxState::Failed,
    OutboxState::Expired,
    OutboxState::Expired,
    OutboxState::Read,
];

#[derive(Debug, Clone)]
pub(super) enum Call {
    InsertOwed {
        id: OutboxId,
        person: PersonId,
        number: &'static str,
        attempts: u32,
        at: Timestamp,
        body: &'static str,
    },
    ListMergeable {
        person: PersonId,
        limit: usize,
    },
    MergeOwed {
        id: OutboxId,
        into: OutboxId,
    },
    ListOfficesWithDue,
    ClaimDue {
        now: Timestamp,
        settle_at: Timestamp,
        process: ProcessId,
        limit: usize,
    },
    ListUnsettled {
        now: Timestamp,
        limit: usize,
    },
    PostponeSettling {
        settle_at: Timestamp,
    },
    TakeOver {
        process: ProcessId,
        settle_at: Timestamp,
    },
    MarkAccepted {
        id: OutboxId,
        now: Timestamp,
    },
    Unclaim {
        id: OutboxId,
        process: ProcessId,
        not_before: Timestamp,
    },
    PutBack {
        id: OutboxId,
        process: ProcessId,
        not_before: Timestamp,
    },
    Resend {
        id: OutboxId,
        now: Timestamp,
        most: u32,
    },
    MarkUnknown {
        id: OutboxId,
        process: ProcessId,
        settle_at: Timestamp,
    },
    GiveUp {
        id: OutboxId,
        state: OutboxState,
        error_code: Option<i64>,
        now: Timestamp,
    },
    ApplyStatus {
        id: OutboxId,
        state: OutboxState,
        error_code: Option<i64>,
        at: Timestamp,
    },
    MarkBilled {
        id: OutboxId,
    },
    FindOwed {
        id: OutboxId,
    },
}

pub(super) const KINDS: &[Kind] = &[
    Kind::writes("insert_owed", 14, insert_owed),
    Kind::reads("list_mergeable", 2, |s| {
        Call::ListMergeable {
            person: s.person(),
            limit: s.limit(),
        }
        .into()
    }),
    Kind::may_write("merge_owed", 3, |s| Call::MergeOwed { id: id(s), into: id(s) }.into()),
    Kind::reads("list_offices_with_due", 2, |_| Call::ListOfficesWithDue.into()).of_the_nation(),
    Kind::may_write("claim_due", 12, |s| {
        Call::ClaimDue {
            now: s.now(),
            settle_at: s.later(),
            process: s.process(),
            limit: s.limit(),
        }
        .into()
    }),
    Kind::may_write("list_unsettled", 3, |s| {
        Call::ListUnsettled {
            now: s.later(),
            limit: s.limit(),
        }
        .into()
    }),
    Kind::may_write("postpone_settling", 1, |s| {
        Call::PostponeSettling { settle_at: s.later() }.into()
    }),
    Kind::may_write("take_over", 2, |s| {
        Call::TakeOver {
            process: s.process(),
            settle_at: s.later(),
        }
        .into()
    }),
    Kind::may_write("mark_accepted", 5, |s| {
        Call::MarkAccepted {
            id: id(s),
            now: s.now(),
        }
        .into()
    }),
    Kind::may_write("unclaim", 3, |s| {
        Call::Unclaim {
            id: id(s),
            process: s.process(),
            not_before: s.later(),
        }
        .into()
    }),
    Kind::may_write("put_back", 3, |s| {
        Call::PutBack {
            id: id(s),
            process: s.process(),
            not_before: s.later(),
        }
        .into()
    }),
    Kind::may_write("resend", 8, |s| {
        Call::Resend {
            id: id(s),
            now: s.now(),
            most: s.chance.pick(&[2, 1, 0]),
        }
        .into()
    }),
    Kind::may_write("mark_unknown", 3, |s| {
        Call::MarkUnknown {
            id: id(s),
            process: s.process(),
            settle_at: s.later(),
        }
        .into()
    }),
    Kind::may_write("give_up", 3, |s| {
        let state = s.chance.pick(&ENDINGS);
        Call::GiveUp {
            id: id(s),
            state,
            error_code: error_code(s),
            now: s.now(),
        }
        .into()
    }),
    Kind::may_write("apply_status", 7, |s| {
        let state = s.chance.pick(&STATUSES);
        Call::ApplyStatus {
            id: id(s),
            state,
            error_code: error_code(s),
            at: s.now(),
        }
        .into()
    }),
    Kind::may_write("mark_billed", 4, |s| Call::MarkBilled { id: id(s) }.into()),
    Kind::reads("find_owed", 3, |s| Call::FindOwed { id: id(s) }.into()),
];

fn id(s: &mut Space) -> OutboxId {
    OutboxId(s.id())
}

fn error_code(s: &mut Space) -> Option<i64> {
    s.chance.one_in(3).then_some(131_026)
}

fn insert_owed(s: &mut Space) -> op::Call {
    Call::InsertOwed {
        id: id(s),
        person: s.person(),
        number: s.number(),
        attempts: u32::from(s.chance.one_in(15)),
        at: s.now(),
        body: s.text(),
    }
    .into()
}

impl From<Call> for op::Call {
    fn from(call: Call) -> Self {
        Self::Outbox(call)
    }
}

impl Call {
    pub(super) fn run(&self, office: OfficeId, tx: &mut dyn Tx) -> Result<String, Fault> {
        match *self {
            Self::InsertOwed {
                id,
                person,
                number,
                attempts,
                at,
                body,
            } => tx
                .insert_owed(office, &owed(id, person, number, attempts, at, body))
                .map(plain),
            Self::ListMergeable { person, limit } => tx.list_mergeable(office, person, limit).map(plain),
            Self::MergeOwed { id, into } => tx.merge_owed(office, id, into).map(plain),
            // No order is promised.
            Self::ListOfficesWithDue => tx.list_offices_with_due().map(|mut offices| {
                offices.sort_unstable();
                plain(offices)
            }),
            Self::ClaimDue {
                now,
                settle_at,
                process,
                limit,
            } => {
                let claimed = tx.claim_due(office, now, settle_at, process, limit)?;
                let lines: Vec<_> = claimed
                    .iter()
                    .map(|it| format!("{it:?} {}", revealed(&it.contact)))
                    .collect();
                Ok(lines.join("; "))
            }
            Self::ListUnsettled { now, limit } => tx.list_unsettled(office, now, limit).map(plain),
            Self::PostponeSettling { settle_at } => tx.postpone_settling(office, settle_at).map(plain),
            Self::TakeOver { process, settle_at } => tx.take_over(office, process, settle_at).map(plain),
            Self::MarkAccepted { id, now } => tx.mark_accepted(office, id, &format!("wamid.out.{id}"), now).map(plain),
            Self::Unclaim {
                id,
                process,
                not_before,
            } => tx.unclaim(office, id, process, not_before).map(plain),
            Self::PutBack {
                id,
                process,
                not_before,
            } => tx.put_back(office, id, process, not_before).map(plain),
            Self::Resend { id, now, most } => tx.resend(office, id, now, most).map(plain),
            Self::MarkUnknown { id, process, settle_at } => tx.mark_unknown(office, id, process, settle_at).map(plain),
            Self::GiveUp {
                id,
                state,
                error_code,
                now,
            } => tx.give_up(office, id, state, error_code, now).map(plain),
            Self::ApplyStatus {
                id,
                state,
                error_code,
                at,
            } => tx
                .apply_status(
                    office,
                    &DeliveryStatus {
                        id,
                        state,
                        error_code,
                        at,
                    },
                )
                .map(plain),
            Self::MarkBilled { id } => tx.mark_billed(office, id).map(plain),
            Self::FindOwed { id } => tx.find_owed(office, id).map(plain),
        }
    }
}

fn owed(id: OutboxId, person: PersonId, number: &str, attempts: u32, at: Timestamp, body: &str) -> OutboxRow {
    let button = Button {
        choice: "menu".into(),
        title: body.into(),
    };
    OutboxRow {
        id,
        person,
        number: number.into(),
        state: OutboxState::Queued,
        attempts,
        created_at: at,
        expires_at: at + jiff::SignedDuration::from_hours(24),
        message: OutboundMessage {
            body: body.into(),
            form: if body.is_empty() {
                Form::Text
            } else {
                Form::Buttons(vec![button])
            },
            fill: None,
        },
    }
}

/// Messages with these ids, and what waits.
pub(super) fn questions(ids: impl Iterator<Item = i64>, clock: Timestamp) -> Vec<op::Call> {
    let messages = ids.map(|id| Call::FindOwed { id: OutboxId(id) });
    let waiting = PERSONS.map(|person| Call::ListMergeable {
        person: PersonId(person),
        limit: 50,
    });
    let limit = 50;
    let unsettled = [clock, Timestamp::MAX].map(|now| Call::ListUnsettled { now, limit });
    messages
        .chain(waiting)
        .chain(unsettled)
        .chain([Call::ListOfficesWithDue])
        .map(Into::into)
        .collect()
}

/// What no read shows, by writes that are undone: when waiting messages come due, who has them, how often they were sent
/// again, what is paid for.
pub(super) fn probes(ids: impl Iterator<Item = i64>, clock: Timestamp) -> Vec<op::Call> {
    let claim = |now| Call::ClaimDue {
        now,
        settle_at: Timestamp::MAX,
        process: PROCESSES[0],
        limit: 50,
    };
    let taken = PROCESSES.map(|process| Call::TakeOver {
        process,
        settle_at: clock,
    });
    let each = ids.map(OutboxId).flat_map(|id| {
        let resend = [1, 2, 3].map(|most| Call::Resend { id, now: clock, most });
        [Call::MarkBilled { id }].into_iter().chain(resend)
    });
    [Call::PostponeSettling { settle_at: clock }]
        .into_iter()
        .chain(taken)
        .chain([claim(clock)])
        .chain(each)
        .chain([claim(Timestamp::MAX)])
        .map(Into::into)
        .collect()
}
