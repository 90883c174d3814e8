//! What people of a booking give ahead of the visit: who may give, what is kept of each step, and when it is forgotten.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use sigap_core::booking::{BookingState, Visitor};
use sigap_core::ids::{BookingId, IntakeId, PersonId};
use sigap_core::intake::{Form, Intake, IntakeChange, IntakeState, IntakeView, Paper, PaperState};
use sigap_core::limits::{BOOKINGS_PER_CONTACT_MAX, FILES_SHOWN_MAX, PARTY_MAX};
use sigap_store::records::{BookingRow, IntakeRow, Job, JobKind};
use sigap_store::{Fault, Tx};

use crate::booking_parts::{Asker, later, start_of};
use crate::context::Context;
use crate::keep_file::{Aim, note_file};

/// Of whom papers may be given ahead, the next visit first.
///
/// # Errors
/// Storage faults only.
pub fn view_intakes(tx: &mut dyn Tx, ctx: &Context<'_>, person: PersonId) -> Result<Vec<IntakeView>, Fault> {
    let mut bookings: Vec<BookingRow> = tx
        .list_bookings(ctx.office.id, person, BOOKINGS_PER_CONTACT_MAX)?
        .into_iter()
        .filter(|row| is_given_for(ctx, row))
        .collect();
    bookings.sort_by_key(|row| (row.day, row.id));
    let mut views = Vec::new();
    for row in &bookings {
        for (visitor, place) in row.content.people.iter().zip(0_u8..) {
            let known = tx.find_intake_of(ctx.office.id, row.id, place)?;
            let intake = known.map(|known| known.content).unwrap_or_default();
            views.push(view(row, place, visitor, intake));
        }
    }
    Ok(views)
}

/// Keeps what was given for one of a booking's people; `None` when the booking is over or somebody else's.
///
/// # Errors
/// Storage faults only.
pub fn change_intake(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    asker: Asker<'_>,
    booking: BookingId,
    place: u8,
    change: &IntakeChange,
) -> Result<Option<IntakeView>, Fault> {
    let office = ctx.office.id;
    let found = tx.find_booking(office, booking)?;
    let Some(row) = found.filter(|row| row.person == asker.person && is_given_for(ctx, row)) else {
        return Ok(None);
    };
    let Some(visitor) = row.content.people.get(usize::from(place)).cloned() else {
        return Ok(None);
    };
    let mut kept = match tx.find_intake_of(office, booking, place)? {
        Some(kept) => kept,
        None => begin(tx, ctx, &row, place)?,
    };
    match change {
        IntakeChange::Case(case) => {
            if catalogue(ctx).intake.cases.contains(case) {
                kept.content.case.clone_from(case);
            }
        }
        IntakeChange::Answer { question, answer } => kept.content.put_answer(question, answer.clone()),
        IntakeChange::Skip(id) => {
            let form = form_of(ctx, &kept.content);
            if form.wants().iter().any(|want| want.id() == id) {
                kept.content.skip(id);
            }
        }
        IntakeChange::Photo { paper, media } => {
            let form = form_of(ctx, &kept.content);
            let is_wanted = form.papers.iter().any(|want| want.id == *paper);
            let days = days_until_end(ctx, row.day);
            let aim = Aim {
                about: kept.id.0,
                paper: Some(paper.clone()),
                days,
            };
            if is_wanted && let Some(file) = note_file(tx, ctx, asker, media, aim)? {
                if let Some(former) = kept.content.paper(paper).map(|known| known.file) {
                    tx.delete_file(office, former)?;
                }
                kept.content.put_paper(Paper {
                    id: paper.clone(),
                    file,
                    state: PaperState::Waiting,
                    findings: Vec::new(),
                    refusal: None,
                    reason: String::new(),
                });
            }
        }
    }
    let seen = view(&row, place, &visitor, kept.content.clone());
    save_intake(tx, ctx, kept)?;
    Ok(Some(seen))
}

fn begin(tx: &mut dyn Tx, ctx: &Context<'_>, row: &BookingRow, place: u8) -> Result<IntakeRow, Fault> {
    let kept = IntakeRow {
        id: IntakeId(ctx.new_id()),
        person: row.person,
        booking: row.id,
        place,
        day: row.day,
        state: IntakeState::Open,
        changed_at: ctx.now,
        version: 0,
        content: Intake::default(),
    };
    tx.insert_intake(ctx.office.id, &kept)?;
    tx.schedule(ctx.office.id, &end_job(ctx, &kept))?;
    Ok(kept)
}

/// Keeps an intake as it stands now.
///
/// # Errors
/// Storage faults; `Fault::Busy` when somebody changed it meanwhile.
pub(crate) fn save_intake(tx: &mut dyn Tx, ctx: &Context<'_>, mut row: IntakeRow) -> Result<(), Fault> {
    row.state = if row.content.case.is_empty() {
        IntakeState::Open
    } else {
        row.content.state(&form_of(ctx, &row.content))
    };
    row.changed_at = ctx.now;
    if tx.replace_intake(ctx.office.id, &row)? {
        Ok(())
    } else {
        Err(Fault::Busy)
    }
}

fn catalogue<'a>(ctx: &Context<'a>) -> &'a sigap_core::catalogue::Catalogue {
    ctx.content.catalogue_of(ctx.office.id)
}

/// What is wanted in the case of an intake.
pub(crate) fn form_of(ctx: &Context<'_>, intake: &Intake) -> Form {
    catalogue(ctx).intake_form(&intake.case)
}

/// An intake with its person, as booked; `None` when the booking was erased.
///
/// # Errors
/// Storage faults only.
pub(crate) fn view_of(tx: &mut dyn Tx, ctx: &Context<'_>, row: &IntakeRow) -> Result<Option<IntakeView>, Fault> {
    let booking = tx.find_booking(ctx.office.id, row.booking)?;
    Ok(booking.and_then(|booking| {
        let visitor = booking.content.people.get(usize::from(row.place))?;
        Some(view(&booking, row.place, visitor, row.content.clone()))
    }))
}

fn view(row: &BookingRow, place: u8, visitor: &Visitor, intake: Intake) -> IntakeView {
    IntakeView {
        booking: row.id,
        place,
        visitor: visitor.clone(),
        service: row.service.clone(),
        day: row.day,
        intake,
    }
}

pub(crate) fn is_given_for(ctx: &Context<'_>, row: &BookingRow) -> bool {
    row.state == BookingState::Booked && catalogue(ctx).intake.services.contains(&row.service)
}

/// When an intake of a visit on that day is forgotten: at midnight after so many days.
fn end_of(ctx: &Context<'_>, day: Date) -> Timestamp {
    let days = i64::from(catalogue(ctx).intake.keep_days) + 1;
    let midnight = start_of(ctx, day.to_datetime(jiff::civil::Time::midnight()));
    later(midnight, SignedDuration::from_hours(24 * days))
}

/// Days until then, for files: at most a year.
fn days_until_end(ctx: &Context<'_>, day: Date) -> u16 {
    const DAYS_MAX: i64 = 366;
    let hours = end_of(ctx, day).duration_since(ctx.now).as_hours();
    u16::try_from((hours / 24 + 1).clamp(1, DAYS_MAX)).unwrap_or(1)
}

fn end_job(ctx: &Context<'_>, row: &IntakeRow) -> Job {
    Job {
        due_at: end_of(ctx, row.day),
        kind: JobKind::EndIntake,
        subject: row.id.to_string(),
    }
}

/// The visit is over: what was given ahead of it is forgotten, with its photos. One whose day was changed waits for the new one.
///
/// # Errors
/// Storage faults only.
pub(crate) fn end_intake(tx: &mut dyn Tx, ctx: &Context<'_>, id: IntakeId) -> Result<(), Fault> {
    let Some(row) = tx.find_intake(ctx.office.id, id)? else {
        return Ok(());
    };
    if end_of(ctx, row.day) > ctx.now {
        return tx.schedule(ctx.office.id, &end_job(ctx, &row));
    }
    forget(tx, ctx, id)
}

fn forget(tx: &mut dyn Tx, ctx: &Context<'_>, id: IntakeId) -> Result<(), Fault> {
    for file in tx.list_files_about(ctx.office.id, id.0, FILES_SHOWN_MAX)? {
        tx.delete_file(ctx.office.id, file.id)?;
    }
    tx.delete_intake(ctx.office.id, id).map(|_| ())
}

/// A booking was given back: there is no visit for which anything would be kept.
///
/// # Errors
/// Storage faults only.
pub(crate) fn forget_intakes(tx: &mut dyn Tx, ctx: &Context<'_>, booking: BookingId) -> Result<(), Fault> {
    for row in intakes_of(tx, ctx, booking)? {
        forget(tx, ctx, row.id)?;
    }
    Ok(())
}

/// A booking was moved to another day.
///
/// # Errors
/// Storage faults only.
pub(crate) fn move_intakes(tx: &mut dyn Tx, ctx: &Context<'_>, booking: BookingId, day: Date) -> Result<(), Fault> {
    for row in intakes_of(tx, ctx, booking)? {
        for mut file in tx.list_files_about(ctx.office.id, row.id.0, FILES_SHOWN_MAX)? {
            file.ends_at = later(
                ctx.now,
                SignedDuration::from_hours(24 * i64::from(days_until_end(ctx, day))),
            );
            tx.replace_file(ctx.office.id, file.state, &file)?;
        }
        save_intake(tx, ctx, IntakeRow { day, ..row })?;
    }
    Ok(())
}

fn intakes_of(tx: &mut dyn Tx, ctx: &Context<'_>, booking: BookingId) -> Result<Vec<IntakeRow>, Fault> {
    let mut rows = Vec::new();
    for place in 0..u8::try_from(PARTY_MAX).unwrap_or(u8::MAX) {
        rows.extend(tx.find_intake_of(ctx.office.id, booking, place)?);
    }
    Ok(rows)
}
