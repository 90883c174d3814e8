//! Changing day and hour of a booking: the new place first, then the old one back, in one transaction.

use jiff::civil::DateTime;
use sigap_core::booking::{BookingRefusal, BookingView, rules, slots};
use sigap_core::ids::BookingId;
use sigap_store::records::BookingRow;
use sigap_store::{Fault, Tx};

use crate::booking_parts::{Asker, audit, find_service, return_places, start_of, take, view};
use crate::confirm_booking::schedule_visit;
use crate::context::Context;
use crate::give_intake::move_intakes;
use crate::hold_places::why_none;

/// Moves a booking. To the hour it has already is no change.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn move_booking(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    asker: Asker<'_>,
    id: BookingId,
    at: DateTime,
) -> Result<Result<BookingView, BookingRefusal>, Fault> {
    let Some(row) = tx
        .find_booking(ctx.office.id, id)?
        .filter(|row| row.person == asker.person)
    else {
        return Ok(Err(BookingRefusal::Unknown));
    };
    let Some(service) = find_service(ctx, &row.service) else {
        return Ok(Err(BookingRefusal::NoService));
    };
    let seen = view(ctx, &row);
    if seen.at == Some(at) {
        return Ok(Ok(seen));
    }
    if let Err(why) = rules::may_move(ctx.office, &service.rules, &seen, ctx.now) {
        return Ok(Err(BookingRefusal::NotChangeable(why)));
    }
    let slot = match slots::released(ctx.office, service, at.date(), ctx.now)
        .and_then(|()| slots::slot_at(ctx.office, service, at, ctx.now))
    {
        Ok(slot) => slot,
        Err(why) => return Ok(Err(BookingRefusal::NotThen(why))),
    };
    if !take(tx, ctx, service, at, slot, row.places)? {
        return Ok(Err(why_none(tx, ctx, service, at, row.places)?));
    }
    let moved = BookingRow {
        day: at.date(),
        starts_at: Some(start_of(ctx, at)),
        moves: row.moves + 1,
        ..row.clone()
    };
    if !tx.replace_booking(ctx.office.id, row.state, &moved)? {
        return Err(Fault::Busy);
    }
    return_places(tx, ctx, service, &row)?;
    move_intakes(tx, ctx, moved.id, moved.day)?;
    schedule_visit(tx, ctx, service, &moved)?;
    audit(tx, ctx, "citizen", "booking_moved", moved.id)?;
    Ok(Ok(view(ctx, &moved)))
}
