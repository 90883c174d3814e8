//! `/staff/{office}/permohonan/{intake}`: one person's answers and photos, what the program noticed, and the officer's word on each paper. The
//! photos turn and grow without a script; what goes into the national application stands ready to be copied.

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use sigap_actions::view_files::FileRow;
use sigap_actions::work_intake::{IntakeSheet, IntakeTrouble, Judged, Verdict};
use sigap_core::conversation::reply::Arg;
use sigap_core::ids::IntakeId;
use sigap_core::intake::{AnswerKind, PaperState};
use sigap_core::limits::NOTE_CHARS_MAX;
use sigap_core::notices::Outcome;
use sigap_core::notices::budget::rupiah;

use super::files::{FileShown, shown};
use super::intakes::case_words;
use super::{Asker, Bar};
use crate::pages::{Words, busy, nowhere, private_page};
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "console/intake.html")]
struct IntakePage<'a> {
    words: Words<'a>,
    bar: Bar,
    slug: String,
    told: String,
    is_good: bool,
    name: String,
    facts: Vec<(String, String)>,
    notes: Vec<String>,
    answers: Vec<(String, String)>,
    summary: String,
    lines: usize,
    papers: Vec<PaperShown>,
    handover: String,
    window: String,
    most: usize,
}

struct PaperShown {
    id: String,
    name: String,
    state: String,
    mark: &'static str,
    findings: Vec<String>,
    reason: String,
    file: Option<FileShown>,
    may_accept: bool,
    may_ask: bool,
}

/// A verdict as a form.
#[derive(Debug, Default, Deserialize)]
pub struct Said {
    #[serde(default)]
    paper: String,
    #[serde(default)]
    deed: String,
    #[serde(default)]
    reason: String,
}

/// One intake.
pub async fn show(State(state): State<AppState>, Path((_, id)): Path<(String, i64)>, asker: Asker) -> Response {
    render(&state, &asker, IntakeId(id), None, StatusCode::OK).await
}

/// A word on a paper.
pub async fn send(
    State(state): State<AppState>,
    Path((_, id)): Path<(String, i64)>,
    asker: Asker,
    Form(said): Form<Said>,
) -> Response {
    let verdict = match said.deed.as_str() {
        "accept" => Verdict::Accept,
        "again" => Verdict::Again { reason: said.reason },
        _ => return nowhere(),
    };
    let office = asker.officer.office();
    let judged = state
        .service
        .judge_paper(office, asker.officer.clone(), IntakeId(id), said.paper, verdict)
        .await;
    let mut why = None;
    let (told, is_good, status) = match judged {
        Err(_) => return busy(),
        Ok(Err(IntakeTrouble::Denied | IntakeTrouble::Unknown)) => return nowhere(),
        Ok(Err(IntakeTrouble::NoPhoto)) => ("intakes.no_photo", false, StatusCode::UNPROCESSABLE_ENTITY),
        Ok(Err(IntakeTrouble::Reason)) => ("intakes.no_reason", false, StatusCode::UNPROCESSABLE_ENTITY),
        Ok(Ok(Judged::Kept)) => ("intakes.accepted", true, StatusCode::OK),
        Ok(Ok(Judged::Told)) => ("intakes.told", true, StatusCode::OK),
        Ok(Ok(Judged::ToldByTemplate)) => ("intakes.told_paid", true, StatusCode::OK),
        Ok(Ok(Judged::ToldLater)) => ("intakes.told_later", true, StatusCode::OK),
        Ok(Ok(Judged::NotTold(outcome))) => {
            why = outcome;
            ("intakes.not_told", true, StatusCode::OK)
        }
    };
    render(&state, &asker, IntakeId(id), Some((told, why, is_good)), status).await
}

/// What is said above: its key, why nobody was told, and whether it went well.
type Told = (&'static str, Option<Outcome>, bool);

async fn render(state: &AppState, asker: &Asker, id: IntakeId, told: Option<Told>, status: StatusCode) -> Response {
    let Some(words) = asker.words(state) else {
        return nowhere();
    };
    let office = asker.officer.office();
    let seen = state.service.view_intake(office, asker.officer.clone(), id).await;
    let (sheet, files) = match seen {
        Err(_) => return busy(),
        Ok(Err(_)) => return nowhere(),
        Ok(Ok(seen)) => seen,
    };
    private_page(status, &page_of(asker, words, &sheet, &files, told))
}

fn page_of<'a>(
    asker: &Asker,
    words: Words<'a>,
    sheet: &IntakeSheet,
    files: &[FileRow],
    told: Option<Told>,
) -> IntakePage<'a> {
    let line = &sheet.line;
    let say = |key: &str| words.key(key, &[]);
    let answers: Vec<(String, String)> = sheet
        .form
        .questions
        .iter()
        .map(|question| {
            let name = say(&format!("intake_question.{}.short", question.id));
            let answer = line.row.content.answers.get(&question.id);
            (name, answer_words(words, question.kind, answer.map(String::as_str)))
        })
        .collect();
    let facts = vec![
        (say("intakes.code"), line.code.grouped()),
        (say("intakes.day"), words.arg(&Arg::Day(line.row.day))),
        (say("intakes.service"), words.service(&line.service)),
        (say("intakes.case"), case_words(words, &line.row.content.case)),
        (say("intakes.born"), words.arg(&Arg::Day(line.visitor.born_on))),
        (
            say("intakes.state"),
            say(&format!("intakes.state_{}", line.row.state.name())),
        ),
    ];
    let summary: Vec<String> = answers
        .iter()
        .map(|(name, answer)| format!("{name}: {answer}"))
        .collect();
    let (told, is_good) = told.map_or((String::new(), true), |(key, why, is_good)| {
        let why = why.map_or(Arg::Empty, |why| {
            Arg::Key(format!("console.notice_outcome_{}", why.name()))
        });
        (words.key(key, &[("why", why)]), is_good)
    });
    IntakePage {
        bar: asker.bar("intakes"),
        slug: asker.slug.clone(),
        told,
        is_good,
        name: line.visitor.name.clone(),
        facts,
        notes: sheet
            .mismatches
            .iter()
            .map(|mismatch| say(&format!("intake.note_{}", mismatch.name())))
            .collect(),
        answers,
        lines: summary.len().max(1),
        summary: summary.join("\n"),
        papers: papers(asker, words, sheet, files),
        handover: words.office.handover.clone().unwrap_or_default(),
        window: if sheet.has_window {
            say("intakes.window_open")
        } else {
            let price = Arg::Rupiah(rupiah(sheet.money.next_sen));
            let left = Arg::Rupiah(sheet.money.left_rupiah());
            words.key("intakes.window_closed", &[("price", price), ("left", left)])
        },
        words,
        most: NOTE_CHARS_MAX,
    }
}

fn papers(asker: &Asker, words: Words<'_>, sheet: &IntakeSheet, files: &[FileRow]) -> Vec<PaperShown> {
    let say = |key: &str| words.key(key, &[]);
    sheet
        .form
        .papers
        .iter()
        .map(|want| {
            let paper = sheet.line.row.content.paper(&want.id);
            let file = paper.and_then(|paper| files.iter().find(|file| file.id == paper.file));
            let state = paper.map(|paper| paper.state);
            PaperShown {
                id: want.id.clone(),
                name: words.arg(&Arg::Key(format!("document.{}", want.id))),
                state: match state {
                    Some(state) => say(&format!("intakes.paper_{}", state.name())),
                    None => say("intakes.paper_missing"),
                },
                mark: match state {
                    Some(PaperState::Accepted | PaperState::Checked | PaperState::Waiting) => "",
                    _ => "late",
                },
                findings: paper
                    .map(|paper| paper.findings.as_slice())
                    .unwrap_or_default()
                    .iter()
                    .map(|finding| say(&format!("intakes.finding_{}", finding.name())))
                    .collect(),
                reason: paper.map(|paper| paper.reason.clone()).unwrap_or_default(),
                may_accept: file.is_some_and(|file| file.parts > 0) && state != Some(PaperState::Accepted),
                may_ask: paper.is_some(),
                file: file.map(|file| shown(asker, words, file)),
            }
        })
        .collect()
}

fn answer_words(words: Words<'_>, kind: AnswerKind, answer: Option<&str>) -> String {
    let Some(answer) = answer else {
        return "–".to_owned();
    };
    match kind {
        AnswerKind::Sex => words.key(&format!("intakes.{answer}"), &[]),
        AnswerKind::BirthDate => answer.parse().map_or_else(
            |_| answer.to_owned(),
            |day: jiff::civil::Date| day.strftime("%d-%m-%Y").to_string(),
        ),
        AnswerKind::Name | AnswerKind::Nik | AnswerKind::Text => answer.to_owned(),
    }
}
