//! Notices: templates at Meta, what an office decided, what waits for the morning.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sigap_core::ids::{BookingId, IntakeId, PersonId};
use sigap_core::language::Language;
use sigap_core::message::OutboundMessage;
use sigap_core::notices::NoticePlan;
use sigap_core::notices::template::TemplateFacts;

/// A template of an office in one business account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TemplateRow {
    /// Meta's id of the business account.
    pub account: String,
    /// Its name at Meta.
    pub name: String,
    /// Its language.
    pub language: String,
    /// One more with each change; zero before it is kept.
    pub revision: i64,
    /// What is known of it.
    pub facts: TemplateFacts,
}

/// What an office decided about its notices.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlanRow {
    /// One more with each change; zero before anything was decided.
    pub revision: i64,
    /// The decisions.
    pub plan: NoticePlan,
}

/// A notice that waits for the morning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldNotice {
    /// Time-ordered id.
    pub id: i64,
    /// When it is looked at again.
    pub due_at: Timestamp,
    /// Whose.
    pub person: PersonId,
    /// What is said.
    pub content: HeldContent,
}

/// The sealed part of a held notice. Stored as JSON: add fields with a default, never rename.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldContent {
    /// Which notice.
    pub notice: String,
    /// From which business number.
    pub number: String,
    /// What the person reads.
    pub language: Language,
    /// The words within the window.
    pub message: OutboundMessage,
    /// What goes into a template, in each language of templates.
    pub templates: Vec<HeldTemplate>,
    /// After that it is no news.
    pub worth_until: Timestamp,
    /// The booking that it is about, with its state: in another one it is not true any more.
    #[serde(default)]
    pub booking: Option<(BookingId, String)>,
    /// The paper of an intake of which another photo is wanted: once one came it is not true any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<(IntakeId, String)>,
}

/// What goes into a template of one language.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldTemplate {
    /// The language.
    pub language: Language,
    /// The values, by the names of holes.
    pub values: Vec<(String, String)>,
    /// What it says when it is filled in.
    pub body: String,
}

impl std::fmt::Debug for HeldTemplate {
    /// The language alone.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HeldTemplate")
            .field("language", &self.language)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for HeldContent {
    /// Neither words nor values.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HeldContent")
            .field("notice", &self.notice)
            .finish_non_exhaustive()
    }
}
