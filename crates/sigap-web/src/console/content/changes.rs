//! `/isi/perubahan`: what the draft changes, what would go wrong, and who says yes to it.

use askama::Template;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use sigap_actions::edit_content::{DraftDeed, EditRefusal, VersionState};
use sigap_actions::publish_content::{Trial, differences};
use sigap_content::lesson::Lesson;
use sigap_core::conversation::reply::Arg;
use sigap_core::limits::NOTE_CHARS_MAX;
use sigap_core::staff::Right;
use sigap_understand::classify::Intent;

use super::chats::{Told, told_turns};
use super::diff::{Changed, changed};
use super::names::{entry_name, field_name, problem_words};
use super::unclear::intent_name;
use super::{refused, workbench};
use crate::console::{Asker, Bar, go};
use crate::figures::table::with_decimal_sign;
use crate::pages::{Words, busy, nowhere, private_page};
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "console/content/changes.html")]
struct ChangesPage<'a> {
    words: Words<'a>,
    bar: Bar,
    told: String,
    revision: u32,
    is_submitted: bool,
    has_pending: bool,
    about: String,
    note: String,
    returned: String,
    changes: Vec<Changed>,
    problems: Vec<(String, String, String)>,
    findings: Vec<String>,
    runs: Vec<Run>,
    lesson: Option<Learned>,
    is_taught_worse: bool,
    failed: usize,
    is_green: bool,
    may_publish: bool,
    is_own: bool,
    needs_submitting: bool,
    is_notice: bool,
    most: usize,
}

/// A conversation that was tried.
struct Run {
    href: String,
    title: String,
    is_good: bool,
    turns: Vec<Told>,
}

/// What learning anew changes, in words.
struct Learned {
    is_worse: bool,
    /// What is counted, before and after.
    rows: Vec<(String, String, String)>,
    /// Sentences with what they are answered with, before and after.
    changed: Vec<(String, String, String)>,
}

fn learned(words: Words<'_>, lesson: &Lesson) -> Learned {
    let count = |name: &str, [before, after]: [usize; 2]| {
        (
            words.e(name),
            words.arg(&Arg::count(before)),
            words.arg(&Arg::count(after)),
        )
    };
    let share = |name: &str, [before, after]: [f32; 2]| {
        let percent = |share: f32| with_decimal_sign(words, format!("{:.1}", share * 100.0).replace('.', ","));
        (words.e(name), percent(before), percent(after))
    };
    let answer =
        |intent: Option<Intent>| intent.map_or_else(|| words.e("lesson_asked"), |intent| intent_name(words, intent));
    Learned {
        is_worse: lesson.is_worse(),
        rows: vec![
            count("lesson_understood", lesson.understood),
            count("lesson_measured", lesson.measured),
            share("lesson_accuracy", lesson.accuracy),
            share("lesson_strange", lesson.strange),
        ],
        changed: lesson
            .changed
            .iter()
            .map(|one| (one.text.clone(), answer(one.answered[0]), answer(one.answered[1])))
            .collect(),
    }
}

/// What is tapped.
#[derive(Debug, Default, Deserialize)]
pub struct Tapped {
    #[serde(default)]
    deed: String,
    #[serde(default)]
    revision: u32,
    #[serde(default)]
    note: String,
}

/// The page.
pub async fn show(State(state): State<AppState>, asker: Asker) -> Response {
    render(&state, &asker, StatusCode::OK, "").await
}

async fn render(state: &AppState, asker: &Asker, status: StatusCode, told: &str) -> Response {
    let Some(words) = asker.words(state) else {
        return nowhere();
    };
    let bench = match workbench(state, asker).await {
        Ok(bench) => bench,
        Err(response) => return response,
    };
    let office = asker.officer.office();
    let trial: Trial = match state.service.try_draft(office, asker.officer.clone()).await {
        Err(_) => return busy(),
        Ok(Err(refusal)) => return refused(state, asker, &refusal),
        Ok(Ok(trial)) => trial,
    };
    let found = differences(&bench.base, office, &bench.published, &bench.overlay, state.clock.now());
    let link =
        |key: &sigap_content::entry::EntryKey| format!("/staff/{}/isi/{}/{}", asker.slug, key.kind.word(), key.name);
    let pending = bench.pending.as_ref();
    let is_submitted = pending.is_some_and(|(head, _)| head.state == VersionState::Submitted);
    let about = pending.map(|(head, content)| {
        let names: Vec<&str> = content.editors.iter().map(|staff| bench.name_of(*staff)).collect();
        let args = [
            ("who", Arg::Text(names.join(", "))),
            ("at", Arg::Moment(head.changed_at)),
        ];
        words.key("editor.draft_about", &args)
    });
    let said = |pick: fn(&sigap_actions::content_version::VersionContent) -> &String| {
        pending.map(|(_, content)| pick(content).clone()).unwrap_or_default()
    };
    let is_mine = pending.is_some_and(|(_, content)| content.editors.contains(&asker.officer.staff()));
    let problems = trial.problems.iter().flat_map(|(key, problems)| {
        let link = link(key);
        problems.iter().map(move |problem| {
            let field = if problem.field.is_empty() {
                String::new()
            } else {
                format!(", {}", field_name(words, &problem.field))
            };
            (
                link.clone(),
                format!("{}{field}", entry_name(words, key)),
                problem_words(words, problem),
            )
        })
    });
    let failed = trial.runs.iter().filter(|run| !run.is_good()).count();
    private_page(
        status,
        &ChangesPage {
            bar: asker.bar("content"),
            told: if told.is_empty() { String::new() } else { words.e(told) },
            revision: pending.map(|(head, _)| head.revision).unwrap_or_default(),
            is_submitted,
            has_pending: pending.is_some(),
            about: about.unwrap_or_default(),
            note: said(|content| &content.note),
            returned: said(|content| &content.returned),
            changes: found.iter().map(|one| changed(words, &asker.slug, one)).collect(),
            problems: problems.collect(),
            findings: trial.findings.iter().map(ToString::to_string).collect(),
            runs: trial
                .runs
                .iter()
                .map(|run| Run {
                    href: format!("/staff/{}/isi/uji/{}", asker.slug, run.id),
                    title: run.title.clone(),
                    is_good: run.is_good(),
                    turns: told_turns(words, &run.turns),
                })
                .collect(),
            failed,
            lesson: trial.lesson.as_ref().map(|lesson| learned(words, lesson)),
            is_taught_worse: trial.lesson.as_ref().is_some_and(Lesson::is_worse),
            is_green: trial.is_green(),
            may_publish: asker.officer.may(Right::Publish),
            is_own: bench.needs_four_eyes && is_mine,
            needs_submitting: bench.needs_four_eyes && !is_submitted,
            is_notice: found
                .iter()
                .any(|one| one.key.kind == sigap_content::entry::Kind::Notice),
            most: NOTE_CHARS_MAX,
            words,
        },
    )
}

/// Something is done with the draft.
pub async fn send(State(state): State<AppState>, asker: Asker, Form(tapped): Form<Tapped>) -> Response {
    let (office, who) = (asker.officer.office(), asker.officer.clone());
    let here = format!("/staff/{}/isi/perubahan", asker.slug);
    let first = format!("/staff/{}/isi", asker.slug);
    let (deed, next) = match tapped.deed.as_str() {
        "submit" => (DraftDeed::Submit(tapped.note), here),
        "take_back" => (DraftDeed::TakeBack, here),
        "give_back" => (DraftDeed::GiveBack(tapped.note), here),
        "drop" => (DraftDeed::Drop, first),
        "publish" => {
            let published = state.service.publish_draft(office, who, tapped.revision).await;
            return match published {
                Err(_) => busy(),
                Ok(Ok(_)) => go(&format!("/staff/{}/isi/riwayat", asker.slug)),
                Ok(Err(refusal)) => back(&state, &asker, &refusal).await,
            };
        }
        _ => return nowhere(),
    };
    match state.service.move_draft(office, who, tapped.revision, deed).await {
        Err(_) => busy(),
        Ok(Ok(())) => go(&next),
        Ok(Err(refusal)) => back(&state, &asker, &refusal).await,
    }
}

/// The page again, with why not.
async fn back(state: &AppState, asker: &Asker, refusal: &EditRefusal) -> Response {
    let told = match refusal {
        EditRefusal::Blocked(_) => "refused_blocked",
        EditRefusal::OwnWork => "refused_own_work",
        EditRefusal::NotSubmitted => "refused_not_submitted",
        EditRefusal::Nothing => "refused_nothing",
        EditRefusal::Changed => "refused_changed",
        _ => return refused(state, asker, refusal),
    };
    render(state, asker, StatusCode::CONFLICT, told).await
}
