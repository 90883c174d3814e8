//! Reads the Graph API's answers: accepted, refused, or without meaning. Decides nothing further.

use std::time::Duration;

use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::Response;
use hyper::body::Incoming;
use hyper::header::{HeaderMap, RETRY_AFTER};
use serde_json::Value;

use super::{Answer, Broken, CallError};
use crate::errors::{Accepted, ApiError, SendOutcome};
use crate::wire::{List, Text, lenient};

/// Meta's header with the state of the account's call limits.
const USAGE_HEADER: &str = "x-business-use-case-usage";

lenient! {
    /// The answer to a message.
    struct MessageAnswer {
        "contacts" => contacts: List<AnswerContact<'a>>,
        "messages" => messages: List<AnswerMessage<'a>>,
    }
}

lenient! {
    /// Whom Meta took the recipient for.
    struct AnswerContact {
        "wa_id" => wa_id: Text<'a>,
        "user_id" => user_id: Text<'a>,
    }
}

lenient! {
    /// The message's id.
    struct AnswerMessage {
        "id" => id: Text<'a>,
        "message_status" => status: Text<'a>,
    }
}

/// Reads an answer to its end, within a bound.
pub(super) async fn read(response: Response<Incoming>, bytes_max: usize) -> Result<Answer, Broken> {
    let (head, body) = response.into_parts();
    let body = Limited::new(body, bytes_max).collect().await.map_err(|error| {
        if error.is::<LengthLimitError>() {
            Broken::TooLarge
        } else {
            Broken::NoAnswer
        }
    })?;
    Ok(Answer {
        status: head.status,
        headers: head.headers,
        body: body.to_bytes(),
    })
}

/// What an answer to a message means.
pub(super) fn to_outcome(answer: &Answer) -> SendOutcome {
    if let Some(error) = refusal(answer) {
        return SendOutcome::Refused(error);
    }
    if !answer.status.is_success() {
        // A server error without a code: the message may have been taken before the fault.
        return SendOutcome::Unknown;
    }
    let read: MessageAnswer<'_> = serde_json::from_slice(&answer.body).unwrap_or_default();
    let message = read.messages.0.first();
    let Some(wamid) = message.and_then(|message| message.id.owned()) else {
        return SendOutcome::Unknown;
    };
    let contact = read.contacts.0.first();
    SendOutcome::Accepted(Accepted {
        wamid,
        recipient_phone: contact.and_then(|contact| contact.wa_id.owned()),
        recipient_bsuid: contact.and_then(|contact| contact.user_id.owned()),
        message_status: message.and_then(|message| message.status.owned()),
    })
}

/// The JSON of a successful answer of any other call.
pub(super) fn to_success(answer: &Answer) -> Result<Value, CallError> {
    if let Some(error) = refusal(answer) {
        return Err(CallError::Refused(error));
    }
    if !answer.status.is_success() {
        return Err(CallError::NoAnswer);
    }
    serde_json::from_slice(&answer.body).map_err(|_| CallError::NoAnswer)
}

/// The refusal in an answer: an error object under any status, or a client error without one.
pub(super) fn refusal(answer: &Answer) -> Option<ApiError> {
    let mut error = match ApiError::from_response(&answer.body) {
        Some(error) => error,
        None if answer.status.is_client_error() || answer.status.is_redirection() => {
            ApiError::unreadable(answer.status.as_u16() == 429)
        }
        None => return None,
    };
    error.retry_after = retry_after(&answer.headers);
    Some(error)
}

/// How long Meta asks to wait: the longer of its two ways of saying so.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    /// No wish of Meta's is honoured for longer than a day.
    const MOST: Duration = Duration::from_secs(24 * 60 * 60);
    let seconds = headers
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.trim().parse().ok())
        .map(Duration::from_secs);
    let usage = headers
        .get(USAGE_HEADER)
        .and_then(|value| serde_json::from_slice::<Value>(value.as_bytes()).ok())
        .and_then(|usage| minutes_to_regain_access(&usage))
        .filter(|&minutes| minutes > 0)
        .map(|minutes| Duration::from_secs(minutes.saturating_mul(60)));
    seconds.max(usage).map(|wait| wait.min(MOST))
}

/// `{"WABA": [{"type": …, "estimated_time_to_regain_access": MINUTES}]}`.
fn minutes_to_regain_access(usage: &Value) -> Option<u64> {
    usage
        .as_object()?
        .values()
        .filter_map(Value::as_array)
        .flatten()
        .filter_map(|entry| entry.get("estimated_time_to_regain_access")?.as_u64())
        .max()
}
