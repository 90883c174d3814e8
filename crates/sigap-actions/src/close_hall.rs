//! The end of a day in the hall: nobody waits any more, all counters are closed, taps and questions without an answer are forgotten.

use jiff::civil::{Date, Time};
use sigap_core::limits::{SIGN_IN_QUESTIONS_MAX, WAITING_MAX};
use sigap_core::queue::VisitState;
use sigap_store::records::{Job, JobKind};
use sigap_store::{Fault, Tx};

use crate::booking_parts::start_of;
use crate::context::Context;
use crate::hall_parts::{note, today};

/// Puts the end of today on the timetable; many times is once.
///
/// # Errors
/// Storage faults only.
pub(crate) fn schedule(tx: &mut dyn Tx, ctx: &Context<'_>) -> Result<(), Fault> {
    let day = today(ctx);
    let Ok(tomorrow) = day.tomorrow() else { return Ok(()) };
    let job = Job {
        due_at: start_of(ctx, tomorrow.to_datetime(Time::midnight())),
        kind: JobKind::CloseHall,
        subject: day.to_string(),
    };
    tx.schedule(ctx.office.id, &job)
}

/// Ends a day that is over.
///
/// # Errors
/// Storage faults only.
pub(crate) fn close_hall(tx: &mut dyn Tx, ctx: &Context<'_>, day: Date) -> Result<(), Fault> {
    let office = ctx.office.id;
    for state in [VisitState::Waiting, VisitState::Held, VisitState::Called] {
        for mut row in tx.list_visits(office, day, state, WAITING_MAX)? {
            // Whoever is still at a counter was served: the officer forgot to say so. How long it took is not known.
            row.visit.state = if state == VisitState::Called {
                VisitState::Done
            } else {
                VisitState::Left
            };
            if tx.replace_visit(office, state, &row)? {
                note(tx, ctx, &row.visit, "closed", None)?;
            }
        }
    }
    for desk in tx.list_desks(office, day)? {
        tx.close_desk(office, desk.counter)?;
    }
    tx.forget_taps(office, today(ctx))?;
    tx.forget_sign_in_questions(office, ctx.now, SIGN_IN_QUESTIONS_MAX)?;
    Ok(())
}
