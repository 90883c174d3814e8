//! One inbound message: its JSON into what it says. One arm a kind; an unknown kind is answered with the menu.

use jiff::Timestamp;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use sigap_core::inbound::{InboundMessage, Media, MediaKind, Said};
use sigap_core::person::Contact;
use sigap_core::point::Point;

use super::identity::{SystemPart, is_same_phone, system_from_wire};
use super::sender::{Claimed, ProfilePart, phone_digits, resolve};
use super::{bounded, from_raw};
use crate::errors::MEDIA_NOT_DOWNLOADABLE;
use crate::flow::{read_done, read_survey};
use crate::limits::{CONTACT_NAME_CHARS_MAX, CONTACTS_MAX};
use crate::routing::RoutingKey;
use crate::wire::{List, Text, lenient, repaired};

lenient! {
    /// An element of `value.messages`.
    struct MessagePart {
        "id" => id: Text<'a>,
        "from" => from: Text<'a>,
        "from_user_id" => from_user_id: Text<'a>,
        "from_parent_user_id" => from_parent_user_id: Text<'a>,
        "timestamp" => timestamp: Text<'a>,
        "type" => kind: Text<'a>,
        "group_id" => group_id: Text<'a>,
        "origin" => origin: Text<'a>,
        "errors" => errors: List<ErrorCode<'a>>,
        "text" => text: Option<TextPart<'a>>,
        "interactive" => interactive: Option<InteractivePart<'a>>,
        "button" => button: Option<ButtonPart<'a>>,
        "image" => image: Option<MediaPart<'a>>,
        "document" => document: Option<MediaPart<'a>>,
        "audio" => audio: Option<MediaPart<'a>>,
        "voice" => voice: Option<MediaPart<'a>>,
        "video" => video: Option<MediaPart<'a>>,
        "sticker" => sticker: Option<MediaPart<'a>>,
        "location" => location: Option<PlacePart<'a>>,
        "contacts" => contacts: Option<List<CardPart<'a>>>,
        "reaction" => reaction: Option<ReactionPart<'a>>,
        "system" => system: Option<SystemPart<'a>>,
        "edit" => edit: Option<EditPart<'a>>,
        "revoke" => revoke: Option<RevokePart<'a>>,
        "order" => order: Option<IgnoredAny>,
    }
}

lenient! {
    /// A fault of the message; only its code matters here.
    struct ErrorCode { "code" => code: Text<'a>, }
}

lenient! {
    /// Typed words.
    struct TextPart { "body" => body: Text<'a>, }
}

lenient! {
    /// A tap or a filled form.
    struct InteractivePart {
        "type" => kind: Text<'a>,
        "button_reply" => button_reply: Option<ReplyPart<'a>>,
        "list_reply" => list_reply: Option<ReplyPart<'a>>,
        "nfm_reply" => form_reply: Option<FormPart<'a>>,
    }
}

lenient! {
    /// Which button or row.
    struct ReplyPart {
        "id" => id: Text<'a>,
        "title" => title: Text<'a>,
    }
}

lenient! {
    /// A form's answer: a JSON text inside a JSON string, or (seen) an object.
    struct FormPart { "response_json" => response_json: Option<&'a RawValue>, }
}

lenient! {
    /// A template's quick reply.
    struct ButtonPart {
        "payload" => payload: Text<'a>,
        "text" => text: Text<'a>,
    }
}

lenient! {
    /// A file.
    struct MediaPart {
        "id" => id: Text<'a>,
        "mime_type" => mime_type: Text<'a>,
        "caption" => caption: Text<'a>,
        "filename" => filename: Text<'a>,
    }
}

lenient! {
    /// A place. Its name and address are not read: where somebody is is needed to a kilometre, and no longer than for the answer.
    struct PlacePart {
        "latitude" => latitude: Text<'a>,
        "longitude" => longitude: Text<'a>,
    }
}

lenient! {
    /// A contact card.
    struct CardPart {
        "origin" => origin: Text<'a>,
        "name" => name: Option<CardName<'a>>,
        "phones" => phones: List<CardPhone<'a>>,
        "vcard" => vcard: Text<'a>,
    }
}

lenient! {
    /// The name on a card.
    struct CardName { "formatted_name" => formatted_name: Text<'a>, }
}

lenient! {
    /// A number on a card.
    struct CardPhone {
        "phone" => phone: Text<'a>,
        "wa_id" => wa_id: Text<'a>,
    }
}

lenient! {
    /// A reaction; without emoji it is taken back.
    struct ReactionPart { "emoji" => emoji: Text<'a>, }
}

lenient! {
    /// An earlier message with new content.
    struct EditPart {
        "original_message_id" => original_message_id: Text<'a>,
        "message" => message: EditedPart<'a>,
    }
}

lenient! {
    /// The new content; only words are of use.
    struct EditedPart { "text" => text: TextPart<'a>, }
}

lenient! {
    /// An earlier message taken back.
    struct RevokePart { "original_message_id" => original_message_id: Text<'a>, }
}

/// Reads one message; `None` when it has no id or no usable sender.
pub(super) fn from_wire(
    routing: &RoutingKey,
    number: &str,
    profiles: &[ProfilePart<'_>],
    raw: &RawValue,
) -> Option<InboundMessage> {
    if let Ok(part) = from_raw::<MessagePart<'_>>(raw) {
        return to_message(routing, number, profiles, &part);
    }
    let repaired = repaired(raw.get().as_bytes())?;
    let part = serde_json::from_slice::<MessagePart<'_>>(&repaired).ok()?;
    to_message(routing, number, profiles, &part)
}

fn to_message(
    routing: &RoutingKey,
    number: &str,
    profiles: &[ProfilePart<'_>],
    part: &MessagePart<'_>,
) -> Option<InboundMessage> {
    let message_id = part.id.owned()?;
    let claimed = Claimed {
        from: part.from.get(),
        user_id: part.from_user_id.get(),
        parent_user_id: part.from_parent_user_id.get(),
    };
    let kind = part.kind.get().unwrap_or_else(|| part.guess_kind());
    let sender = resolve(&claimed, profiles);
    let (from, said) = match (&part.system, kind) {
        (Some(system), "system") if part.group_id.get().is_none() => system_from_wire(system, sender)?,
        _ => {
            let from = sender?;
            let said = said(routing, kind, part, &from);
            (from, said)
        }
    };
    Some(InboundMessage {
        number: number.to_owned(),
        message_id,
        sent_at: sent_at(&part.timestamp),
        from,
        said,
    })
}

impl MessagePart<'_> {
    /// The kind of a message without `type`, by the part that is there.
    fn guess_kind(&self) -> &'static str {
        let parts = [
            (self.text.is_some(), "text"),
            (self.interactive.is_some(), "interactive"),
            (self.button.is_some(), "button"),
            (self.image.is_some(), "image"),
            (self.document.is_some(), "document"),
            (self.audio.is_some(), "audio"),
            (self.voice.is_some(), "voice"),
            (self.video.is_some(), "video"),
            (self.sticker.is_some(), "sticker"),
            (self.location.is_some(), "location"),
            (self.contacts.is_some(), "contacts"),
            (self.reaction.is_some(), "reaction"),
            (self.system.is_some(), "system"),
            (self.edit.is_some(), "edit"),
            (self.revoke.is_some(), "revoke"),
            (self.order.is_some(), "order"),
        ];
        parts
            .iter()
            .find_map(|&(is_there, kind)| is_there.then_some(kind))
            .unwrap_or("unknown")
    }

    fn is_not_downloadable(&self) -> bool {
        self.errors
            .0
            .iter()
            .any(|error| error.code.integer() == Some(MEDIA_NOT_DOWNLOADABLE))
    }
}

fn said(routing: &RoutingKey, kind: &str, part: &MessagePart<'_>, from: &Contact) -> Said {
    if part.group_id.get().is_some() {
        return Said::Silent {
            kind: format!("group/{}", bounded(kind)),
        };
    }
    match kind {
        "text" => {
            let body = part.text.as_ref().and_then(|text| text.body.owned());
            Said::Text(body.unwrap_or_default())
        }
        "interactive" => interactive(routing, part.interactive.as_ref()),
        "button" => button(routing, part.button.as_ref()),
        "image" => media(MediaKind::Image, part.image.as_ref()),
        "document" => media(MediaKind::Document, part.document.as_ref()),
        "audio" => media(MediaKind::Audio, part.audio.as_ref()),
        "voice" => media(MediaKind::Audio, part.voice.as_ref().or(part.audio.as_ref())),
        "video" => media(MediaKind::Video, part.video.as_ref()),
        "sticker" => media(MediaKind::Sticker, part.sticker.as_ref()),
        "location" => location(part.location.as_ref()),
        "contacts" => contacts(part, from),
        "reaction" => Said::Reaction(part.reaction.as_ref().and_then(|reaction| reaction.emoji.owned())),
        "request_welcome" => Said::Opened,
        "system" => Said::Silent {
            kind: "system".to_owned(),
        },
        "edit" => edited(part.edit.as_ref()),
        "revoke" => match part.revoke.as_ref().and_then(|it| it.original_message_id.owned()) {
            Some(message_id) => Said::Revoked { message_id },
            None => Said::Silent {
                kind: "revoke".to_owned(),
            },
        },
        // Above 100 MB Meta reports the fault in place of the file, under any type.
        _ if part.is_not_downloadable() => media(MediaKind::Document, None),
        other => Said::Other { kind: bounded(other) },
    }
}

fn interactive(routing: &RoutingKey, part: Option<&InteractivePart<'_>>) -> Said {
    let Some(part) = part else {
        return Said::Other {
            kind: "interactive".to_owned(),
        };
    };
    if let Some(reply) = part.button_reply.as_ref().or(part.list_reply.as_ref()) {
        return choice(routing, reply.id.get(), reply.title.get());
    }
    if let Some(form) = &part.form_reply {
        let json = form.response_json.map(RawValue::get).unwrap_or_default();
        // Usually a JSON string that holds JSON; anything else is handed on as it came.
        let text = serde_json::from_str::<String>(json).unwrap_or_else(|_| json.to_owned());
        if let Some(done) = read_done(&text) {
            return Said::Done(done);
        }
        return read_survey(&text).map_or(Said::Form(text), Said::Survey);
    }
    Said::Other {
        kind: format!("interactive/{}", bounded(part.kind.get().unwrap_or_default())),
    }
}

fn button(routing: &RoutingKey, part: Option<&ButtonPart<'_>>) -> Said {
    let payload = part.and_then(|button| button.payload.get());
    choice(routing, payload, part.and_then(|button| button.text.get()).or(payload))
}

fn choice(routing: &RoutingKey, id: Option<&str>, words: Option<&str>) -> Said {
    match id.and_then(|id| routing.verify(id)) {
        Some(choice) => Said::Choice(choice.to_owned()),
        None => Said::StaleChoice(words.unwrap_or_default().to_owned()),
    }
}

fn media(kind: MediaKind, part: Option<&MediaPart<'_>>) -> Said {
    Said::Media(Media {
        kind,
        media_id: part.and_then(|media| media.id.owned()),
        mime_type: part.and_then(|media| media.mime_type.owned()),
        caption: part.and_then(|media| media.caption.owned()),
        filename: part.and_then(|media| media.filename.owned()),
    })
}

/// A place, rounded at once; one that lies nowhere on earth is a place without coordinates.
fn location(part: Option<&PlacePart<'_>>) -> Said {
    let degrees = |text: &Text<'_>| text.get()?.trim().parse::<f64>().ok();
    part.and_then(|part| Point::new(degrees(&part.latitude)?, degrees(&part.longitude)?))
        .map_or(Said::Location, Said::LocationAt)
}

fn edited(part: Option<&EditPart<'_>>) -> Said {
    match part.and_then(|edit| edit.original_message_id.owned()) {
        Some(message_id) => Said::Edited {
            message_id,
            text: part.and_then(|edit| edit.message.text.body.owned()),
        },
        None => Said::Silent {
            kind: "edit".to_owned(),
        },
    }
}

fn contacts(part: &MessagePart<'_>, from: &Contact) -> Said {
    let own_number = own_number(part, from);
    let cards = part.contacts.as_ref().filter(|_| own_number.is_none());
    let names = cards.map_or_else(Vec::new, |cards| {
        let names = cards
            .0
            .iter()
            .filter_map(|card| card.name.as_ref()?.formatted_name.get());
        names
            .take(CONTACTS_MAX)
            .map(|name| name.chars().take(CONTACT_NAME_CHARS_MAX).collect())
            .collect()
    });
    Said::Contacts { own_number, names }
}

/// The sender's own number, when the card answers our request for it. A card shared by hand proves nothing, and an
/// answer that shows another number than the one the sender writes from is not believed.
fn own_number(part: &MessagePart<'_>, from: &Contact) -> Option<String> {
    const ORIGIN_REQUESTED: &str = "contact_request";
    let cards = &part.contacts.as_ref()?.0;
    let [card] = cards.as_slice() else {
        return None;
    };
    let is_requested = part.origin.get() == Some(ORIGIN_REQUESTED) || card.origin.get() == Some(ORIGIN_REQUESTED);
    if !is_requested {
        return None;
    }
    let mut numbers: Vec<String> = card
        .phones
        .0
        .iter()
        .filter_map(|phone| phone.wa_id.get().or(phone.phone.get()).and_then(phone_digits))
        .collect();
    if numbers.is_empty() {
        numbers.extend(card.vcard.get().and_then(number_in_vcard));
    }
    numbers.dedup();
    match numbers.as_slice() {
        [number] if from.phone.is_none() || is_same_phone(number, from) => Some(number.clone()),
        _ => None,
    }
}

fn number_in_vcard(vcard: &str) -> Option<String> {
    let (_, rest) = vcard.split_once("waid=")?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    phone_digits(rest.get(..end)?)
}

/// Meta's time: seconds as text, but numbers and milliseconds were seen. Unreadable: the epoch.
pub(super) fn sent_at(timestamp: &Text<'_>) -> Timestamp {
    /// From here on the number can only be milliseconds (in seconds it would be the year 33658).
    const MILLISECONDS_FROM: i64 = 1_000_000_000_000;
    let seconds = timestamp.integer().unwrap_or(0);
    let seconds = if seconds >= MILLISECONDS_FROM {
        seconds / 1_000
    } else {
        seconds
    };
    Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH)
}
