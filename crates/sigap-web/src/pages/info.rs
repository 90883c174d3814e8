//! `GET /o/{office}/info/{choice}`: what the dialogue says to a choice, as a page that can be bookmarked and found.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use sigap_core::conversation::choice::BOOKING_MINE;
use sigap_core::conversation::reply::Choice;

use super::chat_text::{Block, ChatText};
use super::guide::{Way, ask, body, is_answered_alone, path_of, ways};
use super::{Asked, Words, nowhere, office_of, public_page};
use crate::routes::AppState;

/// Characters of what a search engine shows of a page.
pub(crate) const SUMMARY_CHARS_MAX: usize = 150;

#[derive(Template)]
#[template(path = "guide/info.html")]
struct InfoPage<'a> {
    words: Words<'a>,
    title: String,
    description: String,
    blocks: Vec<Block>,
    ways: Vec<Way>,
}

/// The page of a choice; what has a page of its own leads there.
pub async fn show(
    State(state): State<AppState>,
    Path((slug, name)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Response {
    let (Some(office), Some(choice)) = (office_of(&state, &slug), Choice::find(&name)) else {
        return nowhere();
    };
    if !is_answered_alone(choice) {
        // Only typed, and answered with the menu: there is nothing to show of it.
        let path = path_of(&slug, choice);
        return if path == format!("/o/{slug}") && choice.topic() != "menu" {
            nowhere()
        } else {
            Redirect::to(&path).into_response()
        };
    }
    let words = Words::new(state.service.content(), office, asked.language());
    let Some(reply) = ask(words, state.clock.now(), choice) else {
        // Where the office gives places itself, changing one is about somebody's booking.
        return Redirect::to(&path_of(&slug, BOOKING_MINE)).into_response();
    };
    let text = body(words, &reply);
    let ChatText { title, blocks } = ChatText::read(&text);
    let title = if title.is_empty() {
        words.content().title_of_choice(office, words.language, choice)
    } else {
        title
    };
    public_page(
        StatusCode::OK,
        &InfoPage {
            words,
            title,
            description: ChatText::summary(&text, SUMMARY_CHARS_MAX),
            blocks,
            ways: ways(words, &reply),
        },
    )
}
