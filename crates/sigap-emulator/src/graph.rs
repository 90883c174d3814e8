//! Meta's side of the wire: routes, the token, and the answers' shape. What happens behind them lives in `send` and `media`.

pub(crate) mod error;
mod files;
mod flows;

use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::Value;
use subtle::ConstantTimeEq;

use crate::emulator::Emulator;
use crate::faults::Fault;
use crate::graph::error::GraphError;
use crate::limits::DOCUMENT_BYTES_MAX;

pub(crate) fn router(emulator: Emulator) -> Router {
    Router::new()
        .route(
            "/{version}/{object}",
            get(describe).delete(files::remove).post(edit_template),
        )
        .route("/{version}/{object}/messages", post(send))
        .merge(flows::router())
        .route(
            "/{version}/{object}/media",
            // Room for the largest document and the form around it.
            post(files::upload).layer(DefaultBodyLimit::max(DOCUMENT_BYTES_MAX + 64 * 1024)),
        )
        .route(
            "/{version}/{object}/message_templates",
            get(list_templates).post(create_template).delete(delete_templates),
        )
        .route("/emulator/media/{id}/{expires}/{seal}", get(files::download))
        .route(
            "/emulator/faults",
            get(list_faults).post(push_fault).delete(clear_faults),
        )
        .with_state(emulator)
}

/// What stands under an id: a Flow or a file.
async fn describe(state: State<Emulator>, Path((version, id)): Path<(String, String)>, headers: HeaderMap) -> Response {
    if is_authorized(&state.0, &headers)
        && let Some(flow) = state.0.inner.flows.get(&id)
    {
        return Json(flow.to_wire()).into_response();
    }
    files::describe(state, Path((version, id)), headers).await
}

async fn send(
    State(emulator): State<Emulator>,
    Path((_version, number)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    emulator
        .answer_send(&number, is_authorized(&emulator, &headers), &body)
        .await
}

/// What a list of templates may be asked with.
#[derive(Default, Deserialize)]
struct Listing {
    limit: Option<usize>,
    after: Option<String>,
    name: Option<String>,
}

async fn list_templates(
    State(emulator): State<Emulator>,
    Path((_version, account)): Path<(String, String)>,
    Query(listing): Query<Listing>,
    headers: HeaderMap,
) -> Response {
    let after = listing.after.and_then(|after| after.parse().ok()).unwrap_or_default();
    let limit = listing.limit.unwrap_or(25).clamp(1, 1_000);
    answer(&emulator, &headers, || emulator.list_templates(&account, limit, after))
}

async fn create_template(
    State(emulator): State<Emulator>,
    Path((_version, account)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    answer(&emulator, &headers, || emulator.create_template(&account, &body))
}

async fn delete_templates(
    State(emulator): State<Emulator>,
    Path((_version, account)): Path<(String, String)>,
    Query(listing): Query<Listing>,
    headers: HeaderMap,
) -> Response {
    let name = listing.name.unwrap_or_default();
    answer(&emulator, &headers, || emulator.delete_templates(&account, &name))
}

async fn edit_template(
    State(emulator): State<Emulator>,
    Path((_version, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    answer(&emulator, &headers, || emulator.edit_template(&id, &body))
}

fn answer(emulator: &Emulator, headers: &HeaderMap, act: impl FnOnce() -> Result<Value, GraphError>) -> Response {
    if !is_authorized(emulator, headers) {
        return GraphError::token().into_response();
    }
    match act() {
        Ok(value) => Json(value).into_response(),
        Err(error) => error.into_response(),
    }
}

/// Whether the bearer token is ours; compared in constant time like Meta would.
pub(crate) fn is_authorized(emulator: &Emulator, headers: &HeaderMap) -> bool {
    headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .is_some_and(|token| bool::from(token.as_bytes().ct_eq(emulator.inner.config.access_token.as_bytes())))
}

async fn list_faults(State(emulator): State<Emulator>) -> Response {
    Json(emulator.faults().waiting()).into_response()
}

async fn push_fault(State(emulator): State<Emulator>, body: Bytes) -> Response {
    match serde_json::from_slice::<Fault>(&body) {
        Ok(fault) => {
            emulator.faults().push(fault);
            StatusCode::NO_CONTENT.into_response()
        }
        Err(error) => (StatusCode::UNPROCESSABLE_ENTITY, error.to_string()).into_response(),
    }
}

async fn clear_faults(State(emulator): State<Emulator>) -> Response {
    emulator.faults().clear();
    StatusCode::NO_CONTENT.into_response()
}
