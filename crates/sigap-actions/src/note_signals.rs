//! Signals of brokers: what a family hardly ever does is written down for people to look at. Nothing is refused by a signal.

use jiff::SignedDuration;
use sigap_core::booking::BookingState;
use sigap_core::calendar::local_date;
use sigap_core::limits::{
    BOOKINGS_PER_CONTACT_MAX, CONTACTS_PER_PERSON_SIGNAL, HUMAN_SECONDS_MIN, PEOPLE_PER_CONTACT_SIGNAL,
    REBOOK_HOURS_SIGNAL,
};
use sigap_store::records::{BookingRow, Signal, SignalKind};
use sigap_store::{Fault, Tx};

use crate::context::Context;
use crate::view_application::day_number;

/// Looks at a booking that is being confirmed; `held` is the row as it was before.
///
/// # Errors
/// Storage faults only.
pub(crate) fn note_signals(tx: &mut dyn Tx, ctx: &Context<'_>, held: &BookingRow) -> Result<(), Fault> {
    let office = ctx.office.id;
    let people = tx.count_people_of(office, held.person)?;
    if people > PEOPLE_PER_CONTACT_SIGNAL {
        note(tx, ctx, held, SignalKind::ManyPeople, people)?;
    }
    let identities = tx.list_identities(office, held.id)?;
    let mut contacts = 0;
    for identity in &identities {
        contacts = contacts.max(tx.count_contacts_alike(office, identity.alike)?);
    }
    if contacts > CONTACTS_PER_PERSON_SIGNAL {
        note(tx, ctx, held, SignalKind::ManyContacts, contacts)?;
    }
    let pairs = cancelled_for_others(tx, ctx, held)?;
    if pairs > 0 {
        note(tx, ctx, held, SignalKind::CancelRebook, pairs)?;
    }
    let thinking = ctx.now.duration_since(held.created_at);
    // An officer books in one act.
    let is_own = held.state == BookingState::Held && held.content.booked_by.is_none();
    if is_own && thinking < SignedDuration::from_secs(HUMAN_SECONDS_MIN) {
        note(tx, ctx, held, SignalKind::MachineTiming, 1)?;
    }
    Ok(())
}

/// Bookings of the same day that this contact cancelled lately and that were for other people.
fn cancelled_for_others(tx: &mut dyn Tx, ctx: &Context<'_>, held: &BookingRow) -> Result<u64, Fault> {
    let since = ctx
        .now
        .checked_sub(SignedDuration::from_hours(REBOOK_HOURS_SIGNAL))
        .unwrap_or(held.created_at);
    let known = tx.list_bookings(ctx.office.id, held.person, BOOKINGS_PER_CONTACT_MAX)?;
    let pairs = known.iter().filter(|row| {
        row.id != held.id
            && row.service == held.service
            && row.day == held.day
            && row.state == BookingState::Cancelled
            && row.created_at >= since
            && row.content.people != held.content.people
    });
    Ok(u64::try_from(pairs.count()).unwrap_or(u64::MAX))
}

fn note(tx: &mut dyn Tx, ctx: &Context<'_>, held: &BookingRow, kind: SignalKind, count: u64) -> Result<(), Fault> {
    tx.insert_signal(
        ctx.office.id,
        &Signal {
            id: ctx.new_id(),
            kind,
            person: held.person,
            day: day_number(local_date(ctx.office, ctx.now)),
            at: ctx.now,
            count: u32::try_from(count).unwrap_or(u32::MAX),
        },
    )
}
