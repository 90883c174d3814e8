//! Passkeys: asked for and checked in two steps each, by a script; without it the password stays.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use sigap_actions::passkeys::PasskeyTrouble;
use sigap_actions::sign_in_questions::Challenge;
use sigap_core::ids::OfficeId;

use super::sign_in::with_cookie;
use super::{Asker, device_of, go, new_tap, session_cookie};
use crate::pages::{busy, nowhere, office_of};
use crate::routes::AppState;

/// What the browser is asked.
#[derive(Serialize)]
struct Asked {
    token: String,
    options: serde_json::Value,
}

/// Who wants to sign in.
#[derive(Deserialize)]
pub struct Who {
    email: String,
}

/// What the browser answers.
#[derive(Deserialize)]
pub struct Answer {
    token: String,
    answer: serde_json::Value,
}

/// Keeps the question and tells it to the browser.
async fn ask(state: &AppState, office: OfficeId, asked: Result<(String, Challenge), PasskeyTrouble>) -> Response {
    let Ok((told, question)) = asked else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let Ok(options) = serde_json::from_str(&told) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let token = new_tap(state);
    if token.is_empty()
        || state
            .service
            .keep_question(office, token.clone(), question)
            .await
            .is_err()
    {
        return busy();
    }
    Json(Asked { token, options }).into_response()
}

/// Asks the browser of somebody signed in to make a passkey.
pub async fn begin_adding(State(state): State<AppState>, asker: Asker) -> Response {
    let office = asker.officer.office();
    let Some(passkeys) = &state.passkeys else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let Ok(Some(content)) = state.service.find_own(office, asker.officer.clone()).await else {
        return busy();
    };
    ask(&state, office, passkeys.begin_adding(&asker.officer, &content)).await
}

/// Keeps the passkey that was made.
pub async fn end_adding(State(state): State<AppState>, asker: Asker, Json(answer): Json<Answer>) -> Response {
    let Some(passkeys) = &state.passkeys else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let Ok(question) = state.service.take_question(asker.officer.office(), answer.token).await else {
        return busy();
    };
    match passkeys.end_adding(&asker.officer, question, &answer.answer.to_string()) {
        Err(_) => StatusCode::UNPROCESSABLE_ENTITY.into_response(),
        Ok(made) => match state
            .service
            .add_passkey(asker.officer.office(), asker.officer, made)
            .await
        {
            Err(_) => busy(),
            Ok(()) => StatusCode::NO_CONTENT.into_response(),
        },
    }
}

/// Forgets all passkeys of one's own.
pub async fn forget(State(state): State<AppState>, asker: Asker) -> Response {
    match state
        .service
        .forget_passkeys(asker.officer.office(), asker.officer)
        .await
    {
        Err(_) => busy(),
        Ok(()) => go(&format!("/staff/{}/akun", asker.slug)),
    }
}

/// Asks the browser of whoever signs in to prove a passkey.
pub async fn begin_sign_in(State(state): State<AppState>, Path(slug): Path<String>, Json(who): Json<Who>) -> Response {
    let (Some(office), Some(passkeys)) = (office_of(&state, &slug).map(|office| office.id), &state.passkeys) else {
        return nowhere();
    };
    let Ok(found) = state.service.find_passkeys(office, who.email).await else {
        return busy();
    };
    let Some(found) = found else {
        return StatusCode::NOT_FOUND.into_response();
    };
    ask(&state, office, passkeys.begin_sign_in(&found)).await
}

/// Signs in by the proof.
pub async fn end_sign_in(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    Json(answer): Json<Answer>,
) -> Response {
    let (Some(office), Some(passkeys)) = (office_of(&state, &slug).map(|office| office.id), &state.passkeys) else {
        return nowhere();
    };
    let Ok(question) = state.service.take_question(office, answer.token).await else {
        return busy();
    };
    let Ok(verified) = passkeys.end_sign_in(question, &answer.answer.to_string()) else {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    };
    match state
        .service
        .sign_in_verified(office, verified, device_of(&headers))
        .await
    {
        Err(_) => busy(),
        Ok(Err(_)) => StatusCode::UNPROCESSABLE_ENTITY.into_response(),
        Ok(Ok(signed_in)) => {
            let seconds = signed_in.ends_at.duration_since(state.clock.now()).as_secs();
            let cookie = session_cookie(&slug, &signed_in.token, seconds);
            with_cookie(StatusCode::NO_CONTENT.into_response(), &cookie)
        }
    }
}
