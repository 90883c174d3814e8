//! The citizen's yes to a hold or an offer: from here on the place is theirs.

use jiff::civil::Time;
use jiff::{SignedDuration, ToSpan};
use sigap_core::booking::rules::missed_at;
use sigap_core::booking::{ApprovalCode, BookingRefusal, BookingState, BookingView, Service};
use sigap_core::ids::BookingId;
use sigap_core::limits::BOOKINGS_PER_CONTACT_MAX;
use sigap_core::outward::Event;
use sigap_store::records::{BookingRow, Job, JobKind, LinkKind};
use sigap_store::{Fault, Tx};

use crate::announce::announce_booking;
use crate::booking_parts::{Asker, audit, end, find_service, has_run_out, link, start_of, view};
use crate::context::Context;
use crate::note_signals::note_signals;

/// When people are reminded: the day before, at this time of the office.
const REMIND_TIME: Time = Time::constant(15, 0, 0, 0);
/// A visit sooner than this needs no reminder: it was confirmed a moment ago.
const REMIND_AHEAD: SignedDuration = SignedDuration::from_hours(20);

/// Confirms. A booking that is confirmed already is told again.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn confirm_booking(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    asker: Asker<'_>,
    id: BookingId,
) -> Result<Result<BookingView, BookingRefusal>, Fault> {
    let Some(row) = tx
        .find_booking(ctx.office.id, id)?
        .filter(|row| row.person == asker.person)
    else {
        return Ok(Err(BookingRefusal::Unknown));
    };
    confirm(tx, ctx, row)
}

/// Confirms the hold that waits for these eight digits.
///
/// # Errors
/// As `confirm_booking`.
pub fn approve_booking(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    asker: Asker<'_>,
    code: ApprovalCode,
) -> Result<Result<BookingView, BookingRefusal>, Fault> {
    let known = tx.list_bookings(ctx.office.id, asker.person, BOOKINGS_PER_CONTACT_MAX)?;
    match known.into_iter().find(|row| row.content.approval == Some(code)) {
        Some(row) => confirm(tx, ctx, row),
        None => Ok(Err(BookingRefusal::Unknown)),
    }
}

pub(crate) fn confirm(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    row: BookingRow,
) -> Result<Result<BookingView, BookingRefusal>, Fault> {
    let Some(service) = find_service(ctx, &row.service) else {
        return Ok(Err(BookingRefusal::NoService));
    };
    match row.state {
        BookingState::Booked => return Ok(Ok(view(ctx, &row))),
        BookingState::Held | BookingState::Offered => {}
        BookingState::Lapsed => return Ok(Err(BookingRefusal::Lapsed)),
        BookingState::Entered
        | BookingState::Waiting
        | BookingState::Attended
        | BookingState::Missed
        | BookingState::Cancelled => return Ok(Err(BookingRefusal::Unknown)),
    }
    if has_run_out(&row, ctx.now) {
        end(tx, ctx, service, row, BookingState::Lapsed)?;
        return Ok(Err(BookingRefusal::Lapsed));
    }
    if row.content.needs_nik {
        let url = view(ctx, &row).url.unwrap_or_default();
        return Ok(Err(BookingRefusal::NeedsNik { url }));
    }
    let seen = row.clone();
    let mut booked = BookingRow {
        state: BookingState::Booked,
        until: None,
        ..row
    };
    link(tx, ctx, &mut booked, LinkKind::Ticket)?;
    if !tx.replace_booking(ctx.office.id, seen.state, &booked)? {
        return Err(Fault::Busy);
    }
    schedule_visit(tx, ctx, service, &booked)?;
    audit(tx, ctx, "citizen", "booking_confirmed", booked.id)?;
    announce_booking(tx, ctx, Event::BookingBooked, &booked)?;
    note_signals(tx, ctx, &seen)?;
    Ok(Ok(view(ctx, &booked)))
}

/// Reminder and no-show of a visit on the timetable.
pub(crate) fn schedule_visit(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    service: &Service,
    row: &BookingRow,
) -> Result<(), Fault> {
    let Some(starts_at) = row.starts_at else {
        return Ok(());
    };
    let subject = row.id.to_string();
    if starts_at.duration_since(ctx.now) > REMIND_AHEAD {
        let eve = row.day.checked_sub(1.day()).unwrap_or(row.day);
        tx.schedule(
            ctx.office.id,
            &Job {
                due_at: start_of(ctx, eve.to_datetime(REMIND_TIME)),
                kind: JobKind::Remind,
                subject: subject.clone(),
            },
        )?;
    }
    let at = ctx.office.zone.to_datetime(starts_at);
    if let Some(due_at) = missed_at(ctx.office, &service.rules, at) {
        tx.schedule(
            ctx.office.id,
            &Job {
                due_at,
                kind: JobKind::Miss,
                subject,
            },
        )?;
    }
    Ok(())
}
