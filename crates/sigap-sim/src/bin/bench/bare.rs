//! The peers: a bare axum webhook (signature and typed JSON, nothing kept) and bare group commit on SQLite.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use sigap_whatsapp::inbound::parse;
use sigap_whatsapp::routing::RoutingKey;
use sigap_whatsapp::signature::SignatureKey;

use crate::load::APP_SECRET;
use crate::report::Report;

/// Runs the bare webhook as a process of its own, like the program under test.
pub(crate) fn serve(address: &str) -> ExitCode {
    let served = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .and_then(|runtime| {
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::bind(address).await?;
                axum::serve(listener, routes()).await
            })
        });
    if served.is_ok() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn routes() -> Router {
    let key = SignatureKey::new(APP_SECRET.as_bytes());
    let routing = RoutingKey::new(b"bare");
    let shared = std::sync::Arc::new((key, routing));
    let receive = move |headers: HeaderMap, body: Bytes| {
        let shared = shared.clone();
        async move {
            let signature = headers
                .get("x-hub-signature-256")
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default();
            if !shared.0.verify(signature, &body) {
                return StatusCode::UNAUTHORIZED;
            }
            match parse(&shared.1, &body) {
                Ok(webhook) if !webhook.events.is_empty() => StatusCode::OK,
                _ => StatusCode::BAD_REQUEST,
            }
        }
    };
    Router::new()
        .route("/webhooks/whatsapp", post(receive))
        .route("/readyz", axum::routing::get(async || "ready"))
}

/// Three inserts of 400 bytes a message, 100 messages a commit, `synchronous=FULL`.
#[expect(clippy::disallowed_methods, reason = "a bench measures by the system's clock")]
pub(crate) fn group_commit(report: &mut Report, length: Duration) {
    let run = || -> rusqlite::Result<f64> {
        let folder = tempfile::tempdir().map_err(|_| rusqlite::Error::InvalidQuery)?;
        let mut db = rusqlite::Connection::open(folder.path().join("bare.db"))?;
        db.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000;
             CREATE TABLE a (id INTEGER PRIMARY KEY, content BLOB); CREATE TABLE b (id INTEGER PRIMARY KEY, content BLOB);
             CREATE TABLE c (id INTEGER PRIMARY KEY, content BLOB);",
        )?;
        let content = [7_u8; 400];
        let (mut messages, started) = (0_i64, Instant::now());
        while started.elapsed() < length {
            let tx = db.transaction()?;
            for _ in 0..100 {
                messages += 1;
                for table in ["a", "b", "c"] {
                    tx.prepare_cached(&format!("INSERT INTO {table} (id, content) VALUES (?1, ?2)"))?
                        .execute(rusqlite::params![messages, content])?;
                }
            }
            tx.commit()?;
        }
        #[expect(clippy::cast_precision_loss, reason = "message counts are small")]
        Ok(messages as f64 / started.elapsed().as_secs_f64())
    };
    match run() {
        Ok(rate) => report.figure(
            "bare SQLite, 3 inserts a message, 100 a commit",
            &format!("{rate:.0} messages/s"),
        ),
        Err(error) => report.failed(&error.to_string()),
    }
}
