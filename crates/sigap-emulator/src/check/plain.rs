//! Checks of the messages that are not interactive: words, files, places, cards, reactions, templates.

use serde_json::{Map, Value};

use super::{TemplateUse, array, known_keys, longer_than, need, need_up_to, object};
use crate::bubble::BubbleContent;
use crate::graph::error::GraphError;
use crate::limits::{
    CAPTION_CHARS_MAX, CONTACTS_MAX, FILENAME_CHARS_MAX, TEMPLATE_NAME_CHARS_MAX, TEXT_BODY_CHARS_MAX,
};

pub(super) fn text(part: &Value) -> Result<BubbleContent, GraphError> {
    let part = object(part, "text")?;
    known_keys(part, &["body", "preview_url"], "text")?;
    if part.get("preview_url").is_some_and(|flag| !flag.is_boolean()) {
        return Err(GraphError::parameter("Param preview_url must be a boolean"));
    }
    Ok(BubbleContent::Text {
        body: need_up_to(part, "body", TEXT_BODY_CHARS_MAX)?.to_owned(),
    })
}

pub(super) fn media(kind: &str, part: &Value) -> Result<BubbleContent, GraphError> {
    let part = object(part, kind)?;
    let optional = |name: &str| super::text(part, name).map(|text| text.map(str::to_owned));
    let (media_id, link) = (optional("id")?, optional("link")?);
    match (&media_id, &link) {
        (None, None) => return Err(GraphError::missing(&format!("{kind}.id or {kind}.link"))),
        (Some(_), Some(_)) => {
            return Err(GraphError::value("only one of id and link may be given"));
        }
        (None, Some(link)) if !link.starts_with("http://") && !link.starts_with("https://") => {
            return Err(GraphError::value("link must be an http address"));
        }
        _ => {}
    }
    let caption = optional("caption")?;
    if caption.is_some() && matches!(kind, "audio" | "sticker") {
        return Err(GraphError::parameter(format!("Unexpected key \"caption\" on {kind}")));
    }
    if caption
        .as_deref()
        .is_some_and(|caption| longer_than(caption, CAPTION_CHARS_MAX))
    {
        return Err(GraphError::value("caption must have at most 1024 characters"));
    }
    let filename = optional("filename")?;
    if filename.is_some() && kind != "document" {
        return Err(GraphError::parameter(format!("Unexpected key \"filename\" on {kind}")));
    }
    if filename
        .as_deref()
        .is_some_and(|name| longer_than(name, FILENAME_CHARS_MAX))
    {
        return Err(GraphError::value("filename must have at most 240 characters"));
    }
    Ok(BubbleContent::Media {
        kind: kind.to_owned(),
        media_id,
        link,
        caption,
        filename,
    })
}

pub(super) fn location(part: &Value) -> Result<BubbleContent, GraphError> {
    let part = object(part, "location")?;
    Ok(BubbleContent::Location {
        latitude: degrees(part, "latitude", 90.0)?,
        longitude: degrees(part, "longitude", 180.0)?,
        name: super::text(part, "name")?.map(str::to_owned),
    })
}

/// Degrees come as numbers or as text, both are taken.
fn degrees(part: &Map<String, Value>, name: &str, most: f64) -> Result<f64, GraphError> {
    let value = match part.get(name) {
        None => return Err(GraphError::missing(name)),
        Some(Value::Number(number)) => number.as_f64(),
        Some(Value::String(text)) => text.parse().ok(),
        Some(_) => None,
    };
    value
        .filter(|degrees: &f64| degrees.abs() <= most)
        .ok_or_else(|| GraphError::value(format!("{name} must be between -{most} and {most}")))
}

pub(super) fn contacts(part: &Value) -> Result<BubbleContent, GraphError> {
    let cards = part
        .as_array()
        .ok_or_else(|| GraphError::parameter("Param contacts must be an array"))?;
    if cards.is_empty() || cards.len() > CONTACTS_MAX {
        return Err(GraphError::value(format!(
            "contacts must have between 1 and {CONTACTS_MAX} cards"
        )));
    }
    let names = cards
        .iter()
        .map(|card| {
            let card = object(card, "contacts[]")?;
            let name = object(
                card.get("name").ok_or_else(|| GraphError::missing("contacts[].name"))?,
                "name",
            )?;
            Ok(need(name, "formatted_name")?.to_owned())
        })
        .collect::<Result<_, GraphError>>()?;
    Ok(BubbleContent::Contacts { names })
}

pub(super) fn reaction(part: &Value) -> Result<(String, Option<String>), GraphError> {
    let part = object(part, "reaction")?;
    let message_id = need(part, "message_id")?.to_owned();
    let emoji = super::text(part, "emoji")?.ok_or_else(|| GraphError::missing("emoji"))?;
    Ok((message_id, (!emoji.is_empty()).then(|| emoji.to_owned())))
}

pub(super) fn template(part: &Value) -> Result<TemplateUse, GraphError> {
    let part = object(part, "template")?;
    let name = need_up_to(part, "name", TEMPLATE_NAME_CHARS_MAX)?.to_owned();
    let language = part.get("language").ok_or_else(|| GraphError::missing("language"))?;
    let language = need(object(language, "language")?, "code")?.to_owned();
    let (mut parameters, mut payloads) = (Vec::new(), Vec::new());
    if part.contains_key("components") {
        for component in array(part, "components")? {
            let component = object(component, "components[]")?;
            let kind = need(component, "type")?;
            if kind.eq_ignore_ascii_case("body") {
                for parameter in array(component, "parameters")? {
                    parameters.push(filled_in(parameter)?);
                }
            } else if kind.eq_ignore_ascii_case("button") {
                let place = need(component, "index")?.parse();
                let place = place.map_err(|_| GraphError::value("button index must be a number"))?;
                for parameter in array(component, "parameters")? {
                    let payload = parameter["payload"].as_str().unwrap_or_default();
                    payloads.push((place, payload.to_owned()));
                }
            }
        }
    }
    Ok(TemplateUse {
        name,
        language,
        parameters,
        payloads,
    })
}

fn filled_in(parameter: &Value) -> Result<String, GraphError> {
    let parameter = object(parameter, "parameters[]")?;
    if need(parameter, "type")? != "text" {
        return Ok(String::new());
    }
    let text = need(parameter, "text")?;
    // Meta refuses these because a template must keep its shape.
    if text.contains(['\n', '\t']) || text.contains("    ") {
        return Err(GraphError::new(
            132_012,
            "Param text cannot have new-line/tab characters or more than 4 spaces",
        ));
    }
    Ok(text.to_owned())
}
