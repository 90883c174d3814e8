//! The ticket behind its own address: what a phone shows at the door.

use sigap_core::booking::BookingView;
use sigap_core::language::Language;
use sigap_store::records::LinkKind;
use sigap_store::{Fault, Tx};

use crate::booking_parts::{language_of, view};
use crate::context::Context;

/// A ticket as its page shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct TicketView {
    /// The booking.
    pub booking: BookingView,
    /// The language of its owner.
    pub language: Language,
    /// The page of its number in the hall, once its people have come.
    pub place: Option<String>,
}

/// The booking of a ticket's token; `None` for an address that is unknown or too old.
///
/// # Errors
/// Storage faults only.
pub fn view_ticket(tx: &mut dyn Tx, ctx: &Context<'_>, token: &str) -> Result<Option<TicketView>, Fault> {
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
    let visit = match tx.find_visit_of_booking(ctx.office.id, row.day, row.id)? {
        Some(id) => tx.find_visit(ctx.office.id, id)?,
        None => None,
    };
    let place = visit
        .filter(|visit| !visit.token.is_empty())
        .map(|visit| ctx.links.queue(&ctx.office.slug, &visit.token));
    Ok(Some(TicketView {
        booking: view(ctx, &row),
        language,
        place,
    }))
}
