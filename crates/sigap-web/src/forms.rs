//! The endpoint of forms inside the chat (Flows): signature over the raw bytes, envelope, token, then the steps of the form. What it answers
//! travels under the key of the request; nothing of it is logged but kinds and counts.
//!
//! Each form is a file beside this one with two functions: `open` gives its first screen, `go_on` what follows a screen.

mod booking;
mod feedback;
mod intake;

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sigap_actions::fill_form::Filler;
use sigap_actions::ports::Chance;
use sigap_core::ids::OfficeId;
use sigap_core::message::FormName;
use sigap_whatsapp::endpoint::envelope::{EndpointKey, NotOpened, Opened};
use sigap_whatsapp::endpoint::token::{FormToken, FormTokenKey};
use sigap_whatsapp::endpoint::{Action, Answer, Request};
use sigap_whatsapp::signature;
use tokio::sync::Semaphore;

use crate::pages::Words;
use crate::routes::AppState;

/// Bytes of a request: five people, a text of 600 characters, and the envelope around them.
pub(crate) const REQUEST_BYTES_MAX: usize = 64 * 1024;
/// Requests that are opened at once; each costs a private-key operation. More are turned away, and the phone tries again.
const AT_ONCE_MAX: usize = 32;
/// How long an answer may take: Meta gives up after ten seconds (unverified), and a late answer is counted against us.
const ANSWER_WITHIN: Duration = Duration::from_secs(8);
/// A phone must fetch our public key anew.
const KEY_IS_OLD: u16 = 421;
/// The signature is wrong (Meta, flows, error codes).
const SIGNATURE_IS_WRONG: u16 = 432;

/// What the endpoint needs beside the use cases.
pub struct FormDoor {
    key: Arc<EndpointKey>,
    tokens: FormTokenKey,
    chance: Arc<dyn Chance>,
    permits: Semaphore,
}

impl FormDoor {
    /// With the private key of the endpoint, the key of the tokens, and chance for each request.
    #[must_use]
    pub fn new(key: EndpointKey, tokens: FormTokenKey, chance: Arc<dyn Chance>) -> Self {
        Self {
            key: Arc::new(key),
            tokens,
            chance,
            permits: Semaphore::new(AT_ONCE_MAX),
        }
    }
}

/// One form that is being filled in, as its steps see it.
struct Filling<'a> {
    state: &'a AppState,
    words: Words<'a>,
    office: OfficeId,
    filler: Filler,
    request: &'a Request,
}

impl Filling<'_> {
    /// The words of `form.{name}`.
    fn say(&self, name: &str) -> String {
        self.words.key(&format!("form.{name}"), &[])
    }
}

/// A step that could not be made by our fault.
struct NotMade;

impl NotMade {
    fn by(fault: impl std::fmt::Display) -> Self {
        tracing::error!(%fault, "a step of a form could not be made");
        Self
    }
}

/// `POST /webhooks/whatsapp/flow`.
///
/// 200 with the next screen; 421 for an envelope that is not for our key, 427 for a form that is over, 432 for a wrong signature; 400 for what is
/// no request, 503 when something of ours failed or is busy.
pub(crate) async fn receive(State(state): State<AppState>, headers: HeaderMap, body: Bytes) -> Response {
    let Ok(response) = tokio::time::timeout(ANSWER_WITHIN, receive_signed(&state, &headers, &body)).await else {
        tracing::error!("a form was not answered in time");
        state.metrics.count_webhook("form_late");
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let (response, outcome) = response;
    state.metrics.count_webhook(outcome);
    response
}

async fn receive_signed(state: &AppState, headers: &HeaderMap, body: &Bytes) -> (Response, &'static str) {
    let signature = headers
        .get(signature::HEADER)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if !state.signature.verify(signature, body) {
        return (bare(SIGNATURE_IS_WRONG), "form_bad_signature");
    }
    let Some(door) = &state.forms else {
        return (StatusCode::NOT_FOUND.into_response(), "form_without_key");
    };
    let Ok(_permit) = door.permits.try_acquire() else {
        return (StatusCode::SERVICE_UNAVAILABLE.into_response(), "form_busy");
    };
    let opened = match open(door, body.clone()).await {
        Ok(opened) => opened,
        Err(Some(NotOpened::WrongKey)) => return (bare(KEY_IS_OLD), "form_wrong_key"),
        Err(Some(NotOpened::Unreadable)) => return (StatusCode::BAD_REQUEST.into_response(), "form_unreadable"),
        Err(None) => return (StatusCode::SERVICE_UNAVAILABLE.into_response(), "form_not_made"),
    };
    let Some(request) = Request::read(&opened.body) else {
        return (StatusCode::BAD_REQUEST.into_response(), "form_unreadable");
    };
    match answer(state, door, &request).await {
        Ok(answer) => (close(opened, &answer), "form_ok"),
        Err(NotMade) => (StatusCode::SERVICE_UNAVAILABLE.into_response(), "form_not_made"),
    }
}

/// Opens the envelope, away from the threads that serve: it takes a millisecond or two of the processor.
async fn open(door: &FormDoor, body: Bytes) -> Result<Opened, Option<NotOpened>> {
    let mut seed = [0; 32];
    door.chance.fill(&mut seed).map_err(|_| None)?;
    let key = Arc::clone(&door.key);
    let opened = tokio::task::spawn_blocking(move || key.open(&body, seed)).await;
    opened.map_err(|_| None)?.map_err(Some)
}

fn close(opened: Opened, answer: &Answer) -> Response {
    let text = answer.to_wire().to_string();
    let Some(closed) = opened.reply.close(text.as_bytes()) else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let status = StatusCode::from_u16(answer.status()).unwrap_or(StatusCode::OK);
    (status, [(header::CONTENT_TYPE, "text/plain")], closed).into_response()
}

fn bare(status: u16) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    status.into_response()
}

async fn answer(state: &AppState, door: &FormDoor, request: &Request) -> Result<Answer, NotMade> {
    match request.action {
        Action::Ping => return Ok(Answer::Active),
        Action::Failed => {
            tracing::warn!(kind = request.failure(), "a phone could not show a screen of a form");
            state.metrics.count_webhook("form_failed_on_phone");
            return Ok(Answer::Acknowledged);
        }
        Action::Open | Action::Back | Action::Exchange => {}
    }
    let Some(token) = door.tokens.read(&request.token) else {
        // Whose it was is not known, so neither is the language.
        return Ok(Answer::Over(
            "Formulir ini tidak berlaku lagi. This form is not valid any more.".into(),
        ));
    };
    let FormToken {
        office,
        person,
        number,
        message,
        form,
        language,
        until,
    } = token;
    let content = state.service.content();
    // A number that has moved to another office takes its old forms with it nowhere.
    let known = content
        .office(office)
        .filter(|_| state.numbers.office(&number) == Some(office));
    let Some(known) = known else {
        return Ok(Answer::Over(
            "Formulir ini tidak berlaku lagi. This form is not valid any more.".into(),
        ));
    };
    let filling = Filling {
        state,
        words: Words::new(content, known, language),
        office,
        filler: Filler {
            person,
            number,
            message,
            until,
        },
        request,
    };
    let over = state.service.is_form_over(office, filling.filler.clone()).await;
    if over.map_err(NotMade::by)? {
        return Ok(Answer::Over(filling.say("over")));
    }
    match (form, request.action) {
        (FormName::Booking, Action::Exchange) => booking::go_on(&filling).await,
        (FormName::Booking, _) => Ok(booking::open(&filling, None)),
        (FormName::Feedback, Action::Exchange) => feedback::go_on(&filling).await,
        (FormName::Feedback, _) => Ok(feedback::open(None)),
        (FormName::Intake, Action::Exchange) => intake::go_on(&filling).await,
        (FormName::Intake, _) => intake::open(&filling, None).await,
    }
}
