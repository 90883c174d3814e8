//! What a contact has: bookings, entries, offers that are not over.

use sigap_core::booking::{BookingState, BookingView};
use sigap_core::ids::PersonId;
use sigap_core::limits::BOOKINGS_PER_CONTACT_MAX;
use sigap_store::{Fault, Tx};

use crate::booking_parts::{has_run_out, view};
use crate::context::Context;

/// The next visit first; those without a place after them. Holds that nobody confirmed are not told: they end by themselves.
///
/// # Errors
/// Storage faults only.
pub fn view_bookings(tx: &mut dyn Tx, ctx: &Context<'_>, person: PersonId) -> Result<Vec<BookingView>, Fault> {
    let mut views: Vec<BookingView> = tx
        .list_bookings(ctx.office.id, person, BOOKINGS_PER_CONTACT_MAX)?
        .iter()
        .filter(|row| row.state.is_live() && !has_run_out(row, ctx.now))
        .filter(|row| row.state != BookingState::Held || row.content.needs_nik)
        .map(|row| view(ctx, row))
        .collect();
    views.sort_by_key(|view| (view.at.is_none(), view.at, view.day, view.id));
    Ok(views)
}
