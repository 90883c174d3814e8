//! What a program that talks to WhatsApp may rely on, and what may go wrong for it: every promise of the emulator.

mod accepts;
mod faults;
mod flows;
mod page;
mod persons;
mod rules;
mod templates;

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use axum::routing::post;
use bytes::Bytes;
use http_body_util::BodyExt;
use jiff::Timestamp;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::{Config, EmulatedNumber, Emulator, Said};

const NUMBER: &str = "100001";
const START: i64 = 1_796_000_000;

/// A webhook as it came: its signature and its bytes.
type Letter = (Option<String>, Bytes);

/// The program under test, reduced to its webhook: it keeps what came and answers as told.
#[derive(Clone, Default)]
struct Office {
    received: Arc<Mutex<Vec<Letter>>>,
    status: Arc<Mutex<Option<u16>>>,
}

impl Office {
    fn bodies(&self) -> Vec<Value> {
        self.received
            .lock()
            .unwrap()
            .iter()
            .map(|(_, body)| serde_json::from_slice(body).unwrap())
            .collect()
    }

    fn answers_with(&self, status: Option<u16>) {
        *self.status.lock().unwrap() = status;
    }

    /// Every status that came, as word, in order of arrival.
    fn statuses(&self) -> Vec<Value> {
        self.parts("statuses")
    }

    fn messages(&self) -> Vec<Value> {
        self.parts("messages")
    }

    fn parts(&self, name: &str) -> Vec<Value> {
        self.bodies()
            .iter()
            .flat_map(|body| {
                body["entry"][0]["changes"][0]["value"][name]
                    .as_array()
                    .cloned()
                    .unwrap_or_default()
            })
            .collect()
    }

    fn words(&self) -> Vec<String> {
        self.statuses()
            .iter()
            .map(|status| status["status"].as_str().unwrap().to_owned())
            .collect()
    }
}

/// An emulator with an office and a clock that stands until it is moved.
struct World {
    emulator: Emulator,
    office: Office,
    clock_ms: Arc<AtomicI64>,
}

impl World {
    async fn new() -> Self {
        Self::with(|_| {}).await
    }

    async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let office = Office::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let app = Router::new()
            .route("/webhook", post(receive).get(challenge))
            .with_state(office.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        let mut config = Config::new(
            format!("http://{address}/webhook"),
            vec![number(NUMBER), number("100002")],
        );
        config.graph_url = "http://graph.test".into();
        change(&mut config);
        let clock_ms = Arc::new(AtomicI64::new(START * 1000));
        let hand = Arc::clone(&clock_ms);
        let emulator = Emulator::new(
            config,
            Arc::new(move || Timestamp::from_millisecond(hand.load(Ordering::Relaxed)).unwrap()),
        );
        Self {
            emulator,
            office,
            clock_ms,
        }
    }

    fn pass(&self, seconds: i64) {
        self.clock_ms.fetch_add(seconds * 1000, Ordering::Relaxed);
    }

    fn says(&self, person: &str, words: &str) -> String {
        self.emulator
            .person_says(
                person,
                NUMBER,
                Said::Text {
                    body: words.into(),
                    quoted: None,
                },
            )
            .unwrap()
    }

    async fn request(&self, method: Method, path: &str, token: &str, body: Body, kind: &str) -> (StatusCode, Bytes) {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", kind)
            .body(body)
            .unwrap();
        let response = self.emulator.router().oneshot(request).await.unwrap();
        let status = response.status();
        (status, response.into_body().collect().await.unwrap().to_bytes())
    }

    async fn post(&self, body: Value) -> (StatusCode, Value) {
        let (status, bytes) = self
            .request(
                Method::POST,
                &format!("/v25.0/{NUMBER}/messages"),
                "emulator-access-token",
                Body::from(body.to_string()),
                "application/json",
            )
            .await;
        (status, serde_json::from_slice(&bytes).unwrap_or_default())
    }

    /// Posts and returns Meta's error code; 0 when it was accepted.
    async fn code(&self, body: Value) -> i64 {
        let (status, answer) = self.post(body).await;
        let code = answer["error"]["code"].as_i64().unwrap_or_default();
        assert_eq!(status.is_success(), code == 0, "{answer}");
        code
    }

    async fn sends(&self, words: &str, callback: &str) -> String {
        let mut body = text(words);
        body["biz_opaque_callback_data"] = json!(callback);
        let (status, answer) = self.post(body).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        answer["messages"][0]["id"].as_str().unwrap().to_owned()
    }
}

async fn receive(State(office): State<Office>, headers: HeaderMap, body: Bytes) -> StatusCode {
    if let Some(status) = *office.status.lock().unwrap() {
        return StatusCode::from_u16(status).unwrap();
    }
    let signature = headers
        .get("x-hub-signature-256")
        .map(|value| value.to_str().unwrap().to_owned());
    office.received.lock().unwrap().push((signature, body));
    StatusCode::OK
}

async fn challenge(uri: axum::http::Uri) -> String {
    let query = uri.query().unwrap_or_default();
    assert!(query.contains("hub.verify_token=emulator-verify-token"));
    query
        .split('&')
        .find_map(|pair| pair.strip_prefix("hub.challenge="))
        .unwrap_or_default()
        .to_owned()
}

fn number(id: &str) -> EmulatedNumber {
    EmulatedNumber {
        phone_number_id: id.into(),
        display_phone_number: "6281100009001".into(),
        waba_id: "200001".into(),
        office_name: "Kantor Imigrasi Jakarta Pusat".into(),
        office_slug: "jakarta-pusat".into(),
        messages_per_second: 80,
    }
}

/// A text for Sari.
fn text(words: &str) -> Value {
    message("text", json!({ "body": words }))
}

fn interactive(part: Value) -> Value {
    message("interactive", part)
}

fn message(kind: &str, part: Value) -> Value {
    json!({ "messaging_product": "whatsapp", "to": "+6281100000101", "type": kind, kind: part })
}
