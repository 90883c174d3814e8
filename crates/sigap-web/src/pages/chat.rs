//! `/o/{office}/obrolan`: the chat on a page, with the engine of the WhatsApp line. Works without a script: what was said stands on the page, and
//! what can be tapped are buttons of a form.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sigap_actions::say_in_browser::{BrowserLine, Typed};
use sigap_core::conversation::reply::Arg;
use sigap_core::limits::LINE_CHARS_MAX;
use sigap_core::message::Form;

use super::chat_text::{Block, ChatText};
use super::visitor::{Fields, Visitor, new_key};
use super::{Words, busy, nowhere, private_page};
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "visitor/chat.html", blocks = ["lines"])]
struct ChatPage<'a> {
    words: Words<'a>,
    slug: &'a str,
    lines: Vec<Line>,
    last: i64,
    key: String,
    problem: String,
    text: String,
    most: usize,
}

/// A bubble.
struct Line {
    is_ours: bool,
    title: String,
    blocks: Vec<Block>,
    time: String,
    choices: Vec<(String, String, String)>,
    link: Option<(String, String)>,
}

/// From which line on.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct After {
    #[serde(default)]
    sesudah: i64,
}

/// The page.
pub(crate) async fn show(State(state): State<AppState>, visitor: Visitor) -> Response {
    respond(&state, &visitor, StatusCode::OK, "", String::new()).await
}

/// Something is said.
pub(crate) async fn send(State(state): State<AppState>, mut visitor: Visitor, fields: Fields) -> Response {
    let Some(words) = visitor.words(&state) else {
        return nowhere();
    };
    let begun = fields.get("mulai");
    let text = if begun.is_empty() { fields.get("teks") } else { begun };
    let choice = fields.get("pilihan");
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    if text.is_empty() && choice.is_empty() {
        return respond(&state, &visitor, wrong, "", words.w("chat_empty")).await;
    }
    if text.chars().count() > LINE_CHARS_MAX {
        let most = Arg::count(LINE_CHARS_MAX);
        let problem = words.with_web("chat_long", &[("most", most)]);
        return respond(&state, &visitor, wrong, text, problem).await;
    }
    let typed = if choice.is_empty() {
        Typed::Words(text.to_owned())
    } else {
        Typed::Choice(choice.to_owned())
    };
    let browser = match visitor.open(&state).await {
        Err(response) => return response,
        Ok((_, browser)) => browser,
    };
    let said = state.service.say_in_browser(
        visitor.office,
        browser,
        fields.get("kunci").to_owned(),
        visitor.language(),
        typed,
    );
    match said.await {
        Err(_) => busy(),
        Ok(_) => visitor.go("/obrolan#akhir"),
    }
}

/// What was said since, for the script that keeps the page live; empty when nothing was.
pub(crate) async fn news(State(state): State<AppState>, visitor: Visitor, Query(after): Query<After>) -> Response {
    let (Some(words), Some(browser)) = (visitor.words(&state), visitor.browser.clone()) else {
        return StatusCode::NO_CONTENT.into_response();
    };
    match state.service.list_lines(visitor.office, browser, after.sesudah).await {
        Err(_) => busy(),
        Ok(lines) if lines.is_empty() => StatusCode::NO_CONTENT.into_response(),
        Ok(lines) => {
            let page = page_of(&state, &visitor, words, &lines, "", String::new());
            match page.as_lines().render() {
                Ok(html) => (
                    [
                        (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
                        (header::CACHE_CONTROL, "no-store".to_owned()),
                        (header::HeaderName::from_static("x-baris"), page.last.to_string()),
                    ],
                    html,
                )
                    .into_response(),
                Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
            }
        }
    }
}

async fn respond(state: &AppState, visitor: &Visitor, status: StatusCode, text: &str, problem: String) -> Response {
    let Some(words) = visitor.words(state) else {
        return nowhere();
    };
    let lines = match visitor.browser.clone() {
        None => Vec::new(),
        Some(browser) => match state.service.list_lines(visitor.office, browser, 0).await {
            Err(_) => return busy(),
            Ok(lines) => lines,
        },
    };
    let page = page_of(state, visitor, words, &lines, text, problem);
    visitor.answer(private_page(status, &page))
}

fn page_of<'a>(
    state: &AppState,
    visitor: &'a Visitor,
    words: Words<'a>,
    lines: &[BrowserLine],
    text: &str,
    problem: String,
) -> ChatPage<'a> {
    ChatPage {
        slug: &visitor.slug,
        last: lines.last().map_or(0, |line| line.id),
        lines: bubbles(words, lines),
        key: new_key(state),
        problem,
        text: text.to_owned(),
        most: LINE_CHARS_MAX,
        words,
    }
}

/// All of them; what can be tapped stands below the newest alone, older choices would fill a phone.
fn bubbles(words: Words<'_>, lines: &[BrowserLine]) -> Vec<Line> {
    let mut bubbles: Vec<Line> = lines.iter().map(|line| bubble(words, line)).collect();
    let older = bubbles.len().saturating_sub(1);
    for bubble in bubbles.iter_mut().take(older) {
        bubble.choices.clear();
    }
    bubbles
}

fn bubble(words: Words<'_>, line: &BrowserLine) -> Line {
    let ChatText { title, blocks } = ChatText::read(&line.content.words.0);
    let (choices, link) = match &line.content.form {
        Form::Buttons(buttons) => (
            buttons
                .iter()
                .map(|button| (button.choice.clone(), button.title.clone(), String::new()))
                .collect(),
            None,
        ),
        Form::List { sections, .. } => (
            sections
                .iter()
                .flat_map(|section| &section.rows)
                .map(|row| {
                    (
                        row.choice.clone(),
                        row.title.clone(),
                        row.description.clone().unwrap_or_default(),
                    )
                })
                .collect(),
            None,
        ),
        Form::Link { label, url } => (Vec::new(), Some((url.clone(), label.clone()))),
        Form::Text | Form::Survey { .. } | Form::Template { .. } => (Vec::new(), None),
    };
    let at = words.office.zone.to_datetime(line.said_at);
    Line {
        is_ours: line.is_ours,
        title,
        blocks,
        time: words.arg(&Arg::Clock(at.time())),
        choices,
        link,
    }
}
