//! Whether the process is up, whether it can serve, and its figures.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;

use crate::routes::AppState;

/// `GET /healthz`: the process is up.
pub(crate) async fn healthz() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the store answers.
pub(crate) async fn readyz(State(state): State<AppState>) -> impl IntoResponse {
    match state.service.backlog().await {
        Ok(_) => (StatusCode::OK, "ready\n"),
        Err(_) => (
            StatusCode::SERVICE_UNAVAILABLE,
            "the store does not answer; see the log\n",
        ),
    }
}

/// `GET /metrics`: Prometheus text.
pub(crate) async fn metrics(State(state): State<AppState>) -> impl IntoResponse {
    if let Ok(backlog) = state.service.backlog().await {
        let now = state.clock.now();
        let age = |since: Option<jiff::Timestamp>| since.map_or(0, |since| now.duration_since(since).as_secs().max(0));
        let metrics = &state.metrics;
        metrics.owed.set(i64::try_from(backlog.owed).unwrap_or(i64::MAX));
        metrics.oldest_owed_seconds.set(age(backlog.oldest_owed_at));
        metrics.unsent.set(i64::try_from(backlog.unsent).unwrap_or(i64::MAX));
        metrics.oldest_unsent_seconds.set(age(backlog.oldest_unsent_at));
    }
    let kind = [(
        header::CONTENT_TYPE,
        "application/openmetrics-text; version=1.0.0; charset=utf-8",
    )];
    (kind, state.metrics.text())
}
