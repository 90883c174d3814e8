//! Days whose places are not simply taken: draw, waiting list, waiting room. Each told in one plain message: what happens,
//! when, and the odds.

use jiff::civil::Date;

use super::booking::{name_of, wait};
use super::booking_days;
use super::booking_hold::{after_entry, booking, form, refused};
use super::choice::*;
use super::dialogue::{Answer, Question};
use super::messages::*;
use super::reply::{Arg, Choices, Reply};
use super::state::{BookingStep, Draft};
use super::turn::{Thought, Turn};
use crate::booking::slots::{DayState, nearest};
use crate::booking::{OpeningView, Release, RoomView, Service};
use crate::limits::{DRAWN_HOURS, NEAREST_MAX, OFFER_HOURS};

/// What a draw is, and whether to enter.
pub(super) fn tell_draw(turn: &mut Turn<'_>, service: &Service, mut draft: Draft, day: Date) -> Thought {
    let opening = view_opening(turn, service, day)?;
    let Some(Release::Draw {
        closes_at,
        drawn_at,
        public_value,
        ..
    }) = service.opening_on(day).map(|opening| &opening.release)
    else {
        return booking_days::ask(turn, service, draft, None);
    };
    let people = opening.people + u64::from(draft.places());
    draft.day = Some(day);
    wait(turn, BookingStep::Day, draft);
    Ok(BOOKING_DRAW
        .say(Choices::About {
            value: day.to_string(),
            buttons: vec![BOOKING_ENTER, BOOKING_DAYS, FEEDBACK_BROKER],
        })
        .with("day", Arg::Day(day))
        .with("places", count(opening.places))
        .with("people", count(opening.people))
        .with("odds", odds(&opening, people))
        .with("closes_day", Arg::Day(closes_at.date()))
        .with("closes_time", Arg::Clock(closes_at.time()))
        .with("drawn_day", Arg::Day(drawn_at.date()))
        .with("drawn_time", Arg::Clock(drawn_at.time()))
        .with("hours", Arg::Number(DRAWN_HOURS))
        .with("public", Arg::Text(public_value.clone())))
}

/// *About 1 in 5*, counted with those who ask; *everybody so far gets one* while there is room.
fn odds(opening: &OpeningView, people: u64) -> Arg {
    if people <= opening.places || opening.places == 0 {
        return BOOKING_ODDS_ALL.words();
    }
    let of = people.div_ceil(opening.places);
    BOOKING_ODDS.phrase(vec![("of", count(of))])
}

/// What a waiting list is, and whether to join.
pub(super) fn tell_list(turn: &mut Turn<'_>, mut draft: Draft, day: Date) -> Thought {
    let people = match super::booking::service(turn, &draft.service) {
        Some(service) => view_opening(turn, service, day)?.people,
        None => 0,
    };
    draft.day = Some(day);
    wait(turn, BookingStep::Day, draft);
    Ok(BOOKING_LIST
        .say(Choices::About {
            value: day.to_string(),
            buttons: vec![BOOKING_WAIT, BOOKING_DAYS],
        })
        .with("day", Arg::Day(day))
        .with("people", count(people))
        .with("hours", Arg::Number(OFFER_HOURS)))
}

/// A full day: the nearest free hours; where there are none, its waiting list.
pub(super) fn full_day(
    turn: &mut Turn<'_>,
    _service: &Service,
    draft: Draft,
    day: Date,
    days: &[(Date, DayState)],
) -> Thought {
    let nearest = nearest(days, day.to_datetime(jiff::civil::Time::midnight()), NEAREST_MAX);
    if nearest.is_empty() || draft.moving.is_some() {
        if draft.moving.is_some() {
            let why = BOOKING_WHY_FULL.phrase(vec![("day", Arg::Day(day))]);
            return Ok(booking_days::not_then(turn, draft, why, &nearest));
        }
        return tell_list(turn, draft, day);
    }
    let why = BOOKING_WHY_FULL_DAY.phrase(vec![("day", Arg::Day(day))]);
    let mut reply = booking_days::not_then(turn, draft, why, &nearest);
    if let Choices::Picks { rows, .. } = &mut reply.choices {
        rows.push(super::reply::Pick {
            choice: BOOKING_WAIT,
            value: day.to_string(),
            title: BOOKING_WAIT_ROW.words(),
            description: Arg::Day(day),
        });
    }
    Ok(reply)
}

/// Enters for the draw, or joins the list.
pub(super) fn enter_opening(turn: &mut Turn<'_>, service: &Service, draft: Draft, day: Date) -> Thought {
    let answer = turn.ask(|| Question::EnterOpening {
        service: service.id.clone(),
        date: day,
        people: draft.people.clone(),
    })?;
    Ok(match booking(answer) {
        Ok(view) if view.needs_nik => {
            let hold = Some(view.id);
            wait(turn, BookingStep::Check, Draft { hold, ..draft });
            form(view)
        }
        Ok(view) => after_entry(turn, view),
        Err(refusal) => refused(
            turn,
            draft,
            Some(day.to_datetime(jiff::civil::Time::midnight())),
            refusal,
        ),
    })
}

/// Goes into the waiting room, or looks where one stands; inside, the hours are shown.
pub(super) fn room(turn: &mut Turn<'_>, service: &Service, mut draft: Draft, day: Date) -> Thought {
    let answer = turn.ask(|| Question::EnterRoom {
        service: service.id.clone(),
        date: day,
    })?;
    draft.day = Some(day);
    let place = match answer {
        Answer::Room(Ok(place)) => place,
        Answer::Room(Err(refusal)) => {
            let at = day.to_datetime(jiff::civil::Time::midnight());
            return Ok(refused(turn, draft, Some(at), refusal));
        }
        _ => return booking_days::ask(turn, service, draft, None),
    };
    let choices = || Choices::About {
        value: day.to_string(),
        buttons: vec![BOOKING_ROOM, BOOKING_DAYS],
    };
    let reply: Reply = match &place.view {
        RoomView::Before { opens_at, inside } => BOOKING_ROOM_BEFORE
            .say(choices())
            .with("day", Arg::Day(day))
            .with("opens_day", Arg::Day(opens_at.date()))
            .with("opens_time", Arg::Clock(opens_at.time()))
            .with("inside", count(*inside)),
        RoomView::Waiting { ahead, about_at } => BOOKING_ROOM_WAITING
            .say(choices())
            .with("day", Arg::Day(day))
            .with("ahead", count(*ahead))
            .with("about", Arg::Clock(about_at.time())),
        RoomView::Inside { hours, .. } => {
            return Ok(booking_days::hours_inside(turn, draft, day, hours.clone()));
        }
        RoomView::Gone => return tell_list(turn, draft, day),
    };
    wait(turn, BookingStep::Day, draft);
    Ok(reply
        .with("service", name_of(&service.id))
        .with("url", Arg::Text(place.url.clone())))
}

fn view_opening(turn: &mut Turn<'_>, service: &Service, day: Date) -> Result<OpeningView, Question> {
    let answer = turn.ask(|| Question::ViewOpening {
        service: service.id.clone(),
        date: day,
    })?;
    Ok(match answer {
        Answer::Opening(Some(view)) => view.clone(),
        _ => OpeningView { people: 0, places: 0 },
    })
}

fn count(number: u64) -> Arg {
    Arg::count(number)
}
