//! The templates of the business accounts: created, listed by pages, edited, deleted, reviewed after a moment, and changed by hand as a
//! reviewer of Meta's would. Every change of state is told by webhook.

use std::collections::HashMap;
use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

use crate::config::Template;
use crate::deliver::later;
use crate::emulator::Emulator;
use crate::faults::FaultKind;
use crate::graph::error::GraphError;
use crate::limits::{
    TEMPLATE_BODY_CHARS_MAX, TEMPLATE_BUTTON_CHARS_MAX, TEMPLATE_BUTTONS_MAX, TEMPLATE_EDIT_HOURS,
    TEMPLATE_EDITS_MONTH_MAX, TEMPLATE_NAME_CHARS_MAX, TEMPLATES_CREATED_HOUR_MAX, TEMPLATES_MAX,
};
use crate::lock::lock;
use crate::webhook;

/// A template of an account.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Held {
    pub(crate) id: u64,
    pub(crate) account: String,
    pub(crate) name: String,
    pub(crate) language: String,
    pub(crate) category: String,
    pub(crate) quality: &'static str,
    pub(crate) components: Vec<Value>,
    /// What it is; while it is looked at, what it will be then.
    status: &'static str,
    reason: String,
    decided_at: Timestamp,
    edits: Vec<Timestamp>,
}

/// The statuses that a reviewer may give.
const STATUSES: [&str; 5] = ["APPROVED", "REJECTED", "PAUSED", "DISABLED", "PENDING"];
const CATEGORIES: [&str; 3] = ["UTILITY", "MARKETING", "AUTHENTICATION"];
const QUALITIES: [&str; 4] = ["UNKNOWN", "GREEN", "YELLOW", "RED"];

impl Held {
    pub(crate) fn status(&self, now: Timestamp) -> &'static str {
        if now < self.decided_at { "PENDING" } else { self.status }
    }

    pub(crate) fn body(&self) -> &str {
        let body = self.components.iter().find(|component| is_kind(component, "BODY"));
        body.and_then(|body| body["text"].as_str()).unwrap_or_default()
    }

    /// The words on its quick replies.
    pub(crate) fn buttons(&self) -> Vec<String> {
        let buttons = self.components.iter().find(|component| is_kind(component, "BUTTONS"));
        let buttons = buttons.and_then(|buttons| buttons["buttons"].as_array());
        buttons
            .into_iter()
            .flatten()
            .filter_map(|button| button["text"].as_str().map(str::to_owned))
            .collect()
    }

    fn to_json(&self, now: Timestamp) -> Value {
        let status = self.status(now);
        json!({
            "id": self.id.to_string(),
            "name": self.name,
            "language": self.language,
            "category": self.category,
            "status": status,
            "quality_score": { "score": self.quality },
            "rejected_reason": if status == "REJECTED" { &self.reason } else { "NONE" },
            "components": self.components,
        })
    }
}

/// All of them.
#[derive(Default)]
pub(crate) struct Shelf {
    templates: Mutex<Vec<Held>>,
    created: Mutex<HashMap<String, Vec<Timestamp>>>,
}

/// What somebody changes by hand. Each part may be left out.
#[derive(Debug, Default, serde::Deserialize)]
pub struct TemplateVerdict {
    /// `APPROVED`, `REJECTED`, `PAUSED`, `DISABLED`, `PENDING`.
    #[serde(default)]
    pub status: Option<String>,
    /// Why, for a rejection.
    #[serde(default)]
    pub reason: Option<String>,
    /// `UTILITY`, `MARKETING`.
    #[serde(default)]
    pub category: Option<String>,
    /// `GREEN`, `YELLOW`, `RED`.
    #[serde(default)]
    pub quality: Option<String>,
}

impl Shelf {
    /// Templates that were approved before the start, in every account.
    pub(crate) fn new(accounts: &[String], templates: &[Template], now: Timestamp) -> Self {
        let shelf = Self::default();
        let mut held = lock(&shelf.templates);
        for account in accounts {
            for template in templates {
                let id = 1_000_000 + held.len() as u64;
                let mut components = vec![json!({ "type": "BODY", "text": template.body })];
                if !template.buttons.is_empty() {
                    let buttons: Vec<Value> = template
                        .buttons
                        .iter()
                        .map(|text| json!({ "type": "QUICK_REPLY", "text": text }))
                        .collect();
                    components.push(json!({ "type": "BUTTONS", "buttons": buttons }));
                }
                held.push(Held {
                    id,
                    account: account.clone(),
                    name: template.name.clone(),
                    language: template.language.clone(),
                    category: template.category.clone(),
                    quality: "GREEN",
                    components,
                    status: "APPROVED",
                    reason: String::new(),
                    decided_at: now,
                    edits: Vec::new(),
                });
            }
        }
        drop(held);
        shelf
    }

    /// A template by account, name and language.
    pub(crate) fn find(&self, account: &str, name: &str, language: &str) -> Option<Held> {
        lock(&self.templates)
            .iter()
            .find(|held| held.account == account && held.name == name && held.language == language)
            .cloned()
    }

    pub(crate) fn all(&self) -> Vec<Held> {
        lock(&self.templates).clone()
    }
}

impl Emulator {
    fn has_account(&self, account: &str) -> bool {
        self.inner.numbers.iter().any(|number| number.config.waba_id == account)
    }

    /// A page of an account's templates.
    pub(crate) fn list_templates(&self, account: &str, limit: usize, after: usize) -> Result<Value, GraphError> {
        if !self.has_account(account) {
            return Err(GraphError::no_such_object(account));
        }
        let now = self.now();
        let held = lock(&self.inner.templates.templates);
        let all: Vec<&Held> = held.iter().filter(|held| held.account == account).collect();
        let data: Vec<Value> = all
            .iter()
            .skip(after)
            .take(limit)
            .map(|held| held.to_json(now))
            .collect();
        let end = after + data.len();
        let mut paging = json!({ "cursors": { "before": after.to_string(), "after": end.to_string() } });
        if end < all.len() {
            let base = &self.inner.config.graph_url;
            paging["next"] = json!(format!(
                "{base}/v25.0/{account}/message_templates?limit={limit}&after={end}"
            ));
        }
        Ok(json!({ "data": data, "paging": paging }))
    }

    /// Creates a template; it is looked at for a moment.
    pub(crate) fn create_template(&self, account: &str, body: &[u8]) -> Result<Value, GraphError> {
        if !self.has_account(account) {
            return Err(GraphError::no_such_object(account));
        }
        let body = object(body)?;
        let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (name, language, category) = (text("name"), text("language"), text("category"));
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if name.is_empty() || name.len() > TEMPLATE_NAME_CHARS_MAX || !name.chars().all(is_plain) {
            return Err(GraphError::parameter(
                "Param name must be lowercase letters, digits and underscores",
            ));
        }
        if language.is_empty() || !CATEGORIES.contains(&category.as_str()) {
            return Err(GraphError::parameter("Params language and category are needed"));
        }
        let components = components(&body)?;
        let now = self.now();
        let mut held = lock(&self.inner.templates.templates);
        let same = |held: &&Held| held.account == account && held.name == name && held.language == language;
        if held.iter().find(same).is_some() {
            return Err(GraphError::template(
                2_388_024,
                "There is already content in this language for this template.",
            ));
        }
        if held.iter().filter(|held| held.account == account).count() >= TEMPLATES_MAX {
            return Err(GraphError::template(
                2_388_019,
                "The account has as many templates as it may have.",
            ));
        }
        let mut created = lock(&self.inner.templates.created);
        let of_account = created.entry(account.to_owned()).or_default();
        of_account.retain(|at| now.duration_since(*at) < SignedDuration::from_hours(1));
        if of_account.len() >= TEMPLATES_CREATED_HOUR_MAX {
            return Err(GraphError::new(80_008, "Too many templates were created in this hour"));
        }
        of_account.push(now);
        drop(created);
        let id = 1_000_000 + held.iter().map(|held| held.id - 999_999).max().unwrap_or_default();
        let mut fresh = Held {
            id,
            account: account.to_owned(),
            name,
            language,
            category,
            quality: "UNKNOWN",
            components,
            status: "APPROVED",
            reason: String::new(),
            decided_at: now,
            edits: Vec::new(),
        };
        self.review(&mut fresh, now);
        let answer = json!({ "id": id.to_string(), "status": fresh.status(now), "category": fresh.category });
        held.push(fresh);
        Ok(answer)
    }

    /// Other words for a template; it is looked at again.
    pub(crate) fn edit_template(&self, id: &str, body: &[u8]) -> Result<Value, GraphError> {
        let body = object(body)?;
        let components = components(&body)?;
        let now = self.now();
        let mut held = lock(&self.inner.templates.templates);
        let Some(template) = held.iter_mut().find(|held| held.id.to_string() == id) else {
            return Err(GraphError::no_such_object(id));
        };
        match template.status(now) {
            "PENDING" => {
                return Err(GraphError::template(
                    2_388_005,
                    "A template that is being reviewed cannot be edited.",
                ));
            }
            "DISABLED" => return Err(GraphError::template(2_388_005, "A disabled template cannot be edited.")),
            _ => {}
        }
        let month = SignedDuration::from_hours(30 * 24);
        template.edits.retain(|at| now.duration_since(*at) < month);
        let day = SignedDuration::from_hours(TEMPLATE_EDIT_HOURS);
        let is_fresh = template.edits.last().is_some_and(|at| now.duration_since(*at) < day);
        if is_fresh || template.edits.len() >= TEMPLATE_EDITS_MONTH_MAX {
            return Err(GraphError::template(
                2_388_019,
                "A template may be edited once in 24 hours and 10 times in 30 days.",
            ));
        }
        template.edits.push(now);
        template.components = components;
        template.status = "APPROVED";
        template.reason.clear();
        self.review(template, now);
        Ok(json!({ "success": true }))
    }

    /// Deletes all languages of a name.
    pub(crate) fn delete_templates(&self, account: &str, name: &str) -> Result<Value, GraphError> {
        let mut held = lock(&self.inner.templates.templates);
        let before = held.len();
        held.retain(|held| held.account != account || held.name != name);
        if held.len() == before {
            return Err(GraphError::no_such_object(name));
        }
        Ok(json!({ "success": true }))
    }

    /// Decides what will be thought of it, and puts the webhook on its way.
    fn review(&self, held: &mut Held, now: Timestamp) {
        held.decided_at = later(now, self.inner.config.timing.review);
        let faults = &self.inner.faults;
        let is_one = |kind: &FaultKind| matches!(kind, FaultKind::RejectTemplate { .. });
        if let Some(FaultKind::RejectTemplate { reason }) = faults.strike(&self.inner.chance, None, "", is_one) {
            held.status = "REJECTED";
            held.reason = reason;
        }
        self.tell_status(held, held.decided_at);
    }

    fn tell_status(&self, held: &Held, due: Timestamp) {
        let reason = if held.reason.is_empty() { "NONE" } else { &held.reason };
        let value = json!({
            "event": held.status,
            "message_template_id": held.id,
            "message_template_name": held.name,
            "message_template_language": held.language,
            "message_template_category": held.category,
            "reason": reason,
        });
        self.tell_about(held, "message_template_status_update", value, due);
    }

    fn tell_about(&self, held: &Held, field: &str, value: Value, due: Timestamp) {
        let body = webhook::of_account(&held.account, field, value);
        self.inner.parcels.push_body(due, body.to_string().into(), None);
    }

    /// Changes a template as a reviewer, or the people who block it, would; false when there is none of this id, or the words are not
    /// Meta's.
    pub fn judge_template(&self, id: &str, verdict: &TemplateVerdict) -> bool {
        let now = self.now();
        let word = |given: &Option<String>, known: &[&'static str]| match given {
            None => Ok(None),
            Some(given) => known
                .iter()
                .find(|word| *word == given)
                .map(|word| Some(*word))
                .ok_or(()),
        };
        let (Ok(status), Ok(category), Ok(quality)) = (
            word(&verdict.status, &STATUSES),
            word(&verdict.category, &CATEGORIES),
            word(&verdict.quality, &QUALITIES),
        ) else {
            return false;
        };
        let mut held = lock(&self.inner.templates.templates);
        let Some(template) = held.iter_mut().find(|held| held.id.to_string() == id) else {
            return false;
        };
        let names = json!({
            "message_template_id": template.id,
            "message_template_name": template.name,
            "message_template_language": template.language,
        });
        let with = |more: Value| {
            let mut value = names.clone();
            if let (Some(value), Value::Object(more)) = (value.as_object_mut(), more) {
                value.extend(more);
            }
            value
        };
        if let Some(status) = status {
            template.status = status;
            template.decided_at = now;
            template.reason = verdict.reason.clone().unwrap_or_default();
            self.tell_status(template, now);
        }
        if let Some(category) = category {
            let value = with(json!({ "previous_category": template.category, "new_category": category }));
            category.clone_into(&mut template.category);
            self.tell_about(template, "template_category_update", value, now);
        }
        if let Some(quality) = quality {
            let value = with(json!({ "previous_quality_score": template.quality, "new_quality_score": quality }));
            template.quality = quality;
            self.tell_about(template, "message_template_quality_update", value, now);
        }
        true
    }

    /// The templates of the accounts with their states, for tests: id, name, language, status.
    #[must_use]
    pub fn templates(&self) -> Vec<(String, String, String, String)> {
        let now = self.now();
        let all = self.inner.templates.all().into_iter();
        all.map(|held| {
            (
                held.id.to_string(),
                held.name.clone(),
                held.language.clone(),
                held.status(now).to_owned(),
            )
        })
        .collect()
    }
}

fn object(body: &[u8]) -> Result<Map<String, Value>, GraphError> {
    serde_json::from_slice(body).map_err(|_| GraphError::parameter("The body is no JSON object"))
}

fn is_kind(component: &Value, kind: &str) -> bool {
    component["type"]
        .as_str()
        .is_some_and(|word| word.eq_ignore_ascii_case(kind))
}

/// The components of a submission, if Meta would take them.
fn components(body: &Map<String, Value>) -> Result<Vec<Value>, GraphError> {
    let components = body
        .get("components")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let body = components.iter().find(|component| is_kind(component, "BODY"));
    let Some((body, text)) = body.and_then(|body| Some((body, body["text"].as_str()?))) else {
        return Err(GraphError::parameter("Param components must have a body with text"));
    };
    if text.is_empty() || text.chars().count() > TEMPLATE_BODY_CHARS_MAX {
        return Err(GraphError::template(
            2_388_040,
            "Character limit exceeded in the field BODY.",
        ));
    }
    let places = (1..).take_while(|n| text.contains(&format!("{{{{{n}}}}}"))).count();
    let examples = body["example"]["body_text"][0].as_array().map_or(0, Vec::len);
    if places != examples {
        return Err(GraphError::template(2_388_043, "Every variable needs an example."));
    }
    let bare = text.replace(['*', '_', '~'], "");
    let bare = bare.trim();
    if bare.starts_with("{{") || bare.trim_end_matches(['.', ',', ':', ' ']).ends_with("}}") {
        return Err(GraphError::template(
            2_388_299,
            "Variables can't be at the start or end of the template.",
        ));
    }
    let words = bare
        .split_whitespace()
        .filter(|word| !word.contains("{{") && word.chars().any(char::is_alphanumeric))
        .count();
    if words < 2 * places + 1 {
        return Err(GraphError::template(
            2_388_293,
            "This template has too many variables for its length.",
        ));
    }
    let buttons = components.iter().find(|component| is_kind(component, "BUTTONS"));
    let buttons = buttons
        .and_then(|buttons| buttons["buttons"].as_array())
        .cloned()
        .unwrap_or_default();
    let is_bad = |button: &Value| {
        let text = button["text"].as_str().unwrap_or_default();
        text.is_empty() || text.chars().count() > TEMPLATE_BUTTON_CHARS_MAX
    };
    if buttons.len() > TEMPLATE_BUTTONS_MAX || buttons.iter().any(is_bad) {
        return Err(GraphError::template(
            2_388_040,
            "Character limit exceeded in the field BUTTONS.",
        ));
    }
    Ok(components)
}
