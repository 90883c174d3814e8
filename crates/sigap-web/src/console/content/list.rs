//! The first page of the editor, and the entries of one kind.

use std::collections::{BTreeMap, HashSet};

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use sigap_actions::edit_content::{VersionState, Workbench};
use sigap_content::entry::{EntryKey, Kind};
use sigap_core::conversation::reply::Arg;
use sigap_core::office::Office;

use super::names::{entry_name, excerpt, kind_name, problem_words, topic_name};
use super::workbench;
use crate::console::{Asker, Bar, go};
use crate::pages::{Words, nowhere, private_page};
use crate::routes::AppState;

/// Entries that a search shows.
const FOUND_MAX: usize = 100;

#[derive(Template)]
#[template(path = "console/content/overview.html")]
struct OverviewPage<'a> {
    words: Words<'a>,
    bar: Bar,
    state: String,
    edition: String,
    has_pending: bool,
    broken: Vec<(Row, String)>,
    to_check: Vec<CheckRow>,
    kinds: Vec<KindRow>,
    query: String,
    found: Vec<Row>,
    is_searched: bool,
}

#[derive(Template)]
#[template(path = "console/content/list.html")]
struct ListPage<'a> {
    words: Words<'a>,
    bar: Bar,
    kind: Kind,
    title: String,
    hint: String,
    groups: Vec<Group>,
    can_be_added: bool,
    services: Vec<(String, String)>,
    problem: String,
    added: Added,
}

/// An entry in a list.
struct Row {
    href: String,
    name: String,
    excerpt: String,
    is_changed: bool,
    is_due: bool,
}

/// A fact that somebody has to look at.
struct CheckRow {
    row: Row,
    kind: String,
    since: String,
    owner: String,
}

struct KindRow {
    href: String,
    name: String,
    entries: usize,
    changed: usize,
    due: usize,
}

struct Group {
    name: String,
    rows: Vec<Row>,
    changed: usize,
}

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
}

/// A new entry's name: what it is called, a day, a service.
#[derive(Debug, Default, Deserialize)]
pub struct Added {
    #[serde(default)]
    name: String,
    #[serde(default)]
    day: String,
    #[serde(default)]
    service: String,
}

/// What is marked in lists.
struct Marks {
    changed: HashSet<EntryKey>,
    due: HashSet<EntryKey>,
}

impl Marks {
    fn of(bench: &Workbench, office: &Office) -> Self {
        let due = bench.draft.to_check(office, bench.today).into_iter();
        Self {
            changed: bench.changed().into_iter().collect(),
            due: due
                .filter(|entry| entry.since.is_some())
                .map(|entry| entry.key)
                .collect(),
        }
    }

    fn row(&self, words: Words<'_>, bench: &Workbench, slug: &str, key: &EntryKey) -> Row {
        let office = bench.office(words.office.id);
        Row {
            href: format!("/staff/{slug}/isi/{}/{}", key.kind.word(), key.name),
            name: entry_name(words, key),
            excerpt: office.map(|office| excerpt(bench, office, key)).unwrap_or_default(),
            is_changed: self.changed.contains(key),
            is_due: self.due.contains(key),
        }
    }
}

/// The first page.
pub async fn overview(State(state): State<AppState>, asker: Asker, Query(asked): Query<Asked>) -> Response {
    let Some(words) = asker.words(&state) else {
        return nowhere();
    };
    let bench = match workbench(&state, &asker).await {
        Ok(bench) => bench,
        Err(response) => return response,
    };
    let Some(office) = bench.office(words.office.id) else {
        return nowhere();
    };
    let marks = Marks::of(&bench, office);
    let number = |number: usize| Arg::count(number);
    let many = bench.changed().len();
    let state_words = match bench.pending.as_ref().map(|(head, _)| head.state) {
        Some(VersionState::Submitted) => words.key("editor.state_submitted", &[("count", number(many))]),
        Some(_) if many > 0 => words.key("editor.state_draft", &[("count", number(many))]),
        _ => words.e("state_none"),
    };
    let kinds = Kind::ALL.into_iter().map(|kind| {
        let entries = bench.draft.entries(office, kind);
        let of = |keys: &HashSet<EntryKey>| keys.iter().filter(|key| key.kind == kind).count();
        KindRow {
            href: format!("/staff/{}/isi/{}", asker.slug, kind.word()),
            name: kind_name(words, kind),
            entries: entries.len(),
            changed: of(&marks.changed),
            due: of(&marks.due),
        }
    });
    let to_check = bench.draft.to_check(office, bench.today);
    let query = asked.q.trim().to_lowercase();
    private_page(
        StatusCode::OK,
        &OverviewPage {
            bar: asker.bar("content"),
            state: state_words,
            edition: if bench.edition == 0 {
                words.e("edition_none")
            } else {
                let edition = Arg::Number(i64::from(bench.edition));
                words.key("editor.edition", &[("edition", edition)])
            },
            has_pending: bench.pending.is_some(),
            broken: bench
                .broken
                .iter()
                .map(|patch| {
                    let told: Vec<String> = patch.problems.iter().map(|one| problem_words(words, one)).collect();
                    (marks.row(words, &bench, &asker.slug, &patch.key), told.join(" "))
                })
                .collect(),
            to_check: to_check
                .iter()
                .map(|entry| CheckRow {
                    row: marks.row(words, &bench, &asker.slug, &entry.key),
                    kind: kind_name(words, entry.key.kind),
                    since: match entry.since {
                        Some(day) => words.arg(&Arg::Day(day)),
                        None => words.e("never_confirmed"),
                    },
                    owner: entry.owner.clone().unwrap_or_default(),
                })
                .collect(),
            kinds: kinds.collect(),
            found: if query.is_empty() {
                Vec::new()
            } else {
                found(words, &bench, office, &query)
                    .map(|key| marks.row(words, &bench, &asker.slug, &key))
                    .take(FOUND_MAX)
                    .collect()
            },
            is_searched: !query.is_empty(),
            query: asked.q,
            words,
        },
    )
}

/// Entries whose name or words hold what is looked for.
fn found<'a>(
    words: Words<'a>,
    bench: &'a Workbench,
    office: &'a Office,
    query: &'a str,
) -> impl Iterator<Item = EntryKey> + 'a {
    let keys = Kind::ALL.into_iter().flat_map(|kind| bench.draft.entries(office, kind));
    keys.filter(move |key| {
        let fields = bench.draft.entry(office, key).unwrap_or_default();
        key.name.to_lowercase().contains(query)
            || entry_name(words, key).to_lowercase().contains(query)
            || fields.values().any(|text| text.to_lowercase().contains(query))
    })
}

/// Entries of one kind.
pub async fn show(State(state): State<AppState>, Path((_, kind)): Path<(String, String)>, asker: Asker) -> Response {
    let Some(kind) = Kind::from_word(&kind) else {
        return nowhere();
    };
    render(&state, &asker, kind, Added::default(), "").await
}

async fn render(state: &AppState, asker: &Asker, kind: Kind, added: Added, problem: &str) -> Response {
    let Some(words) = asker.words(state) else {
        return nowhere();
    };
    let bench = match workbench(state, asker).await {
        Ok(bench) => bench,
        Err(response) => return response,
    };
    let Some(office) = bench.office(words.office.id) else {
        return nowhere();
    };
    let marks = Marks::of(&bench, office);
    let mut groups: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for key in bench.draft.entries(office, kind) {
        let topic = match kind {
            Kind::Text => key.name.split('.').next().unwrap_or_default().to_owned(),
            _ => String::new(),
        };
        groups
            .entry(topic)
            .or_default()
            .push(marks.row(words, &bench, &asker.slug, &key));
    }
    let services = bench.draft.opening_services(office).into_iter();
    private_page(
        if problem.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        },
        &ListPage {
            bar: asker.bar("content"),
            kind,
            title: kind_name(words, kind),
            hint: words.e(&format!("hint_{}", kind.word())),
            groups: groups
                .into_iter()
                .map(|(topic, rows)| Group {
                    name: if topic.is_empty() {
                        topic
                    } else {
                        topic_name(words, &topic)
                    },
                    changed: rows.iter().filter(|row| row.is_changed).count(),
                    rows,
                })
                .collect(),
            can_be_added: kind.can_be_added(),
            services: services.map(|id| (id.clone(), words.service(&id))).collect(),
            problem: if problem.is_empty() {
                String::new()
            } else {
                words.e(problem)
            },
            added,
            words,
        },
    )
}

/// Begins a new entry: its form is opened, nothing is kept yet.
pub async fn add(
    State(state): State<AppState>,
    Path((_, kind)): Path<(String, String)>,
    asker: Asker,
    Form(added): Form<Added>,
) -> Response {
    let Some(kind) = Kind::from_word(&kind).filter(|kind| kind.can_be_added()) else {
        return nowhere();
    };
    let day: Option<jiff::civil::Date> = added.day.parse().ok();
    let name = match kind {
        Kind::Holiday => day.map(|day| day.to_string()),
        Kind::Opening => day.map(|day| format!("{}.{day}", added.service)),
        _ => Some(plain_name(&added.name)).filter(|name| !name.is_empty()),
    };
    let key = name.and_then(|name| EntryKey::parse(&format!("{}/{name}", kind.word())));
    match key {
        Some(key) => go(&format!("/staff/{}/isi/{}/{}", asker.slug, kind.word(), key.name)),
        None => render(&state, &asker, kind, added, "add_problem").await,
    }
}

/// `Parkir mobil` as a name: `parkir_mobil`.
fn plain_name(name: &str) -> String {
    let words: Vec<String> = name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("_")
}
