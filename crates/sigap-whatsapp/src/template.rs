//! Template messages: the only ones that reach a person outside the 24-hour window. Words live at Meta; we fill in.

use serde::Serialize;

use crate::limits::{LimitBreach, Limited, TEMPLATE_BUTTONS_MAX, TEMPLATE_NAME_CHARS_MAX, TEMPLATE_PAYLOAD_CHARS_MAX};
use crate::routing::RoutingKey;

/// Characters of one filled-in value. The whole filled body may have 1,024.
pub(crate) const PARAMETER_CHARS_MAX: usize = 1_024;
/// Characters that Meta allows in a language code such as `en_US`.
pub(crate) const LANGUAGE_CHARS_MAX: usize = 15;

/// An approved template with what goes into it.
#[derive(Clone, Serialize)]
pub struct Template {
    name: Limited<TEMPLATE_NAME_CHARS_MAX>,
    language: Language,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    components: Vec<Component>,
}

#[derive(Clone, Serialize)]
struct Language {
    policy: &'static str,
    code: Limited<LANGUAGE_CHARS_MAX>,
}

#[derive(Clone, Serialize)]
struct Component {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sub_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<String>,
    parameters: Vec<Parameter>,
}

#[derive(Clone, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Parameter {
    Text {
        #[serde(skip_serializing_if = "Option::is_none")]
        parameter_name: Option<String>,
        text: Limited<PARAMETER_CHARS_MAX>,
    },
    Payload {
        payload: Limited<TEMPLATE_PAYLOAD_CHARS_MAX>,
    },
}

impl Template {
    /// A template by name and language code (`id`, `en_US`).
    ///
    /// # Errors
    /// An empty or overlong name or code.
    pub fn new(name: &str, language_code: &str) -> Result<Self, LimitBreach> {
        Ok(Self {
            name: Limited::new("template name", name)?,
            language: Language {
                policy: "deterministic",
                code: Limited::new("template language", language_code)?,
            },
            components: Vec::new(),
        })
    }

    /// Values for `{{1}}`, `{{2}}` … of the body, in order. Line breaks, tabs and long gaps, which Meta refuses,
    /// become single blanks.
    ///
    /// # Errors
    /// An empty or overlong value.
    pub fn with_body(self, values: &[&str]) -> Result<Self, LimitBreach> {
        self.with_body_parameters(values.iter().map(|value| (None, *value)))
    }

    /// Values for `{{name}}` placeholders of the body.
    ///
    /// # Errors
    /// An empty or overlong value.
    pub fn with_named_body(self, values: &[(&str, &str)]) -> Result<Self, LimitBreach> {
        self.with_body_parameters(values.iter().map(|(name, value)| (Some((*name).to_owned()), *value)))
    }

    /// What comes back when the quick reply at `index` is tapped: a signed choice, as on our own buttons.
    ///
    /// # Errors
    /// An eleventh button or an overlong choice.
    pub fn with_quick_reply(self, index: usize, choice: &str, routing: &RoutingKey) -> Result<Self, LimitBreach> {
        let payload = Limited::new("quick reply payload", routing.sign(choice))?;
        self.with_button("quick_reply", index, Parameter::Payload { payload })
    }

    /// The variable end of the web address behind the button at `index`.
    ///
    /// # Errors
    /// An eleventh button or an empty or overlong end.
    pub fn with_url_suffix(self, index: usize, suffix: &str) -> Result<Self, LimitBreach> {
        let text = Limited::new("address suffix", suffix)?;
        self.with_button(
            "url",
            index,
            Parameter::Text {
                parameter_name: None,
                text,
            },
        )
    }

    fn with_body_parameters<'a>(
        mut self,
        values: impl Iterator<Item = (Option<String>, &'a str)>,
    ) -> Result<Self, LimitBreach> {
        let parameters = values
            .map(|(parameter_name, value)| {
                Ok(Parameter::Text {
                    parameter_name,
                    text: Limited::new("template value", single_line(value))?,
                })
            })
            .collect::<Result<Vec<_>, LimitBreach>>()?;
        if !parameters.is_empty() {
            self.components.push(Component {
                kind: "body",
                sub_type: None,
                index: None,
                parameters,
            });
        }
        Ok(self)
    }

    fn with_button(mut self, sub_type: &'static str, index: usize, parameter: Parameter) -> Result<Self, LimitBreach> {
        if let Some(breach) = LimitBreach::of_count("place of a template button", index + 1, 1, TEMPLATE_BUTTONS_MAX) {
            return Err(breach);
        }
        self.components.push(Component {
            kind: "button",
            sub_type: Some(sub_type),
            index: Some(index.to_string()),
            parameters: vec![parameter],
        });
        Ok(self)
    }
}

fn single_line(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}
