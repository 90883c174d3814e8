//! The hall as it is seen: by the officer at a counter, by everybody before the display, by the owner of a ticket.

use jiff::{SignedDuration, Timestamp};
use sigap_core::conversation::dialogue::PlaceTold;
use sigap_core::ids::{CounterName, PersonId, VisitId};
use sigap_core::limits::{CALLS_SHOWN, DESK_LIST_MAX};
use sigap_core::queue::band::Band;
use sigap_core::queue::outlook::told_times;
use sigap_core::queue::{TicketLabel, Visit, VisitState};
use sigap_core::staff::Right;
use sigap_store::records::{CallRow, DeskRow, VisitRow};
use sigap_store::{Fault, Tx};

use crate::authority::Officer;
use crate::context::Context;
use crate::hall_parts::{HallRefusal, VisitView, hall, today};
use crate::hall_picture::{HallCache, Moment};
use crate::work_intake::{IntakeLine, lines_of};

/// Those who are called next that a desk shows.
const NEXT_SHOWN: usize = 5;
/// Calls of the last minutes are shown; older ones are over.
const CALLS_LAST: SignedDuration = SignedDuration::from_hours(2);

/// A line at a moment.
#[derive(Debug, Clone, PartialEq)]
pub struct LineView {
    /// Which.
    pub line: String,
    /// People in it, without those who are held.
    pub waiting: usize,
    /// Since when the first of them waits.
    pub longest: Option<Timestamp>,
    /// Counters that serve it now.
    pub counters: usize,
    /// How long somebody waits who comes now; `None` while no counter serves it.
    pub newcomer: Option<Band>,
    /// Served today.
    pub done: u64,
}

/// Somebody who is called soon.
#[derive(Debug, Clone, PartialEq)]
pub struct NextView {
    /// What stands on the ticket.
    pub label: TicketLabel,
    /// The line.
    pub line: String,
    /// Since when.
    pub since: Timestamp,
    /// The priority group.
    pub group: Option<String>,
}

/// What an officer sees at a counter.
#[derive(Debug, Clone, PartialEq)]
pub struct DeskView {
    /// The counter.
    pub counter: CounterName,
    /// Who works there, when somebody does.
    pub desk: Option<DeskRow>,
    /// Who is there.
    pub current: Option<VisitView>,
    /// What they gave ahead, person by person; for officers who may see it.
    pub intakes: Vec<IntakeLine>,
    /// Who is called next.
    pub next: Vec<NextView>,
    /// Every line of the hall.
    pub lines: Vec<LineView>,
    /// Out of line for a while.
    pub held: Vec<VisitView>,
    /// Called in vain.
    pub missed: Vec<VisitView>,
    /// The last one of this counter who may be brought back.
    pub last: Option<VisitView>,
    /// When it was read.
    pub at: Timestamp,
}

/// What everybody in the hall sees.
#[derive(Debug, Clone, PartialEq)]
pub struct DisplayView {
    /// The last calls, the newest first, each visit once.
    pub calls: Vec<CallRow>,
    /// Every line.
    pub lines: Vec<LineView>,
    /// When it was read.
    pub at: Timestamp,
}

/// What the owner of a ticket sees.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceView {
    /// The visit, without anything that is not on the ticket.
    pub visit: Visit,
    /// Whether it is of today.
    pub is_today: bool,
    /// People before, as far as they are here.
    pub ahead: u32,
    /// How long it still takes.
    pub band: Option<Band>,
    /// The last call in the line.
    pub now_served: Option<TicketLabel>,
    /// When it was read.
    pub at: Timestamp,
}

/// The desk of a counter.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn view_desk(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    halls: &HallCache,
    who: &Officer,
    counter: CounterName,
) -> Result<Result<DeskView, HallRefusal>, Fault> {
    if who.require(ctx.office.id, Right::Hall).is_err() {
        return Ok(Err(HallRefusal::Denied));
    }
    let hall = match hall(ctx) {
        Ok(hall) => hall,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let Some(served) = hall.counter(counter) else {
        return Ok(Err(HallRefusal::NoCounter));
    };
    let (office, day) = (ctx.office.id, today(ctx));
    let seen = halls.read(tx, ctx, hall)?;
    let moment = Moment::of(tx, ctx, hall, &seen)?;
    let mut next: Vec<_> = seen
        .waiting
        .iter()
        .filter(|row| row.is_callable(ctx.now) && served.lines.contains(&row.line))
        .collect();
    next.sort_by_key(|row| (row.in_line().turn(ctx.now), row.id));
    let views = |rows: Vec<VisitRow>| rows.into_iter().map(VisitView::from).collect();
    let held = tx.list_visits(office, day, VisitState::Held, DESK_LIST_MAX)?;
    let missed = tx.list_visits(office, day, VisitState::Missed, DESK_LIST_MAX)?;
    let current = seen.at(counter).cloned().map(VisitView::from);
    let last = match current {
        Some(_) => None,
        None => last_of(tx, ctx, counter)?,
    };
    let booking = match current.as_ref().and_then(|current| current.visit.booking) {
        Some(booking) if who.may(Right::Intakes) => tx.find_booking(office, booking)?,
        _ => None,
    };
    let intakes = match &booking {
        Some(booking) => lines_of(tx, ctx, booking)?,
        None => Vec::new(),
    };
    Ok(Ok(DeskView {
        counter,
        desk: moment.desks.iter().find(|desk| desk.counter == counter).cloned(),
        current,
        intakes,
        next: next
            .into_iter()
            .take(NEXT_SHOWN)
            .map(|row| NextView {
                label: row.label,
                line: row.line.clone(),
                since: row.since,
                group: row.group.clone(),
            })
            .collect(),
        lines: lines(tx, ctx, &moment)?,
        held: views(held),
        missed: views(missed),
        last,
        at: ctx.now,
    }))
}

/// Whom this counter called last, when that can be taken back.
fn last_of(tx: &mut dyn Tx, ctx: &Context<'_>, counter: CounterName) -> Result<Option<VisitView>, Fault> {
    let calls = recent_calls(tx, ctx, CALLS_SHOWN * 8)?;
    let Some(call) = calls.iter().find(|call| call.counter == counter) else {
        return Ok(None);
    };
    let Some(id) = tx.find_visit_by_label(ctx.office.id, today(ctx), call.label)? else {
        return Ok(None);
    };
    let found = tx.find_visit(ctx.office.id, id)?;
    Ok(found
        .filter(|row| row.visit.counter == Some(counter) && row.visit.state != VisitState::Called)
        .map(VisitView::from))
}

/// The display.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn view_display(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    halls: &HallCache,
) -> Result<Result<DisplayView, HallRefusal>, Fault> {
    let hall = match hall(ctx) {
        Ok(hall) => hall,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let seen = halls.read(tx, ctx, hall)?;
    let moment = Moment::of(tx, ctx, hall, &seen)?;
    let mut calls: Vec<CallRow> = Vec::new();
    for call in recent_calls(tx, ctx, CALLS_SHOWN * 4)? {
        if calls.len() < CALLS_SHOWN && !calls.iter().any(|known| known.label == call.label) {
            calls.push(call);
        }
    }
    Ok(Ok(DisplayView {
        calls,
        lines: lines(tx, ctx, &moment)?,
        at: ctx.now,
    }))
}

/// Where somebody with a ticket stands; `None` for an address that is none.
///
/// # Errors
/// Storage faults only.
pub fn view_place(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    halls: &HallCache,
    token: &str,
) -> Result<Option<PlaceView>, Fault> {
    match tx.find_visit_by_token(ctx.office.id, token)? {
        Some(id) => Ok(place(tx, ctx, halls, id)?.map(|(view, _)| view)),
        None => Ok(None),
    }
}

/// What somebody who booked in the chat is told; `None` when there was no visit today.
///
/// # Errors
/// Storage faults only.
pub(crate) fn tell_place(tx: &mut dyn Tx, ctx: &Context<'_>, person: PersonId) -> Result<Option<PlaceTold>, Fault> {
    let office = ctx.office.id;
    let Some(id) = tx.find_last_visit(office, person)? else {
        return Ok(None);
    };
    let found = place(tx, ctx, &HallCache::default(), id)?;
    let Some((seen, token)) = found.filter(|(place, _)| place.is_today) else {
        return Ok(None);
    };
    let ahead = match seen.visit.state {
        VisitState::Waiting => tx.tell_ahead(office, id, seen.ahead)?,
        _ => 0,
    };
    Ok(Some(PlaceTold {
        label: seen.visit.label,
        state: seen.visit.state,
        ahead,
        times: seen.band.map(|band| told_times(ctx.office, band, ctx.now)),
        counter: seen.visit.counter,
        url: ctx.links.queue(&ctx.office.slug, &token),
    }))
}

/// Where a visit stands, with the token of its ticket.
fn place(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    halls: &HallCache,
    id: VisitId,
) -> Result<Option<(PlaceView, String)>, Fault> {
    let Some(row) = tx.find_visit(ctx.office.id, id)? else {
        return Ok(None);
    };
    let mut view = PlaceView {
        is_today: row.day == today(ctx),
        ahead: 0,
        band: None,
        now_served: None,
        at: ctx.now,
        visit: row.visit,
    };
    if let (Ok(hall), true) = (hall(ctx), view.is_today) {
        let calls = recent_calls(tx, ctx, CALLS_SHOWN * 4)?;
        view.now_served = calls
            .into_iter()
            .find(|call| call.line == view.visit.line)
            .map(|call| call.label);
        let seen = halls.read(tx, ctx, hall)?;
        if let Some(waiting) = seen.waiting.iter().find(|waiting| waiting.id == id) {
            let outlook = Moment::of(tx, ctx, hall, &seen)?.outlook(waiting);
            view.ahead = outlook.ahead;
            view.band = outlook.band;
        }
    }
    Ok(Some((view, row.token)))
}

/// Calls of the last hours, the newest first.
fn recent_calls(tx: &mut dyn Tx, ctx: &Context<'_>, most: usize) -> Result<Vec<CallRow>, Fault> {
    let since = ctx.now.checked_sub(CALLS_LAST).unwrap_or(ctx.now);
    tx.list_calls(ctx.office.id, crate::ports::Ids::first_of(since), most)
}

fn lines(tx: &mut dyn Tx, ctx: &Context<'_>, moment: &Moment<'_>) -> Result<Vec<LineView>, Fault> {
    let counts = tx.count_visits(ctx.office.id, today(ctx))?;
    Ok(moment
        .hall
        .lines
        .iter()
        .map(|line| {
            let waiting = moment.waiting_in(&line.id);
            LineView {
                line: line.id.clone(),
                waiting: waiting.clone().count(),
                longest: waiting.map(|waiting| waiting.in_line.since).min(),
                counters: moment.counters(&line.id),
                newcomer: moment.outlook_of_newcomer(&line.id).band,
                done: counts
                    .iter()
                    .filter(|(id, state, _)| *id == line.id && *state == VisitState::Done)
                    .map(|(.., count)| count)
                    .sum(),
            }
        })
        .collect())
}
