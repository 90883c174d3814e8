//! People come to the door, or are excused for not having come.

use jiff::civil::Date;
use sigap_core::booking::identity::NikProblem;
use sigap_core::booking::{BookingCode, BookingRefusal, BookingState, BookingView, Nik};
use sigap_core::calendar::local_date;
use sigap_core::staff::Right;
use sigap_store::records::{BookingRow, StandingChange};
use sigap_store::{Fault, Tx};

use crate::authority::Officer;
use crate::book_on_behalf::bind;
use crate::booking_parts::{audit, view};
use crate::context::Context;
use crate::give_number::{CheckInRefusal, actor};
use crate::hall_parts::HallRefusal;
use crate::run_jobs::finish_visit;

/// Why an arrival is not taken down.
#[derive(Debug, Clone, PartialEq)]
pub enum ArrivalRefusal {
    /// No booking of this office has the code.
    Unknown,
    /// The visit is on another day.
    OtherDay(Date),
    /// The booking is not, or no more, a visit to come.
    NotBooked(BookingState),
    /// What is wrong with the NIK of each person, by position.
    Niks(Vec<(usize, NikProblem)>),
    /// The rules say no: somebody has a live booking under that NIK.
    Booking(BookingRefusal),
}

/// The people of a booking are here. The NIK of each, as far as it was shown, is bound to them; the visit counts as made, and they
/// can book again. When one of several has a booking elsewhere, those before stay bound: that was true.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn arrive(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    officer: &str,
    code: &BookingCode,
    niks: &[String],
) -> Result<Result<BookingView, ArrivalRefusal>, Fault> {
    let Some(row) = find(tx, ctx, code)? else {
        return Ok(Err(ArrivalRefusal::Unknown));
    };
    if row.state != BookingState::Booked {
        return Ok(Err(ArrivalRefusal::NotBooked(row.state)));
    }
    if row.day != local_date(ctx.office, ctx.now) {
        return Ok(Err(ArrivalRefusal::OtherDay(row.day)));
    }
    let (mut shown, mut wrong) = (Vec::new(), Vec::new());
    for ((visitor, nik), position) in row.content.people.iter().zip(niks).zip(0_u8..) {
        if nik.trim().is_empty() {
            continue;
        }
        match Nik::parse(nik, visitor.born_on) {
            Ok(nik) => shown.push((position, visitor, nik)),
            Err(problem) => wrong.push((usize::from(position), problem)),
        }
    }
    if !wrong.is_empty() {
        return Ok(Err(ArrivalRefusal::Niks(wrong)));
    }
    for (position, visitor, nik) in shown {
        if let Err(refusal) = bind(tx, ctx, &row, position, visitor, &nik)? {
            return Ok(Err(ArrivalRefusal::Booking(refusal)));
        }
        audit(tx, ctx, officer, "nik_bound", row.id)?;
    }
    finish_visit(tx, ctx, &row, BookingState::Attended, officer)?;
    Ok(Ok(BookingView {
        state: BookingState::Attended,
        ..view(ctx, &row)
    }))
}

/// A visit that was missed counts against nobody any more. The booking stays missed.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn excuse(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    officer: &str,
    code: &BookingCode,
) -> Result<Result<(), ArrivalRefusal>, Fault> {
    let Some(row) = find(tx, ctx, code)? else {
        return Ok(Err(ArrivalRefusal::Unknown));
    };
    if row.state != BookingState::Missed {
        return Ok(Err(ArrivalRefusal::NotBooked(row.state)));
    }
    for identity in tx.list_identities(ctx.office.id, row.id)? {
        tx.change_standing(identity.key, &row.service, StandingChange::Excused)?;
    }
    audit(tx, ctx, officer, "visit_excused", row.id)?;
    Ok(Ok(()))
}

/// As `excuse`, by the head of the office.
///
/// # Errors
/// Storage faults; refusals are values: the right is missing, or the booking says no.
pub fn excuse_visit(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    code: &BookingCode,
) -> Result<Result<(), CheckInRefusal>, Fault> {
    if who.require(ctx.office.id, Right::Lead).is_err() {
        return Ok(Err(CheckInRefusal::Hall(HallRefusal::Denied)));
    }
    if let Err(refusal) = excuse(tx, ctx, &actor(who.staff()), code)? {
        return Ok(Err(CheckInRefusal::Booking(refusal)));
    }
    tx.insert_act(ctx.office.id, who.staff(), ctx.now, "visit_excused", code.as_str())?;
    Ok(Ok(()))
}

fn find(tx: &mut dyn Tx, ctx: &Context<'_>, code: &BookingCode) -> Result<Option<BookingRow>, Fault> {
    match tx.find_booking_by_code(ctx.office.id, code)? {
        Some(id) => tx.find_booking(ctx.office.id, id),
        None => Ok(None),
    }
}
