//! An hour or a day that gives no more places: a counter is ill, the power is out. What is booked stays, and is told.

use jiff::civil::{Date, Time};
use sigap_core::booking::{BookingRefusal, BookingState, BookingView, slots};
use sigap_core::ids::BookingId;
use sigap_core::limits::VISITS_PER_DAY_MAX;
use sigap_store::{Fault, Tx};

use crate::booking_parts::{audit, find_service, view};
use crate::context::Context;

/// What an officer stops or opens again.
#[derive(Debug, Clone)]
pub struct StopOrder {
    /// Who.
    pub officer: String,
    /// The service.
    pub service: String,
    /// The day.
    pub day: Date,
    /// The hour; `None` for the whole day.
    pub time: Option<Time>,
    /// Why, in words for citizens; `None` opens again.
    pub reason: Option<String>,
}

/// Stops or opens; the bookings of those hours, by hour.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn stop_places(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    order: &StopOrder,
) -> Result<Result<Vec<BookingView>, BookingRefusal>, Fault> {
    let Some(service) = find_service(ctx, &order.service) else {
        return Ok(Err(BookingRefusal::NoService));
    };
    let planned = match slots::planned(ctx.office, service, order.day) {
        Ok(planned) => planned,
        Err(why) => return Ok(Err(BookingRefusal::NotThen(why))),
    };
    let concerned: Vec<Time> = planned
        .iter()
        .map(|slot| slot.time)
        .filter(|time| order.time.is_none_or(|only| only == *time))
        .collect();
    if concerned.is_empty() {
        return Ok(Err(BookingRefusal::NotThen(slots::WhyNot::NoSuchHour)));
    }
    for time in &concerned {
        let name = slots::slot_quota(service, order.day.to_datetime(*time));
        tx.stop_quota(ctx.office.id, &name, order.reason.as_deref())?;
    }
    let act = if order.reason.is_some() {
        "places_stopped"
    } else {
        "places_opened"
    };
    audit(tx, ctx, &order.officer, act, BookingId(0))?;
    let mut booked: Vec<BookingView> = tx
        .list_day(
            ctx.office.id,
            &service.id,
            order.day,
            BookingState::Booked,
            BookingId(i64::MIN),
            VISITS_PER_DAY_MAX,
        )?
        .iter()
        .map(|row| view(ctx, row))
        .filter(|view| view.at.is_some_and(|at| concerned.contains(&at.time())))
        .collect();
    booked.sort_by_key(|view| (view.at, view.id));
    Ok(Ok(booked))
}
