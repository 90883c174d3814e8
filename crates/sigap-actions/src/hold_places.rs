//! Holding places for a few minutes, while the citizen reads the summary or gives the NIK: they count as taken.

use jiff::SignedDuration;
use jiff::civil::DateTime;
use sigap_core::booking::slots::{self, WhyNot};
use sigap_core::booking::{
    ApprovalCode, BookingCode, BookingRefusal, BookingState, BookingView, RoomPlace, RoomView, Service, Visitor,
};
use sigap_core::calendar::local_date;
use sigap_core::ids::BookingId;
use sigap_core::limits::{BOOKINGS_PER_CONTACT_MAX, HOLD_MINUTES, HOLDS_PER_DAY_MAX, NEAREST_MAX, PARTY_MAX};
use sigap_store::records::{BookingContent, BookingRow, GuessKind, LinkKind};
use sigap_store::{Fault, Tx};

use crate::booking_parts::{
    Asker, barred_until, claim_all, end, find_service, insert_with_code, later, link, named_identities, schedule_lapse,
    start_of, take, view,
};
use crate::context::Context;
use crate::enter_room::enter_room;
use crate::list_free::list_free;
use crate::view_application::day_number;

/// Holds places at an hour for these people. A hold of the same contact for the same service that was not confirmed ends;
/// asking twice for the same is asking once.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn hold_places(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    asker: Asker<'_>,
    service: &str,
    at: DateTime,
    people: &[Visitor],
) -> Result<Result<BookingView, BookingRefusal>, Fault> {
    let Some(service) = find_service(ctx, service) else {
        return Ok(Err(BookingRefusal::NoService));
    };
    let places = match party(service, people) {
        Ok(places) => places,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if let Err(why) = is_given_now(tx, ctx, asker, service, at)? {
        return Ok(Err(BookingRefusal::NotThen(why)));
    }
    let slot = match slots::slot_at(ctx.office, service, at, ctx.now) {
        Ok(slot) => slot,
        Err(why) => return Ok(Err(BookingRefusal::NotThen(why))),
    };
    let starts_at = start_of(ctx, at);
    if let Some(held) = end_other_holds(tx, ctx, asker, service, Some((starts_at, people)))? {
        return Ok(Ok(view(ctx, &held)));
    }
    if let Err(refusal) = within_limits(tx, ctx, asker, service, people.len())? {
        return Ok(Err(refusal));
    }
    if !take(tx, ctx, service, at, slot, places)? {
        return Ok(Err(why_none(tx, ctx, service, at, places)?));
    }
    let mut row = BookingRow {
        id: BookingId(ctx.new_id()),
        code: BookingCode::from_random([0; 16]),
        person: asker.person,
        service: service.id.clone(),
        day: at.date(),
        starts_at: Some(starts_at),
        places,
        state: BookingState::Held,
        moves: 0,
        until: Some(later(ctx.now, SignedDuration::from_mins(HOLD_MINUTES))),
        created_at: ctx.now,
        content: BookingContent {
            people: people.to_vec(),
            needs_nik: service.needs_nik,
            approval: Some(ApprovalCode::from_random(ctx.random()?)),
            token: None,
            number: asker.number.to_owned(),
            booked_by: None,
        },
    };
    if let Err(refusal) = keep(tx, ctx, service, &mut row)? {
        crate::booking_parts::give_back(tx, ctx, service, at, places)?;
        return Ok(Err(refusal));
    }
    Ok(Ok(view(ctx, &row)))
}

/// Keeps a new row in state held with claims, identities, link and time-out; what is shared with entering an opening.
pub(crate) fn keep(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    service: &Service,
    row: &mut BookingRow,
) -> Result<Result<(), BookingRefusal>, Fault> {
    let identities = named_identities(tx, ctx, row.person, &row.content.people)?;
    if !row.content.needs_nik {
        if let Some(until) = barred_until(tx, ctx, service, &identities)? {
            return Ok(Err(BookingRefusal::Barred { until }));
        }
        if let Err(refusal) = claim_all(tx, ctx, service, row.id, row.person, &identities)? {
            return Ok(Err(refusal));
        }
    }
    if row.content.needs_nik {
        link(tx, ctx, row, LinkKind::Identity)?;
    }
    insert_with_code(tx, ctx, row)?;
    tx.save_identities(ctx.office.id, row.id, row.person, &identities)?;
    schedule_lapse(tx, ctx, row)?;
    Ok(Ok(()))
}

/// How many places these people take.
pub(crate) fn party(service: &Service, people: &[Visitor]) -> Result<u16, BookingRefusal> {
    let most = service.rules.party_max.min(u8::try_from(PARTY_MAX).unwrap_or(u8::MAX));
    match u16::try_from(people.len()) {
        Ok(places) if (1..=u16::from(most)).contains(&places) => Ok(places),
        _ => Err(BookingRefusal::TooMany { most }),
    }
}

/// Limits that a family never meets: people with live bookings under one contact, and holds in a day.
pub(crate) fn within_limits(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    asker: Asker<'_>,
    service: &Service,
    people: usize,
) -> Result<Result<(), BookingRefusal>, Fault> {
    let office = ctx.office.id;
    let live: usize = tx
        .list_bookings(office, asker.person, BOOKINGS_PER_CONTACT_MAX)?
        .iter()
        .filter(|row| row.service == service.id && row.state.is_live())
        .map(|row| usize::from(row.places))
        .sum();
    let most = service.rules.people_per_contact_max;
    if live + people > usize::from(most) {
        return Ok(Err(BookingRefusal::TooMany { most }));
    }
    let today = day_number(local_date(ctx.office, ctx.now));
    let subject = asker.person.to_string();
    let (_, holds) = tx.sum_guesses(office, GuessKind::Hold, &subject, today)?;
    if holds >= HOLDS_PER_DAY_MAX {
        return Ok(Err(BookingRefusal::Helpdesk));
    }
    tx.count_guess(office, GuessKind::Hold, &subject, &service.id, today)?;
    Ok(Ok(()))
}

/// Ends holds and half-made entries of the contact for this service; the one for the same hour and people stays and is
/// given back.
pub(crate) fn end_other_holds(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    asker: Asker<'_>,
    service: &Service,
    wish: Option<(jiff::Timestamp, &[Visitor])>,
) -> Result<Option<BookingRow>, Fault> {
    let mut same = None;
    for row in tx.list_bookings(ctx.office.id, asker.person, BOOKINGS_PER_CONTACT_MAX)? {
        if row.service != service.id || row.state != BookingState::Held {
            continue;
        }
        let is_same = wish.is_some_and(|(at, people)| row.starts_at == Some(at) && row.content.people == people)
            && row.until.is_some_and(|until| until > ctx.now);
        if is_same && same.is_none() {
            same = Some(row);
        } else {
            end(tx, ctx, service, row, BookingState::Lapsed)?;
        }
    }
    Ok(same)
}

/// Whether the day's places are given to this person now: to everybody, or from inside the waiting room.
fn is_given_now(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    asker: Asker<'_>,
    service: &Service,
    at: DateTime,
) -> Result<Result<(), WhyNot>, Fault> {
    match slots::released(ctx.office, service, at.date(), ctx.now) {
        Err(WhyNot::ByRoom { opens_at }) => match enter_room(tx, ctx, asker, &service.id, at.date())? {
            Ok(RoomPlace {
                view: RoomView::Inside { .. },
                ..
            }) => Ok(Ok(())),
            _ => Ok(Err(WhyNot::ByRoom { opens_at })),
        },
        told => Ok(told),
    }
}

/// Why no place could be taken at an hour: the office has stopped it, or it is full; then the nearest ones that are not.
pub(crate) fn why_none(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    service: &Service,
    wish: DateTime,
    places: u16,
) -> Result<BookingRefusal, Fault> {
    for name in [slots::day_quota(service, wish.date()), slots::slot_quota(service, wish)] {
        let used = tx.list_quotas(ctx.office.id, &name, &format!("{name}!"), 1)?;
        if let Some(reason) = used.into_iter().find_map(|(_, used)| used.stopped) {
            return Ok(BookingRefusal::NotThen(WhyNot::Stopped { reason }));
        }
    }
    let days = list_free(tx, ctx, &service.id, u8::try_from(places).unwrap_or(u8::MAX))?;
    Ok(BookingRefusal::Full {
        nearest: slots::nearest(&days, wish, NEAREST_MAX),
    })
}
