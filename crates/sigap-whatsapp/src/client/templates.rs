//! The templates of a business account: listed with what Meta thinks of them, created, edited.

use bytes::Bytes;
use hyper::Method;
use hyper::header::HeaderValue;
use serde::Serialize;
use sigap_core::notices::template::{RemoteTemplate, TemplateText, UTILITY};

use super::{CallError, Client, answer};
use crate::wire::{List, Text, lenient};

/// Templates in one page of the list.
const PAGE_TEMPLATES: usize = 100;
/// Pages that are read. An account holds at most 6,000 templates.
const PAGES_MAX: usize = 60;
/// What is asked of each template.
const FIELDS: &str = "id,name,language,status,category,quality_score,rejected_reason,components";

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
        "quality_score" => quality: QualityPart<'a>,
        "components" => components: List<ComponentPart<'a>>,
    }
}

lenient! {
    /// How people take it.
    struct QualityPart { "score" => score: Text<'a>, }
}

lenient! {
    /// A part of it.
    struct ComponentPart {
        "type" => kind: Text<'a>,
        "text" => text: Text<'a>,
        "buttons" => buttons: List<ButtonPart<'a>>,
    }
}

lenient! {
    /// A button.
    struct ButtonPart { "text" => text: Text<'a>, }
}

/// What is written to Meta.
#[derive(Serialize)]
struct Submission<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    category: &'static str,
    components: Vec<Component<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "UPPERCASE")]
enum Component<'a> {
    Body {
        text: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        example: Option<Example<'a>>,
    },
    Buttons {
        buttons: Vec<QuickReply<'a>>,
    },
}

#[derive(Serialize)]
struct Example<'a> {
    body_text: [&'a [String]; 1],
}

#[derive(Serialize)]
struct QuickReply<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    text: &'a str,
}

impl Client {
    /// All templates of an account, at most 6,000.
    ///
    /// # Errors
    /// A failed call; nothing is returned by halves.
    pub async fn list_templates(&self, account: &str) -> Result<Vec<RemoteTemplate>, CallError> {
        let mut templates = Vec::new();
        let mut after: Option<String> = None;
        for _ in 0..PAGES_MAX {
            let cursor = after
                .as_ref()
                .map(|after| format!("&after={after}"))
                .unwrap_or_default();
            let uri = self.uri(&format!(
                "{account}/message_templates?fields={FIELDS}&limit={PAGE_TEMPLATES}{cursor}"
            ))?;
            let answer = self.get(uri).await?;
            answer::to_success(&answer)?;
            let page: Page<'_> = serde_json::from_slice(&answer.body).map_err(|_| CallError::NoAnswer)?;
            templates.extend(page.data.0.iter().map(from_wire));
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

    /// Submits a new template as a utility; its id, state and category, as Meta sees them now.
    ///
    /// # Errors
    /// A failed call; what Meta says about the words is in the error's details.
    pub async fn create_template(
        &self,
        account: &str,
        name: &str,
        language: &str,
        text: &TemplateText,
    ) -> Result<RemoteTemplate, CallError> {
        let path = format!("{account}/message_templates");
        self.submit(&path, Some((name, language)), text).await
    }

    /// Submits other words for a template that Meta has under this id.
    ///
    /// # Errors
    /// As [`Self::create_template`].
    pub async fn edit_template(&self, id: &str, text: &TemplateText) -> Result<RemoteTemplate, CallError> {
        self.submit(id, None, text).await
    }

    async fn submit(
        &self,
        path: &str,
        new: Option<(&str, &str)>,
        text: &TemplateText,
    ) -> Result<RemoteTemplate, CallError> {
        let body = Submission {
            name: new.map(|(name, _)| name),
            language: new.map(|(_, language)| language),
            category: UTILITY,
            components: components(text),
        };
        // Plain strings always serialise; Meta would refuse an empty body.
        let json = Bytes::from(serde_json::to_vec(&body).unwrap_or_default());
        let json_type = HeaderValue::from_static("application/json");
        let uri = self.uri(path)?;
        let answer = self
            .call(
                Method::POST,
                uri,
                Some((json_type, json)),
                self.call_timeout,
                super::ANSWER_BYTES_MAX,
            )
            .await?;
        answer::to_success(&answer)?;
        let read: TemplatePart<'_> = serde_json::from_slice(&answer.body).map_err(|_| CallError::NoAnswer)?;
        Ok(from_wire(&read))
    }
}

fn components(text: &TemplateText) -> Vec<Component<'_>> {
    let example = (!text.examples.is_empty()).then_some(Example {
        body_text: [&text.examples],
    });
    let mut components = vec![Component::Body {
        text: &text.body,
        example,
    }];
    if !text.buttons.is_empty() {
        components.push(Component::Buttons {
            buttons: text
                .buttons
                .iter()
                .map(|button| QuickReply {
                    kind: "QUICK_REPLY",
                    text: &button.title,
                })
                .collect(),
        });
    }
    components
}

fn from_wire(part: &TemplatePart<'_>) -> RemoteTemplate {
    let is = |component: &ComponentPart<'_>, kind: &str| {
        component.kind.get().is_some_and(|word| word.eq_ignore_ascii_case(kind))
    };
    let find = |kind| part.components.0.iter().find(|component| is(component, kind));
    RemoteTemplate {
        id: part.id.owned().unwrap_or_default(),
        name: part.name.owned().unwrap_or_default(),
        language: part.language.owned().unwrap_or_default(),
        status: part.status.owned().unwrap_or_default(),
        category: part.category.owned().unwrap_or_default(),
        quality: part.quality.score.owned(),
        reason: part.rejected_reason.owned().filter(|reason| reason != "NONE"),
        body: find("BODY").and_then(|body| body.text.owned()).unwrap_or_default(),
        buttons: find("BUTTONS")
            .into_iter()
            .flat_map(|component| &component.buttons.0)
            .map(|button| button.text.owned().unwrap_or_default())
            .collect(),
    }
}
