//! What became of one of our messages. Meta promises no order: a status counts only when it moves a message up.

use jiff::Timestamp;
use serde_json::value::RawValue;
use sigap_core::ids::OutboxId;
use sigap_core::person::Contact;

use super::from_raw;
use super::said::sent_at;
use super::sender::add_identifier;
use crate::errors::ApiError;
use crate::wire::{Flag, List, Text, lenient, repaired};

/// One status of one message.
#[derive(Debug, Clone)]
pub struct StatusUpdate {
    /// Our business number (`phone_number_id`), empty when the body did not name it.
    pub number: String,
    /// The message (wamid) it is about.
    pub message_id: String,
    /// Our outbox row, when the status carries our callback data. It can come before our own request returns.
    /// `None` for the earlier parts of a split message: only the last part settles the row.
    pub outbox_id: Option<OutboxId>,
    /// What happened.
    pub status: Status,
    /// When, by Meta's clock.
    pub at: Timestamp,
    /// Whom it was sent to, when told.
    pub recipient: Contact,
    /// What it costs; comes with `sent` and with one of `delivered` and `read`.
    pub pricing: Option<Pricing>,
    /// Why it failed.
    pub errors: Vec<ApiError>,
}

/// The states of a message on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// Left Meta.
    Sent,
    /// Reached a device.
    Delivered,
    /// Was seen.
    Read,
    /// A voice message was heard.
    Played,
    /// Did not reach the person. Several devices: a later `delivered` or `read` overrides it.
    Failed,
    /// Old; the person deleted it.
    Deleted,
    /// A word that did not exist when this was written.
    Unknown(String),
}

/// How Meta charges the message (per-message pricing).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pricing {
    /// `service`, `utility`, `authentication`, `marketing` …
    pub category: Option<String>,
    /// `regular`, `free_customer_service` or `free_entry_point`.
    pub kind: Option<String>,
    /// Deprecated by Meta, still seen.
    pub is_billable: Option<bool>,
}

impl Status {
    /// How far a message has come. A status is taken over only when its rank is higher than the known one's;
    /// `None` for words that say nothing about the way.
    ///
    /// `failed` stands between `sent` and `delivered`: it ends retries, yet a later delivery overrides it.
    #[must_use]
    pub const fn rank(&self) -> Option<u8> {
        match self {
            Self::Sent => Some(1),
            Self::Failed => Some(2),
            Self::Delivered => Some(3),
            Self::Read | Self::Played => Some(4),
            Self::Deleted | Self::Unknown(_) => None,
        }
    }

    /// The word of the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Played => "played",
            Self::Failed => "failed",
            Self::Deleted => "deleted",
            Self::Unknown(word) => word,
        }
    }

    fn from_wire(word: &str) -> Self {
        match word {
            "sent" => Self::Sent,
            "delivered" => Self::Delivered,
            "read" => Self::Read,
            "played" => Self::Played,
            "failed" => Self::Failed,
            "deleted" => Self::Deleted,
            other => Self::Unknown(super::bounded(other)),
        }
    }
}

lenient! {
    /// An element of `value.statuses`.
    struct StatusPart {
        "id" => id: Text<'a>,
        "status" => status: Text<'a>,
        "timestamp" => timestamp: Text<'a>,
        "recipient_id" => recipient_id: Text<'a>,
        "recipient_user_id" => recipient_user_id: Text<'a>,
        "recipient_parent_user_id" => recipient_parent_user_id: Text<'a>,
        "biz_opaque_callback_data" => callback_data: Text<'a>,
        "pricing" => pricing: Option<PricingPart<'a>>,
        "errors" => errors: List<&'a RawValue>,
    }
}

lenient! {
    /// Its price.
    struct PricingPart {
        "category" => category: Text<'a>,
        "type" => kind: Text<'a>,
        "billable" => billable: Flag,
    }
}

/// Reads one status; `None` when it names no message.
pub(super) fn from_wire(number: &str, raw: &RawValue) -> Option<StatusUpdate> {
    if let Ok(part) = from_raw::<StatusPart<'_>>(raw) {
        return to_update(number, &part);
    }
    let repaired = repaired(raw.get().as_bytes())?;
    to_update(number, &serde_json::from_slice(&repaired).ok()?)
}

fn to_update(number: &str, part: &StatusPart<'_>) -> Option<StatusUpdate> {
    let mut recipient = Contact::default();
    for text in [
        &part.recipient_id,
        &part.recipient_user_id,
        &part.recipient_parent_user_id,
    ] {
        add_identifier(&mut recipient, text.get());
    }
    Some(StatusUpdate {
        number: number.to_owned(),
        message_id: part.id.owned()?,
        outbox_id: part.callback_data.get().and_then(outbox_id),
        status: Status::from_wire(part.status.get().unwrap_or_default()),
        at: sent_at(&part.timestamp),
        recipient,
        pricing: part.pricing.as_ref().map(|pricing| Pricing {
            category: pricing.category.owned(),
            kind: pricing.kind.owned(),
            is_billable: pricing.billable.0,
        }),
        errors: part.errors.0.iter().map(|raw| ApiError::from_wire(raw)).collect(),
    })
}

/// Our own callback data: plain digits, as `outbound` writes them.
fn outbox_id(data: &str) -> Option<OutboxId> {
    data.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| data.parse().ok().map(OutboxId))
        .flatten()
}
