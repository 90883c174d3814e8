//! `GET /o/{office}/syarat`: which papers somebody needs. The questions of the dialogue, one a page, and at their end the list: papers to
//! tick, what it costs in all, how to apply. A list has an address of its own, and words that bring the same list in the chat.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use sigap_core::calendar::local_date;
use sigap_core::catalogue::{Case, Catalogue, HowToApply};
use sigap_core::conversation::choice::{BOOKING, HOURS, OFFICER, PAYMENT, REQUIREMENTS};
use sigap_core::conversation::reply::{Arg, Choice, Reply};
use sigap_core::conversation::requirements::way_to;

use super::chat_text::{Block, ChatText, Item};
use super::guide::{Way, ask, body, path_of, priority_notice, ways, ways_to};
use super::info::SUMMARY_CHARS_MAX;
use super::office::whatsapp_link;
use super::{Asked, Words, nowhere, office_of, public_page};
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "guide/question.html")]
struct QuestionPage<'a> {
    words: Words<'a>,
    question: String,
    intro: Vec<String>,
    /// Told before the first question.
    priority: String,
    back: String,
    ways: Vec<Way>,
}

#[derive(Template)]
#[template(path = "guide/papers.html")]
struct PapersPage<'a> {
    words: Words<'a>,
    title: String,
    description: String,
    parts: Vec<Part>,
    /// Empty where the office has no number.
    whatsapp: String,
    ways: Vec<Way>,
}

/// A part of the list.
enum Part {
    Plain(Block),
    /// Papers to tick, under their heading.
    Papers(String, Vec<Paper>),
}

struct Paper {
    id: String,
    html: String,
}

/// The first question.
pub async fn first(State(state): State<AppState>, Path(slug): Path<String>, Query(asked): Query<Asked>) -> Response {
    respond(&state, &slug, REQUIREMENTS, &asked)
}

/// What follows an answer: a question, or the list.
pub async fn show(
    State(state): State<AppState>,
    Path((slug, name)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Response {
    match Choice::find(&format!("{}.{name}", REQUIREMENTS.0)) {
        Some(choice) => respond(&state, &slug, choice, &asked),
        None => nowhere(),
    }
}

fn respond(state: &AppState, slug: &str, choice: Choice, asked: &Asked) -> Response {
    let Some(office) = office_of(state, slug) else {
        return nowhere();
    };
    let words = Words::new(state.service.content(), office, asked.language());
    let now = state.clock.now();
    let Some(mut reply) = ask(words, now, choice) else {
        return nowhere();
    };
    let catalogue = words.content().catalogue_of(office.id);
    let Some(case) = case_of(&reply, catalogue) else {
        return question(words, choice, &reply);
    };
    let ids: Vec<&String> = case.documents.iter().chain(&case.if_any).collect();
    with_totals(&mut reply, catalogue, case, local_date(office, now));
    let text = body(words, &reply);
    let ChatText { title, blocks } = ChatText::read(&text);
    public_page(
        StatusCode::OK,
        &PapersPage {
            title,
            description: ChatText::summary(&text, SUMMARY_CHARS_MAX),
            parts: parts(words, &ids, blocks),
            whatsapp: whatsapp_link(office, &way_in_words(words, choice)).unwrap_or_default(),
            ways: ways_to(words, &[first_step(case), PAYMENT, OFFICER]),
            words,
        },
    )
}

/// The case that the reply is the list of; `None` for a question.
fn case_of<'c>(reply: &Reply, catalogue: &'c Catalogue) -> Option<&'c Case> {
    let case = reply.args.iter().find(|(name, _)| *name == "case").map(|(_, arg)| arg);
    match case {
        Some(Arg::Key(key)) if reply.key == "requirements.list" => catalogue.case(key.strip_prefix("case.")?),
        _ => None,
    }
}

/// Where somebody goes with the list: to a place in the queue, or, where none is needed, to the office while it is open.
const fn first_step(case: &Case) -> Choice {
    match case.online {
        HowToApply::MPaspor => BOOKING,
        HowToApply::WalkIn | HowToApply::Bap => HOURS,
    }
}

fn question(words: Words<'_>, choice: Choice, reply: &Reply) -> Response {
    let text = body(words, reply);
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    // The question is the line that asks; where none does, the last one: *Pilih keadaan Anda.*
    let asking = lines
        .iter()
        .position(|line| line.ends_with('?'))
        .unwrap_or(lines.len().saturating_sub(1));
    let question = lines.get(asking).copied().unwrap_or_default();
    let way = way_to(choice);
    let before = way.len().checked_sub(2).and_then(|at| way.get(at));
    public_page(
        StatusCode::OK,
        &QuestionPage {
            question: question.strip_suffix('.').unwrap_or(question).to_owned(),
            intro: lines
                .iter()
                .enumerate()
                .filter(|(at, _)| *at != asking)
                .map(|(_, line)| (*line).to_owned())
                .collect(),
            priority: priority_notice(words).filter(|_| before.is_none()).unwrap_or_default(),
            back: before
                .map(|before| path_of(&words.office.slug, *before))
                .unwrap_or_default(),
            ways: ways(words, reply),
            words,
        },
    )
}

/// Prices become what is paid in all, where every part of the sum is known; the chat's advice on typing goes.
fn with_totals(reply: &mut Reply, catalogue: &Catalogue, case: &Case, today: Date) {
    let totals: Option<Vec<Arg>> = catalogue
        .products_of(case, today)
        .map(|fee| {
            let total = catalogue.total_on(case, &fee.code, today)?;
            let name = Arg::Key(format!("fee.{}", fee.code));
            Some(Arg::Pair(Box::new(name), Box::new(Arg::Rupiah(total))))
        })
        .collect();
    for (name, arg) in &mut reply.args {
        match (*name, &totals, &mut *arg) {
            ("next", _, arg) => *arg = Arg::Empty,
            ("fees", Some(totals), arg) => *arg = Arg::Lines(totals.clone()),
            ("extra", Some(_), Arg::Phrase(key, _)) => "guide.included".clone_into(key),
            _ => {}
        }
    }
}

/// Lists of papers get boxes to tick; everything else stays.
fn parts(words: Words<'_>, ids: &[&String], blocks: Vec<Block>) -> Vec<Part> {
    let names: Vec<(&String, String)> = ids
        .iter()
        .map(|id| (*id, words.key(&format!("document.{id}"), &[])))
        .collect();
    let paper = |item: &Item| {
        let (id, _) = names.iter().find(|(_, name)| *name == item.words)?;
        Some(Paper {
            id: (*id).clone(),
            html: item.html.clone(),
        })
    };
    let mut parts: Vec<Part> = Vec::new();
    for block in blocks {
        let papers = match &block {
            Block::Bullets(items) => items.iter().map(paper).collect(),
            _ => None,
        };
        let Some(papers) = papers else {
            parts.push(Part::Plain(block));
            continue;
        };
        let heading = match parts.pop() {
            Some(Part::Plain(Block::Heading(heading))) => heading,
            other => {
                parts.extend(other);
                String::new()
            }
        };
        parts.push(Part::Papers(heading, papers));
    }
    parts
}

/// What brings the same list in the chat: the topic and each answer by its title.
pub(crate) fn way_in_words(words: Words<'_>, choice: Choice) -> String {
    let title = |choice: &Choice| words.content().title_of_choice(words.office, words.language, *choice);
    let way = way_to(choice);
    match way.split_first() {
        Some((topic, answers)) => format!(
            "{}: {}",
            title(topic),
            answers.iter().map(title).collect::<Vec<_>>().join(", ")
        ),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests;
