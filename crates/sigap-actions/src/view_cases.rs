//! Cases as officers see them: who waits, until when, and everything about one of them.

use jiff::Timestamp;
use sigap_core::application::ApplicationView;
use sigap_core::booking::BookingView;
use sigap_core::ids::{ApplicationNumber, CaseId, StaffId};
use sigap_core::language::Language;
use sigap_core::limits::{CASE_EVENTS_SHOWN_MAX, CASES_SHOWN_MAX, STAFF_MAX};
use sigap_core::notices::budget::Money;
use sigap_core::staff::Right;
pub use sigap_store::records::{CaseEvent, CaseEventKind, CaseRow, OutboxState};
use sigap_store::{Fault, Tx};

use crate::authority::Officer;
use crate::booking_parts::language_of;
use crate::context::Context;
use crate::manage_notices::view_money;
use crate::view_application::view_bound;
use crate::view_bookings::view_bookings;
use crate::work_case::{CaseTrouble, window};

/// All cases of an office, as far as somebody looks at them.
#[derive(Debug, Clone, PartialEq)]
pub struct CasesView {
    /// Not ended, what is owed first comes first.
    pub open: Vec<CaseRow>,
    /// Ended, the newest first.
    pub closed: Vec<CaseRow>,
    /// Names of those who work here.
    pub staff: Vec<(StaffId, String)>,
    /// When it was read.
    pub at: Timestamp,
}

/// A line of a case's story, with what became of the message.
#[derive(Debug, Clone, PartialEq)]
pub struct EventView {
    /// The line.
    pub event: CaseEvent,
    /// How far its message is, when one went out.
    pub delivery: Option<OutboxState>,
}

/// One case with everything that helps to answer it.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseView {
    /// The case.
    pub row: CaseRow,
    /// Its story.
    pub events: Vec<EventView>,
    /// The name under which the person writes.
    pub name: String,
    /// The phone number, when it is known.
    pub phone: String,
    /// What the person reads.
    pub language: Language,
    /// Until when an answer costs nothing; `None` when the window is closed.
    pub window_until: Option<Timestamp>,
    /// The month's money for paid messages.
    pub money: Money,
    /// Bookings of the person.
    pub bookings: Vec<BookingView>,
    /// The application to which the phone is bound, and nothing for anybody else.
    pub application: Option<(ApplicationNumber, ApplicationView)>,
    /// Other cases of the person, the newest first.
    pub others: Vec<CaseRow>,
    /// Colleagues.
    pub staff: Vec<(StaffId, String)>,
    /// When it was read.
    pub at: Timestamp,
}

/// Who waits.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn view_cases(tx: &mut dyn Tx, ctx: &Context<'_>, who: &Officer) -> Result<Result<CasesView, CaseTrouble>, Fault> {
    if who.require(ctx.office.id, Right::Cases).is_err() {
        return Ok(Err(CaseTrouble::Denied));
    }
    Ok(Ok(CasesView {
        open: tx.list_open_cases(ctx.office.id, CASES_SHOWN_MAX)?,
        closed: tx.list_closed_cases(ctx.office.id, CASES_SHOWN_MAX)?,
        staff: names(tx, ctx)?,
        at: ctx.now,
    }))
}

/// A case by its number.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn view_case(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    number: &str,
) -> Result<Result<CaseView, CaseTrouble>, Fault> {
    let office = ctx.office.id;
    if who.require(office, Right::Cases).is_err() {
        return Ok(Err(CaseTrouble::Denied));
    }
    let row = match find(tx, ctx, number)? {
        Some(id) => tx.find_case(office, id)?,
        None => None,
    };
    let Some(row) = row else {
        return Ok(Err(CaseTrouble::Unknown));
    };
    let person = row.case.person;
    let mut events = Vec::new();
    for event in tx.list_case_events(office, row.case.id, CASE_EVENTS_SHOWN_MAX)? {
        let delivery = match event.outbox {
            Some(outbox) => tx.find_owed(office, outbox)?.map(|owed| owed.state),
            None => None,
        };
        events.push(EventView { event, delivery });
    }
    let contact = tx.find_contact(office, person)?.unwrap_or_default();
    let language = language_of(tx.find_conversation(office, person)?.as_ref()).of_template();
    let window_until = window(tx, ctx, &row.case)?.map(|(until, _)| until);
    let others = tx.list_cases(office, person, CASES_SHOWN_MAX)?;
    Ok(Ok(CaseView {
        events,
        name: contact.name.unwrap_or_default(),
        phone: contact.phone.unwrap_or_default(),
        language,
        window_until,
        money: view_money(tx, ctx)?,
        bookings: view_bookings(tx, ctx, person)?,
        application: view_bound(tx, ctx, person)?,
        others: others
            .into_iter()
            .filter(|other| other.case.id != row.case.id)
            .collect(),
        staff: names(tx, ctx)?,
        at: ctx.now,
        row,
    }))
}

/// The case of a number as people type it: in any case, with or without the dashes.
pub(crate) fn find(tx: &mut dyn Tx, ctx: &Context<'_>, typed: &str) -> Result<Option<CaseId>, Fault> {
    tx.find_case_by_number(ctx.office.id, &typed.trim().to_uppercase())
}

fn names(tx: &mut dyn Tx, ctx: &Context<'_>) -> Result<Vec<(StaffId, String)>, Fault> {
    let rows = tx.list_staff(ctx.office.id, STAFF_MAX)?;
    Ok(rows
        .into_iter()
        .filter(|row| row.is_active)
        .map(|row| (row.id, row.content.name))
        .collect())
}
