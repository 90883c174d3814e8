//! One message as a person sees it in the chat: the memory behind transcripts and the phone page.

use jiff::Timestamp;
use serde::Serialize;

/// Who wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The person with the phone.
    Person,
    /// The office, through the API.
    Office,
}

/// How far it got. Only upwards, but for `Failed`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tick {
    /// With WhatsApp: one tick.
    Sent,
    /// At the other side: two ticks. For the person's messages: the webhook was answered with 200.
    Delivered,
    /// Read: two blue ticks.
    Read,
    /// Did not get there.
    Failed,
}

/// A bubble of the chat.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bubble {
    /// The message's wamid.
    pub id: String,
    /// Who wrote it.
    pub side: Side,
    /// When.
    pub at: Timestamp,
    /// How far it got.
    pub tick: Tick,
    /// What it says.
    pub content: BubbleContent,
    /// The message it answers.
    pub quoted: Option<String>,
    /// The person's reaction to it.
    pub reaction: Option<String>,
    /// Whether it was changed later.
    pub edited: bool,
    /// Whether it costs money (known once delivered).
    pub billed: Option<bool>,
    /// What the caller asked to be told back.
    #[serde(skip)]
    pub callback: Option<String>,
}

/// What stands in a bubble.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum BubbleContent {
    /// Words.
    Text {
        /// The words.
        body: String,
    },
    /// Words and reply buttons.
    Buttons {
        /// Line above, if any.
        header: Option<String>,
        /// The words.
        body: String,
        /// Line below, if any.
        footer: Option<String>,
        /// The buttons.
        buttons: Vec<ChoiceItem>,
    },
    /// Words and a list that opens.
    List {
        /// Line above, if any.
        header: Option<String>,
        /// The words.
        body: String,
        /// Line below, if any.
        footer: Option<String>,
        /// The words on the button.
        button: String,
        /// What opens.
        sections: Vec<ChoiceSection>,
    },
    /// Words and a button to a web address.
    Link {
        /// Line above, if any.
        header: Option<String>,
        /// The words.
        body: String,
        /// Line below, if any.
        footer: Option<String>,
        /// The words on the button.
        label: String,
        /// The address.
        url: String,
    },
    /// A request for the person's place.
    LocationRequest {
        /// The words.
        body: String,
    },
    /// A request for the person's number.
    ContactRequest {
        /// The words.
        body: String,
    },
    /// Words and a button that opens a form.
    Flow {
        /// The words.
        body: String,
        /// The words on the button.
        label: String,
        /// The form.
        form: FlowUse,
        /// Whether it was filled in and sent.
        is_sent: bool,
    },
    /// A form was filled in.
    FormSent,
    /// An approved template, filled in.
    Template {
        /// Its name.
        name: String,
        /// Its text.
        body: String,
        /// Its quick replies.
        buttons: Vec<ChoiceItem>,
    },
    /// A file.
    Media {
        /// `image`, `document`, `audio`, `video`, `sticker`.
        kind: String,
        /// The id under which the emulator holds it; `None` for links.
        media_id: Option<String>,
        /// Its address elsewhere.
        link: Option<String>,
        /// Words under it.
        caption: Option<String>,
        /// A document's name.
        filename: Option<String>,
    },
    /// A place.
    Location {
        /// Degrees north.
        latitude: f64,
        /// Degrees east.
        longitude: f64,
        /// What is there.
        name: Option<String>,
    },
    /// Contact cards.
    Contacts {
        /// The names on them.
        names: Vec<String>,
    },
    /// A tap on a row or a button.
    Choice {
        /// The words on it.
        title: String,
        /// Smaller words, for rows.
        description: Option<String>,
    },
    /// A kind of message the API cannot carry.
    Unsupported,
    /// Taken back by the person.
    Revoked,
}

/// A button or a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChoiceItem {
    /// What comes back.
    pub id: String,
    /// The words.
    pub title: String,
    /// Smaller words.
    pub description: Option<String>,
}

/// Which form a message opens, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FlowUse {
    /// Its id; its name as long as it was not looked up.
    pub flow: String,
    /// The screen that opens; the first when none is named.
    pub screen: Option<String>,
    /// Whether the first screen comes from the office's endpoint.
    pub asks_endpoint: bool,
    /// What comes back with the answers.
    #[serde(skip)]
    pub token: String,
    /// Whether it was named instead of given by its id.
    #[serde(skip)]
    pub is_named: bool,
    /// Whether it may be a draft.
    #[serde(skip)]
    pub is_draft: bool,
}

/// A group of rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChoiceSection {
    /// Its heading.
    pub title: Option<String>,
    /// Its rows.
    pub rows: Vec<ChoiceItem>,
}

impl BubbleContent {
    /// The button or row with this id, if the bubble offers it; the flag says whether it is a row.
    pub(crate) fn choice(&self, id: &str) -> Option<(bool, &ChoiceItem)> {
        match self {
            Self::Buttons { buttons, .. } | Self::Template { buttons, .. } => {
                buttons.iter().find(|b| b.id == id).map(|b| (false, b))
            }
            Self::List { sections, .. } => sections
                .iter()
                .flat_map(|s| &s.rows)
                .find(|r| r.id == id)
                .map(|r| (true, r)),
            _ => None,
        }
    }

    /// The main words, for transcripts and assertions.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Text { body }
            | Self::Buttons { body, .. }
            | Self::List { body, .. }
            | Self::Link { body, .. }
            | Self::LocationRequest { body }
            | Self::ContactRequest { body }
            | Self::Flow { body, .. }
            | Self::Template { body, .. } => body,
            Self::Choice { title, .. } => title,
            Self::Media { caption, .. } => caption.as_deref().unwrap_or_default(),
            Self::Location { .. } | Self::Contacts { .. } | Self::FormSent | Self::Unsupported | Self::Revoked => "",
        }
    }
}
