//! The picture of a whole hall: what is known of it, and what those who wait are told from that.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};
use sigap_core::ids::{CounterName, OfficeId, VisitId};
use sigap_core::limits::{SERVICE_TIMES_MAX, WAITING_MAX};
use sigap_core::queue::band::ServiceTime;
use sigap_core::queue::credit::{InLine, ORDINARY_PERCENT};
use sigap_core::queue::outlook::{Outlook, Picture, Waiting};
use sigap_core::queue::{Hall, VisitState};
use sigap_store::records::{DeskRow, VisitRow, WaitingRow};
use sigap_store::{Fault, Tx};

use crate::context::Context;
use crate::hall_parts::{budget, local_hour, today};
use crate::ports::Ids;

/// What is known of the hall.
#[derive(Debug, Clone)]
pub struct HallNow {
    /// Who waits or is held.
    pub waiting: Vec<WaitingRow>,
    /// Visits at counters.
    pub called: Vec<VisitRow>,
    times: Vec<(String, ServiceTime)>,
    passing: (f64, u16),
}

impl HallNow {
    /// Reads the hall of today.
    ///
    /// # Errors
    /// Storage faults only.
    pub(crate) fn read(tx: &mut dyn Tx, ctx: &Context<'_>, hall: &Hall) -> Result<Self, Fault> {
        let (office, day) = (ctx.office.id, today(ctx));
        let hour = local_hour(ctx, ctx.now);
        let mut times = Vec::with_capacity(hall.lines.len());
        for line in &hall.lines {
            let seconds: Vec<f64> = tx
                .list_service_times(office, &line.id, hour, SERVICE_TIMES_MAX)?
                .into_iter()
                .map(f64::from)
                .collect();
            times.push((line.id.clone(), ServiceTime::measured(&seconds, line.believed)));
        }
        Ok(Self {
            waiting: tx.list_waiting(office, day, WAITING_MAX)?,
            called: tx.list_visits(office, day, VisitState::Called, usize::from(CounterName::MAX))?,
            times,
            passing: passing(tx, ctx, hall, day)?,
        })
    }

    /// Who is at a counter.
    #[must_use]
    pub fn at(&self, counter: CounterName) -> Option<&VisitRow> {
        self.called.iter().find(|row| row.visit.counter == Some(counter))
    }
}

/// How far an office's hall or cases are: another one after every change, in whichever process and order it commits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Revision {
    after: i64,
    count: u64,
}

/// Nothing is committed later than this after its event was named, clocks of several machines included.
const LATE_MAX: SignedDuration = SignedDuration::from_mins(3);

impl Revision {
    /// Of the hall.
    ///
    /// # Errors
    /// Storage faults only.
    pub(crate) fn of_hall(tx: &mut dyn Tx, office: OfficeId, now: Timestamp) -> Result<Self, Fault> {
        let after = boundary(now);
        let count = tx.count_visit_events(office, after)?;
        Ok(Self { after, count })
    }

    /// Of the cases.
    ///
    /// # Errors
    /// Storage faults only.
    pub(crate) fn of_cases(tx: &mut dyn Tx, office: OfficeId, now: Timestamp) -> Result<Self, Fault> {
        let after = boundary(now);
        let count = tx.count_case_events(office, after)?;
        Ok(Self { after, count })
    }
}

impl std::fmt::Display for Revision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.after, self.count)
    }
}

/// Events after it are counted: it stands still for a minute, so that the count only grows meanwhile.
fn boundary(now: Timestamp) -> i64 {
    let minute = Timestamp::from_second(now.as_second() - now.as_second().rem_euclid(60)).unwrap_or(now);
    Ids::first_of(minute.checked_sub(LATE_MAX).unwrap_or(minute))
}

/// Halls as they were read last, so that a thousand pages which follow one hall read it once for each change.
#[derive(Debug, Default)]
pub struct HallCache(Mutex<HashMap<OfficeId, Cached>>);

#[derive(Debug)]
struct Cached {
    revision: Revision,
    at: Timestamp,
    hall: Arc<HallNow>,
}

/// What was measured, and the rate at which others come, change without an event.
const CACHED_MAX: SignedDuration = SignedDuration::from_secs(30);

impl HallCache {
    /// The hall of today: what was read last when nothing happened since.
    ///
    /// # Errors
    /// Storage faults only.
    pub(crate) fn read(&self, tx: &mut dyn Tx, ctx: &Context<'_>, hall: &Hall) -> Result<Arc<HallNow>, Fault> {
        // Asked before the rows: what is read after it is at least as new, and never kept for newer than it is.
        let revision = Revision::of_hall(tx, ctx.office.id, ctx.now)?;
        let is_fresh = |known: &Cached| {
            let age = ctx.now.duration_since(known.at);
            known.revision == revision && !age.is_negative() && age < CACHED_MAX
        };
        let known = self
            .lock()
            .get(&ctx.office.id)
            .filter(|known| is_fresh(known))
            .map(|known| Arc::clone(&known.hall));
        if let Some(known) = known {
            return Ok(known);
        }
        let read = Arc::new(HallNow::read(tx, ctx, hall)?);
        let cached = Cached {
            revision,
            at: ctx.now,
            hall: Arc::clone(&read),
        };
        self.lock().insert(ctx.office.id, cached);
        Ok(read)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<OfficeId, Cached>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A hall at a moment: what those who wait in it are told.
#[derive(Debug)]
pub struct Moment<'a> {
    /// The office's hall.
    pub hall: &'a Hall,
    seen: &'a HallNow,
    now: Timestamp,
    /// Counters at which somebody works or has a break.
    pub desks: Vec<DeskRow>,
    waiting: Vec<Waiting>,
    open: Vec<(CounterName, bool)>,
}

impl<'a> Moment<'a> {
    /// The moment of the context. Counters open and close without an event: they are read each time.
    ///
    /// # Errors
    /// Storage faults only.
    pub(crate) fn of(tx: &mut dyn Tx, ctx: &Context<'_>, hall: &'a Hall, seen: &'a HallNow) -> Result<Self, Fault> {
        let desks = tx.list_desks(ctx.office.id, today(ctx))?;
        let callable = seen.waiting.iter().filter(|row| row.is_callable(ctx.now));
        let open = desks.iter().filter(|desk| desk.is_open);
        Ok(Self {
            hall,
            seen,
            now: ctx.now,
            waiting: callable
                .map(|row| Waiting {
                    id: row.id,
                    line: row.line.clone(),
                    in_line: row.in_line(),
                })
                .collect(),
            open: open
                .map(|desk| (desk.counter, seen.at(desk.counter).is_some()))
                .collect(),
            desks,
        })
    }

    /// Who may be called of a line.
    pub fn waiting_in(&self, line: &str) -> impl Iterator<Item = &Waiting> + Clone {
        self.waiting.iter().filter(move |waiting| waiting.line == line)
    }

    /// Open counters that serve a line.
    #[must_use]
    pub fn counters(&self, line: &str) -> usize {
        self.picture().serving(line).count()
    }

    /// What somebody who waits is told.
    #[must_use]
    pub fn outlook(&self, row: &WaitingRow) -> Outlook {
        self.picture().outlook(row.id, &row.line, &row.in_line())
    }

    /// What somebody is told who takes a number of a line now.
    #[must_use]
    pub fn outlook_of_newcomer(&self, line: &str) -> Outlook {
        let who = InLine {
            number: u32::MAX,
            since: self.now,
            percent: ORDINARY_PERCENT,
        };
        self.picture().outlook(VisitId(0), line, &who)
    }

    fn picture(&self) -> Picture<'_> {
        Picture {
            hall: self.hall,
            now: self.now,
            waiting: &self.waiting,
            open: &self.open,
            times: &self.seen.times,
            passing: self.seen.passing,
        }
    }
}

/// How many people with faster credit come in a second, from those who came today, and their rate.
fn passing(tx: &mut dyn Tx, ctx: &Context<'_>, hall: &Hall, day: Date) -> Result<(f64, u16), Fault> {
    let (from, to) = (budget(day, "group", ""), budget(day, "group", "~"));
    let given = tx.list_quotas(ctx.office.id, &from, &to, hall.groups.len())?;
    let (mut people, mut credit) = (0.0, 0.0);
    for (name, used) in given {
        let rate = hall.groups.iter().find(|(id, _)| name == budget(day, "group", id));
        if let Some((_, priority)) = rate
            && priority.percent > ORDINARY_PERCENT
        {
            let count = f64::from(used.taken.min(u32::from(priority.daily_cap)));
            people += count;
            credit += count * f64::from(priority.percent);
        }
    }
    if people == 0.0 {
        return Ok((0.0, ORDINARY_PERCENT));
    }
    let opened = sigap_core::calendar::hours_on(ctx.office, day)
        .first()
        .map_or(Time::midnight(), |span| span.from);
    let since = crate::booking_parts::start_of(ctx, day.to_datetime(opened));
    // In the first hour a few people are no rate yet.
    let seconds = ctx.now.duration_since(since).as_secs_f64().max(3_600.0);
    Ok((people / seconds, (credit / people).round() as u16))
}
