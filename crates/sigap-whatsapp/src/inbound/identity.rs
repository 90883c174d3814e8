//! New phone numbers and new user ids of people, from the field `user_id_update` and from system messages.

use data_encoding::HEXLOWER;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};
use sigap_core::inbound::{InboundMessage, Said};
use sigap_core::person::Contact;

use super::said::sent_at;
use super::sender::{add_identifier, is_bsuid, phone_digits};
use super::{Metadata, from_raw};
use crate::wire::{List, Text, lenient};

lenient! {
    /// The value of the field.
    struct UpdateValue {
        "metadata" => metadata: Metadata<'a>,
        "user_id_update" => updates: List<&'a RawValue>,
    }
}

lenient! {
    /// One person's change.
    struct UpdatePart {
        "wa_id" => wa_id: Text<'a>,
        "user_id" => user_id: BeforeAfter<'a>,
        "parent_user_id" => parent_user_id: BeforeAfter<'a>,
        "timestamp" => timestamp: Text<'a>,
    }
}

lenient! {
    /// An identifier before and after.
    struct BeforeAfter {
        "previous" => previous: Text<'a>,
        "current" => current: Text<'a>,
    }
}

lenient! {
    /// The body of a system message.
    struct SystemPart {
        "type" => kind: Text<'a>,
        "body" => body: Text<'a>,
        "wa_id" => wa_id: Text<'a>,
        "user_id" => user_id: Text<'a>,
        "parent_user_id" => parent_user_id: Text<'a>,
    }
}

/// The number and the changes in a `user_id_update`, each as a message of the person it concerns.
///
/// Meta gives these no id; theirs is a digest of the exact text, so that a redelivery is recognised.
pub(super) fn updates_from_wire(value: &RawValue) -> (Option<String>, Vec<(&RawValue, Option<InboundMessage>)>) {
    let Ok(read) = from_raw::<UpdateValue<'_>>(value) else {
        return (None, Vec::new());
    };
    let number = read.metadata.phone_number_id.owned();
    let updates = read
        .updates
        .0
        .into_iter()
        .map(|raw| (raw, update(number.as_deref().unwrap_or_default(), raw)))
        .collect();
    (number, updates)
}

fn update(number: &str, raw: &RawValue) -> Option<InboundMessage> {
    let part = from_raw::<UpdatePart<'_>>(raw).ok()?;
    let mut current = Contact::default();
    for text in [&part.user_id.current, &part.parent_user_id.current, &part.wa_id] {
        add_identifier(&mut current, text.get());
    }
    let mut from = Contact::default();
    for text in [&part.user_id.previous, &part.parent_user_id.previous, &part.wa_id] {
        add_identifier(&mut from, text.get());
    }
    current.bsuid.as_ref()?;
    if from.bsuid.is_none() && from.phone.is_none() {
        from = current.clone();
    }
    let digest = HEXLOWER.encode(&Sha256::digest(raw.get().as_bytes()));
    Some(InboundMessage {
        number: number.to_owned(),
        message_id: format!("user_id_update.{digest}"),
        sent_at: sent_at(&part.timestamp),
        said: Said::IdentityChanged {
            previous_bsuid: part.user_id.previous.owned(),
            previous_phone: None,
            current,
        },
        from,
    })
}

/// A system message: the sender as known until now, and what it means. `from` may be absent.
pub(super) fn system_from_wire(system: &SystemPart<'_>, from: Option<Contact>) -> Option<(Contact, Said)> {
    let mut current = Contact::default();
    for text in [&system.user_id, &system.parent_user_id, &system.wa_id] {
        add_identifier(&mut current, text.get());
    }
    let has_current = current.bsuid.is_some() || current.phone.is_some();
    match system.kind.get() {
        Some("user_changed_number" | "user_changed_user_id") if has_current => {
            let mut previous = from.unwrap_or_default();
            // A profile beside the message may already show the new id: that is no previous one.
            if previous.bsuid == current.bsuid {
                previous.bsuid = None;
            }
            // The old id of a `user_changed_user_id` may stand in the sentence only.
            if previous.bsuid.is_none() && current.bsuid.is_some() {
                previous.bsuid = previous_bsuid(system.body.get().unwrap_or_default(), &current);
            }
            let said = Said::IdentityChanged {
                previous_bsuid: previous.bsuid.clone(),
                previous_phone: previous.phone.clone(),
                current: current.clone(),
            };
            let is_known = previous.bsuid.is_some() || previous.phone.is_some();
            Some((if is_known { previous } else { current }, said))
        }
        kind => {
            let kind = format!("system/{}", super::bounded(kind.unwrap_or_default()));
            Some((from?, Said::Silent { kind }))
        }
    }
}

fn previous_bsuid(sentence: &str, current: &Contact) -> Option<String> {
    sentence
        .split_whitespace()
        .map(|word| word.trim_end_matches(['.', ',']))
        .find(|word| is_bsuid(word) && current.bsuid.as_deref() != Some(word))
        .map(str::to_owned)
}

/// Whether a phone in a card is the sender's own.
pub(super) fn is_same_phone(phone: &str, contact: &Contact) -> bool {
    contact.phone.is_some() && phone_digits(phone) == contact.phone
}
