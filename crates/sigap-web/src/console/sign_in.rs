//! `/staff/{office}/masuk`: the sign-in, and the way out.

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::Response;
use serde::Deserialize;
use sigap_actions::sign_in::SignInRefusal;
use sigap_core::conversation::reply::Arg;

use super::{Asker, device_of, go, institution, language_of, no_session, session_cookie};
use crate::pages::{Words, busy, nowhere, office_of, private_page};
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "console/sign_in.html")]
struct SignInPage<'a> {
    words: Words<'a>,
    slug: String,
    email: String,
    problem: String,
    has_passkeys: bool,
    institution: Option<String>,
}

/// What is typed.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    code: String,
}

/// The form.
pub async fn show(State(state): State<AppState>, Path(slug): Path<String>, uri: Uri, headers: HeaderMap) -> Response {
    let Some(office) = office_of(&state, &slug) else {
        return nowhere();
    };
    let (language, chosen) = language_of(uri.query(), &headers);
    let words = Words::new(state.service.content(), office, language);
    let problem = match institution::refusal_of(uri.query()) {
        Some(refusal) => words.c(&format!("institution_{}", refusal.name())),
        None => String::new(),
    };
    let mut response = form(&state, words, slug, String::new(), problem, StatusCode::OK);
    if let Some(cookie) = chosen {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

fn form(
    state: &AppState,
    words: Words<'_>,
    slug: String,
    email: String,
    problem: String,
    status: StatusCode,
) -> Response {
    private_page(
        status,
        &SignInPage {
            words,
            slug,
            email,
            problem,
            has_passkeys: state.passkeys.is_some(),
            institution: institution::button(state, words),
        },
    )
}

/// The form is sent.
pub async fn send(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Response {
    let Some(office) = office_of(&state, &slug) else {
        return nowhere();
    };
    let words = Words::new(state.service.content(), office, language_of(None, &headers).0);
    let Ok(candidate) = state.service.find_candidate(office.id, typed.email.clone()).await else {
        return busy();
    };
    let password = typed.password;
    let Ok(checked) = tokio::task::spawn_blocking(move || candidate.check(&password)).await else {
        return busy();
    };
    let signed_in = state
        .service
        .sign_in(office.id, checked, typed.code, device_of(&headers))
        .await;
    match signed_in {
        Err(_) => busy(),
        Ok(Ok(signed_in)) => {
            let seconds = signed_in.ends_at.duration_since(state.clock.now()).as_secs();
            with_cookie(
                go(&format!("/staff/{slug}")),
                &session_cookie(&slug, &signed_in.token, seconds),
            )
        }
        Ok(Err(refusal)) => {
            let problem = match refusal {
                SignInRefusal::Wrong => words.key("console.sign_in_wrong", &[]),
                SignInRefusal::Locked { until } => {
                    let until = office.zone.to_datetime(until).time();
                    words.key("console.sign_in_locked", &[("until", Arg::Clock(until))])
                }
            };
            form(
                &state,
                words,
                slug,
                typed.email,
                problem,
                StatusCode::UNPROCESSABLE_ENTITY,
            )
        }
    }
}

/// Signs out; the browser forgets what it keeps of us.
pub async fn leave(State(state): State<AppState>, asker: Asker) -> Response {
    let (office, session) = (asker.officer.office(), asker.officer.session());
    let slug = asker.slug.clone();
    if state.service.end_session(office, asker.officer, session).await.is_err() {
        return busy();
    }
    let mut response = with_cookie(go(&format!("/staff/{slug}/masuk")), &no_session());
    response
        .headers_mut()
        .insert("clear-site-data", HeaderValue::from_static("\"cache\", \"storage\""));
    response
}

/// A response that sets a cookie.
pub(crate) fn with_cookie(mut response: Response, cookie: &str) -> Response {
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
