//! *Paspor simpatik*: extra openings at weekends and holidays, by the office's own calendar.

use crate::office::DayException;

use super::booking;
use super::choice::*;
use super::messages::*;
use super::reply::{Arg, Choices, Reply};
use super::turn::Turn;

/// Openings told at most.
const OPENINGS_MAX: usize = 4;

pub(super) fn enter(turn: &mut Turn<'_>) -> Reply {
    let gives_places = booking::service(turn, SIMPATIK.0).is_some();
    let way = if gives_places { BOOKING } else { QUEUE };
    let choices = Choices::Buttons(vec![REQUIREMENTS, way, MENU]);
    let coming = turn
        .world
        .office
        .exceptions
        .range(turn.today()..)
        .filter_map(|(day, exception)| match exception {
            DayException::Open { spans, .. } if !spans.is_empty() => {
                Some(Arg::Pair(Box::new(Arg::Day(*day)), Box::new(Arg::Hours(spans.clone()))))
            }
            DayException::Open { .. } | DayException::Closed { .. } => None,
        });
    let dates: Vec<Arg> = coming.take(OPENINGS_MAX).collect();
    if dates.is_empty() {
        return SIMPATIK_NONE.say(choices);
    }
    let spec = if gives_places { SIMPATIK_BOOK } else { SIMPATIK_DATES };
    spec.say(choices).with("dates", Arg::Lines(dates))
}
