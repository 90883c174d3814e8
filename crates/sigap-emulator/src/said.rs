//! A person's thumb: what they can say, and the webhook it becomes.

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::bubble::{Bubble, BubbleContent, Side, Tick};
use crate::chats::ChatKey;
use crate::deliver::later;
use crate::emulator::{ChatChange, Emulator, Number};
use crate::faults::FaultKind;
use crate::limits::{FORM_BYTES_MAX, TEXT_BODY_CHARS_MAX};
use crate::lock::lock;
use crate::person::Person;
use crate::samples::Sample;
use crate::webhook;

/// What a person does in the chat.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Said {
    /// Types words, perhaps in answer to one message.
    Text {
        /// The words.
        body: String,
        /// The message they answer.
        #[serde(default)]
        quoted: Option<String>,
    },
    /// Taps a button or a row of a message that the office sent.
    Choice {
        /// That message.
        message_id: String,
        /// The id of the button or row.
        id: String,
    },
    /// Fills in the form of a message that the office sent.
    Form {
        /// That message.
        message_id: String,
        /// What was answered, field by field, as the form's last button collects it.
        values: Map<String, Value>,
    },
    /// Sends a sample photo.
    Image {
        /// Words under it.
        #[serde(default)]
        caption: Option<String>,
    },
    /// Sends a sample document.
    Document {
        /// Words under it.
        #[serde(default)]
        caption: Option<String>,
    },
    /// Sends a voice note.
    Voice,
    /// Sends a sticker.
    Sticker,
    /// Sends a file that was put on the shelf before (see `/phone/file`).
    File {
        /// Its id.
        media_id: String,
        /// Words under it.
        #[serde(default)]
        caption: Option<String>,
    },
    /// Sends a place.
    Location {
        /// Degrees north.
        latitude: f64,
        /// Degrees east.
        longitude: f64,
        /// What is there.
        #[serde(default)]
        name: Option<String>,
    },
    /// Shares the own number, in answer to a request.
    OwnContact {
        /// The message that asked.
        message_id: String,
    },
    /// Passes somebody else's card on.
    Contact {
        /// Whose.
        name: String,
        /// International digits.
        phone: String,
    },
    /// Reacts to a message; without a sign the reaction is taken back.
    Reaction {
        /// To which.
        message_id: String,
        /// The sign.
        #[serde(default)]
        emoji: Option<String>,
    },
    /// Changes an own message.
    Edit {
        /// Which.
        message_id: String,
        /// The new words.
        body: String,
    },
    /// Takes an own message back.
    Revoke {
        /// Which.
        message_id: String,
    },
    /// Sends something that the API cannot carry (a poll, a view-once photo).
    Unsupported,
    /// Opens the chat for the first time.
    Opened,
}

/// Why a person could not say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SayRefusal {
    /// Nobody has this id.
    NoSuchPerson,
    /// No business has this number.
    NoSuchNumber,
    /// The chat has no such message, or it does not offer this choice.
    NoSuchMessage,
    /// The phone is off.
    Offline,
    /// Nothing to say, or more than WhatsApp lets a person type.
    BadLength,
}

impl SayRefusal {
    /// One word for programs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NoSuchPerson => "no_such_person",
            Self::NoSuchNumber => "no_such_number",
            Self::NoSuchMessage => "no_such_message",
            Self::Offline => "offline",
            Self::BadLength => "bad_length",
        }
    }
}

/// Characters a person can type in one message.
const TYPED_CHARS_MAX: usize = 16 * TEXT_BODY_CHARS_MAX;

/// The wire part of a message and what the person sees of it.
struct Spoken {
    kind: &'static str,
    part: Value,
    /// `None` for what changes another bubble instead of making one.
    content: Option<BubbleContent>,
    quoted: Option<String>,
    extra: Option<(&'static str, Value)>,
}

impl Spoken {
    fn new(kind: &'static str, part: Value, content: Option<BubbleContent>) -> Self {
        Self {
            kind,
            part,
            content,
            quoted: None,
            extra: None,
        }
    }
}

impl Emulator {
    /// Lets a person say something to a business number; the webhook is queued. Returns the message's id.
    ///
    /// # Errors
    /// When person, number or the message referred to do not exist, the phone is off, or the words are none or too many.
    pub fn person_says(&self, person: &str, phone_number_id: &str, said: Said) -> Result<String, SayRefusal> {
        let who = self.person(person).ok_or(SayRefusal::NoSuchPerson)?;
        let place = self.number_index(phone_number_id).ok_or(SayRefusal::NoSuchNumber)?;
        let number = self.inner.numbers.get(place).ok_or(SayRefusal::NoSuchNumber)?;
        if self.is_offline(&who.id) {
            return Err(SayRefusal::Offline);
        }
        let chat = ChatKey {
            person: who.id.clone(),
            number: place,
        };
        // Throughput counts both ways; what people say is never refused for it.
        let _ = lock(&number.bucket).take(self.now());
        let spoken = self.speak(&chat, &who, said)?;
        Ok(self.post_spoken(&chat, &who, number, spoken))
    }

    fn speak(&self, chat: &ChatKey, who: &Person, said: Said) -> Result<Spoken, SayRefusal> {
        Ok(match said {
            Said::Text { body, quoted } => {
                if body.trim().is_empty() || body.chars().count() > TYPED_CHARS_MAX {
                    return Err(SayRefusal::BadLength);
                }
                let part = json!({ "body": body });
                Spoken {
                    quoted,
                    ..Spoken::new("text", part, Some(BubbleContent::Text { body }))
                }
            }
            Said::Choice { message_id, id } => {
                let (is_row, item, is_template) = self
                    .look(chat, &message_id, |b| {
                        let is_template = matches!(b.content, BubbleContent::Template { .. });
                        b.content
                            .choice(&id)
                            .map(|(is_row, item)| (is_row, item.clone(), is_template))
                    })
                    .ok_or(SayRefusal::NoSuchMessage)?;
                if is_template {
                    let part = json!({ "payload": item.id, "text": item.title });
                    let content = BubbleContent::Choice {
                        title: item.title,
                        description: None,
                    };
                    return Ok(Spoken {
                        quoted: Some(message_id),
                        ..Spoken::new("button", part, Some(content))
                    });
                }
                let kind = if is_row { "list_reply" } else { "button_reply" };
                let mut reply = json!({ "id": item.id, "title": item.title });
                if let Some(description) = &item.description {
                    reply["description"] = json!(description);
                }
                let content = BubbleContent::Choice {
                    title: item.title,
                    description: item.description,
                };
                Spoken {
                    quoted: Some(message_id),
                    ..Spoken::new("interactive", json!({ "type": kind, kind: reply }), Some(content))
                }
            }
            Said::Form { message_id, values } => self.filled(chat, message_id, values)?,
            Said::Image { caption } => self.sample(Sample::Photo, caption),
            Said::Document { caption } => self.sample(Sample::Letter, caption),
            Said::Voice => self.sample(Sample::VoiceNote, None),
            Said::Sticker => self.sample(Sample::Sticker, None),
            Said::File { media_id, caption } => self.file(&media_id, caption, None).ok_or(SayRefusal::NoSuchMessage)?,
            Said::Location {
                latitude,
                longitude,
                name,
            } => Spoken::new(
                "location",
                json!({ "latitude": latitude, "longitude": longitude, "name": name }),
                Some(BubbleContent::Location {
                    latitude,
                    longitude,
                    name,
                }),
            ),
            Said::OwnContact { message_id } => {
                self.look(chat, &message_id, |b| {
                    matches!(b.content, BubbleContent::ContactRequest { .. }).then_some(())
                })
                .ok_or(SayRefusal::NoSuchMessage)?;
                let content = BubbleContent::Contacts {
                    names: vec![who.name.clone()],
                };
                Spoken {
                    quoted: Some(message_id),
                    extra: Some(("origin", json!("contact_request"))),
                    ..Spoken::new("contacts", json!([card(&who.name, &who.phone)]), Some(content))
                }
            }
            Said::Contact { name, phone } => {
                let part = json!([card(&name, &phone)]);
                Spoken::new("contacts", part, Some(BubbleContent::Contacts { names: vec![name] }))
            }
            Said::Reaction { message_id, emoji } => {
                self.change(chat, &message_id, |bubble| bubble.reaction.clone_from(&emoji))?;
                let mut part = json!({ "message_id": message_id });
                if let Some(emoji) = emoji {
                    part["emoji"] = json!(emoji);
                }
                Spoken::new("reaction", part, None)
            }
            Said::Edit { message_id, body } => {
                self.own(chat, &message_id)?;
                self.change(chat, &message_id, |bubble| {
                    bubble.content = BubbleContent::Text { body: body.clone() };
                    bubble.edited = true;
                })?;
                let message = json!({ "type": "text", "text": { "body": body } });
                Spoken::new(
                    "edit",
                    json!({ "original_message_id": message_id, "message": message }),
                    None,
                )
            }
            Said::Revoke { message_id } => {
                self.own(chat, &message_id)?;
                self.change(chat, &message_id, |bubble| bubble.content = BubbleContent::Revoked)?;
                Spoken::new("revoke", json!({ "original_message_id": message_id }), None)
            }
            Said::Unsupported => Spoken {
                extra: Some((
                    "errors",
                    json!([{
                        "code": 131_051,
                        "title": "Message type unknown",
                        "message": "Message type unknown",
                        "error_data": { "details": "Message type is currently not supported." },
                    }]),
                )),
                ..Spoken::new(
                    "unsupported",
                    json!({ "type": "poll_creation" }),
                    Some(BubbleContent::Unsupported),
                )
            },
            Said::Opened => Spoken::new("request_welcome", Value::Null, None),
        })
    }

    /// A filled form, with the token that its message carried.
    fn filled(&self, chat: &ChatKey, message_id: String, mut values: Map<String, Value>) -> Result<Spoken, SayRefusal> {
        let token = self.look(chat, &message_id, |bubble| match &bubble.content {
            BubbleContent::Flow { form, .. } => Some(form.token.clone()),
            _ => None,
        });
        let token = token.ok_or(SayRefusal::NoSuchMessage)?;
        values.insert("flow_token".to_owned(), json!(token));
        let response = Value::Object(values).to_string();
        if response.len() > FORM_BYTES_MAX {
            return Err(SayRefusal::BadLength);
        }
        self.mark_form_sent(chat, &message_id)?;
        let reply = json!({ "name": "flow", "body": "Sent", "response_json": response });
        let part = json!({ "type": "nfm_reply", "nfm_reply": reply });
        Ok(Spoken {
            quoted: Some(message_id),
            ..Spoken::new("interactive", part, Some(BubbleContent::FormSent))
        })
    }

    /// The button of a form that was sent, or that its office closed, opens nothing any more.
    pub(crate) fn mark_form_sent(&self, chat: &ChatKey, message_id: &str) -> Result<(), SayRefusal> {
        self.change(chat, message_id, |bubble| {
            if let BubbleContent::Flow { is_sent, .. } = &mut bubble.content {
                *is_sent = true;
            }
        })
    }

    /// Shows the bubble, opens the window, and puts the webhook on its way.
    fn post_spoken(&self, chat: &ChatKey, who: &Person, number: &Number, spoken: Spoken) -> String {
        let now = self.now();
        let wamid = self.new_wamid(if who.shows_phone { &who.phone } else { &who.user_id }, true);
        let strike = |fits: &dyn Fn(&FaultKind) -> bool| {
            self.inner
                .faults
                .strike(&self.inner.chance, Some(&who.id), &number.config.phone_number_id, fits)
        };
        let sent_at = match strike(&|kind| matches!(kind, FaultKind::OldTimestamp { .. })) {
            Some(FaultKind::OldTimestamp { seconds }) => now
                .checked_sub(SignedDuration::from_secs(seconds.into()))
                .unwrap_or(now),
            _ => now,
        };
        let mut message = json!({ "id": wamid, "timestamp": sent_at.as_second().to_string(), "type": spoken.kind });
        if !spoken.part.is_null() {
            message[spoken.kind] = spoken.part;
        }
        if let Some((name, value)) = spoken.extra {
            message[name] = value;
        }
        if let Some(quoted) = &spoken.quoted {
            message["context"] = json!({ "from": number.config.display_phone_number, "id": quoted });
        }
        // Whether reactions and the first opening open the window is unknown; the cautious answer is no.
        let opens_window = !matches!(spoken.kind, "reaction" | "request_welcome");
        self.show_spoken(
            chat,
            &wamid,
            spoken.content,
            spoken.quoted,
            (now, sent_at),
            opens_window,
        );

        let padding = match strike(&|kind| matches!(kind, FaultKind::PaddedWebhook { .. })) {
            Some(FaultKind::PaddedWebhook { bytes }) => bytes as usize,
            _ => 0,
        };
        let body = bytes::Bytes::from(webhook::message(&number.config, who, message, padding));
        let mut due = self.delayed(now, &who.id, &number.config.phone_number_id);
        if strike(&|kind| *kind == FaultKind::OutOfOrder).is_some() {
            due = later(due, std::time::Duration::from_secs(2));
        }
        let arrival = Some((chat.clone(), wamid.clone()));
        if self.is_doubled(&who.id, &number.config.phone_number_id) {
            self.inner.parcels.push_body(due, body.clone(), arrival.clone());
        }
        self.inner.parcels.push_body(due, body, arrival);
        wamid
    }

    fn show_spoken(
        &self,
        chat: &ChatKey,
        wamid: &str,
        content: Option<BubbleContent>,
        quoted: Option<String>,
        (now, sent_at): (Timestamp, Timestamp),
        opens_window: bool,
    ) {
        let remembers = self.remembers_everything();
        let bubble = content.filter(|_| remembers).map(|content| Bubble {
            id: wamid.to_owned(),
            side: Side::Person,
            at: sent_at,
            tick: Tick::Sent,
            content,
            quoted,
            reaction: None,
            edited: false,
            billed: None,
            callback: None,
        });
        self.inner.chats.with(chat, now, |chat| {
            if opens_window {
                chat.open_window(sent_at);
            }
            if let Some(bubble) = &bubble {
                chat.push(bubble.clone());
            }
        });
        if let Some(bubble) = bubble {
            self.tell(chat, ChatChange::Bubble(Box::new(bubble)));
        }
    }

    fn sample(&self, sample: Sample, caption: Option<String>) -> Spoken {
        let media_id = self.shelve(bytes::Bytes::from_static(sample.bytes()), sample.mime_type().to_owned());
        self.file(&media_id, caption, sample.filename())
            .unwrap_or_else(|| Spoken::new("unsupported", json!({}), Some(BubbleContent::Unsupported)))
    }

    fn file(&self, media_id: &str, caption: Option<String>, filename: Option<&str>) -> Option<Spoken> {
        let file = self.inner.media.get(media_id)?;
        let (kind, _) = crate::media::kind_of(&file.mime_type)?;
        let digest = data_encoding::HEXLOWER
            .decode(crate::signature::sha256_hex(&file.bytes).as_bytes())
            .ok()?;
        let mut part = json!({
            "id": media_id,
            "mime_type": file.mime_type,
            "sha256": data_encoding::BASE64.encode(&digest),
        });
        if let Some(caption) = &caption {
            part["caption"] = json!(caption);
        }
        let filename = (kind == "document").then(|| filename.unwrap_or("dokumen.pdf").to_owned());
        match kind {
            "document" => part["filename"] = json!(filename),
            "audio" => part["voice"] = json!(true),
            "sticker" => part["animated"] = json!(false),
            _ => {}
        }
        let content = BubbleContent::Media {
            kind: kind.to_owned(),
            media_id: Some(media_id.to_owned()),
            link: None,
            caption,
            filename,
        };
        Some(Spoken::new(kind, part, Some(content)))
    }

    pub(crate) fn look<T>(
        &self,
        chat: &ChatKey,
        message_id: &str,
        look: impl FnOnce(&Bubble) -> Option<T>,
    ) -> Option<T> {
        self.inner.chats.with(chat, self.now(), |chat| {
            chat.bubble(message_id).and_then(|bubble| look(bubble))
        })
    }

    fn own(&self, chat: &ChatKey, message_id: &str) -> Result<(), SayRefusal> {
        self.look(chat, message_id, |bubble| (bubble.side == Side::Person).then_some(()))
            .ok_or(SayRefusal::NoSuchMessage)
    }

    fn change(&self, chat: &ChatKey, message_id: &str, change: impl FnOnce(&mut Bubble)) -> Result<(), SayRefusal> {
        let changed = self.inner.chats.with(chat, self.now(), |chat| {
            chat.bubble(message_id).map(|bubble| {
                change(bubble);
                bubble.clone()
            })
        });
        let bubble = changed.ok_or(SayRefusal::NoSuchMessage)?;
        self.tell(chat, ChatChange::Bubble(Box::new(bubble)));
        Ok(())
    }
}

fn card(name: &str, phone: &str) -> Value {
    json!({
        "name": { "formatted_name": name, "first_name": name },
        "phones": [{ "phone": format!("+{phone}"), "wa_id": phone, "type": "CELL" }],
        "vcard": format!("BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nTEL;waid={phone}:+{phone}\nEND:VCARD"),
    })
}
