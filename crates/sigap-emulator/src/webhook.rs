//! Bodies of webhooks, shaped as Meta shapes them.

use serde::Serialize;
use serde_json::{Value, json};

use crate::config::EmulatedNumber;
use crate::person::Person;
use crate::statuses::{StatusUpdate, WireStatus};

#[derive(Serialize)]
struct Envelope<'a, V: Serialize> {
    object: &'static str,
    entry: [Entry<'a, V>; 1],
}

#[derive(Serialize)]
struct Entry<'a, V: Serialize> {
    id: &'a str,
    changes: [Change<V>; 1],
}

#[derive(Serialize)]
struct Change<V: Serialize> {
    value: V,
    field: &'static str,
}

#[derive(Serialize)]
struct StatusValue<'a> {
    messaging_product: &'static str,
    metadata: Metadata<'a>,
    statuses: Vec<WireStatus<'a>>,
}

#[derive(Serialize)]
struct Metadata<'a> {
    display_phone_number: &'a str,
    phone_number_id: &'a str,
}

fn metadata(number: &EmulatedNumber) -> Metadata<'_> {
    Metadata {
        display_phone_number: &number.display_phone_number,
        phone_number_id: &number.phone_number_id,
    }
}

fn envelope<V: Serialize>(number: &EmulatedNumber, value: V) -> Vec<u8> {
    let body = Envelope {
        object: "whatsapp_business_account",
        entry: [Entry {
            id: &number.waba_id,
            changes: [Change {
                value,
                field: "messages",
            }],
        }],
    };
    // Plain values always serialise; an empty body would be refused by the receiver and show up in its counters.
    serde_json::to_vec(&body).unwrap_or_default()
}

/// The body that reports statuses of one number.
pub(crate) fn statuses(number: &EmulatedNumber, updates: &[StatusUpdate]) -> Vec<u8> {
    envelope(
        number,
        StatusValue {
            messaging_product: "whatsapp",
            metadata: metadata(number),
            statuses: updates.iter().map(WireStatus::from).collect(),
        },
    )
}

/// The body that tells something of an account.
pub(crate) fn of_account(account: &str, field: &str, value: Value) -> Value {
    json!({
        "object": "whatsapp_business_account",
        "entry": [{ "id": account, "changes": [{ "field": field, "value": value }] }],
    })
}

/// The body that carries one message of a person.
pub(crate) fn message(number: &EmulatedNumber, person: &Person, mut message: Value, padding: usize) -> Vec<u8> {
    let mut profile = json!({ "name": person.name });
    if let Some(username) = &person.username {
        profile["username"] = json!(username);
    }
    let mut contact = json!({ "profile": profile, "user_id": person.user_id });
    message["from_user_id"] = json!(person.user_id);
    if person.shows_phone {
        contact["wa_id"] = json!(person.phone);
        message["from"] = json!(person.phone);
    }
    let mut value = json!({
        "messaging_product": "whatsapp",
        "metadata": metadata(number),
        "contacts": [contact],
        "messages": [message],
    });
    if padding > 0 {
        value["padding"] = json!("x".repeat(padding));
    }
    envelope(number, value)
}
