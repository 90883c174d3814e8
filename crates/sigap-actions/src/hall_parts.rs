//! What the use cases of the hall share: finding, noting what happened, the view of a visit.

use jiff::Timestamp;
use jiff::civil::Date;
use sigap_core::calendar::local_date;
use sigap_core::ids::{StaffId, VisitId};
use sigap_core::outward::Event;
use sigap_core::queue::visit::Deed;
use sigap_core::queue::{Hall, TicketLabel, Visit, VisitState};
use sigap_store::records::{VisitEvent, VisitRow};
use sigap_store::{Fault, Tx};

use crate::announce::announce_number;
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
    if kind == Deed::Call.name() {
        announce_number(tx, ctx, Event::NumberCalled, visit)?;
    } else if kind == Deed::Finish.name() {
        announce_number(tx, ctx, Event::NumberDone, visit)?;
    }
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

/// The hour of the day at the office.
pub(crate) fn local_hour(ctx: &Context<'_>, at: Timestamp) -> u8 {
    let hour = ctx.office.zone.to_datetime(at).hour();
    u8::try_from(hour).unwrap_or_default()
}
