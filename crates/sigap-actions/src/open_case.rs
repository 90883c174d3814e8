//! Opening a case: a number the citizen can name, a deadline from the law, a line in the audit trail.

use serde_json::json;
use sigap_core::calendar::local_date;
use sigap_core::cases::{Case, CaseKind, deadlines};
use sigap_core::conversation::state::State;
use sigap_core::ids::CaseId;
use sigap_core::outward::Event;
use sigap_store::records::{AuditEntry, CaseEventKind, CaseRow};
use sigap_store::{Fault, Tx};

use crate::announce::announce;
use crate::booking_parts::Asker;
use crate::context::Context;
use crate::noted_files::hand_over_noted;
use crate::work_case::{Deed, note_event, schedule_escalation};

/// Opens a case and returns its number, `JP-2611-0042`: initials of the office, year and month, count; and how many files come along
/// that were sent just before.
///
/// # Errors
/// Storage faults only.
pub fn open_case(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    asker: Asker<'_>,
    kind: CaseKind,
    text: &str,
    rating: Option<u8>,
) -> Result<(String, usize), Fault> {
    let office = ctx.office.id;
    let today = local_date(ctx.office, ctx.now);
    let month = format!("{:02}{:02}", today.year() % 100, today.month());
    let count = tx.next_count(office, &format!("case {month}"))?;
    let number = format!("{}-{month}-{count:04}", initials(&ctx.office.slug));
    let days = &ctx.content.catalogue().complaint;
    let (due_on, end_on) = deadlines(ctx.office, days, kind, today);
    let mut case = Case {
        line: asker.number.to_owned(),
        rating,
        due_on,
        end_on,
        ..Case::new(CaseId(ctx.new_id()), number.clone(), kind, asker.person, ctx.now)
    };
    case.owed_at = case.next_owed(ctx.office);
    schedule_escalation(tx, ctx, &case)?;
    let row = CaseRow {
        case,
        text: text.to_owned(),
        is_erased: false,
        tags: Vec::new(),
        version: 0,
    };
    let id = row.case.id;
    tx.insert_case(office, &row)?;
    if let Some(before) = told_before(tx, ctx, asker)? {
        let deed = Deed {
            words: before,
            ..Deed::plain(CaseEventKind::Before)
        };
        note_event(tx, ctx, id, deed)?;
    }
    tx.insert_audit(
        office,
        &AuditEntry {
            id: ctx.new_id(),
            at: ctx.now,
            actor: "citizen".into(),
            act: "case_opened".into(),
            subject: format!("case {number} ({})", kind.name()),
        },
    )?;
    announce(
        tx,
        ctx,
        Event::CaseOpened,
        || json!({ "case": number, "kind": kind.name(), "due_on": due_on.map(|day| day.to_string()) }),
    )?;
    // Nobody asked for the case of a message that we failed to answer.
    let files = match kind {
        CaseKind::Unanswered => 0,
        _ => hand_over_noted(tx, ctx, asker.person, id)?,
    };
    Ok((number, files))
}

/// What was said just before, a line each: an officer who reads it asks nothing twice.
fn told_before(tx: &mut dyn Tx, ctx: &Context<'_>, asker: Asker<'_>) -> Result<Option<String>, Fault> {
    let known = tx.find_conversation(ctx.office.id, asker.person)?;
    let state = known
        .and_then(|known| State::from_stored(&known.state).ok())
        .unwrap_or_default();
    let lines: Vec<String> = state
        .recent
        .iter()
        .map(|exchange| format!("{} → {}", exchange.said.0, exchange.answered.0))
        .collect();
    Ok((!lines.is_empty()).then(|| lines.join("\n")))
}

fn initials(slug: &str) -> String {
    slug.split('-')
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_uppercase)
        .take(4)
        .collect()
}
