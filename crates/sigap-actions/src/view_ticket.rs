//! The ticket behind its own address: what a phone shows at the door.

use sigap_core::booking::BookingView;
use sigap_core::language::Language;
use sigap_store::records::LinkKind;
use sigap_store::{Fault, Tx};

use crate::booking_parts::{language_of, view};
use crate::context::Context;

/// The booking of a ticket's token, and the language of its owner; `None` for an address that is unknown or too old.
///
/// # Errors
/// Storage faults only.
pub fn view_ticket(tx: &mut dyn Tx, ctx: &Context<'_>, token: &str) -> Result<Option<(BookingView, Language)>, Fault> {
    let Some(link) = tx
        .find_link(ctx.office.id, token)?
        .filter(|link| link.kind == LinkKind::Ticket && link.expires_at > ctx.now)
    else {
        return Ok(None);
    };
    let Some(row) = tx.find_booking(ctx.office.id, link.booking)? else {
        return Ok(None);
    };
    let language = language_of(tx.find_conversation(ctx.office.id, row.person)?.as_ref());
    Ok(Some((view(ctx, &row), language)))
}
