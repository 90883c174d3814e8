//! `/isi/belum-paham`: what the assistant did not understand, by what it speaks of, and what it means.

use askama::Template;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use sigap_actions::edit_content::EditRefusal;
use sigap_actions::unclear::{Teaching, UnclearGroup};
use sigap_core::conversation::reply::Arg;
use sigap_core::limits::UNCLEAR_DAYS;
use sigap_understand::classify::Intent;

use super::names::problem_words;
use super::refused;
use crate::console::{Asker, Bar};
use crate::pages::{Words, busy, nowhere, private_page};
use crate::routes::AppState;

/// Groups that one page shows: a clerk's morning.
const GROUPS_SHOWN: usize = 40;
/// Sentences of a group that are shown.
const TEXTS_SHOWN: usize = 5;
/// Digits and commas of the ids of one group.
const IDS_CHARS_MAX: usize = 60_000;

#[derive(Template)]
#[template(path = "console/content/unclear.html")]
struct UnclearPage<'a> {
    words: Words<'a>,
    bar: Bar,
    told: String,
    is_good: bool,
    hint: String,
    groups: Vec<Group>,
    intents: Vec<(&'static str, String)>,
}

struct Group {
    ids: String,
    texts: Vec<String>,
    more: String,
    times: String,
    guess: String,
    /// The label of the guess, chosen beforehand where it is a topic.
    guessed: &'static str,
}

/// What is tapped.
#[derive(Debug, Default, Deserialize)]
pub struct Tapped {
    #[serde(default)]
    ids: String,
    #[serde(default)]
    means: String,
    #[serde(default)]
    deed: String,
}

/// The page.
pub async fn show(State(state): State<AppState>, asker: Asker) -> Response {
    render(&state, &asker, StatusCode::OK, String::new(), false).await
}

async fn render(state: &AppState, asker: &Asker, status: StatusCode, told: String, is_good: bool) -> Response {
    let Some(words) = asker.words(state) else {
        return nowhere();
    };
    let found = state
        .service
        .view_unclear(asker.officer.office(), asker.officer.clone())
        .await;
    let groups = match found {
        Err(_) => return busy(),
        Ok(Err(refusal)) => return refused(state, asker, &refusal),
        Ok(Ok(groups)) => groups,
    };
    private_page(
        status,
        &UnclearPage {
            bar: asker.bar("content"),
            told,
            is_good,
            hint: words.key("editor.unclear_hint", &[("days", Arg::Number(UNCLEAR_DAYS))]),
            groups: groups
                .iter()
                .take(GROUPS_SHOWN)
                .map(|group| shown(words, group))
                .collect(),
            intents: Intent::all()
                .map(|intent| (intent.name(), intent_name(words, intent)))
                .collect(),
            words,
        },
    )
}

/// What an intent is called.
pub(super) fn intent_name(words: Words<'_>, intent: Intent) -> String {
    words.e(&format!("intent_{}", intent.name()))
}

fn shown(words: Words<'_>, group: &UnclearGroup) -> Group {
    let ids: Vec<String> = group.ids.iter().map(i64::to_string).collect();
    let rest = group.texts.len().saturating_sub(TEXTS_SHOWN);
    Group {
        ids: ids.join(","),
        texts: group
            .texts
            .iter()
            .take(TEXTS_SHOWN)
            .map(|(text, _)| text.clone())
            .collect(),
        more: if rest == 0 {
            String::new()
        } else {
            words.key("editor.unclear_more", &[("count", Arg::count(rest))])
        },
        times: words.key(
            "editor.unclear_times",
            &[("count", Arg::count(group.ids.len())), ("day", Arg::Day(group.last))],
        ),
        guess: words.key(
            "editor.unclear_guess",
            &[("guess", Arg::Text(intent_name(words, group.guess)))],
        ),
        guessed: group.guess.name(),
    }
}

/// What a group means, or that nothing is learned from it.
pub async fn send(State(state): State<AppState>, asker: Asker, Form(tapped): Form<Tapped>) -> Response {
    let Some(words) = asker.words(&state) else {
        return nowhere();
    };
    let ids = tapped.ids.get(..IDS_CHARS_MAX).unwrap_or(&tapped.ids);
    let ids: Vec<i64> = ids.split(',').filter_map(|id| id.parse().ok()).collect();
    let teaching = match (tapped.deed.as_str(), Intent::find(&tapped.means)) {
        ("drop", _) => Teaching::Dropped,
        ("teach", Some(intent)) => Teaching::Means(intent),
        _ => return nowhere(),
    };
    let taught = state
        .service
        .teach(asker.officer.office(), asker.officer.clone(), ids, teaching.clone())
        .await;
    match taught {
        Err(_) => busy(),
        Ok(Ok(())) => {
            let told = match teaching {
                Teaching::Means(_) => words.e("unclear_taught"),
                Teaching::Dropped => String::new(),
            };
            render(&state, &asker, StatusCode::OK, told, true).await
        }
        Ok(Err(EditRefusal::Changed)) => {
            render(&state, &asker, StatusCode::CONFLICT, words.e("unclear_gone"), false).await
        }
        Ok(Err(EditRefusal::Problems(problems))) => {
            let why: Vec<String> = problems.iter().map(|problem| problem_words(words, problem)).collect();
            let told = words.key("editor.unclear_problem", &[("why", Arg::Text(why.join(" ")))]);
            render(&state, &asker, StatusCode::UNPROCESSABLE_ENTITY, told, false).await
        }
        Ok(Err(refusal)) => refused(&state, &asker, &refusal),
    }
}
