//! `/isi/riwayat`, `/isi/riwayat/terbitkan`: what was published when and by whom, any two versions compared, and an earlier one published again.

use askama::Template;
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use sigap_actions::edit_content::ContentVersionHead;
use sigap_core::conversation::reply::Arg;
use sigap_core::ids::ContentVersionId;
use sigap_core::staff::Right;

use super::diff::{Changed, changed};
use super::{refused, workbench};
use crate::console::{Asker, Bar, go};
use crate::pages::{Words, busy, nowhere, private_page};
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "console/content/history.html")]
struct HistoryPage<'a> {
    words: Words<'a>,
    bar: Bar,
    rows: Vec<Row>,
    choices: Vec<(i64, String)>,
    compared: Option<Compared>,
}

struct Row {
    id: i64,
    edition: String,
    state: String,
    at: String,
    author: String,
    approver: String,
    /// Whether citizens read it now.
    is_live: bool,
    /// The one before it, to compare with.
    before: i64,
}

/// Two versions beside each other.
struct Compared {
    from: i64,
    to: i64,
    title: String,
    changes: Vec<Changed>,
    /// The version that may be published again.
    restorable: Option<(i64, String)>,
}

/// Which two; 0 is the files alone.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    dari: Option<i64>,
    ke: Option<i64>,
}

/// Which one is published again.
#[derive(Debug, Default, Deserialize)]
pub struct Tapped {
    #[serde(default)]
    version: i64,
}

/// The page.
pub async fn show(State(state): State<AppState>, asker: Asker, Query(asked): Query<Asked>) -> Response {
    let Some(words) = asker.words(&state) else {
        return nowhere();
    };
    let bench = match workbench(&state, &asker).await {
        Ok(bench) => bench,
        Err(response) => return response,
    };
    let office = asker.officer.office();
    let heads = match state.service.view_content_history(office, asker.officer.clone()).await {
        Err(_) => return busy(),
        Ok(Err(refusal)) => return refused(&state, &asker, &refusal),
        Ok(Ok(heads)) => heads,
    };
    let edition = |head: &ContentVersionHead| match head.edition {
        Some(edition) => words.key("editor.edition_name", &[("edition", Arg::Number(i64::from(edition)))]),
        None => words.e(&format!("version_{}", head.state.name())),
    };
    let name = |id: i64| match heads.iter().find(|head| head.id.0 == id) {
        Some(head) => edition(head),
        None => words.e("version_files"),
    };
    let rows = heads.iter().map(|head| {
        // Citizens read editions: what came before one is the edition below it, or the files.
        let below = head.edition.map_or(bench.edition, |edition| edition.saturating_sub(1));
        let before = heads.iter().find(|known| below > 0 && known.edition == Some(below));
        Row {
            id: head.id.0,
            edition: edition(head),
            state: words.e(&format!("version_{}", head.state.name())),
            at: words.arg(&Arg::Moment(head.published_at.unwrap_or(head.changed_at))),
            author: bench.name_of(head.author).to_owned(),
            approver: head
                .approver
                .map(|staff| bench.name_of(staff).to_owned())
                .unwrap_or_default(),
            is_live: head.edition == Some(bench.edition),
            before: before.map(|head| head.id.0).unwrap_or_default(),
        }
    });
    let mut compared = None;
    if let (Some(from), Some(to)) = (asked.dari, asked.ke) {
        let id = |id: i64| (id != 0).then_some(ContentVersionId(id));
        let found = state
            .service
            .compare_content(office, asker.officer.clone(), [id(from), id(to)])
            .await;
        let found = match found {
            Err(_) => return busy(),
            Ok(Err(refusal)) => return refused(&state, &asker, &refusal),
            Ok(Ok(found)) => found,
        };
        let older = heads.iter().find(|head| head.id.0 == to);
        let older = older.filter(|head| head.edition.is_some_and(|edition| edition < bench.edition));
        compared = Some(Compared {
            from,
            to,
            title: words.key(
                "editor.compare_title",
                &[("from", Arg::Text(name(from))), ("to", Arg::Text(name(to)))],
            ),
            changes: found.iter().map(|one| changed(words, &asker.slug, one)).collect(),
            restorable: older
                .filter(|_| asker.officer.may(Right::Publish))
                .map(|head| (head.id.0, edition(head))),
        });
    }
    let mut choices: Vec<(i64, String)> = heads.iter().map(|head| (head.id.0, edition(head))).collect();
    choices.push((0, words.e("version_files")));
    private_page(
        StatusCode::OK,
        &HistoryPage {
            bar: asker.bar("content"),
            rows: rows.collect(),
            choices,
            compared,
            words,
        },
    )
}

/// Publishes an earlier edition again.
pub async fn restore(State(state): State<AppState>, asker: Asker, Form(tapped): Form<Tapped>) -> Response {
    let (office, who) = (asker.officer.office(), asker.officer.clone());
    let restored = state
        .service
        .restore_edition(office, who, ContentVersionId(tapped.version))
        .await;
    match restored {
        Err(_) => busy(),
        Ok(Ok(_)) => go(&format!("/staff/{}/isi/riwayat", asker.slug)),
        Ok(Err(refusal)) => refused(&state, &asker, &refusal),
    }
}
