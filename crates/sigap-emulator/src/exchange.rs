//! A phone that asks a form's endpoint step by step, and tells the chat when the form is done.

use http_body_util::Full;
use hyper::Request;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::bubble::{BubbleContent, FlowUse};
use crate::chats::ChatKey;
use crate::emulator::Emulator;
use crate::flow_json::{data_faults, screen_ids};
use crate::form_envelope::close;
use crate::lock::lock;
use crate::said::{Said, SayRefusal};

/// The endpoint closed the form: its token is not valid any more.
const OVER: u16 = 427;
/// The endpoint could not open the request: the phone fetches the key and tries once more.
const KEY_IS_OLD: u16 = 421;

/// What the phone asks of a form's endpoint.
#[derive(Debug, Clone, Deserialize)]
pub struct FormStep {
    /// The message that opened the form.
    pub message_id: String,
    /// The screen that is left; none when the form opens.
    #[serde(default)]
    pub screen: Option<String>,
    /// What its button collects.
    #[serde(default)]
    pub data: Map<String, Value>,
}

/// What the phone shows next.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FormNext {
    /// A screen.
    Screen {
        /// Its id.
        screen: String,
        /// What it is given.
        data: Map<String, Value>,
    },
    /// The form is done, and the chat has its answer.
    Done,
    /// The form is closed for good, with a sentence.
    Over(String),
    /// Something went wrong; the form stays open.
    Failed,
}

impl Emulator {
    /// One step of a form: INIT when it opens, else `data_exchange`.
    ///
    /// # Errors
    /// When person, number or the form's message do not exist.
    pub async fn step_form(&self, person: &str, phone_number_id: &str, step: FormStep) -> Result<FormNext, SayRefusal> {
        let who = self.person(person).ok_or(SayRefusal::NoSuchPerson)?;
        let place = self.number_index(phone_number_id).ok_or(SayRefusal::NoSuchNumber)?;
        let chat = ChatKey {
            person: who.id.clone(),
            number: place,
        };
        let form = self.form_of(&chat, &step.message_id).ok_or(SayRefusal::NoSuchMessage)?;
        let flow = self.inner.flows.get(&form.flow).ok_or(SayRefusal::NoSuchMessage)?;
        let Some(endpoint) = flow.endpoint() else {
            return Err(SayRefusal::NoSuchMessage);
        };
        let action = if step.screen.is_some() { "data_exchange" } else { "INIT" };
        let mut inside = json!({ "version": "3.0", "action": action, "flow_token": form.token });
        if let Some(screen) = &step.screen {
            inside["screen"] = json!(screen);
            inside["data"] = json!(step.data);
        }
        let mut answer = self.ask_endpoint(place, endpoint, &inside).await;
        if matches!(answer, Some((KEY_IS_OLD, _))) {
            answer = self.ask_endpoint(place, endpoint, &inside).await;
        }
        let (status, answer) = answer.unwrap_or_default();
        match status {
            OVER => {
                self.mark_form_sent(&chat, &step.message_id)?;
                Ok(FormNext::Over(
                    answer["error_msg"].as_str().unwrap_or_default().to_owned(),
                ))
            }
            200 if answer["screen"] == "SUCCESS" => {
                let params = &answer["data"]["extension_message_response"]["params"];
                if params["flow_token"] != form.token.as_str() {
                    return Ok(FormNext::Failed);
                }
                let mut values = params.as_object().cloned().unwrap_or_default();
                values.remove("flow_token");
                let said = Said::Form {
                    message_id: step.message_id,
                    values,
                };
                self.person_says(person, phone_number_id, said)?;
                Ok(FormNext::Done)
            }
            200 => {
                let screen = answer["screen"].as_str().unwrap_or_default().to_owned();
                let data = answer["data"].as_object().cloned().unwrap_or_default();
                let is_known = screen_ids(flow.screens()).any(|known| known == screen);
                if !is_known || !data_faults(flow.screens(), &screen, &data).is_empty() {
                    self.tell_failure(place, endpoint, &form, &screen).await;
                    return Ok(FormNext::Failed);
                }
                Ok(FormNext::Screen { screen, data })
            }
            _ => Ok(FormNext::Failed),
        }
    }

    /// Meta's health check of an endpoint: whether the answer is the right one.
    pub async fn ping_form(&self, phone_number_id: &str, endpoint: &str) -> bool {
        let ping = json!({ "version": "3.0", "action": "ping" });
        match self.number_index(phone_number_id) {
            Some(place) => {
                let answer = self.ask_endpoint(place, endpoint, &ping).await;
                answer == Some((200, json!({ "data": { "status": "active" } })))
            }
            None => false,
        }
    }

    /// As a phone does that cannot show a screen.
    async fn tell_failure(&self, number: usize, endpoint: &str, form: &FlowUse, screen: &str) {
        let told = json!({
            "version": "3.0", "action": "data_exchange", "flow_token": form.token, "screen": screen,
            "data": { "error": "invalid-screen-data", "error_message": "the screen cannot be shown" },
        });
        let _ = self.ask_endpoint(number, endpoint, &told).await;
    }

    fn form_of(&self, chat: &ChatKey, message_id: &str) -> Option<FlowUse> {
        self.look(chat, message_id, |bubble| match &bubble.content {
            // One that was sent already, too: another device of the person may still have it open.
            BubbleContent::Flow { form, .. } => Some(form.clone()),
            _ => None,
        })
    }

    /// Status and opened answer; an answer that is not closed as it should be counts as none.
    async fn ask_endpoint(&self, number: usize, endpoint: &str, inside: &Value) -> Option<(u16, Value)> {
        let key = lock(&self.inner.numbers.get(number)?.public_key).clone()?;
        let closed = close(&key, &self.inner.config.app_secret, &self.inner.chance, inside)?;
        let request = Request::post(endpoint)
            .header("content-type", "application/json")
            .header("x-hub-signature-256", &closed.signature)
            .body(Full::new(closed.body.clone()))
            .ok()?;
        let (status, answer) = self.exchange(request).await?;
        if answer.is_empty() {
            return Some((status, Value::Null));
        }
        Some((status, closed.open(&answer)?))
    }
}
