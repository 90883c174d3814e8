//! A message ready to be laid out by a channel: words are final, the channel's wire format is not yet chosen.
//!
//! This is also the stored form of the outbox. Fields may be added with a default, never renamed.

use serde::{Deserialize, Serialize};

/// What is owed to a person, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboundMessage {
    /// The text above the choices. `*bold*` and `_italic_` as WhatsApp writes them.
    pub body: String,
    /// How the person can answer.
    #[serde(default)]
    pub form: Form,
    /// A form inside the chat that answers the same question. What `form` offers always holds too: for channels and numbers without
    /// forms, and for people who would rather type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fill: Option<Fill>,
}

/// The offer of a form inside the chat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fill {
    /// Which.
    pub name: FormName,
    /// Language code of the form.
    pub language: String,
    /// The words on the button that opens it.
    pub label: String,
    /// The words above what can be typed instead, which is listed by its numbers.
    pub instead: String,
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
    /// A button that opens the satisfaction survey as a form inside the chat. The body names the page with the same questions: for
    /// channels without forms, and for the numbers that have none.
    Survey {
        /// The words on the button.
        label: String,
        /// Language code of the form.
        language: String,
        /// The visit it is about, by the secret of its address. Not for logs.
        token: String,
    },
    /// A template that was approved before, the only form that reaches a person outside the 24-hour window. The body of the
    /// message is what it says when it is filled in: for channels without templates, and for people who look it up.
    Template {
        /// Its name at Meta.
        name: String,
        /// Language code.
        language: String,
        /// What goes into its placeholders, in order.
        values: Vec<String>,
        /// The choices of its quick replies, in order.
        choices: Vec<String>,
    },
}

impl Form {
    /// The names of the choices on its buttons, in order; none for other forms.
    #[must_use]
    pub fn choices(&self) -> Vec<String> {
        match self {
            Self::Buttons(buttons) => buttons.iter().map(|button| button.choice.clone()).collect(),
            Self::Template { choices, .. } => choices.clone(),
            Self::Text | Self::List { .. } | Self::Link { .. } | Self::Survey { .. } => Vec::new(),
        }
    }
}

/// Forms inside the chat that are filled in screen by screen. Their names stand in settings and tokens: never change one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormName {
    /// A visit is booked.
    Booking,
    /// Praise, a comment, a complaint, a report.
    Feedback,
    /// The answers of an intake.
    Intake,
}

impl FormName {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Booking, Self::Feedback, Self::Intake];

    /// Its name in settings and tokens.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Booking => "booking",
            Self::Feedback => "feedback",
            Self::Intake => "intake",
        }
    }

    /// The form of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.name() == name)
    }
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
