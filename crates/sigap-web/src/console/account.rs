//! `/staff/{office}/akun`: one's own devices, each of which can be signed out.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use sigap_core::conversation::reply::Arg;

use super::{Asker, Bar, go};
use crate::pages::{Words, busy, nowhere, private_page};
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "console/account.html")]
struct AccountPage<'a> {
    words: Words<'a>,
    bar: Bar,
    roles: Vec<String>,
    devices: Vec<Device>,
    passkeys: usize,
    has_some: bool,
    has_passkeys: bool,
}

struct Device {
    id: i64,
    name: String,
    since: String,
    seen: String,
    is_this: bool,
}

/// Which device is signed out.
#[derive(Deserialize)]
pub struct Chosen {
    id: i64,
}

/// The page.
pub async fn show(State(state): State<AppState>, asker: Asker) -> Response {
    let Some(words) = asker.words(&state) else {
        return nowhere();
    };
    let office = asker.officer.office();
    let Ok(sessions) = state.service.list_sessions(office, asker.officer.clone()).await else {
        return busy();
    };
    let Ok(own) = state.service.find_own(office, asker.officer.clone()).await else {
        return busy();
    };
    let passkeys = own.map_or(0, |own| own.passkeys.len());
    let devices = sessions.into_iter().map(|session| Device {
        id: session.id,
        name: session.device,
        since: words.arg(&Arg::Moment(session.created_at)),
        seen: words.arg(&Arg::Moment(session.seen_at)),
        is_this: session.id == asker.officer.session(),
    });
    private_page(
        StatusCode::OK,
        &AccountPage {
            words,
            bar: asker.bar("account"),
            roles: asker
                .officer
                .roles()
                .iter()
                .map(|role| words.key(&format!("console.role_{}", role.name()), &[]))
                .collect(),
            devices: devices.collect(),
            passkeys,
            has_some: passkeys > 0,
            has_passkeys: state.passkeys.is_some(),
        },
    )
}

/// A device is signed out.
pub async fn end(State(state): State<AppState>, asker: Asker, Form(chosen): Form<Chosen>) -> Response {
    let office = asker.officer.office();
    match state.service.end_session(office, asker.officer, chosen.id).await {
        Err(_) => busy(),
        Ok(_) => go(&format!("/staff/{}/akun", asker.slug)),
    }
}
