//! Opening hours and address: open or closed right now, the week, the next days off. All times are the office's own.

use jiff::civil::Date;

use crate::calendar::{self, OfficeStatus};
use crate::office::{DayException, Office, OpeningHours, Span};

use super::choice::*;
use super::messages::*;
use super::reply::{Arg, Choices, Reply};
use super::turn::Turn;

/// Days ahead in which days off are told.
const CLOSURE_DAYS_AHEAD: i64 = 14;
/// Days off told at most.
const CLOSURES_MAX: usize = 4;

pub(super) fn enter(turn: &mut Turn<'_>) -> Reply {
    let office = turn.world.office;
    let choices = Choices::Buttons(vec![QUEUE, HELPDESK, MENU]);
    let address_caution = address_caution(office);
    if office.hours.week.iter().all(Vec::is_empty) {
        return HOURS_UNKNOWN.say(choices).with("address_caution", address_caution);
    }
    let reply = match calendar::status_at(office, turn.world.now) {
        OfficeStatus::Open { until } => HOURS_OPEN.say(choices).with("until", Arg::Clock(until)),
        OfficeStatus::Closed { reason, next } => {
            let (day, time) = next.map_or((Arg::Empty, Arg::Empty), |(day, time)| {
                (Arg::Day(day), Arg::Clock(time))
            });
            HOURS_CLOSED
                .say(choices)
                .with("reason", reason.map_or(Arg::Empty, Arg::Text))
                .with("next_day", day)
                .with("next_time", time)
        }
    };
    let today = turn.today();
    reply
        .with("week", week(&office.hours))
        .with("closures", closures(turn, today))
        .with(
            "caution",
            if office.hours.is_confirmed {
                Arg::Empty
            } else {
                HOURS_CAUTION.words()
            },
        )
        .with("address_caution", address_caution)
}

/// That an address should be checked before somebody goes there, where no office has confirmed it.
pub(super) fn address_caution(office: &Office) -> Arg {
    if office.is_address_confirmed || office.address.is_none() {
        Arg::Empty
    } else {
        HOURS_ADDRESS_CAUTION.words()
    }
}

/// The week in as few lines as it takes: days in a row with equal hours share one.
fn week(hours: &OpeningHours) -> Arg {
    let mut runs: Vec<(u8, u8, &[Span])> = Vec::new();
    for (day, spans) in (0_u8..).zip(&hours.week) {
        match runs.last_mut() {
            Some((_, last, same)) if *same == spans.as_slice() => *last = day,
            _ => runs.push((day, day, spans)),
        }
    }
    let line = |(from, to, spans): (u8, u8, &[Span])| {
        Arg::Pair(Box::new(Arg::Weekdays(from, to)), Box::new(Arg::Hours(spans.to_vec())))
    };
    Arg::Lines(runs.into_iter().map(line).collect())
}

/// Days off in the next two weeks, with their reason.
fn closures(turn: &Turn<'_>, today: Date) -> Arg {
    let Ok(last) = today.checked_add(jiff::Span::new().days(CLOSURE_DAYS_AHEAD)) else {
        return Arg::Empty;
    };
    let closed = turn
        .world
        .office
        .exceptions
        .range(today..=last)
        .filter_map(|(day, exception)| match exception {
            DayException::Closed { reason, .. } => {
                Some(Arg::Pair(Box::new(Arg::Day(*day)), Box::new(Arg::Text(reason.clone()))))
            }
            DayException::Open { .. } => None,
        });
    let lines: Vec<Arg> = closed.take(CLOSURES_MAX).collect();
    HOURS_CLOSURES.lines("days", lines)
}
