//! Webhook bodies into events: what people said, what became of our messages, what Meta tells about the account.
//!
//! Reads everything that is valid JSON, however odd; nothing in one message can lose another. It decides nothing:
//! who is answered, and whether an event was seen before, is the affair of the actions.

use std::fmt;

use serde_json::value::RawValue;
use sigap_core::inbound::InboundMessage;

use crate::errors::ApiError;
use crate::routing::RoutingKey;
use crate::wire::{List, Text, lenient, repaired};

mod account;
mod identity;
mod said;
mod sender;
mod status;

pub use account::{AccountNotice, NumberQuality, Preference, TemplateChange, TemplateUpdate};
pub use status::{Pricing, Status, StatusUpdate};

/// What one webhook body holds, in its order. One body may carry several offices.
#[derive(Debug, Default)]
pub struct Webhook {
    /// Each message, status and notice on its own.
    pub events: Vec<WebhookEvent>,
}

/// One thing that happened.
pub struct WebhookEvent {
    /// The business number it concerns (`metadata.phone_number_id`); `None` for events of the whole account.
    pub phone_number_id: Option<String>,
    /// The WhatsApp business account (`entry[].id`).
    pub waba_id: Option<String>,
    /// The JSON text of this message, status or value exactly as it came, so that nothing is ever lost.
    pub raw: String,
    /// What it is.
    pub kind: EventKind,
}

/// The kinds of events.
pub enum EventKind {
    /// A person wrote, tapped, sent, changed or took back something, or has new identifiers.
    Message(InboundMessage),
    /// The way of one of our messages.
    Status(StatusUpdate),
    /// A person stopped or resumed promotional messages.
    Preference(Preference),
    /// Meta's verdict on a template.
    Template(TemplateUpdate),
    /// Quality or throughput of a number, or the messaging limit.
    NumberQuality(NumberQuality),
    /// Alerts, restrictions and security notices of the account.
    Account(AccountNotice),
    /// A fault that Meta reports outside any message (`value.errors`).
    Error(ApiError),
    /// A message or status without an id or without a usable sender: counted, kept, not answered.
    Unreadable,
    /// A field that we do not act upon (or do not know yet): counted and kept.
    Unknown {
        /// The field's name; `messages.x` for an unknown member of a `messages` value.
        field: String,
    },
}

/// The body is not a JSON object: kept raw and counted by the caller, answered with 200.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the webhook body is not a JSON object")]
pub struct UnreadableBody;

impl fmt::Debug for WebhookEvent {
    /// Names the kind only: the content is personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookEvent")
            .field("phone_number_id", &self.phone_number_id)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for EventKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { field } => write!(f, "Unknown({field})"),
            other => f.write_str(other.name()),
        }
    }
}

impl EventKind {
    /// A word for metrics.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Message(_) => "message",
            Self::Status(_) => "status",
            Self::Preference(_) => "preference",
            Self::Template(_) => "template",
            Self::NumberQuality(_) => "number_quality",
            Self::Account(_) => "account",
            Self::Error(_) => "error",
            Self::Unreadable => "unreadable",
            Self::Unknown { .. } => "unknown",
        }
    }
}

lenient! {
    /// The whole body.
    struct Body { "entry" => entries: List<Entry<'a>>, }
}

lenient! {
    /// One account's part.
    struct Entry {
        "id" => id: Text<'a>,
        "changes" => changes: List<Change<'a>>,
    }
}

lenient! {
    /// One field's news. The value is read after the field is known; their order is not promised.
    struct Change {
        "field" => field: Text<'a>,
        "value" => value: Option<&'a RawValue>,
    }
}

lenient! {
    /// The value of the field `messages`.
    struct MessagesValue {
        "messaging_product" => _product: serde::de::IgnoredAny,
        "metadata" => metadata: Metadata<'a>,
        "contacts" => contacts: List<sender::ProfilePart<'a>>,
        "messages" => messages: List<&'a RawValue>,
        "statuses" => statuses: List<&'a RawValue>,
        "errors" => errors: List<&'a RawValue>,
        .. rest
    }
}

lenient! {
    /// Which of our numbers.
    struct Metadata { "phone_number_id" => phone_number_id: Text<'a>, }
}

/// Reads a webhook body whose signature was already verified.
///
/// Ids on buttons and rows are checked with `routing`: a verified id becomes a choice, any other the words that
/// stood on it. A message whose timestamp is missing or unreadable carries the Unix epoch.
///
/// # Errors
/// Only when the body is not a JSON object at all.
pub fn parse(routing: &RoutingKey, body: &[u8]) -> Result<Webhook, UnreadableBody> {
    match read(routing, body) {
        Ok(webhook) => Ok(webhook),
        Err(_) => {
            let repaired = repaired(body).ok_or(UnreadableBody)?;
            read(routing, &repaired).map_err(|_| UnreadableBody)
        }
    }
}

fn read(routing: &RoutingKey, body: &[u8]) -> Result<Webhook, UnreadableBody> {
    if body.trim_ascii_start().first() != Some(&b'{') {
        return Err(UnreadableBody);
    }
    let body: Body<'_> = serde_json::from_slice(body).map_err(|_| UnreadableBody)?;
    let mut webhook = Webhook::default();
    for entry in &body.entries.0 {
        let waba_id = entry.id.owned();
        for change in &entry.changes.0 {
            let Some(value) = change.value else { continue };
            let mut events = Events {
                routing,
                waba_id: waba_id.as_deref(),
                phone_number_id: None,
                out: &mut webhook.events,
            };
            events.read_change(change.field.get().unwrap_or_default(), value);
        }
    }
    Ok(webhook)
}

/// Gathers the events of one change.
struct Events<'a> {
    routing: &'a RoutingKey,
    waba_id: Option<&'a str>,
    phone_number_id: Option<String>,
    out: &'a mut Vec<WebhookEvent>,
}

impl Events<'_> {
    fn push(&mut self, raw: &RawValue, kind: EventKind) {
        self.out.push(WebhookEvent {
            phone_number_id: self.phone_number_id.clone(),
            waba_id: self.waba_id.map(str::to_owned),
            raw: raw.get().to_owned(),
            kind,
        });
    }

    fn read_change(&mut self, field: &str, value: &RawValue) {
        match field {
            // A missing field name is read as messages: nothing is lost when it is not.
            "messages" | "" => self.read_messages(field, value),
            "user_id_update" => self.read_identity_updates(field, value),
            "user_preferences" => self.read_preferences(field, value),
            other => {
                let kind =
                    account::from_wire(other, value).unwrap_or_else(|| EventKind::Unknown { field: bounded(other) });
                if let Ok(metadata) = from_raw::<ValueWithMetadata<'_>>(value) {
                    self.phone_number_id = metadata.metadata.phone_number_id.owned();
                }
                self.push(value, kind);
            }
        }
    }

    fn read_messages(&mut self, field: &str, value: &RawValue) {
        let Ok(read) = from_raw::<MessagesValue<'_>>(value) else {
            self.push(value, EventKind::Unreadable);
            return;
        };
        self.phone_number_id = read.metadata.phone_number_id.owned();
        let number = self.phone_number_id.clone().unwrap_or_default();
        for raw in &read.messages.0 {
            let kind = said::from_wire(self.routing, &number, &read.contacts.0, raw)
                .map_or(EventKind::Unreadable, EventKind::Message);
            self.push(raw, kind);
        }
        for raw in &read.statuses.0 {
            let kind = status::from_wire(&number, raw).map_or(EventKind::Unreadable, EventKind::Status);
            self.push(raw, kind);
        }
        for raw in &read.errors.0 {
            self.push(raw, EventKind::Error(ApiError::from_wire(raw)));
        }
        let is_empty = read.messages.0.is_empty() && read.statuses.0.is_empty() && read.errors.0.is_empty();
        if is_empty {
            let field = bounded(if field.is_empty() { "messages" } else { field });
            self.push(value, EventKind::Unknown { field });
        } else {
            for (name, raw) in &read.rest {
                let field = format!("messages.{}", bounded(name));
                self.push(raw, EventKind::Unknown { field });
            }
        }
    }

    fn read_identity_updates(&mut self, field: &str, value: &RawValue) {
        let (phone_number_id, updates) = identity::updates_from_wire(value);
        self.phone_number_id = phone_number_id;
        self.push_each(field, value, updates, EventKind::Message);
    }

    fn read_preferences(&mut self, field: &str, value: &RawValue) {
        let (phone_number_id, preferences) = account::preferences_from_wire(value);
        self.phone_number_id = phone_number_id;
        self.push_each(field, value, preferences, EventKind::Preference);
    }

    fn push_each<T>(
        &mut self,
        field: &str,
        value: &RawValue,
        items: Vec<(&RawValue, Option<T>)>,
        wrap: fn(T) -> EventKind,
    ) {
        if items.is_empty() {
            let field = bounded(field);
            self.push(value, EventKind::Unknown { field });
        }
        for (raw, item) in items {
            self.push(raw, item.map_or(EventKind::Unreadable, wrap));
        }
    }
}

lenient! {
    /// Any value, read for its number only.
    struct ValueWithMetadata { "metadata" => metadata: Metadata<'a>, }
}

/// Reads one part again with its type.
fn from_raw<'a, T: serde::Deserialize<'a>>(raw: &'a RawValue) -> Result<T, serde_json::Error> {
    serde_json::from_str(raw.get())
}

/// A word of Meta's, cut to what a metric or a log may carry.
fn bounded(word: &str) -> String {
    const WORD_CHARS_MAX: usize = 64;
    word.chars()
        .map(|c| if c.is_ascii_graphic() { c } else { '_' })
        .take(WORD_CHARS_MAX)
        .collect()
}

#[cfg(test)]
mod tests;
