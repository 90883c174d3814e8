//! What Meta tells about templates, numbers, the account and people's wishes. Reads it; acting on it is elsewhere.

use jiff::Timestamp;
use serde_json::value::RawValue;
use sigap_core::person::Contact;

use super::said::sent_at;
use super::sender::add_identifier;
use super::{EventKind, Metadata, bounded, from_raw};
use crate::wire::{List, Text, lenient};

/// A person's wish about promotional messages.
#[derive(Debug, Clone)]
pub struct Preference {
    /// Whose wish.
    pub person: Contact,
    /// `Some(true)`: no more; `Some(false)`: again; `None`: another word (`signup`).
    pub wants_stop: Option<bool>,
    /// Which kind of messages, `marketing_messages`.
    pub category: Option<String>,
    /// When it was said.
    pub at: Timestamp,
}

/// News of one template.
#[derive(Debug, Clone)]
pub struct TemplateUpdate {
    /// Meta's id of it.
    pub template_id: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Its language, `id` or `en_US`.
    pub language: Option<String>,
    /// What happened.
    pub change: TemplateChange,
}

/// What happened to a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateChange {
    /// `APPROVED`, `REJECTED`, `PAUSED`, `DISABLED`, …
    Status {
        /// Meta's word.
        event: String,
        /// Why, when it is told and is not `NONE`.
        reason: Option<String>,
    },
    /// GREEN, YELLOW, RED.
    Quality {
        /// From now on.
        current: String,
    },
    /// Meta moved it; MARKETING costs more and can be blocked.
    Category {
        /// From now on, or announced.
        current: String,
    },
    /// Its words changed: fetch it again.
    Components,
}

/// News of a number or of what the portfolio may send.
#[derive(Debug, Clone)]
pub struct NumberQuality {
    /// The webhook's field.
    pub field: String,
    /// `UPGRADE`, `DOWNGRADE`, `FLAGGED` …
    pub event: Option<String>,
    /// `TIER_1K` or a number of people a day.
    pub limit: Option<String>,
}

/// A notice that a person has to read.
#[derive(Debug, Clone)]
pub struct AccountNotice {
    /// The webhook's field.
    pub field: String,
    /// Meta's word, `ACCOUNT_RESTRICTION`.
    pub event: Option<String>,
    /// `INFORMATIONAL`, `WARNING`, `CRITICAL`.
    pub severity: Option<String>,
}

lenient! {
    /// Every member these fields use.
    struct NoticeValue {
        "event" => event: Text<'a>,
        "reason" => reason: Text<'a>,
        "rejection_info" => rejection: RejectionPart<'a>,
        "message_template_id" => template_id: Text<'a>,
        "message_template_name" => name: Text<'a>,
        "message_template_language" => language: Text<'a>,
        "new_quality_score" => new_quality: Text<'a>,
        "new_category" => new_category: Text<'a>,
        "correct_category" => correct_category: Text<'a>,
        "current_limit" => current_limit: Text<'a>,
        "max_daily_conversation_per_phone" => daily_per_phone: Text<'a>,
        "max_daily_conversations_per_business" => daily_per_business: Text<'a>,
        "alert_info" => alert: AlertPart<'a>,
    }
}

lenient! {
    /// Why words were refused, in a sentence.
    struct RejectionPart { "reason" => reason: Text<'a>, }
}

lenient! {
    /// An alert's core.
    struct AlertPart {
        "alert_severity" => severity: Text<'a>,
        "alert_type" => kind: Text<'a>,
    }
}

lenient! {
    /// The value of `user_preferences`.
    struct PreferenceValue {
        "metadata" => metadata: Metadata<'a>,
        "user_preferences" => preferences: List<&'a RawValue>,
    }
}

lenient! {
    /// One wish.
    struct PreferencePart {
        "wa_id" => wa_id: Text<'a>,
        "user_id" => user_id: Text<'a>,
        "parent_user_id" => parent_user_id: Text<'a>,
        "category" => category: Text<'a>,
        "value" => value: Text<'a>,
        "timestamp" => timestamp: Text<'a>,
    }
}

/// The notice in `value`; `None` for fields that we only keep.
pub(super) fn from_wire(field: &str, value: &RawValue) -> Option<EventKind> {
    let read = from_raw::<NoticeValue<'_>>(value).ok()?;
    let change = match field {
        "message_template_status_update" => template_status(&read),
        "message_template_quality_update" => TemplateChange::Quality {
            current: read.new_quality.owned()?,
        },
        "message_template_components_update" => TemplateChange::Components,
        "template_category_update" => TemplateChange::Category {
            current: read.new_category.owned().or_else(|| read.correct_category.owned())?,
        },
        "phone_number_quality_update" | "business_capability_update" => {
            return Some(EventKind::NumberQuality(NumberQuality {
                field: field.to_owned(),
                event: read.event.owned(),
                limit: [&read.current_limit, &read.daily_per_business, &read.daily_per_phone]
                    .iter()
                    .find_map(|limit| limit.owned()),
            }));
        }
        "account_update" | "account_alerts" | "security" | "flows" => {
            return Some(EventKind::Account(AccountNotice {
                field: field.to_owned(),
                event: read.event.get().or(read.alert.kind.get()).map(bounded),
                severity: read.alert.severity.owned(),
            }));
        }
        _ => return None,
    };
    Some(EventKind::Template(TemplateUpdate {
        template_id: read.template_id.owned(),
        name: read.name.owned(),
        language: read.language.owned(),
        change,
    }))
}

/// A status update; a quality score was seen under this field too.
fn template_status(read: &NoticeValue<'_>) -> TemplateChange {
    match (read.event.get(), read.new_quality.owned()) {
        (None, Some(current)) => TemplateChange::Quality { current },
        (event, _) => TemplateChange::Status {
            event: bounded(event.unwrap_or_default()),
            reason: match (
                read.reason.owned().filter(|reason| reason != "NONE"),
                read.rejection.reason.owned(),
            ) {
                (Some(word), Some(sentence)) => Some(format!("{word}: {sentence}")),
                (word, sentence) => word.or(sentence),
            },
        },
    }
}

/// The number and the wishes in a `user_preferences`.
pub(super) fn preferences_from_wire(value: &RawValue) -> (Option<String>, Vec<(&RawValue, Option<Preference>)>) {
    let Ok(read) = from_raw::<PreferenceValue<'_>>(value) else {
        return (None, Vec::new());
    };
    let preferences = read
        .preferences
        .0
        .into_iter()
        .map(|raw| (raw, preference(raw)))
        .collect();
    (read.metadata.phone_number_id.owned(), preferences)
}

fn preference(raw: &RawValue) -> Option<Preference> {
    let part = from_raw::<PreferencePart<'_>>(raw).ok()?;
    let mut person = Contact::default();
    for text in [&part.wa_id, &part.user_id, &part.parent_user_id] {
        add_identifier(&mut person, text.get());
    }
    (person.phone.is_some() || person.bsuid.is_some()).then(|| Preference {
        person,
        wants_stop: match part.value.get() {
            Some("stop") => Some(true),
            Some("resume") => Some(false),
            _ => None,
        },
        category: part.category.owned(),
        at: sent_at(&part.timestamp),
    })
}
