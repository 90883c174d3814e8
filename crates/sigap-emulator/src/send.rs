//! What happens to a send: trouble first, then the token, the form, the paces, acceptance, and the statuses to come.

use std::sync::atomic::Ordering;

use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::bubble::{Bubble, BubbleContent, ChoiceItem, Side, Tick};
use crate::chats::ChatKey;
use crate::check::{Address, Outgoing, Request, check};
use crate::config::{Record, Statuses};
use crate::deliver::later;
use crate::emulator::{ChatChange, Emulator, Number};
use crate::faults::{FaultKind, StatusWord};
use crate::graph::error::GraphError;
use crate::limits::TYPING_SECONDS;
use crate::lock::lock;
use crate::person::Person;
use crate::statuses::{Pricing, StatusUpdate};
use crate::wire_log::Exchange;

/// A message that was accepted.
#[derive(Debug, Clone)]
pub struct Accepted {
    /// The id it was given.
    pub wamid: String,
    /// Which of our numbers sent it.
    pub phone_number_id: String,
    /// The person's id, or a stranger's address.
    pub recipient: String,
    /// What the caller asked to be told back.
    pub callback: Option<String>,
    /// When it was accepted.
    pub at: Timestamp,
    /// The body as it came.
    pub body: Value,
}

#[derive(Serialize)]
struct Answer<'a> {
    messaging_product: &'static str,
    contacts: [AnswerContact<'a>; 1],
    messages: [AnswerMessage<'a>; 1],
}

#[derive(Serialize)]
struct AnswerContact<'a> {
    input: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    wa_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_id: Option<&'a str>,
}

#[derive(Serialize)]
struct AnswerMessage<'a> {
    id: &'a str,
}

/// How a send ended.
type Outcome = Result<Vec<u8>, GraphError>;

impl Emulator {
    /// Answers `POST /{version}/{phone-number-id}/messages`.
    pub(crate) async fn answer_send(&self, phone_number_id: &str, authorized: bool, body: &[u8]) -> Response {
        let faults = &self.inner.faults;
        let request = check(body);
        // Trouble is for messages: the blue tick before a reply must not use it up.
        let is_message = !matches!(request, Ok(Request::MarkRead { .. }));
        let person = self.addressee(phone_number_id, &request);
        let before = faults.strike(&self.inner.chance, person.as_deref(), phone_number_id, |kind| {
            is_message
                && matches!(
                    kind,
                    FaultKind::RefuseWithCode { .. }
                        | FaultKind::HttpStatus { .. }
                        | FaultKind::SilentBeforeAccept
                        | FaultKind::ResetBeforeAccept
                )
        });
        let outcome = match before {
            Some(FaultKind::SilentBeforeAccept) => return std::future::pending().await,
            Some(FaultKind::ResetBeforeAccept) => return broken_connection(),
            Some(FaultKind::HttpStatus { status }) => {
                self.inner.counters.refused.fetch_add(1, Ordering::Relaxed);
                return StatusCode::from_u16(status)
                    .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
                    .into_response();
            }
            Some(FaultKind::RefuseWithCode { code }) => Err(GraphError::new(code, "Scripted by the emulator")),
            _ => self.handle(phone_number_id, authorized, request, body),
        };
        if self.remembers_everything() {
            self.log_exchange(body, &outcome);
        }
        match outcome {
            Err(error) => {
                self.inner.counters.refused.fetch_add(1, Ordering::Relaxed);
                error.into_response()
            }
            Ok(answer) => {
                let after = faults.strike(&self.inner.chance, person.as_deref(), phone_number_id, |kind| {
                    is_message && matches!(kind, FaultKind::SilentAfterAccept | FaultKind::ResetAfterAccept)
                });
                match after {
                    Some(FaultKind::SilentAfterAccept) => std::future::pending().await,
                    Some(_) => broken_connection(),
                    None => ([(header::CONTENT_TYPE, "application/json")], answer).into_response(),
                }
            }
        }
    }

    /// Whom trouble may be meant for; not looked up while there is none.
    fn addressee(&self, phone_number_id: &str, request: &Result<Request, GraphError>) -> Option<String> {
        let Ok(Request::Send(outgoing)) = request else {
            return None;
        };
        if self.inner.faults.is_empty() {
            return None;
        }
        let number = self.inner.numbers.get(self.number_index(phone_number_id)?)?;
        let digits = digits_of(&outgoing.to, number);
        Some(self.person(&digits).map_or(digits, |person| person.id.clone()))
    }

    fn log_exchange(&self, body: &[u8], outcome: &Outcome) {
        let (status, response) = match outcome {
            Ok(answer) => (200, String::from_utf8_lossy(answer).into_owned()),
            Err(error) => (error.status().as_u16(), error.body().to_string()),
        };
        self.inner.wire_log.push(Exchange {
            direction: "api",
            at: self.now(),
            request: String::from_utf8_lossy(body).into_owned(),
            status,
            response,
        });
    }

    fn handle(
        &self,
        phone_number_id: &str,
        authorized: bool,
        request: Result<Request, GraphError>,
        body: &[u8],
    ) -> Outcome {
        if !authorized {
            return Err(GraphError::token());
        }
        let place = self
            .number_index(phone_number_id)
            .ok_or_else(|| GraphError::no_such_object(phone_number_id))?;
        let number = self
            .inner
            .numbers
            .get(place)
            .ok_or_else(|| GraphError::no_such_object(phone_number_id))?;
        match request? {
            Request::MarkRead { message_id, typing } => self.mark_read(place, &message_id, typing),
            Request::Send(outgoing) => self.accept(place, number, *outgoing, body),
        }
    }

    fn mark_read(&self, number: usize, message_id: &str, typing: bool) -> Outcome {
        if self.remembers_everything() {
            let now = self.now();
            let key = self
                .inner
                .chats
                .holding(message_id, number)
                .ok_or_else(|| GraphError::value("Message ID is invalid"))?;
            let until = later(now, std::time::Duration::from_secs(TYPING_SECONDS as u64));
            let changed = self.inner.chats.with(&key, now, |chat| {
                if typing {
                    chat.typing_until = Some(until);
                }
                chat.mark_read(message_id)
            });
            for bubble in changed.ok_or_else(|| GraphError::value("Message ID is invalid"))? {
                self.tell(&key, ChatChange::Bubble(Box::new(bubble)));
            }
            if typing {
                self.tell(&key, ChatChange::Typing(until));
            }
        }
        Ok(br#"{"success":true}"#.to_vec())
    }

    fn accept(&self, place: usize, number: &Number, mut outgoing: Outgoing, body: &[u8]) -> Outcome {
        let now = self.now();
        let rules = self.inner.config.rules;
        if rules.rates && !lock(&number.bucket).take(now) {
            return Err(GraphError::new(
                130_429,
                "Cloud API message throughput has been reached",
            ));
        }
        let digits = digits_of(&outgoing.to, number);
        if digits == number.config.display_phone_number {
            return Err(GraphError::new(
                131_021,
                "Sender and recipient phone number is the same",
            ));
        }
        let template_category = self.fill_template(number, &mut outgoing)?;
        if let BubbleContent::Media { media_id: Some(id), .. } = &outgoing.content
            && self.inner.media.get(id).is_none()
        {
            return Err(GraphError::parameter(format!(
                "{id} is not a valid whatsapp business account media attachment ID"
            )));
        }
        if let BubbleContent::Flow { form, .. } = &mut outgoing.content {
            self.inner.flows.settle(&number.config.waba_id, form)?;
        }
        let person = self.person(&digits);
        if person.is_none() && matches!(outgoing.to, Address::UserId(_)) && rules.known_recipients {
            return Err(GraphError::value("Invalid business-scoped user id"));
        }
        let chat = ChatKey {
            person: person.as_ref().map_or_else(|| digits.clone(), |p| p.id.clone()),
            number: place,
        };
        // Without rules there is nothing to remember of a chat, and a load run may have a million of them.
        let (has_pace, window_is_open) = if rules.rates || rules.window {
            self.inner
                .chats
                .with(&chat, now, |chat| (chat.pair.take(now), chat.window_is_open(now)))
        } else {
            (true, true)
        };
        if rules.rates && !has_pace {
            return Err(GraphError::new(
                131_056,
                "Too many messages sent from the sender to the same recipient",
            ));
        }
        let failure = if person.is_none() && rules.known_recipients {
            Some(131_026)
        } else if rules.window && !window_is_open && outgoing.template.is_none() {
            Some(131_047)
        } else {
            match self.inner.faults.strike(
                &self.inner.chance,
                Some(&chat.person),
                &number.config.phone_number_id,
                |k| matches!(k, FaultKind::FailWithCode { .. }),
            ) {
                Some(FaultKind::FailWithCode { code }) => Some(code),
                _ => None,
            }
        };

        let wamid = self.new_wamid(&digits, false);
        let input = outgoing.to.as_written().to_owned();
        let by_user_id = matches!(outgoing.to, Address::UserId(_));
        self.inner.counters.accepted.fetch_add(1, Ordering::Relaxed);
        if self.inner.config.record != Record::Totals {
            self.inner
                .counters
                .count_accepted(outgoing.callback.as_deref(), &chat.person);
        }
        if self.remembers_everything() {
            self.remember_accepted(Accepted {
                wamid: wamid.clone(),
                phone_number_id: number.config.phone_number_id.clone(),
                recipient: chat.person.clone(),
                callback: outgoing.callback.clone(),
                at: now,
                body: serde_json::from_slice(body).unwrap_or_default(),
            });
        }
        let update = StatusUpdate {
            chat,
            wamid: wamid.clone(),
            word: StatusWord::Failed,
            at: now,
            recipient_id: recipient_id(person.as_deref(), by_user_id, &digits),
            recipient_user_id: person
                .as_ref()
                .map(|p| p.user_id.clone())
                .or_else(|| by_user_id.then(|| digits.clone())),
            callback: outgoing.callback.clone(),
            pricing: None,
            error: failure,
        };
        self.show_and_report(number, outgoing, update, template_category);

        let answer = Answer {
            messaging_product: "whatsapp",
            contacts: [AnswerContact {
                input: &input,
                wa_id: (!by_user_id).then_some(digits.as_str()),
                user_id: by_user_id.then_some(digits.as_str()),
            }],
            messages: [AnswerMessage { id: &wamid }],
        };
        serde_json::to_vec(&answer).map_err(|_| GraphError::new(131_000, "the answer could not be written"))
    }

    /// Puts the message on the phone and its statuses on their way.
    fn show_and_report(
        &self,
        number: &Number,
        outgoing: Outgoing,
        mut update: StatusUpdate,
        template_category: Option<&'static str>,
    ) {
        let now = update.at;
        let timing = self.inner.config.timing;
        let wants = self.inner.config.statuses;
        let arrives = update.error.is_none();
        let billed = arrives.then(|| match template_category {
            Some(_) => true,
            None => outgoing.reaction.is_none() && self.count_service_message(number),
        });
        if self.remembers_everything() && arrives {
            self.show(&update, outgoing, billed);
        }
        if !arrives {
            if wants != Statuses::None {
                self.report(later(now, timing.sent), update, number);
            }
            return;
        }
        update.pricing = Some(match template_category {
            Some(category) => Pricing::template(category),
            None => Pricing::service(billed.unwrap_or_default()),
        });
        let mut steps = vec![(StatusWord::Sent, later(now, timing.sent))];
        if wants == Statuses::All {
            steps.push((StatusWord::Delivered, later(now, timing.delivered)));
            steps.push((StatusWord::Read, later(now, timing.read)));
        }
        if wants == Statuses::None {
            return;
        }
        let strike = |fits: &dyn Fn(&FaultKind) -> bool| {
            self.inner.faults.strike(
                &self.inner.chance,
                Some(&update.chat.person),
                &number.config.phone_number_id,
                fits,
            )
        };
        while let Some(FaultKind::DropStatus { status }) = strike(
            &|kind| matches!(kind, FaultKind::DropStatus { status } if steps.iter().any(|(word, _)| word == status)),
        ) {
            steps.retain(|(word, _)| *word != status);
        }
        let mut dues: Vec<Timestamp> = steps.iter().map(|(_, due)| *due).collect();
        if steps.len() > 1 && strike(&|kind| *kind == FaultKind::OutOfOrder).is_some() {
            steps.reverse();
            // Their own times stay true; only their arrival is turned round.
            dues.sort();
        }
        let is_offline = wants == Statuses::All && self.is_offline(&update.chat.person);
        for ((word, at), due) in steps.into_iter().zip(dues) {
            let mut step = StatusUpdate {
                word,
                at,
                ..update.clone()
            };
            if word == StatusWord::Read {
                step.pricing = None;
            }
            if is_offline && word != StatusWord::Sent {
                self.inner
                    .chats
                    .with(&step.chat.clone(), now, |chat| chat.held.push(step));
            } else {
                self.report(due, step, number);
            }
        }
    }

    /// Queues a status, late or twice when trouble says so.
    fn report(&self, due: Timestamp, update: StatusUpdate, number: &Number) {
        let due = self.delayed(due, &update.chat.person, &number.config.phone_number_id);
        if self.is_doubled(&update.chat.person, &number.config.phone_number_id) {
            self.inner.parcels.push_status(due, update.clone());
        }
        self.inner.parcels.push_status(due, update);
    }

    /// When a webhook comes, after trouble had its say.
    pub(crate) fn delayed(&self, due: Timestamp, person: &str, number: &str) -> Timestamp {
        match self
            .inner
            .faults
            .strike(&self.inner.chance, Some(person), number, |kind| {
                matches!(kind, FaultKind::DelayWebhook { .. })
            }) {
            Some(FaultKind::DelayWebhook { seconds }) => later(due, std::time::Duration::from_secs(seconds.into())),
            _ => due,
        }
    }

    /// Whether a webhook comes twice.
    pub(crate) fn is_doubled(&self, person: &str, number: &str) -> bool {
        self.inner
            .faults
            .strike(&self.inner.chance, Some(person), number, |kind| {
                *kind == FaultKind::DuplicateWebhook
            })
            .is_some()
    }

    fn show(&self, update: &StatusUpdate, outgoing: Outgoing, billed: Option<bool>) {
        let now = update.at;
        let changed = self.inner.chats.with(&update.chat, now, |chat| {
            chat.typing_until = None;
            if let Some((message_id, emoji)) = outgoing.reaction {
                let bubble = chat.bubble(&message_id)?;
                bubble.reaction = emoji;
                return Some(bubble.clone());
            }
            let bubble = Bubble {
                id: update.wamid.clone(),
                side: Side::Office,
                at: now,
                tick: Tick::Sent,
                content: outgoing.content,
                quoted: outgoing.quoted,
                reaction: None,
                edited: false,
                billed,
                callback: outgoing.callback,
            };
            chat.push(bubble.clone());
            Some(bubble)
        });
        if let Some(bubble) = changed
            && !self.is_offline(&update.chat.person)
        {
            self.tell(&update.chat, ChatChange::Bubble(Box::new(bubble)));
        }
    }

    /// Looks the template up and fills its words in; returns what it is charged as.
    fn fill_template(&self, number: &Number, outgoing: &mut Outgoing) -> Result<Option<&'static str>, GraphError> {
        let Some(wanted) = &outgoing.template else {
            return Ok(None);
        };
        let account = &number.config.waba_id;
        let found = self.inner.templates.find(account, &wanted.name, &wanted.language);
        let template = found.ok_or_else(|| {
            GraphError::new(
                132_001,
                format!("template name ({}) does not exist in {}", wanted.name, wanted.language),
            )
        })?;
        match template.status(self.now()) {
            "APPROVED" => {}
            "PAUSED" => return Err(GraphError::new(132_015, "Template is paused due to low quality")),
            "DISABLED" => return Err(GraphError::new(132_016, "Template is disabled")),
            status => {
                let details = format!("template name ({}) is {status} in {}", wanted.name, wanted.language);
                return Err(GraphError::new(132_001, details));
            }
        }
        let places = (1..)
            .take_while(|n| template.body().contains(&format!("{{{{{n}}}}}")))
            .count();
        if places != wanted.parameters.len() {
            return Err(GraphError::new(
                132_000,
                format!(
                    "number of parameters ({}) does not match the expected ({places})",
                    wanted.parameters.len()
                ),
            ));
        }
        let mut body = template.body().to_owned();
        for (place, words) in wanted.parameters.iter().enumerate() {
            body = body.replace(&format!("{{{{{}}}}}", place + 1), words);
        }
        if template.category == "AUTHENTICATION" && matches!(outgoing.to, Address::UserId(_)) {
            return Err(GraphError::new(131_062, "Authentication templates need a phone number"));
        }
        let titles = template.buttons();
        if wanted.payloads.iter().any(|(place, _)| *place >= titles.len()) {
            return Err(GraphError::new(132_000, "The template has fewer buttons"));
        }
        let payload = |place: usize| wanted.payloads.iter().find(|(known, _)| *known == place);
        let buttons = titles.into_iter().enumerate().map(|(place, title)| ChoiceItem {
            // Without a payload the words come back.
            id: payload(place).map_or_else(|| title.clone(), |(_, payload)| payload.clone()),
            title,
            description: None,
        });
        let buttons = buttons.collect();
        outgoing.content = BubbleContent::Template {
            name: template.name.clone(),
            body,
            buttons,
        };
        Ok(Some(match template.category.as_str() {
            "AUTHENTICATION" => "authentication",
            "MARKETING" => "marketing",
            _ => "utility",
        }))
    }
}

/// The key under which the directory knows an address.
fn digits_of(address: &Address, number: &Number) -> String {
    match address {
        Address::Phone(text) => international(text, &number.config.display_phone_number),
        Address::UserId(id) => id.clone(),
    }
}

/// Digits with country code. Without a plus, Meta puts the business's own country in front.
fn international(to: &str, business: &str) -> String {
    let digits: String = to.chars().filter(char::is_ascii_digit).collect();
    let country = business.get(..2).unwrap_or_default();
    if to.trim_start().starts_with('+') || digits.starts_with(country) {
        digits
    } else {
        format!("{country}{digits}")
    }
}

/// The number as statuses tell it: only when the person shows it, or when the message was sent to it.
fn recipient_id(person: Option<&Person>, by_user_id: bool, digits: &str) -> Option<String> {
    match person {
        Some(person) if person.shows_phone => Some(person.phone.clone()),
        _ => (!by_user_id).then(|| digits.to_owned()),
    }
}

/// An answer whose promised body never comes: the server closes the connection and the caller cannot know why.
fn broken_connection() -> Response {
    let broken = futures_util::stream::once(async { Err::<bytes::Bytes, _>(std::io::Error::other("scripted")) });
    let mut response = Response::new(Body::from_stream(broken));
    response
        .headers_mut()
        .insert(header::CONTENT_LENGTH, header::HeaderValue::from_static("200"));
    response
}
