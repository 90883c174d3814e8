//! Places that came back go to the waiting list, by message, in its order; to everybody only when nobody waits.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use sigap_core::booking::slots::{self, DayState, free_hours};
use sigap_core::booking::{BookingState, Service};
use sigap_core::limits::OFFER_HOURS;
use sigap_store::records::{BookingRow, OpeningPhase};
use sigap_store::{Fault, Tx};

use crate::booking_parts::{find_service, give_back, later, quota_uses, schedule_lapse, start_of, take, view};
use crate::context::Context;
use crate::offer_list::waiting_in_order;
use crate::send_notice::{Notice, owe_notice};

/// Offers returned places whose hidden time is over. They never lapse into the hands of whoever looks first while somebody
/// waits for the day.
///
/// # Errors
/// Storage faults only.
pub fn reveal_places(tx: &mut dyn Tx, ctx: &Context<'_>, id: i64) -> Result<(), Fault> {
    let Some(returned) = tx.take_returned(ctx.office.id, id)? else {
        return Ok(());
    };
    let Some(service) = find_service(ctx, &returned.service) else {
        return Ok(());
    };
    let mut left = returned.places;
    if closes_for_offers(service, returned.starts_at) > ctx.now {
        for row in waiting_in_order(tx, ctx, service, returned.day)? {
            if row.places <= left && offer(tx, ctx, service, row.clone(), returned.starts_at)? {
                left -= row.places;
            }
            if left == 0 {
                break;
            }
        }
    }
    if left > 0 {
        give_back(tx, ctx, service, ctx.office.zone.to_datetime(returned.starts_at), left)?;
    }
    Ok(())
}

/// Who joins the list of a day on which places are free and nobody stands before, is offered one at once.
pub(crate) fn offer_at_once(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    service: &Service,
    row: &BookingRow,
) -> Result<Option<BookingRow>, Fault> {
    let (others, _) = tx.count_day(ctx.office.id, &service.id, row.day, BookingState::Waiting)?;
    if others > 1 || !is_offering(tx, ctx, service, row.day)? {
        return Ok(None);
    }
    offer_free_hour(tx, ctx, service, row.clone())
}

/// Whether a day's free places are offered to its list one by one: when its release is done, and nobody can simply take them.
fn is_offering(tx: &mut dyn Tx, ctx: &Context<'_>, service: &Service, day: Date) -> Result<bool, Fault> {
    if slots::released(ctx.office, service, day, ctx.now).is_ok() {
        return Ok(false);
    }
    let opening = tx.find_opening(ctx.office.id, &service.id, day)?;
    let is_released = opening.is_some_and(|opening| opening.phase == OpeningPhase::Released);
    let (entered, _) = tx.count_day(ctx.office.id, &service.id, day, BookingState::Entered)?;
    Ok(is_released && entered == 0)
}

/// Offers the first free hour of the day that has room for the whole family; `None` when there is none.
pub(crate) fn offer_free_hour(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    service: &Service,
    row: BookingRow,
) -> Result<Option<BookingRow>, Fault> {
    let used = quota_uses(tx, ctx, service, row.day)?;
    let DayState::Free(hours) = free_hours(ctx.office, service, row.day, ctx.now, row.places, &used) else {
        return Ok(None);
    };
    for (time, _) in hours {
        let at = row.day.to_datetime(time);
        let Ok(slot) = slots::slot_at(ctx.office, service, at, ctx.now) else {
            continue;
        };
        if take(tx, ctx, service, at, slot, row.places)? {
            let starts_at = start_of(ctx, at);
            return Ok(if offer(tx, ctx, service, row.clone(), starts_at)? {
                tx.find_booking(ctx.office.id, row.id)?
            } else {
                give_back(tx, ctx, service, at, row.places)?;
                None
            });
        }
    }
    Ok(None)
}

/// Offers places that are taken already. False when the row does not wait any more.
pub(crate) fn offer(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    service: &Service,
    row: BookingRow,
    starts_at: Timestamp,
) -> Result<bool, Fault> {
    let hours = later(ctx.now, SignedDuration::from_hours(OFFER_HOURS));
    offer_until(
        tx,
        ctx,
        row,
        starts_at,
        hours.min(closes_for_offers(service, starts_at)),
    )
}

/// As `offer`, until a given time.
pub(crate) fn offer_until(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    row: BookingRow,
    starts_at: Timestamp,
    until: Timestamp,
) -> Result<bool, Fault> {
    let expected = row.state;
    let offered = BookingRow {
        state: BookingState::Offered,
        starts_at: Some(starts_at),
        until: Some(until),
        ..row
    };
    if !tx.replace_booking(ctx.office.id, expected, &offered)? {
        return Ok(false);
    }
    schedule_lapse(tx, ctx, &offered)?;
    owe_notice(tx, ctx, &offered, Notice::Offered(view(ctx, &offered)))?;
    Ok(true)
}

/// The last moment at which an offer can be accepted: as for booking.
pub(crate) fn closes_for_offers(service: &Service, starts_at: Timestamp) -> Timestamp {
    let close = SignedDuration::from_mins(i64::from(service.rules.close_minutes));
    starts_at.checked_sub(close).unwrap_or(starts_at)
}

/// Draws lost by the family: as many as its member with the fewest.
pub(crate) fn lost_draws(tx: &mut dyn Tx, ctx: &Context<'_>, row: &BookingRow) -> Result<u32, Fault> {
    let mut fewest = None;
    for identity in tx.list_identities(ctx.office.id, row.id)? {
        let lost = tx.find_standing(identity.key, &row.service)?.lost;
        fewest = Some(fewest.map_or(lost, |fewest: u32| fewest.min(lost)));
    }
    Ok(fewest.unwrap_or_default())
}
