//! The desk books for somebody: the same rules, the same quotas, marked with who did it.

use jiff::civil::DateTime;
use sigap_core::booking::{BookingRefusal, BookingState, BookingView, Identity, Nik, Visitor};
use sigap_core::ids::PersonId;
use sigap_core::person::Contact;
use sigap_core::staff::Right;
use sigap_store::records::{BookingIdentity, BookingRow};
use sigap_store::{Fault, Tx};

use crate::authority::Officer;
use crate::booking_parts::{Asker, audit, claim_all, end, find_service, view};
use crate::confirm_booking::confirm;
use crate::context::Context;
use crate::hold_places::hold_places;

/// What the desk books.
#[derive(Debug, Clone)]
pub struct DeskOrder {
    /// Under which contact: the citizen's phone. Messages about the booking go there; nobody's when it is empty.
    pub contact: Contact,
    /// Our number from which they go; empty when none go.
    pub number: String,
    /// Who books.
    pub officer: String,
    /// The service.
    pub service: String,
    /// Day and hour.
    pub at: DateTime,
    /// Who comes, with the NIK where it was shown; where the service needs it, everybody's.
    pub people: Vec<(Visitor, Option<Nik>)>,
}

/// Books for people at the desk or on the phone.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn book_on_behalf(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    order: &DeskOrder,
) -> Result<Result<BookingView, BookingRefusal>, Fault> {
    let DeskOrder {
        contact,
        number,
        officer,
        service,
        at,
        people,
    } = order;
    let person = tx.ensure_person(ctx.office.id, contact, PersonId(ctx.new_id()), ctx.now)?;
    let asker = Asker { person, number };
    let visitors: Vec<Visitor> = people.iter().map(|(visitor, _)| visitor.clone()).collect();
    let held = match hold_places(tx, ctx, asker, service, *at, &visitors)? {
        Ok(held) => held,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let (Some(mut row), Some(service)) = (tx.find_booking(ctx.office.id, held.id)?, find_service(ctx, service)) else {
        return Ok(Err(BookingRefusal::Unknown));
    };
    let needs_nik = row.content.needs_nik;
    for ((visitor, nik), position) in people.iter().zip(0..) {
        let Some(nik) = nik else {
            if needs_nik {
                let url = view(ctx, &row).url.unwrap_or_default();
                end(tx, ctx, service, row, BookingState::Lapsed)?;
                return Ok(Err(BookingRefusal::NeedsNik { url }));
            }
            continue;
        };
        if let Err(refusal) = bind(tx, ctx, &row, position, visitor, nik)? {
            end(tx, ctx, service, row, BookingState::Lapsed)?;
            return Ok(Err(refusal));
        }
    }
    let expected = row.state;
    row.content.needs_nik = false;
    row.content.booked_by = Some(officer.to_owned());
    if !tx.replace_booking(ctx.office.id, expected, &row)? {
        return Err(Fault::Busy);
    }
    audit(tx, ctx, officer, "booked_on_behalf", row.id)?;
    confirm(tx, ctx, row)
}

/// As `book_on_behalf`, by an officer who is signed in; it stands in the trail.
///
/// # Errors
/// Storage faults; the refusal is a value, `Unknown` when the right is missing.
pub fn book_at_desk(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    order: &DeskOrder,
) -> Result<Result<BookingView, BookingRefusal>, Fault> {
    if who.require(ctx.office.id, Right::Hall).is_err() {
        return Ok(Err(BookingRefusal::Unknown));
    }
    let booked = book_on_behalf(tx, ctx, order)?;
    if let Ok(view) = &booked {
        let code = view.code.as_str();
        tx.insert_act(ctx.office.id, who.staff(), ctx.now, "booked_on_behalf", code)?;
    }
    Ok(booked)
}

/// Binds the NIK that a person shows at the desk to their place in a booking: from then on it is what makes them the same
/// person. A clash means that they have a live booking under it elsewhere.
pub(crate) fn bind(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    row: &BookingRow,
    position: u8,
    visitor: &Visitor,
    nik: &Nik,
) -> Result<Result<(), BookingRefusal>, Fault> {
    let Some(service) = find_service(ctx, &row.service) else {
        return Ok(Err(BookingRefusal::NoService));
    };
    let known = tx.list_identities(ctx.office.id, row.id)?;
    let identity = BookingIdentity {
        position,
        key: tx.identity_key(&Identity::Nik(nik.clone()))?,
        alike: tx.identity_key(&Identity::Alike(visitor.clone()))?,
        is_nik: true,
    };
    if row.state.is_live()
        && let Err(refusal) = claim_all(tx, ctx, service, row.id, row.person, std::slice::from_ref(&identity))?
    {
        return Ok(Err(refusal));
    }
    if let Some(named) = known
        .iter()
        .find(|known| known.position == position && known.key != identity.key)
    {
        tx.release_identity(named.key, &row.service, ctx.office.id, row.id)?;
    }
    tx.save_identities(ctx.office.id, row.id, row.person, &[identity])?;
    Ok(Ok(()))
}
