//! The dialogue of 2017, as an old citizen types it: `#NAME#ddmmyyyy#ddmmyyyy`, then the approval code of eight digits.

use jiff::civil::Date;

use super::birth_date;
use super::booking::{name_of, people, wait, with_time};
use super::booking_days;
use super::booking_hold::{booking as answered, form, refused};
use super::booking_people::visitor;
use super::choice::*;
use super::dialogue::Question;
use super::messages::*;
use super::reply::{Arg, Choices};
use super::state::{BookingStep, Draft};
use super::turn::{Thought, Turn};
use crate::booking::slots::{DayState, WhyNot};
use crate::booking::{Service, Visitor};

/// Name, birth date and day from the command; the first free hour of that day is held.
pub(super) fn enter(turn: &mut Turn<'_>) -> Thought {
    let text = turn.value.clone().unwrap_or_default();
    let Some(service) = service_of(turn) else {
        return super::booking::enter(turn);
    };
    let Some((visitor, day)) = read(&text, turn.today()) else {
        wait(turn, BookingStep::People, Draft::of(&service.id));
        return Ok(BOOKING_OLD_UNREADABLE.say(Choices::Buttons(vec![BOOKING, OFFICER, MENU])));
    };
    let draft = Draft {
        people: vec![visitor],
        day: Some(day),
        ..Draft::of(&service.id)
    };
    let days = booking_days::free(turn, service, &draft)?;
    let first = days
        .iter()
        .find(|(known, _)| *known == day)
        .and_then(|(_, state)| match state {
            DayState::Free(hours) => hours.first().map(|(time, _)| day.to_datetime(*time)),
            DayState::Full | DayState::Not(_) => None,
        });
    let Some(at) = first else {
        let why = days.iter().find(|(known, _)| *known == day).map_or_else(
            || outside(turn, day),
            |(_, state)| match state {
                DayState::Not(why) => booking_days::words_of(why, day, None),
                DayState::Full | DayState::Free(_) => BOOKING_WHY_FULL_DAY.phrase(vec![("day", Arg::Day(day))]),
            },
        );
        let wish = day.to_datetime(jiff::civil::Time::midnight());
        let nearest = crate::booking::slots::nearest(days, wish, crate::limits::NEAREST_MAX);
        return Ok(booking_days::not_then(turn, draft, why, &nearest));
    };
    let answer = turn.ask(|| Question::HoldPlaces {
        service: service.id.clone(),
        at,
        people: draft.people.clone(),
    })?;
    Ok(match answered(answer) {
        Ok(view) if view.needs_nik => form(view),
        Ok(view) => {
            let reply = BOOKING_OLD_APPROVE
                .say(Choices::About {
                    value: view.id.to_string(),
                    buttons: vec![BOOKING_CONFIRM, BOOKING_CANCEL_YES],
                })
                .with("service", name_of(&view.service))
                .with("people", people(&view.people))
                .with(
                    "born",
                    Arg::Lines(view.people.iter().map(|visitor| Arg::Day(visitor.born_on)).collect()),
                )
                .with(
                    "code",
                    view.approval.map_or(Arg::Empty, |code| Arg::Text(code.to_string())),
                )
                .with("until", view.until.map_or(Arg::Empty, Arg::Moment));
            let draft = Draft {
                held: Some(at),
                hold: Some(view.id),
                ..draft
            };
            wait(turn, BookingStep::Check, draft);
            with_time(reply, view)
        }
        Err(refusal) => refused(turn, draft, Some(at), refusal),
    })
}

fn outside(turn: &Turn<'_>, day: Date) -> Arg {
    let why = if day < turn.today() {
        WhyNot::Past
    } else {
        WhyNot::NoPlaces
    };
    booking_days::words_of(&why, day, None)
}

/// The service that the command meant: the one at the counter. Where every service needs the NIK, the first of them.
fn service_of<'a>(turn: &Turn<'a>) -> Option<&'a Service> {
    let services = &turn.world.office.services;
    services
        .iter()
        .find(|service| !service.needs_nik)
        .or_else(|| services.first())
}

fn read(text: &str, today: Date) -> Option<(Visitor, Date)> {
    let mut parts = text.split('#').map(str::trim).filter(|part| !part.is_empty());
    let (name, born, day) = (parts.next()?, parts.next()?, parts.next()?);
    let born_on = birth_date::read(born, today)?;
    let visitor = visitor(&format!("{name} {born_on}"), today)?;
    let day = Date::strptime("%d%m%Y", day).ok()?;
    Some((visitor, day))
}
