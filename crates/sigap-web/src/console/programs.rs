//! `/staff/{office}/program`: programs of partners. Keys with which they ask, and addresses that are called when something happens.

use askama::Template;
use axum::Form;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use sigap_actions::api_keys::{KeyRefusal, NewApiKey};
use sigap_actions::hooks::{HookRefusal, HookRow, NewHook};
use sigap_core::conversation::reply::Arg;
use sigap_core::ids::{ApiKeyId, HookId};
use sigap_core::limits::{API_REQUESTS_PER_HOUR, API_REQUESTS_PER_HOUR_MAX};
use sigap_core::outward::{Event, Scope};

use super::{Asker, Bar, go};
use crate::pages::{Words, busy, nowhere, private_page};
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "console/programs.html")]
struct ProgramsPage<'a> {
    words: Words<'a>,
    bar: Bar,
    /// A key or a secret that is shown this once.
    secret: String,
    told: String,
    problem: String,
    keys: Vec<Key>,
    scopes: Vec<(&'static str, String)>,
    per_hour: u32,
    per_hour_max: u32,
    hooks: Vec<Hook>,
    owed: String,
    events: Vec<(&'static str, String)>,
    typed: Typed,
}

struct Key {
    id: i64,
    label: String,
    may: Vec<String>,
    per_hour: String,
    made: String,
    is_good: bool,
    state: String,
}

struct Hook {
    id: i64,
    label: String,
    url: String,
    events: Vec<String>,
    is_well: bool,
    state: String,
}

/// What was typed, kept when it was wrong.
#[derive(Debug, Clone, Default)]
struct Typed {
    key_label: String,
    label: String,
    url: String,
    chosen: Vec<String>,
}

impl Typed {
    fn has(&self, word: &str) -> bool {
        self.chosen.iter().any(|chosen| chosen == word)
    }
}

/// What came of a deed.
#[derive(Default)]
struct Outcome {
    secret: String,
    told: &'static str,
    problem: &'static str,
    typed: Typed,
}

/// Which key or address.
#[derive(Deserialize)]
pub struct Chosen {
    id: i64,
}

/// The page.
pub async fn show(State(state): State<AppState>, asker: Asker) -> Response {
    render(&state, &asker, Outcome::default()).await
}

async fn render(state: &AppState, asker: &Asker, outcome: Outcome) -> Response {
    let Some(words) = asker.words(state) else {
        return nowhere();
    };
    let office = asker.officer.office();
    let (Ok(keys), Ok((hooks, owed))) = (
        state.service.list_api_keys(office).await,
        state.service.list_hooks(office).await,
    ) else {
        return busy();
    };
    let said = |name: &str| words.key(&format!("program.{name}"), &[]);
    let scope = |name: &str| said(&format!("scope_{name}"));
    let event = |name: &str| said(&format!("event_{}", name.replace('.', "_")));
    let number = |count: u64| Arg::count(count);
    let keys = keys.into_iter().map(|key| Key {
        id: key.id.0,
        may: key.scopes.split(' ').map(scope).collect(),
        per_hour: words.key("program.per_hour_told", &[("count", number(key.per_hour.into()))]),
        made: words.arg(&Arg::Moment(key.made_at)),
        is_good: key.revoked_at.is_none(),
        state: match key.revoked_at {
            Some(at) => words.key("program.revoked", &[("when", Arg::Moment(at))]),
            None => String::new(),
        },
        label: key.label,
    });
    let keys = keys.collect();
    let hooks = hooks.into_iter().map(|hook| Hook {
        id: hook.id.0,
        events: hook.events.split(' ').map(event).collect(),
        is_well: hook.failed_at.is_none() && hook.stopped_at.is_none(),
        state: state_of(words, &hook),
        label: hook.content.label,
        url: hook.content.url,
    });
    let hooks = hooks.collect();
    let status = if outcome.problem.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let of = |name: &'static str| if name.is_empty() { String::new() } else { said(name) };
    private_page(
        status,
        &ProgramsPage {
            bar: asker.bar("programs"),
            secret: outcome.secret,
            told: of(outcome.told),
            problem: of(outcome.problem),
            keys,
            scopes: Scope::ALL
                .into_iter()
                .map(|known| (known.name(), scope(known.name())))
                .collect(),
            per_hour: API_REQUESTS_PER_HOUR,
            per_hour_max: API_REQUESTS_PER_HOUR_MAX,
            hooks,
            owed: words.key("program.owed", &[("count", number(owed))]),
            events: Event::ALL
                .into_iter()
                .map(|known| (known.name(), event(known.name())))
                .collect(),
            typed: outcome.typed,
            words,
        },
    )
}

fn state_of(words: Words<'_>, hook: &HookRow) -> String {
    let failure = || Arg::Text(hook.failure.clone());
    let (key, when, failure) = match (hook.stopped_at, hook.failed_at, hook.heard_at) {
        (Some(at), ..) => ("program.hook_stopped", at, Some(failure())),
        (None, Some(at), _) => ("program.hook_failed", at, Some(failure())),
        (None, None, Some(at)) => ("program.hook_heard", at, None),
        (None, None, None) => return words.key("program.hook_new", &[]),
    };
    let mut args = vec![("when", Arg::Moment(when))];
    args.extend(failure.map(|failure| ("failure", failure)));
    words.key(key, &args)
}

/// A form in which a box may be ticked several times.
fn fields(body: &Bytes) -> Vec<(String, String)> {
    serde_urlencoded::from_bytes(body).unwrap_or_default()
}

fn first(fields: &[(String, String)], name: &str) -> String {
    let found = fields.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
}

fn ticked(fields: &[(String, String)], name: &str) -> Vec<String> {
    let ticked = fields.iter().filter(|(known, _)| known == name);
    ticked.map(|(_, value)| value.clone()).collect()
}

/// Makes a key.
pub async fn add_key(State(state): State<AppState>, asker: Asker, body: Bytes) -> Response {
    let fields = fields(&body);
    let chosen = ticked(&fields, "may");
    let label = first(&fields, "label");
    let new = NewApiKey {
        label: label.clone(),
        scopes: chosen.iter().filter_map(|word| Scope::from_name(word)).collect(),
        per_hour: first(&fields, "per_hour").parse().unwrap_or(API_REQUESTS_PER_HOUR),
    };
    let made = if label.is_empty() {
        Ok(Err("no_label"))
    } else {
        let by = Some(asker.officer.clone());
        let made = state.service.make_api_key(asker.officer.office(), by, new).await;
        made.map(|made| {
            made.map_err(|refusal| match refusal {
                KeyRefusal::TooMany => "too_many_keys",
                KeyRefusal::NoScopes => "no_scopes",
                KeyRefusal::Denied => "denied",
            })
        })
    };
    let outcome = match made {
        Err(_) => return busy(),
        Ok(Ok((_, secret))) => Outcome {
            secret,
            told: "key_made",
            ..Outcome::default()
        },
        Ok(Err(problem)) => Outcome {
            problem,
            typed: Typed {
                key_label: label,
                chosen,
                ..Typed::default()
            },
            ..Outcome::default()
        },
    };
    render(&state, &asker, outcome).await
}

/// Takes a key back.
pub async fn revoke_key(State(state): State<AppState>, asker: Asker, Form(chosen): Form<Chosen>) -> Response {
    let by = Some(asker.officer.clone());
    let revoked = state
        .service
        .revoke_api_key(asker.officer.office(), by, ApiKeyId(chosen.id))
        .await;
    back(&asker, revoked)
}

/// Makes an address.
pub async fn add_hook(State(state): State<AppState>, asker: Asker, body: Bytes) -> Response {
    let fields = fields(&body);
    let typed = Typed {
        label: first(&fields, "label"),
        url: first(&fields, "url"),
        chosen: ticked(&fields, "event"),
        ..Typed::default()
    };
    let new = NewHook {
        label: typed.label.clone(),
        url: typed.url.clone(),
        events: typed.chosen.iter().filter_map(|word| Event::from_name(word)).collect(),
    };
    let made = if new.label.is_empty() {
        Ok(Err("no_label"))
    } else {
        let by = Some(asker.officer.clone());
        let made = state.service.make_hook(asker.officer.office(), by, new).await;
        made.map(|made| {
            made.map_err(|refusal| match refusal {
                HookRefusal::TooMany => "too_many_hooks",
                HookRefusal::Address => "bad_url",
                HookRefusal::NoEvents => "no_events",
                HookRefusal::Denied => "denied",
            })
        })
    };
    let outcome = match made {
        Err(_) => return busy(),
        Ok(Ok((_, secret))) => Outcome {
            secret,
            told: "hook_made",
            ..Outcome::default()
        },
        Ok(Err(problem)) => Outcome {
            problem,
            typed,
            ..Outcome::default()
        },
    };
    render(&state, &asker, outcome).await
}

/// Calls an address once, to see whether it hears.
pub async fn try_hook(State(state): State<AppState>, asker: Asker, Form(chosen): Form<Chosen>) -> Response {
    let by = Some(asker.officer.clone());
    let tried = state
        .service
        .try_hook(asker.officer.office(), by, HookId(chosen.id))
        .await;
    match tried {
        Err(_) => busy(),
        Ok(false) => go(&address(&asker)),
        Ok(true) => {
            let outcome = Outcome {
                told: "hook_tried",
                ..Outcome::default()
            };
            render(&state, &asker, outcome).await
        }
    }
}

/// Forgets an address.
pub async fn forget_hook(State(state): State<AppState>, asker: Asker, Form(chosen): Form<Chosen>) -> Response {
    let by = Some(asker.officer.clone());
    let forgotten = state
        .service
        .forget_hook(asker.officer.office(), by, HookId(chosen.id))
        .await;
    back(&asker, forgotten)
}

fn address(asker: &Asker) -> String {
    format!("/staff/{}/program", asker.slug)
}

fn back<E>(asker: &Asker, done: Result<bool, E>) -> Response {
    match done {
        Err(_) => busy(),
        Ok(_) => go(&address(asker)),
    }
}
