//! `/staff/{office}/isi`: what citizens of the office read. Changes gather in a draft, are tried, approved, published, and can be taken
//! back; see docs/content.md.

pub mod changes;
pub mod chats;
mod diff;
pub mod entry;
pub mod history;
pub mod list;
mod names;
mod preview;
pub mod unclear;

use axum::http::StatusCode;
use axum::response::Response;
use sigap_actions::edit_content::{EditRefusal, Workbench};

use super::Asker;
use super::home::{denied, message};
use crate::pages::{Words, busy, nowhere};
use crate::routes::AppState;

/// The workbench of whoever asks, or what is answered instead.
async fn workbench(state: &AppState, asker: &Asker) -> Result<Workbench, Response> {
    let office = asker.officer.office();
    match state.service.view_workbench(office, asker.officer.clone()).await {
        Err(_) => Err(busy()),
        Ok(Ok(bench)) => Ok(bench),
        Ok(Err(refusal)) => Err(refused(state, asker, &refusal)),
    }
}

/// A refusal that has no form to stand in.
fn refused(state: &AppState, asker: &Asker, refusal: &EditRefusal) -> Response {
    let Some(words) = asker.words(state) else {
        return nowhere();
    };
    let (status, body) = match refusal {
        EditRefusal::Denied => return denied(state, asker),
        EditRefusal::Unknown => (StatusCode::NOT_FOUND, "refused_unknown"),
        EditRefusal::Nothing => (StatusCode::CONFLICT, "refused_nothing"),
        EditRefusal::OwnWork => (StatusCode::CONFLICT, "refused_own_work"),
        EditRefusal::NotSubmitted => (StatusCode::CONFLICT, "refused_not_submitted"),
        EditRefusal::TooMany => (StatusCode::UNPROCESSABLE_ENTITY, "refused_too_many"),
        EditRefusal::Blocked(_) => (StatusCode::CONFLICT, "refused_blocked"),
        EditRefusal::Changed | EditRefusal::Conflict(_) | EditRefusal::Problems(_) => {
            (StatusCode::CONFLICT, "refused_changed")
        }
    };
    told(words, asker, status, body)
}

fn told(words: Words<'_>, asker: &Asker, status: StatusCode, body: &str) -> Response {
    message(
        words,
        asker.bar("content"),
        status,
        "editor.refused_title",
        words.e(body),
    )
}
