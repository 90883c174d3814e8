//! The templates of a business account as Meta has them, so that ours can be compared. Creates and deletes none.

use super::{CallError, Client, answer};
use crate::wire::{List, Text, lenient};

/// Templates in one page of the list.
const PAGE_TEMPLATES: usize = 100;
/// Pages that are read. An account holds at most 6,000 templates.
const PAGES_MAX: usize = 60;

/// A template at Meta.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateInfo {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its language code.
    pub language: String,
    /// `APPROVED`, `PENDING`, `REJECTED`, `PAUSED`, `DISABLED` …
    pub status: String,
    /// `UTILITY`, `AUTHENTICATION`, `MARKETING`.
    pub category: String,
    /// Why it was rejected.
    pub rejected_reason: Option<String>,
    /// Its components as JSON text, to compare with ours.
    pub components: String,
}

lenient! {
    /// A page of the list.
    struct Page {
        "data" => data: List<TemplatePart<'a>>,
        "paging" => paging: Paging<'a>,
    }
}

lenient! {
    /// Where the next page begins.
    struct Paging {
        "cursors" => cursors: Cursors<'a>,
        "next" => next: Text<'a>,
    }
}

lenient! {
    /// The marks of a page.
    struct Cursors { "after" => after: Text<'a>, }
}

lenient! {
    /// A template.
    struct TemplatePart {
        "id" => id: Text<'a>,
        "name" => name: Text<'a>,
        "language" => language: Text<'a>,
        "status" => status: Text<'a>,
        "category" => category: Text<'a>,
        "rejected_reason" => rejected_reason: Text<'a>,
        "components" => components: Option<&'a serde_json::value::RawValue>,
    }
}

impl Client {
    /// All templates of an account, at most 6,000.
    ///
    /// # Errors
    /// A failed call; nothing is returned by halves.
    pub async fn list_templates(&self, waba_id: &str) -> Result<Vec<TemplateInfo>, CallError> {
        let mut templates = Vec::new();
        let mut after: Option<String> = None;
        for _ in 0..PAGES_MAX {
            let cursor = after
                .as_ref()
                .map(|after| format!("&after={after}"))
                .unwrap_or_default();
            let fields = "id,name,language,status,category,rejected_reason,components";
            let uri = self.uri(&format!(
                "{waba_id}/message_templates?fields={fields}&limit={PAGE_TEMPLATES}{cursor}"
            ))?;
            let answer = self.get(uri).await?;
            answer::to_success(&answer)?;
            let page: Page<'_> = serde_json::from_slice(&answer.body).map_err(|_| CallError::NoAnswer)?;
            templates.extend(page.data.0.iter().map(TemplateInfo::from_wire));
            after = page
                .paging
                .cursors
                .after
                .owned()
                .filter(|_| page.paging.next.get().is_some());
            if after.is_none() {
                break;
            }
        }
        Ok(templates)
    }
}

impl TemplateInfo {
    fn from_wire(part: &TemplatePart<'_>) -> Self {
        Self {
            id: part.id.owned().unwrap_or_default(),
            name: part.name.owned().unwrap_or_default(),
            language: part.language.owned().unwrap_or_default(),
            status: part.status.owned().unwrap_or_default(),
            category: part.category.owned().unwrap_or_default(),
            rejected_reason: part.rejected_reason.owned().filter(|reason| reason != "NONE"),
            components: part.components.map(|raw| raw.get().to_owned()).unwrap_or_default(),
        }
    }
}
