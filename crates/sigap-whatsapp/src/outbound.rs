//! Requests to `POST /{phone-number-id}/messages`, typed so that one beyond Meta's limits cannot be built.
//!
//! It lays out messages whose words are final; which message is said, and when it leaves, is decided elsewhere.

use std::fmt;

use bytes::Bytes;
use serde::Serialize;
use sigap_core::ids::OutboxId;
use sigap_core::message::{Fill, Form, OutboundMessage};
use sigap_core::person::Contact;

use crate::limits::{
    CAPTION_CHARS_MAX, FILENAME_CHARS_MAX, INTERACTIVE_BODY_CHARS_MAX, LimitBreach, Limited, TEXT_BODY_CHARS_MAX,
};
use crate::routing::RoutingKey;
use crate::template::Template;

mod check;
mod interactive;
mod split;

pub use check::check;
pub use interactive::Interactive;

/// A published form as a message opens it.
#[derive(Clone, Copy)]
pub struct FlowUse<'a> {
    /// Under which id Meta has it.
    pub id: &'a str,
    /// What comes back with it. Not for logs.
    pub token: &'a str,
}

impl fmt::Debug for FlowUse<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FlowUse({}, …)", self.id)
    }
}

/// Whom a message goes to.
#[derive(Clone, PartialEq, Eq)]
pub enum Recipient {
    /// International digits without plus; travels with one, because without it Meta puts the business's country
    /// code in front.
    Phone(String),
    /// A business-scoped user id.
    Bsuid(String),
}

impl Recipient {
    /// The best way to reach a contact: the phone number when the person shows it, else the user id.
    #[must_use]
    pub fn of(contact: &Contact) -> Option<Self> {
        contact
            .phone
            .clone()
            .map(Self::Phone)
            .or_else(|| contact.bsuid.clone().map(Self::Bsuid))
    }
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Phone(_) => "Phone(…)",
            Self::Bsuid(_) => "Bsuid(…)",
        })
    }
}

/// One request that sends one message.
#[derive(Clone, Serialize)]
pub struct Request {
    messaging_product: &'static str,
    recipient_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recipient: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    context: Option<Context>,
    #[serde(skip_serializing_if = "Option::is_none")]
    biz_opaque_callback_data: Option<String>,
    #[serde(flatten)]
    body: Body,
}

#[derive(Clone, Serialize)]
struct Context {
    message_id: String,
}

/// What a request sends.
#[derive(Clone, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Body {
    /// Words.
    Text {
        /// The words.
        text: Text,
    },
    /// Words with buttons, a list, a link or a request.
    Interactive {
        /// Its parts.
        interactive: Box<Interactive>,
    },
    /// An approved template.
    Template {
        /// Which, and what goes into it.
        template: Box<Template>,
    },
    /// A picture that was uploaded before.
    Image {
        /// The picture.
        image: Media,
    },
    /// A document that was uploaded before.
    Document {
        /// The document.
        document: Media,
    },
    /// Contact cards.
    Contacts {
        /// One to five.
        contacts: Vec<ContactCard>,
    },
    /// A reaction to a message; an empty emoji takes it back.
    Reaction {
        /// Which and to what.
        reaction: Reaction,
    },
}

/// Words.
#[derive(Clone, Serialize)]
pub struct Text {
    body: Limited<TEXT_BODY_CHARS_MAX>,
}

/// A file by its id.
#[derive(Clone, Serialize)]
pub struct Media {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    caption: Option<Limited<CAPTION_CHARS_MAX>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    filename: Option<Limited<FILENAME_CHARS_MAX>>,
}

/// A card with one name and one number: an office's own.
#[derive(Clone, Serialize)]
pub struct ContactCard {
    name: CardName,
    phones: Vec<CardPhone>,
}

#[derive(Clone, Serialize)]
struct CardName {
    formatted_name: String,
    first_name: String,
}

#[derive(Clone, Serialize)]
struct CardPhone {
    phone: String,
    #[serde(rename = "type")]
    kind: &'static str,
}

/// A reaction.
#[derive(Clone, Serialize)]
pub struct Reaction {
    message_id: String,
    emoji: String,
}

impl fmt::Debug for Request {
    /// Neither the person nor the words.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("kind", &self.body.kind())
            .field("biz_opaque_callback_data", &self.biz_opaque_callback_data)
            .finish_non_exhaustive()
    }
}

impl Body {
    /// Words alone.
    ///
    /// # Errors
    /// Empty or above 4,096 characters; [`to_wire`] splits.
    pub fn text(words: impl Into<String>) -> Result<Self, LimitBreach> {
        Ok(Self::Text {
            text: Text {
                body: Limited::new("text", words)?,
            },
        })
    }

    /// A picture by the id of its upload.
    ///
    /// # Errors
    /// A caption that is empty or too long.
    pub fn image(media_id: impl Into<String>, caption: Option<&str>) -> Result<Self, LimitBreach> {
        Ok(Self::Image {
            image: Media::new(media_id, caption, None)?,
        })
    }

    /// A document by the id of its upload.
    ///
    /// # Errors
    /// A caption or a name that is empty or too long.
    pub fn document(media_id: impl Into<String>, caption: Option<&str>, filename: &str) -> Result<Self, LimitBreach> {
        Ok(Self::Document {
            document: Media::new(media_id, caption, Some(filename))?,
        })
    }

    /// The card of an office: its name and its number with plus.
    #[must_use]
    pub fn contact(name: &str, phone: &str) -> Self {
        Self::Contacts {
            contacts: vec![ContactCard {
                name: CardName {
                    formatted_name: name.to_owned(),
                    first_name: name.to_owned(),
                },
                phones: vec![CardPhone {
                    phone: phone.to_owned(),
                    kind: "WORK",
                }],
            }],
        }
    }

    /// A reaction to a message; an empty emoji takes it back.
    #[must_use]
    pub fn reaction(message_id: &str, emoji: &str) -> Self {
        Self::Reaction {
            reaction: Reaction {
                message_id: message_id.to_owned(),
                emoji: emoji.to_owned(),
            },
        }
    }

    /// Wraps an interactive message.
    #[must_use]
    pub fn interactive(interactive: Interactive) -> Self {
        Self::Interactive {
            interactive: Box::new(interactive),
        }
    }

    /// Wraps a template message.
    #[must_use]
    pub fn template(template: Template) -> Self {
        Self::Template {
            template: Box::new(template),
        }
    }

    const fn kind(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Interactive { .. } => "interactive",
            Self::Template { .. } => "template",
            Self::Image { .. } => "image",
            Self::Document { .. } => "document",
            Self::Contacts { .. } => "contacts",
            Self::Reaction { .. } => "reaction",
        }
    }
}

impl Media {
    fn new(media_id: impl Into<String>, caption: Option<&str>, filename: Option<&str>) -> Result<Self, LimitBreach> {
        Ok(Self {
            id: media_id.into(),
            caption: caption.map(|text| Limited::new("caption", text)).transpose()?,
            filename: filename.map(|text| Limited::new("file name", text)).transpose()?,
        })
    }
}

impl Request {
    /// A request for one person. `outbox_id` comes back in every status of the message.
    #[must_use]
    pub fn new(recipient: &Recipient, outbox_id: Option<OutboxId>, body: Body) -> Self {
        let (to, bsuid) = match recipient {
            Recipient::Phone(digits) => (Some(format!("+{}", digits.trim_start_matches('+'))), None),
            Recipient::Bsuid(bsuid) => (None, Some(bsuid.clone())),
        };
        Self {
            messaging_product: "whatsapp",
            recipient_type: "individual",
            to,
            recipient: bsuid,
            context: None,
            biz_opaque_callback_data: outbox_id.map(|id| id.to_string()),
            body,
        }
    }

    /// The same, shown as an answer to the person's message.
    #[must_use]
    pub fn in_reply_to(mut self, message_id: &str) -> Self {
        self.context = Some(Context {
            message_id: message_id.to_owned(),
        });
        self
    }

    /// The body of the request.
    #[must_use]
    pub fn to_json(&self) -> Bytes {
        // Serialising structs of strings into memory cannot fail. Were it to, Meta refuses the empty body (100).
        Bytes::from(serde_json::to_vec(self).unwrap_or_default())
    }
}

/// Lays a message out for WhatsApp. Nearly always one request; more only when the words do not fit: then text goes
/// first and what can be tapped comes last. Send them in order, each after the former was accepted.
///
/// Only the last request carries the outbox id as callback data; earlier ones carry `ID.1`, `ID.2` …, so that their
/// statuses do not settle the row.
///
/// `flow` is the form that the message offers, as the number has it in the message's language. Where there is none, or Meta will not have
/// it, the survey is its words alone, which name the page, and every other message is what can be tapped instead.
///
/// # Errors
/// Everything about the message that Meta would refuse and splitting cannot heal (a title too long, an eleventh row,
/// no words). The content check finds the same with [`check`] before anything is published.
pub fn to_wire(
    message: &OutboundMessage,
    recipient: &Recipient,
    routing: &RoutingKey,
    flow: Option<FlowUse<'_>>,
    outbox_id: Option<OutboxId>,
) -> Result<Vec<Request>, Vec<LimitBreach>> {
    let bodies = bodies(message, routing, flow).map_err(|_| {
        let all: Vec<LimitBreach> = check(message);
        all
    })?;
    let last = bodies.len().saturating_sub(1);
    let requests = bodies
        .into_iter()
        .enumerate()
        .map(|(part, body)| {
            let mut request = Request::new(recipient, outbox_id, body);
            if part != last {
                request.biz_opaque_callback_data = outbox_id.map(|id| format!("{id}.{}", part + 1));
            }
            request
        })
        .collect();
    Ok(requests)
}

fn bodies(
    message: &OutboundMessage,
    routing: &RoutingKey,
    flow: Option<FlowUse<'_>>,
) -> Result<Vec<Body>, LimitBreach> {
    if let Form::Template {
        name,
        language,
        values,
        choices,
    } = &message.form
    {
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        let mut template = Template::new(name, language)?.with_body(&values)?;
        for (place, choice) in choices.iter().enumerate() {
            template = template.with_quick_reply(place, choice, routing)?;
        }
        return Ok(vec![Body::template(template)]);
    }
    let body = message.body.trim();
    if let (Some(fill), Some(flow)) = (&message.fill, flow) {
        let all = format!("{body}\n\n{}", instead(fill, &message.form));
        // Where form and numbers do not fit into one message, what can be tapped goes alone.
        if all.chars().count() <= INTERACTIVE_BODY_CHARS_MAX {
            return Ok(vec![Body::interactive(Interactive::fill(&all, &fill.label, flow)?)]);
        }
    }
    let last_most = match message.form {
        Form::Text => TEXT_BODY_CHARS_MAX,
        Form::Buttons(_) | Form::List { .. } | Form::Link { .. } | Form::Survey { .. } | Form::Template { .. } => {
            INTERACTIVE_BODY_CHARS_MAX
        }
    };
    let mut parts = split::split(body, TEXT_BODY_CHARS_MAX, last_most);
    let last = parts.pop().unwrap_or_default();
    let mut bodies = parts
        .into_iter()
        .map(Body::text)
        .collect::<Result<Vec<Body>, LimitBreach>>()?;
    bodies.push(match &message.form {
        Form::Text | Form::Template { .. } => Body::text(last)?,
        Form::Buttons(buttons) => Body::interactive(Interactive::buttons(last, buttons, routing)?),
        Form::List { button, sections } => Body::interactive(Interactive::list(last, button, sections, routing)?),
        Form::Link { label, url } => Body::interactive(Interactive::link(last, label, url)?),
        Form::Survey { label, token, .. } => match flow {
            // The token of a survey is the secret of its page, whoever asks.
            Some(FlowUse { id, .. }) => Body::interactive(Interactive::survey(last, label, FlowUse { id, token })?),
            None => Body::text(last)?,
        },
    });
    Ok(bodies)
}

/// What can be typed beside a form: the rows or buttons by their numbers, as the dialogue reads them.
fn instead(fill: &Fill, form: &Form) -> String {
    let titles: Vec<&str> = match form {
        Form::Buttons(buttons) => buttons.iter().map(|button| button.title.as_str()).collect(),
        Form::List { sections, .. } => {
            let rows = sections.iter().flat_map(|section| &section.rows);
            rows.map(|row| row.title.as_str()).collect()
        }
        Form::Text | Form::Link { .. } | Form::Survey { .. } | Form::Template { .. } => Vec::new(),
    };
    let mut words = fill.instead.clone();
    for (title, number) in titles.iter().zip(1..) {
        words.push_str(&format!("\n{number}. {title}"));
    }
    words
}

/// Marks a person's message (and all earlier ones) as read.
#[derive(Debug, Clone, Serialize)]
pub struct MarkAsRead {
    messaging_product: &'static str,
    status: &'static str,
    message_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    typing_indicator: Option<Typing>,
}

#[derive(Debug, Clone, Serialize)]
struct Typing {
    #[serde(rename = "type")]
    kind: &'static str,
}

impl MarkAsRead {
    /// Two blue ticks.
    #[must_use]
    pub fn new(message_id: impl Into<String>) -> Self {
        Self {
            messaging_product: "whatsapp",
            status: "read",
            message_id: message_id.into(),
            typing_indicator: None,
        }
    }

    /// And "typing…", until the reply comes or 25 seconds are over.
    #[must_use]
    pub fn with_typing(mut self) -> Self {
        self.typing_indicator = Some(Typing { kind: "text" });
        self
    }

    /// The body of the request.
    #[must_use]
    pub fn to_json(&self) -> Bytes {
        // Cannot fail; see `Request::to_json`.
        Bytes::from(serde_json::to_vec(self).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests;
