//! Bookings, entries and offers under this contact: looking, changing, cancelling.

use sigap_understand::classify::Intent;

use super::booking::{self, name_of, people, with_time};
use super::booking_days;
use super::booking_hold::{booking as answered, form, refused};
use super::choice::*;
use super::dialogue::{Answer, Question};
use super::messages::*;
use super::reply::{Arg, Choice, Choices, Pick, Reply};
use super::state::{Draft, Place};
use super::turn::{Thought, Turn};
use crate::booking::{BookingState, BookingView};
use crate::ids::BookingId;
use crate::limits::LIST_ROWS_MAX;

pub(super) fn enter(turn: &mut Turn<'_>) -> Thought {
    turn.wait_for(Place::Open);
    let bookings = list(turn)?;
    Ok(told(turn, bookings))
}

/// As a sentence asks for it: somebody with one booking is asked at once whether it is given back, or to when it moves.
pub(super) fn enter_for(turn: &mut Turn<'_>) -> Thought {
    turn.wait_for(Place::Open);
    let bookings = list(turn)?;
    match (bookings, turn.intent) {
        ([only], Some(Intent::QueueCancel)) if only.state == BookingState::Booked => Ok(sure(only)),
        ([only], Some(Intent::QueueReschedule)) if only.state == BookingState::Booked => change_of(turn, only),
        _ => Ok(told(turn, bookings)),
    }
}

fn told(turn: &Turn<'_>, bookings: &[BookingView]) -> Reply {
    match bookings {
        [] => BOOKING_MINE_NONE.say(Choices::Buttons(vec![BOOKING, QUEUE, MENU])),
        [only] => one(turn, only),
        several => {
            let rows = several
                .iter()
                .take(LIST_ROWS_MAX - 1)
                .map(|view| Pick {
                    choice: BOOKING_SHOW,
                    value: view.id.to_string(),
                    title: match view.at {
                        Some(at) => BOOKING_DAY_AND_HOUR
                            .phrase(vec![("day", Arg::ShortDay(view.day)), ("time", Arg::Hour(at.time()))]),
                        None => Arg::ShortDay(view.day),
                    },
                    description: Arg::Pair(Box::new(name_of(&view.service)), Box::new(state_of(view))),
                })
                .collect();
            BOOKING_MINE_MANY.say(Choices::Picks {
                button: "choose",
                rows,
                also: vec![MENU],
            })
        }
    }
}

/// One of several.
pub(super) fn show(turn: &mut Turn<'_>, id: BookingId) -> Thought {
    let found = list(turn)?.iter().find(|view| view.id == id);
    Ok(match found {
        Some(view) => one(turn, view),
        None => unknown(),
    })
}

fn one(turn: &Turn<'_>, view: &BookingView) -> Reply {
    if view.state == BookingState::Held && view.needs_nik {
        return form(view);
    }
    let buttons: Vec<Choice> = match view.state {
        BookingState::Offered => vec![BOOKING_ACCEPT, BOOKING_CANCEL_YES, MENU],
        // The menu is reached by its number; the third button is for what has to be done before the visit.
        BookingState::Booked if super::intake::is_given_for(turn, &view.service) => {
            vec![INTAKE, BOOKING_CHANGE, BOOKING_CANCEL]
        }
        BookingState::Booked => vec![BOOKING_CHANGE, BOOKING_CANCEL, MENU],
        _ => vec![BOOKING_CANCEL, MENU],
    };
    let early = booking::service(turn, &view.service).map_or(0, |service| service.rules.early_minutes);
    let reply = BOOKING_MINE_ONE
        .say(Choices::About {
            value: view.id.to_string(),
            buttons,
        })
        .with("service", name_of(&view.service))
        .with("state", state_of(view))
        .with("code", Arg::Text(view.code.grouped()))
        .with("people", people(&view.people))
        .with(
            "until",
            view.until.map_or(Arg::Empty, |until| {
                BOOKING_UNTIL.phrase(vec![("until", Arg::Moment(until))])
            }),
        )
        .with(
            "early",
            if view.state == BookingState::Booked {
                Arg::Number(i64::from(early))
            } else {
                Arg::Empty
            },
        )
        .with(
            "url",
            match (&view.url, view.state) {
                (Some(url), BookingState::Booked) => Arg::Text(url.clone()),
                _ => Arg::Empty,
            },
        );
    with_time(reply, view)
}

/// Another day or hour: the same way as for a new booking.
pub(super) fn change(turn: &mut Turn<'_>, id: BookingId) -> Thought {
    match list(turn)?.iter().find(|view| view.id == id) {
        Some(view) => change_of(turn, view),
        None => Ok(unknown()),
    }
}

fn change_of(turn: &mut Turn<'_>, view: &BookingView) -> Thought {
    let Some(service) = booking::service(turn, &view.service) else {
        return Ok(unknown());
    };
    if let Err(why) = crate::booking::rules::may_move(turn.world.office, &service.rules, view, turn.world.now) {
        let refusal = crate::booking::BookingRefusal::NotChangeable(why);
        return Ok(refused(turn, Draft::of(&view.service), view.at, &refusal));
    }
    let draft = Draft {
        people: view.people.clone(),
        moving: Some(view.id),
        wanted: std::mem::take(&mut turn.wanted),
        ..Draft::of(&view.service)
    };
    booking_days::begin(turn, service, draft)
}

/// Asks once.
pub(super) fn ask_cancel(turn: &mut Turn<'_>, id: BookingId) -> Thought {
    let found = list(turn)?.iter().find(|view| view.id == id);
    Ok(found.map_or_else(unknown, sure))
}

fn sure(view: &BookingView) -> Reply {
    let reply = BOOKING_CANCEL_SURE
        .say(Choices::About {
            value: view.id.to_string(),
            buttons: vec![BOOKING_CANCEL_YES, BOOKING_MINE],
        })
        .with("service", name_of(&view.service))
        .with("people", people(&view.people));
    with_time(reply, view)
}

fn unknown() -> Reply {
    BOOKING_UNKNOWN.say(Choices::Buttons(vec![BOOKING, BOOKING_MINE, MENU]))
}

pub(super) fn cancel(turn: &mut Turn<'_>, id: BookingId) -> Thought {
    let answer = turn.ask(|| Question::CancelBooking { id })?;
    Ok(match answered(answer) {
        Ok(view) => {
            turn.wait_for(Place::Open);
            let reply = BOOKING_CANCELLED
                .say(Choices::Buttons(vec![BOOKING, MENU]))
                .with("service", name_of(&view.service));
            with_time(reply, view)
        }
        Err(refusal) => refused(turn, Draft::default(), None, refusal),
    })
}

fn list<'a>(turn: &mut Turn<'a>) -> Result<&'a [BookingView], Question> {
    Ok(match turn.ask(|| Question::ViewBookings)? {
        Answer::Bookings(bookings) => bookings,
        _ => &[],
    })
}

/// How far a booking is, in words.
fn state_of(view: &BookingView) -> Arg {
    match view.state {
        BookingState::Held => BOOKING_STATE_HELD,
        BookingState::Entered => BOOKING_STATE_ENTERED,
        BookingState::Waiting => BOOKING_STATE_WAITING,
        BookingState::Offered => BOOKING_STATE_OFFERED,
        BookingState::Booked => BOOKING_STATE_BOOKED,
        BookingState::Attended => BOOKING_STATE_ATTENDED,
        BookingState::Missed => BOOKING_STATE_MISSED,
        BookingState::Cancelled => BOOKING_STATE_CANCELLED,
        BookingState::Lapsed => BOOKING_STATE_LAPSED,
    }
    .words()
}
