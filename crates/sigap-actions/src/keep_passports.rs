//! Finished passports: on the shelf when a report says so, their owners reminded, cancelled when nobody came in time.
//!
//! One job a day looks at an office's shelf. A day that was missed is made up for: each job is about a day of its own and puts the next one
//! on the timetable.

use jiff::ToSpan;
use jiff::civil::{Date, Time};
use sigap_core::application::{Application, Stage};
use sigap_core::catalogue::Pickup;
use sigap_core::conversation::notice;
use sigap_core::ids::PersonId;
use sigap_core::limits::{BOUND_PHONES_MAX, PASSPORTS_MAX};
use sigap_store::records::{Job, JobKind, PassportContent, PassportRow, PassportState};
use sigap_store::{Fault, Tx};

use crate::booking_parts::start_of;
use crate::context::Context;
use crate::hall_parts::today;
use crate::send_notice::owe_notice_to;

/// Days after the day of issue on which owners are reminded.
const REMINDED: [i32; 3] = [1, 14, 25];
/// At what time of day: late enough to wake nobody.
const HOUR: i8 = 9;

/// Puts the passport of an application on the shelf, once, when it is ready; takes it off when a report says that it was collected.
///
/// # Errors
/// Storage faults only.
pub(crate) fn keep_passport(tx: &mut dyn Tx, ctx: &Context<'_>, application: &Application) -> Result<(), Fault> {
    let office = ctx.office.id;
    let state = match application.stage {
        Stage::Ready => PassportState::Ready,
        Stage::Collected => PassportState::Collected,
        Stage::Cancelled => PassportState::Cancelled,
        _ => return Ok(()),
    };
    if state == PassportState::Ready {
        let row = PassportRow {
            number: application.number.clone(),
            state,
            ready_on: application.issued_on.unwrap_or_else(|| today(ctx)),
            shelf: String::new(),
            collected_by: None,
            changed_at: ctx.now,
            content: PassportContent {
                number: application.number.as_str().to_owned(),
                name: application.name.clone().unwrap_or_default(),
                taker: String::new(),
            },
        };
        if tx.insert_passport(office, &row, PersonId(ctx.new_id()))? {
            schedule(tx, ctx, today(ctx).tomorrow().unwrap_or(Date::MAX))?;
        }
        return Ok(());
    }
    if let Some(mut row) = tx.find_passport(office, &application.number)?
        && row.state == PassportState::Ready
    {
        row.state = state;
        row.changed_at = ctx.now;
        tx.replace_passport(office, PassportState::Ready, &row)?;
    }
    Ok(())
}

fn schedule(tx: &mut dyn Tx, ctx: &Context<'_>, day: Date) -> Result<(), Fault> {
    let job = Job {
        due_at: start_of(ctx, day.to_datetime(Time::constant(HOUR, 0, 0, 0))),
        kind: JobKind::Shelf,
        subject: day.to_string(),
    };
    tx.schedule(ctx.office.id, &job)
}

/// Looks at the shelf as of a day: reminds, and cancels what lay there longer than the rule allows.
///
/// # Errors
/// Storage faults only.
pub(crate) fn look_at_shelf(tx: &mut dyn Tx, ctx: &Context<'_>, day: Date) -> Result<(), Fault> {
    let office = ctx.office.id;
    let pickup = &ctx.content.catalogue_of(office).pickup;
    let rows = tx.list_passports(office, PassportState::Ready, day, PASSPORTS_MAX)?;
    let mut remain = 0;
    for mut row in rows {
        let Some(last_day) = pickup.last_day(row.ready_on) else {
            continue;
        };
        if last_day < day {
            row.state = PassportState::Cancelled;
            row.changed_at = ctx.now;
            tx.replace_passport(office, PassportState::Ready, &row)?;
            continue;
        }
        remain += 1;
        if REMINDED.contains(&days_between(row.ready_on, day)) {
            remind(tx, ctx, &row, last_day, day)?;
        }
    }
    if remain > 0 {
        schedule(tx, ctx, day.checked_add(1.day()).unwrap_or(Date::MAX))?;
    }
    Ok(())
}

/// Days from the day of issue to another day.
pub(crate) fn days_between(ready_on: Date, day: Date) -> i32 {
    day.since(ready_on).map_or(0, |span| span.get_days())
}

fn remind(tx: &mut dyn Tx, ctx: &Context<'_>, row: &PassportRow, last_day: Date, day: Date) -> Result<(), Fault> {
    let reply = if days_between(row.ready_on, day) == REMINDED[0] {
        notice::ready(&row.number, ctx.office.id, last_day)
    } else {
        notice::ready_still(&row.number, ctx.office.id, last_day, days_between(day, last_day))
    };
    for (person, line) in tx.list_bound_lines(ctx.office.id, &row.number, BOUND_PHONES_MAX)? {
        // Whoever was told of the change itself knows: never two messages for one change.
        let told = tx.find_follow(ctx.office.id, person, &row.number)?;
        if told.is_some_and(|follow| follow.told == Stage::Ready) {
            tx.forget_follow(ctx.office.id, person, &row.number)?;
            if days_between(row.ready_on, day) == REMINDED[0] {
                continue;
            }
        }
        owe_notice_to(tx, ctx, person, &line, &reply)?;
    }
    Ok(())
}

/// Days left to collect, counted with the last one; none when they are over.
#[must_use]
pub fn days_left(pickup: &Pickup, ready_on: Date, day: Date) -> Option<i32> {
    let last = pickup.last_day(ready_on)?;
    (last >= day).then(|| days_between(day, last) + 1)
}
