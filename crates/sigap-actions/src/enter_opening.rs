//! Entering people for a draw, or putting them on the waiting list of a day that is full or drawn.

use jiff::SignedDuration;
use jiff::civil::Date;
use sigap_core::booking::slots::{self, DayState, WhyNot};
use sigap_core::booking::{BookingCode, BookingRefusal, BookingState, BookingView, OpeningView, Service, Visitor};
use sigap_core::ids::BookingId;
use sigap_core::limits::FORM_MINUTES;
use sigap_store::records::{BookingContent, BookingRow};
use sigap_store::{Fault, Tx};

use crate::booking_parts::{Asker, audit, find_service, later, quota_uses, start_of, view};
use crate::context::Context;
use crate::hold_places::{end_other_holds, keep, party, within_limits};
use crate::offer_places::offer_at_once;

/// Enters. Where the NIK is needed the entry is half made until the form is sent; else it stands at once.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn enter_opening(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    asker: Asker<'_>,
    service: &str,
    date: Date,
    people: &[Visitor],
) -> Result<Result<BookingView, BookingRefusal>, Fault> {
    let Some(service) = find_service(ctx, service) else {
        return Ok(Err(BookingRefusal::NoService));
    };
    let places = match party(service, people) {
        Ok(places) => places,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let until = match takes_entries(tx, ctx, service, date)? {
        Ok(until) => until,
        Err(why) => return Ok(Err(BookingRefusal::NotThen(why))),
    };
    end_other_holds(tx, ctx, asker, service, None)?;
    if let Err(refusal) = within_limits(tx, ctx, asker, service, people.len())? {
        return Ok(Err(refusal));
    }
    let mut row = BookingRow {
        id: BookingId(ctx.new_id()),
        code: BookingCode::from_random([0; 16]),
        person: asker.person,
        service: service.id.clone(),
        day: date,
        starts_at: None,
        places,
        state: BookingState::Held,
        moves: 0,
        until: Some(later(ctx.now, SignedDuration::from_mins(FORM_MINUTES)).min(until)),
        created_at: ctx.now,
        content: BookingContent {
            people: people.to_vec(),
            needs_nik: service.needs_nik,
            approval: None,
            token: None,
            number: asker.number.to_owned(),
            booked_by: None,
        },
    };
    if let Err(refusal) = keep(tx, ctx, service, &mut row)? {
        return Ok(Err(refusal));
    }
    if row.content.needs_nik {
        return Ok(Ok(view(ctx, &row)));
    }
    complete_entry(tx, ctx, service, row)
}

/// A half-made entry becomes one: for the draw while it takes entries, else for the waiting list.
pub(crate) fn complete_entry(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    service: &Service,
    row: BookingRow,
) -> Result<Result<BookingView, BookingRefusal>, Fault> {
    let state = match slots::released(ctx.office, service, row.day, ctx.now) {
        Err(WhyNot::ByDraw { .. }) => BookingState::Entered,
        Err(why @ (WhyNot::Past | WhyNot::NotYet { .. } | WhyNot::Drawing { .. })) => {
            return Ok(Err(BookingRefusal::NotThen(why)));
        }
        _ => BookingState::Waiting,
    };
    let entered = BookingRow {
        state,
        until: None,
        ..row
    };
    if !tx.replace_booking(ctx.office.id, BookingState::Held, &entered)? {
        return Err(Fault::Busy);
    }
    audit(tx, ctx, "citizen", "entry_made", entered.id)?;
    if state == BookingState::Waiting
        && let Some(offered) = offer_at_once(tx, ctx, service, &entered)?
    {
        return Ok(Ok(view(ctx, &offered)));
    }
    Ok(Ok(view(ctx, &entered)))
}

/// Until when entries for a day are taken, by draw or on the waiting list.
fn takes_entries(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    service: &Service,
    date: Date,
) -> Result<Result<jiff::Timestamp, WhyNot>, Fault> {
    let end_of_day = start_of(ctx, date.to_datetime(jiff::civil::Time::MAX));
    let used = quota_uses(tx, ctx, service, date)?;
    Ok(match slots::day_state(ctx.office, service, date, ctx.now, 1, &used) {
        DayState::Not(WhyNot::ByDraw { closes_at, .. }) => Ok(start_of(ctx, closes_at)),
        DayState::Not(WhyNot::ByList { .. }) | DayState::Full => Ok(end_of_day),
        // Whoever is in the waiting room of a day that is taken may wait on.
        DayState::Not(WhyNot::ByRoom { opens_at }) if ctx.now >= start_of(ctx, opens_at) => Ok(end_of_day),
        DayState::Not(why) => Err(why),
        // Some places are left, only not enough together for a larger family: they may wait for more.
        DayState::Free(_) => Ok(end_of_day),
    })
}

/// How many want to come to a day, and how many can; `None` when nothing is planned on it.
///
/// # Errors
/// Storage faults only.
pub fn view_opening(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    service: &str,
    date: Date,
) -> Result<Option<OpeningView>, Fault> {
    let Some(service) = find_service(ctx, service) else {
        return Ok(None);
    };
    let Ok(slots) = slots::planned(ctx.office, service, date) else {
        return Ok(None);
    };
    let (_, entered) = tx.count_day(ctx.office.id, &service.id, date, BookingState::Entered)?;
    let (_, waiting) = tx.count_day(ctx.office.id, &service.id, date, BookingState::Waiting)?;
    let all: u64 = slots.iter().map(|slot| u64::from(slot.places)).sum();
    let of_day = service
        .opening_on(date)
        .and_then(|opening| opening.day_places)
        .map_or(all, u64::from);
    Ok(Some(OpeningView {
        people: entered + waiting,
        places: all.min(of_day),
    }))
}
