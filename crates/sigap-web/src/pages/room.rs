//! `GET /o/{office}/r/{service}/{day}/{token}`: where a ticket of a waiting room stands. Asks for nothing but two integers;
//! looks again by itself every half minute, by a script that changes only what moved.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use sigap_core::booking::RoomView;
use sigap_core::conversation::reply::Arg;

use super::{Asked, Words, busy, nowhere, office_of, private_page};
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "room.html")]
struct RoomPage<'a> {
    words: Words<'a>,
    service: String,
    day: String,
    number: String,
    title: String,
    body: String,
    comes_again: bool,
    choose: String,
}

/// The place in line.
pub async fn show(
    State(state): State<AppState>,
    Path((slug, service, day, token)): Path<(String, String, String, String)>,
    Query(asked): Query<Asked>,
) -> Response {
    let (Some(office), Ok(day)) = (office_of(&state, &slug), day.parse::<Date>()) else {
        return nowhere();
    };
    let view = match state.service.view_room(office.id, service.clone(), day, token).await {
        Err(_) => return busy(),
        Ok(None) => return nowhere(),
        Ok(Some(view)) => view,
    };
    let chosen = day;
    let words = Words::new(state.service.content(), office, asked.language());
    let count = |count: u64| Arg::count(count);
    let (number, title, body, comes_again) = match view {
        RoomView::Before { opens_at, inside } => (
            String::new(),
            words.of("room_before_title"),
            words.with(
                "room_before",
                &[
                    ("inside", count(inside)),
                    ("day", Arg::Day(opens_at.date())),
                    ("time", Arg::Clock(opens_at.time())),
                ],
            ),
            true,
        ),
        RoomView::Waiting { ahead, about_at } => (
            words.arg(&count(ahead)),
            words.of("room_waiting_title"),
            words.with("room_waiting", &[("time", Arg::Clock(about_at.time()))]),
            true,
        ),
        RoomView::Inside { .. } => (
            String::new(),
            words.of("room_inside_title"),
            words.of("room_inside"),
            false,
        ),
        RoomView::Gone => (String::new(), words.of("room_gone_title"), words.of("room_gone"), false),
    };
    private_page(
        StatusCode::OK,
        &RoomPage {
            words,
            service: words.service(&service),
            day: words.arg(&Arg::Day(day)),
            number,
            title,
            body,
            comes_again,
            choose: if comes_again {
                String::new()
            } else {
                format!("/o/{slug}/antrean/jam?hari={chosen}")
            },
        },
    )
}
