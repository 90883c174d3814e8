//! What is remembered of a conversation between two turns, and its stored form. Small on purpose: it is written with
//! every message.
//!
//! Fields may be added with a default; a changed meaning needs a new version and a reader for the old one.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::booking::Visitor;
use crate::cases::CaseKind;
use crate::ids::{ApplicationNumber, BookingId, CaseId};
use crate::language::Language;
use crate::limits::{EXCHANGE_CHARS_MAX, EXCHANGES_MAX, LIST_ROWS_MAX};

use super::reply::{Choice, Choices};

/// The version written today.
pub const VERSION: u8 = 1;

/// A conversation as it stands after a turn. `Default` is the first contact.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct State {
    /// What the person reads; `Language::Id` until chosen otherwise.
    #[serde(default)]
    pub language: Language,
    /// What the dialogue waits for.
    #[serde(default, skip_serializing_if = "Place::is_open")]
    pub place: Place,
    /// What was offered last, in order: a typed number picks from here.
    #[serde(default, skip_serializing_if = "Offered::is_empty")]
    pub offered: Offered,
    /// When the person wrote last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_heard_at: Option<Timestamp>,
    /// Messages not understood in a row.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub misses: u8,
    /// True when the first greeting, with all warnings, was said.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_greeted: bool,
    /// True when the person wants no notices.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_opted_out: bool,
    /// What was said last, for an officer who is asked to help.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recent: Vec<Exchange>,
    /// The channel's id of the last message of a talk with an officer: read and typing marks name it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_message: Option<PrivateWords>,
    /// Who decided on `language`; unsaid in conversations that are older than the question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language_by: Option<LanguageBy>,
    /// Another language that the last message was surely written in: once more, and it is answered in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language_heard: Option<Language>,
}

/// Who decided on the language of the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LanguageBy {
    /// The person, by choosing it: nothing but another choice changes it.
    Choice,
    /// The language of their messages.
    Messages,
}

/// What the person said and how the answer began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// The words; an ellipsis where they were a proof.
    pub said: PrivateWords,
    /// The beginning of the answer.
    pub answered: PrivateWords,
}

impl State {
    /// Whether the person chose the language. In older conversations only a choice led away from Indonesian.
    #[must_use]
    pub fn has_chosen_language(&self) -> bool {
        match self.language_by {
            Some(by) => by == LanguageBy::Choice,
            None => self.language != Language::default(),
        }
    }

    /// Forgets what was said of late: some of it was taken back or changed, and what is kept here does not tell which.
    pub fn forget_recent(&mut self) {
        self.recent.clear();
    }

    /// Remembers an exchange, and forgets the oldest one when there are many. What is typed as a proof is nobody else's.
    pub fn remember(&mut self, was: &Place, said: &str, answered: &str) {
        let said = if was.asks_proof() { "…" } else { said };
        let first = answered
            .lines()
            .find(|line| !line.trim().is_empty())
            .unwrap_or_default();
        let begin =
            |words: &str| PrivateWords(words.trim().replace('*', "").chars().take(EXCHANGE_CHARS_MAX).collect());
        if self.recent.len() >= EXCHANGES_MAX {
            self.recent.remove(0);
        }
        self.recent.push(Exchange {
            said: begin(said),
            answered: begin(first),
        });
    }
}

/// What the dialogue waits for, with what it was told so far.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "at", rename_all = "snake_case")]
pub enum Place {
    /// Nothing: anything may come.
    #[default]
    Open,
    /// The application number.
    StatusNumber,
    /// The birth date that proves the number.
    StatusBirth {
        /// The number typed before.
        number: ApplicationNumber,
    },
    /// Nothing, but this number was shown: what is tapped next is about it.
    StatusShown {
        /// The number.
        number: ApplicationNumber,
    },
    /// An answer of the guided question about papers.
    Requirements,
    /// Who collects.
    Pickup,
    /// Which kind of feedback.
    FeedbackKind,
    /// The words of the feedback.
    FeedbackWords {
        /// Its kind.
        kind: CaseKind,
    },
    /// Whether what was just written is the feedback.
    FeedbackCheck {
        /// Its kind.
        kind: CaseKind,
        /// What was written.
        words: PrivateWords,
    },
    /// One to five, or none.
    FeedbackRating {
        /// Its kind.
        kind: CaseKind,
        /// What was written.
        words: PrivateWords,
    },
    /// What the officer is wanted for.
    OfficerWords,
    /// One to five, or none, for the answer to a case.
    CaseRating {
        /// The case.
        case: CaseId,
    },
    /// The slip code.
    BindCode,
    /// Which language.
    Language,
    /// A step of booking.
    Booking {
        /// Which.
        step: BookingStep,
        /// What was told so far.
        draft: Draft,
    },
    /// An answer or a photo ahead of a visit.
    Intake {
        /// The booking.
        booking: BookingId,
        /// Which of its people, from 0.
        place: u8,
        /// The question or the paper, by its id.
        want: String,
    },
}

/// What somebody said of a visit before they were asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Wanted {
    /// The first and the last day that would do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<(Date, Date)>,
    /// The first and the last hour that would do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<(Time, Time)>,
    /// How many come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<u8>,
}

impl Wanted {
    /// True when nothing was said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A step of booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BookingStep {
    /// Which service.
    Service,
    /// Who comes.
    People,
    /// Whether a grown-up comes along.
    Parent,
    /// Which day.
    Day,
    /// Which hour.
    Hour,
    /// Yes or no to a hold.
    Check,
}

/// What was told of a booking so far. Sealed with the state.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Draft {
    /// The service.
    pub service: String,
    /// Who comes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<Visitor>,
    /// Names that were said without birth dates, until somebody is taken down.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub named: Vec<String>,
    /// The day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Date>,
    /// The booking that is changed, when it is not a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moving: Option<BookingId>,
    /// What was said before it was asked for.
    #[serde(default, skip_serializing_if = "Wanted::is_empty")]
    pub wanted: Wanted,
    /// The day and hour that are held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<DateTime>,
    /// The hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<BookingId>,
}

impl Place {
    /// True when nothing is waited for.
    #[must_use]
    pub fn is_open(&self) -> bool {
        *self == Self::Open
    }

    /// True when what is typed here proves who somebody is.
    #[must_use]
    pub const fn asks_proof(&self) -> bool {
        matches!(self, Self::StatusBirth { .. } | Self::BindCode | Self::Intake { .. })
    }

    /// True when nothing is under way, whatever was shown last.
    #[must_use]
    pub const fn is_idle(&self) -> bool {
        matches!(self, Self::Open | Self::StatusShown { .. })
    }
}

/// Words of a citizen. `Debug` does not show them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PrivateWords(pub String);

impl std::fmt::Debug for PrivateWords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PrivateWords({} bytes)", self.0.len())
    }
}

/// The choices offered last, with what they are about. Stored as `name` or `name:value`; names that this version does not
/// know are left out when read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Offered(Vec<(Choice, Option<String>)>);

impl Offered {
    /// Takes over what a reply offers, at most a list message's worth.
    #[must_use]
    pub fn from_choices(choices: impl IntoIterator<Item = Choice>) -> Self {
        Self::from_rows(choices.into_iter().map(|choice| (choice, None)))
    }

    /// As `from_choices`, of choices with what they are about.
    #[must_use]
    pub fn from_rows(rows: impl IntoIterator<Item = (Choice, Option<String>)>) -> Self {
        Self(rows.into_iter().take(LIST_ROWS_MAX).collect())
    }

    /// The row of that number, counted from one as people count.
    #[must_use]
    pub fn row(&self, number: usize) -> Option<(Choice, Option<&str>)> {
        self.0
            .get(number.checked_sub(1)?)
            .map(|(choice, value)| (*choice, value.as_deref()))
    }

    /// Whether it was offered.
    #[must_use]
    pub fn contains(&self, choice: Choice) -> bool {
        self.iter().any(|offered| offered == choice)
    }

    /// What a choice was about when it was offered; the first one of that name.
    #[must_use]
    pub fn value_of(&self, choice: Choice) -> Option<&str> {
        self.0
            .iter()
            .find(|(offered, _)| *offered == choice)
            .and_then(|(_, value)| value.as_deref())
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing was offered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// In the order offered.
    pub fn iter(&self) -> impl Iterator<Item = Choice> + '_ {
        self.0.iter().map(|(choice, _)| *choice)
    }
}

impl From<&Choices> for Offered {
    fn from(choices: &Choices) -> Self {
        match choices {
            Choices::None | Choices::Link { .. } | Choices::Survey { .. } => Self::default(),
            Choices::About { value, buttons } => {
                Self::from_rows(buttons.iter().map(|choice| (*choice, Some(value.clone()))))
            }
            Choices::Picks { rows, also, .. } => Self::from_rows(
                rows.iter()
                    .map(|row| (row.choice, Some(row.value.clone())))
                    .chain(also.iter().map(|choice| (*choice, None))),
            ),
            Choices::Buttons(buttons) => Self::from_choices(buttons.iter().copied()),
            Choices::List { sections, .. } => {
                Self::from_choices(sections.iter().flat_map(|(_, rows)| rows.iter().copied()))
            }
        }
    }
}

impl Serialize for Offered {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|(choice, value)| match value {
            Some(value) => format!("{}:{value}", choice.0).into(),
            None => std::borrow::Cow::Borrowed(choice.0),
        }))
    }
}

impl<'de> Deserialize<'de> for Offered {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let names = Vec::<std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Ok(Self::from_rows(names.iter().filter_map(|name| {
            let (name, value) = Choice::split(name);
            Some((Choice::find(name)?, value.map(str::to_owned)))
        })))
    }
}

/// Why a stored state cannot be read. The caller decides; a fresh state loses only what was under way.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// Not the JSON of a state.
    #[error("stored conversation is not readable")]
    Unreadable(#[from] serde_json::Error),
    /// Written by another version of the program.
    #[error("stored conversation has version `{0}`, this program reads up to `{VERSION}`")]
    UnknownVersion(u8),
}

/// The stored form: the state with its version in front.
#[derive(Serialize)]
struct Stored<'a> {
    v: u8,
    #[serde(flatten)]
    state: &'a State,
}

#[derive(Deserialize)]
struct VersionOnly {
    v: u8,
}

impl State {
    /// Reads a stored state of any version up to today's.
    ///
    /// # Errors
    /// When it is not a state, or one of a version this program does not know. Never panics, whatever the text.
    pub fn from_stored(stored: &str) -> Result<Self, StateError> {
        let VersionOnly { v } = serde_json::from_str(stored)?;
        match v {
            VERSION => Ok(serde_json::from_str(stored)?),
            other => Err(StateError::UnknownVersion(other)),
        }
    }

    /// The stored form: compact JSON with its version.
    #[must_use]
    pub fn to_stored(&self) -> String {
        // A state has only string keys and finite values, so writing it cannot fail; an empty object would be read as
        // an unreadable state, which the caller handles anyway.
        serde_json::to_string(&Stored {
            v: VERSION,
            state: self,
        })
        .unwrap_or_else(|_| String::from("{}"))
    }
}

fn is_zero(count: &u8) -> bool {
    *count == 0
}

fn is_false(flag: &bool) -> bool {
    !*flag
}

#[cfg(test)]
mod tests;
