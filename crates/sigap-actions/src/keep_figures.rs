//! The figures of a day: counted from its rows once it is over, and kept as totals, so that a month or a year is read from a few numbers.
//!
//! A job counts one day and puts the next one on the timetable. Days that were missed while no process ran follow one after the other.

use jiff::ToSpan;
use jiff::civil::{Date, Time};
use sigap_core::booking::BookingState;
use sigap_core::booking::slots::{self, QuotaUse};
use sigap_core::calendar::local_date;
use sigap_core::figures::Totals;
use sigap_core::limits::{
    ANSWERS_PER_DAY_MAX, FIGURES_BACK_DAYS_MAX, FIGURES_MINUTES, SLOTS_PER_DAY_MAX, VISITS_COUNTED_MAX,
};
use sigap_store::records::{Job, JobKind};
use sigap_store::{Fault, Tx};

use crate::booking_parts::start_of;
use crate::context::Context;
use crate::ports::Ids;

/// Puts the next day to be counted on the timetable: the one after the newest that is kept, else the first on which anything happened.
/// Many times is once.
///
/// # Errors
/// Storage faults only.
pub fn ensure_figures(tx: &mut dyn Tx, ctx: &Context<'_>) -> Result<(), Fault> {
    let office = ctx.office.id;
    let today = local_date(ctx.office, ctx.now);
    let next = match tx.find_last_figures(office)? {
        Some(last) => last.tomorrow().unwrap_or(today),
        None => {
            let visit = tx.find_first_visit(office)?;
            let message = tx.find_first_message(office)?.map(|at| local_date(ctx.office, at));
            let oldest = today.checked_sub(FIGURES_BACK_DAYS_MAX.days()).unwrap_or(today);
            let first = visit.into_iter().chain(message).min().unwrap_or(today);
            first.clamp(oldest, today)
        }
    };
    tx.schedule(office, &job_of(ctx, next))
}

/// The job that counts a day, some time after its end: first the hall is closed.
fn job_of(ctx: &Context<'_>, day: Date) -> Job {
    let next = day.tomorrow().unwrap_or(Date::MAX);
    let at = next
        .to_datetime(Time::midnight())
        .saturating_add(FIGURES_MINUTES.minutes());
    Job {
        due_at: start_of(ctx, at),
        kind: JobKind::Figures,
        subject: day.to_string(),
    }
}

/// Keeps what was counted of a day, and puts the next one on the timetable.
///
/// # Errors
/// Storage faults only.
pub(crate) fn keep_day(tx: &mut dyn Tx, ctx: &Context<'_>, day: Date, totals: &Totals) -> Result<(), Fault> {
    tx.replace_day_figures(ctx.office.id, day, &totals.rows())?;
    let next = day.tomorrow().unwrap_or(day);
    tx.schedule(ctx.office.id, &job_of(ctx, next))
}

/// Counts a day from its rows; of a day that is not over, what has happened so far.
///
/// # Errors
/// Storage faults only.
pub fn total_day(tx: &mut dyn Tx, ctx: &Context<'_>, day: Date) -> Result<Totals, Fault> {
    let mut totals = Totals::default();
    totals.add("kept/day", 1);
    total_hall(tx, ctx, day, &mut totals)?;
    total_bookings(tx, ctx, day, &mut totals)?;
    total_chat(tx, ctx, day, &mut totals)?;
    Ok(totals)
}

fn total_hall(tx: &mut dyn Tx, ctx: &Context<'_>, day: Date, totals: &mut Totals) -> Result<(), Fault> {
    if ctx.office.hall.is_none() {
        return Ok(());
    }
    totals.add("kept/hall", 1);
    let is_over = day < local_date(ctx.office, ctx.now);
    for visit in tx.list_visits_of_day(ctx.office.id, day, VISITS_COUNTED_MAX)? {
        totals.add_visit(ctx.office, &visit, is_over);
    }
    Ok(())
}

fn total_bookings(tx: &mut dyn Tx, ctx: &Context<'_>, day: Date, totals: &mut Totals) -> Result<(), Fault> {
    let office = ctx.office.id;
    for service in &ctx.office.services {
        let id = &service.id;
        if service.rules.marks_attendance {
            for (state, word) in [(BookingState::Attended, "came"), (BookingState::Missed, "stayed_away")] {
                let (_, people) = tx.count_day(office, id, day, state)?;
                totals.add(format!("booking/{id}/{word}"), people);
            }
        }
        let Ok(planned) = slots::planned(ctx.office, service, day) else {
            continue;
        };
        let (from, to) = (
            slots::day_quota(service, day),
            slots::day_quota(service, day.tomorrow().unwrap_or(day)),
        );
        let used = tx.list_quotas(office, &from, &to, SLOTS_PER_DAY_MAX + 1)?;
        let find = |name: &str| used.iter().find(|(known, _)| known == name).map(|(_, used)| used);
        let mut places = [0_u64; 2];
        for slot in planned {
            let used = find(&slots::slot_quota(service, day.to_datetime(slot.time)));
            let [open, taken] = open_and_taken(slot.places, used);
            places = [places[0] + open, places[1] + taken];
        }
        // A day may hold fewer people than its hours together.
        if let Some(cap) = service.opening_on(day).and_then(|opening| opening.day_places) {
            let [most, _] = open_and_taken(cap, find(&from));
            places[0] = places[0].min(most.max(places[1]));
        }
        totals.add(format!("place/{id}/open"), places[0]);
        totals.add(format!("place/{id}/taken"), places[1]);
    }
    Ok(())
}

/// Places that there were and that were taken. What the office stopped was open to nobody but those who had a place by then.
fn open_and_taken(cap: u16, used: Option<&QuotaUse>) -> [u64; 2] {
    let taken = used.map_or(0, |used| u64::from(used.taken));
    let is_stopped = used.is_some_and(|used| used.stopped.is_some());
    [if is_stopped { taken } else { u64::from(cap).max(taken) }, taken]
}

fn total_chat(tx: &mut dyn Tx, ctx: &Context<'_>, day: Date, totals: &mut Totals) -> Result<(), Fault> {
    let office = ctx.office.id;
    let midnight = |day: Date| start_of(ctx, day.to_datetime(Time::midnight()));
    let (from, to) = (midnight(day), midnight(day.tomorrow().unwrap_or(Date::MAX)));
    let (messages, people) = tx.count_writers(office, from, to)?;
    let (first, last) = (Ids::first_of(from), Ids::first_of(to));
    totals.add("chat/messages", messages);
    totals.add("chat/people", people);
    totals.add(
        "chat/handed_over",
        tx.count_handed_over(office, first, last)?.min(people),
    );
    for (kind, count) in tx.count_cases_opened(office, first, last)? {
        totals.add(format!("case/{}/came", kind.name()), count);
    }
    for answer in tx.list_first_answers(office, first, last, ANSWERS_PER_DAY_MAX)? {
        totals.add_answer(ctx.office, &answer);
    }
    // How it stands, not what happened: only of one day, never added up, and only while it is still how the day ended.
    if day.tomorrow().ok() == Some(local_date(ctx.office, ctx.now)) {
        totals.add("kept/stand", 1);
        for cases in tx.count_open_cases(office, ctx.now)? {
            totals.add(format!("stand/{}/open", cases.kind.name()), cases.open);
            totals.add(format!("stand/{}/late", cases.kind.name()), cases.late);
        }
    }
    Ok(())
}
