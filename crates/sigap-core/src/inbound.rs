//! What a person sent, told apart by what the dialogue can do with it. The channel's own words are already gone.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::BookingId;
use crate::person::Contact;
use crate::point::Point;
use crate::survey::Answers;

/// Where the chat on a page was written to: what a business number is for WhatsApp. Answers appear on the page.
pub const PAGE_LINE: &str = "web";

/// One message from a person to one of our business numbers.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct InboundMessage {
    /// The business number that received it (Meta's `phone_number_id`).
    pub number: String,
    /// The channel's id of the message (wamid): the key against answering twice.
    pub message_id: String,
    /// When the person sent it, by the channel's clock, whole seconds.
    pub sent_at: Timestamp,
    /// Who sent it.
    pub from: Contact,
    /// What it says.
    pub said: Said,
}

/// The content of a message. Text may hold anything: control characters, 10,000 characters, right-to-left marks.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// Typed words.
    Text(String),
    /// A tap on one of our buttons or rows: the name of the choice, its signature checked by the channel.
    Choice(String),
    /// A tap whose id is not ours or not readable any more: the words that stood on it.
    StaleChoice(String),
    /// Photo, document, sound, film or sticker.
    Media(Media),
    /// A place whose coordinates nobody can use, or must not keep any more.
    Location,
    /// A place, to about a kilometre. Only for the turn that answers it: what is kept afterwards is `Location`.
    LocationAt(Point),
    /// A contact card. `own_number` is the sender's own number in answer to our request, digits only.
    Contacts {
        /// Trusted only when Meta marks the card as the answer to our request.
        own_number: Option<String>,
        /// The names on cards that were shared by hand. Their numbers are not taken: those people did not ask for it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        names: Vec<String>,
    },
    /// A reaction to one of our messages; `None` takes it back. Needs no answer.
    Reaction(Option<String>),
    /// A filled form (Flow) that is none of ours. The JSON text as it came.
    Form(String),
    /// The satisfaction survey, filled in inside the chat.
    Survey(FilledSurvey),
    /// A form that asked us screen by screen is done: what came of it is kept already and stands here by its number.
    Done(FormDone),
    /// The chat was opened for the first time and nothing was said yet.
    Opened,
    /// The person changed an earlier message to these words.
    Edited {
        /// The message that was changed.
        message_id: String,
        /// What it says now; `None` when it is not text.
        text: Option<String>,
    },
    /// The person took an earlier message back: its content must be erased.
    Revoked {
        /// The message taken back.
        message_id: String,
    },
    /// The person's identifiers changed (new number, new user id). Dialogue moves along, proofs do not.
    IdentityChanged {
        /// The user id until now, when it is told.
        previous_bsuid: Option<String>,
        /// The phone number until now, when it is told.
        previous_phone: Option<String>,
        /// What they are from now on.
        current: Contact,
    },
    /// A kind that we cannot read (order, unsupported, unknown word): answered with the menu.
    Other {
        /// The channel's word for the kind, for counting.
        kind: String,
    },
    /// Nothing that concerns the dialogue (group messages, system notes without change): stored, not answered.
    Silent {
        /// The channel's word for the kind, for counting.
        kind: String,
    },
}

/// What somebody answered in the survey's form. Nobody is to be found from an answer, so it is kept apart from the message.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilledSurvey {
    /// The visit it is about, as the form brought it back; it may be made up.
    pub token: String,
    /// Element by element.
    pub answers: Answers,
    /// An idea in words; may be empty.
    pub comment: String,
}

/// What came of a form. A number may be made up: it is looked up as one of this person's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormDone {
    /// A booking.
    Booking(BookingId),
    /// A case, by its number as citizens see it.
    Case(String),
    /// The answers of an intake.
    Intake {
        /// Of which booking.
        booking: BookingId,
        /// Of which of its people, from 0.
        place: u8,
    },
}

/// A file the person sent. The bytes are fetched by a job, never inside the turn.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// Which kind.
    pub kind: MediaKind,
    /// The channel's id of the file; `None` when the channel could not take it (too large).
    pub media_id: Option<String>,
    /// As the channel says it.
    pub mime_type: Option<String>,
    /// The words under it.
    pub caption: Option<String>,
    /// The name of a document.
    pub filename: Option<String>,
}

/// Kinds of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    /// jpeg, png.
    Image,
    /// pdf and office files.
    Document,
    /// Music or a voice note.
    Audio,
    /// A film.
    Video,
    /// A sticker.
    Sticker,
}

impl Said {
    /// The kind in a word, for counting and logs.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Choice(_) => "choice",
            Self::StaleChoice(_) => "stale_choice",
            Self::Media(_) => "media",
            Self::Location | Self::LocationAt(_) => "location",
            Self::Contacts { .. } => "contacts",
            Self::Reaction(_) => "reaction",
            Self::Form(_) => "form",
            Self::Survey(_) => "survey",
            Self::Done(_) => "form_done",
            Self::Opened => "opened",
            Self::Edited { .. } => "edited",
            Self::Revoked { .. } => "revoked",
            Self::IdentityChanged { .. } => "identity_changed",
            Self::Other { .. } => "other",
            Self::Silent { .. } => "silent",
        }
    }
}

// What people write, and the channel's ids that hold their phone number, must not reach a log by way of `{:?}`.

impl std::fmt::Debug for Said {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}(…)", self.name())
    }
}

impl std::fmt::Debug for Media {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Media({:?}, …)", self.kind)
    }
}

impl std::fmt::Debug for FilledSurvey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FilledSurvey(…)")
    }
}

impl std::fmt::Debug for InboundMessage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "InboundMessage({:?} at {})", self.said, self.sent_at)
    }
}

#[cfg(test)]
mod tests;
