//! What a form with an endpoint (Flow) asks of us while it is filled in, and what we may answer: Meta's data API 3.0 and 4.0.
//!
//! [`envelope`] opens what came and closes what goes, [`token`] says for whom a form was opened. Which screen follows is decided elsewhere.

use std::fmt;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::limits::{FLOW_ERROR_CHARS_MAX, FLOW_TOKEN_CHARS_MAX};

pub mod envelope;
pub mod token;

/// Meta's name for the end of a form.
const SUCCESS: &str = "SUCCESS";
/// The field with a sentence that the phone shows over the screen.
const ERROR_MESSAGE: &str = "error_message";

/// One request, opened. It says what citizens typed.
#[derive(Clone, PartialEq)]
pub struct Request {
    /// What is asked.
    pub action: Action,
    /// The token of the message that opened the form; empty for a health check.
    pub token: String,
    /// The screen that is left; empty when the form opens.
    pub screen: String,
    /// What stands on it, as its button collects it.
    pub data: Map<String, Value>,
}

/// What a request asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Meta's health check.
    Ping,
    /// The form was opened: its first screen.
    Open,
    /// The button back was tapped on a screen that wants to hear of it.
    Back,
    /// The button of a screen was tapped.
    Exchange,
    /// The phone could not use our last answer; it only tells.
    Failed,
}

#[derive(Deserialize)]
struct Wire {
    action: String,
    #[serde(default)]
    screen: Option<String>,
    #[serde(default)]
    data: Option<Value>,
    #[serde(default)]
    flow_token: Option<String>,
}

impl Request {
    /// Reads what was opened; `None` for what is no request.
    #[must_use]
    pub fn read(opened: &[u8]) -> Option<Self> {
        let wire: Wire = serde_json::from_slice(opened).ok()?;
        let data = match wire.data {
            Some(Value::Object(data)) => data,
            _ => Map::new(),
        };
        let action = match wire.action.as_str() {
            // Told with the action during which it went wrong.
            _ if data.contains_key("error") => Action::Failed,
            "ping" => Action::Ping,
            "INIT" | "init" => Action::Open,
            "BACK" | "back" => Action::Back,
            "data_exchange" => Action::Exchange,
            _ => return None,
        };
        let token = wire.flow_token.unwrap_or_default();
        Some(Self {
            action,
            token: if token.len() <= FLOW_TOKEN_CHARS_MAX {
                token
            } else {
                String::new()
            },
            screen: wire.screen.unwrap_or_default(),
            data,
        })
    }

    /// The words of a field; empty when there are none.
    #[must_use]
    pub fn words(&self, field: &str) -> &str {
        self.data.get(field).and_then(Value::as_str).unwrap_or_default().trim()
    }

    /// What the phone says went wrong, for the log: Meta's words for a kind of error, letters and dashes alone.
    #[must_use]
    pub fn failure(&self) -> &str {
        let kind = self.words("error");
        let is_word = kind.len() <= 64
            && kind
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        if is_word { kind } else { "unreadable" }
    }
}

/// What we answer.
#[derive(Clone, PartialEq)]
pub enum Answer {
    /// To a health check.
    Active,
    /// To what the phone only tells.
    Acknowledged,
    /// A screen with what stands on it.
    Screen {
        /// Its name.
        screen: &'static str,
        /// Field by field, as the screen declares them.
        data: Map<String, Value>,
        /// A sentence over the screen: why it is shown again.
        wrong: Option<String>,
    },
    /// The form is over; the chat gets these fields and the token as a message.
    Done {
        /// The token of the request.
        token: String,
        /// What comes back by the chat.
        fields: Map<String, Value>,
    },
    /// The token is not valid any more: the form closes with this sentence, and its button is dead.
    Over(String),
}

impl Answer {
    /// The status of HTTP.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::Over(_) => 427,
            Self::Active | Self::Acknowledged | Self::Screen { .. } | Self::Done { .. } => 200,
        }
    }

    /// What is closed into the envelope.
    #[must_use]
    pub fn to_wire(&self) -> Value {
        match self {
            Self::Active => json!({ "data": { "status": "active" } }),
            Self::Acknowledged => json!({ "data": { "acknowledged": true } }),
            Self::Screen { screen, data, wrong } => {
                let mut data = data.clone();
                if let Some(wrong) = wrong {
                    data.insert(ERROR_MESSAGE.to_owned(), json!(cut(wrong)));
                }
                json!({ "screen": screen, "data": data })
            }
            Self::Done { token, fields } => {
                let mut params = fields.clone();
                params.insert("flow_token".to_owned(), json!(token));
                json!({ "screen": SUCCESS, "data": { "extension_message_response": { "params": params } } })
            }
            Self::Over(words) => json!({ "error_msg": cut(words) }),
        }
    }
}

fn cut(words: &str) -> String {
    words.chars().take(FLOW_ERROR_CHARS_MAX).collect()
}

// Neither what citizens typed nor what they read belongs into a log.

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Request({:?}, …)", self.action)
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Active => f.write_str("Active"),
            Self::Acknowledged => f.write_str("Acknowledged"),
            Self::Screen { screen, .. } => write!(f, "Screen({screen}, …)"),
            Self::Done { .. } => f.write_str("Done(…)"),
            Self::Over(_) => f.write_str("Over(…)"),
        }
    }
}

#[cfg(test)]
mod tests;
