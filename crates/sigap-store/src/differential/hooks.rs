//! Calls about partners that are called.

use jiff::Timestamp;
use sigap_core::ids::{HookId, OfficeId};

use super::op::{self, Kind, plain};
use super::space::Space;
use crate::fault::Fault;
use crate::records::{HookCall, HookContent, HookRow};
use crate::tx::Tx;

#[derive(Debug, Clone)]
#[expect(clippy::enum_variant_names, reason = "a variant is named after its method")]
pub(super) enum Call {
    InsertHook(Values),
    ListHooks {
        limit: usize,
    },
    ChangeHook(Values),
    DeleteHook {
        id: i64,
    },
    InsertHookCall {
        id: i64,
        hook: i64,
        event: &'static str,
        at: Timestamp,
        body: &'static str,
    },
    ClaimHookCalls {
        now: Timestamp,
        until: Timestamp,
        limit: usize,
    },
    PostponeHookCall {
        id: i64,
        at: Timestamp,
    },
    DeleteHookCall {
        id: i64,
    },
    CountHookCalls,
}

/// What an address is made of.
#[derive(Debug, Clone)]
pub(super) struct Values {
    id: i64,
    events: &'static str,
    at: Timestamp,
    heard: bool,
    failure: &'static str,
    label: &'static str,
}

fn values(s: &mut Space) -> Values {
    Values {
        id: s.id(),
        events: s.word(),
        at: s.now(),
        heard: s.chance.one_in(2),
        failure: s.word(),
        label: s.text(),
    }
}

pub(super) const KINDS: &[Kind] = &[
    Kind::writes("insert_hook", 4, |s| Call::InsertHook(values(s)).into()),
    Kind::reads("list_hooks", 2, |s| Call::ListHooks { limit: s.limit() }.into()),
    Kind::writes("change_hook", 3, |s| Call::ChangeHook(values(s)).into()),
    Kind::writes("delete_hook", 2, |s| Call::DeleteHook { id: s.id() }.into()),
    Kind::writes("insert_hook_call", 5, |s| {
        Call::InsertHookCall {
            id: s.id(),
            hook: s.id(),
            event: s.word(),
            at: s.now(),
            body: s.word(),
        }
        .into()
    }),
    Kind::may_write("claim_hook_calls", 3, |s| {
        Call::ClaimHookCalls {
            now: s.now(),
            until: s.now(),
            limit: s.limit(),
        }
        .into()
    }),
    Kind::writes("postpone_hook_call", 2, |s| {
        Call::PostponeHookCall {
            id: s.id(),
            at: s.now(),
        }
        .into()
    }),
    Kind::writes("delete_hook_call", 1, |s| Call::DeleteHookCall { id: s.id() }.into()),
    Kind::reads("count_hook_calls", 1, |_| Call::CountHookCalls.into()),
];

impl From<Call> for op::Call {
    fn from(call: Call) -> Self {
        Self::Hooks(call)
    }
}

fn row(values: &Values) -> HookRow {
    let told = values.heard.then_some(values.at);
    HookRow {
        id: HookId(values.id),
        events: values.events.into(),
        made_at: values.at,
        heard_at: told,
        failed_at: told,
        failure: values.failure.into(),
        stopped_at: told,
        content: HookContent {
            label: values.label.into(),
            url: values.label.into(),
            secret: values.label.as_bytes().to_vec(),
        },
    }
}

impl Call {
    pub(super) fn run(&self, office: OfficeId, tx: &mut dyn Tx) -> Result<String, Fault> {
        match self {
            Self::InsertHook(values) => tx.insert_hook(office, &row(values)).map(plain),
            Self::ListHooks { limit } => tx
                .list_hooks(office, *limit)
                .map(|rows| rows.into_iter().map(shown).collect()),
            Self::ChangeHook(values) => tx.change_hook(office, &row(values)).map(plain),
            Self::DeleteHook { id } => tx.delete_hook(office, HookId(*id)).map(plain),
            Self::InsertHookCall {
                id,
                hook,
                event,
                at,
                body,
            } => {
                let call = HookCall {
                    id: *id,
                    hook: HookId(*hook),
                    event: (*event).into(),
                    made_at: *at,
                    due_at: *at,
                    attempts: 0,
                    body: (*body).into(),
                };
                tx.insert_hook_call(office, &call).map(plain)
            }
            Self::ClaimHookCalls { now, until, limit } => tx.claim_hook_calls(office, *now, *until, *limit).map(plain),
            Self::PostponeHookCall { id, at } => tx.postpone_hook_call(office, *id, *at).map(plain),
            Self::DeleteHookCall { id } => tx.delete_hook_call(office, *id).map(plain),
            Self::CountHookCalls => tx.count_hook_calls(office).map(plain),
        }
    }
}

/// `Debug` of the content prints dots.
fn shown(row: HookRow) -> String {
    let HookContent { label, url, secret } = row.content.clone();
    format!("{row:?} {label:?} {url:?} {secret:?};")
}

/// Every address, and how many calls are owed.
pub(super) fn questions() -> Vec<op::Call> {
    vec![Call::ListHooks { limit: 100 }.into(), Call::CountHookCalls.into()]
}
