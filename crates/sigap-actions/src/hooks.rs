//! Addresses of partners that are called when something happens: made, tried, stopped, and their calls carried out.

use data_encoding::BASE64;
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use sha2::Sha256;
use sigap_core::ids::HookId;
use sigap_core::limits::{API_LABEL_CHARS_MAX, HOOK_CALLS_PER_ROUND_MAX, HOOK_URL_CHARS_MAX, HOOKS_MAX};
use sigap_core::outward::{Event, joined};
pub use sigap_store::records::HookRow;
use sigap_store::records::{HookCall, HookContent};
use sigap_store::{Fault, Tx};

use crate::announce::owe_call;
use crate::api_keys::{may_manage, note};
use crate::authority::Officer;
use crate::context::Context;

/// With which a secret begins when it is shown (Standard Webhooks).
const SECRET_PREFIX: &str = "whsec_";
/// How long a call that was begun belongs to whoever began it: longer than a request may take.
const LEASE: SignedDuration = SignedDuration::from_mins(1);
/// Until the next try, after the first failure, the second, and so on: three days in all, as Standard Webhooks advises. After the last
/// one the call is given up, and the address is called no more until somebody at the office looks at it.
const WAITS: [SignedDuration; 9] = [
    SignedDuration::from_secs(10),
    SignedDuration::from_mins(1),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(30),
    SignedDuration::from_hours(2),
    SignedDuration::from_hours(6),
    SignedDuration::from_hours(12),
    SignedDuration::from_hours(24),
    SignedDuration::from_hours(24),
];
/// Characters of what is kept about a failure.
const FAILURE_CHARS_MAX: usize = 40;

/// Why an address was not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HookRefusal {
    /// The right is missing.
    Denied,
    /// There are as many as an office may have.
    TooMany,
    /// Not an `https` address, or too long. Plain `http` is for this machine alone.
    Address,
    /// Of nothing would it hear.
    NoEvents,
}

/// A new address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewHook {
    /// Whose it is.
    pub label: String,
    /// Where to.
    pub url: String,
    /// Of what it hears.
    pub events: Vec<Event>,
}

/// Makes an address; `by` is nobody at the command line of the machine. The secret that is returned signs its calls and is shown once.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn make_hook(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    by: Option<&Officer>,
    new: &NewHook,
) -> Result<Result<(HookId, String), HookRefusal>, Fault> {
    let office = ctx.office.id;
    if !may_manage(ctx, by) {
        return Ok(Err(HookRefusal::Denied));
    }
    if tx.list_hooks(office, HOOKS_MAX)?.len() >= HOOKS_MAX {
        return Ok(Err(HookRefusal::TooMany));
    }
    let url = new.url.trim();
    if !is_fit(url) {
        return Ok(Err(HookRefusal::Address));
    }
    let events = joined(&Event::ALL, &new.events, Event::name);
    if events.is_empty() {
        return Ok(Err(HookRefusal::NoEvents));
    }
    let secret = ctx.random::<32>()?;
    let row = HookRow {
        id: HookId(ctx.new_id()),
        events,
        made_at: ctx.now,
        heard_at: None,
        failed_at: None,
        failure: String::new(),
        stopped_at: None,
        content: HookContent {
            label: new.label.trim().chars().take(API_LABEL_CHARS_MAX).collect(),
            url: url.to_owned(),
            secret: secret.to_vec(),
        },
    };
    tx.insert_hook(office, &row)?;
    note(tx, ctx, by, "hook_made", &format!("hook {}", row.id))?;
    Ok(Ok((row.id, format!("{SECRET_PREFIX}{}", BASE64.encode(&secret)))))
}

/// What is said there travels over the network: encrypted, or not at all.
fn is_fit(url: &str) -> bool {
    let has_host = |rest: &str| rest.chars().next().is_some_and(char::is_alphanumeric);
    let is_own = |rest: &str| {
        let host = rest.split(['/', ':']).next().unwrap_or_default();
        host == "localhost" || host == "127.0.0.1"
    };
    let is_plain = url.len() <= HOOK_URL_CHARS_MAX && url.chars().all(|c| c.is_ascii_graphic());
    is_plain && (url.strip_prefix("https://").is_some_and(has_host) || url.strip_prefix("http://").is_some_and(is_own))
}

/// The addresses of an office, and how many calls are owed.
///
/// # Errors
/// Storage faults only.
pub fn list_hooks(tx: &mut dyn Tx, ctx: &Context<'_>) -> Result<(Vec<HookRow>, u64), Fault> {
    let office = ctx.office.id;
    Ok((tx.list_hooks(office, HOOKS_MAX)?, tx.count_hook_calls(office)?))
}

/// Forgets an address; false when there is none, or the right is missing.
///
/// # Errors
/// Storage faults only.
pub fn forget_hook(tx: &mut dyn Tx, ctx: &Context<'_>, by: Option<&Officer>, id: HookId) -> Result<bool, Fault> {
    let is_gone = may_manage(ctx, by) && tx.delete_hook(ctx.office.id, id)?;
    if is_gone {
        note(tx, ctx, by, "hook_forgotten", &format!("hook {id}"))?;
    }
    Ok(is_gone)
}

/// Owes a call that only tries the address, and goes on with one that was given up; false when there is none, or the right is
/// missing.
///
/// # Errors
/// Storage faults only.
pub fn try_hook(tx: &mut dyn Tx, ctx: &Context<'_>, by: Option<&Officer>, id: HookId) -> Result<bool, Fault> {
    let office = ctx.office.id;
    if !may_manage(ctx, by) {
        return Ok(false);
    }
    let known = tx.list_hooks(office, HOOKS_MAX)?;
    let Some(mut row) = known.into_iter().find(|row| row.id == id) else {
        return Ok(false);
    };
    row.stopped_at = None;
    tx.change_hook(office, &row)?;
    note(tx, ctx, by, "hook_tried", &format!("hook {id}"))?;
    owe_call(tx, ctx, id, Event::Test, &json!({})).map(|()| true)
}

/// A call that is to be made now, with everything it takes.
#[derive(Clone, PartialEq, Eq)]
pub struct OwedCall {
    /// Which.
    pub id: i64,
    /// To whom.
    pub hook: HookId,
    /// This try.
    pub attempt: u32,
    /// Where to.
    pub url: String,
    /// Seconds since 1970, as they are signed.
    pub at: i64,
    /// `webhook-signature`.
    pub signature: String,
    /// What is sent, JSON.
    pub body: String,
}

impl OwedCall {
    /// `webhook-id`: the same with every try.
    #[must_use]
    pub fn message_id(&self) -> String {
        message_id(self.id)
    }
}

fn message_id(call: i64) -> String {
    format!("msg_{call}")
}

/// Takes the calls of an office that are due. Those whose address is gone or stopped are forgotten.
///
/// # Errors
/// Storage faults only.
pub fn claim_hook_calls(tx: &mut dyn Tx, ctx: &Context<'_>) -> Result<Vec<OwedCall>, Fault> {
    let office = ctx.office.id;
    let until = later(ctx.now, LEASE);
    let claimed = tx.claim_hook_calls(office, ctx.now, until, HOOK_CALLS_PER_ROUND_MAX)?;
    if claimed.is_empty() {
        return Ok(Vec::new());
    }
    let hooks = tx.list_hooks(office, HOOKS_MAX)?;
    let mut owed = Vec::new();
    for call in claimed {
        match hooks.iter().find(|hook| hook.id == call.hook) {
            Some(hook) if hook.stopped_at.is_none() => owed.push(ready(ctx, hook, call)),
            _ => {
                tx.delete_hook_call(office, call.id)?;
            }
        }
    }
    Ok(owed)
}

fn ready(ctx: &Context<'_>, hook: &HookRow, call: HookCall) -> OwedCall {
    let at = ctx.now.as_second();
    OwedCall {
        signature: sign(&hook.content.secret, &message_id(call.id), at, &call.body),
        id: call.id,
        hook: hook.id,
        attempt: call.attempts,
        url: hook.content.url.clone(),
        at,
        body: call.body,
    }
}

/// The signature of Standard Webhooks: HMAC-SHA-256 over id, time and body, in base64, behind its version.
#[must_use]
pub fn sign(secret: &[u8], id: &str, at: i64, body: &str) -> String {
    // HMAC takes keys of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else {
        return String::new();
    };
    mac.update(format!("{id}.{at}.{body}").as_bytes());
    format!("v1,{}", BASE64.encode(&mac.finalize().into_bytes()))
}

/// What became of a call: heard, or why not, in a short word that holds nothing of the answer.
///
/// # Errors
/// Storage faults only; the call is then made again, which its id tells.
pub fn settle_hook_call(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    call: &OwedCall,
    failure: Option<&str>,
) -> Result<(), Fault> {
    let office = ctx.office.id;
    let known = tx.list_hooks(office, HOOKS_MAX)?;
    let hook = known.into_iter().find(|hook| hook.id == call.hook);
    let wait = usize::try_from(call.attempt)
        .ok()
        .and_then(|attempt| WAITS.get(attempt.saturating_sub(1)));
    match (failure, wait) {
        (Some(_), Some(wait)) => tx.postpone_hook_call(office, call.id, later(ctx.now, *wait))?,
        _ => tx.delete_hook_call(office, call.id)?,
    };
    let Some(mut hook) = hook else { return Ok(()) };
    match failure {
        None => {
            hook.heard_at = Some(ctx.now);
            hook.failed_at = None;
            hook.failure = String::new();
        }
        Some(failure) => {
            hook.failed_at = Some(ctx.now);
            hook.failure = failure.chars().take(FAILURE_CHARS_MAX).collect();
            if wait.is_none() {
                hook.stopped_at = Some(ctx.now);
            }
        }
    }
    tx.change_hook(office, &hook).map(|_| ())
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.saturating_add(by).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests;
