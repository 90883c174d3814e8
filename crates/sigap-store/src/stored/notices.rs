//! Rows of notices as both engines read them.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::fault::Fault;
use crate::records::{PlanRow, TemplateRow};

/// The sealed column of a notice that waits for the morning.
pub const HELD_CONTENT: &str = "held_notice.content";

/// A template before its facts are read.
pub struct StoredTemplate {
    /// The business account.
    pub account: String,
    /// Its name.
    pub name: String,
    /// Its language.
    pub language: String,
    /// Its revision.
    pub revision: i64,
    /// Its facts as JSON.
    pub facts: String,
}

/// A value as the JSON that stands in a column.
///
/// # Errors
/// Never for plain values; the fault names none of them.
pub fn json_of<T: Serialize>(value: &T) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|_| Fault::Unreadable("notice"))
}

fn value_of<T: DeserializeOwned>(json: &str, column: &'static str) -> Result<T, Fault> {
    serde_json::from_str(json).map_err(|_| Fault::Unreadable(column))
}

/// A template.
///
/// # Errors
/// When its facts cannot be read.
pub fn notice_template(stored: StoredTemplate) -> Result<TemplateRow, Fault> {
    Ok(TemplateRow {
        facts: value_of(&stored.facts, "notice_template.facts")?,
        account: stored.account,
        name: stored.name,
        language: stored.language,
        revision: stored.revision,
    })
}

/// What an office decided.
///
/// # Errors
/// When it cannot be read.
pub fn notice_plan(revision: i64, plan: &str) -> Result<PlanRow, Fault> {
    Ok(PlanRow {
        revision,
        plan: value_of(plan, "notice_plan.plan")?,
    })
}
