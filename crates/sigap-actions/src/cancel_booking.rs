//! Giving back a booking, an entry, a place on the waiting list or an offer.

use sigap_core::booking::{BookingRefusal, BookingState, BookingView, rules};
use sigap_core::ids::BookingId;
use sigap_store::records::BookingRow;
use sigap_store::{Fault, Tx};

use crate::booking_parts::{Asker, audit, end, find_service, view};
use crate::context::Context;

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
    audit(tx, ctx, "citizen", "booking_cancelled", ended.id)?;
    Ok(Ok(BookingView {
        state: BookingState::Cancelled,
        ..seen
    }))
}
