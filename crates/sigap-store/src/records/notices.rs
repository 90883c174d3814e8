//! Notices: templates at Meta, what an office decided, what waits for the morning.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sigap_core::ids::{BookingId, PersonId};
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
    /// What goes into a template, by the names of its holes, in the language of templates.
    pub values: Vec<(String, String)>,
    /// After that it is no news.
    pub worth_until: Timestamp,
    /// The booking that it is about, with its state: in another one it is not true any more.
    #[serde(default)]
    pub booking: Option<(BookingId, String)>,
}

impl std::fmt::Debug for HeldContent {
    /// Neither words nor values.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HeldContent")
            .field("notice", &self.notice)
            .finish_non_exhaustive()
    }
}
