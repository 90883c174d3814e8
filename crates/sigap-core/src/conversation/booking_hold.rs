//! From a chosen hour to a booking: hold, one summary to check, yes. And every polite no on the way.

use jiff::civil::DateTime;

use super::booking::{name_of, people, wait, with_time};
use super::booking_days::{caution, not_then, words_of};
use super::choice::*;
use super::dialogue::{Answer, Question};
use super::menu;
use super::messages::*;
use super::reply::{Arg, Choices, Reply};
use super::state::{BookingStep, Draft, Place};
use super::turn::{Thought, Turn};
use crate::booking::rules::NoChange;
use crate::booking::{BookingRefusal, BookingState, BookingView, Service};
use crate::ids::BookingId;

/// Holds the hour, or moves the booking that is being changed there.
pub(super) fn hold(turn: &mut Turn<'_>, service: &Service, draft: Draft, at: DateTime) -> Thought {
    if let Some(id) = draft.moving {
        let answer = turn.ask(|| Question::MoveBooking { id, at })?;
        return Ok(match booking(answer) {
            Ok(view) => done(turn, BOOKING_MOVED, view),
            Err(refusal) => refused(turn, draft, Some(at), refusal),
        });
    }
    let answer = turn.ask(|| Question::HoldPlaces {
        service: service.id.clone(),
        at,
        people: draft.people.clone(),
    })?;
    Ok(match booking(answer) {
        Ok(view) => check(turn, service, draft, at, view, BOOKING_CHECK),
        Err(refusal) => refused(turn, draft, Some(at), refusal),
    })
}

/// The summary: everything once, then yes or no. Where the NIK is needed, the form is the yes.
pub(super) fn check(
    turn: &mut Turn<'_>,
    service: &Service,
    mut draft: Draft,
    at: DateTime,
    view: &BookingView,
    spec: &'static MessageSpec,
) -> Reply {
    draft.held = Some(at);
    draft.hold = Some(view.id);
    draft.day = Some(at.date());
    wait(turn, BookingStep::Check, draft);
    if view.needs_nik {
        return form(view);
    }
    let reply = spec
        .say(Choices::About {
            value: view.id.to_string(),
            buttons: vec![BOOKING_CONFIRM, BOOKING_DAYS, BOOKING_CANCEL_YES],
        })
        .with("service", name_of(&view.service))
        .with("people", people(&view.people))
        .with("until", until(view))
        .with("caution", caution(service));
    with_time(reply, view)
}

/// A no to the summary: nothing is booked, and nothing is given back before it is said.
pub(super) fn not_yet(turn: &mut Turn<'_>, draft: Draft, id: BookingId) -> Reply {
    wait(turn, BookingStep::Check, draft);
    BOOKING_NOT_YET.say(Choices::About {
        value: id.to_string(),
        buttons: vec![BOOKING_DAYS, BOOKING_CANCEL_YES, BOOKING_CONFIRM],
    })
}

/// The form for the NIK.
pub(super) fn form(view: &BookingView) -> Reply {
    let reply = BOOKING_FORM
        .say(Choices::Link {
            label: "nik",
            url: view.url.clone().unwrap_or_default(),
        })
        .with("service", name_of(&view.service))
        .with("people", people(&view.people))
        .with("until", until(view));
    with_time(reply, view)
}

fn until(view: &BookingView) -> Arg {
    view.until.map_or(Arg::Empty, Arg::Moment)
}

/// Yes to a hold or an offer.
pub(super) fn confirm(turn: &mut Turn<'_>, id: BookingId, draft: Option<Draft>) -> Thought {
    let answer = turn.ask(|| Question::ConfirmBooking { id })?;
    if let (Answer::Booking(Err(BookingRefusal::Lapsed)), Some(draft)) = (answer, draft.clone())
        && let (Some(at), Some(service)) = (draft.held, super::booking::service(turn, &draft.service))
        && draft.moving.is_none()
    {
        // The yes came late: the same hour again, if it is still there.
        let again = turn.ask(|| Question::HoldPlaces {
            service: service.id.clone(),
            at,
            people: draft.people.clone(),
        })?;
        return Ok(match booking(again) {
            Ok(view) => check(turn, service, draft, at, view, BOOKING_CHECK_AGAIN),
            Err(refusal) => refused(turn, draft, Some(at), refusal),
        });
    }
    confirmed(turn, answer, draft)
}

/// What became of a yes.
pub(super) fn confirmed(turn: &mut Turn<'_>, answer: &Answer, draft: Option<Draft>) -> Thought {
    Ok(match booking(answer) {
        Ok(view) => done(turn, BOOKING_DONE, view),
        Err(refusal) => refused(turn, draft.unwrap_or_default(), None, refusal),
    })
}

/// Booked: code, when, where, how early, with the ticket.
pub(super) fn done(turn: &mut Turn<'_>, spec: &'static MessageSpec, view: &BookingView) -> Reply {
    turn.wait_for(Place::Open);
    let early = super::booking::service(turn, &view.service).map_or(0, |service| service.rules.early_minutes);
    let office = turn.world.office;
    let reply = spec
        .say(Choices::Link {
            label: "ticket",
            url: view.url.clone().unwrap_or_default(),
        })
        .with("code", Arg::Text(view.code.grouped()))
        .with("service", name_of(&view.service))
        .with("people", people(&view.people))
        .with("office", Arg::Office(view.office))
        .with("address", office.address.clone().map_or(Arg::Empty, Arg::Text))
        .with("early", Arg::Number(i64::from(early)));
    let reply = match super::intake::invitation(turn, &view.service) {
        ahead @ Arg::Key(_) if spec.key == BOOKING_DONE.key => reply.with("ahead", ahead),
        _ => reply,
    };
    with_time(reply, view)
}

/// A polite no with the next step.
pub(super) fn refused(turn: &mut Turn<'_>, draft: Draft, at: Option<DateTime>, refusal: &BookingRefusal) -> Reply {
    let service = name_of(&draft.service);
    let day = at.map(|at| at.date()).or(draft.day).unwrap_or_else(|| turn.today());
    match refusal {
        BookingRefusal::Full { nearest } => {
            let why = BOOKING_WHY_FULL.phrase(vec![
                ("day", Arg::Day(day)),
                ("time", at.map_or(Arg::Empty, |at| Arg::Clock(at.time()))),
            ]);
            not_then(turn, draft, why, nearest)
        }
        BookingRefusal::NotThen(why) => not_then(turn, draft, words_of(why, day, at), &[]),
        _ => {
            turn.wait_for(Place::Open);
            refused_for_good(service, refusal)
        }
    }
}

/// A no with the next step for a page, which has its own ways on.
#[must_use]
pub fn refusal_told(service: &str, refusal: &BookingRefusal, at: Option<DateTime>) -> Reply {
    let told = |why: Arg| {
        BOOKING_NOT_THEN
            .say(Choices::None)
            .with("why", why)
            .with("nearest", Arg::Empty)
    };
    match (refusal, at) {
        (BookingRefusal::Full { .. }, Some(at)) => {
            told(BOOKING_WHY_FULL.phrase(vec![("day", Arg::Day(at.date())), ("time", Arg::Clock(at.time()))]))
        }
        (BookingRefusal::NotThen(why), Some(at)) => told(words_of(why, at.date(), Some(at))),
        _ => refused_for_good(name_of(service), refusal),
    }
}

fn refused_for_good(service: Arg, refusal: &BookingRefusal) -> Reply {
    let buttons = |buttons: Vec<super::reply::Choice>| Choices::Buttons(buttons);
    match refusal {
        BookingRefusal::HasOne { is_own: true, .. } => BOOKING_HAS_OWN
            .say(buttons(vec![BOOKING_MINE, MENU]))
            .with("service", service),
        BookingRefusal::HasOne { office, .. } => BOOKING_HAS_OTHER
            .say(buttons(vec![OFFICER, HELPDESK, MENU]))
            .with("service", service)
            .with("office", office.map_or(Arg::Empty, Arg::Office)),
        BookingRefusal::TooMany { most } => BOOKING_TOO_MANY
            .say(buttons(vec![BOOKING_MINE, HELPDESK, MENU]))
            .with("most", Arg::Number(i64::from(*most))),
        BookingRefusal::Barred { until } => BOOKING_BARRED
            .say(buttons(vec![OFFICER, HELPDESK, MENU]))
            .with("until", Arg::Day(*until)),
        BookingRefusal::Lapsed => BOOKING_LAPSED.say(buttons(vec![BOOKING, BOOKING_MINE, MENU])),
        BookingRefusal::NotChangeable(why) => not_changeable(*why),
        BookingRefusal::NeedsNik { url } => BOOKING_NEEDS_NIK.say(Choices::Link {
            label: "nik",
            url: url.clone(),
        }),
        BookingRefusal::Helpdesk => BOOKING_HELPDESK.say(buttons(vec![OFFICER, HELPDESK, MENU])),
        BookingRefusal::NoService
        | BookingRefusal::Unknown
        | BookingRefusal::Full { .. }
        | BookingRefusal::NotThen(_) => BOOKING_UNKNOWN.say(buttons(vec![BOOKING, BOOKING_MINE, MENU])),
    }
}

fn not_changeable(why: NoChange) -> Reply {
    let choices = Choices::Buttons(vec![BOOKING_MINE, OFFICER, MENU]);
    match why {
        NoChange::NotLive => BOOKING_OVER.say(choices),
        NoChange::TooOften { most } => BOOKING_TOO_OFTEN
            .say(choices)
            .with("most", Arg::Number(i64::from(most))),
        NoChange::TooLate { last } => BOOKING_TOO_LATE
            .say(choices)
            .with("day", Arg::Day(last.date()))
            .with("time", Arg::Clock(last.time())),
    }
}

/// The answer of a use case; anything else than a booking counts as unknown.
pub(super) fn booking(answer: &Answer) -> Result<&BookingView, &BookingRefusal> {
    match answer {
        Answer::Booking(Ok(view)) => Ok(view),
        Answer::Booking(Err(refusal)) => Err(refusal),
        _ => Err(&BookingRefusal::Unknown),
    }
}

/// What an entry or an offer says after it was made without a form.
pub(super) fn after_entry(turn: &mut Turn<'_>, view: &BookingView) -> Reply {
    turn.wait_for(Place::Open);
    match view.state {
        BookingState::Entered => super::notice::entered(view),
        BookingState::Waiting => super::notice::waiting(view),
        BookingState::Offered => super::notice::offered(view),
        _ => menu::stale(turn),
    }
}
