//! `/api/v1/…`: what programs of partners may ask for, each with a key of the office it asks. Refusals are problem details (RFC 9457) whose
//! `detail` says the next step; what is personal stands in none of them.

pub mod bookings;
pub mod document;
pub mod figures;
pub mod openings;
pub mod places;
pub mod queue;
pub mod reports;
pub mod status;

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::RequestExt;
use axum::extract::{FromRequestParts, Path, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sigap_actions::api_keys::ApiKeyRow;
use sigap_core::ids::{ApiKeyId, OfficeId};
use sigap_core::office::Office;
use sigap_core::outward::{Scope, names};
use utoipa::{IntoParams, ToSchema};

use crate::routes::AppState;

/// The hour.
const HOUR: SignedDuration = SignedDuration::from_hours(1);
/// Seconds after which somebody who met a busy service comes back.
const AGAIN_SECONDS: u64 = 30;

/// How often each key was used of late, in this process.
#[derive(Debug, Default)]
pub struct Rates {
    used: Mutex<HashMap<(ApiKeyId, bool), (Timestamp, u32)>>,
}

impl Rates {
    /// Counts a use; the seconds to wait when there were too many. Reports are counted apart from the rest.
    fn count(&self, key: ApiKeyId, is_report: bool, most: u32, now: Timestamp) -> Result<(), u64> {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        // Keys are few, and those that rest are forgotten: the map stays small.
        used.retain(|_, (since, _)| now.duration_since(*since) < HOUR);
        let (since, times) = used.entry((key, is_report)).or_insert((now, 0));
        if *times >= most {
            let left = HOUR - now.duration_since(*since);
            return Err(u64::try_from(left.as_secs()).unwrap_or_default().max(1));
        }
        *times += 1;
        Ok(())
    }
}

/// Where to.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct OfOffice {
    /// The office by its short name, such as `jakarta-pusat`.
    office: String,
}

/// A refusal as RFC 9457 writes it.
#[derive(Serialize, ToSchema)]
pub struct Problem {
    /// A name that stays, for programs.
    r#type: &'static str,
    /// What is wrong.
    title: &'static str,
    /// The status of the answer.
    status: u16,
    /// The next step.
    detail: String,
}

fn problem(status: StatusCode, kind: &'static str, title: &'static str, detail: impl Into<String>) -> Response {
    let body = Problem {
        r#type: kind,
        title,
        status: status.as_u16(),
        detail: detail.into(),
    };
    let Ok(body) = serde_json::to_string(&body) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut response = (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response();
    no_store(&mut response);
    response
}

fn no_store(response: &mut Response) {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
}

fn with_header(mut response: Response, name: header::HeaderName, value: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
    response
}

fn unknown_key() -> Response {
    let told = problem(
        StatusCode::UNAUTHORIZED,
        "urn:sigap:problem:unknown-key",
        "The key is missing, unknown or was taken back",
        "send the header `Authorization: Bearer KEY` with a key of this office; `sigap api-key add` makes one",
    );
    with_header(told, header::WWW_AUTHENTICATE, "Bearer")
}

fn busy() -> Response {
    let told = problem(
        StatusCode::SERVICE_UNAVAILABLE,
        "urn:sigap:problem:busy",
        "The service is busy",
        "send the request again after the seconds in `Retry-After`; what was done already stays and is not done twice",
    );
    with_header(told, header::RETRY_AFTER, &AGAIN_SECONDS.to_string())
}

fn unknown_office() -> Response {
    problem(
        StatusCode::NOT_FOUND,
        "urn:sigap:problem:unknown-office",
        "There is no such office",
        "write the office in the address by its short name, as in content/offices/register.csv",
    )
}

/// A program that may do what it asks for.
#[derive(Debug, Clone, Copy)]
pub struct Program {
    /// The office in the address.
    pub office: OfficeId,
    /// The key it showed.
    pub key: ApiKeyId,
}

impl Program {
    fn office<'a>(&self, state: &'a AppState) -> Option<&'a Office> {
        state.service.content().office(self.office)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Program {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        // Only `guard_layer` puts it there.
        parts
            .extensions
            .get::<Self>()
            .copied()
            .ok_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// Lets a program in whose key of the office in the address allows `scope`, as often as the key and the scope say.
pub(crate) async fn guard_layer(
    State((state, scope)): State<(AppState, Scope)>,
    mut request: Request,
    next: Next,
) -> Response {
    let Ok(Path(path)) = request.extract_parts::<Path<OfOffice>>().await else {
        return unknown_office();
    };
    match enter(&state, &path.office, request.headers(), scope).await {
        Err(response) => response,
        Ok(program) => {
            request.extensions_mut().insert(program);
            next.run(request).await
        }
    }
}

async fn enter(state: &AppState, slug: &str, headers: &HeaderMap, scope: Scope) -> Result<Program, Response> {
    let Some(office) = state.service.content().office_by_slug(slug) else {
        return Err(unknown_office());
    };
    let key = key_of(state, office.id, headers).await?;
    if !names(&key.scopes, scope.name()) {
        return Err(problem(
            StatusCode::FORBIDDEN,
            "urn:sigap:problem:not-allowed",
            "The key does not allow this",
            format!("ask the office for a key that may `{}`", scope.name()),
        ));
    }
    let most = scope.requests_per_hour_max().min(key.per_hour);
    if let Err(seconds) = state
        .api_rates
        .count(key.id, scope == Scope::Reports, most, state.clock.now())
    {
        let told = problem(
            StatusCode::TOO_MANY_REQUESTS,
            "urn:sigap:problem:too-often",
            "Too many requests",
            format!("this key may ask {most} times an hour; wait for the seconds in `Retry-After`"),
        );
        return Err(with_header(told, header::RETRY_AFTER, &seconds.to_string()));
    }
    Ok(Program {
        office: office.id,
        key: key.id,
    })
}

async fn key_of(state: &AppState, office: OfficeId, headers: &HeaderMap) -> Result<ApiKeyRow, Response> {
    let shown = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, key)| key.trim().to_owned());
    let Some(shown) = shown else {
        return Err(unknown_key());
    };
    match state.service.find_api_key(office, shown).await {
        Err(_) => Err(busy()),
        Ok(found) => found.ok_or_else(unknown_key),
    }
}

/// An answer as JSON.
fn json(status: StatusCode, body: impl Serialize) -> Response {
    let mut response = (status, axum::Json(body)).into_response();
    no_store(&mut response);
    response
}

/// What the body says, or what is wrong with it.
fn parsed<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, Box<Response>> {
    serde_json::from_slice(body).map_err(|error| {
        Box::new(problem(
            StatusCode::BAD_REQUEST,
            "urn:sigap:problem:not-understood",
            "The request is not understood",
            // The place, never the words: they may be personal.
            format!(
                "the body is not as the document says, at line {}, column {}; see /api/openapi.json",
                error.line(),
                error.column()
            ),
        ))
    })
}

fn no_such_service() -> Response {
    problem(
        StatusCode::NOT_FOUND,
        "urn:sigap:problem:unknown-service",
        "The office does not offer this service",
        "see `services` of GET /api/v1/offices/{office}",
    )
}
