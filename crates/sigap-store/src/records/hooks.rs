//! Partners that are called when something happens, and the calls that are owed to them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sigap_core::ids::HookId;

/// A partner's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HookRow {
    /// Time-ordered id.
    pub id: HookId,
    /// Of which events it hears, words with a space between.
    pub events: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it took a call last.
    pub heard_at: Option<Timestamp>,
    /// When it did not; `None` since it did again.
    pub failed_at: Option<Timestamp>,
    /// What was wrong then: a status or a short word, nothing that it answered.
    pub failure: String,
    /// Since when it is called no more.
    pub stopped_at: Option<Timestamp>,
    /// The rest, sealed under the key of the office.
    pub content: HookContent,
}

/// The sealed part of a partner's address. Stored as JSON: add fields with a default, never rename.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HookContent {
    /// Whose it is, in the office's words.
    pub label: String,
    /// Where to.
    pub url: String,
    /// With which its calls are signed.
    pub secret: Vec<u8>,
}

impl std::fmt::Debug for HookContent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HookContent(…)")
    }
}

/// A call that is owed. Nothing in it is personal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HookCall {
    /// Time-ordered id; the partner knows by it what it heard before.
    pub id: i64,
    /// To whom.
    pub hook: HookId,
    /// What happened.
    pub event: String,
    /// When.
    pub made_at: Timestamp,
    /// When it is made.
    pub due_at: Timestamp,
    /// Tries so far.
    pub attempts: u32,
    /// What is sent, JSON.
    pub body: String,
}
