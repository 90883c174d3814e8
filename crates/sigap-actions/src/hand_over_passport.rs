//! A passport is handed over, or gets its place on the shelf.

use jiff::civil::Date;
use sigap_core::application::Stage;
use sigap_core::ids::ApplicationNumber;
use sigap_core::limits::{NAME_CHARS_MAX, PASSPORTS_SHOWN, SHELF_CHARS_MAX};
use sigap_core::staff::Right;
use sigap_store::records::{PassportRow, PassportState};
use sigap_store::{Fault, Tx};

use crate::authority::Officer;
use crate::context::Context;
use crate::hall_parts::today;
use crate::keep_passports::{days_left, keep_passport};

/// A passport as staff see it.
#[derive(Debug, Clone, PartialEq)]
pub struct PassportView {
    /// As it is kept.
    pub row: PassportRow,
    /// The last day on which it can be collected.
    pub last_day: Option<Date>,
    /// Days left, counted with the last one.
    pub left: Option<i32>,
}

/// Why nothing was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassportRefusal {
    /// The right is missing.
    Denied,
    /// No application of this office has the number.
    Unknown,
    /// The application is not ready; how far it is.
    NotReady(Stage),
    /// It was handed over or cancelled already.
    Over(PassportState),
    /// There is no such way to collect.
    NoWay,
    /// Somebody else came: the name of who signs is missing.
    NoTaker,
}

/// What lies on the shelf.
#[derive(Debug, Clone, PartialEq)]
pub struct ShelfView {
    /// Those with few days left, the oldest first.
    pub soon: Vec<PassportView>,
    /// Cancelled: to be sent back.
    pub cancelled: Vec<PassportView>,
}

/// Days left from which on a passport is listed as about to be cancelled.
const SOON: i32 = 6;

fn seen(ctx: &Context<'_>, row: PassportRow) -> PassportView {
    let pickup = &ctx.content.catalogue_of(ctx.office.id).pickup;
    PassportView {
        last_day: pickup.last_day(row.ready_on),
        left: days_left(pickup, row.ready_on, today(ctx)),
        row,
    }
}

/// A passport by its application; one that was ready before the shelf was kept is put there now.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn find_passport(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    number: &ApplicationNumber,
) -> Result<Result<PassportView, PassportRefusal>, Fault> {
    if who.require(ctx.office.id, Right::Hall).is_err() {
        return Ok(Err(PassportRefusal::Denied));
    }
    if let Some(row) = tx.find_passport(ctx.office.id, number)? {
        return Ok(Ok(seen(ctx, row)));
    }
    let Some(application) = tx.find_application(ctx.office.id, number)? else {
        return Ok(Err(PassportRefusal::Unknown));
    };
    keep_passport(tx, ctx, &application)?;
    let row = tx.find_passport(ctx.office.id, number)?;
    Ok(row
        .map(|row| seen(ctx, row))
        .ok_or(PassportRefusal::NotReady(application.stage)))
}

/// Says where a passport lies.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn shelve_passport(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    number: &ApplicationNumber,
    shelf: &str,
) -> Result<Result<PassportView, PassportRefusal>, Fault> {
    let mut view = match find_passport(tx, ctx, who, number)? {
        Ok(view) => view,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if view.row.state != PassportState::Ready {
        return Ok(Err(PassportRefusal::Over(view.row.state)));
    }
    view.row.shelf = shelf.trim().chars().take(SHELF_CHARS_MAX).collect();
    if !tx.replace_passport(ctx.office.id, PassportState::Ready, &view.row)? {
        return Err(Fault::Busy);
    }
    let subject = format!("{} {}", tail(number), view.row.shelf);
    tx.insert_act(ctx.office.id, who.staff(), ctx.now, "passport_shelved", &subject)?;
    Ok(Ok(view))
}

/// Hands a passport over to who came, by one of the ways of the rules; somebody else than the owner signs with a name.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn hand_over_passport(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    number: &ApplicationNumber,
    by: &str,
    taker: &str,
) -> Result<Result<PassportView, PassportRefusal>, Fault> {
    let office = ctx.office.id;
    let mut view = match find_passport(tx, ctx, who, number)? {
        Ok(view) => view,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if view.row.state != PassportState::Ready {
        return Ok(Err(PassportRefusal::Over(view.row.state)));
    }
    let ways = &ctx.content.catalogue_of(office).pickup.by;
    let Some(way) = ways.iter().position(|way| way.id == by) else {
        return Ok(Err(PassportRefusal::NoWay));
    };
    let taker: String = taker.trim().chars().take(NAME_CHARS_MAX).collect();
    // The first way of the rules is the owner.
    if way > 0 && taker.is_empty() {
        return Ok(Err(PassportRefusal::NoTaker));
    }
    view.row.state = PassportState::Collected;
    view.row.collected_by = Some(by.to_owned());
    view.row.changed_at = ctx.now;
    view.row.content.taker = taker;
    if !tx.replace_passport(office, PassportState::Ready, &view.row)? {
        return Err(Fault::Busy);
    }
    if let Some(mut application) = tx.find_application(office, number)? {
        application.stage = Stage::Collected;
        application.updated_at = ctx.now;
        application.proved.push((Stage::Collected, today(ctx)));
        tx.save_application(&application, sigap_core::ids::PersonId(ctx.new_id()))?;
    }
    let subject = format!("{} {by}", tail(number));
    tx.insert_act(office, who.staff(), ctx.now, "passport_handed_over", &subject)?;
    view.left = None;
    Ok(Ok(view))
}

/// What needs somebody: passports that are cancelled soon, and those that are.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn view_shelf(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
) -> Result<Result<ShelfView, PassportRefusal>, Fault> {
    if who.require(ctx.office.id, Right::Hall).is_err() {
        return Ok(Err(PassportRefusal::Denied));
    }
    let (office, day) = (ctx.office.id, today(ctx));
    let ready = tx.list_passports(office, PassportState::Ready, day, PASSPORTS_SHOWN)?;
    let cancelled = tx.list_passports(office, PassportState::Cancelled, day, PASSPORTS_SHOWN)?;
    let views = |rows: Vec<PassportRow>| rows.into_iter().map(|row| seen(ctx, row)).collect::<Vec<_>>();
    Ok(Ok(ShelfView {
        soon: views(ready)
            .into_iter()
            .filter(|view| view.left.is_none_or(|left| left <= SOON))
            .collect(),
        cancelled: views(cancelled),
    }))
}

/// The last four digits: enough to find a line of the trail, too few to be a number.
fn tail(number: &ApplicationNumber) -> &str {
    number.as_str().get(12..).unwrap_or_default()
}
