//! `/staff/{office}/pemberitahuan/{notice}`: one notice as a citizen reads it, its template in each language with what Meta said of it,
//! and its story.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::time;
use serde::Deserialize;
use sigap_actions::manage_notices::{NoticeAct, NoticeTrouble, NoticeView, NoticesView, TemplateView};
use sigap_core::calendar::local_date;
use sigap_core::conversation::reply::Arg;
use sigap_core::ids::StaffId;
use sigap_core::language::Language;
use sigap_core::message::Form as MessageForm;
use sigap_core::notices::Outcome;
use sigap_core::notices::budget::rupiah;
use sigap_core::notices::template::TemplateEvent;
use sigap_core::staff::Right;

use super::notice_words::{Pill, language_words, marked, name_words, not_now_words, pill_of, trouble_words};
use super::notices::seen;
use super::{Asker, Bar, go};
use crate::hall::moment_words;
use crate::pages::{Words, busy, nowhere, private_page};
use crate::routes::AppState;

const DONE: [&str; 6] = ["on", "off", "marked", "unmarked", "asked", "allowed"];

#[derive(Template)]
#[template(path = "console/notice.html")]
struct NoticePage<'a> {
    words: Words<'a>,
    bar: Bar,
    name: String,
    about: String,
    told: String,
    is_good: bool,
    is_on: bool,
    is_important: bool,
    has_template: bool,
    no_account: bool,
    may_lead: bool,
    counts: Vec<(String, u64)>,
    languages: Vec<InLanguage>,
    updated: String,
}

/// The notice in one language.
struct InLanguage {
    code: &'static str,
    name: String,
    bubble: Vec<(bool, String)>,
    buttons: Vec<String>,
    templates: Vec<OneTemplate>,
}

struct OneTemplate {
    account: String,
    meta_name: String,
    pill: Pill,
    since: String,
    reason: String,
    quality: String,
    body: Vec<(bool, String)>,
    buttons: Vec<String>,
    examples: Vec<(String, String)>,
    at_meta: Vec<(bool, String)>,
    not_now: String,
    is_edit: bool,
    allow: String,
    history: Vec<Event>,
}

struct Event {
    at: String,
    what: String,
    words: String,
    who: String,
}

/// What was done.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    hasil: String,
}

/// What is tapped.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    deed: String,
    language: String,
}

impl Typed {
    fn act(&self, notice: String) -> Option<(NoticeAct, &'static str)> {
        let language = || {
            Language::OF_TEMPLATES
                .into_iter()
                .find(|known| known.code() == self.language)
        };
        Some(match self.deed.as_str() {
            "on" => (NoticeAct::Switch { notice, is_on: true }, "on"),
            "off" => (NoticeAct::Switch { notice, is_on: false }, "off"),
            "mark" => (
                NoticeAct::Mark {
                    notice,
                    is_important: true,
                },
                "marked",
            ),
            "unmark" => (
                NoticeAct::Mark {
                    notice,
                    is_important: false,
                },
                "unmarked",
            ),
            "submit" => (
                NoticeAct::Submit {
                    notice,
                    language: language()?,
                },
                "asked",
            ),
            "allow" => (
                NoticeAct::AllowMarketing {
                    notice,
                    language: language()?,
                },
                "allowed",
            ),
            _ => return None,
        })
    }
}

/// The page.
pub async fn show(
    State(state): State<AppState>,
    Path((_, id)): Path<(String, String)>,
    asker: Asker,
    Query(done): Query<Done>,
) -> Response {
    let told = DONE.contains(&done.hasil.as_str()).then_some(done.hasil);
    render(&state, &asker, &id, |words, _| {
        told.map(|word| (words.c(&format!("notice_done_{word}")), true))
    })
    .await
}

/// Something is changed.
pub async fn send(
    State(state): State<AppState>,
    Path((_, id)): Path<(String, String)>,
    asker: Asker,
    Form(typed): Form<Typed>,
) -> Response {
    let Some((act, word)) = typed.act(id.clone()) else {
        return nowhere();
    };
    let office = asker.officer.office();
    match state.service.manage_notices(office, asker.officer.clone(), act).await {
        Err(_) => busy(),
        Ok(Ok(())) => go(&format!("/staff/{}/pemberitahuan/{id}?hasil={word}", asker.slug)),
        Ok(Err(NoticeTrouble::Denied)) => super::home::denied(&state, &asker),
        Ok(Err(NoticeTrouble::Unknown)) => nowhere(),
        Ok(Err(trouble)) => {
            render(&state, &asker, &id, |words, view| {
                Some((trouble_words(words, trouble, view.at), false))
            })
            .await
        }
    }
}

async fn render(
    state: &AppState,
    asker: &Asker,
    id: &str,
    told: impl FnOnce(Words<'_>, &NoticesView) -> Option<(String, bool)>,
) -> Response {
    let Some(words) = asker.words(state) else {
        return nowhere();
    };
    let view = match seen(state, asker).await {
        Ok(view) => view,
        Err(response) => return response,
    };
    let Some(notice) = view.find(id) else {
        return nowhere();
    };
    let (told, is_good) = told(words, &view).unwrap_or((String::new(), true));
    let languages = Language::OF_TEMPLATES.map(|language| in_language(state, asker, words, &view, notice, language));
    let outcomes = Outcome::ALL.into_iter().map(|outcome| (outcome, notice.count(outcome)));
    let page = NoticePage {
        bar: asker.bar("notices"),
        name: name_words(words, id),
        about: words.c(&format!("notice_about_{id}")),
        is_good,
        is_on: notice.is_on,
        is_important: notice.is_important,
        has_template: notice.kind.has_template,
        no_account: view.accounts.is_empty(),
        may_lead: asker.officer.may(Right::Lead),
        counts: outcomes
            .filter(|(_, many)| *many > 0)
            .map(|(outcome, many)| (words.c(&format!("notice_outcome_{}", outcome.name())), many))
            .collect(),
        languages: languages.into(),
        updated: words.updated(&moment_words(words, words.office, view.at, view.at)),
        words,
        told,
    };
    let status = if is_good {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    private_page(status, &page)
}

fn in_language(
    state: &AppState,
    asker: &Asker,
    words: Words<'_>,
    view: &NoticesView,
    notice: &NoticeView,
    language: Language,
) -> InLanguage {
    let content = state.service.content();
    let at = local_date(words.office, view.at).to_datetime(time(9, 30, 0, 0));
    let shown = content.notice_sample(words.office, language, &notice.kind.id, at, state.links.base());
    let (bubble, buttons) = shown.map_or_else(Default::default, |shown| {
        let buttons = match shown.form {
            MessageForm::Buttons(buttons) => buttons.into_iter().map(|button| button.title).collect(),
            _ => Vec::new(),
        };
        (marked(&shown.body), buttons)
    });
    let templates = notice.templates.iter().filter(|template| template.language == language);
    InLanguage {
        code: language.code(),
        name: language_words(words, language),
        bubble,
        buttons,
        templates: templates
            .map(|template| one_template(state, asker, words, view, template))
            .collect(),
    }
}

fn one_template(
    state: &AppState,
    asker: &Asker,
    words: Words<'_>,
    view: &NoticesView,
    template: &TemplateView,
) -> OneTemplate {
    let facts = &template.facts;
    let moment = |at| moment_words(words, words.office, at, view.at);
    let told = |key: &str, name: &'static str, value: &Option<String>| {
        let value = value.as_ref().filter(|value| !value.is_empty());
        value
            .map(|value| words.key(&format!("console.{key}"), &[(name, Arg::Text(value.clone()))]))
            .unwrap_or_default()
    };
    let pricing = &state.service.content().catalogue_of(words.office.id).pricing;
    let allow = (facts.is_in_wrong_category() && asker.officer.may(Right::Lead)).then(|| {
        words.key(
            "console.notice_allow_why",
            &[
                ("category", Arg::Text(facts.category.clone())),
                ("price", Arg::Rupiah(rupiah(pricing.marketing_sen))),
            ],
        )
    });
    let ours = &template.ours;
    OneTemplate {
        account: template.account.clone(),
        meta_name: template.name.clone(),
        pill: pill_of(words, template),
        since: told("template_since", "at", &facts.changed_at.map(moment)),
        reason: told("template_reason", "why", &facts.reason),
        quality: told(
            "template_quality",
            "quality",
            &facts.quality.clone().filter(|quality| quality != "UNKNOWN"),
        ),
        body: marked(&ours.body),
        buttons: ours.buttons.iter().map(|button| button.title.clone()).collect(),
        examples: ours
            .examples
            .iter()
            .zip(1..)
            .map(|(example, place): (&String, usize)| (format!("{{{{{place}}}}}"), example.clone()))
            .collect(),
        at_meta: facts
            .text
            .as_ref()
            .filter(|_| template.differs)
            .map(|text| marked(&text.body))
            .unwrap_or_default(),
        not_now: template
            .not_now
            .map(|why| not_now_words(words, why, view.at))
            .unwrap_or_default(),
        is_edit: facts.meta_id.is_some(),
        allow: allow.unwrap_or_default(),
        history: facts
            .history
            .iter()
            .rev()
            .map(|event| event_of(words, view, event, moment(event.at)))
            .collect(),
    }
}

fn event_of(words: Words<'_>, view: &NoticesView, event: &TemplateEvent, at: String) -> Event {
    let state = words.c(&format!("template_{}", event.state.name()));
    let who = event.staff.map(StaffId).map(|staff| {
        let known = view.staff.iter().find(|(id, _)| *id == staff);
        known.map_or_else(|| words.c("by_program"), |(_, name)| name.clone())
    });
    Event {
        at,
        what: words.key(
            &format!("console.template_event_{}", event.what.name()),
            &[("state", Arg::Text(state))],
        ),
        words: event.words.clone(),
        who: who.unwrap_or_else(|| words.c("template_by_meta")),
    }
}
