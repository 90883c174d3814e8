//! `/staff/{office}/pemberitahuan`: what people are told without having asked: which of it the office sends, what it costs, how its
//! templates stand at Meta.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Time;
use serde::Deserialize;
use sigap_actions::manage_notices::{Decision, NoticeAct, NoticeTrouble, NoticeView, NoticesView};
use sigap_core::catalogue::is_confirmed;
use sigap_core::conversation::reply::Arg;
use sigap_core::notices::Outcome;
use sigap_core::notices::budget::{Used, cost, rupiah};
use sigap_core::staff::Right;

use super::notice_words::{Pill, name_words, number, pill_of, trouble_words};
use super::{Asker, Bar, go};
use crate::hall::moment_words;
use crate::pages::{Words, busy, nowhere, private_page};
use crate::routes::AppState;

/// What was done, as the address tells the page after it.
const DONE: [&str; 4] = ["on", "off", "saved", "asked"];

#[derive(Template)]
#[template(path = "console/notices.html")]
struct NoticesPage<'a> {
    words: Words<'a>,
    bar: Bar,
    told: String,
    is_good: bool,
    money: Money,
    troubles: Vec<String>,
    accounts: Vec<String>,
    may_submit: bool,
    may_compare: bool,
    rows: Vec<Row>,
    may_decide: bool,
    typed: Typed,
    facts: Vec<(String, String)>,
    night: String,
    updated: String,
}

/// The month's money in words.
struct Money {
    percent: i64,
    used: &'static str,
    spent: String,
    delivered: String,
    warning: String,
    is_confirmed: bool,
}

struct Row {
    id: String,
    name: String,
    is_on: bool,
    is_important: bool,
    pills: Vec<Pill>,
    counts: String,
    cost: String,
}

/// What was done.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    hasil: String,
}

/// What is typed or tapped.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Typed {
    deed: String,
    notice: String,
    from: String,
    until: String,
    person_day: String,
    person_month: String,
    budget: String,
}

impl Typed {
    fn act(&self) -> Option<Result<NoticeAct, NoticeTrouble>> {
        let switch = |is_on| NoticeAct::Switch {
            notice: self.notice.clone(),
            is_on,
        };
        Some(Ok(match self.deed.as_str() {
            "on" => switch(true),
            "off" => switch(false),
            "submit_all" => NoticeAct::SubmitAll,
            "compare" => NoticeAct::Compare,
            "decide" => match self.decision() {
                Ok(decision) => NoticeAct::Decide(decision),
                Err(trouble) => return Some(Err(trouble)),
            },
            _ => return None,
        }))
    }

    /// Numbers may be typed with dots, spaces and *Rp*, times with a dot.
    fn decision(&self) -> Result<Decision, NoticeTrouble> {
        let time = |text: &str| {
            text.trim()
                .replace('.', ":")
                .parse::<Time>()
                .map_err(|_| NoticeTrouble::Hours)
        };
        let digits = |text: &str| text.trim_start_matches("Rp").replace(['.', ' ', ','], "");
        let count = |text: &str| digits(text).parse::<u32>().map_err(|_| NoticeTrouble::Limits);
        Ok(Decision {
            day: (time(&self.from)?, time(&self.until)?),
            person_max: (count(&self.person_day)?, count(&self.person_month)?),
            budget_rupiah: digits(self.budget.trim()).parse().map_err(|_| NoticeTrouble::Budget)?,
        })
    }
}

/// The page.
pub async fn show(State(state): State<AppState>, asker: Asker, Query(done): Query<Done>) -> Response {
    let Some(words) = asker.words(&state) else {
        return nowhere();
    };
    let view = match seen(&state, &asker).await {
        Ok(view) => view,
        Err(response) => return response,
    };
    let mut page = page_of(&state, &asker, words, &view);
    if DONE.contains(&done.hasil.as_str()) {
        page.told = words.c(&format!("notice_done_{}", done.hasil));
    }
    private_page(StatusCode::OK, &page)
}

pub(super) async fn seen(state: &AppState, asker: &Asker) -> Result<NoticesView, Response> {
    let office = asker.officer.office();
    match state.service.view_notices(office, asker.officer.clone()).await {
        Err(_) => Err(busy()),
        Ok(Err(_)) => Err(nowhere()),
        Ok(Ok(view)) => Ok(view),
    }
}

/// Something is changed.
pub async fn send(State(state): State<AppState>, asker: Asker, Form(typed): Form<Typed>) -> Response {
    let Some(words) = asker.words(&state) else {
        return nowhere();
    };
    let Some(act) = typed.act() else {
        return nowhere();
    };
    let office = asker.officer.office();
    let done = match act {
        Err(trouble) => Err(trouble),
        Ok(act) => match state.service.manage_notices(office, asker.officer.clone(), act).await {
            Err(_) => return busy(),
            Ok(done) => done,
        },
    };
    let trouble = match done {
        Ok(()) => {
            let word = match typed.deed.as_str() {
                "on" => "on",
                "off" => "off",
                "decide" => "saved",
                _ => "asked",
            };
            return go(&format!("/staff/{}/pemberitahuan?hasil={word}", asker.slug));
        }
        Err(NoticeTrouble::Denied) => return super::home::denied(&state, &asker),
        Err(NoticeTrouble::Unknown) => return nowhere(),
        Err(trouble) => trouble,
    };
    let view = match seen(&state, &asker).await {
        Ok(view) => view,
        Err(response) => return response,
    };
    let mut page = page_of(&state, &asker, words, &view);
    page.told = trouble_words(words, trouble, view.at);
    page.is_good = false;
    if typed.deed == "decide" {
        // What was typed is not lost.
        page.typed = typed;
    }
    private_page(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

fn page_of<'a>(state: &AppState, asker: &Asker, words: Words<'a>, view: &NoticesView) -> NoticesPage<'a> {
    let clock = |time: Time| words.arg(&Arg::Hour(time));
    let names = |wanted: fn(&NoticeView) -> bool| {
        let fitting = view.notices.iter().filter(|notice| wanted(notice));
        let names: Vec<String> = fitting.map(|notice| name_words(words, &notice.kind.id)).collect();
        Arg::Text(names.join(", "))
    };
    let has_account = !view.accounts.is_empty();
    let mut troubles: Vec<String> = view
        .numbers
        .iter()
        .filter(|(_, account)| account.is_none())
        .map(|(number, _)| words.key("console.notices_no_account", &[("number", Arg::Text(number.clone()))]))
        .collect();
    if view.numbers.is_empty() {
        troubles.push(words.c("notices_no_number"));
    }
    let missing = view
        .notices
        .iter()
        .filter(|notice| notice.is_on && notice.kind.has_template && !notice.has_sendable());
    let missing = missing.count();
    if has_account && missing > 0 {
        let count = Arg::count(missing);
        troubles.push(words.key("console.notices_missing", &[("count", count)]));
    }
    let moment = |at| moment_words(words, words.office, at, view.at);
    let accounts = view
        .accounts
        .iter()
        .map(|(_, news)| match (&news.problem, news.compared_at) {
            (Some(problem), _) => words.key("console.notices_problem", &[("why", Arg::Text(problem.clone()))]),
            (None, Some(at)) => words.key("console.notices_compared", &[("at", Arg::Text(moment(at)))]),
            (None, None) => words.c("notices_never_compared"),
        });
    let (from, until) = view.day;
    let facts = [
        ("notices_from", clock(from)),
        ("notices_until", clock(until)),
        ("notices_person_day", view.person_max.0.to_string()),
        ("notices_person_month", view.person_max.1.to_string()),
        ("notices_budget", words.arg(&Arg::Rupiah(view.budget_rupiah))),
    ];
    NoticesPage {
        bar: asker.bar("notices"),
        told: String::new(),
        is_good: true,
        money: money(state, words, view, names(|notice| notice.is_on && notice.is_important)),
        troubles,
        accounts: accounts.collect(),
        may_submit: has_account
            && view
                .notices
                .iter()
                .flat_map(|notice| &notice.templates)
                .any(|template| template.not_now.is_none()),
        may_compare: has_account,
        rows: view.notices.iter().map(|notice| row(state, words, notice)).collect(),
        may_decide: asker.officer.may(Right::Lead),
        typed: Typed {
            from: from.strftime("%H:%M").to_string(),
            until: until.strftime("%H:%M").to_string(),
            person_day: view.person_max.0.to_string(),
            person_month: view.person_max.1.to_string(),
            budget: view.budget_rupiah.to_string(),
            ..Typed::default()
        },
        facts: facts.map(|(key, value)| (words.c(key), value)).into(),
        night: words.key(
            "console.notices_night",
            &[("names", names(|notice| notice.kind.is_sent_at_night))],
        ),
        updated: words.updated(&moment(view.at)),
        words,
    }
}

fn money(state: &AppState, words: Words<'_>, view: &NoticesView, important: Arg) -> Money {
    let money = &view.money;
    let in_rupiah = |sen| Arg::Rupiah(rupiah(sen));
    let used = money.used();
    let pricing = &state.service.content().catalogue_of(words.office.id).pricing;
    Money {
        percent: money.percent(),
        used: used.name(),
        spent: words.key(
            "console.notices_spent",
            &[
                ("used", in_rupiah(money.used_sen)),
                ("budget", in_rupiah(money.budget_sen)),
                ("percent", Arg::Number(money.percent())),
                ("left", Arg::Rupiah(money.left_rupiah())),
            ],
        ),
        delivered: words.key(
            "console.notices_delivered",
            &[
                ("spent", in_rupiah(money.spent_sen)),
                ("price", in_rupiah(money.next_sen)),
            ],
        ),
        warning: match used {
            Used::Fine => String::new(),
            Used::Nearly => words.c("notices_nearly"),
            Used::Up => words.key("console.notices_up", &[("names", important)]),
        },
        is_confirmed: is_confirmed(&pricing.source, pricing.confidence),
    }
}

fn row(state: &AppState, words: Words<'_>, notice: &NoticeView) -> Row {
    let paid = notice
        .count(Outcome::Paid)
        .saturating_sub(notice.count(Outcome::Failed));
    let sent = [Outcome::Free, Outcome::Paid, Outcome::Failed];
    let dropped = notice.counts.iter().filter(|(outcome, _)| !sent.contains(outcome));
    let dropped: u64 = dropped.map(|(_, many)| many).sum();
    let pricing = &state.service.content().catalogue_of(words.office.id).pricing;
    Row {
        id: notice.kind.id.clone(),
        name: name_words(words, &notice.kind.id),
        is_on: notice.is_on,
        is_important: notice.is_important,
        pills: notice
            .templates
            .iter()
            .map(|template| pill_of(words, template))
            .collect(),
        counts: if notice.counts.is_empty() {
            words.c("notice_none")
        } else {
            words.key(
                "console.notice_counts",
                &[
                    ("free", number(notice.count(Outcome::Free))),
                    ("paid", number(paid)),
                    ("dropped", number(dropped)),
                ],
            )
        },
        cost: words.arg(&Arg::Rupiah(rupiah(cost(paid, pricing.utility_sen)))),
    }
}
