//! Somebody is called to a counter: the next one by credit, one by name for a reason, or the same one again.

use sigap_core::ids::{CounterName, PersonId, VisitId};
use sigap_core::queue::visit::Deed;
use sigap_core::queue::{Hall, TicketLabel, VisitState};
use sigap_core::staff::Right;
use sigap_store::records::VisitRow;
use sigap_store::{Fault, Tx};

use crate::authority::Officer;
use crate::change_visit::finish_row;
use crate::context::Context;
use crate::hall_parts::{HallRefusal, find, hall, note, today};
use crate::hall_picture::{HallNow, Moment};
use crate::send_notice::{HallNotice, owe_hall_notice};

/// Calls whoever is next for a counter. Whoever is there is done with that: one tap serves a whole morning.
///
/// # Errors
/// Storage faults; the refusal is a value. `Ok(Ok(None))` when nobody waits.
pub fn call_next(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    counter: CounterName,
) -> Result<Result<Option<VisitId>, HallRefusal>, Fault> {
    let hall = match allowed(ctx, who) {
        Ok(hall) => hall,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let Some(lines) = hall.counter(counter).map(|counter| &counter.lines) else {
        return Ok(Err(HallRefusal::NoCounter));
    };
    if let Err(refusal) = crate::staff_desk::open(tx, ctx, who, counter)? {
        return Ok(Err(refusal));
    }
    if let Some(row) = at_counter(tx, ctx, counter)? {
        finish_row(tx, ctx, who, row)?;
    }
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let Some(id) = tx.call_next(ctx.office.id, today(ctx), &lines, counter, ctx.now)? else {
        return Ok(Ok(None));
    };
    if let Some(row) = tx.find_visit(ctx.office.id, id)? {
        note(tx, ctx, &row.visit, Deed::Call.name(), Some(who.staff()))?;
        tell(tx, ctx, hall, &row)?;
    }
    Ok(Ok(Some(id)))
}

/// Calls a visit by name, out of turn; the reason stands in the trail.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn call_by_name(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    counter: CounterName,
    label: TicketLabel,
    reason: &str,
) -> Result<Result<(), HallRefusal>, Fault> {
    let hall = match allowed(ctx, who) {
        Ok(hall) => hall,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if hall.counter(counter).is_none() {
        return Ok(Err(HallRefusal::NoCounter));
    }
    let reason = reason.trim();
    if reason.is_empty() {
        return Ok(Err(HallRefusal::NoReason));
    }
    if let Some(other) = at_counter(tx, ctx, counter)? {
        return Ok(Err(HallRefusal::Busy(other.visit.label)));
    }
    let found = match tx.find_visit_by_label(ctx.office.id, today(ctx), label)? {
        Some(id) => find(tx, ctx, id)?,
        None => Err(HallRefusal::NoVisit),
    };
    let mut row = match found {
        Ok(row) => row,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let was = row.visit.state;
    if !Deed::Call.is_allowed(was) {
        return Ok(Err(HallRefusal::Changed(was)));
    }
    if let Err(refusal) = crate::staff_desk::open(tx, ctx, who, counter)? {
        return Ok(Err(refusal));
    }
    row.visit.state = VisitState::Called;
    row.visit.counter = Some(counter);
    row.visit.calls = row.visit.calls.saturating_add(1);
    row.visit.called_at = Some(ctx.now);
    row.visit.free_at = None;
    if !tx.replace_visit(ctx.office.id, was, &row)? {
        return Err(Fault::Busy);
    }
    note(tx, ctx, &row.visit, Deed::Call.name(), Some(who.staff()))?;
    let subject = format!("{} {reason}", row.visit.label);
    tx.insert_act(ctx.office.id, who.staff(), ctx.now, "called_out_of_turn", &subject)?;
    tell(tx, ctx, hall, &row)?;
    Ok(Ok(()))
}

/// Calls the same person again.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn recall(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    id: VisitId,
) -> Result<Result<(), HallRefusal>, Fault> {
    if let Err(refusal) = allowed(ctx, who) {
        return Ok(Err(refusal));
    }
    let mut row = match find(tx, ctx, id)? {
        Ok(row) => row,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if !Deed::Recall.is_allowed(row.visit.state) {
        return Ok(Err(HallRefusal::Changed(row.visit.state)));
    }
    row.visit.calls = row.visit.calls.saturating_add(1);
    if !tx.replace_visit(ctx.office.id, VisitState::Called, &row)? {
        return Err(Fault::Busy);
    }
    note(tx, ctx, &row.visit, Deed::Recall.name(), Some(who.staff()))?;
    Ok(Ok(()))
}

pub(crate) fn allowed<'a>(ctx: &Context<'a>, who: &Officer) -> Result<&'a Hall, HallRefusal> {
    who.require(ctx.office.id, Right::Hall)
        .map_err(|_| HallRefusal::Denied)?;
    hall(ctx)
}

/// Who is at a counter.
pub(crate) fn at_counter(tx: &mut dyn Tx, ctx: &Context<'_>, counter: CounterName) -> Result<Option<VisitRow>, Fault> {
    let called = tx.list_visits(
        ctx.office.id,
        today(ctx),
        VisitState::Called,
        usize::from(CounterName::MAX),
    )?;
    Ok(called.into_iter().find(|row| row.visit.counter == Some(counter)))
}

/// Tells whoever was called where to go, and those who are near that they are.
fn tell(tx: &mut dyn Tx, ctx: &Context<'_>, hall: &Hall, row: &VisitRow) -> Result<(), Fault> {
    if let (Some(person), Some(counter)) = (row.visit.person, row.visit.counter) {
        let told = HallNotice::Called {
            label: row.visit.label,
            counter,
        };
        owe_hall_notice(tx, ctx, person, &row.content.number, told)?;
    }
    let near = usize::from(hall.rules.near) + 1;
    let next = tx.list_next(ctx.office.id, today(ctx), &row.visit.line, ctx.now, near)?;
    let untold: Vec<(VisitId, PersonId)> = next
        .iter()
        .filter(|waiting| !waiting.is_near_told)
        .filter_map(|waiting| Some((waiting.id, waiting.person?)))
        .collect();
    if untold.is_empty() {
        return Ok(());
    }
    let seen = HallNow::read(tx, ctx, hall)?;
    let moment = Moment::of(tx, ctx, hall, &seen)?;
    for (id, person) in untold {
        let Some(waiting) = seen.waiting.iter().find(|waiting| waiting.id == id) else {
            continue;
        };
        let outlook = moment.outlook(waiting);
        if outlook.ahead > u32::from(hall.rules.near) || !tx.note_near_told(ctx.office.id, id)? {
            continue;
        }
        let Some(near) = tx.find_visit(ctx.office.id, id)? else {
            continue;
        };
        let told = HallNotice::Near {
            label: near.visit.label,
            ahead: tx.tell_ahead(ctx.office.id, id, outlook.ahead)?,
            band: outlook.band,
            url: ctx.links.queue(&ctx.office.slug, &near.token),
        };
        owe_hall_notice(tx, ctx, person, &near.content.number, told)?;
    }
    Ok(())
}
