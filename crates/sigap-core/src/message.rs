//! A message ready to be laid out by a channel: words are final, the channel's wire format is not yet chosen.
//!
//! This is also the stored form of the outbox. Fields may be added with a default, never renamed.

use serde::{Deserialize, Serialize};

/// What is owed to a person, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboundMessage {
    /// The text above the choices. `*bold*` and `_italic_` as WhatsApp writes them.
    pub body: String,
    /// How the person can answer.
    #[serde(default)]
    pub form: Form,
}

/// The ways of answering that every channel can show, or spell out as numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Words alone.
    #[default]
    Text,
    /// One to three buttons.
    Buttons(Vec<Button>),
    /// A list that opens on a tap: one to ten rows over all sections.
    List {
        /// The words on the button that opens the list.
        button: String,
        /// Rows in groups; a group needs a title when there is more than one.
        sections: Vec<Section>,
    },
    /// A button that opens a web address.
    Link {
        /// The words on the button.
        label: String,
        /// Where it leads, `https://…`.
        url: String,
    },
}

/// A reply button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// The choice that comes back, by its name (`conversation::Choice`).
    pub choice: String,
    /// The words on it.
    pub title: String,
}

/// A group of rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Its heading.
    pub title: Option<String>,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The choice that comes back, by its name.
    pub choice: String,
    /// The words on it.
    pub title: String,
    /// Smaller words below.
    pub description: Option<String>,
}
