//! Reads the body of a send and refuses what Meta refuses, with Meta's codes: 100, 131008, 131009, 131051.
//!
//! Pure: whether the window is open or the recipient exists is asked later, in `send`.

mod interactive;
mod plain;

use serde_json::{Map, Value};

use crate::bubble::BubbleContent;
use crate::graph::error::GraphError;
use crate::limits::CALLBACK_CHARS_MAX;

/// A send that is formally right.
#[derive(Debug)]
pub(crate) struct Outgoing {
    pub(crate) to: Address,
    pub(crate) content: BubbleContent,
    pub(crate) quoted: Option<String>,
    pub(crate) callback: Option<String>,
    pub(crate) template: Option<TemplateUse>,
    /// A reaction is no bubble: it hangs on the one it names.
    pub(crate) reaction: Option<(String, Option<String>)>,
}

/// Which template, with how many words filled in.
#[derive(Debug)]
pub(crate) struct TemplateUse {
    pub(crate) name: String,
    pub(crate) language: String,
    pub(crate) parameters: Vec<String>,
    /// What comes back when a quick reply is tapped: its place, its payload.
    pub(crate) payloads: Vec<(usize, String)>,
}

/// Whom it is for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Address {
    /// As written in `to`.
    Phone(String),
    /// As written in `recipient`.
    UserId(String),
}

impl Address {
    pub(crate) fn as_written(&self) -> &str {
        match self {
            Self::Phone(text) | Self::UserId(text) => text,
        }
    }
}

/// What a body asks for.
#[derive(Debug)]
pub(crate) enum Request {
    /// Send this.
    Send(Box<Outgoing>),
    /// Tick this message blue, and perhaps show that somebody types.
    MarkRead { message_id: String, typing: bool },
}

/// Keys around the part that says something.
const KEYS: [&str; 11] = [
    "messaging_product",
    "recipient_type",
    "to",
    "recipient",
    "type",
    "context",
    "biz_opaque_callback_data",
    "recipient_identity_key_hash",
    "status",
    "message_id",
    "typing_indicator",
];

/// Kinds of messages; each stands under a key of its own name.
const KINDS: [&str; 11] = [
    "text",
    "interactive",
    "template",
    "image",
    "document",
    "audio",
    "video",
    "sticker",
    "location",
    "contacts",
    "reaction",
];

/// Reads and checks a body.
pub(crate) fn check(body: &[u8]) -> Result<Request, GraphError> {
    let value: Value =
        serde_json::from_slice(body).map_err(|_| GraphError::parameter("The request body is not valid JSON"))?;
    let body = value
        .as_object()
        .ok_or_else(|| GraphError::parameter("The request body must be an object"))?;
    if text(body, "messaging_product")? != Some("whatsapp") {
        return Err(GraphError::parameter(
            "The parameter messaging_product is required and must be whatsapp",
        ));
    }
    let kind = text(body, "type")?.unwrap_or("text");
    if !KINDS.contains(&kind) {
        return Err(GraphError::new(131_051, format!("Unsupported message type {kind}")));
    }
    if let Some(key) = body
        .keys()
        .find(|key| !KEYS.contains(&key.as_str()) && !KINDS.contains(&key.as_str()))
    {
        return Err(GraphError::parameter(format!(
            "Unexpected key \"{key}\" on the message"
        )));
    }
    if body.contains_key("status") {
        return mark_read(body);
    }
    let to = address(body)?;
    if !matches!(text(body, "recipient_type")?, None | Some("individual")) {
        return Err(GraphError::value("recipient_type must be individual"));
    }
    let callback = text(body, "biz_opaque_callback_data")?;
    if callback.is_some_and(|data| longer_than(data, CALLBACK_CHARS_MAX)) {
        return Err(GraphError::value(
            "biz_opaque_callback_data must have at most 512 characters",
        ));
    }
    let quoted = match body.get("context") {
        None => None,
        Some(context) => Some(need(object(context, "context")?, "message_id")?.to_owned()),
    };
    let mut outgoing = Outgoing {
        to,
        content: BubbleContent::Unsupported,
        quoted,
        callback: callback.map(str::to_owned),
        template: None,
        reaction: None,
    };
    let part = || body.get(kind).ok_or_else(|| GraphError::missing(kind));
    match kind {
        "text" => outgoing.content = plain::text(part()?)?,
        "interactive" => outgoing.content = interactive::check(part()?)?,
        "image" | "document" | "audio" | "video" | "sticker" => outgoing.content = plain::media(kind, part()?)?,
        "location" => outgoing.content = plain::location(part()?)?,
        "contacts" => outgoing.content = plain::contacts(part()?)?,
        "reaction" => outgoing.reaction = Some(plain::reaction(part()?)?),
        _ => {
            let template = plain::template(part()?)?;
            outgoing.content = BubbleContent::Template {
                name: template.name.clone(),
                body: String::new(),
                buttons: Vec::new(),
            };
            outgoing.template = Some(template);
        }
    }
    Ok(Request::Send(Box::new(outgoing)))
}

fn mark_read(body: &Map<String, Value>) -> Result<Request, GraphError> {
    if text(body, "status")? != Some("read") {
        return Err(GraphError::value("status must be read"));
    }
    let message_id = need(body, "message_id")?.to_owned();
    let typing = match body.get("typing_indicator") {
        None => false,
        Some(typing) => {
            if need(object(typing, "typing_indicator")?, "type")? != "text" {
                return Err(GraphError::value("typing_indicator.type must be text"));
            }
            true
        }
    };
    Ok(Request::MarkRead { message_id, typing })
}

fn address(body: &Map<String, Value>) -> Result<Address, GraphError> {
    // With both, `to` wins.
    if let Some(to) = text(body, "to")? {
        let is_number = to.bytes().any(|b| b.is_ascii_digit())
            && to
                .bytes()
                .all(|b| b.is_ascii_digit() || matches!(b, b'+' | b' ' | b'-' | b'(' | b')'));
        return if is_number {
            Ok(Address::Phone(to.to_owned()))
        } else {
            Err(GraphError::value("to must be a phone number"))
        };
    }
    let recipient = text(body, "recipient")?.ok_or_else(|| GraphError::missing("to"))?;
    if is_user_id(recipient) {
        Ok(Address::UserId(recipient.to_owned()))
    } else {
        Err(GraphError::value("recipient must be a business-scoped user id"))
    }
}

/// Two capitals, a point, 1 to 128 letters or digits; parent ids have `ENT.` between.
fn is_user_id(text: &str) -> bool {
    let Some((country, rest)) = text.split_once('.') else {
        return false;
    };
    let rest = rest.strip_prefix("ENT.").unwrap_or(rest);
    country.len() == 2
        && country.bytes().all(|b| b.is_ascii_uppercase())
        && (1..=128).contains(&rest.len())
        && rest.bytes().all(|b| b.is_ascii_alphanumeric())
}

// The small words of checking, shared by the kinds of messages.

fn object<'a>(value: &'a Value, name: &str) -> Result<&'a Map<String, Value>, GraphError> {
    value
        .as_object()
        .ok_or_else(|| GraphError::parameter(format!("Param {name} must be an object")))
}

fn array<'a>(map: &'a Map<String, Value>, name: &str) -> Result<&'a [Value], GraphError> {
    match map.get(name) {
        None => Err(GraphError::missing(name)),
        Some(Value::Array(items)) => Ok(items),
        Some(_) => Err(GraphError::parameter(format!("Param {name} must be an array"))),
    }
}

/// A string that may be absent.
fn text<'a>(map: &'a Map<String, Value>, name: &str) -> Result<Option<&'a str>, GraphError> {
    match map.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(GraphError::parameter(format!("Param {name} must be a string"))),
    }
}

/// A string that must be there and not blank.
fn need<'a>(map: &'a Map<String, Value>, name: &str) -> Result<&'a str, GraphError> {
    match text(map, name)? {
        None => Err(GraphError::missing(name)),
        Some(text) if text.trim().is_empty() => Err(GraphError::value(format!("{name} must not be empty"))),
        Some(text) => Ok(text),
    }
}

/// A string that must be there, of 1 to `chars_max` characters.
fn need_up_to<'a>(map: &'a Map<String, Value>, name: &str, chars_max: usize) -> Result<&'a str, GraphError> {
    let text = need(map, name)?;
    if longer_than(text, chars_max) {
        return Err(GraphError::value(format!(
            "{name} length must be between 1 and {chars_max} characters"
        )));
    }
    Ok(text)
}

fn longer_than(text: &str, chars_max: usize) -> bool {
    // A scalar takes at least a byte, so short texts need no counting.
    text.len() > chars_max && text.chars().count() > chars_max
}

fn known_keys(map: &Map<String, Value>, known: &[&str], place: &str) -> Result<(), GraphError> {
    match map.keys().find(|key| !known.contains(&key.as_str())) {
        None => Ok(()),
        Some(key) => Err(GraphError::parameter(format!("Unexpected key \"{key}\" on {place}"))),
    }
}
