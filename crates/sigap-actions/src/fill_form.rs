//! What a form inside the chat does when its last screen is sent: by the same rules as in the chat and on pages, once for each message that
//! offered the form. What is told about it is the answer to the message that the form then sends.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::DateTime;
use sigap_core::booking::{BookingRefusal, BookingView, Visitor};
use sigap_core::cases::CaseKind;
use sigap_core::ids::{BookingId, OutboxId, PersonId};
use sigap_core::intake::IntakeChange;
use sigap_store::records::{InboxRow, InboxState, MessageKey};
use sigap_store::{Fault, Tx};

use crate::booking_parts::Asker;
use crate::confirm_booking::confirm_booking;
use crate::context::Context;
use crate::give_intake::change_intake;
use crate::hold_places::hold_places;
use crate::open_case::open_case;

/// Who fills in which form, as the signed token of its message says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filler {
    /// To whom the form was sent.
    pub person: PersonId,
    /// By which of our numbers.
    pub number: String,
    /// In which message.
    pub message: OutboxId,
    /// From then on it is over.
    pub until: Timestamp,
}

/// What became of the last screen.
#[derive(Debug, Clone, PartialEq)]
pub enum FormSent<T> {
    /// It is done, and the form cannot be used again.
    Done(T),
    /// The rules say no; the form stays open.
    Refused(BookingRefusal),
    /// The form was used before, or its time is over.
    Over,
}

/// Whether nothing can be done with a form any more: used, too old, or for somebody who had everything erased.
///
/// # Errors
/// Storage faults only.
pub fn is_form_over(tx: &mut dyn Tx, ctx: &Context<'_>, filler: &Filler) -> Result<bool, Fault> {
    let office = ctx.office.id;
    Ok(filler.until <= ctx.now
        || tx.has_received(office, &mark_of(filler))?
        || tx.find_contact(office, filler.person)?.is_none())
}

/// Books what the form says.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn book_by_form(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    filler: &Filler,
    service: &str,
    at: DateTime,
    people: &[Visitor],
) -> Result<FormSent<BookingView>, Fault> {
    // A message under way and the form never change one booking at the same time.
    tx.hold_person(ctx.office.id, filler.person)?;
    if is_form_over(tx, ctx, filler)? {
        return Ok(FormSent::Over);
    }
    let asker = asker_of(filler);
    let outcome = match hold_places(tx, ctx, asker, service, at, people)? {
        // The page for the NIK is the yes; the chat sends its address.
        Ok(held) if held.needs_nik => Ok(held),
        Ok(held) => confirm_booking(tx, ctx, asker, held.id)?,
        Err(refusal) => Err(refusal),
    };
    match outcome {
        Ok(view) => {
            end(tx, ctx, filler)?;
            Ok(FormSent::Done(view))
        }
        Err(refusal) => Ok(FormSent::Refused(refusal)),
    }
}

/// Opens a case with the words of the form; its number.
///
/// # Errors
/// Storage faults only.
pub fn bring_by_form(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    filler: &Filler,
    kind: CaseKind,
    words: &str,
    rating: Option<u8>,
) -> Result<FormSent<String>, Fault> {
    tx.hold_person(ctx.office.id, filler.person)?;
    if is_form_over(tx, ctx, filler)? {
        return Ok(FormSent::Over);
    }
    let (number, _) = open_case(tx, ctx, asker_of(filler), kind, words, rating)?;
    end(tx, ctx, filler)?;
    Ok(FormSent::Done(number))
}

/// Keeps the answers of an intake; questions without one are passed over. A booking that is gone ends the form.
///
/// # Errors
/// Storage faults only.
pub fn give_by_form(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    filler: &Filler,
    (booking, place): (BookingId, u8),
    case: &str,
    answers: &BTreeMap<String, String>,
) -> Result<FormSent<()>, Fault> {
    tx.hold_person(ctx.office.id, filler.person)?;
    if is_form_over(tx, ctx, filler)? {
        return Ok(FormSent::Over);
    }
    let questions = &ctx.content.catalogue_of(ctx.office.id).intake.questions;
    let given = questions.iter().map(|question| match answers.get(&question.id) {
        Some(answer) => IntakeChange::Answer {
            question: question.id.clone(),
            answer: answer.clone(),
        },
        None => IntakeChange::Skip(question.id.clone()),
    });
    for change in [IntakeChange::Case(case.to_owned())].into_iter().chain(given) {
        if change_intake(tx, ctx, asker_of(filler), booking, place, &change)?.is_none() {
            return Ok(FormSent::Over);
        }
    }
    end(tx, ctx, filler)?;
    Ok(FormSent::Done(()))
}

fn asker_of(filler: &Filler) -> Asker<'_> {
    Asker {
        person: filler.person,
        number: &filler.number,
    }
}

/// Notes that the form was used, where received messages are noted: what is sent twice is seen by the same means.
fn end(tx: &mut dyn Tx, ctx: &Context<'_>, filler: &Filler) -> Result<(), Fault> {
    let row = InboxRow {
        person: filler.person,
        key: mark_of(filler),
        state: InboxState::Silent,
        attempts: 1,
        received_at: ctx.now,
        // What was filled in stands where it belongs.
        content: None,
    };
    if tx.insert_received(ctx.office.id, &row)? {
        Ok(())
    } else {
        Err(Fault::Busy)
    }
}

fn mark_of(filler: &Filler) -> MessageKey {
    MessageKey {
        number: filler.number.clone(),
        message_id: format!("form {}", filler.message),
        // The same at each look; the key of a message begins with its time.
        sent_at: filler.until,
    }
}
