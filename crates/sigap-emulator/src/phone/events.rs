//! The live line of an open phone: the whole state first, then every change.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::http::HeaderValue;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde_json::{Value, json};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::Which;
use crate::bubble::{Side, Tick};
use crate::chats::ChatKey;
use crate::emulator::{ChatChange, ChatEvent, Emulator};

/// Comments that keep proxies from cutting the line.
const PULSE: Duration = Duration::from_secs(20);

struct Line {
    emulator: Emulator,
    key: ChatKey,
    events: Receiver<Arc<ChatEvent>>,
    count: u64,
}

/// `GET /phone/events?person=…&number=…`.
pub(super) async fn stream(State(emulator): State<Emulator>, Query(which): Query<Which>) -> Response {
    let (Some(person), Some(number)) = (emulator.person(&which.person), emulator.number_index(&which.number)) else {
        return axum::http::StatusCode::NOT_FOUND.into_response();
    };
    let line = Line {
        key: ChatKey {
            person: person.id.clone(),
            number,
        },
        // Listening begins before the state is read, so that nothing falls between the two.
        events: emulator.inner.events.subscribe(),
        emulator,
        count: 0,
    };
    let events = stream::unfold(line, |mut line| async move {
        let event = line.next().await?;
        Some((Ok::<_, Infallible>(event), line))
    });
    let mut response = Sse::new(events)
        .keep_alive(KeepAlive::new().interval(PULSE))
        .into_response();
    response
        .headers_mut()
        .insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

/// `GET /phone/wire`: what travelled last, and the trouble that still waits.
pub(super) async fn wire(State(emulator): State<Emulator>) -> Response {
    axum::Json(json!({ "wire": emulator.wire(), "faults": emulator.faults().waiting() })).into_response()
}

impl Line {
    async fn next(&mut self) -> Option<Event> {
        let (name, data) = if self.count == 0 {
            ("state", self.emulator.phone_state(&self.key))
        } else {
            loop {
                match self.events.recv().await {
                    Ok(event) if event.person == self.key.person && event.number == self.key.number => {
                        break self.change(&event.change);
                    }
                    Ok(_) => {}
                    // Too slow to see every change: look at everything again.
                    Err(RecvError::Lagged(_)) => {
                        break ("state", self.emulator.phone_state(&self.key));
                    }
                    Err(RecvError::Closed) => return None,
                }
            }
        };
        self.count += 1;
        let event = Event::default()
            .event(name)
            .id(self.count.to_string())
            .data(data.to_string());
        Some(if self.count == 1 {
            event.retry(Duration::from_secs(3))
        } else {
            event
        })
    }

    fn change(&self, change: &ChatChange) -> (&'static str, Value) {
        match change {
            ChatChange::Bubble(bubble) => (
                "bubble",
                json!({ "bubble": bubble, "month": self.emulator.month_of(self.key.number) }),
            ),
            ChatChange::Typing(until) => ("typing", json!({ "until": until, "now": self.emulator.now() })),
            ChatChange::Everything => ("state", self.emulator.phone_state(&self.key)),
        }
    }
}

impl Emulator {
    /// Everything an open phone shows.
    fn phone_state(&self, key: &ChatKey) -> Value {
        let now = self.now();
        let is_offline = self.is_offline(&key.person);
        let (mut bubbles, typing, window_is_open) = self.inner.chats.with(key, now, |chat| {
            let bubbles: Vec<_> = chat.bubbles.iter().cloned().collect();
            (
                bubbles,
                chat.typing_until.filter(|until| *until > now),
                chat.window_is_open(now),
            )
        });
        if is_offline {
            // What did not arrive cannot be seen.
            bubbles.retain(|bubble| bubble.side == Side::Person || bubble.tick > Tick::Sent);
        }
        json!({
            "bubbles": bubbles,
            "typing": typing,
            "now": now,
            "online": !is_offline,
            "window_open": window_is_open,
            "month": self.month_of(key.number),
            "faults": self.faults().waiting(),
            "wire": self.wire(),
        })
    }

    fn wire(&self) -> Value {
        json!({ "api": self.inner.wire_log.last("api"), "webhook": self.inner.wire_log.last("webhook") })
    }
}
