//! Tells partners that something happened: for every address that wants to hear of it a call is owed, in the transaction in which it happened.

use serde_json::{Value, json};
use sigap_core::ids::HookId;
use sigap_core::limits::HOOKS_MAX;
use sigap_core::outward::{Event, names};
use sigap_core::queue::Visit;
use sigap_store::records::{BookingRow, HookCall, HookRow};
use sigap_store::{Fault, Tx};

use crate::context::Context;

/// Owes a call to everybody who wants to hear of this; `data` must not name a person.
///
/// # Errors
/// Storage faults only.
pub(crate) fn announce(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    event: Event,
    data: impl FnOnce() -> Value,
) -> Result<(), Fault> {
    let listeners: Vec<HookRow> = tx
        .list_hooks(ctx.office.id, HOOKS_MAX)?
        .into_iter()
        .filter(|hook| hook.stopped_at.is_none() && names(&hook.events, event.name()))
        .collect();
    if listeners.is_empty() {
        return Ok(());
    }
    let data = data();
    for hook in listeners {
        owe_call(tx, ctx, hook.id, event, &data)?;
    }
    Ok(())
}

/// Owes one call, in the form of Standard Webhooks (standardwebhooks.com): what, when, and the facts.
pub(crate) fn owe_call(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    hook: HookId,
    event: Event,
    data: &Value,
) -> Result<(), Fault> {
    let body = json!({
        "type": event.name(),
        "timestamp": ctx.now.to_string(),
        "office": ctx.office.slug,
        "data": data,
    });
    let call = HookCall {
        id: ctx.new_id(),
        hook,
        event: event.name().into(),
        made_at: ctx.now,
        due_at: ctx.now,
        attempts: 0,
        body: body.to_string(),
    };
    tx.insert_hook_call(ctx.office.id, &call)
}

/// A booking as partners hear of it: never its code, which opens the door.
pub(crate) fn announce_booking(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    event: Event,
    row: &BookingRow,
) -> Result<(), Fault> {
    announce(tx, ctx, event, || {
        json!({
            "booking": row.id.to_string(),
            "service": row.service,
            "day": row.day.to_string(),
            "starts_at": row.starts_at.map(|at| at.to_string()),
            "places": row.places,
        })
    })
}

/// A number as everybody in the hall sees it.
pub(crate) fn announce_number(tx: &mut dyn Tx, ctx: &Context<'_>, event: Event, visit: &Visit) -> Result<(), Fault> {
    announce(tx, ctx, event, || {
        json!({
            "number": visit.label.to_string(),
            "line": visit.line,
            "counter": visit.counter.map(|counter| counter.to_string()),
        })
    })
}
