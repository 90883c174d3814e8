//! Answers what the engine asks in the middle of a turn, from the same transaction.

use sigap_core::conversation::dialogue::{Answer, Question};
use sigap_core::inbound::PAGE_LINE;
use sigap_store::{Fault, Tx};

use crate::bind_phone::bind_phone;
use crate::booking_parts::Asker;
use crate::browsers::{asker as acts_for, check_of, refuse, seen, tie};
use crate::cancel_booking::cancel_booking;
use crate::confirm_booking::{approve_booking, confirm_booking};
use crate::context::Context;
use crate::enter_opening::{enter_opening, view_opening};
use crate::enter_room::enter_room;
use crate::follow_application::{follow_application, unfollow_application};
use crate::give_intake::{change_intake, view_intakes};
use crate::hold_places::hold_places;
use crate::list_free::list_free;
use crate::move_booking::move_booking;
use crate::noted_files::{give_to_officer, note_for_officer};
use crate::open_case::open_case;
use crate::survey::keep_filled;
use crate::talk::rate_case;
use crate::view_application::{view_application, view_bound};
use crate::view_bookings::view_bookings;
use crate::view_hall::tell_place;
use crate::view_own_case::kind_of_own_case;

/// The answer to one question of the asker's turn.
///
/// # Errors
/// Storage faults only.
pub fn answer_question(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    asker: Asker<'_>,
    question: &Question,
) -> Result<Answer, Fault> {
    let acting;
    let asker = if asker.number == PAGE_LINE && !is_of_the_chat(question) {
        acting = tx
            .find_browser_of(ctx.office.id, asker.person)?
            .map(|row| seen(ctx, row));
        match acting.as_ref().and_then(acts_for) {
            Some(known) => known,
            None if needs_phone(question) => {
                let url = ctx.links.proof(&ctx.office.slug);
                return Ok(Answer::NeedsPhone { url });
            }
            None => asker,
        }
    } else {
        asker
    };
    let person = asker.person;
    Ok(match question {
        Question::ViewApplication { number, born_on } => {
            Answer::View(view_application(tx, ctx, person, number, *born_on)?)
        }
        Question::ViewBound => Answer::Bound(view_bound(tx, ctx, person)?),
        Question::Bind { code } => Answer::Bound(bind_phone(tx, ctx, asker, code)?),
        Question::IsFollowed { number } => Answer::Followed(tx.find_follow(ctx.office.id, person, number)?.is_some()),
        Question::Follow { number } => Answer::Follow(follow_application(tx, ctx, asker, number)?),
        Question::Unfollow { number } => {
            unfollow_application(tx, ctx, person, number.as_ref())?;
            Answer::Unfollowed
        }
        Question::NoteFile(media) => Answer::File(note_for_officer(tx, ctx, asker, media)?),
        Question::GiveFile(media) => Answer::File(give_to_officer(tx, ctx, asker, media)?),
        Question::OpenCase { kind, text, rating } => {
            let (number, files) = open_case(tx, ctx, asker, *kind, text, *rating)?;
            Answer::Opened { number, files }
        }
        Question::RateCase { case, rating } => Answer::Case(rate_case(tx, ctx, person, *case, *rating)?),
        Question::ListFree { service, places } => Answer::Free(list_free(tx, ctx, service, *places)?),
        Question::HoldPlaces { service, at, people } => {
            Answer::Booking(hold_places(tx, ctx, asker, service, *at, people)?)
        }
        Question::EnterOpening { service, date, people } => {
            Answer::Booking(enter_opening(tx, ctx, asker, service, *date, people)?)
        }
        Question::ConfirmBooking { id } => Answer::Booking(confirm_booking(tx, ctx, asker, *id)?),
        Question::ApproveBooking { code } => Answer::Booking(approve_booking(tx, ctx, asker, *code)?),
        Question::CancelBooking { id } => Answer::Booking(cancel_booking(tx, ctx, asker, *id)?),
        Question::MoveBooking { id, at } => Answer::Booking(move_booking(tx, ctx, asker, *id, *at)?),
        Question::ViewBookings => Answer::Bookings(view_bookings(tx, ctx, person)?),
        Question::ViewIntakes => Answer::Intakes(view_intakes(tx, ctx, person)?),
        Question::ChangeIntake { booking, place, change } => {
            Answer::Intake(change_intake(tx, ctx, asker, *booking, *place, change)?)
        }
        Question::ViewPlace => Answer::Place(tell_place(tx, ctx, person)?),
        Question::ViewOpening { service, date } => Answer::Opening(view_opening(tx, ctx, service, *date)?),
        Question::KeepSurvey(filled) => Answer::Survey(keep_filled(tx, ctx, person, filled)?),
        Question::FindCase { number } => Answer::CaseKind(kind_of_own_case(tx, ctx, person, number)?),
        Question::FindBrowser { code } => Answer::Browser(check_of(tx, ctx, asker, code)?),
        Question::TieBrowser { code } => Answer::Browser(tie(tx, ctx, asker, code)?),
        Question::RefuseBrowser { code } => {
            refuse(tx, ctx, asker, code)?;
            Answer::Browser(None)
        }
        Question::EnterRoom { service, date } => Answer::Room(enter_room(tx, ctx, asker, service, *date)?),
    })
}

/// What belongs to the chat in which it is said, whoever the browser acts for: it is answered there.
const fn is_of_the_chat(question: &Question) -> bool {
    matches!(
        question,
        Question::NoteFile(_)
            | Question::GiveFile(_)
            | Question::OpenCase { .. }
            | Question::RateCase { .. }
            | Question::KeepSurvey(_)
            | Question::FindCase { .. }
            | Question::FindBrowser { .. }
            | Question::TieBrowser { .. }
            | Question::RefuseBrowser { .. }
    )
}

/// What only somebody may ask whose phone is known: it is theirs, it brings messages, or it takes a place from others.
const fn needs_phone(question: &Question) -> bool {
    matches!(
        question,
        Question::Bind { .. }
            | Question::Follow { .. }
            | Question::HoldPlaces { .. }
            | Question::EnterOpening { .. }
            | Question::ConfirmBooking { .. }
            | Question::ApproveBooking { .. }
            | Question::CancelBooking { .. }
            | Question::MoveBooking { .. }
            | Question::ViewBookings
            | Question::ViewIntakes
            | Question::ChangeIntake { .. }
            | Question::EnterRoom { .. }
    )
}
