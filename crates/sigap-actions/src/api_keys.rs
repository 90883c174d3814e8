//! Keys with which programs of an office reach us: made by a command, shown once, taken back.

use data_encoding::BASE64URL_NOPAD;
use sigap_core::ids::{ApiKeyId, OfficeId};
use sigap_core::limits::{API_KEYS_MAX, API_LABEL_CHARS_MAX};
pub use sigap_store::records::ApiKeyRow;
use sigap_store::records::AuditEntry;
use sigap_store::{Fault, Tx};

use crate::context::Context;

/// What every key begins with, so that one that leaks is recognised as ours.
const PREFIX: &str = "sigap_";

/// There are as many keys as an office may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooManyKeys;

/// Makes a key; what it says is not kept.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn make_api_key(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    label: &str,
) -> Result<Result<(ApiKeyId, String), TooManyKeys>, Fault> {
    let office = ctx.office.id;
    if tx.list_api_keys(office, API_KEYS_MAX)?.len() >= API_KEYS_MAX {
        return Ok(Err(TooManyKeys));
    }
    let key = format!("{PREFIX}{}", BASE64URL_NOPAD.encode(&ctx.random::<32>()?));
    let row = ApiKeyRow {
        id: ApiKeyId(ctx.new_id()),
        label: label.trim().chars().take(API_LABEL_CHARS_MAX).collect(),
        made_at: ctx.now,
        revoked_at: None,
    };
    tx.insert_api_key(office, &row, &key)?;
    note(tx, ctx, "api_key_made", row.id)?;
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

/// Takes a key back; false when there was none to take back.
///
/// # Errors
/// Storage faults only.
pub fn revoke_api_key(tx: &mut dyn Tx, ctx: &Context<'_>, id: ApiKeyId) -> Result<bool, Fault> {
    let is_revoked = tx.revoke_api_key(ctx.office.id, id, ctx.now)?;
    if is_revoked {
        note(tx, ctx, "api_key_revoked", id)?;
    }
    Ok(is_revoked)
}

/// What a key is for; empty when it is not known.
pub(crate) fn label_of(tx: &mut dyn Tx, office: OfficeId, id: ApiKeyId) -> Result<String, Fault> {
    let rows = tx.list_api_keys(office, API_KEYS_MAX)?;
    let known = rows.into_iter().find(|row| row.id == id);
    Ok(known.map(|row| row.label).unwrap_or_default())
}

fn note(tx: &mut dyn Tx, ctx: &Context<'_>, act: &str, id: ApiKeyId) -> Result<(), Fault> {
    tx.insert_audit(
        ctx.office.id,
        &AuditEntry {
            id: ctx.new_id(),
            at: ctx.now,
            actor: "command".into(),
            act: act.into(),
            subject: format!("key {id}"),
        },
    )
}
