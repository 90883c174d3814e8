//! The release by waiting list: places are offered in its order until they are gone.

use jiff::civil::Date;
use sigap_core::booking::{BookingState, Service};
use sigap_core::ids::BookingId;
use sigap_core::limits::{ENTRIES_PER_STEP_MAX, WAITING_LIST_MAX};
use sigap_core::release::waiting_list::{Waiting, in_order};
use sigap_store::records::{BookingRow, OpeningPhase, OpeningRow};
use sigap_store::{Fault, Tx};

use crate::context::Context;
use crate::enter_room::has_places;
use crate::offer_places::{lost_draws, offer_free_hour};
use crate::run_opening::list_key_of;

/// Offers places to the next ones on the list. False when the list or the places are at their end; from then on what comes
/// back is offered as it comes.
pub(crate) fn offer_to_list(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    service: &Service,
    day: Date,
    row: &OpeningRow,
) -> Result<bool, Fault> {
    let mut offered = 0;
    for waiting in waiting_in_order(tx, ctx, service, day)? {
        if offer_free_hour(tx, ctx, service, waiting)?.is_some() {
            offered += 1;
        }
        if offered >= ENTRIES_PER_STEP_MAX || !has_places(tx, ctx, service, day)? {
            break;
        }
    }
    if offered > 0 && has_places(tx, ctx, service, day)? {
        return Ok(true);
    }
    let released = OpeningRow {
        phase: OpeningPhase::Released,
        ..row.clone()
    };
    tx.advance_opening(ctx.office.id, row.phase, &released)?;
    Ok(false)
}

/// The waiting list of a day in its order: draws lost first, then by a keyed chance that nobody can steer, not we either:
/// the key of a special opening was drawn before anybody came, and is told to nobody.
pub(crate) fn waiting_in_order(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    service: &Service,
    day: Date,
) -> Result<Vec<BookingRow>, Fault> {
    let rows = tx.list_day(
        ctx.office.id,
        &service.id,
        day,
        BookingState::Waiting,
        BookingId(i64::MIN),
        WAITING_LIST_MAX,
    )?;
    let mut known = Vec::with_capacity(rows.len());
    for row in &rows {
        known.push(Waiting {
            id: row.id.0,
            class: 0,
            lost: lost_draws(tx, ctx, row)?,
        });
    }
    let key = match tx.find_opening(ctx.office.id, &service.id, day)? {
        Some(opening) => list_key_of(&opening)?,
        None => ctx.random()?,
    };
    let mut by_id: std::collections::BTreeMap<i64, BookingRow> = rows.into_iter().map(|row| (row.id.0, row)).collect();
    Ok(in_order(&known, &key)
        .into_iter()
        .filter_map(|id| by_id.remove(&id))
        .collect())
}
