//! The waiting room of a shuffled opening: a place by chance for all who are there before the hour, behind them by arrival.

use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Timestamp};
use sigap_core::booking::slots::{DayState, WhyNot, free_hours};
use sigap_core::booking::{BookingRefusal, Release, RoomPlace, RoomView, Service};
use sigap_core::limits::{INSIDE_MINUTES, ROOM_MINUTES};
use sigap_core::release::hash::Hash;
use sigap_core::release::room::{from_token, to_token};
use sigap_core::release::shuffle::place_in_line;
use sigap_store::records::Room;
use sigap_store::{Fault, Tx};

use crate::booking_parts::{Asker, find_service, later, quota_uses, start_of};
use crate::context::Context;
use crate::run_opening::seed_of;

/// Goes into the room, or looks where the person stands in it.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn enter_room(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    asker: Asker<'_>,
    service: &str,
    date: Date,
) -> Result<Result<RoomPlace, BookingRefusal>, Fault> {
    let Some(door) = Door::find(ctx, service, date) else {
        return Ok(Err(BookingRefusal::NotThen(WhyNot::NoPlaces)));
    };
    let Some(row) = tx.find_opening(ctx.office.id, service, date)? else {
        return Ok(Err(BookingRefusal::NotThen(WhyNot::NotYet {
            opens_at: door.opens_at,
        })));
    };
    if ctx.now < door.room_opens() {
        return Ok(Err(BookingRefusal::NotThen(WhyNot::NotYet {
            opens_at: ctx.office.zone.to_datetime(door.room_opens()),
        })));
    }
    let is_early = ctx.now < door.hour;
    let (ticket, is_before) = tx.take_ticket(ctx.office.id, service, date, asker.person, asker.number, is_early)?;
    let seed = seed_of(&row)?;
    let token = to_token(&seed, ticket, is_before);
    Ok(Ok(RoomPlace {
        view: view(tx, ctx, &door, ticket, is_before, &seed)?,
        url: ctx.links.room(&ctx.office.slug, service, &date.to_string(), &token),
    }))
}

/// Where a ticket stands, by its signed text alone; `None` when it is not one of this room.
///
/// # Errors
/// Storage faults only.
pub fn view_room(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    service: &str,
    date: Date,
    token: &str,
) -> Result<Option<RoomView>, Fault> {
    let (Some(door), Some(row)) = (
        Door::find(ctx, service, date),
        tx.find_opening(ctx.office.id, service, date)?,
    ) else {
        return Ok(None);
    };
    let seed = seed_of(&row)?;
    let Some((ticket, is_before)) = from_token(&seed, token) else {
        return Ok(None);
    };
    view(tx, ctx, &door, ticket, is_before, &seed).map(Some)
}

/// A shuffled opening with its hour.
struct Door<'a> {
    service: &'a Service,
    date: Date,
    opens_at: DateTime,
    hour: Timestamp,
    per_minute: u16,
}

impl<'a> Door<'a> {
    fn find(ctx: &Context<'a>, service: &str, date: Date) -> Option<Self> {
        let service = find_service(ctx, service)?;
        match service.opening_on(date)?.release {
            Release::Shuffled { opens_at, per_minute } => Some(Self {
                service,
                date,
                opens_at,
                hour: start_of(ctx, opens_at),
                per_minute: per_minute.max(1),
            }),
            Release::FirstCome { .. } | Release::Draw { .. } | Release::WaitingList { .. } => None,
        }
    }

    fn room_opens(&self) -> Timestamp {
        let before = SignedDuration::from_mins(i64::from(ROOM_MINUTES));
        self.hour.checked_sub(before).unwrap_or(self.hour)
    }
}

fn view(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    door: &Door<'_>,
    ticket: u64,
    is_before: bool,
    seed: &Hash,
) -> Result<RoomView, Fault> {
    let room = tx.find_room(ctx.office.id, &door.service.id, door.date)?;
    if ctx.now < door.hour {
        return Ok(RoomView::Before {
            opens_at: door.opens_at,
            inside: room.before,
        });
    }
    let used = quota_uses(tx, ctx, door.service, door.date)?;
    let DayState::Free(hours) = free_hours(ctx.office, door.service, door.date, ctx.now, 1, &used) else {
        return Ok(RoomView::Gone);
    };
    let place = place(&room, ticket, is_before, seed);
    if place < room.serving {
        return Ok(RoomView::Inside {
            until: later(ctx.now, SignedDuration::from_mins(INSIDE_MINUTES)),
            hours,
        });
    }
    // Told from the place in line alone, so that it never moves forth and back; only an outage delays it.
    let minutes = i64::try_from(place / u64::from(door.per_minute) + 1).unwrap_or(i64::MAX);
    let about = later(door.hour, SignedDuration::from_mins(minutes.min(60 * 24)));
    let soonest = later(ctx.now, SignedDuration::from_mins(1));
    Ok(RoomView::Waiting {
        ahead: place - room.serving,
        about_at: ctx.office.zone.to_datetime(about.max(soonest)),
    })
}

/// The place in line of a ticket, from 0.
fn place(room: &Room, ticket: u64, is_before: bool, seed: &Hash) -> u64 {
    if is_before {
        place_in_line(seed, ticket, room.before)
    } else {
        room.before + ticket
    }
}

/// Whether any place of the day is left for somebody inside.
pub(crate) fn has_places(tx: &mut dyn Tx, ctx: &Context<'_>, service: &Service, date: Date) -> Result<bool, Fault> {
    let used = quota_uses(tx, ctx, service, date)?;
    Ok(matches!(
        free_hours(ctx.office, service, date, ctx.now, 1, &used),
        DayState::Free(_)
    ))
}
