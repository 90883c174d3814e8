//! A counter opens, has a break, and closes.

use sigap_core::ids::CounterName;
use sigap_store::records::DeskRow;
use sigap_store::{Fault, Tx};

use crate::authority::Officer;
use crate::call_visit::{allowed, at_counter};
use crate::context::Context;
use crate::hall_parts::{HallRefusal, today};

/// What is done with a counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeskDeed {
    /// Somebody works there from now on.
    Open,
    /// Nobody is called for a while.
    Break,
    /// Nobody works there any more.
    Close,
}

/// Carries it out. A counter at which somebody else works is taken over only when it is closed there first.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn staff_desk(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    counter: CounterName,
    deed: DeskDeed,
) -> Result<Result<(), HallRefusal>, Fault> {
    let hall = match allowed(ctx, who) {
        Ok(hall) => hall,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if hall.counter(counter).is_none() {
        return Ok(Err(HallRefusal::NoCounter));
    }
    let known = find_desk(tx, ctx, counter)?;
    if deed != DeskDeed::Close
        && let Some(other) = taken(who, known.as_ref())
    {
        return Ok(Err(other));
    }
    if deed != DeskDeed::Open
        && let Some(row) = at_counter(tx, ctx, counter)?
    {
        return Ok(Err(HallRefusal::Busy(row.visit.label)));
    }
    let act = match deed {
        DeskDeed::Close => {
            tx.close_desk(ctx.office.id, counter)?;
            "desk_closed"
        }
        DeskDeed::Break => {
            save(tx, ctx, who, counter, false)?;
            "desk_break"
        }
        DeskDeed::Open => {
            save(tx, ctx, who, counter, true)?;
            "desk_opened"
        }
    };
    tx.insert_act(ctx.office.id, who.staff(), ctx.now, act, &counter.to_string())?;
    Ok(Ok(()))
}

/// Whoever calls works there, whether it was said or not, unless somebody else does.
pub(crate) fn open(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    counter: CounterName,
) -> Result<Result<(), HallRefusal>, Fault> {
    let known = find_desk(tx, ctx, counter)?;
    if let Some(other) = taken(who, known.as_ref()) {
        return Ok(Err(other));
    }
    if !known.is_some_and(|desk| desk.is_open && desk.staff == who.staff()) {
        save(tx, ctx, who, counter, true)?;
    }
    Ok(Ok(()))
}

fn find_desk(tx: &mut dyn Tx, ctx: &Context<'_>, counter: CounterName) -> Result<Option<DeskRow>, Fault> {
    let desks = tx.list_desks(ctx.office.id, today(ctx))?;
    Ok(desks.into_iter().find(|desk| desk.counter == counter))
}

/// Somebody else works there now.
fn taken(who: &Officer, desk: Option<&DeskRow>) -> Option<HallRefusal> {
    desk.filter(|desk| desk.is_open && desk.staff != who.staff())
        .map(|desk| HallRefusal::Taken(desk.staff))
}

fn save(tx: &mut dyn Tx, ctx: &Context<'_>, who: &Officer, counter: CounterName, is_open: bool) -> Result<(), Fault> {
    let row = DeskRow {
        counter,
        day: today(ctx),
        staff: who.staff(),
        is_open,
        since: ctx.now,
    };
    tx.save_desk(ctx.office.id, &row)
}
