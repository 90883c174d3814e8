//! `/staff/{office}/kasus/{number}`: one case, its story, the citizen's bookings and application beside it, and the answer.

use std::collections::BTreeMap;

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use sigap_actions::view_cases::{CaseEventKind, CaseView, EventView, OutboxState};
use sigap_actions::work_case::{CaseAct, CaseTrouble};
use sigap_core::application::ApplicationView;
use sigap_core::cases::praise::is_named;
use sigap_core::cases::{CaseKind, CaseRefusal, CaseState};
use sigap_core::conversation::reply::{Arg, Choice};
use sigap_core::conversation::talk;
use sigap_core::ids::StaffId;
use sigap_core::limits::{ANSWER_CHARS_MAX, TAG_CHARS_MAX, TAGS_MAX};
use sigap_core::notices::budget::rupiah;
use sigap_core::staff::Right;

use super::cases::{Tag, owner, tags_of};
use super::files::{FileShown, shown};
use super::{Asker, Bar, go, new_tap};
use crate::hall::{Feed, moment_words, streamed};
use crate::pages::{Words, busy, nowhere, with_sounds};
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "console/case.html", blocks = ["story", "facts"])]
struct CasePage<'a> {
    words: Words<'a>,
    bar: Bar,
    slug: String,
    tap: String,
    told: String,
    is_good: bool,
    number: String,
    kind: String,
    text: String,
    events: Vec<Event>,
    files: Vec<FileShown>,
    facts: Vec<(String, String)>,
    urgency: &'static str,
    pressing: String,
    person: Vec<String>,
    bookings: Vec<String>,
    application: String,
    others: Vec<(String, String)>,
    is_closed: bool,
    is_mine: bool,
    is_taken: bool,
    may_take: bool,
    is_talk: bool,
    may_check: bool,
    has_window: bool,
    window: String,
    paid: String,
    canned: Vec<(String, String)>,
    buttons: Vec<Button>,
    papers: Vec<(&'static str, String)>,
    tags: Vec<Tag>,
    tags_typed: String,
    /// Colleagues to whom praise can be passed on, with those whose name stands in it.
    praised: Vec<(i64, String, bool)>,
    same: Vec<(i64, String)>,
    draft: String,
    talks: bool,
    most: usize,
    colleagues: Vec<(i64, String)>,
    updated: String,
}

struct Button {
    id: &'static str,
    name: String,
    is_chosen: bool,
}

struct Event {
    who: String,
    what: String,
    words: String,
    at: String,
    delivery: String,
    is_theirs: bool,
    is_ours: bool,
}

/// What is typed or tapped; a name may stand in it several times.
#[derive(Debug, Default)]
struct Typed {
    tap: String,
    deed: String,
    words: String,
    staff: Vec<StaffId>,
    talk: bool,
    choices: Vec<Choice>,
}

impl From<Vec<(String, String)>> for Typed {
    fn from(fields: Vec<(String, String)>) -> Self {
        let mut typed = Self::default();
        for (name, value) in fields {
            match name.as_str() {
                "tap" => typed.tap = value,
                "deed" => typed.deed = value,
                "words" => typed.words = value,
                "staff" => typed.staff.extend(value.parse().map(StaffId)),
                "talk" => typed.talk = value == "true",
                "choice" => typed.choices.extend(Choice::find(&value)),
                _ => {}
            }
        }
        typed
    }
}

/// A ready answer to begin with.
#[derive(Debug, Default, Deserialize)]
pub struct Begun {
    #[serde(default)]
    jawaban: String,
}

impl Typed {
    fn act(&self) -> Option<CaseAct> {
        let words = self.words.clone();
        Some(match self.deed.as_str() {
            "take" => CaseAct::Take,
            "assign" => CaseAct::Assign {
                staff: *self.staff.first()?,
            },
            "answer" => CaseAct::Answer {
                words,
                is_talk: self.talk,
                buttons: self.choices.clone(),
            },
            "papers" => CaseAct::Papers {
                choice: *self.choices.first()?,
            },
            "tag" => CaseAct::Tag { words },
            "praise" => CaseAct::Praise {
                staff: self.staff.clone(),
            },
            "invite" => CaseAct::Invite,
            "note" => CaseAct::Note { words },
            "give_back" => CaseAct::GiveBack,
            "close" => CaseAct::Close,
            "reopen" => CaseAct::Reopen,
            "field_check" => CaseAct::FieldCheck,
            _ => return None,
        })
    }
}

/// The case.
pub async fn show(
    State(state): State<AppState>,
    Path((_, number)): Path<(String, String)>,
    asker: Asker,
    Query(begun): Query<Begun>,
) -> Response {
    let Some(words) = asker.words(&state) else {
        return nowhere();
    };
    let view = match seen(&state, &asker, number).await {
        Ok(view) => view,
        Err(response) => return response,
    };
    let mut page = page_of(&state, &asker, words, &view);
    if page.is_mine
        && let (Some(marks), Some((line, message))) = (&state.read_marks, &view.last_message)
    {
        marks.mark_seen(line, message);
    }
    if let Some(canned) = words.office.answers.iter().find(|id| **id == begun.jawaban) {
        // In the language of whoever reads it.
        let theirs = Words::new(state.service.content(), words.office, view.language);
        page.draft = canned_words(theirs, &view, canned);
    }
    with_sounds(StatusCode::OK, &page)
}

async fn seen(state: &AppState, asker: &Asker, number: String) -> Result<CaseView, Response> {
    let office = asker.officer.office();
    match state.service.view_case(office, asker.officer.clone(), number).await {
        Err(_) => Err(busy()),
        Ok(Err(_)) => Err(nowhere()),
        Ok(Ok(view)) => Ok(view),
    }
}

/// Something is done with it.
pub async fn send(
    State(state): State<AppState>,
    Path((_, number)): Path<(String, String)>,
    asker: Asker,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let typed = Typed::from(fields);
    let Some(words) = asker.words(&state) else {
        return nowhere();
    };
    let office = asker.officer.office();
    let Some(act) = typed.act() else {
        return nowhere();
    };
    let (officer, tap) = (asker.officer.clone(), typed.tap.clone());
    let done = state.service.work_case(office, officer, number.clone(), tap, act).await;
    state.hall_news.tell_cases(office);
    match done {
        Err(_) => busy(),
        Ok(Ok(())) => go(&format!("/staff/{}/kasus/{number}", asker.slug)),
        Ok(Err(CaseTrouble::Unknown)) => nowhere(),
        Ok(Err(trouble)) => {
            let view = match seen(&state, &asker, number).await {
                Ok(view) => view,
                Err(response) => return response,
            };
            let mut page = page_of(&state, &asker, words, &view);
            page.told = trouble_words(words, &view, trouble);
            page.is_good = false;
            if typed.deed == "tag" {
                page.tags_typed.clone_from(&typed.words);
            }
            if typed.deed == "answer" {
                // What was written is not lost.
                page.draft = typed.words;
                page.talks = typed.talk;
                for button in &mut page.buttons {
                    button.is_chosen = typed.choices.iter().any(|choice| choice.0 == button.id);
                }
            }
            with_sounds(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

/// The officer begins to write: the citizen sees it. A courtesy, so nothing is told when it cannot be.
pub async fn typing(
    State(state): State<AppState>,
    Path((_, number)): Path<(String, String)>,
    asker: Asker,
) -> StatusCode {
    let Some(marks) = &state.read_marks else {
        return StatusCode::NO_CONTENT;
    };
    let seen = state
        .service
        .view_last_message(asker.officer.office(), asker.officer.clone(), number)
        .await;
    if let Ok(Some((line, message))) = seen {
        marks.mark_read(&line, &message);
    }
    StatusCode::NO_CONTENT
}

/// The live parts of a case.
pub async fn stream(
    State(state): State<AppState>,
    Path((_, number)): Path<(String, String)>,
    asker: Asker,
) -> Response {
    streamed(&state, Feed::Cases, asker.officer.office(), move |state| {
        let (asker, number) = (asker.clone(), number.clone());
        async move {
            let officer = super::still_here(&state, &asker, None).await?;
            let office = officer.office();
            let view = state.service.view_case(office, officer, number).await.ok()?.ok()?;
            let page = page_of(&state, &asker, asker.words(&state)?, &view);
            let parts = BTreeMap::from([
                ("story", page.as_story().render().ok()?),
                ("facts", page.as_facts().render().ok()?),
            ]);
            serde_json::to_string(&parts).ok()
        }
    })
}

fn canned_words(words: Words<'_>, view: &CaseView, id: &str) -> String {
    words.key(
        &format!("canned.{id}"),
        &[
            ("name", Arg::Text(view.name.clone())),
            ("case", Arg::Text(view.row.case.number.clone())),
            ("office", Arg::Text(words.office.short.clone())),
        ],
    )
}

fn page_of<'a>(state: &AppState, asker: &Asker, words: Words<'a>, view: &CaseView) -> CasePage<'a> {
    let case = &view.row.case;
    let me = asker.officer.staff();
    let moment = |at| moment_words(words, words.office, at, view.at);
    let day = |day| words.arg(&Arg::Day(day));
    let urgency = case.urgency(view.at);
    let is_closed = case.state == CaseState::Closed;
    let is_mine = case.state == CaseState::Taken && case.staff == Some(me);
    let mut facts = vec![
        (
            words.c("case_state"),
            words.key(&format!("console.case_{}", case.state.name()), &[]),
        ),
        (words.c("case_owner"), owner(words, case.staff, &view.staff)),
        (words.c("case_since"), moment(case.opened_at)),
    ];
    let mut add = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            facts.push((words.c(key), value));
        }
    };
    add("case_due", case.due_on.map(day));
    add("case_end", case.end_on.map(day));
    add("case_owed", case.owed_at.map(moment));
    add("case_closed_at", case.closed_at.map(moment));
    add("case_rating", case.rating.map(|rating| rating.to_string()));
    add("case_satisfaction", case.satisfaction.map(|rating| rating.to_string()));
    CasePage {
        bar: asker.bar("cases"),
        slug: asker.slug.clone(),
        tap: new_tap(state),
        told: String::new(),
        is_good: true,
        number: case.number.clone(),
        kind: words.key(&format!("console.case_kind_{}", case.kind.name()), &[]),
        text: if view.row.is_erased {
            words.i("erased")
        } else {
            view.row.text.clone()
        },
        events: view.events.iter().map(|event| line(words, view, event)).collect(),
        files: view.files.iter().map(|file| shown(asker, words, file)).collect(),
        facts,
        urgency: urgency.name(),
        pressing: words.key(&format!("console.urgency_{}", urgency.name()), &[]),
        person: [view.name.clone(), view.phone.clone()]
            .into_iter()
            .filter(|told| !told.is_empty())
            .collect(),
        bookings: view
            .bookings
            .iter()
            .map(|booking| {
                let at = booking
                    .at
                    .map(|at| words.arg(&Arg::Clock(at.time())))
                    .unwrap_or_default();
                let state = words.key(&format!("booking.state_{}", booking.state.name()), &[]);
                format!(
                    "{}, {} {at} ({state})",
                    words.service(&booking.service),
                    day(booking.day)
                )
            })
            .collect(),
        application: view
            .application
            .as_ref()
            .and_then(|(number, seen)| {
                let (ApplicationView::Bare(bare) | ApplicationView::Dated(bare, _) | ApplicationView::Full(bare, ..)) =
                    seen
                else {
                    return None;
                };
                let number = words.arg(&Arg::ApplicationNumber(number.clone()));
                Some(format!("{number}: {}", words.arg(&Arg::Stage(bare.stage))))
            })
            .unwrap_or_default(),
        others: view
            .others
            .iter()
            .map(|other| {
                let kind = words.key(&format!("console.case_kind_{}", other.case.kind.name()), &[]);
                (other.case.number.clone(), kind)
            })
            .collect(),
        is_closed,
        is_mine,
        is_taken: case.state == CaseState::Taken,
        may_take: !is_closed && !is_mine && (case.staff.is_none() || asker.officer.may(Right::Lead)),
        is_talk: case.is_talk,
        may_check: is_mine && case.end_on.is_some(),
        has_window: view.window_until.is_some(),
        window: match view.window_until {
            Some(until) => words.key("console.window_open", &[("until", Arg::Moment(until))]),
            None if case.line.is_empty() => words.c("trouble_no_line"),
            None => words.c("window_closed"),
        },
        paid: words.key(
            "console.paid_messages",
            &[
                ("price", Arg::Rupiah(rupiah(view.money.next_sen))),
                ("left", Arg::Rupiah(view.money.left_rupiah())),
            ],
        ),
        canned: words
            .office
            .answers
            .iter()
            .map(|id| (id.clone(), words.key(&format!("console.canned_{id}"), &[])))
            .collect(),
        buttons: talk::BUTTONS
            .iter()
            .map(|choice| Button {
                id: choice.0,
                name: words.key(&format!("choice.{}", choice.0), &[]),
                is_chosen: false,
            })
            .collect(),
        papers: talk::PAPERS
            .iter()
            .map(|choice| (choice.0, words.key(&format!("choice.{}", choice.0), &[])))
            .collect(),
        tags: tags_of(&view.row),
        tags_typed: view.row.tags.join(", "),
        praised: if case.kind == CaseKind::Appreciation {
            praised(view)
        } else {
            Vec::new()
        },
        same: view
            .same
            .iter()
            .map(|same| (same.person.0, format!("{} {}", same.name, same.phone).trim().to_owned()))
            .collect(),
        draft: String::new(),
        talks: case.is_talk || case.kind.is_talk(),
        most: ANSWER_CHARS_MAX,
        colleagues: view
            .staff
            .iter()
            .filter(|(id, _)| Some(*id) != case.staff)
            .map(|(id, name)| (id.0, name.clone()))
            .collect(),
        updated: words.updated(&moment(view.at)),
        words,
    }
}

/// Colleagues, those first whose name stands in the words.
fn praised(view: &CaseView) -> Vec<(i64, String, bool)> {
    let mut praised: Vec<_> = view
        .staff
        .iter()
        .map(|(id, name)| (id.0, name.clone(), is_named(name, &view.row.text)))
        .collect();
    praised.sort_by_key(|(_, name, is_named)| (!is_named, name.clone()));
    praised
}

fn line(words: Words<'_>, view: &CaseView, seen: &EventView) -> Event {
    let event = &seen.event;
    let is_theirs = matches!(event.kind, CaseEventKind::Heard | CaseEventKind::Rated);
    let who = match event.staff {
        Some(staff) => owner(words, Some(staff), &view.staff),
        None if is_theirs => words.c("by_citizen"),
        None => words.c("by_program"),
    };
    let delivery = seen.delivery.map(|state| {
        let name = match state {
            OutboxState::Queued | OutboxState::Sending | OutboxState::Unknown => "waits",
            OutboxState::Accepted | OutboxState::Sent | OutboxState::Merged => "sent",
            OutboxState::Delivered => "delivered",
            OutboxState::Read => "read",
            OutboxState::Failed | OutboxState::Expired => "failed",
        };
        words.key(&format!("console.delivery_{name}"), &[])
    });
    Event {
        who,
        what: words.key(&format!("console.event_{}", event.kind.name()), &[]),
        words: event.words.clone(),
        at: moment_words(words, words.office, event.at, view.at),
        delivery: delivery.unwrap_or_default(),
        is_theirs,
        is_ours: event.kind == CaseEventKind::Answered,
    }
}

fn trouble_words(words: Words<'_>, view: &CaseView, trouble: CaseTrouble) -> String {
    let name = match trouble {
        CaseTrouble::Denied => return words.c("denied"),
        CaseTrouble::Unknown => return words.c("case_unknown"),
        CaseTrouble::Refused(CaseRefusal::Taken(staff)) => {
            let name = Arg::Text(owner(words, Some(staff), &view.staff));
            return words.key("console.trouble_taken", &[("name", name)]);
        }
        CaseTrouble::Long => {
            let most = i64::try_from(ANSWER_CHARS_MAX).unwrap_or(i64::MAX);
            return words.key("console.trouble_long", &[("count", Arg::Number(most))]);
        }
        CaseTrouble::Refused(CaseRefusal::Closed) => "closed",
        CaseTrouble::Refused(CaseRefusal::NotClosed) => "not_closed",
        CaseTrouble::Refused(CaseRefusal::NotTaken) => "not_taken",
        CaseTrouble::Refused(CaseRefusal::Unanswered) => "unanswered",
        CaseTrouble::Refused(CaseRefusal::NoTalk) => "no_talk",
        CaseTrouble::Refused(CaseRefusal::NoDeadline) => "no_deadline",
        CaseTrouble::Empty => "empty",
        CaseTrouble::WindowClosed => "window_closed",
        CaseTrouble::WindowOpen => "window_open",
        CaseTrouble::NoLine => "no_line",
        CaseTrouble::NoColleague => "no_colleague",
        CaseTrouble::NoTemplate => "no_template",
        CaseTrouble::NoBudget => "no_budget",
        CaseTrouble::Tags => {
            let number = |count: usize| Arg::count(count);
            return words.key(
                "inbox.trouble_tags",
                &[("count", number(TAGS_MAX)), ("chars", number(TAG_CHARS_MAX))],
            );
        }
        CaseTrouble::NoPraise => return words.i("trouble_no_praise"),
        CaseTrouble::Erased => return words.i("trouble_erased"),
    };
    words.c(&format!("trouble_{name}"))
}
