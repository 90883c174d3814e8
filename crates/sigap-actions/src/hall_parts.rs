//! What the use cases of the hall share: finding, noting what happened, the view of a visit, the picture of the whole hall.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use sigap_core::calendar::local_date;
use sigap_core::ids::{CounterName, StaffId, VisitId};
use sigap_core::limits::{SERVICE_TIMES_MAX, WAITING_MAX};
use sigap_core::queue::band::ServiceTime;
use sigap_core::queue::credit::ORDINARY_PERCENT;
use sigap_core::queue::outlook::{Outlook, Picture, Waiting};
use sigap_core::queue::{Hall, TicketLabel, Visit, VisitState};
use sigap_store::records::{DeskRow, VisitEvent, VisitRow, WaitingRow};
use sigap_store::{Fault, Tx};

use crate::context::Context;

/// Why nothing was done in the hall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HallRefusal {
    /// sigap does not run the hall of this office.
    NoHall,
    /// The right is missing.
    Denied,
    /// There is no such counter.
    NoCounter,
    /// There is no such line.
    NoLine,
    /// There is no such priority group here.
    NoGroup,
    /// All numbers without booking are given for today.
    WalkInsGiven,
    /// No such visit today.
    NoVisit,
    /// Somebody was first: the visit is in this state now.
    Changed(VisitState),
    /// Another officer works at this counter.
    Taken(StaffId),
    /// Somebody is at the counter already.
    Busy(TicketLabel),
    /// A visit is called by name only for a reason.
    NoReason,
}

/// A visit as staff see it.
#[derive(Debug, Clone, PartialEq)]
pub struct VisitView {
    /// As the rules see it.
    pub visit: Visit,
    /// Names of those who come, as far as they are known.
    pub names: Vec<String>,
    /// What officers wrote for each other.
    pub note: String,
}

impl From<VisitRow> for VisitView {
    fn from(row: VisitRow) -> Self {
        Self {
            visit: row.visit,
            names: row.content.names,
            note: row.content.note,
        }
    }
}

/// The hall of the office.
pub(crate) fn hall<'a>(ctx: &Context<'a>) -> Result<&'a Hall, HallRefusal> {
    ctx.office.hall.as_ref().ok_or(HallRefusal::NoHall)
}

/// Today at the office.
pub(crate) fn today(ctx: &Context<'_>) -> Date {
    local_date(ctx.office, ctx.now)
}

/// A visit of today.
pub(crate) fn find(tx: &mut dyn Tx, ctx: &Context<'_>, id: VisitId) -> Result<Result<VisitRow, HallRefusal>, Fault> {
    let found = tx.find_visit(ctx.office.id, id)?;
    Ok(found.filter(|row| row.day == today(ctx)).ok_or(HallRefusal::NoVisit))
}

/// Notes what happened to a visit: in its own log, and in the trail when somebody of the staff did it.
pub(crate) fn note(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    visit: &Visit,
    kind: &str,
    by: Option<StaffId>,
) -> Result<i64, Fault> {
    let event = VisitEvent {
        id: ctx.new_id(),
        visit: visit.id,
        label: visit.label,
        at: ctx.now,
        kind: kind.to_owned(),
        line: visit.line.clone(),
        counter: visit.counter,
        staff: by,
    };
    tx.insert_visit_event(ctx.office.id, &event)?;
    if let Some(staff) = by {
        let subject = match visit.counter {
            Some(counter) => format!("{} {counter}", visit.label),
            None => visit.label.to_string(),
        };
        tx.insert_act(ctx.office.id, staff, ctx.now, &format!("visit_{kind}"), &subject)?;
    }
    Ok(event.id)
}

/// The name of the row that counts numbers given to a group or to a line's people without booking.
pub(crate) fn budget(day: Date, kind: &str, of: &str) -> String {
    format!("hall {day} {kind} {of}")
}

/// What is known of the hall, without anything personal.
#[derive(Debug, Clone)]
pub struct HallNow {
    /// Who waits or is held.
    pub waiting: Vec<WaitingRow>,
    /// Counters at which somebody works or has a break.
    pub desks: Vec<DeskRow>,
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
            desks: tx.list_desks(office, day)?,
            called: tx.list_visits(office, day, VisitState::Called, usize::from(CounterName::MAX))?,
            times,
            passing: passing(tx, ctx, hall, day)?,
        })
    }

    /// Who may be called now, as the order of the line sees them.
    #[must_use]
    pub fn callable(&self, now: Timestamp) -> Vec<Waiting> {
        self.waiting
            .iter()
            .filter(|row| row.free_at.is_none_or(|free_at| free_at <= now))
            .map(as_waiting)
            .collect()
    }

    /// Open counters, and whether somebody is at them.
    #[must_use]
    pub fn open(&self) -> Vec<(CounterName, bool)> {
        self.desks
            .iter()
            .filter(|desk| desk.is_open)
            .map(|desk| (desk.counter, self.at(desk.counter).is_some()))
            .collect()
    }

    /// Who is at a counter.
    #[must_use]
    pub fn at(&self, counter: CounterName) -> Option<&VisitRow> {
        self.called.iter().find(|row| row.visit.counter == Some(counter))
    }

    /// What somebody who waits is told.
    #[must_use]
    pub fn outlook(&self, hall: &Hall, now: Timestamp, row: &WaitingRow) -> Outlook {
        let who = as_waiting(row);
        self.with_picture(hall, now, |picture| picture.outlook(who.id, &who.line, &who.in_line))
    }

    /// What somebody is told who takes a number of a line now.
    #[must_use]
    pub fn outlook_of_newcomer(&self, hall: &Hall, now: Timestamp, line: &str) -> Outlook {
        let who = sigap_core::queue::credit::InLine {
            number: u32::MAX,
            since: now,
            percent: ORDINARY_PERCENT,
        };
        self.with_picture(hall, now, |picture| picture.outlook(VisitId(0), line, &who))
    }

    fn with_picture(&self, hall: &Hall, now: Timestamp, ask: impl FnOnce(&Picture<'_>) -> Outlook) -> Outlook {
        ask(&Picture {
            hall,
            now,
            waiting: &self.callable(now),
            open: &self.open(),
            times: &self.times,
            passing: self.passing,
        })
    }
}

fn as_waiting(row: &WaitingRow) -> Waiting {
    Waiting {
        id: row.id,
        line: row.line.clone(),
        in_line: sigap_core::queue::credit::InLine {
            number: row.label.number,
            since: row.since,
            percent: row.percent,
        },
    }
}

/// The hour of the day at the office.
pub(crate) fn local_hour(ctx: &Context<'_>, at: Timestamp) -> u8 {
    let hour = ctx.office.zone.to_datetime(at).hour();
    u8::try_from(hour).unwrap_or_default()
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
