//! Jobs whose time has come, each in a transaction of its own. A job that finds its subject changed does nothing.

use jiff::civil::Date;
use sigap_core::booking::{BookingState, rules};
use sigap_core::calendar::local_date;
use sigap_core::ids::{BookingId, CaseId, FileId, IntakeId, PersonId, UploadId};
use sigap_core::outward::Event;
use sigap_store::records::{BookingRow, Job, JobKind, StandingChange};
use sigap_store::{Fault, Tx};

use crate::announce::announce_booking;
use crate::booking_parts::{audit, end, find_service, has_run_out, release_all, view};
use crate::browsers::end_browser;
use crate::close_hall::close_hall;
use crate::context::Context;
use crate::erase_own_data::{erase_step, forget_missed};
use crate::forget_counters::forget_counters;
use crate::give_intake::end_intake;
use crate::keep_figures::{keep_day, total_day};
use crate::keep_file::end_file;
use crate::keep_passports::look_at_shelf;
use crate::offer_places::reveal_places;
use crate::run_opening::run_opening;
use crate::send_notice::{Notice, owe_notice, send_held};
use crate::tell_followers::tell_followers;
use crate::unclear::forget_unclear;
use crate::upload_report::{apply_part, forget_upload};
use crate::work_case::escalate;

/// Does a job, once over all processes; whether it has more to do at once and stays on the timetable for it.
///
/// # Errors
/// Storage faults; the job then stays on the timetable.
pub fn run_job(tx: &mut dyn Tx, ctx: &Context<'_>, job: &Job) -> Result<bool, Fault> {
    if !tx.finish_job(ctx.office.id, job)? {
        return Ok(false);
    }
    if job.kind == JobKind::Apply {
        let has_more = match job.subject.parse() {
            Ok(id) => apply_part(tx, ctx, UploadId(id))?,
            Err(_) => false,
        };
        if has_more {
            tx.schedule(ctx.office.id, job)?;
        }
        return Ok(has_more);
    }
    run_whole(tx, ctx, job).map(|()| false)
}

fn run_whole(tx: &mut dyn Tx, ctx: &Context<'_>, job: &Job) -> Result<(), Fault> {
    match job.kind {
        // It is done part by part.
        JobKind::Apply => Ok(()),
        JobKind::Forget => match job.subject.parse() {
            Ok(id) => forget_upload(tx, ctx, UploadId(id)),
            Err(_) => Ok(()),
        },
        JobKind::Tell => tell_followers(tx, ctx),
        JobKind::Notices => send_held(tx, ctx),
        JobKind::Erase => erase_step(tx, ctx, &job.subject),
        JobKind::Unbar => forget_missed(tx, &job.subject),
        JobKind::Lapse => with_booking(tx, ctx, job, lapse),
        JobKind::Remind => with_booking(tx, ctx, job, remind),
        JobKind::Miss => with_booking(tx, ctx, job, miss),
        JobKind::Reveal => match job.subject.parse() {
            Ok(id) => reveal_places(tx, ctx, id),
            Err(_) => Ok(()),
        },
        JobKind::CloseHall => match job.subject.parse() {
            Ok(day) => close_hall(tx, ctx, day),
            Err(_) => Ok(()),
        },
        JobKind::Figures => match job.subject.parse() {
            Ok(day) => {
                let totals = total_day(tx, ctx, day)?;
                keep_day(tx, ctx, day, &totals)?;
                forget_unclear(tx, ctx)?;
                forget_counters(tx, ctx)
            }
            Err(_) => Ok(()),
        },
        JobKind::Browser => match job.subject.parse() {
            Ok(id) => end_browser(tx, ctx, PersonId(id)),
            Err(_) => Ok(()),
        },
        JobKind::Shelf => match job.subject.parse() {
            Ok(day) => look_at_shelf(tx, ctx, day),
            Err(_) => Ok(()),
        },
        JobKind::Escalate => match job.subject.parse() {
            Ok(id) => escalate(tx, ctx, CaseId(id)),
            Err(_) => Ok(()),
        },
        JobKind::EndFile => match job.subject.parse() {
            Ok(id) => end_file(tx, ctx, FileId(id)),
            Err(_) => Ok(()),
        },
        JobKind::EndIntake => match job.subject.parse() {
            Ok(id) => end_intake(tx, ctx, IntakeId(id)),
            Err(_) => Ok(()),
        },
        JobKind::Open => match read_opening(&job.subject) {
            Some((service, day)) => run_opening(tx, ctx, service, day),
            None => Ok(()),
        },
    }
}

/// The subject of an opening's jobs.
pub(crate) fn opening_subject(service: &str, day: Date) -> String {
    format!("{service} {day}")
}

fn read_opening(subject: &str) -> Option<(&str, Date)> {
    let (service, day) = subject.split_once(' ')?;
    Some((service, day.parse().ok()?))
}

fn with_booking(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    job: &Job,
    run: fn(&mut dyn Tx, &Context<'_>, BookingRow) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let Ok(id) = job.subject.parse() else {
        return Ok(());
    };
    match tx.find_booking(ctx.office.id, BookingId(id))? {
        Some(row) => run(tx, ctx, row),
        None => Ok(()),
    }
}

fn lapse(tx: &mut dyn Tx, ctx: &Context<'_>, row: BookingRow) -> Result<(), Fault> {
    let Some(service) = find_service(ctx, &row.service) else {
        return Ok(());
    };
    if !has_run_out(&row, ctx.now) {
        return Ok(());
    }
    let seen = view(ctx, &row);
    let was = row.clone();
    if end(tx, ctx, service, row, BookingState::Lapsed)? && was.state == BookingState::Offered {
        owe_notice(tx, ctx, &was, Notice::Lapsed(seen))?;
    }
    Ok(())
}

fn remind(tx: &mut dyn Tx, ctx: &Context<'_>, row: BookingRow) -> Result<(), Fault> {
    let today = local_date(ctx.office, ctx.now);
    let is_coming = row.day > today && row.day <= today.tomorrow().unwrap_or(today);
    if row.state != BookingState::Booked || !is_coming {
        return Ok(());
    }
    let seen = view(ctx, &row);
    owe_notice(tx, ctx, &row, Notice::Reminder(seen))
}

/// The visit's time is over. Where the office marks who came, nobody did; elsewhere nothing is known and nobody is blamed.
fn miss(tx: &mut dyn Tx, ctx: &Context<'_>, row: BookingRow) -> Result<(), Fault> {
    let (Some(service), Some(starts_at)) = (find_service(ctx, &row.service), row.starts_at) else {
        return Ok(());
    };
    let at = ctx.office.zone.to_datetime(starts_at);
    let is_over = rules::missed_at(ctx.office, &service.rules, at).is_some_and(|over| over <= ctx.now);
    if row.state != BookingState::Booked || !is_over {
        return Ok(());
    }
    if service.rules.marks_attendance {
        finish_visit(tx, ctx, &row, BookingState::Missed, "system")?;
        let seen = view(ctx, &row);
        owe_notice(tx, ctx, &row, Notice::Missed(seen))
    } else {
        finish_visit(tx, ctx, &row, BookingState::Attended, "system")
    }
}

/// Ends a visit as made or missed: its people are free for another booking, and what is remembered of them changes.
pub(crate) fn finish_visit(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    row: &BookingRow,
    state: BookingState,
    actor: &str,
) -> Result<(), Fault> {
    let ended = BookingRow { state, ..row.clone() };
    if !tx.replace_booking(ctx.office.id, row.state, &ended)? {
        return Err(Fault::Busy);
    }
    let change = if state == BookingState::Missed {
        StandingChange::Missed(ctx.now)
    } else {
        StandingChange::Won
    };
    for identity in tx.list_identities(ctx.office.id, row.id)? {
        tx.change_standing(identity.key, &row.service, change)?;
    }
    release_all(tx, ctx, row)?;
    let event = if state == BookingState::Missed {
        Event::BookingMissed
    } else {
        Event::BookingAttended
    };
    announce_booking(tx, ctx, event, row)?;
    audit(
        tx,
        ctx,
        actor,
        if state == BookingState::Missed {
            "visit_missed"
        } else {
            "visit_made"
        },
        row.id,
    )
}
