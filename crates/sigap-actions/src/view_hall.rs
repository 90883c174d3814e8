//! The hall as it is seen: by the officer at a counter, by everybody before the display, by the owner of a ticket.

use jiff::{SignedDuration, Timestamp};
use sigap_core::conversation::dialogue::PlaceTold;
use sigap_core::ids::{CounterName, PersonId};
use sigap_core::limits::{CALLS_SHOWN, DESK_LIST_MAX};
use sigap_core::queue::band::Band;
use sigap_core::queue::outlook::rounded;
use sigap_core::queue::{TicketLabel, Visit, VisitState};
use sigap_core::staff::Right;
use sigap_store::records::{CallRow, DeskRow};
use sigap_store::{Fault, Tx};

use crate::authority::Officer;
use crate::context::Context;
use crate::hall_parts::{HallNow, HallRefusal, VisitView, hall, today};

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
    /// Lines it serves.
    pub serves: Vec<String>,
    /// Who is there.
    pub current: Option<VisitView>,
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
    /// The newest event: the view is as of then.
    pub revision: i64,
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
    /// The newest event.
    pub revision: i64,
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
    /// The newest event.
    pub revision: i64,
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
    let now = HallNow::read(tx, ctx, hall)?;
    let mut next: Vec<_> = now
        .waiting
        .iter()
        .filter(|row| row.free_at.is_none_or(|free_at| free_at <= ctx.now) && served.lines.contains(&row.line))
        .collect();
    let credit = |row: &sigap_store::records::WaitingRow| {
        let line = sigap_core::queue::credit::InLine {
            number: row.label.number,
            since: row.since,
            percent: row.percent,
        };
        (
            std::cmp::Reverse(line.credit(ctx.now)),
            row.since,
            row.label.number,
            row.id,
        )
    };
    next.sort_by_key(|row| credit(row));
    let seen = |rows: Vec<sigap_store::records::VisitRow>| rows.into_iter().map(VisitView::from).collect();
    let held = tx.list_visits(office, day, VisitState::Held, DESK_LIST_MAX)?;
    let missed = tx.list_visits(office, day, VisitState::Missed, DESK_LIST_MAX)?;
    let current = now.at(counter).cloned().map(VisitView::from);
    let last = match current {
        Some(_) => None,
        None => last_of(tx, ctx, counter)?,
    };
    Ok(Ok(DeskView {
        counter,
        desk: now.desks.iter().find(|desk| desk.counter == counter).cloned(),
        serves: served.lines.clone(),
        current,
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
        lines: lines(tx, ctx, &now)?,
        held: seen(held),
        missed: seen(missed),
        last,
        revision: tx.find_last_event(office)?,
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
pub fn view_display(tx: &mut dyn Tx, ctx: &Context<'_>) -> Result<Result<DisplayView, HallRefusal>, Fault> {
    let hall = match hall(ctx) {
        Ok(hall) => hall,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let now = HallNow::read(tx, ctx, hall)?;
    let mut calls: Vec<CallRow> = Vec::new();
    for call in recent_calls(tx, ctx, CALLS_SHOWN * 4)? {
        if calls.len() < CALLS_SHOWN && !calls.iter().any(|known| known.label == call.label) {
            calls.push(call);
        }
    }
    Ok(Ok(DisplayView {
        calls,
        lines: lines(tx, ctx, &now)?,
        revision: tx.find_last_event(ctx.office.id)?,
        at: ctx.now,
    }))
}

/// Where somebody with a ticket stands; `None` for an address that is none.
///
/// # Errors
/// Storage faults only.
pub fn view_place(tx: &mut dyn Tx, ctx: &Context<'_>, token: &str) -> Result<Option<PlaceView>, Fault> {
    match tx.find_visit_by_token(ctx.office.id, token)? {
        Some(id) => place(tx, ctx, id),
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
    let Some(seen) = place(tx, ctx, id)?.filter(|place| place.is_today) else {
        return Ok(None);
    };
    let ahead = match seen.visit.state {
        VisitState::Waiting => tx.tell_ahead(office, id, seen.ahead)?,
        _ => 0,
    };
    let token = tx.find_visit(office, id)?.map(|row| row.token).unwrap_or_default();
    let local = |at| ctx.office.zone.to_datetime(at).time();
    Ok(Some(PlaceTold {
        label: seen.visit.label,
        state: seen.visit.state,
        ahead,
        times: seen.band.map(|band| {
            let (from, to) = rounded(band, ctx.now);
            (local(from), local(to))
        }),
        counter: seen.visit.counter,
        url: ctx.links.queue(&ctx.office.slug, &token),
    }))
}

fn place(tx: &mut dyn Tx, ctx: &Context<'_>, id: sigap_core::ids::VisitId) -> Result<Option<PlaceView>, Fault> {
    let Some(row) = tx.find_visit(ctx.office.id, id)? else {
        return Ok(None);
    };
    let mut view = PlaceView {
        is_today: row.day == today(ctx),
        ahead: 0,
        band: None,
        now_served: None,
        revision: tx.find_last_event(ctx.office.id)?,
        at: ctx.now,
        visit: row.visit,
    };
    if let (Ok(hall), true) = (hall(ctx), view.is_today) {
        let calls = recent_calls(tx, ctx, CALLS_SHOWN * 4)?;
        view.now_served = calls
            .into_iter()
            .find(|call| call.line == view.visit.line)
            .map(|call| call.label);
        let now = HallNow::read(tx, ctx, hall)?;
        if let Some(waiting) = now.waiting.iter().find(|waiting| waiting.id == id) {
            let outlook = now.outlook(hall, ctx.now, waiting);
            view.ahead = outlook.ahead;
            view.band = outlook.band;
        }
    }
    Ok(Some(view))
}

/// Calls of the last hours, the newest first.
fn recent_calls(tx: &mut dyn Tx, ctx: &Context<'_>, most: usize) -> Result<Vec<CallRow>, Fault> {
    let since = ctx.now.checked_sub(CALLS_LAST).unwrap_or(ctx.now);
    tx.list_calls(ctx.office.id, crate::ports::Ids::first_of(since), most)
}

fn lines(tx: &mut dyn Tx, ctx: &Context<'_>, now: &HallNow) -> Result<Vec<LineView>, Fault> {
    let Ok(hall) = hall(ctx) else { return Ok(Vec::new()) };
    let counts = tx.count_visits(ctx.office.id, today(ctx))?;
    let open = now.open();
    Ok(hall
        .lines
        .iter()
        .map(|line| {
            let waiting: Vec<Timestamp> = now
                .waiting
                .iter()
                .filter(|row| row.line == line.id && row.free_at.is_none_or(|free_at| free_at <= ctx.now))
                .map(|row| row.since)
                .collect();
            let serves = |counter: CounterName| {
                hall.counter(counter)
                    .is_some_and(|counter| counter.lines.contains(&line.id))
            };
            LineView {
                line: line.id.clone(),
                waiting: waiting.len(),
                longest: waiting.iter().min().copied(),
                counters: open.iter().filter(|(counter, _)| serves(*counter)).count(),
                newcomer: now.outlook_of_newcomer(hall, ctx.now, &line.id).band,
                done: counts
                    .iter()
                    .filter(|(id, state, _)| *id == line.id && *state == VisitState::Done)
                    .map(|(.., count)| count)
                    .sum(),
            }
        })
        .collect())
}
