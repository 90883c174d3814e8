//! Telling those who wished it that an application moved on: once for each change, with its newest stage, and never at night.
//!
//! An import only notes that there is something to tell. The telling waits for some minutes, because reports of one afternoon are
//! uploaded one after the other and move an application several times.

use jiff::{SignedDuration, Timestamp};
use sigap_core::application::Stage;
use sigap_core::conversation::notice;
use sigap_core::ids::ApplicationNumber;
use sigap_core::limits::TOLD_PER_STEP_MAX;
use sigap_store::records::{FollowRow, Job, JobKind};
use sigap_store::{Fault, Tx};

use crate::booking_parts::later;
use crate::context::Context;
use crate::notice_parts::{plan_of, rules};
use crate::send_notice::owe_notice_to;

/// How long further reports are waited for.
const WAIT: SignedDuration = SignedDuration::from_mins(2);
/// All changes of so many seconds are told together.
const TOGETHER_SECONDS: i64 = 300;

/// Notes that an application moved, for those who want to hear of it.
///
/// # Errors
/// Storage faults only.
pub(crate) fn note_moved(tx: &mut dyn Tx, ctx: &Context<'_>, number: &ApplicationNumber) -> Result<(), Fault> {
    if tx.note_moved(ctx.office.id, number, ctx.now)? == 0 {
        return Ok(());
    }
    schedule(tx, ctx, together(later(ctx.now, WAIT)))
}

/// Tells what there is to tell.
///
/// # Errors
/// Storage faults only.
pub(crate) fn tell_followers(tx: &mut dyn Tx, ctx: &Context<'_>) -> Result<(), Fault> {
    if by_day(tx, ctx, ctx.now)? > ctx.now {
        return schedule(tx, ctx, ctx.now);
    }
    let rows = tx.list_moved(ctx.office.id, TOLD_PER_STEP_MAX)?;
    let has_more = rows.len() == TOLD_PER_STEP_MAX;
    for row in rows {
        tell(tx, ctx, row)?;
    }
    if has_more {
        return schedule(tx, ctx, together(ctx.now));
    }
    Ok(())
}

fn tell(tx: &mut dyn Tx, ctx: &Context<'_>, mut row: FollowRow) -> Result<(), Fault> {
    let office = ctx.office.id;
    let application = tx.find_application(office, &row.number)?;
    let Some(stage) = application.map(|application| application.stage) else {
        tx.forget_follow(office, row.person, &row.number)?;
        return Ok(());
    };
    // What was moved back and forth by an officer meanwhile is no news, and who wants no notices gets none.
    if stage != row.told && !tx.has_opted_out(office, row.person)? {
        let reply = notice::moved(&row.number, office, stage);
        owe_notice_to(tx, ctx, row.person, &row.line, &reply)?;
    }
    // A bound phone is reminded of the shelf on the day after: that it knows is remembered until then.
    let is_over = !stage.moves_by_reports();
    let is_reminded = stage == Stage::Ready && tx.is_bound(office, row.person, &row.number)?;
    if is_over && !is_reminded {
        tx.forget_follow(office, row.person, &row.number)?;
        return Ok(());
    }
    row.told = stage;
    row.moved_at = None;
    tx.save_follow(office, &row)
}

fn schedule(tx: &mut dyn Tx, ctx: &Context<'_>, at: Timestamp) -> Result<(), Fault> {
    let job = Job {
        due_at: by_day(tx, ctx, at)?,
        kind: JobKind::Tell,
        subject: String::new(),
    };
    tx.schedule(ctx.office.id, &job)
}

/// The end of the stretch of time in which that moment lies: one job for all that happens in it.
fn together(at: Timestamp) -> Timestamp {
    let next = at.as_second().div_euclid(TOGETHER_SECONDS).saturating_add(1);
    Timestamp::from_second(next.saturating_mul(TOGETHER_SECONDS)).unwrap_or(Timestamp::MAX)
}

/// That moment, or the next morning at the office when it lies in the night.
fn by_day(tx: &mut dyn Tx, ctx: &Context<'_>, at: Timestamp) -> Result<Timestamp, Fault> {
    let plan = plan_of(tx, ctx)?.plan;
    Ok(rules(ctx, &plan).by_day(&ctx.office.zone, at))
}
