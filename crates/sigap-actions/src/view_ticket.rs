//! The ticket behind its own address: what a phone shows at the door.

use sigap_core::booking::BookingView;
use sigap_store::records::LinkKind;
use sigap_store::{Fault, Tx};

use crate::booking_parts::view;
use crate::context::Context;

/// The booking of a ticket's token; `None` for an address that is unknown or too old.
///
/// # Errors
/// Storage faults only.
pub fn view_ticket(tx: &mut dyn Tx, ctx: &Context<'_>, token: &str) -> Result<Option<BookingView>, Fault> {
    let Some(link) = tx
        .find_link(ctx.office.id, token)?
        .filter(|link| link.kind == LinkKind::Ticket && link.expires_at > ctx.now)
    else {
        return Ok(None);
    };
    let row = tx.find_booking(ctx.office.id, link.booking)?;
    Ok(row.map(|row| view(ctx, &row)))
}
