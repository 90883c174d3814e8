//! Message statuses: what is reported after a message was accepted, in Meta's words.

use jiff::Timestamp;
use serde::Serialize;

use crate::bubble::Tick;
use crate::chats::ChatKey;
use crate::faults::StatusWord;
use crate::graph::error::meaning;

/// One status of one message.
#[derive(Debug, Clone)]
pub(crate) struct StatusUpdate {
    pub(crate) chat: ChatKey,
    pub(crate) wamid: String,
    pub(crate) word: StatusWord,
    pub(crate) at: Timestamp,
    pub(crate) recipient_id: Option<String>,
    pub(crate) recipient_user_id: Option<String>,
    pub(crate) callback: Option<String>,
    pub(crate) pricing: Option<Pricing>,
    pub(crate) error: Option<i64>,
}

/// What the message costs (pricing model PMP).
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Pricing {
    pub(crate) billable: bool,
    pub(crate) pricing_model: &'static str,
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    pub(crate) category: &'static str,
}

impl Pricing {
    pub(crate) fn service(billable: bool) -> Self {
        Self {
            billable,
            pricing_model: "PMP",
            kind: if billable { "regular" } else { "free_customer_service" },
            category: "service",
        }
    }

    pub(crate) fn template(category: &'static str) -> Self {
        Self {
            billable: true,
            pricing_model: "PMP",
            kind: "regular",
            category,
        }
    }
}

impl StatusWord {
    pub(crate) fn tick(self) -> Tick {
        match self {
            Self::Sent => Tick::Sent,
            Self::Delivered => Tick::Delivered,
            Self::Read => Tick::Read,
            Self::Failed => Tick::Failed,
        }
    }
}

/// The wire form, borrowed from the update.
#[derive(Serialize)]
pub(crate) struct WireStatus<'a> {
    id: &'a str,
    status: StatusWord,
    timestamp: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    recipient_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recipient_user_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    biz_opaque_callback_data: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pricing: Option<Pricing>,
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<[WireError; 1]>,
}

#[derive(Serialize)]
struct WireError {
    code: i64,
    title: &'static str,
    message: &'static str,
    error_data: WireErrorData,
    href: &'static str,
}

#[derive(Serialize)]
struct WireErrorData {
    details: &'static str,
}

impl<'a> From<&'a StatusUpdate> for WireStatus<'a> {
    fn from(update: &'a StatusUpdate) -> Self {
        Self {
            id: &update.wamid,
            status: update.word,
            timestamp: update.at.as_second().to_string(),
            recipient_id: update.recipient_id.as_deref(),
            recipient_user_id: update.recipient_user_id.as_deref(),
            biz_opaque_callback_data: update.callback.as_deref(),
            pricing: update.pricing,
            errors: update.error.map(|code| {
                let title = meaning(code);
                [WireError {
                    code,
                    title,
                    message: title,
                    error_data: WireErrorData { details: title },
                    href: "https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes",
                }]
            }),
        }
    }
}
