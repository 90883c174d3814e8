//! Flows over the Graph API: made, given their screens, published, listed.

use axum::extract::rejection::FormRejection;
use axum::extract::{DefaultBodyLimit, Form, Multipart, Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::emulator::Emulator;
use crate::form_envelope::read_public_key;
use crate::graph::error::GraphError;
use crate::graph::is_authorized;
use crate::limits::FLOW_BYTES_MAX;
use crate::lock::lock;

pub(super) fn router() -> Router<Emulator> {
    Router::new()
        .route("/{version}/{object}/flows", post(create).get(list))
        .route(
            "/{version}/{object}/assets",
            // Room for the screens and the form around them.
            post(put_screens).layer(DefaultBodyLimit::max(FLOW_BYTES_MAX + 64 * 1024)),
        )
        .route("/{version}/{object}/publish", post(publish))
        .route("/{version}/{object}/whatsapp_business_encryption", post(put_key))
}

/// Whether the caller may act for that account.
fn account(emulator: &Emulator, headers: &HeaderMap, waba: &str) -> Result<(), GraphError> {
    if !is_authorized(emulator, headers) {
        return Err(GraphError::token());
    }
    let mut numbers = emulator.inner.numbers.iter();
    if numbers.any(|number| number.config.waba_id == waba) {
        Ok(())
    } else {
        Err(GraphError::no_such_object(waba))
    }
}

/// `POST /{version}/{waba}/flows` with a name and categories.
async fn create(
    State(emulator): State<Emulator>,
    Path((_version, waba)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if let Err(error) = account(&emulator, &headers, &waba) {
        return error.into_response();
    }
    let Ok(wish) = serde_json::from_slice::<Value>(&body) else {
        return GraphError::parameter("The request body is not valid JSON").into_response();
    };
    let categories: Vec<String> = wish["categories"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|category| category.as_str().map(str::to_owned))
        .collect();
    let endpoint = wish["endpoint_uri"].as_str().map(str::to_owned);
    let name = wish["name"].as_str().unwrap_or_default();
    match emulator.inner.flows.create(&waba, name, categories, endpoint) {
        Ok(id) => Json(json!({ "id": id, "success": true })).into_response(),
        Err(error) => error.into_response(),
    }
}

/// `GET /{version}/{waba}/flows`.
async fn list(
    State(emulator): State<Emulator>,
    Path((_version, waba)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    match account(&emulator, &headers, &waba) {
        Ok(()) => Json(json!({ "data": emulator.inner.flows.list(&waba) })).into_response(),
        Err(error) => error.into_response(),
    }
}

/// `POST /{version}/{flow}/assets`, a form with `name`, `asset_type` and `file`.
async fn put_screens(
    State(emulator): State<Emulator>,
    Path((_version, flow)): Path<(String, String)>,
    headers: HeaderMap,
    form: Multipart,
) -> Response {
    if !is_authorized(&emulator, &headers) {
        return GraphError::token().into_response();
    }
    let put = match read_form(form).await {
        Ok(file) => emulator.inner.flows.put_screens(&flow, &file),
        Err(error) => Err(error),
    };
    match put {
        Ok(faults) => Json(json!({ "success": true, "validation_errors": faults })).into_response(),
        Err(error) => error.into_response(),
    }
}

async fn read_form(mut form: Multipart) -> Result<Bytes, GraphError> {
    let unreadable = |_| GraphError::parameter("the form cannot be read");
    let (mut name, mut kind, mut file) = (Bytes::new(), Bytes::new(), Bytes::new());
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        let part = field.name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(unreadable)?;
        match part.as_str() {
            "name" => name = bytes,
            "asset_type" => kind = bytes,
            "file" => file = bytes,
            _ => {}
        }
    }
    if name.as_ref() != b"flow.json" || kind.as_ref() != b"FLOW_JSON" {
        return Err(GraphError::parameter("name must be flow.json and asset_type FLOW_JSON"));
    }
    if file.is_empty() || file.len() > FLOW_BYTES_MAX {
        return Err(GraphError::parameter(
            "The parameter file is required, and has a largest size",
        ));
    }
    Ok(file)
}

/// `POST /{version}/{flow}/publish`.
async fn publish(
    State(emulator): State<Emulator>,
    Path((_version, flow)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    if !is_authorized(&emulator, &headers) {
        return GraphError::token().into_response();
    }
    match emulator.inner.flows.publish(&flow) {
        Ok(()) => Json(json!({ "success": true })).into_response(),
        Err(error) => error.into_response(),
    }
}

/// What a number's key comes in.
#[derive(Deserialize)]
struct KeyForm {
    business_public_key: String,
}

/// `POST /{version}/{number}/whatsapp_business_encryption`, a form with the public key.
async fn put_key(
    State(emulator): State<Emulator>,
    Path((_version, number)): Path<(String, String)>,
    headers: HeaderMap,
    form: Result<Form<KeyForm>, FormRejection>,
) -> Response {
    if !is_authorized(&emulator, &headers) {
        return GraphError::token().into_response();
    }
    let Some(number) = emulator
        .number_index(&number)
        .and_then(|place| emulator.inner.numbers.get(place))
    else {
        return GraphError::no_such_object(&number).into_response();
    };
    let key = form
        .ok()
        .and_then(|Form(form)| read_public_key(&form.business_public_key));
    let Some(key) = key else {
        return GraphError::parameter("business_public_key must be an RSA key of 2048 bits in PEM").into_response();
    };
    *lock(&number.public_key) = Some(key);
    Json(json!({ "success": true })).into_response()
}
