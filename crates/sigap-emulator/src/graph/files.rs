//! Media over the Graph API: upload, description with an address for five minutes, download, deletion.

use axum::Json;
use axum::extract::{Multipart, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::emulator::Emulator;
use crate::graph::error::GraphError;
use crate::graph::is_authorized;
use crate::limits::MEDIA_URL_SECONDS;
use crate::media::{File, kind_of};
use crate::signature::{sha256_hex, sign};

/// `POST /{version}/{phone-number-id}/media`.
pub(super) async fn upload(
    State(emulator): State<Emulator>,
    Path((_version, number)): Path<(String, String)>,
    headers: HeaderMap,
    form: Multipart,
) -> Response {
    if !is_authorized(&emulator, &headers) {
        return GraphError::token().into_response();
    }
    if emulator.number_index(&number).is_none() {
        return GraphError::no_such_object(&number).into_response();
    }
    match read_form(form).await {
        Ok((bytes, mime_type)) => Json(json!({ "id": emulator.shelve(bytes, mime_type) })).into_response(),
        Err(error) => error.into_response(),
    }
}

async fn read_form(mut form: Multipart) -> Result<(bytes::Bytes, String), GraphError> {
    let (mut product, mut declared, mut file) = (None, None, None);
    while let Some(field) = form
        .next_field()
        .await
        .map_err(|_| GraphError::parameter("the form cannot be read"))?
    {
        let name = field.name().unwrap_or_default().to_owned();
        let content_type = field.content_type().map(str::to_owned);
        let bytes = field
            .bytes()
            .await
            .map_err(|_| GraphError::parameter("the form cannot be read"))?;
        match name.as_str() {
            "messaging_product" => product = Some(bytes),
            "type" => declared = String::from_utf8(bytes.to_vec()).ok(),
            "file" => file = Some((bytes, content_type)),
            _ => {}
        }
    }
    if product.as_deref() != Some(b"whatsapp") {
        return Err(GraphError::parameter("The parameter messaging_product is required"));
    }
    let (bytes, content_type) = file.ok_or_else(|| GraphError::parameter("The parameter file is required"))?;
    let mime_type = content_type
        .filter(|kind| kind != "application/octet-stream")
        .or(declared)
        .ok_or_else(|| GraphError::parameter("The parameter type is required"))?;
    let (_, bytes_max) = kind_of(&mime_type).ok_or_else(|| {
        GraphError::parameter(format!(
            "Param file must be a file with one of the supported types. Received {mime_type}"
        ))
    })?;
    if bytes.is_empty() || bytes.len() > bytes_max {
        return Err(GraphError::new(
            131_053,
            format!("File size must be between 1 and {bytes_max} bytes"),
        ));
    }
    Ok((bytes, mime_type))
}

/// `GET /{version}/{media-id}`.
pub(super) async fn describe(
    State(emulator): State<Emulator>,
    Path((_version, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    if !is_authorized(&emulator, &headers) {
        return GraphError::token().into_response();
    }
    let Some(file) = emulator.inner.media.get(&id) else {
        return GraphError::no_such_object(&id).into_response();
    };
    let expires = emulator.now().as_second() + MEDIA_URL_SECONDS;
    Json(json!({
        "messaging_product": "whatsapp",
        "url": format!("{}/emulator/media/{id}/{expires}/{}", emulator.inner.config.graph_url, emulator.seal(&id, expires)),
        "mime_type": file.mime_type,
        "sha256": sha256_hex(&file.bytes),
        "file_size": file.bytes.len(),
        "id": id,
    }))
    .into_response()
}

/// `DELETE /{version}/{media-id}`.
pub(super) async fn remove(
    State(emulator): State<Emulator>,
    Path((_version, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    if !is_authorized(&emulator, &headers) {
        return GraphError::token().into_response();
    }
    if emulator.inner.media.remove(&id) {
        Json(json!({ "success": true })).into_response()
    } else {
        GraphError::no_such_object(&id).into_response()
    }
}

/// The bytes, for five minutes and only with the token.
pub(super) async fn download(
    State(emulator): State<Emulator>,
    Path((id, expires, seal)): Path<(String, i64, String)>,
    headers: HeaderMap,
) -> Response {
    if !is_authorized(&emulator, &headers) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    if seal != emulator.seal(&id, expires) || emulator.now().as_second() > expires {
        return StatusCode::NOT_FOUND.into_response();
    }
    match emulator.inner.media.get(&id) {
        Some(file) => ([(header::CONTENT_TYPE, file.mime_type)], file.bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

impl Emulator {
    /// Puts a file on the shelf and returns its id.
    pub fn shelve(&self, bytes: bytes::Bytes, mime_type: String) -> String {
        let id = format!(
            "{}",
            1_000_000_000_000_000 + self.inner.chance.next() % 9_000_000_000_000_000
        );
        self.inner.media.put(
            id.clone(),
            File {
                bytes,
                mime_type,
                stored_at: self.now(),
            },
        );
        id
    }

    fn seal(&self, id: &str, expires: i64) -> String {
        let whole = sign(&self.inner.config.access_token, format!("{id}/{expires}").as_bytes());
        whole.chars().skip("sha256=".len()).take(32).collect()
    }
}
