//! What can be edited in a browser: entries by key, each with the fields of a form.
//!
//! How to add a kind: a variant here with its word, its fields in `fields`, how they are read (`entry/reading.rs`), written into
//! the office's file (`entry/writing.rs`) and looked at (`entry/problems.rs`); words for its fields under `editor.field_`.

mod listing;
mod problems;
mod reading;
mod writing;

use std::fmt;

pub(crate) use problems::ANSWER_HOLES;
pub use problems::{Problem, Room, Use, What};
pub(crate) use writing::write;

/// What kind of entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Words of the assistant and of citizens' pages, by key, in each language.
    Text,
    /// Words of a notice, which is also a template at Meta.
    Notice,
    /// A price.
    Fee,
    /// Papers of a situation.
    Case,
    /// What the office says of itself: names, address, hours …
    Office,
    /// A short fact that texts use.
    Fact,
    /// A day unlike its weekday.
    Holiday,
    /// A special opening of a service.
    Opening,
    /// A ready answer of officers.
    Answer,
    /// Sentences of citizens that ask for the same thing: they teach the understanding of free text.
    Example,
}

impl Kind {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 10] = [
        Self::Text,
        Self::Fee,
        Self::Case,
        Self::Office,
        Self::Fact,
        Self::Holiday,
        Self::Opening,
        Self::Answer,
        Self::Example,
        Self::Notice,
    ];

    /// Its word in keys.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Notice => "notice",
            Self::Fee => "fee",
            Self::Case => "case",
            Self::Office => "office",
            Self::Fact => "fact",
            Self::Holiday => "holiday",
            Self::Opening => "opening",
            Self::Answer => "answer",
            Self::Example => "example",
        }
    }

    /// The kind of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The key of one of them.
    #[must_use]
    pub fn key(self, name: &str) -> EntryKey {
        EntryKey {
            kind: self,
            name: name.to_owned(),
        }
    }

    /// Whether it is nothing but words under a key of content.
    #[must_use]
    pub const fn is_words(self) -> bool {
        matches!(self, Self::Text | Self::Notice)
    }

    /// Whether an office may have more of them than the files say, and take them out again.
    #[must_use]
    pub const fn can_be_added(self) -> bool {
        matches!(self, Self::Fact | Self::Holiday | Self::Opening | Self::Answer)
    }
}

/// The name of an entry: `fee/EP10`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryKey {
    /// What kind.
    pub kind: Kind,
    /// Which of them.
    pub name: String,
}

/// Characters of a name, more than the longest key of a text has.
const NAME_CHARS_MAX: usize = 100;

impl EntryKey {
    /// Reads `kind/name`.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        let (word, name) = key.split_once('/')?;
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        let is_fit = !name.is_empty() && name.len() <= NAME_CHARS_MAX && name.chars().all(is_name);
        let kind = Kind::from_word(word)?;
        is_fit.then(|| kind.key(name))
    }

    /// The key of content whose words it holds.
    #[must_use]
    pub fn text_key(&self) -> Option<String> {
        match self.kind {
            Kind::Text => Some(self.name.clone()),
            Kind::Notice => Some(format!("notice.{}", self.name)),
            Kind::Answer => Some(format!("canned.{}", self.name)),
            _ => None,
        }
    }
}

impl fmt::Display for EntryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind.word(), self.name)
    }
}

/// Parts of what an office says of itself, by the name of their entry.
pub const OFFICE_PARTS: [&str; 8] = [
    "names", "address", "phone", "whatsapp", "site", "hours", "priority", "settings",
];
/// Days of the week as they stand in files and forms.
pub(crate) const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name; its label stands under `editor.field_{name}`, or under `label` where it has words of its own.
    pub name: String,
    /// What is typed.
    pub shape: Shape,
    /// Whether it may be left empty.
    pub is_required: bool,
}

/// What is typed into a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// One line.
    Line,
    /// Several lines of words in a language.
    Words(&'static str),
    /// A whole number.
    Number,
    /// A day.
    Day,
    /// A day with a time.
    Moment,
    /// Hours of a day: `08:00-12:00, 13:00-16:00`.
    Hours,
    /// Yes or no.
    Yes,
    /// One of several; the words of each stand under `editor.{field}_{value}`.
    One(&'static [&'static str]),
    /// Any of several, by (value, key of its words).
    Any(Vec<(String, String)>),
}

/// Most characters of one field: a message with room to shorten it.
pub const FIELD_CHARS_MAX: usize = 6_000;

fn field(name: &str, shape: Shape, is_required: bool) -> Field {
    Field {
        name: name.to_owned(),
        shape,
        is_required,
    }
}

/// Where a fact comes from, who looks after it, and when it is looked at again.
fn ground() -> [Field; 4] {
    [
        field("source", Shape::Line, true),
        field("checked_on", Shape::Day, true),
        field("owner", Shape::Line, false),
        field("check_again_on", Shape::Day, false),
    ]
}

/// Ways in which the places of an opening are given.
pub const RELEASES: &[&str] = &["first_come", "shuffled", "draw", "waiting_list"];
/// States of a day unlike its weekday.
pub const DAY_STATES: &[&str] = &["closed", "open"];
