//! Programs of partners book for people: by the same rules and from the same places as everybody. A partner names each booking by a
//! reference of its own, so that a request that is sent again books nothing more, and sees only what it booked itself.

use jiff::SignedDuration;
use sigap_core::booking::{BookingCode, BookingRefusal, BookingView};
use sigap_core::ids::ApiKeyId;
use sigap_store::records::{BookingRow, LinkKind, LinkRow};
use sigap_store::{Fault, Tx};

use crate::book_on_behalf::{DeskOrder, book_on_behalf};
use crate::booking_parts::{later, view};
use crate::cancel_booking::cancel;
use crate::context::Context;

/// How long a reference stands for its booking: far longer than anybody tries again.
const REFERENCE: SignedDuration = SignedDuration::from_hours(24 * 90);

/// By whom a booking was made, as it stands in it.
#[must_use]
pub fn maker(key: ApiKeyId) -> String {
    format!("key {key}")
}

/// Books; under a reference that stands for a booking already, that one is told again, however it stands by now.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn book_for_partner(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    key: ApiKeyId,
    reference: &str,
    order: &DeskOrder,
) -> Result<Result<BookingView, BookingRefusal>, Fault> {
    let office = ctx.office.id;
    let name = format!("{key} {reference}");
    if let Some(link) = tx.find_link(office, &name)?
        && let Some(row) = tx.find_booking(office, link.booking)?
    {
        return Ok(Ok(view(ctx, &row)));
    }
    let booked = book_on_behalf(tx, ctx, order)?;
    if let Ok(seen) = &booked
        && let Some(row) = tx.find_booking(office, seen.id)?
    {
        let link = LinkRow {
            person: row.person,
            booking: row.id,
            kind: LinkKind::Reference,
            expires_at: later(ctx.now, REFERENCE),
            used_at: None,
        };
        tx.insert_link(office, &name, &link)?;
    }
    Ok(booked)
}

/// A booking that was made with that key.
///
/// # Errors
/// Storage faults only.
pub fn view_for_partner(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    key: ApiKeyId,
    code: &BookingCode,
) -> Result<Option<BookingView>, Fault> {
    Ok(find(tx, ctx, key, code)?.map(|row| view(ctx, &row)))
}

/// Cancels a booking that was made with that key.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn cancel_for_partner(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    key: ApiKeyId,
    code: &BookingCode,
) -> Result<Result<BookingView, BookingRefusal>, Fault> {
    match find(tx, ctx, key, code)? {
        Some(row) => cancel(tx, ctx, row, &maker(key)),
        None => Ok(Err(BookingRefusal::Unknown)),
    }
}

fn find(tx: &mut dyn Tx, ctx: &Context<'_>, key: ApiKeyId, code: &BookingCode) -> Result<Option<BookingRow>, Fault> {
    let office = ctx.office.id;
    let row = match tx.find_booking_by_code(office, code)? {
        Some(id) => tx.find_booking(office, id)?,
        None => None,
    };
    Ok(row.filter(|row| row.content.booked_by.as_deref() == Some(maker(key).as_str())))
}
