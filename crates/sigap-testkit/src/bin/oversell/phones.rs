//! Meta's side, as small as it can be: takes every message and puts its words into the box of the phone it is for. It sends
//! no statuses: whatever is unknown stays so, which is the harder case.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::Notify;

type Boxes = Arc<(Mutex<HashMap<String, Vec<String>>>, Notify)>;

/// All phones.
#[derive(Clone)]
pub(crate) struct Phones {
    pub(crate) url: String,
    boxes: Boxes,
}

impl Phones {
    pub(crate) async fn open() -> anyhow::Result<Self> {
        let boxes = Boxes::default();
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let routes = Router::new()
            .route("/{version}/{number}/messages", post(take))
            .with_state(Arc::clone(&boxes));
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Ok(Self { url, boxes })
    }

    /// All words that came for a phone from the `from`th message on.
    pub(crate) fn heard(&self, phone: &str, from: usize) -> Vec<String> {
        let boxes = self.boxes.0.lock().unwrap_or_else(PoisonError::into_inner);
        boxes
            .get(phone)
            .map_or_else(Vec::new, |all| all.iter().skip(from).cloned().collect())
    }

    /// Resolves when something came for anybody.
    pub(crate) async fn rings(&self) {
        self.boxes.1.notified().await;
    }
}

async fn take(State(boxes): State<Boxes>, Json(request): Json<Value>) -> Json<Value> {
    let phone = request["to"]
        .as_str()
        .unwrap_or_default()
        .trim_start_matches('+')
        .to_owned();
    let words = request["text"]["body"]
        .as_str()
        .or(request["interactive"]["body"]["text"].as_str())
        .unwrap_or_default()
        .to_owned();
    if !phone.is_empty() {
        let mut all = boxes.0.lock().unwrap_or_else(PoisonError::into_inner);
        let words_of = all.entry(phone.clone()).or_default();
        words_of.push(words);
        let id = format!("wamid.out.{phone}.{}", words_of.len());
        drop(all);
        boxes.1.notify_waiters();
        return Json(
            json!({ "messaging_product": "whatsapp", "contacts": [{ "input": phone, "wa_id": phone }], "messages": [{ "id": id }] }),
        );
    }
    Json(json!({ "success": true }))
}
