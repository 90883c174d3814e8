//! What officers do with intakes: the list of a day by completeness, one with its photos, accepting a paper or asking for it again.

use jiff::civil::Date;
use sigap_core::booking::{BookingCode, Visitor};
use sigap_core::conversation::intake as dialogue;
use sigap_core::ids::{BookingId, IntakeId};
use sigap_core::intake::answers::{Mismatch, mismatches};
use sigap_core::intake::{Form, PaperState};
use sigap_core::limits::{FILES_SHOWN_MAX, INTAKES_SHOWN_MAX, NOTE_CHARS_MAX};
use sigap_core::notices::Outcome;
use sigap_core::notices::budget::Money;
use sigap_core::staff::Right;
use sigap_store::records::BookingRow;
pub use sigap_store::records::{FileRow, IntakeRow};
use sigap_store::{Fault, Tx};

use crate::authority::Officer;
use crate::context::Context;
use crate::give_intake::{form_of, save_intake, view_of};
use crate::manage_notices::view_money;
use crate::owe_reply::{open_until, tell_while_open};
use crate::send_notice::owe_photo_again;

/// An intake in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct IntakeLine {
    /// The intake.
    pub row: IntakeRow,
    /// The person, as booked.
    pub visitor: Visitor,
    /// The service, by its id.
    pub service: String,
    /// The code of the booking.
    pub code: BookingCode,
    /// How many things are missing.
    pub missing: usize,
}

/// One intake in full.
#[derive(Debug, Clone, PartialEq)]
pub struct IntakeSheet {
    /// As in the list.
    pub line: IntakeLine,
    /// What is wanted.
    pub form: Form,
    /// What does not fit together.
    pub mismatches: Vec<Mismatch>,
    /// Whether a message would reach the citizen now without a paid template.
    pub has_window: bool,
    /// What a template costs, and what is left for them.
    pub money: Money,
}

/// What an officer says of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It will do.
    Accept,
    /// Another photo, and why.
    Again {
        /// The officer's words.
        reason: String,
    },
}

/// Why nothing was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntakeTrouble {
    /// The right is missing.
    Denied,
    /// There is no such intake, or it was erased.
    Unknown,
    /// There is no photo of that paper to judge yet.
    NoPhoto,
    /// No reason was given, or too long a one.
    Reason,
}

/// What came of a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judged {
    /// It is kept, and nobody is told.
    Kept,
    /// The citizen gets a message.
    Told,
    /// The window is closed: the citizen gets a paid template.
    ToldByTemplate,
    /// The same, in the next hours for notices.
    ToldLater,
    /// The citizen reads it when they write next; why nothing was sent, as far as it is known.
    NotTold(Option<Outcome>),
}

/// Intakes of a day: what is missing most comes first, what is accepted last.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn list_day(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    day: Date,
) -> Result<Result<Vec<IntakeLine>, IntakeTrouble>, Fault> {
    if who.require(ctx.office.id, Right::Intakes).is_err() {
        return Ok(Err(IntakeTrouble::Denied));
    }
    let mut lines = Vec::new();
    for row in tx.list_intakes(ctx.office.id, day, INTAKES_SHOWN_MAX)? {
        lines.extend(line(tx, ctx, row)?);
    }
    lines.sort_by_key(|line| (line.row.state, std::cmp::Reverse(line.missing), line.row.id));
    Ok(Ok(lines))
}

/// One intake, with its files.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn view_intake(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    id: IntakeId,
) -> Result<Result<(IntakeSheet, Vec<FileRow>), IntakeTrouble>, Fault> {
    if who.require(ctx.office.id, Right::Intakes).is_err() {
        return Ok(Err(IntakeTrouble::Denied));
    }
    let found = tx.find_intake(ctx.office.id, id)?;
    let line = match found {
        Some(row) => line(tx, ctx, row)?,
        None => None,
    };
    let Some(line) = line else {
        return Ok(Err(IntakeTrouble::Unknown));
    };
    let form = form_of(ctx, &line.row.content);
    let mismatches = mismatches(&form, &line.row.content.answers, Some(&line.visitor));
    let conversation = tx.find_conversation(ctx.office.id, line.row.person)?;
    let has_window = conversation.is_some_and(|known| open_until(&known, ctx.now).is_some());
    let files = tx.list_files_about(ctx.office.id, id.0, FILES_SHOWN_MAX)?;
    let sheet = IntakeSheet {
        line,
        form,
        mismatches,
        has_window,
        money: view_money(tx, ctx)?,
    };
    Ok(Ok((sheet, files)))
}

/// The intakes of a booking's people, for the counter to which it was called.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn intakes_of_booking(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    booking: BookingId,
) -> Result<Result<Vec<IntakeLine>, IntakeTrouble>, Fault> {
    if who.require(ctx.office.id, Right::Intakes).is_err() {
        return Ok(Err(IntakeTrouble::Denied));
    }
    match tx.find_booking(ctx.office.id, booking)? {
        Some(booking) => lines_of(tx, ctx, &booking).map(Ok),
        None => Ok(Err(IntakeTrouble::Unknown)),
    }
}

/// The same by the code of the booking, for whoever shows a ticket.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn intakes_by_code(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    code: &BookingCode,
) -> Result<Result<Vec<IntakeLine>, IntakeTrouble>, Fault> {
    match tx.find_booking_by_code(ctx.office.id, code)? {
        Some(booking) => intakes_of_booking(tx, ctx, who, booking),
        None => Ok(Err(IntakeTrouble::Unknown)),
    }
}

/// What a booking's people gave, whoever asks.
pub(crate) fn lines_of(tx: &mut dyn Tx, ctx: &Context<'_>, booking: &BookingRow) -> Result<Vec<IntakeLine>, Fault> {
    let mut lines = Vec::new();
    for (_, place) in booking.content.people.iter().zip(0_u8..) {
        if let Some(row) = tx.find_intake_of(ctx.office.id, booking.id, place)? {
            lines.extend(line(tx, ctx, row)?);
        }
    }
    Ok(lines)
}

fn line(tx: &mut dyn Tx, ctx: &Context<'_>, row: IntakeRow) -> Result<Option<IntakeLine>, Fault> {
    let form = form_of(ctx, &row.content);
    let Some(booking) = tx.find_booking(ctx.office.id, row.booking)? else {
        return Ok(None);
    };
    let missing = row.content.missing(&form).len();
    let visitor = booking.content.people.get(usize::from(row.place)).cloned();
    Ok(visitor.map(|visitor| IntakeLine {
        row,
        visitor,
        service: booking.service,
        code: booking.code,
        missing,
    }))
}

/// An officer accepts a paper, or asks for it again.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn judge_paper(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    id: IntakeId,
    paper: &str,
    verdict: &Verdict,
) -> Result<Result<Judged, IntakeTrouble>, Fault> {
    let office = ctx.office.id;
    if who.require(office, Right::Intakes).is_err() {
        return Ok(Err(IntakeTrouble::Denied));
    }
    let Some(mut row) = tx.find_intake(office, id)? else {
        return Ok(Err(IntakeTrouble::Unknown));
    };
    let Some(mut judged) = row.content.paper(paper).cloned() else {
        return Ok(Err(IntakeTrouble::NoPhoto));
    };
    let act = match verdict {
        Verdict::Accept if judged.state == PaperState::Waiting || judged.refusal.is_some() => {
            return Ok(Err(IntakeTrouble::NoPhoto));
        }
        Verdict::Accept => {
            judged.state = PaperState::Accepted;
            judged.reason.clear();
            "paper_accepted"
        }
        Verdict::Again { reason } => {
            let reason = reason.trim();
            if reason.is_empty() || reason.chars().count() > NOTE_CHARS_MAX {
                return Ok(Err(IntakeTrouble::Reason));
            }
            judged.state = PaperState::Again;
            reason.clone_into(&mut judged.reason);
            "paper_asked_again"
        }
    };
    let (person, reason) = (row.person, judged.reason.clone());
    let line = tx.find_file(office, judged.file)?.map(|file| file.content.line);
    row.content.put_paper(judged);
    let view = view_of(tx, ctx, &row)?;
    save_intake(tx, ctx, row)?;
    tx.insert_act(office, who.staff(), ctx.now, act, &format!("{id} {paper}"))?;
    let (Verdict::Again { .. }, Some(view)) = (verdict, view) else {
        return Ok(Ok(Judged::Kept));
    };
    let booking = tx.find_booking(office, view.booking)?;
    let (Some(line), Some(booking)) = (line, booking) else {
        return Ok(Ok(Judged::NotTold(None)));
    };
    let told = dialogue::asked_again(&view, paper, &reason);
    if tell_while_open(tx, ctx, person, &line, &told)? {
        return Ok(Ok(Judged::Told));
    }
    Ok(Ok(
        match owe_photo_again(tx, ctx, &booking, &line, &view, (id, paper))? {
            None => Judged::ToldLater,
            Some(Outcome::Free) => Judged::Told,
            Some(Outcome::Paid) => Judged::ToldByTemplate,
            Some(other) => Judged::NotTold(Some(other)),
        },
    ))
}
