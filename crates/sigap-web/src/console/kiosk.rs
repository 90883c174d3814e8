//! `/staff/{office}/kios`: a machine in the hall gives numbers. It is started by somebody signed in, whose session ends with that; the new
//! one may give numbers and nothing else.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use sigap_actions::give_number::Ticket;
use sigap_actions::service::NumberAsked;

use super::sign_in::with_cookie;
use super::{Asker, device_of, go, new_tap, session_cookie};
use crate::hall::{band_words, clock_words, group_words, line_words, refusal_words, short_band, today_words};
use crate::pages::{Words, busy, nowhere, private_page};
use crate::qr_picture::picture;
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "console/kiosk.html")]
struct KioskPage<'a> {
    words: Words<'a>,
    slug: String,
    tap: String,
    lines: Vec<(String, String, String)>,
    groups: Vec<(String, String)>,
    chosen_group: String,
    problem: String,
}

#[derive(Template)]
#[template(path = "console/number.html")]
struct NumberPage<'a> {
    words: Words<'a>,
    slug: String,
    number: String,
    line: String,
    band: String,
    day: String,
    given: String,
    picture: String,
    ticket: String,
}

/// What is tapped.
#[derive(Deserialize)]
pub struct Tapped {
    #[serde(default)]
    tap: String,
    #[serde(default)]
    line: String,
    #[serde(default)]
    group: String,
}

/// Which group was chosen first.
#[derive(Debug, Default, Deserialize)]
pub struct Group {
    #[serde(default)]
    kelompok: String,
}

/// The tiles.
pub async fn show(
    State(state): State<AppState>,
    asker: Asker,
    axum::extract::Query(group): axum::extract::Query<Group>,
) -> Response {
    tiles(&state, &asker, &group.kelompok, String::new(), StatusCode::OK).await
}

async fn tiles(state: &AppState, asker: &Asker, group: &str, problem: String, status: StatusCode) -> Response {
    let (Some(office), Some(words)) = (asker.office(state), asker.words(state)) else {
        return nowhere();
    };
    let view = match state.service.view_display(office.id).await {
        Err(_) => return busy(),
        Ok(Err(refusal)) => {
            let body = refusal_words(words, refusal);
            return super::home::message(words, asker.bar(""), StatusCode::NOT_FOUND, "page.no_hall_title", body);
        }
        Ok(Ok(view)) => view,
    };
    let lines = view.lines.iter().map(|line| {
        let band = short_band(words, office, view.at, line.newcomer);
        (line.line.clone(), line_words(words, &line.line), band)
    });
    private_page(
        status,
        &KioskPage {
            slug: asker.slug.clone(),
            tap: new_tap(state),
            lines: lines.collect(),
            groups: office
                .priority
                .iter()
                .map(|known| (known.id.clone(), group_words(words, office, &known.id)))
                .collect(),
            chosen_group: office
                .priority
                .iter()
                .find(|known| known.id == group)
                .map(|known| known.id.clone())
                .unwrap_or_default(),
            problem,
            words,
        },
    )
}

/// Somebody wants a number.
pub async fn give(State(state): State<AppState>, asker: Asker, Form(tapped): Form<Tapped>) -> Response {
    let asked = NumberAsked {
        line: tapped.line,
        group: Some(tapped.group.clone()).filter(|group| !group.is_empty()),
        beyond: false,
    };
    let office = asker.officer.office();
    let given = state
        .service
        .give_number(office, asker.officer.clone(), tapped.tap, asked)
        .await;
    let Some(words) = asker.words(&state) else {
        return nowhere();
    };
    match given {
        Err(_) => busy(),
        // Tapped twice: the number was given by the first one.
        Ok(Ok(None)) => go(&format!("/staff/{}/kios", asker.slug)),
        Ok(Ok(Some(ticket))) => {
            state.hall_news.tell(office);
            number(&state, &asker, &ticket).await
        }
        Ok(Err(refusal)) => {
            let problem = refusal_words(words, refusal);
            tiles(&state, &asker, &tapped.group, problem, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

async fn number(state: &AppState, asker: &Asker, ticket: &Ticket) -> Response {
    let (Some(office), Some(words)) = (asker.office(state), asker.words(state)) else {
        return nowhere();
    };
    let place = state
        .service
        .view_place(office.id, ticket.token.clone())
        .await
        .ok()
        .flatten();
    let band = place
        .map(|place| band_words(words, office, place.at, place.band))
        .unwrap_or_default();
    private_page(
        StatusCode::OK,
        &NumberPage {
            slug: asker.slug.clone(),
            number: ticket.label.to_string(),
            line: line_words(words, &ticket.line),
            band,
            day: today_words(words, office, state.clock.now()),
            given: clock_words(words, office, state.clock.now()),
            picture: picture(&state.links.queue(&asker.slug, &ticket.token)),
            ticket: format!("/o/{}/q/{}?cetak=1", asker.slug, ticket.token),
            words,
        },
    )
}

/// The present session becomes that of a machine.
pub async fn start(State(state): State<AppState>, asker: Asker, headers: HeaderMap) -> Response {
    let office = asker.officer.office();
    match state
        .service
        .start_kiosk(office, asker.officer, device_of(&headers))
        .await
    {
        Err(_) => busy(),
        Ok(started) => {
            let seconds = started.ends_at.duration_since(state.clock.now()).as_secs();
            with_cookie(
                go(&format!("/staff/{}/kios", asker.slug)),
                &session_cookie(&asker.slug, &started.token, seconds),
            )
        }
    }
}
