//! `GET /o/{office}/privasi`: what is kept of a citizen, why and how long, and the way to see, take along and erase it.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::chat_text::{Block, ChatText};
use super::info::SUMMARY_CHARS_MAX;
use super::{Asked, Words, nowhere, office_of, public_page};
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "guide/privacy.html")]
struct PrivacyPage<'a> {
    words: Words<'a>,
    title: String,
    description: String,
    blocks: Vec<Block>,
}

/// The page.
pub async fn show(State(state): State<AppState>, Path(slug): Path<String>, Query(asked): Query<Asked>) -> Response {
    let Some(office) = office_of(&state, &slug) else {
        return nowhere();
    };
    let words = Words::new(state.service.content(), office, asked.language());
    let text = words.g("privacy");
    let ChatText { title, blocks } = ChatText::read(&text);
    public_page(
        StatusCode::OK,
        &PrivacyPage {
            words,
            title,
            description: ChatText::summary(&text, SUMMARY_CHARS_MAX),
            blocks,
        },
    )
}
