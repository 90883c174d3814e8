//! Somebody is at the door and gets a number: with a booking, without one, or from a priority group.

use sigap_core::booking::{BookingCode, BookingState, BookingView};
use sigap_core::ids::{BookingId, StaffId, VisitId};
use sigap_core::limits::VISITS_PER_DAY_MAX;
use sigap_core::queue::arrival::{Punctuality, waits_since};
use sigap_core::queue::credit::ORDINARY_PERCENT;
use sigap_core::queue::{Hall, Line, TicketLabel, Visit, VisitState};
use sigap_core::staff::Right;
use sigap_store::records::{BookingRow, VisitContent, VisitRow};
use sigap_store::{Fault, Tx};

use crate::arrive::{ArrivalRefusal, arrive};
use crate::authority::Officer;
use crate::booking_parts::{new_token, view};
use crate::context::Context;
use crate::hall_parts::{HallRefusal, budget, hall, note, today};

/// A number that was given.
#[derive(Debug, Clone, PartialEq)]
pub struct Ticket {
    /// Which visit.
    pub id: VisitId,
    /// What stands on it.
    pub label: TicketLabel,
    /// The line.
    pub line: String,
    /// The priority group, when there is one.
    pub group: Option<String>,
    /// Whether the group's rate counts, or its people of today are many already.
    pub is_faster: bool,
    /// The secret part of its address.
    pub token: String,
    /// When its owner came, beside the hour of the booking.
    pub punctuality: Option<Punctuality>,
}

/// Why a booking gets no number.
#[derive(Debug, Clone, PartialEq)]
pub enum CheckInRefusal {
    /// The hall says no.
    Hall(HallRefusal),
    /// The booking says no.
    Booking(ArrivalRefusal),
    /// It has a number already, on the way or served.
    HasNumber(TicketLabel, VisitState),
}

/// Gives a number to the people of a booking; the visit counts as made. `group` when one of them belongs to a priority group.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn check_in(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    code: &BookingCode,
    niks: &[String],
    group: Option<&str>,
) -> Result<Result<(Ticket, BookingView), CheckInRefusal>, Fault> {
    if who.require(ctx.office.id, Right::Hall).is_err() {
        return Ok(Err(CheckInRefusal::Hall(HallRefusal::Denied)));
    }
    let hall = match hall(ctx) {
        Ok(hall) => hall,
        Err(refusal) => return Ok(Err(CheckInRefusal::Hall(refusal))),
    };
    let Some(row) = (match tx.find_booking_by_code(ctx.office.id, code)? {
        Some(id) => tx.find_booking(ctx.office.id, id)?,
        None => None,
    }) else {
        return Ok(Err(CheckInRefusal::Booking(ArrivalRefusal::Unknown)));
    };
    if let Some(known) = tx.find_visit_of_booking(ctx.office.id, today(ctx), row.id)?
        && let Some(known) = tx.find_visit(ctx.office.id, known)?
    {
        return Ok(Err(CheckInRefusal::HasNumber(known.visit.label, known.visit.state)));
    }
    let Some(line) = hall.line_of_service(&row.service) else {
        return Ok(Err(CheckInRefusal::Hall(HallRefusal::NoLine)));
    };
    if !knows(ctx, group) {
        return Ok(Err(CheckInRefusal::Hall(HallRefusal::NoGroup)));
    }
    let view = match arrive(tx, ctx, &actor(who.staff()), code, niks)? {
        Ok(view) => view,
        Err(refusal) => return Ok(Err(CheckInRefusal::Booking(refusal))),
    };
    // Counted last: whoever is refused takes nothing of the group's day.
    let rate = rate_of(tx, ctx, hall, group)?;
    let (punctuality, since) = punctuality(ctx, &row);
    let owner = Owner {
        since,
        names: row.content.people.iter().map(|visitor| visitor.name.clone()).collect(),
        number: row.content.number.clone(),
        booking: Some(&row),
    };
    let mut ticket = give(tx, ctx, line, rate, owner, Some(who.staff()))?;
    ticket.punctuality = Some(punctuality);
    Ok(Ok((ticket, view)))
}

/// Gives a number to somebody without booking. A priority group needs none by the office's rule; others as long as the line has
/// numbers for the day, and `beyond` those only by the head of the office.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn give_number(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    line: &str,
    group: Option<&str>,
    beyond: bool,
) -> Result<Result<Ticket, HallRefusal>, Fault> {
    let right = if beyond { Right::Lead } else { Right::Kiosk };
    if who.require(ctx.office.id, right).is_err() {
        return Ok(Err(HallRefusal::Denied));
    }
    let hall = match hall(ctx) {
        Ok(hall) => hall,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let Some(line) = hall.line(line) else {
        return Ok(Err(HallRefusal::NoLine));
    };
    if !knows(ctx, group) {
        return Ok(Err(HallRefusal::NoGroup));
    }
    let rate = rate_of(tx, ctx, hall, group)?;
    if rate.group.is_none() && !beyond {
        let name = budget(today(ctx), "walk", &line.id);
        if !tx.take_places(ctx.office.id, &name, line.walk_ins, 1)? {
            return Ok(Err(HallRefusal::WalkInsGiven));
        }
    }
    let owner = Owner {
        since: ctx.now,
        names: Vec::new(),
        number: String::new(),
        booking: None,
    };
    // Whoever stands before the machine gave it to themselves.
    let by = who.may(Right::Hall).then(|| who.staff());
    let ticket = give(tx, ctx, line, rate, owner, by)?;
    if beyond {
        let label = ticket.label.to_string();
        tx.insert_act(ctx.office.id, who.staff(), ctx.now, "number_beyond", &label)?;
    }
    Ok(Ok(ticket))
}

/// Fewest letters that are looked for: fewer fit half of a day's people.
const NAME_LETTERS_MIN: usize = 3;
/// Bookings that are shown; more means that more letters are needed.
const FOUND_MAX: usize = 10;

/// Bookings of today that are still awaited and have somebody whose name holds these letters.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn find_by_name(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    name: &str,
) -> Result<Result<Vec<BookingView>, HallRefusal>, Fault> {
    if who.require(ctx.office.id, Right::Hall).is_err() {
        return Ok(Err(HallRefusal::Denied));
    }
    let wanted = name.trim().to_lowercase();
    let mut found = Vec::new();
    if wanted.chars().count() < NAME_LETTERS_MIN {
        return Ok(Ok(found));
    }
    for service in &ctx.office.services {
        let rows = tx.list_day(
            ctx.office.id,
            &service.id,
            today(ctx),
            BookingState::Booked,
            BookingId(0),
            VISITS_PER_DAY_MAX,
        )?;
        let fits = |row: &&BookingRow| {
            let mut people = row.content.people.iter();
            people.any(|visitor| visitor.name.to_lowercase().contains(&wanted))
        };
        found.extend(rows.iter().filter(fits).map(|row| view(ctx, row)));
    }
    found.truncate(FOUND_MAX);
    Ok(Ok(found))
}

/// Who acts, in lines that are older than the trail.
pub(crate) fn actor(staff: StaffId) -> String {
    format!("staff {staff}")
}

struct Rate {
    group: Option<String>,
    percent: u16,
}

/// Whether the office has that group; no group is fine.
fn knows(ctx: &Context<'_>, group: Option<&str>) -> bool {
    group.is_none_or(|group| ctx.office.priority.iter().any(|known| known.id == group))
}

/// The credit of somebody of that group who comes now; counted, so that those after the cap of the day gain as everybody.
fn rate_of(tx: &mut dyn Tx, ctx: &Context<'_>, hall: &Hall, group: Option<&str>) -> Result<Rate, Fault> {
    let Some(group) = group else {
        return Ok(Rate {
            group: None,
            percent: ORDINARY_PERCENT,
        });
    };
    let percent = match hall.priority(group) {
        None => ORDINARY_PERCENT,
        // Only those within the cap are counted: the counter says who gains faster.
        Some(priority) => {
            let name = budget(today(ctx), "group", group);
            if tx.take_places(ctx.office.id, &name, priority.daily_cap, 1)? {
                priority.percent_after(0)
            } else {
                ORDINARY_PERCENT
            }
        }
    };
    Ok(Rate {
        group: Some(group.to_owned()),
        percent,
    })
}

struct Owner<'a> {
    since: jiff::Timestamp,
    names: Vec<String>,
    number: String,
    booking: Option<&'a BookingRow>,
}

fn give(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    line: &Line,
    rate: Rate,
    owner: Owner<'_>,
    by: Option<StaffId>,
) -> Result<Ticket, Fault> {
    let day = today(ctx);
    let count = tx.next_count(ctx.office.id, &format!("ticket {day} {}", line.letter))?;
    let label = TicketLabel {
        letter: line.letter,
        number: u32::try_from(count)
            .map_err(|_| Fault::Broken("more tickets in a day than there are people".into()))?,
    };
    let token = new_token(ctx)?;
    let row = VisitRow {
        visit: Visit {
            id: VisitId(ctx.new_id()),
            label,
            line: line.id.clone(),
            state: VisitState::Waiting,
            since: owner.since,
            free_at: None,
            percent: rate.percent,
            group: rate.group.clone(),
            counter: None,
            calls: 0,
            called_at: None,
            person: owner.booking.map(|booking| booking.person),
            booking: owner.booking.map(|booking| booking.id),
        },
        day,
        is_near_told: false,
        token: token.clone(),
        content: VisitContent {
            names: owner.names,
            note: String::new(),
            number: owner.number,
            token: token.clone(),
        },
    };
    tx.insert_visit(ctx.office.id, &row)?;
    note(tx, ctx, &row.visit, "arrived", by)?;
    crate::close_hall::schedule(tx, ctx)?;
    Ok(Ticket {
        id: row.visit.id,
        label,
        line: line.id.clone(),
        group: rate.group,
        is_faster: rate.percent > ORDINARY_PERCENT,
        token,
        punctuality: None,
    })
}

fn punctuality(ctx: &Context<'_>, row: &BookingRow) -> (Punctuality, jiff::Timestamp) {
    let rules = ctx
        .office
        .services
        .iter()
        .find(|service| service.id == row.service)
        .map(|service| &service.rules);
    match (rules, row.starts_at) {
        (Some(rules), Some(starts_at)) if row.state == BookingState::Booked => waits_since(rules, starts_at, ctx.now),
        _ => (Punctuality::InTime, ctx.now),
    }
}
