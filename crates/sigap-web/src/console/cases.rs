//! `/staff/{office}/kasus`: who waits for an answer, what is owed first comes first; live without loading again.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use sigap_actions::view_cases::{CaseRow, CasesView};
use sigap_core::cases::CaseState;
use sigap_core::conversation::reply::Arg;
use sigap_core::ids::StaffId;

use super::{Asker, Bar, go};
use crate::hall::{Feed, moment_words, streamed};
use crate::pages::{Words, busy, nowhere, private_page};
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "console/cases.html", blocks = ["list"])]
struct CasesPage<'a> {
    words: Words<'a>,
    bar: Bar,
    slug: String,
    shown: Shown,
    /// Only cases with this tag are shown; all when empty.
    tag: String,
    tag_query: String,
    number: String,
    problem: String,
    open: Vec<Row>,
    closed: Vec<Row>,
    late: u64,
    /// How many are shown of how many, when not all are.
    cut: String,
    updated: String,
}

struct Row {
    number: String,
    kind: String,
    owner: String,
    since: String,
    owed: String,
    urgency: &'static str,
    pressing: String,
    waits: bool,
    rating: String,
    tags: Vec<Tag>,
}

/// A tag with the address of its list.
pub(super) struct Tag {
    pub(super) name: String,
    pub(super) query: String,
}

pub(super) fn tags_of(row: &CaseRow) -> Vec<Tag> {
    let tag = |name: &String| Tag {
        name: name.clone(),
        query: query_of(name),
    };
    row.tags.iter().map(tag).collect()
}

fn query_of(tag: &str) -> String {
    serde_urlencoded::to_string([("tag", tag)]).unwrap_or_default()
}

/// Which of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// All.
    #[default]
    All,
    /// One's own.
    Mine,
    /// Those that nobody has.
    Free,
}

impl Shown {
    const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Mine => "mine",
            Self::Free => "free",
        }
    }

    fn takes(self, row: &CaseRow, me: StaffId) -> bool {
        match self {
            Self::All => true,
            Self::Mine => row.case.staff == Some(me),
            Self::Free => row.case.state == CaseState::Open,
        }
    }

    fn mark(self, name: &str) -> &'static str {
        if self.name() == name {
            r#" aria-current="true""#
        } else {
            ""
        }
    }
}

/// What is asked.
#[derive(Debug, Default, Clone, Deserialize)]
pub struct Asked {
    #[serde(default)]
    shown: Shown,
    #[serde(default)]
    number: String,
    #[serde(default)]
    tag: String,
}

/// The list, or the case whose number was typed.
pub async fn list(State(state): State<AppState>, asker: Asker, Query(asked): Query<Asked>) -> Response {
    let office = asker.officer.office();
    let typed = asked.number.trim().to_owned();
    let mut is_unknown = false;
    if !typed.is_empty() {
        match state
            .service
            .view_case(office, asker.officer.clone(), typed.clone())
            .await
        {
            Err(_) => return busy(),
            Ok(Ok(view)) => return go(&format!("/staff/{}/kasus/{}", asker.slug, view.row.case.number)),
            Ok(Err(_)) => is_unknown = true,
        }
    }
    let Some(words) = asker.words(&state) else {
        return nowhere();
    };
    match state
        .service
        .view_cases(office, asker.officer.clone(), asked.tag.clone())
        .await
    {
        Err(_) => busy(),
        Ok(Err(_)) => nowhere(),
        Ok(Ok(view)) => {
            let mut page = page_of(&asker, words, &view, asked.shown, &asked.tag);
            let mut status = StatusCode::OK;
            if is_unknown {
                page.problem = words.c("case_unknown");
                page.number = typed;
                status = StatusCode::NOT_FOUND;
            }
            private_page(status, &page)
        }
    }
}

/// The live list.
pub async fn stream_list(State(state): State<AppState>, asker: Asker, Query(asked): Query<Asked>) -> Response {
    streamed(&state, Feed::Cases, asker.officer.office(), move |state| {
        let (asker, shown, tag) = (asker.clone(), asked.shown, asked.tag.clone());
        async move {
            let officer = super::still_here(&state, &asker, None).await?;
            let office = officer.office();
            let view = state
                .service
                .view_cases(office, officer, tag.clone())
                .await
                .ok()?
                .ok()?;
            let page = page_of(&asker, asker.words(&state)?, &view, shown, &tag);
            let parts = BTreeMap::from([("list", page.as_list().render().ok()?)]);
            serde_json::to_string(&parts).ok()
        }
    })
}

fn page_of<'a>(asker: &Asker, words: Words<'a>, view: &CasesView, shown: Shown, tag: &str) -> CasesPage<'a> {
    let me = asker.officer.staff();
    let moment = |at| moment_words(words, words.office, at, view.at);
    let row = |row: &CaseRow| {
        let case = &row.case;
        let urgency = case.urgency(view.at);
        Row {
            number: case.number.clone(),
            kind: words.key(&format!("console.case_kind_{}", case.kind.name()), &[]),
            owner: owner(words, case.staff, &view.staff),
            since: moment(case.opened_at),
            owed: case.owed_at.or(case.closed_at).map(moment).unwrap_or_default(),
            urgency: urgency.name(),
            pressing: words.key(&format!("console.urgency_{}", urgency.name()), &[]),
            waits: case.is_talk && case.heard_at.is_some(),
            tags: tags_of(row),
            rating: case
                .satisfaction
                .or(case.rating)
                .map(|rating| rating.to_string())
                .unwrap_or_default(),
        }
    };
    let number = |count: u64| Arg::count(count);
    let listed = u64::try_from(view.open.len()).unwrap_or(u64::MAX);
    let is_cut = tag.is_empty() && view.waiting.open > listed;
    CasesPage {
        bar: asker.bar("cases"),
        slug: asker.slug.clone(),
        shown,
        tag: tag.to_owned(),
        tag_query: query_of(tag),
        number: String::new(),
        problem: String::new(),
        late: view.waiting.late,
        cut: if is_cut {
            words.key(
                "inbox.cases_cut",
                &[("shown", number(listed)), ("count", number(view.waiting.open))],
            )
        } else {
            String::new()
        },
        open: view.open.iter().filter(|row| shown.takes(row, me)).map(row).collect(),
        closed: view.closed.iter().filter(|row| shown.takes(row, me)).map(row).collect(),
        updated: words.updated(&moment(view.at)),
        words,
    }
}

/// The name of whoever has a case.
pub(super) fn owner(words: Words<'_>, staff: Option<StaffId>, names: &[(StaffId, String)]) -> String {
    match staff {
        None => words.c("case_nobody"),
        Some(staff) => names
            .iter()
            .find(|(id, _)| *id == staff)
            .map_or_else(|| words.c("case_gone"), |(_, name)| name.clone()),
    }
}
