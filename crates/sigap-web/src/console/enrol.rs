//! `/staff/{office}/mulai/{token}`: a colleague sets up password and code generator by a link that works once.

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use serde::Deserialize;
use sigap_actions::enrol_staff::{EnrolRefusal, Enrolment};
use sigap_actions::secrets::{code_address, code_secret};
use sigap_core::conversation::reply::Arg;
use sigap_core::staff::PASSWORD_CHARS_MIN;

use super::{go, language_of};
use crate::pages::{Words, busy, nowhere, office_of, private_page};
use crate::qr_picture::picture;
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "console/enrol.html")]
struct EnrolPage<'a> {
    words: Words<'a>,
    name: String,
    email: String,
    secret: String,
    picture: String,
    hint: String,
    problem: String,
}

/// What is typed.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
    #[serde(default)]
    secret: String,
    #[serde(default)]
    code: String,
}

/// The form.
pub async fn show(
    State(state): State<AppState>,
    Path((slug, token)): Path<(String, String)>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let Ok(random) = state.service.random::<20>() else {
        return busy();
    };
    let language = language_of(uri.query(), &headers).0;
    form(&state, &slug, token, language, code_secret(random), None).await
}

async fn form(
    state: &AppState,
    slug: &str,
    token: String,
    language: sigap_core::language::Language,
    secret: String,
    problem: Option<&str>,
) -> Response {
    let Some(office) = office_of(state, slug) else {
        return nowhere();
    };
    let words = Words::new(state.service.content(), office, language);
    let content = match state.service.view_enrolment(office.id, token).await {
        Err(_) => return busy(),
        Ok(None) => {
            return private_page(
                StatusCode::GONE,
                &crate::pages::Plain::new(
                    words,
                    words.key("console.enrol_ended_title", &[]),
                    words.key("console.enrol_ended", &[]),
                ),
            );
        }
        Ok(Some(content)) => content,
    };
    let issuer = format!("{} {}", office.line_name, office.short);
    let status = if problem.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let least = Arg::Number(PASSWORD_CHARS_MIN as i64);
    private_page(
        status,
        &EnrolPage {
            picture: picture(&code_address(&secret, &content.email, &issuer)),
            name: content.name,
            email: content.email,
            hint: words.key("console.password_hint", &[("least", least)]),
            problem: problem
                .map(|key| words.key(&format!("console.{key}"), &[]))
                .unwrap_or_default(),
            secret,
            words,
        },
    )
}

/// The form is sent.
pub async fn send(
    State(state): State<AppState>,
    Path((slug, token)): Path<(String, String)>,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Response {
    let Some(office) = office_of(&state, &slug) else {
        return nowhere();
    };
    let language = language_of(None, &headers).0;
    let content = match state.service.view_enrolment(office.id, token.clone()).await {
        Err(_) => return busy(),
        Ok(None) => return form(&state, &slug, token, language, String::new(), None).await,
        Ok(Some(content)) => content,
    };
    if typed.password != typed.again {
        return form(&state, &slug, token, language, typed.secret, Some("password_differs")).await;
    }
    let Ok(salt) = state.service.random::<16>() else {
        return busy();
    };
    let (place, password, secret, code) = (office.clone(), typed.password, typed.secret.clone(), typed.code);
    let made =
        tokio::task::spawn_blocking(move || Enrolment::new(&place, &content, &password, salt, &secret, &code)).await;
    let Ok(Ok(made)) = made else { return busy() };
    let refusal = match made {
        Err(refusal) => refusal,
        Ok(enrolment) => match state.service.enrol(office.id, token.clone(), enrolment).await {
            Err(_) => return busy(),
            Ok(Ok(_)) => return go(&format!("/staff/{slug}/masuk")),
            Ok(Err(refusal)) => refusal,
        },
    };
    let problem = match refusal {
        EnrolRefusal::Ended => "enrol_ended".to_owned(),
        EnrolRefusal::Code => "enrol_code".to_owned(),
        EnrolRefusal::Weak(weak) => format!("password_{}", weak.name()),
    };
    form(&state, &slug, token, language, typed.secret, Some(&problem)).await
}
