//! Cases as officers see them: who waits, until when, and everything about one of them.

use jiff::{SignedDuration, Timestamp};
use sigap_core::application::ApplicationView;
use sigap_core::booking::BookingView;
use sigap_core::cases::Case;
use sigap_core::conversation::state::State;
use sigap_core::ids::{ApplicationNumber, CaseId, PersonId, StaffId};
use sigap_core::inbound::PAGE_LINE;
use sigap_core::language::Language;
use sigap_core::limits::{
    BROWSER_DAYS, CASE_EVENTS_SHOWN_MAX, CASES_SHOWN_MAX, FILES_SHOWN_MAX, PRAISES_SHOWN_MAX, SAME_PERSONS_MAX,
    STAFF_MAX,
};
use sigap_core::notices::budget::Money;
use sigap_core::staff::Right;
use sigap_store::records::ConversationRow;
pub use sigap_store::records::{CaseEvent, CaseEventKind, CaseRow, OutboxState};
use sigap_store::{Fault, Tx};

use crate::authority::Officer;
use crate::booking_parts::{language_of, later};
use crate::context::Context;
use crate::manage_notices::view_money;
use crate::owe_reply::open_until;
use crate::view_application::view_bound;
use crate::view_bookings::view_bookings;
use crate::view_files::FileRow;
use crate::work_case::CaseTrouble;

/// How many cases wait for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Waiting {
    /// Cases that are not ended.
    pub open: u64,
    /// Of them, those that are owed something which should have come.
    pub late: u64,
}

/// All cases of an office, as far as somebody looks at them.
#[derive(Debug, Clone, PartialEq)]
pub struct CasesView {
    /// All that wait, shown or not.
    pub waiting: Waiting,
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

/// A person who is the same as another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SameView {
    /// Who.
    pub person: PersonId,
    /// The name under which they write.
    pub name: String,
    /// The phone number, when it is known.
    pub phone: String,
}

/// One case with everything that helps to answer it.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseView {
    /// The case.
    pub row: CaseRow,
    /// Its story.
    pub events: Vec<EventView>,
    /// Files that the citizen sent in it.
    pub files: Vec<FileRow>,
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
    /// Persons who are the same, by number and name.
    pub same: Vec<SameView>,
    /// The last message of the talk, for read and typing marks: our number, and the channel's id.
    pub last_message: Option<(String, String)>,
    /// Colleagues.
    pub staff: Vec<(StaffId, String)>,
    /// When it was read.
    pub at: Timestamp,
}

/// How many wait.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn count_cases(tx: &mut dyn Tx, ctx: &Context<'_>, who: &Officer) -> Result<Result<Waiting, CaseTrouble>, Fault> {
    if who.require(ctx.office.id, Right::Cases).is_err() {
        return Ok(Err(CaseTrouble::Denied));
    }
    waiting(tx, ctx).map(Ok)
}

fn waiting(tx: &mut dyn Tx, ctx: &Context<'_>) -> Result<Waiting, Fault> {
    let kinds = tx.count_open_cases(ctx.office.id, ctx.now)?;
    Ok(Waiting {
        open: kinds.iter().map(|cases| cases.open).sum(),
        late: kinds.iter().map(|cases| cases.late).sum(),
    })
}

/// Who waits; with a tag, of those that bear it.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn view_cases(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    tag: &str,
) -> Result<Result<CasesView, CaseTrouble>, Fault> {
    let office = ctx.office.id;
    if who.require(office, Right::Cases).is_err() {
        return Ok(Err(CaseTrouble::Denied));
    }
    Ok(Ok(CasesView {
        waiting: waiting(tx, ctx)?,
        open: if tag.is_empty() {
            tx.list_open_cases(office, CASES_SHOWN_MAX)?
        } else {
            tx.list_tagged_cases(office, tag, CASES_SHOWN_MAX)?
        },
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
    let conversation = tx.find_conversation(office, person)?;
    let mut others = tx.list_cases(office, person, CASES_SHOWN_MAX)?;
    let mut bookings = view_bookings(tx, ctx, person)?;
    let mut application = view_bound(tx, ctx, person)?;
    let mut same = Vec::new();
    for other in tx.list_same(office, person, SAME_PERSONS_MAX)? {
        let contact = tx.find_contact(office, other)?.unwrap_or_default();
        others.extend(tx.list_cases(office, other, CASES_SHOWN_MAX)?);
        bookings.extend(view_bookings(tx, ctx, other)?);
        if application.is_none() {
            application = view_bound(tx, ctx, other)?;
        }
        same.push(SameView {
            person: other,
            name: contact.name.unwrap_or_default(),
            phone: contact.phone.unwrap_or_default(),
        });
    }
    others.sort_by_key(|row| std::cmp::Reverse(row.case.id));
    Ok(Ok(CaseView {
        language: language_of(conversation.as_ref()).of_template(),
        window_until: if row.case.line == PAGE_LINE {
            Some(later(ctx.now, SignedDuration::from_hours(24 * BROWSER_DAYS)))
        } else {
            conversation.as_ref().and_then(|known| open_until(known, ctx.now))
        },
        last_message: last_message(&row.case, conversation.as_ref()),
        events,
        files: tx.list_files_about(ctx.office.id, row.case.id.0, FILES_SHOWN_MAX)?,
        name: contact.name.unwrap_or_default(),
        phone: contact.phone.unwrap_or_default(),
        money: view_money(tx, ctx)?,
        bookings,
        application,
        same,
        others: others
            .into_iter()
            .filter(|other| other.case.id != row.case.id)
            .collect(),
        staff: names(tx, ctx)?,
        at: ctx.now,
        row,
    }))
}

/// The last message of the talk about a case that the officer has who asks: our number, and the channel's id.
///
/// # Errors
/// Storage faults only.
pub fn view_last_message(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    number: &str,
) -> Result<Option<(String, String)>, Fault> {
    let office = ctx.office.id;
    let row = match find(tx, ctx, number)? {
        Some(id) => tx.find_case(office, id)?,
        None => None,
    };
    let Some(row) = row.filter(|row| row.case.staff == Some(who.staff())) else {
        return Ok(None);
    };
    let conversation = tx.find_conversation(office, row.case.person)?;
    Ok(last_message(&row.case, conversation.as_ref()))
}

fn last_message(case: &Case, conversation: Option<&ConversationRow>) -> Option<(String, String)> {
    let known = conversation.filter(|_| case.is_talk)?;
    let id = State::from_stored(&known.state).ok()?.last_message?;
    Some((case.line.clone(), id.0))
}

/// What citizens wrote in praise of the officer who asks, the newest first, with the day it was passed on.
///
/// # Errors
/// Storage faults only.
pub fn view_praises(tx: &mut dyn Tx, ctx: &Context<'_>, who: &Officer) -> Result<Vec<(Timestamp, String)>, Fault> {
    let office = ctx.office.id;
    let mut praises = Vec::new();
    for praise in tx.list_praises(office, who.staff(), PRAISES_SHOWN_MAX)? {
        match tx.find_case(office, praise.case) {
            Ok(Some(row)) if !row.is_erased => praises.push((praise.passed_at, row.text)),
            // Whoever praised has had their words erased.
            Ok(_) | Err(Fault::Sealed { .. }) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(praises)
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
