//! A booking that was put together on pages, made in one go: by the same rules and from the same places as one in the chat.

use sigap_core::booking::{BookingRefusal, BookingState, BookingView};
use sigap_core::conversation::state::Draft;
use sigap_store::{Fault, Tx};

use crate::browsers::{Browser, asker, keep};
use crate::confirm_booking::confirm_booking;
use crate::context::Context;
use crate::enter_opening::enter_opening;
use crate::hold_places::hold_places;
use crate::move_booking::move_booking;
use crate::send_notice::{Notice, owe_notice};

/// What became of a booking on pages.
#[derive(Debug, Clone, PartialEq)]
pub enum Booked {
    /// It stands; or it is held, and the NIK is to be given in the form of its address.
    Done(BookingView),
    /// The rules say no. What was chosen stays.
    Refused(BookingRefusal),
    /// Something is still to be chosen, or it was made already.
    Incomplete,
    /// Nobody showed yet whose browser it is.
    NeedsPhone,
}

/// Keeps what was chosen so far; `None` forgets it.
///
/// # Errors
/// Storage faults only.
pub fn keep_draft(tx: &mut dyn Tx, ctx: &Context<'_>, browser: &Browser, draft: Option<Draft>) -> Result<(), Fault> {
    let mut row = browser.row.clone();
    row.content.draft = draft;
    keep(tx, ctx, &row)
}

/// Books, moves or enters what the browser's draft says, and forgets the draft when it is done.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn book_in_browser(tx: &mut dyn Tx, ctx: &Context<'_>, browser: &Browser) -> Result<Booked, Fault> {
    let Some(draft) = browser
        .row
        .content
        .draft
        .clone()
        .filter(|draft| !draft.service.is_empty())
    else {
        return Ok(Booked::Incomplete);
    };
    let Some(asker) = asker(browser) else {
        return Ok(Booked::NeedsPhone);
    };
    // A message under way and the page never change one booking at the same time.
    tx.hold_person(ctx.office.id, asker.person)?;
    let outcome = match (draft.moving, draft.held, draft.day) {
        (Some(id), Some(at), _) => move_booking(tx, ctx, asker, id, at)?,
        (None, Some(at), _) if !draft.people.is_empty() => {
            match hold_places(tx, ctx, asker, &draft.service, at, &draft.people)? {
                Ok(held) if held.needs_nik => Ok(held),
                Ok(held) => confirm_booking(tx, ctx, asker, held.id)?,
                Err(refusal) => Err(refusal),
            }
        }
        (None, None, Some(day)) if !draft.people.is_empty() => {
            enter_opening(tx, ctx, asker, &draft.service, day, &draft.people)?
        }
        _ => return Ok(Booked::Incomplete),
    };
    let view = match outcome {
        Ok(view) => view,
        Err(refusal) => return Ok(Booked::Refused(refusal)),
    };
    keep_draft(tx, ctx, browser, None)?;
    // The form tells by itself what becomes of a place that waits for the NIK.
    if !view.needs_nik {
        tell(tx, ctx, &view)?;
    }
    Ok(Booked::Done(view))
}

/// The same words in the chat: the ticket must not depend on one browser.
fn tell(tx: &mut dyn Tx, ctx: &Context<'_>, view: &BookingView) -> Result<(), Fault> {
    let notice = match view.state {
        BookingState::Booked => Notice::Booked(view.clone()),
        BookingState::Entered => Notice::Entered(view.clone()),
        BookingState::Waiting => Notice::Waiting(view.clone()),
        _ => return Ok(()),
    };
    match tx.find_booking(ctx.office.id, view.id)? {
        Some(row) => owe_notice(tx, ctx, &row, notice),
        None => Ok(()),
    }
}
