//! Rows of partners' addresses and of the calls owed to them.

use sigap_core::ids::HookId;

use super::{instant, small};
use crate::fault::Fault;
use crate::records::{HookCall, HookContent, HookRow};

/// A row of the table `hook`.
#[derive(Debug, Clone)]
pub struct StoredHook {
    /// `hook_id`
    pub id: i64,
    /// `events`
    pub events: String,
    /// `made_at`
    pub made_at: i64,
    /// `heard_at`
    pub heard_at: Option<i64>,
    /// `failed_at`
    pub failed_at: Option<i64>,
    /// `failure`
    pub failure: String,
    /// `stopped_at`
    pub stopped_at: Option<i64>,
    /// `content`, sealed
    pub content: Vec<u8>,
}

/// A partner's address, with its content opened.
#[must_use]
pub fn hook(row: StoredHook, content: HookContent) -> HookRow {
    HookRow {
        id: HookId(row.id),
        events: row.events,
        made_at: instant(row.made_at),
        heard_at: row.heard_at.map(instant),
        failed_at: row.failed_at.map(instant),
        failure: row.failure,
        stopped_at: row.stopped_at.map(instant),
        content,
    }
}

/// The columns of a row of `hook_call`: id, whose, what, made, due, attempts, body.
pub type StoredHookCall = (i64, i64, String, i64, i64, i64, String);

/// A call that is owed.
///
/// # Errors
/// When a column holds what no version wrote.
pub fn hook_call(row: StoredHookCall) -> Result<HookCall, Fault> {
    let (id, hook, event, made_at, due_at, attempts, body) = row;
    Ok(HookCall {
        id,
        hook: HookId(hook),
        event,
        made_at: instant(made_at),
        due_at: instant(due_at),
        attempts: small(attempts, "hook_call.attempts")?,
        body,
    })
}
