//! What an officer does with a visit beside calling it. Each is noted, and each can be taken back as long as it makes sense.

use jiff::{SignedDuration, Timestamp};
use sigap_core::ids::VisitId;
use sigap_core::limits::NOTE_CHARS_MAX;
use sigap_core::queue::VisitState;
use sigap_core::queue::visit::Deed;
use sigap_store::records::VisitRow;
use sigap_store::{Fault, Tx};

use crate::authority::Officer;
use crate::call_visit::{allowed, at_counter};
use crate::context::Context;
use crate::hall_parts::{HallRefusal, find, local_hour, note};
use crate::send_notice::{HallNotice, owe_hall_notice};

/// A deed with what it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Nobody came: called again later, missed after the last time.
    Skip,
    /// Out of line for the office's minutes.
    Hold,
    /// Back into the line at once.
    Back,
    /// To another line, with the time waited and what happened so far.
    Transfer {
        /// Which line.
        line: String,
    },
    /// Served.
    Finish,
    /// The owner went away.
    Leave,
    /// At the counter again, as before the last deed.
    Undo,
    /// A note for colleagues; replaces the one before.
    Note {
        /// The words.
        text: String,
    },
}

/// More than this does not happen to a visit.
const VISIT_EVENTS_MAX: usize = 100;
/// Longer than this a service was not: the officer forgot to say that it ended, and it would spoil what is measured.
const SERVICE_MAX: SignedDuration = SignedDuration::from_hours(3);

/// Carries it out.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn change_visit(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    id: VisitId,
    change: &Change,
) -> Result<Result<(), HallRefusal>, Fault> {
    let hall = match allowed(ctx, who) {
        Ok(hall) => hall,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let mut row = match find(tx, ctx, id)? {
        Ok(row) => row,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let was = row.visit.state;
    let deed = match change {
        Change::Skip => Deed::Skip,
        Change::Hold => Deed::Hold,
        Change::Back => Deed::Back,
        Change::Transfer { .. } => Deed::Transfer,
        Change::Finish => Deed::Finish,
        Change::Leave => Deed::Leave,
        Change::Undo => Deed::Undo,
        Change::Note { text } => return note_down(tx, ctx, who, row, text),
    };
    if !deed.is_allowed(was) {
        return Ok(Err(HallRefusal::Changed(was)));
    }
    let after = |minutes: u16| {
        let by = SignedDuration::from_mins(i64::from(minutes));
        Some(ctx.now.saturating_add(by).unwrap_or(Timestamp::MAX))
    };
    match change {
        Change::Finish => {
            finish_row(tx, ctx, who, row)?;
            return Ok(Ok(()));
        }
        Change::Skip if row.visit.calls >= hall.rules.calls_max => row.visit.state = VisitState::Missed,
        Change::Skip => {
            row.visit.state = VisitState::Held;
            row.visit.free_at = after(hall.rules.skip_minutes);
        }
        Change::Hold => {
            row.visit.state = VisitState::Held;
            row.visit.free_at = after(hall.rules.hold_minutes);
        }
        Change::Back => {
            row.visit.state = VisitState::Waiting;
            row.visit.free_at = None;
        }
        Change::Transfer { line } => {
            if hall.line(line).is_none() {
                return Ok(Err(HallRefusal::NoLine));
            }
            measure(tx, ctx, &row)?;
            row.visit.line.clone_from(line);
            row.visit.state = VisitState::Waiting;
            row.visit.free_at = None;
            row.visit.calls = 0;
        }
        Change::Leave => row.visit.state = VisitState::Left,
        Change::Undo => {
            let Some(counter) = row.visit.counter else {
                return Ok(Err(HallRefusal::Changed(was)));
            };
            if let Some(other) = at_counter(tx, ctx, counter)? {
                return Ok(Err(HallRefusal::Busy(other.visit.label)));
            }
            row.visit.state = VisitState::Called;
            row.visit.free_at = None;
        }
        Change::Note { .. } => {}
    }
    if !tx.replace_visit(ctx.office.id, was, &row)? {
        return Err(Fault::Busy);
    }
    note(tx, ctx, &row.visit, deed.name(), Some(who.staff()))?;
    Ok(Ok(()))
}

/// The visit at a counter ends as served; how long it took is kept.
pub(crate) fn finish_row(tx: &mut dyn Tx, ctx: &Context<'_>, who: &Officer, mut row: VisitRow) -> Result<(), Fault> {
    measure(tx, ctx, &row)?;
    ask_how_it_was(tx, ctx, &row)?;
    row.visit.state = VisitState::Done;
    if !tx.replace_visit(ctx.office.id, VisitState::Called, &row)? {
        return Err(Fault::Busy);
    }
    note(tx, ctx, &row.visit, Deed::Finish.name(), Some(who.staff()))?;
    Ok(())
}

/// Asks whoever booked in the chat how the visit was, once and only when that costs nothing.
fn ask_how_it_was(tx: &mut dyn Tx, ctx: &Context<'_>, row: &VisitRow) -> Result<(), Fault> {
    let Some(person) = row.visit.person.filter(|_| !row.content.number.is_empty()) else {
        return Ok(());
    };
    // A slip of the finger that was taken back ends a second time.
    let events = tx.list_visit_events(ctx.office.id, row.visit.id, VISIT_EVENTS_MAX)?;
    if events.iter().any(|event| event.kind == Deed::Finish.name()) {
        return Ok(());
    }
    let url = ctx.links.survey(&ctx.office.slug, &row.token);
    let told = HallNotice::Served {
        url,
        token: row.token.clone(),
    };
    owe_hall_notice(tx, ctx, person, &row.content.number, told)
}

/// Keeps how long the visit was at the counter, unless nobody can have meant it.
fn measure(tx: &mut dyn Tx, ctx: &Context<'_>, row: &VisitRow) -> Result<(), Fault> {
    let Some(called_at) = row.visit.called_at.filter(|_| row.visit.state == VisitState::Called) else {
        return Ok(());
    };
    let took = ctx.now.duration_since(called_at);
    if took.is_negative() || took > SERVICE_MAX {
        return Ok(());
    }
    let seconds = u32::try_from(took.as_secs()).unwrap_or_default();
    let hour = local_hour(ctx, called_at);
    tx.insert_service_time(ctx.office.id, &row.visit.line, hour, ctx.new_id(), seconds)
}

fn note_down(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    mut row: VisitRow,
    text: &str,
) -> Result<Result<(), HallRefusal>, Fault> {
    row.content.note = text.trim().chars().take(NOTE_CHARS_MAX).collect();
    if !tx.replace_visit(ctx.office.id, row.visit.state, &row)? {
        return Err(Fault::Busy);
    }
    note(tx, ctx, &row.visit, "note", Some(who.staff()))?;
    Ok(Ok(()))
}
