//! `/staff/{office}/loket/{counter}`: the queue desk. One main button, keys for everything, live without loading again; a tap that the
//! network swallowed waits in the browser, and one that arrives twice is carried out once.

use std::collections::BTreeMap;

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sigap_actions::change_visit::Change;
use sigap_actions::hall_parts::{HallRefusal, VisitView};
use sigap_actions::service::DeskTap;
use sigap_actions::staff_desk::DeskDeed;
use sigap_actions::view_hall::DeskView;
use sigap_core::conversation::reply::Arg;
use sigap_core::ids::{CounterName, VisitId};
use sigap_core::office::Office;
use sigap_core::queue::TicketLabel;
use sigap_core::staff::Right;

use super::intakes::given_words;
use super::{Asker, Bar, go, new_tap};
use crate::hall::{Feed, clock_words, group_words, line_words, refusal_words, short_band, streamed};
use crate::pages::{Words, busy, nowhere, private_page};
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "console/counters.html")]
struct CountersPage<'a> {
    words: Words<'a>,
    bar: Bar,
    counters: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "console/desk.html", blocks = ["told", "now", "queue", "aside"])]
struct DeskPage<'a> {
    words: Words<'a>,
    bar: Bar,
    slug: String,
    counter: String,
    tap: String,
    told: String,
    current: Option<Row>,
    last: Option<Row>,
    is_open: bool,
    is_break: bool,
    next: Vec<Row>,
    held: Vec<Row>,
    missed: Vec<Row>,
    lines: Vec<LineRow>,
    others: Vec<(String, String)>,
    updated: String,
}

struct Row {
    id: i64,
    number: String,
    line: String,
    group: String,
    names: String,
    note: String,
    since: String,
    called: String,
    calls: u8,
    free: String,
    /// Where what was given ahead is shown.
    intake: String,
    /// What they gave ahead, person by person.
    given: Vec<String>,
}

struct LineRow {
    name: String,
    waiting: usize,
    longest: String,
    band: String,
    done: u64,
}

/// A tap as a form.
#[derive(Debug, Default, Deserialize)]
pub struct Tapped {
    #[serde(default)]
    tap: String,
    #[serde(default)]
    deed: String,
    #[serde(default)]
    id: i64,
    #[serde(default)]
    line: String,
    #[serde(default)]
    number: String,
    #[serde(default)]
    text: String,
}

impl Tapped {
    fn deed(&self) -> Result<DeskTap, HallRefusal> {
        let id = VisitId(self.id);
        let change = |change| Ok(DeskTap::Change(id, change));
        match self.deed.as_str() {
            "next" => Ok(DeskTap::Next),
            "call" => Ok(DeskTap::Call {
                label: TicketLabel::parse(&self.number).ok_or(HallRefusal::NoVisit)?,
                reason: self.text.clone(),
            }),
            "recall" => Ok(DeskTap::Recall(id)),
            "skip" => change(Change::Skip),
            "hold" => change(Change::Hold),
            "back" => change(Change::Back),
            "transfer" => change(Change::Transfer {
                line: self.line.clone(),
            }),
            "finish" => change(Change::Finish),
            "leave" => change(Change::Leave),
            "undo" => change(Change::Undo),
            "note" => change(Change::Note {
                text: self.text.clone(),
            }),
            "open" => Ok(DeskTap::Desk(DeskDeed::Open)),
            "break" => Ok(DeskTap::Desk(DeskDeed::Break)),
            "close" => Ok(DeskTap::Desk(DeskDeed::Close)),
            _ => Err(HallRefusal::NoVisit),
        }
    }
}

/// Which counter.
pub async fn choose(State(state): State<AppState>, asker: Asker) -> Response {
    let (Some(office), Some(words)) = (asker.office(&state), asker.words(&state)) else {
        return nowhere();
    };
    let counters = office.hall.iter().flat_map(|hall| &hall.counters).map(|counter| {
        let lines: Vec<String> = counter.lines.iter().map(|line| line_words(words, line)).collect();
        (counter.name.to_string(), lines.join(", "))
    });
    let counters: Vec<_> = counters.collect();
    if counters.is_empty() {
        let body = refusal_words(words, HallRefusal::NoHall);
        return super::home::message(words, asker.bar("desk"), StatusCode::OK, "page.no_hall_title", body);
    }
    private_page(
        StatusCode::OK,
        &CountersPage {
            words,
            bar: asker.bar("desk"),
            counters,
        },
    )
}

/// The desk.
pub async fn show(State(state): State<AppState>, Path((_, counter)): Path<(String, u8)>, asker: Asker) -> Response {
    let (Some(office), Some(words)) = (asker.office(&state), asker.words(&state)) else {
        return nowhere();
    };
    let Some(counter) = CounterName::new(counter) else {
        return nowhere();
    };
    match state.service.view_desk(office.id, asker.officer.clone(), counter).await {
        Err(_) => busy(),
        Ok(Err(_)) => nowhere(),
        Ok(Ok(view)) => private_page(
            StatusCode::OK,
            &page_of(&state, &asker, words, office, &view, String::new()),
        ),
    }
}

/// A tap: once, however often it arrives.
pub async fn tap(
    State(state): State<AppState>,
    Path((_, counter)): Path<(String, u8)>,
    asker: Asker,
    headers: HeaderMap,
    Form(tapped): Form<Tapped>,
) -> Response {
    let (Some(office), Some(words)) = (asker.office(&state), asker.words(&state)) else {
        return nowhere();
    };
    let Some(counter) = CounterName::new(counter) else {
        return nowhere();
    };
    let done = match tapped.deed() {
        Err(refusal) => {
            let view = state.service.view_desk(office.id, asker.officer.clone(), counter).await;
            view.map(|view| view.map(|view| (view, Some(refusal))))
        }
        Ok(deed) => {
            let (officer, tap) = (asker.officer.clone(), tapped.tap.clone());
            state.service.tap_desk(office.id, officer, counter, tap, deed).await
        }
    };
    state.hall_news.tell(office.id);
    match done {
        Err(_) => busy(),
        Ok(Err(_)) => nowhere(),
        Ok(Ok((view, refused))) => {
            let told = refused.map(|refusal| refusal_words(words, refusal)).unwrap_or_default();
            let page = page_of(&state, &asker, words, office, &view, told);
            if headers.contains_key("x-parts") {
                axum::Json(parts(&page)).into_response()
            } else if refused.is_some() {
                private_page(StatusCode::UNPROCESSABLE_ENTITY, &page)
            } else {
                go(&format!("/staff/{}/loket/{counter}", asker.slug))
            }
        }
    }
}

/// The live parts of the desk.
pub async fn stream(State(state): State<AppState>, Path((_, counter)): Path<(String, u8)>, asker: Asker) -> Response {
    let Some(counter) = CounterName::new(counter) else {
        return nowhere();
    };
    streamed(&state, Feed::Hall, asker.officer.office(), move |state| {
        let asker = asker.clone();
        async move {
            let officer = super::still_here(&state, &asker, Some(counter)).await?;
            let office = officer.office();
            let view = state.service.view_desk(office, officer, counter).await.ok()?.ok()?;
            let (office, words) = (asker.office(&state)?, asker.words(&state)?);
            let page = page_of(&state, &asker, words, office, &view, String::new());
            let mut parts = parts(&page);
            // What a tap was told stays until the next tap.
            parts.remove("told");
            serde_json::to_string(&parts).ok()
        }
    })
}

fn parts(page: &DeskPage<'_>) -> BTreeMap<&'static str, String> {
    let mut parts = BTreeMap::new();
    for (name, rendered) in [
        ("told", page.as_told().render()),
        ("now", page.as_now().render()),
        ("queue", page.as_queue().render()),
        ("aside", page.as_aside().render()),
    ] {
        if let Ok(html) = rendered {
            parts.insert(name, html);
        }
    }
    parts
}

fn page_of<'a>(
    state: &AppState,
    asker: &Asker,
    words: Words<'a>,
    office: &Office,
    view: &DeskView,
    told: String,
) -> DeskPage<'a> {
    let clock = |at| clock_words(words, office, at);
    let group = |id: &Option<String>| id.as_ref().map(|id| group_words(words, office, id)).unwrap_or_default();
    let row = |seen: &VisitView| Row {
        id: seen.visit.id.0,
        number: seen.visit.label.to_string(),
        line: line_words(words, &seen.visit.line),
        group: group(&seen.visit.group),
        names: seen.names.join(", "),
        note: seen.note.clone(),
        since: clock(seen.visit.since),
        called: seen.visit.called_at.map(clock).unwrap_or_default(),
        calls: seen.visit.calls,
        free: seen.visit.free_at.map(clock).unwrap_or_default(),
        intake: seen
            .visit
            .booking
            .filter(|_| asker.officer.may(Right::Intakes))
            .map(|booking| format!("/staff/{}/permohonan/kunjungan/{booking}", asker.slug))
            .unwrap_or_default(),
        given: Vec::new(),
    };
    let current = view.current.as_ref().map(|seen| Row {
        given: view.intakes.iter().map(|line| given_words(words, line)).collect(),
        ..row(seen)
    });
    let is_mine = view
        .desk
        .as_ref()
        .is_some_and(|desk| desk.staff == asker.officer.staff());
    let told = match &view.desk {
        Some(desk) if told.is_empty() && !is_mine && desk.is_open => words.key("console.taken", &[]),
        _ => told,
    };
    DeskPage {
        bar: asker.bar("desk"),
        slug: asker.slug.clone(),
        counter: view.counter.to_string(),
        tap: new_tap(state),
        told,
        current,
        last: view.last.as_ref().map(row),
        is_open: view.desk.as_ref().is_some_and(|desk| desk.is_open),
        is_break: view.desk.as_ref().is_some_and(|desk| !desk.is_open),
        next: view
            .next
            .iter()
            .map(|next| Row {
                id: 0,
                number: next.label.to_string(),
                line: line_words(words, &next.line),
                group: group(&next.group),
                names: String::new(),
                note: String::new(),
                since: clock(next.since),
                called: String::new(),
                calls: 0,
                free: String::new(),
                intake: String::new(),
                given: Vec::new(),
            })
            .collect(),
        held: view.held.iter().map(row).collect(),
        missed: view.missed.iter().map(row).collect(),
        lines: view
            .lines
            .iter()
            .map(|line| LineRow {
                name: line_words(words, &line.line),
                waiting: line.waiting,
                longest: line.longest.map(clock).unwrap_or_default(),
                band: short_band(words, office, view.at, line.newcomer),
                done: line.done,
            })
            .collect(),
        others: office
            .hall
            .iter()
            .flat_map(|hall| &hall.lines)
            .filter(|line| {
                view.current
                    .as_ref()
                    .is_none_or(|current| current.visit.line != line.id)
            })
            .map(|line| (line.id.clone(), line_words(words, &line.id)))
            .collect(),
        updated: words.key("hall.updated", &[("time", Arg::Text(clock(view.at)))]),
        words,
    }
}
