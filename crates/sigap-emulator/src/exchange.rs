//! A phone that asks a form's endpoint: closes the request with the number's public key, signs it, opens the answer, and tells the chat when the
//! form is done. Written after Meta's description, without a line of the other side.

use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::aes::Aes128;
use aes_gcm::aes::cipher::consts::U16;
use aes_gcm::{AesGcm, Nonce};
use bytes::Bytes;
use data_encoding::BASE64;
use http_body_util::Full;
use hyper::Request;
use rsa::pkcs8::DecodePublicKey;
use rsa::rand_core::{Infallible, TryCryptoRng, TryRng};
use rsa::{Oaep, RsaPublicKey};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sha2::Sha256;

use crate::bubble::{BubbleContent, FlowUse};
use crate::chance::Chance;
use crate::chats::ChatKey;
use crate::emulator::Emulator;
use crate::flow_json::{data_faults, screen_ids};
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
        let chance = FormChance(&self.inner.chance);
        let (aes, iv) = (chance.block(), chance.block());
        let cipher = AesGcm::<Aes128, U16>::new(&aes.into());
        let closed = cipher
            .encrypt(&Nonce::<U16>::from(iv), inside.to_string().as_bytes())
            .ok()?;
        let mut rng = chance;
        let closed_key = key.encrypt(&mut rng, Oaep::<Sha256>::new(), &aes).ok()?;
        let body = json!({
            "encrypted_flow_data": BASE64.encode(&closed),
            "encrypted_aes_key": BASE64.encode(&closed_key),
            "initial_vector": BASE64.encode(&iv),
        });
        let body = Bytes::from(body.to_string());
        let request = Request::post(endpoint)
            .header("content-type", "application/json")
            .header(
                "x-hub-signature-256",
                crate::signature::sign(&self.inner.config.app_secret, &body),
            )
            .body(Full::new(body))
            .ok()?;
        let (status, answer) = self.exchange(request).await?;
        if answer.is_empty() {
            return Some((status, Value::Null));
        }
        let answer = BASE64.decode(&answer).ok()?;
        let opened = cipher
            .decrypt(&Nonce::<U16>::from(iv.map(|byte| !byte)), answer.as_slice())
            .ok()?;
        Some((status, serde_json::from_slice(&opened).ok()?))
    }
}

/// The key that an office uploads; `None` for anything but RSA of 2048 bits.
pub(crate) fn read_public_key(pem: &str) -> Option<RsaPublicKey> {
    use rsa::traits::PublicKeyParts;
    let key = RsaPublicKey::from_public_key_pem(pem.trim()).ok()?;
    (key.size() == 256).then_some(key)
}

/// The emulator's chance as a library wants it. What it closes are made-up people's made-up words.
#[derive(Clone, Copy)]
struct FormChance<'a>(&'a Chance);

impl FormChance<'_> {
    fn block(self) -> [u8; 16] {
        let [one, two] = [self.0.next().to_be_bytes(), self.0.next().to_be_bytes()];
        std::array::from_fn(|at| one.iter().chain(&two).nth(at).copied().unwrap_or_default())
    }
}

impl TryRng for FormChance<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let [.., a, b, c, d] = self.0.next().to_be_bytes();
        Ok(u32::from_be_bytes([a, b, c, d]))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.0.next())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            for (byte, new) in chunk.iter_mut().zip(self.0.next().to_be_bytes()) {
                *byte = new;
            }
        }
        Ok(())
    }
}

impl TryCryptoRng for FormChance<'_> {}
