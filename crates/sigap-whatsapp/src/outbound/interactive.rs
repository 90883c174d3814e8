//! Messages that can be tapped: buttons, one list, a link, the survey's form, and requests for a place or a phone number.

use serde::Serialize;
use sigap_core::message::{Button, Row, Section};

use super::{FlowUse, check};
use crate::flow;
use crate::limits::{
    BUTTON_ID_CHARS_MAX, BUTTON_TITLE_CHARS_MAX, FLOW_BUTTON_CHARS_MAX, FLOW_ID_CHARS_MAX, FLOW_TOKEN_CHARS_MAX,
    INTERACTIVE_BODY_CHARS_MAX, LINK_LABEL_CHARS_MAX, LINK_URL_CHARS_MAX, LIST_BUTTON_CHARS_MAX, LimitBreach, Limited,
    ROW_DESCRIPTION_CHARS_MAX, ROW_ID_CHARS_MAX, ROW_TITLE_CHARS_MAX, SECTION_TITLE_CHARS_MAX,
};
use crate::routing::RoutingKey;

/// An interactive message. Header and footer are left out on purpose: the words of the body say it all.
#[derive(Clone, Serialize)]
pub struct Interactive {
    #[serde(rename = "type")]
    kind: &'static str,
    body: Words,
    action: Action,
}

#[derive(Clone, Serialize)]
struct Words {
    text: Limited<INTERACTIVE_BODY_CHARS_MAX>,
}

#[derive(Clone, Serialize)]
#[serde(untagged)]
enum Action {
    Buttons {
        buttons: Vec<ReplyButton>,
    },
    List {
        button: Limited<LIST_BUTTON_CHARS_MAX>,
        sections: Vec<WireSection>,
    },
    Link {
        name: &'static str,
        parameters: LinkParameters,
    },
    Flow {
        name: &'static str,
        parameters: FlowParameters,
    },
    Ask {
        name: &'static str,
    },
}

#[derive(Clone, Serialize)]
struct ReplyButton {
    #[serde(rename = "type")]
    kind: &'static str,
    reply: Reply,
}

#[derive(Clone, Serialize)]
struct Reply {
    id: Limited<BUTTON_ID_CHARS_MAX>,
    title: Limited<BUTTON_TITLE_CHARS_MAX>,
}

#[derive(Clone, Serialize)]
struct WireSection {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<Limited<SECTION_TITLE_CHARS_MAX>>,
    rows: Vec<WireRow>,
}

#[derive(Clone, Serialize)]
struct WireRow {
    id: Limited<ROW_ID_CHARS_MAX>,
    title: Limited<ROW_TITLE_CHARS_MAX>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Limited<ROW_DESCRIPTION_CHARS_MAX>>,
}

#[derive(Clone, Serialize)]
struct LinkParameters {
    display_text: Limited<LINK_LABEL_CHARS_MAX>,
    url: Limited<LINK_URL_CHARS_MAX>,
}

#[derive(Clone, Serialize)]
struct FlowParameters {
    flow_message_version: &'static str,
    flow_id: Limited<FLOW_ID_CHARS_MAX>,
    flow_cta: Limited<FLOW_BUTTON_CHARS_MAX>,
    flow_token: Limited<FLOW_TOKEN_CHARS_MAX>,
    mode: &'static str,
    flow_action: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    flow_action_payload: Option<FirstScreen>,
}

#[derive(Clone, Serialize)]
struct FirstScreen {
    screen: &'static str,
}

impl Interactive {
    /// One to three reply buttons with different titles.
    ///
    /// # Errors
    /// The first limit that is not kept.
    pub fn buttons(body: &str, buttons: &[Button], routing: &RoutingKey) -> Result<Self, LimitBreach> {
        check::first(check::buttons(buttons))?;
        let buttons = buttons
            .iter()
            .map(|button| {
                Ok(ReplyButton {
                    kind: "reply",
                    reply: Reply {
                        id: Limited::new("button id", routing.sign(&button.choice))?,
                        title: Limited::new("button title", button.title.as_str())?,
                    },
                })
            })
            .collect::<Result<_, LimitBreach>>()?;
        Self::new("button", body, Action::Buttons { buttons })
    }

    /// A list of one to ten rows over all sections.
    ///
    /// # Errors
    /// The first limit that is not kept.
    pub fn list(body: &str, button: &str, sections: &[Section], routing: &RoutingKey) -> Result<Self, LimitBreach> {
        check::first(check::list(button, sections))?;
        let action = Action::List {
            button: Limited::new("list button", button)?,
            sections: sections
                .iter()
                .map(|section| {
                    Ok(WireSection {
                        title: present(section.title.as_deref())
                            .map(|title| Limited::new("section title", title))
                            .transpose()?,
                        rows: section
                            .rows
                            .iter()
                            .map(|row| WireRow::new(row, routing))
                            .collect::<Result<_, _>>()?,
                    })
                })
                .collect::<Result<_, LimitBreach>>()?,
        };
        Self::new("list", body, action)
    }

    /// A button that opens a web address.
    ///
    /// # Errors
    /// The first limit that is not kept; an address without `https://` or `http://`.
    pub fn link(body: &str, label: &str, url: &str) -> Result<Self, LimitBreach> {
        check::first(check::link(label, url))?;
        let parameters = LinkParameters {
            display_text: Limited::new("link label", label)?,
            url: Limited::new("link address", url)?,
        };
        Self::new(
            "cta_url",
            body,
            Action::Link {
                name: "cta_url",
                parameters,
            },
        )
    }

    /// A button that opens the survey's Flow, which was published under that id. The token comes back with the answers.
    ///
    /// # Errors
    /// The first limit that is not kept.
    pub fn survey(body: &str, label: &str, flow: FlowUse<'_>) -> Result<Self, LimitBreach> {
        let first = FirstScreen {
            screen: flow::FIRST_SCREEN,
        };
        Self::flow(body, label, flow, "navigate", Some(first))
    }

    /// A button that opens a form which asks us for each screen, the first as well.
    ///
    /// # Errors
    /// The first limit that is not kept.
    pub fn fill(body: &str, label: &str, flow: FlowUse<'_>) -> Result<Self, LimitBreach> {
        Self::flow(body, label, flow, "data_exchange", None)
    }

    fn flow(
        body: &str,
        label: &str,
        flow: FlowUse<'_>,
        flow_action: &'static str,
        flow_action_payload: Option<FirstScreen>,
    ) -> Result<Self, LimitBreach> {
        check::first(check::survey(label, flow.token))?;
        let parameters = FlowParameters {
            flow_message_version: flow::MESSAGE_VERSION,
            flow_id: Limited::new("Flow id", flow.id)?,
            flow_cta: Limited::new("Flow button", label)?,
            flow_token: Limited::new("Flow token", flow.token)?,
            mode: "published",
            flow_action,
            flow_action_payload,
        };
        Self::new(
            "flow",
            body,
            Action::Flow {
                name: "flow",
                parameters,
            },
        )
    }

    /// Asks the person for their place.
    ///
    /// # Errors
    /// Words that are missing or too long.
    pub fn location_request(body: &str) -> Result<Self, LimitBreach> {
        let name = "send_location";
        Self::new("location_request_message", body, Action::Ask { name })
    }

    /// Asks a person without a visible number for it; the answer is a contact card marked `contact_request`.
    ///
    /// # Errors
    /// Words that are missing or too long.
    pub fn contact_request(body: &str) -> Result<Self, LimitBreach> {
        let name = "request_contact_info";
        Self::new("request_contact_info", body, Action::Ask { name })
    }

    fn new(kind: &'static str, body: &str, action: Action) -> Result<Self, LimitBreach> {
        Ok(Self {
            kind,
            body: Words {
                text: Limited::new("body", body)?,
            },
            action,
        })
    }
}

impl WireRow {
    fn new(row: &Row, routing: &RoutingKey) -> Result<Self, LimitBreach> {
        Ok(Self {
            id: Limited::new("row id", routing.sign(&row.choice))?,
            title: Limited::new("row title", row.title.as_str())?,
            description: present(row.description.as_deref())
                .map(|description| Limited::new("row description", description))
                .transpose()?,
        })
    }
}

fn present(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.is_empty())
}
