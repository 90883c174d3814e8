//! Letting people in from the waiting room, some a minute, while there are places; those who are let in are written to.

use jiff::civil::Date;
use sigap_core::booking::Service;
use sigap_core::release::shuffle::ticket_at;
use sigap_store::records::{OpeningPhase, OpeningRow};
use sigap_store::{Fault, Tx};

use crate::context::Context;
use crate::enter_room::has_places;
use crate::run_opening::seed_of;
use crate::send_notice::owe_room_turn;

/// Lets the next ones in. False when nobody has to be let in any more: the places are gone or the day is over.
pub(crate) fn let_in_more(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    service: &Service,
    day: Date,
    per_minute: u16,
    row: &OpeningRow,
) -> Result<bool, Fault> {
    let office = ctx.office.id;
    if !has_places(tx, ctx, service, day)? {
        let released = OpeningRow {
            phase: OpeningPhase::Released,
            ..row.clone()
        };
        tx.advance_opening(office, row.phase, &released)?;
        return Ok(false);
    }
    let room = tx.find_room(office, &service.id, day)?;
    let everybody = room.before + room.after;
    let serving = room.serving + u64::from(per_minute.max(1));
    tx.let_in(office, &service.id, day, serving)?;
    let seed = seed_of(row)?;
    for place in room.serving..serving.min(everybody) {
        let (ticket, is_before) = if place < room.before {
            (ticket_at(&seed, place, room.before), true)
        } else {
            (place - room.before, false)
        };
        if let Some((person, number)) = tx.find_guest(office, &service.id, day, ticket, is_before)? {
            owe_room_turn(tx, ctx, person, &number, &service.id, day)?;
        }
    }
    Ok(true)
}
