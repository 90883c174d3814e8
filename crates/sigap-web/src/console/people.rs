//! `/staff/{office}/petugas`: colleagues, what they may do, and the link with which a new one sets up the sign-in.

use askama::Template;
use axum::Form;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use sigap_actions::enrol_staff::{NewStaff, StaffRefusal};
use sigap_core::ids::StaffId;
use sigap_core::staff::Role;

use super::{Asker, Bar, go};
use crate::pages::{Words, busy, nowhere, private_page};
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "console/people.html")]
struct PeoplePage<'a> {
    words: Words<'a>,
    bar: Bar,
    people: Vec<Colleague>,
    roles: Vec<(&'static str, String)>,
    link: String,
    problem: String,
}

struct Colleague {
    id: i64,
    name: String,
    email: String,
    roles: String,
    is_active: bool,
    is_set_up: bool,
}

/// Who leaves.
#[derive(Deserialize)]
pub struct Chosen {
    id: i64,
}

/// The page.
pub async fn show(State(state): State<AppState>, asker: Asker) -> Response {
    form(&state, &asker, String::new(), None).await
}

async fn form(state: &AppState, asker: &Asker, link: String, problem: Option<StaffRefusal>) -> Response {
    let Some(words) = asker.words(state) else {
        return nowhere();
    };
    let office = asker.officer.office();
    let Ok(Ok(rows)) = state.service.list_staff(office, asker.officer.clone()).await else {
        return busy();
    };
    let role = |role: Role| words.key(&format!("console.role_{}", role.name()), &[]);
    let people = rows.into_iter().map(|row| Colleague {
        id: row.id.0,
        name: row.content.name,
        email: row.content.email,
        roles: row
            .roles
            .iter()
            .map(|known| role(*known))
            .collect::<Vec<_>>()
            .join(", "),
        is_active: row.is_active,
        is_set_up: !row.content.password.is_empty(),
    });
    let status = if problem.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let problem = problem.map(|refusal| match refusal {
        StaffRefusal::Denied => words.key("console.denied", &[]),
        StaffRefusal::NoEmail => words.key("console.no_email", &[]),
        StaffRefusal::Unknown => words.key("console.no_colleague", &[]),
        StaffRefusal::LastOne => words.key("console.last_one", &[]),
    });
    private_page(
        status,
        &PeoplePage {
            bar: asker.bar("staff"),
            people: people.collect(),
            roles: Role::ALL.into_iter().map(|known| (known.name(), role(known))).collect(),
            link,
            problem: problem.unwrap_or_default(),
            words,
        },
    )
}

/// A colleague is added, or gets a new link. The body is read by hand: a role may stand in it several times.
pub async fn add(State(state): State<AppState>, asker: Asker, body: Bytes) -> Response {
    let mut new = NewStaff {
        email: String::new(),
        name: String::new(),
        roles: Vec::new(),
    };
    let Ok(pairs) = serde_urlencoded::from_bytes::<Vec<(String, String)>>(&body) else {
        return form(&state, &asker, String::new(), Some(StaffRefusal::NoEmail)).await;
    };
    for (name, value) in pairs {
        match name.as_str() {
            "email" => new.email = value,
            "name" => new.name = value,
            "role" => new.roles.extend(Role::from_name(&value)),
            _ => {}
        }
    }
    let office = asker.officer.office();
    match state.service.add_staff(office, Some(asker.officer.clone()), new).await {
        Err(_) => busy(),
        Ok(Ok(link)) => form(&state, &asker, link, None).await,
        Ok(Err(refusal)) => form(&state, &asker, String::new(), Some(refusal)).await,
    }
}

/// A colleague has left.
pub async fn remove(State(state): State<AppState>, asker: Asker, Form(chosen): Form<Chosen>) -> Response {
    let office = asker.officer.office();
    match state
        .service
        .remove_staff(office, asker.officer.clone(), StaffId(chosen.id))
        .await
    {
        Err(_) => busy(),
        Ok(Ok(())) => go(&format!("/staff/{}/petugas", asker.slug)),
        Ok(Err(refusal)) => form(&state, &asker, String::new(), Some(refusal)).await,
    }
}
