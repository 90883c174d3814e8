//! Which days and hours of a service have room.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use sigap_core::booking::Service;
use sigap_core::booking::slots::{DayState, QuotaUse, day_state};
use sigap_core::calendar::local_date;
use sigap_core::limits::FREE_DAYS_MAX;
use sigap_core::office::Office;
use sigap_store::{Fault, Tx};

use crate::booking_parts::{find_service, quota_uses};
use crate::context::Context;

/// Day by day from today to the end of what is announced; empty when the office does not offer the service.
///
/// # Errors
/// Storage faults only.
pub fn list_free(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    service: &str,
    places: u8,
) -> Result<Vec<(Date, DayState)>, Fault> {
    let Some(service) = find_service(ctx, service) else {
        return Ok(Vec::new());
    };
    let today = local_date(ctx.office, ctx.now);
    let used = quota_uses(tx, ctx, service, today)?;
    Ok(days_of(ctx.office, service, ctx.now, places, &used))
}

/// The days of a service beside what is taken of them.
pub(crate) fn days_of(
    office: &Office,
    service: &Service,
    now: Timestamp,
    places: u8,
    used: &BTreeMap<String, QuotaUse>,
) -> Vec<(Date, DayState)> {
    let today = local_date(office, now);
    // One day beyond the horizon, so that people hear when the next one comes out.
    let horizon = today
        .checked_add(i64::from(service.rules.horizon_days).saturating_add(1).days())
        .unwrap_or(today);
    let last = service
        .openings
        .iter()
        .map(|opening| opening.date)
        .max()
        .map_or(horizon, |last| last.max(horizon));
    let days = std::iter::successors(Some(today), |day| day.tomorrow().ok())
        .take_while(|day| *day <= last)
        .take(FREE_DAYS_MAX);
    days.map(|day| {
        let state = day_state(office, service, day, now, u16::from(places), used);
        (day, state)
    })
    .collect()
}
