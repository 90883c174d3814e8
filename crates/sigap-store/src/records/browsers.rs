//! Citizens' browsers, as storage gives and takes them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sigap_core::conversation::state::{Draft, PrivateWords};
use sigap_core::ids::PersonId;
use sigap_core::message::Form;

/// A citizen's browser at an office: what it may do, and what was begun in it.
#[derive(Debug, Clone, PartialEq)]
pub struct BrowserRow {
    /// A person of its own, made with it: nobody until something is proven.
    pub person: PersonId,
    /// The contact that showed by a message that the browser is theirs.
    pub proven: Option<PersonId>,
    /// When it did.
    pub proven_at: Option<Timestamp>,
    /// When the browser came first.
    pub made_at: Timestamp,
    /// From then on it is nobody's.
    pub expires_at: Timestamp,
    /// What is sealed of it.
    pub content: BrowserContent,
}

/// The sealed part of a browser. Stored as JSON: add fields with a default, never rename.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct BrowserContent {
    /// A booking that was begun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<Draft>,
    /// The code that a message has to bring.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Until when the code is good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code_until: Option<Timestamp>,
    /// The number that page and message both show, so that nobody ties a stranger's browser by mistake.
    #[serde(default)]
    pub check: u8,
    /// Our business number to which the proof was sent; messages about bookings go from there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
}

/// Something said in the chat on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct BrowserLine {
    /// Rises with time.
    pub id: i64,
    /// When it was said.
    pub said_at: Timestamp,
    /// Whether the office said it.
    pub is_ours: bool,
    /// What is sealed of it.
    pub content: LineContent,
}

/// The sealed part of a line. Stored as JSON: add fields with a default, never rename.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LineContent {
    /// The words.
    pub words: PrivateWords,
    /// What can be tapped below.
    pub form: Form,
}
