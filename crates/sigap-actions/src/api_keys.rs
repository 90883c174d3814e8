//! Keys with which programs of an office reach us: made by a command, shown once, taken back.

use data_encoding::BASE64URL_NOPAD;
use sigap_core::ids::{ApiKeyId, OfficeId};
use sigap_core::limits::{API_KEYS_MAX, API_LABEL_CHARS_MAX, API_REQUESTS_PER_HOUR_MAX};
use sigap_core::outward::{Scope, joined};
use sigap_core::staff::Right;
pub use sigap_store::records::ApiKeyRow;
use sigap_store::records::AuditEntry;
use sigap_store::{Fault, Tx};

use crate::authority::Officer;
use crate::context::Context;

/// What every key begins with, so that one that leaks is recognised as ours.
const PREFIX: &str = "sigap_";

/// A new key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewApiKey {
    /// What it is for.
    pub label: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// Requests within an hour.
    pub per_hour: u32,
}

/// Why no key was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyRefusal {
    /// The right is missing.
    Denied,
    /// There are as many keys as an office may have.
    TooMany,
    /// It would allow nothing.
    NoScopes,
}

/// Makes a key; what it says is not kept. `by` is nobody at the command line of the machine.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn make_api_key(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    by: Option<&Officer>,
    new: &NewApiKey,
) -> Result<Result<(ApiKeyId, String), KeyRefusal>, Fault> {
    let office = ctx.office.id;
    if !may_manage(ctx, by) {
        return Ok(Err(KeyRefusal::Denied));
    }
    if tx.list_api_keys(office, API_KEYS_MAX)?.len() >= API_KEYS_MAX {
        return Ok(Err(KeyRefusal::TooMany));
    }
    let scopes = joined(&Scope::ALL, &new.scopes, Scope::name);
    if scopes.is_empty() {
        return Ok(Err(KeyRefusal::NoScopes));
    }
    let key = format!("{PREFIX}{}", BASE64URL_NOPAD.encode(&ctx.random::<32>()?));
    let row = ApiKeyRow {
        id: ApiKeyId(ctx.new_id()),
        label: new.label.trim().chars().take(API_LABEL_CHARS_MAX).collect(),
        made_at: ctx.now,
        revoked_at: None,
        scopes,
        per_hour: new.per_hour.clamp(1, API_REQUESTS_PER_HOUR_MAX),
    };
    tx.insert_api_key(office, &row, &key)?;
    note(tx, ctx, by, "api_key_made", &format!("key {}", row.id))?;
    Ok(Ok((row.id, key)))
}

/// The key that was shown, when it is one of this office that was not taken back.
///
/// # Errors
/// Storage faults only.
pub fn find_api_key(tx: &mut dyn Tx, ctx: &Context<'_>, key: &str) -> Result<Option<ApiKeyRow>, Fault> {
    if !key.starts_with(PREFIX) {
        return Ok(None);
    }
    let found = tx.find_api_key(ctx.office.id, key)?;
    Ok(found.filter(|row| row.revoked_at.is_none()))
}

/// Keys of an office, the newest first.
///
/// # Errors
/// Storage faults only.
pub fn list_api_keys(tx: &mut dyn Tx, ctx: &Context<'_>) -> Result<Vec<ApiKeyRow>, Fault> {
    tx.list_api_keys(ctx.office.id, API_KEYS_MAX)
}

/// Takes a key back; false when there was none to take back, or the right is missing.
///
/// # Errors
/// Storage faults only.
pub fn revoke_api_key(tx: &mut dyn Tx, ctx: &Context<'_>, by: Option<&Officer>, id: ApiKeyId) -> Result<bool, Fault> {
    let is_revoked = may_manage(ctx, by) && tx.revoke_api_key(ctx.office.id, id, ctx.now)?;
    if is_revoked {
        note(tx, ctx, by, "api_key_revoked", &format!("key {id}"))?;
    }
    Ok(is_revoked)
}

/// What a key is for; empty when it is not known.
pub(crate) fn label_of(tx: &mut dyn Tx, office: OfficeId, id: ApiKeyId) -> Result<String, Fault> {
    let rows = tx.list_api_keys(office, API_KEYS_MAX)?;
    let known = rows.into_iter().find(|row| row.id == id);
    Ok(known.map(|row| row.label).unwrap_or_default())
}

/// Whether somebody may look after programs of the office; the machine's own command line may.
pub(crate) fn may_manage(ctx: &Context<'_>, by: Option<&Officer>) -> bool {
    by.is_none_or(|officer| officer.require(ctx.office.id, Right::Programs).is_ok())
}

/// A line about it: in the trail when an officer did it, in the audit of the machine otherwise.
pub(crate) fn note(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    by: Option<&Officer>,
    act: &str,
    subject: &str,
) -> Result<(), Fault> {
    let office = ctx.office.id;
    if let Some(officer) = by {
        return tx
            .insert_act(office, officer.staff(), ctx.now, act, subject)
            .map(|_| ());
    }
    let line = AuditEntry {
        id: ctx.new_id(),
        at: ctx.now,
        actor: "command".into(),
        act: act.into(),
        subject: subject.into(),
    };
    tx.insert_audit(office, &line)
}
