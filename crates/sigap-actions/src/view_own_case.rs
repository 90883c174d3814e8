//! A case as the citizen sees it who brought it: what they wrote, what the office answered, and until when the rest comes. Notes of officers
//! are not among it.

use jiff::Timestamp;
use jiff::civil::Date;
use sigap_core::cases::{CaseKind, CaseState};
use sigap_core::ids::PersonId;
use sigap_core::limits::{CASE_EVENTS_SHOWN_MAX, FILES_SHOWN_MAX};
use sigap_store::records::CaseEventKind;
use sigap_store::{Fault, Tx};

use crate::context::Context;
use crate::view_cases::find;

/// A case from outside.
#[derive(Debug, Clone, PartialEq)]
pub struct BroughtCase {
    /// Its number.
    pub number: String,
    /// What kind.
    pub kind: CaseKind,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// Until when the first answer comes, by law.
    pub due_on: Option<Date>,
    /// Until when it is ended, by law.
    pub end_on: Option<Date>,
    /// Whether it has ended.
    pub is_closed: bool,
    /// What was written, in order; the first is what opened it.
    pub lines: Vec<BroughtLine>,
}

/// Something written about a case.
#[derive(Clone, PartialEq, Eq)]
pub struct BroughtLine {
    /// When.
    pub at: Timestamp,
    /// Whether the office wrote it.
    pub is_ours: bool,
    /// The words.
    pub words: String,
}

impl std::fmt::Debug for BroughtLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "BroughtLine({} bytes at {})", self.words.len(), self.at)
    }
}

/// The case of a number. Whoever calls it has checked the secret in its address.
///
/// # Errors
/// Storage faults only; `None` when there is no such case, or when whoever brought it had everything erased.
pub fn view_own_case(tx: &mut dyn Tx, ctx: &Context<'_>, number: &str) -> Result<Option<BroughtCase>, Fault> {
    let office = ctx.office.id;
    let Some(id) = find(tx, ctx, number)? else {
        return Ok(None);
    };
    let Some(row) = tx.find_case(office, id)?.filter(|row| !row.is_erased) else {
        return Ok(None);
    };
    let mut lines = vec![BroughtLine {
        at: row.case.opened_at,
        is_ours: false,
        words: row.text,
    }];
    for event in tx.list_case_events(office, id, CASE_EVENTS_SHOWN_MAX)? {
        let is_ours = match event.kind {
            CaseEventKind::Answered => true,
            CaseEventKind::Heard => false,
            _ => continue,
        };
        lines.push(BroughtLine {
            at: event.at,
            is_ours,
            words: event.words,
        });
    }
    lines.retain(|line| !line.words.is_empty());
    Ok(Some(BroughtCase {
        number: row.case.number,
        kind: row.case.kind,
        opened_at: row.case.opened_at,
        due_on: row.case.due_on,
        end_on: row.case.end_on,
        is_closed: row.case.state == CaseState::Closed,
        lines,
    }))
}

/// Of what kind a case is and how many files came along with it, when this person brought it.
///
/// # Errors
/// Storage faults only.
pub(crate) fn kind_of_own_case(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    person: PersonId,
    number: &str,
) -> Result<Option<(CaseKind, usize)>, Fault> {
    let Some(id) = find(tx, ctx, number)? else {
        return Ok(None);
    };
    let Some(own) = tx.find_case(ctx.office.id, id)?.filter(|row| row.case.person == person) else {
        return Ok(None);
    };
    let files = tx.list_files_about(ctx.office.id, id.0, FILES_SHOWN_MAX)?.len();
    Ok(Some((own.case.kind, files)))
}
