//! Meta's webhook: signature over the raw bytes, then every message and status of the batch, then 200 after the commit.

use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use futures_util::future::join_all;
use secrecy::ExposeSecret;
use sigap_actions::receive_message::Received;
use sigap_core::ids::OfficeId;
use sigap_whatsapp::inbound::{EventKind, WebhookEvent, parse};
use sigap_whatsapp::signature::token_matches;

use crate::routes::AppState;

mod status;
mod template;

/// The office of parts that belong to none of ours.
const NO_OFFICE: OfficeId = OfficeId(0);

/// The query of Meta's verification.
#[derive(Debug, Default)]
pub(crate) struct Verification {
    mode: String,
    token: String,
    challenge: String,
}

impl Verification {
    fn from_pairs(pairs: Vec<(String, String)>) -> Self {
        let mut verification = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "hub.mode" => verification.mode = value,
                "hub.verify_token" => verification.token = value,
                "hub.challenge" => verification.challenge = value,
                _ => {}
            }
        }
        verification
    }
}

/// `GET /webhooks/whatsapp`: the raw challenge when the token is right, else 403.
pub(crate) async fn verify(
    State(state): State<AppState>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> impl IntoResponse {
    let verification = Verification::from_pairs(pairs);
    if verification.mode == "subscribe" && token_matches(&verification.token, state.verify_token.expose_secret()) {
        (StatusCode::OK, verification.challenge)
    } else {
        (StatusCode::FORBIDDEN, String::new())
    }
}

/// `POST /webhooks/whatsapp`.
///
/// 200 after everything in the body is committed or was seen before; 401 for a wrong signature; 503 when something could
/// not be committed, so that Meta delivers the body again. A signed body that cannot be read is kept and answered with
/// 200: any other answer makes Meta repeat it for seven days.
pub(crate) async fn receive(State(state): State<AppState>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let started = state.clock.now();
    let (status, outcome) = receive_signed(&state, &headers, body).await;
    state.metrics.count_webhook(outcome);
    state
        .metrics
        .webhook_seconds
        .observe(state.clock.now().duration_since(started).as_secs_f64());
    status
}

async fn receive_signed(state: &AppState, headers: &HeaderMap, body: Bytes) -> (StatusCode, &'static str) {
    let signature = headers
        .get("x-hub-signature-256")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if !state.signature.verify(signature, &body) {
        return (StatusCode::UNAUTHORIZED, "bad_signature");
    }
    let Ok(webhook) = parse(&state.routing, &body) else {
        let raw = String::from_utf8_lossy(&body).into_owned();
        return match keep(state, NO_OFFICE, "unreadable_body", raw).await {
            Ok(()) => (StatusCode::OK, "unreadable"),
            Err(NotCommitted) => (StatusCode::SERVICE_UNAVAILABLE, "not_committed"),
        };
    };
    // All parts are queued in their order before the first is waited for: one commit carries many of them.
    let parts = join_all(webhook.events.into_iter().map(|event| receive_event(state, event))).await;
    if parts.iter().any(Result::is_err) {
        return (StatusCode::SERVICE_UNAVAILABLE, "not_committed");
    }
    (StatusCode::OK, "ok")
}

/// Something was not committed; the log says what.
struct NotCommitted;

async fn receive_event(state: &AppState, event: WebhookEvent) -> Result<(), NotCommitted> {
    let WebhookEvent {
        phone_number_id,
        waba_id,
        raw,
        kind,
    } = event;
    let office = phone_number_id
        .as_deref()
        .and_then(|number| state.numbers.office(number));
    match kind {
        EventKind::Message(message) => {
            // An event of the account (a changed user id) names no number: it concerns every office.
            let Some(office) = office else {
                return receive_without_number(state, phone_number_id.is_some(), message, raw).await;
            };
            receive_message(state, office, message, raw).await
        }
        EventKind::Status(update) => match office {
            Some(office) => status::receive(state, office, phone_number_id.unwrap_or_default(), update).await,
            None => keep(state, NO_OFFICE, "unknown_number", raw).await,
        },
        EventKind::Template(update) => {
            template::receive(state, waba_id.unwrap_or_default(), update).await?;
            keep(state, office.unwrap_or(NO_OFFICE), "template", raw).await
        }
        other => {
            let name = other.name();
            if matches!(name, "account" | "number_quality" | "error") {
                tracing::warn!(
                    kind = name,
                    "Meta told something about the account; see docs/whatsapp.md"
                );
            }
            keep(state, office.unwrap_or(NO_OFFICE), name, raw).await
        }
    }
}

async fn receive_message(
    state: &AppState,
    office: OfficeId,
    message: sigap_core::inbound::InboundMessage,
    raw: String,
) -> Result<(), NotCommitted> {
    let mark = state
        .read_marks
        .as_ref()
        .map(|marks| (marks, message.number.clone(), message.message_id.clone()));
    match state.service.receive(office, message, raw).await {
        Ok(received) => {
            if let (Received::Answered(_), Some((marks, number, message_id))) = (&received, mark) {
                marks.mark_read(&number, &message_id);
            }
            if received == Received::HandedOver {
                state.hall_news.tell_cases(office);
            }
            state.metrics.count_message(match received {
                Received::Answered(_) => "answered",
                Received::HandedOver => "handed_over",
                Received::Silent => "silent",
                Received::Late => "late",
                Received::Seen => "seen",
                Received::Owed => "owed",
            });
            Ok(())
        }
        Err(fault) => {
            tracing::error!(office = office.0, %fault, "a message could not be kept; Meta will deliver it again");
            Err(NotCommitted)
        }
    }
}

async fn receive_without_number(
    state: &AppState,
    is_foreign_number: bool,
    message: sigap_core::inbound::InboundMessage,
    raw: String,
) -> Result<(), NotCommitted> {
    use sigap_core::inbound::Said;
    if let (
        false,
        Said::IdentityChanged {
            previous_bsuid,
            previous_phone,
            current,
        },
    ) = (is_foreign_number, &message.said)
    {
        let previous = sigap_core::person::Contact {
            bsuid: previous_bsuid.clone(),
            phone: previous_phone.clone(),
            ..Default::default()
        };
        for office in state.numbers.offices() {
            let moved = state
                .service
                .move_person(office, previous.clone(), current.clone())
                .await;
            moved.map_err(|_| NotCommitted)?;
        }
    }
    state.metrics.count_message("unknown_number");
    keep(state, NO_OFFICE, "unknown_number", raw).await
}

async fn keep(state: &AppState, office: OfficeId, reason: &'static str, raw: String) -> Result<(), NotCommitted> {
    state.metrics.count_kept(reason);
    state.service.keep_raw(office, reason, raw).await.map_err(|fault| {
        tracing::error!(%fault, reason, "a part of a webhook could not be kept");
        NotCommitted
    })
}
