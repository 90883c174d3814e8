//! A fake Graph API that only counts and notes the time: fast enough not to be what is measured.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::routing::post;
use tokio::net::TcpListener;

/// What arrived.
#[derive(Default)]
pub(crate) struct Graph {
    accepted: AtomicU64,
    arrived: Mutex<HashMap<String, Instant>>,
    notes_times: std::sync::atomic::AtomicBool,
}

impl Graph {
    pub(crate) fn accepted(&self) -> u64 {
        self.accepted.load(Ordering::Relaxed)
    }

    /// Notes from now on when a person's reply arrived.
    pub(crate) fn note_times(&self, notes: bool) {
        self.notes_times.store(notes, Ordering::Relaxed);
        self.take_times();
    }

    pub(crate) fn take_times(&self) -> HashMap<String, Instant> {
        self.arrived
            .lock()
            .map(|mut arrived| std::mem::take(&mut *arrived))
            .unwrap_or_default()
    }

    /// Serves it on this machine; its address.
    pub(crate) async fn serve() -> std::io::Result<(Arc<Self>, String)> {
        let graph = Arc::new(Self::default());
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let routes = Arc::clone(&graph).router();
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Ok((graph, url))
    }

    fn router(self: Arc<Self>) -> Router {
        Router::new()
            .route("/{version}/{number}/messages", post(accept))
            .with_state(self)
    }
}

#[expect(clippy::disallowed_methods, reason = "a bench measures by the system's clock")]
async fn accept(State(graph): State<Arc<Graph>>, body: Bytes) -> ([(&'static str, &'static str); 1], String) {
    let number = graph.accepted.fetch_add(1, Ordering::Relaxed);
    if graph.notes_times.load(Ordering::Relaxed)
        && let Some(to) = recipient(&body)
        && let Ok(mut arrived) = graph.arrived.lock()
    {
        arrived.entry(to).or_insert_with(Instant::now);
    }
    (
        [("content-type", "application/json")],
        format!("{{\"messages\":[{{\"id\":\"wamid.bench{number}\"}}]}}"),
    )
}

fn recipient(body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?;
    let rest = &text[text.find("\"to\":\"+")? + 7..];
    Some(rest[..rest.find('"')?].to_owned())
}
