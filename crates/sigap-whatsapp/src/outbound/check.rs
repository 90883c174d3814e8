//! Every limit of an outbound message at once, for the content check and for refusing before sending.

use std::collections::BTreeSet;

use sigap_core::message::{Button, Form, OutboundMessage, Section};

use crate::limits::{
    BUTTON_ID_CHARS_MAX, BUTTON_TITLE_CHARS_MAX, BUTTONS_MAX, FLOW_BUTTON_CHARS_MAX, FLOW_TOKEN_CHARS_MAX,
    INTERACTIVE_BODY_CHARS_MAX, LINK_LABEL_CHARS_MAX, LINK_URL_CHARS_MAX, LIST_BUTTON_CHARS_MAX, LIST_ROWS_MAX,
    LIST_SECTIONS_MAX, LimitBreach, ROW_DESCRIPTION_CHARS_MAX, ROW_ID_CHARS_MAX, ROW_TITLE_CHARS_MAX,
    SECTION_TITLE_CHARS_MAX, TEMPLATE_BUTTONS_MAX, TEMPLATE_NAME_CHARS_MAX, TEXT_BODY_CHARS_MAX,
};
use crate::routing::ROUTING_OVERHEAD_CHARS;
use crate::template::{LANGUAGE_CHARS_MAX, PARAMETER_CHARS_MAX};

/// All limits a message does not keep; empty when it is fine as one WhatsApp message. A body that is too long is
/// listed too, though `to_wire` can split it: every further part costs the office money.
#[must_use]
pub fn check(message: &OutboundMessage) -> Vec<LimitBreach> {
    let (body_most, mut breaches) = match &message.form {
        Form::Text => (TEXT_BODY_CHARS_MAX, Vec::new()),
        Form::Buttons(all) => (INTERACTIVE_BODY_CHARS_MAX, buttons(all)),
        Form::List { button, sections } => (INTERACTIVE_BODY_CHARS_MAX, list(button, sections)),
        Form::Link { label, url } => (INTERACTIVE_BODY_CHARS_MAX, link(label, url)),
        Form::Survey { label, token, .. } => (INTERACTIVE_BODY_CHARS_MAX, survey(label, token)),
        Form::Template {
            name,
            language,
            values,
            choices,
        } => (INTERACTIVE_BODY_CHARS_MAX, template(name, language, values, choices)),
    };
    breaches.extend(LimitBreach::of_text("body", message.body.trim(), 1, body_most));
    if let Some(fill) = &message.fill {
        let label = LimitBreach::of_text("Flow button", &fill.label, 1, FLOW_BUTTON_CHARS_MAX);
        breaches.extend(label);
    }
    breaches
}

pub(super) fn first(breaches: Vec<LimitBreach>) -> Result<(), LimitBreach> {
    breaches.into_iter().next().map_or(Ok(()), Err)
}

pub(super) fn buttons(buttons: &[Button]) -> Vec<LimitBreach> {
    let mut breaches = Vec::new();
    breaches.extend(LimitBreach::of_count(
        "number of buttons",
        buttons.len(),
        1,
        BUTTONS_MAX,
    ));
    for button in buttons {
        breaches.extend(LimitBreach::of_text(
            "button title",
            &button.title,
            1,
            BUTTON_TITLE_CHARS_MAX,
        ));
        breaches.extend(choice("choice of a button", &button.choice, BUTTON_ID_CHARS_MAX));
    }
    breaches.extend(different(
        "number of different button titles",
        buttons.iter().map(|it| &it.title),
    ));
    breaches.extend(different(
        "number of different button choices",
        buttons.iter().map(|it| &it.choice),
    ));
    breaches
}

/// What Meta refuses of a template whatever it says: a missing value, an overlong one, too many buttons.
pub(super) fn template(name: &str, language: &str, values: &[String], choices: &[String]) -> Vec<LimitBreach> {
    let mut breaches = Vec::new();
    breaches.extend(LimitBreach::of_text("template name", name, 1, TEMPLATE_NAME_CHARS_MAX));
    breaches.extend(LimitBreach::of_text(
        "template language",
        language,
        1,
        LANGUAGE_CHARS_MAX,
    ));
    for value in values {
        breaches.extend(LimitBreach::of_text("template value", value, 1, PARAMETER_CHARS_MAX));
    }
    breaches.extend(LimitBreach::of_count(
        "number of template buttons",
        choices.len(),
        0,
        TEMPLATE_BUTTONS_MAX,
    ));
    for name in choices {
        breaches.extend(choice("choice of a template button", name, BUTTON_ID_CHARS_MAX));
    }
    breaches
}

pub(super) fn list(button: &str, sections: &[Section]) -> Vec<LimitBreach> {
    let mut breaches = Vec::new();
    breaches.extend(LimitBreach::of_text("list button", button, 1, LIST_BUTTON_CHARS_MAX));
    breaches.extend(LimitBreach::of_count(
        "number of sections",
        sections.len(),
        1,
        LIST_SECTIONS_MAX,
    ));
    let title_least = usize::from(sections.len() > 1);
    let mut rows_count = 0;
    for section in sections {
        let title = section.title.as_deref().unwrap_or_default();
        breaches.extend(LimitBreach::of_text(
            "section title",
            title,
            title_least,
            SECTION_TITLE_CHARS_MAX,
        ));
        if section.rows.is_empty() {
            breaches.extend(LimitBreach::of_count(
                "number of rows of a section",
                0,
                1,
                LIST_ROWS_MAX,
            ));
        }
        rows_count += section.rows.len();
        for row in &section.rows {
            let description = row.description.as_deref().unwrap_or_default();
            breaches.extend(LimitBreach::of_text("row title", &row.title, 1, ROW_TITLE_CHARS_MAX));
            breaches.extend(LimitBreach::of_text(
                "row description",
                description,
                0,
                ROW_DESCRIPTION_CHARS_MAX,
            ));
            breaches.extend(choice("choice of a row", &row.choice, ROW_ID_CHARS_MAX));
        }
    }
    breaches.extend(LimitBreach::of_count(
        "number of rows over all sections",
        rows_count,
        1,
        LIST_ROWS_MAX,
    ));
    let choices = sections.iter().flat_map(|section| &section.rows).map(|row| &row.choice);
    breaches.extend(different("number of different row choices", choices));
    breaches
}

pub(super) fn link(label: &str, url: &str) -> Vec<LimitBreach> {
    let mut breaches = Vec::new();
    breaches.extend(LimitBreach::of_text("link label", label, 1, LINK_LABEL_CHARS_MAX));
    breaches.extend(LimitBreach::of_text("link address", url, 1, LINK_URL_CHARS_MAX));
    let is_web = ["https://", "http://"].iter().any(|scheme| url.starts_with(scheme));
    breaches.extend(LimitBreach::of_count(
        "number of web schemes of the link",
        usize::from(is_web),
        1,
        1,
    ));
    breaches
}

pub(super) fn survey(label: &str, token: &str) -> Vec<LimitBreach> {
    let mut breaches = Vec::new();
    breaches.extend(LimitBreach::of_text("Flow button", label, 1, FLOW_BUTTON_CHARS_MAX));
    breaches.extend(LimitBreach::of_text("Flow token", token, 1, FLOW_TOKEN_CHARS_MAX));
    breaches
}

/// The id on the wire is the choice and its signature.
fn choice(what: &'static str, name: &str, id_most: usize) -> Option<LimitBreach> {
    LimitBreach::of_text(what, name, 1, id_most - ROUTING_OVERHEAD_CHARS)
}

fn different<'a>(what: &'static str, texts: impl Iterator<Item = &'a String>) -> Option<LimitBreach> {
    let all: Vec<&String> = texts.collect();
    let distinct: BTreeSet<&&String> = all.iter().collect();
    LimitBreach::of_count(what, distinct.len(), all.len(), all.len())
}
