//! Giving back a booking, an entry, a place on the waiting list or an offer.

use sigap_core::booking::{BookingCode, BookingRefusal, BookingState, BookingView, rules};
use sigap_core::ids::BookingId;
use sigap_core::outward::Event;
use sigap_core::staff::Right;
use sigap_store::records::BookingRow;
use sigap_store::{Fault, Tx};

use crate::announce::announce_booking;
use crate::authority::Officer;
use crate::booking_parts::{Asker, audit, end, find_service, view};
use crate::context::Context;
use crate::give_number::actor;

/// Cancels. One that is cancelled already is told again.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn cancel_booking(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    asker: Asker<'_>,
    id: BookingId,
) -> Result<Result<BookingView, BookingRefusal>, Fault> {
    let found = tx.find_booking(ctx.office.id, id)?;
    match found.filter(|row| row.person == asker.person) {
        Some(row) => cancel(tx, ctx, row, "citizen"),
        None => Ok(Err(BookingRefusal::Unknown)),
    }
}

/// As `cancel_booking`, at the desk, for somebody who has no phone at hand.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn cancel_at_desk(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    code: &BookingCode,
) -> Result<Result<BookingView, BookingRefusal>, Fault> {
    if who.require(ctx.office.id, Right::Hall).is_err() {
        return Ok(Err(BookingRefusal::Unknown));
    }
    let row = match tx.find_booking_by_code(ctx.office.id, code)? {
        Some(id) => tx.find_booking(ctx.office.id, id)?,
        None => None,
    };
    let Some(row) = row else {
        return Ok(Err(BookingRefusal::Unknown));
    };
    let cancelled = cancel(tx, ctx, row, &actor(who.staff()))?;
    if cancelled.is_ok() {
        tx.insert_act(ctx.office.id, who.staff(), ctx.now, "booking_cancelled", code.as_str())?;
    }
    Ok(cancelled)
}

pub(crate) fn cancel(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    row: BookingRow,
    by: &str,
) -> Result<Result<BookingView, BookingRefusal>, Fault> {
    let Some(service) = find_service(ctx, &row.service) else {
        return Ok(Err(BookingRefusal::NoService));
    };
    let seen = view(ctx, &row);
    if row.state == BookingState::Cancelled {
        return Ok(Ok(seen));
    }
    if let Err(why) = rules::may_cancel(ctx.office, &seen, ctx.now) {
        return Ok(Err(BookingRefusal::NotChangeable(why)));
    }
    let ended: BookingRow = row.clone();
    if !end(tx, ctx, service, row, BookingState::Cancelled)? {
        return Err(Fault::Busy);
    }
    audit(tx, ctx, by, "booking_cancelled", ended.id)?;
    announce_booking(tx, ctx, Event::BookingCancelled, &ended)?;
    Ok(Ok(BookingView {
        state: BookingState::Cancelled,
        ..seen
    }))
}
