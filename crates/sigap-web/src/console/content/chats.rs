//! `/isi/uji`: conversations with which the office tries its content. When a citizen says this, the answer must say that.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use sigap_actions::content_scripts::{ScriptRow, ScriptTrouble, check_script};
use sigap_actions::edit_content::EditRefusal;
use sigap_actions::try_chat::{ChatScript, ChatTurn, TriedTurn};
use sigap_core::conversation::reply::Arg;
use sigap_core::ids::ContentScriptId;
use sigap_core::limits::{SCRIPT_CHARS_MAX, SCRIPT_TURNS_MAX};

use super::preview::{Piece, buttons, lines};
use super::refused;
use crate::console::{Asker, Bar, go};
use crate::pages::{Words, busy, nowhere, private_page};
use crate::routes::AppState;

/// Empty turns below those that are written.
const BLANK_TURNS: usize = 2;
/// The address of a new one.
const NEW: &str = "baru";

#[derive(Template)]
#[template(path = "console/content/chats.html")]
struct ChatsPage<'a> {
    words: Words<'a>,
    bar: Bar,
    rows: Vec<(i64, String, usize, bool)>,
}

#[derive(Template)]
#[template(path = "console/content/chat.html")]
struct ChatPage<'a> {
    words: Words<'a>,
    bar: Bar,
    title: String,
    at: String,
    turns: Vec<Turn>,
    revision: u32,
    is_new: bool,
    trouble: String,
    tried: Option<Vec<Told>>,
    is_good: bool,
    most: usize,
}

struct Turn {
    place: usize,
    legend: String,
    says: String,
    wanted: String,
    unwanted: String,
}

/// A turn that was tried, as a chat.
pub(super) struct Told {
    pub(super) says: String,
    pub(super) lines: Vec<Vec<Piece>>,
    pub(super) buttons: Vec<String>,
    pub(super) is_silent: bool,
    pub(super) is_good: bool,
    pub(super) problems: Vec<String>,
}

pub(super) fn told_turns(words: Words<'_>, turns: &[TriedTurn]) -> Vec<Told> {
    let quoted =
        |name: &str, text: &String| words.key(&format!("editor.{name}"), &[("words", Arg::Text(text.clone()))]);
    turns
        .iter()
        .map(|turn| {
            let mut problems: Vec<String> = turn.missing.iter().map(|text| quoted("chat_missing", text)).collect();
            problems.extend(turn.unwanted.iter().map(|text| quoted("chat_unwanted", text)));
            problems.extend(turn.fault.iter().map(|_| words.e("chat_fault")));
            Told {
                says: turn.says.clone(),
                lines: turn
                    .answer
                    .as_ref()
                    .map(|answer| lines(&answer.body))
                    .unwrap_or_default(),
                buttons: turn.answer.as_ref().map(buttons).unwrap_or_default(),
                is_silent: turn.answer.is_none(),
                is_good: turn.is_good(),
                problems,
            }
        })
        .collect()
}

/// All of them, each tried on the draft.
pub async fn list(State(state): State<AppState>, asker: Asker) -> Response {
    let Some(words) = asker.words(&state) else {
        return nowhere();
    };
    let (office, who) = (asker.officer.office(), asker.officer.clone());
    let trial = match state.service.try_draft(office, who).await {
        Err(_) => return busy(),
        Ok(Err(refusal)) => return refused(&state, &asker, &refusal),
        Ok(Ok(trial)) => trial,
    };
    private_page(
        StatusCode::OK,
        &ChatsPage {
            words,
            bar: asker.bar("content"),
            rows: trial
                .runs
                .iter()
                .map(|run| (run.id.0, run.title.clone(), run.turns.len(), run.is_good()))
                .collect(),
        },
    )
}

async fn find(state: &AppState, asker: &Asker, id: &str) -> Result<Option<ScriptRow>, Response> {
    if id == NEW {
        return Ok(None);
    }
    let id: i64 = id.parse().map_err(|_| nowhere())?;
    let office = asker.officer.office();
    match state.service.view_scripts(office, asker.officer.clone()).await {
        Err(_) => Err(busy()),
        Ok(Err(refusal)) => Err(refused(state, asker, &refusal)),
        Ok(Ok(rows)) => {
            let found = rows.into_iter().find(|row| row.id.0 == id);
            found
                .map(Some)
                .ok_or_else(|| refused(state, asker, &EditRefusal::Unknown))
        }
    }
}

/// One of them, tried.
pub async fn show(State(state): State<AppState>, Path((_, id)): Path<(String, String)>, asker: Asker) -> Response {
    let row = match find(&state, &asker, &id).await {
        Ok(row) => row,
        Err(response) => return response,
    };
    let revision = row.as_ref().map(|row| row.revision).unwrap_or_default();
    let script = row.map(|row| row.script).unwrap_or_default();
    render(&state, &asker, StatusCode::OK, &script, revision, "").await
}

async fn render(
    state: &AppState,
    asker: &Asker,
    status: StatusCode,
    script: &ChatScript,
    revision: u32,
    trouble: &str,
) -> Response {
    let Some(words) = asker.words(state) else {
        return nowhere();
    };
    let mut tried = None;
    if !script.turns.is_empty() {
        let (office, who) = (asker.officer.office(), asker.officer.clone());
        match state.service.try_script(office, who, script.clone()).await {
            Err(_) => return busy(),
            Ok(Err(refusal)) => return refused(state, asker, &refusal),
            Ok(Ok(turns)) => tried = Some(turns),
        }
    }
    let count = (script.turns.len() + BLANK_TURNS).min(SCRIPT_TURNS_MAX);
    let turns = (0..count).map(|place| {
        let turn = script.turns.get(place).cloned().unwrap_or_default();
        let number = Arg::count(place + 1);
        Turn {
            place,
            legend: words.key("editor.chat_turn", &[("number", number)]),
            says: turn.says,
            wanted: turn.wanted.join("\n"),
            unwanted: turn.unwanted.join("\n"),
        }
    });
    private_page(
        status,
        &ChatPage {
            bar: asker.bar("content"),
            title: script.title.clone(),
            at: script
                .at
                .map(|at| at.strftime("%Y-%m-%dT%H:%M").to_string())
                .unwrap_or_default(),
            turns: turns.collect(),
            revision,
            is_new: revision == 0,
            trouble: if trouble.is_empty() {
                String::new()
            } else {
                words.e(trouble)
            },
            is_good: tried.iter().flatten().all(TriedTurn::is_good),
            tried: tried.map(|turns| told_turns(words, &turns)),
            most: SCRIPT_CHARS_MAX,
            words,
        },
    )
}

/// Tries, keeps or removes it.
pub async fn send(
    State(state): State<AppState>,
    Path((_, id)): Path<(String, String)>,
    asker: Asker,
    Form(sent): Form<Vec<(String, String)>>,
) -> Response {
    let text = |wanted: &str| {
        let found = sent.iter().rfind(|(name, _)| name == wanted);
        found.map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    };
    let (office, who) = (asker.officer.office(), asker.officer.clone());
    let known: Option<i64> = id.parse().ok();
    if id != NEW && known.is_none() {
        return nowhere();
    }
    let list = format!("/staff/{}/isi/uji", asker.slug);
    let revision: u32 = text("revision").parse().unwrap_or_default();
    let script = script(&text);
    match (text("deed").as_str(), known) {
        ("remove", Some(known)) => {
            return match state.service.delete_script(office, who, ContentScriptId(known)).await {
                Err(_) => busy(),
                Ok(Ok(())) => go(&list),
                Ok(Err(refusal)) => refused(&state, &asker, &refusal),
            };
        }
        ("save", _) => {}
        _ => return render(&state, &asker, StatusCode::OK, &script, revision, "").await,
    }
    if let Err(trouble) = check_script(&script) {
        let trouble = match trouble {
            ScriptTrouble::NoTitle => "chat_no_title",
            ScriptTrouble::NoTurns => "chat_no_turns",
            ScriptTrouble::NothingWanted => "chat_nothing_wanted",
            ScriptTrouble::TooLong => "chat_too_long",
        };
        return render(
            &state,
            &asker,
            StatusCode::UNPROCESSABLE_ENTITY,
            &script,
            revision,
            trouble,
        )
        .await;
    }
    let known = known.map(|known| (ContentScriptId(known), revision));
    match state.service.save_script(office, who, known, script.clone()).await {
        Err(_) => busy(),
        Ok(Ok(id)) => go(&format!("{list}/{id}")),
        Ok(Err(EditRefusal::Changed)) => {
            render(&state, &asker, StatusCode::CONFLICT, &script, revision, "chat_changed").await
        }
        Ok(Err(refusal)) => refused(&state, &asker, &refusal),
    }
}

/// What the form says; turns in which nobody says anything are none.
fn script(text: &impl Fn(&str) -> String) -> ChatScript {
    let list = |text: String| -> Vec<String> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.map(str::to_owned).collect()
    };
    let turns = (0..SCRIPT_TURNS_MAX).map(|place| ChatTurn {
        says: text(&format!("says{place}")),
        wanted: list(text(&format!("wanted{place}"))),
        unwanted: list(text(&format!("unwanted{place}"))),
    });
    ChatScript {
        title: text("title"),
        at: text("at").parse().ok(),
        turns: turns.filter(|turn| !turn.says.is_empty()).collect(),
    }
}
