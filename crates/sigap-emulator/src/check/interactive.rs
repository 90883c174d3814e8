//! Checks of interactive messages: buttons, lists, links, requests, Flows.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::{array, known_keys, longer_than, need, need_up_to, object, text};
use crate::bubble::{BubbleContent, ChoiceItem, ChoiceSection, FlowUse};
use crate::graph::error::GraphError;
use crate::limits::{
    BUTTON_ID_CHARS_MAX, BUTTON_TITLE_CHARS_MAX, BUTTONS_MAX, FLOW_LABEL_CHARS_MAX, FOOTER_CHARS_MAX, HEADER_CHARS_MAX,
    INTERACTIVE_BODY_CHARS_MAX, LINK_LABEL_CHARS_MAX, LINK_URL_CHARS_MAX, LIST_BUTTON_CHARS_MAX, LIST_ROWS_MAX,
    LIST_SECTIONS_MAX, ROW_DESCRIPTION_CHARS_MAX, ROW_ID_CHARS_MAX, ROW_TITLE_CHARS_MAX, SECTION_TITLE_CHARS_MAX,
};

type Object = Map<String, Value>;

pub(super) fn check(part: &Value) -> Result<BubbleContent, GraphError> {
    let part = object(part, "interactive")?;
    known_keys(part, &["type", "header", "body", "footer", "action"], "interactive")?;
    let kind = need(part, "type")?;
    let body = part
        .get("body")
        .ok_or_else(|| GraphError::missing("interactive.body"))?;
    let body = need_up_to(object(body, "body")?, "text", INTERACTIVE_BODY_CHARS_MAX)?.to_owned();
    let header = header(part, kind)?;
    let footer = match part.get("footer") {
        None => None,
        Some(footer) => Some(need_up_to(object(footer, "footer")?, "text", FOOTER_CHARS_MAX)?.to_owned()),
    };
    let action = part
        .get("action")
        .ok_or_else(|| GraphError::missing("interactive.action"))?;
    let action = object(action, "action")?;
    Ok(match kind {
        "button" => BubbleContent::Buttons {
            header,
            body,
            footer,
            buttons: buttons(action)?,
        },
        "list" => {
            let button = need_up_to(action, "button", LIST_BUTTON_CHARS_MAX)?.to_owned();
            BubbleContent::List {
                header,
                body,
                footer,
                button,
                sections: sections(action)?,
            }
        }
        "cta_url" => {
            let parameters = named(action, "cta_url")?;
            let url = need_up_to(parameters, "url", LINK_URL_CHARS_MAX)?;
            if !url.starts_with("http://") && !url.starts_with("https://") {
                return Err(GraphError::value("url must be an http address"));
            }
            let label = need_up_to(parameters, "display_text", LINK_LABEL_CHARS_MAX)?.to_owned();
            BubbleContent::Link {
                header,
                body,
                footer,
                label,
                url: url.to_owned(),
            }
        }
        "location_request_message" => {
            must_be_named(action, "send_location")?;
            BubbleContent::LocationRequest { body }
        }
        "request_contact_info" => {
            must_be_named(action, "request_contact_info")?;
            BubbleContent::ContactRequest { body }
        }
        "flow" => {
            let parameters = named(action, "flow")?;
            if parameters.contains_key("flow_id") == parameters.contains_key("flow_name") {
                return Err(GraphError::value("exactly one of flow_id and flow_name must be given"));
            }
            if need(parameters, "flow_message_version")? != "3" {
                return Err(GraphError::value("flow_message_version must be 3"));
            }
            BubbleContent::Flow {
                body,
                label: need_up_to(parameters, "flow_cta", FLOW_LABEL_CHARS_MAX)?.to_owned(),
                form: flow_use(parameters)?,
                is_sent: false,
            }
        }
        _ => {
            return Err(GraphError::value(format!("Unsupported interactive type {kind}")));
        }
    })
}

/// Which Flow, from which screen. Whether it is there is asked later, in `flows`.
fn flow_use(parameters: &Object) -> Result<FlowUse, GraphError> {
    const KEYS: [&str; 8] = [
        "flow_message_version",
        "flow_id",
        "flow_name",
        "flow_cta",
        "flow_token",
        "mode",
        "flow_action",
        "flow_action_payload",
    ];
    known_keys(parameters, &KEYS, "parameters")?;
    let is_draft = match text(parameters, "mode")? {
        None | Some("published") => false,
        Some("draft") => true,
        Some(_) => return Err(GraphError::value("mode must be published or draft")),
    };
    let asks_endpoint = match text(parameters, "flow_action")? {
        None | Some("navigate") => false,
        Some("data_exchange") => true,
        Some(_) => return Err(GraphError::value("flow_action must be navigate or data_exchange")),
    };
    if asks_endpoint && parameters.contains_key("flow_action_payload") {
        return Err(GraphError::value(
            "flow_action data_exchange takes no flow_action_payload",
        ));
    }
    let screen = match parameters.get("flow_action_payload") {
        None => None,
        Some(payload) => {
            let payload = object(payload, "flow_action_payload")?;
            known_keys(payload, &["screen", "data"], "flow_action_payload")?;
            if payload
                .get("data")
                .is_some_and(|data| data.as_object().is_none_or(Object::is_empty))
            {
                return Err(GraphError::value("flow_action_payload.data must be a non-empty object"));
            }
            text(payload, "screen")?.map(str::to_owned)
        }
    };
    let is_named = parameters.contains_key("flow_name");
    Ok(FlowUse {
        flow: need(parameters, if is_named { "flow_name" } else { "flow_id" })?.to_owned(),
        screen,
        token: text(parameters, "flow_token")?.unwrap_or("unused").to_owned(),
        asks_endpoint,
        is_named,
        is_draft,
    })
}

/// The header's words; a header that is a file has none.
fn header(part: &Object, kind: &str) -> Result<Option<String>, GraphError> {
    let Some(header) = part.get("header") else {
        return Ok(None);
    };
    let header = object(header, "header")?;
    match need(header, "type")? {
        "text" => Ok(Some(need_up_to(header, "text", HEADER_CHARS_MAX)?.to_owned())),
        "image" | "video" | "document" if kind != "list" => Ok(None),
        other => Err(GraphError::value(format!(
            "header type {other} is not allowed for {kind}"
        ))),
    }
}

fn must_be_named(action: &Object, name: &str) -> Result<(), GraphError> {
    if need(action, "name")? == name {
        Ok(())
    } else {
        Err(GraphError::value(format!("action.name must be {name}")))
    }
}

fn named<'a>(action: &'a Object, name: &str) -> Result<&'a Object, GraphError> {
    must_be_named(action, name)?;
    object(
        action
            .get("parameters")
            .ok_or_else(|| GraphError::missing("action.parameters"))?,
        "parameters",
    )
}

fn buttons(action: &Object) -> Result<Vec<ChoiceItem>, GraphError> {
    let buttons = array(action, "buttons")?;
    if buttons.is_empty() || buttons.len() > BUTTONS_MAX {
        return Err(GraphError::value(format!(
            "Invalid buttons count. Min allowed buttons: 1, Max: {BUTTONS_MAX}"
        )));
    }
    let (mut ids, mut titles) = (HashSet::new(), HashSet::new());
    buttons
        .iter()
        .map(|button| {
            let button = object(button, "buttons[]")?;
            known_keys(button, &["type", "reply"], "buttons[]")?;
            if need(button, "type")? != "reply" {
                return Err(GraphError::value("buttons[].type must be reply"));
            }
            let reply = object(
                button.get("reply").ok_or_else(|| GraphError::missing("reply"))?,
                "reply",
            )?;
            known_keys(reply, &["id", "title"], "reply")?;
            let id = need_up_to(reply, "id", BUTTON_ID_CHARS_MAX)?;
            let title = need_up_to(reply, "title", BUTTON_TITLE_CHARS_MAX)?;
            if !ids.insert(id) || !titles.insert(title) {
                return Err(GraphError::value("Button ids and titles must be unique"));
            }
            Ok(ChoiceItem {
                id: id.to_owned(),
                title: title.to_owned(),
                description: None,
            })
        })
        .collect()
}

fn sections(action: &Object) -> Result<Vec<ChoiceSection>, GraphError> {
    let sections = array(action, "sections")?;
    if sections.is_empty() || sections.len() > LIST_SECTIONS_MAX {
        return Err(GraphError::value(format!(
            "sections must have between 1 and {LIST_SECTIONS_MAX} items"
        )));
    }
    let (mut ids, mut rows_in_all, mut checked) = (HashSet::new(), 0, Vec::new());
    for section in sections {
        let section = object(section, "sections[]")?;
        known_keys(section, &["title", "rows"], "sections[]")?;
        let title = text(section, "title")?.filter(|title| !title.is_empty());
        if title.is_none() && sections.len() > 1 {
            return Err(GraphError::value(
                "section title is required when there is more than one section",
            ));
        }
        if title.is_some_and(|title| longer_than(title, SECTION_TITLE_CHARS_MAX)) {
            return Err(GraphError::value("section title must have at most 24 characters"));
        }
        let mut rows = Vec::new();
        for row in array(section, "rows")? {
            let row = row_of(row)?;
            if !ids.insert(row.id.clone()) {
                return Err(GraphError::value("Duplicated row id"));
            }
            rows.push(row);
        }
        if rows.is_empty() {
            return Err(GraphError::value("a section must have at least one row"));
        }
        rows_in_all += rows.len();
        checked.push(ChoiceSection {
            title: title.map(str::to_owned),
            rows,
        });
    }
    if rows_in_all > LIST_ROWS_MAX {
        return Err(GraphError::value(format!(
            "Total row count exceed max allowed count: {LIST_ROWS_MAX}"
        )));
    }
    Ok(checked)
}

fn row_of(row: &Value) -> Result<ChoiceItem, GraphError> {
    let row = object(row, "rows[]")?;
    known_keys(row, &["id", "title", "description"], "rows[]")?;
    let description = text(row, "description")?.filter(|words| !words.is_empty());
    if description.is_some_and(|words| longer_than(words, ROW_DESCRIPTION_CHARS_MAX)) {
        return Err(GraphError::value("row description must have at most 72 characters"));
    }
    Ok(ChoiceItem {
        id: need_up_to(row, "id", ROW_ID_CHARS_MAX)?.to_owned(),
        title: need_up_to(row, "title", ROW_TITLE_CHARS_MAX)?.to_owned(),
        description: description.map(str::to_owned),
    })
}
