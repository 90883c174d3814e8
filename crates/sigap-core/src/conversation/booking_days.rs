//! Which day and which hour. Closed and full days say why; a full wish is answered with the nearest free hours.

use jiff::civil::{Date, DateTime, Time};

use super::booking::{name_of, wait};
use super::booking_hold;
use super::booking_release;
use super::choice::*;
use super::dialogue::{Answer, Question};
use super::hearing::Heard;
use super::messages::*;
use super::reply::{Arg, Choices, Pick, Reply};
use super::state::{BookingStep, Draft};
use super::turn::{Thought, Turn};
use super::wanted::{self, NoDay};
use crate::booking::Service;
use crate::booking::slots::{self, DayState, WhyNot};
use crate::limits::{LIST_ROWS_MAX, NEAREST_MAX};

/// Days that are told as closed beside the list.
const CLOSURES_TOLD_MAX: usize = 4;

/// Lists days from a day on, or from today.
pub(super) fn ask(turn: &mut Turn<'_>, service: &Service, draft: Draft, from: Option<Date>) -> Thought {
    let days = free(turn, service, &draft)?;
    let from = from.unwrap_or_else(|| turn.today());
    let coming = || days.iter().filter(|(day, _)| *day >= from);
    // One row is for the days after these, one for the menu.
    let offered: Vec<&(Date, DayState)> = coming().filter(|(_, state)| is_worth_a_row(state)).collect();
    if offered.is_empty() {
        wait(turn, BookingStep::Day, draft);
        return Ok(no_days(service, days));
    }
    let shown = if offered.len() > LIST_ROWS_MAX - 1 {
        LIST_ROWS_MAX - 2
    } else {
        offered.len()
    };
    let last = offered.get(shown.saturating_sub(1)).map(|(day, _)| *day);
    let closures = closures(days, from, last);
    let mut rows: Vec<Pick> = offered
        .iter()
        .take(shown)
        .map(|(day, state)| Pick {
            choice: BOOKING_DAY,
            value: day.to_string(),
            title: Arg::ShortDay(*day),
            description: about(state),
        })
        .collect();
    if let Some((next, _)) = offered.get(shown) {
        rows.push(Pick {
            choice: BOOKING_DAYS,
            value: next.to_string(),
            title: BOOKING_LATER_DAYS.words(),
            description: Arg::Empty,
        });
    }
    let places = draft.places();
    wait(turn, BookingStep::Day, draft);
    Ok(BOOKING_DAYS_LIST
        .say(Choices::Picks {
            button: "days",
            rows,
            also: vec![MENU],
        })
        .with("service", name_of(&service.id))
        .with("people", Arg::Number(i64::from(places)))
        .with("closures", closures)
        .with("caution", caution(service)))
}

/// What is free, from the store.
pub(super) fn free<'a>(
    turn: &mut Turn<'a>,
    service: &Service,
    draft: &Draft,
) -> Result<&'a [(Date, DayState)], Question> {
    let answer = turn.ask(|| Question::ListFree {
        service: service.id.clone(),
        places: draft.places(),
    })?;
    Ok(match answer {
        Answer::Free(days) => days,
        _ => &[],
    })
}

/// The day that was asked for before anybody asked; without one, all of them.
pub(super) fn begin(turn: &mut Turn<'_>, service: &Service, draft: Draft) -> Thought {
    match draft.wanted.days {
        Some((first, _)) if draft.wanted.one_day().is_none() => ask(turn, service, draft, Some(first)),
        Some((day, _)) => picked(turn, service, draft, day),
        None => ask(turn, service, draft, None),
    }
}

/// A day, from the list or from a sentence.
pub(super) fn picked(turn: &mut Turn<'_>, service: &Service, draft: Draft, day: Date) -> Thought {
    let days = free(turn, service, &draft)?;
    on_day(turn, service, draft, days, day)
}

/// A day that was typed, perhaps with an hour.
pub(super) fn hear_day(turn: &mut Turn<'_>, heard: &Heard<'_>, service: &Service, mut draft: Draft) -> Option<Thought> {
    let now = turn.local_now();
    let said = wanted::read(heard.raw, now);
    if said.days.is_some() {
        draft.wanted = said;
        return Some(begin(turn, service, draft));
    }
    if let Some(no_day) = wanted::no_day(heard.raw, now) {
        return Some(tell_no_day(turn, service, draft, no_day));
    }
    let hours = said.hours.filter(|_| draft.day.is_some());
    hours.map(|hours| at_hour(turn, service, draft, hours))
}

/// An hour that was typed after the day was chosen.
pub(super) fn hear_hour(turn: &mut Turn<'_>, heard: &Heard<'_>, service: &Service, draft: Draft) -> Option<Thought> {
    let said = wanted::read(heard.raw, turn.local_now());
    let is_other_day = said.days.is_some() && said.one_day() != draft.day;
    match said.hours.or_else(|| bare_hour(heard.raw)) {
        Some(hours) if !is_other_day && draft.day.is_some() => Some(at_hour(turn, service, draft, hours)),
        _ => hear_day(turn, heard, service, draft),
    }
}

/// `9.30` or `10`: where hours are asked for, a number is one.
fn bare_hour(text: &str) -> Option<(Time, Time)> {
    let (hour, minute) = text.split_once(['.', ':']).unwrap_or((text, "0"));
    let time = Time::new(hour.trim().parse().ok()?, minute.trim().parse().ok()?, 0, 0).ok()?;
    Some((time, time))
}

/// Hours of the day that is chosen.
fn at_hour(turn: &mut Turn<'_>, service: &Service, mut draft: Draft, hours: (Time, Time)) -> Thought {
    let days = free(turn, service, &draft)?;
    let Some(day) = draft.day else {
        return ask(turn, service, draft, None);
    };
    let at = day.to_datetime(hours.0);
    let is_planned = slots::planned(turn.world.office, service, day)
        .is_ok_and(|slots| slots.iter().any(|slot| slot.time == at.time()));
    if hours.0 != hours.1 {
        draft.wanted.hours = Some(hours);
        return on_day(turn, service, draft, days, day);
    }
    if is_planned {
        return booking_hold::hold(turn, service, draft, at);
    }
    let why = words_of(&WhyNot::NoSuchHour, day, Some(at));
    Ok(not_then(turn, draft, why, &slots::nearest(days, at, NEAREST_MAX)))
}

/// Why no day was read, and the nearest free hours.
fn tell_no_day(turn: &mut Turn<'_>, service: &Service, draft: Draft, no_day: NoDay) -> Thought {
    let days = free(turn, service, &draft)?;
    let why = match no_day {
        NoDay::NoSuchDay => BOOKING_WHY_NO_DAY.words(),
        NoDay::Unknown => BOOKING_WHY_UNTOLD_DAY.words(),
    };
    let nearest = slots::nearest(days, turn.local_now(), NEAREST_MAX);
    Ok(not_then(turn, draft, why, &nearest))
}

/// The rest of the hours of a day, from one on.
pub(super) fn hours_from(turn: &mut Turn<'_>, service: &Service, draft: Draft, from: DateTime) -> Thought {
    let days = free(turn, service, &draft)?;
    match days.iter().find(|(day, _)| *day == from.date()) {
        Some((_, DayState::Free(hours))) => {
            let later = hours.iter().filter(|(time, _)| *time >= from.time()).copied().collect();
            Ok(hours_list(turn, draft, from.date(), later))
        }
        _ => on_day(turn, service, draft, days, from.date()),
    }
}

fn on_day(turn: &mut Turn<'_>, service: &Service, mut draft: Draft, days: &[(Date, DayState)], day: Date) -> Thought {
    // What was wanted is answered now; from here on the citizen chooses from what there is.
    let wanted = std::mem::take(&mut draft.wanted).hours;
    let state = days.iter().find(|(known, _)| *known == day).map(|(_, state)| state);
    match state {
        Some(DayState::Free(hours)) => {
            let Some((first, last)) = wanted else {
                return Ok(hours_list(turn, draft, day, hours.clone()));
            };
            let is_free = hours.iter().any(|(time, _)| *time == first);
            // A move happens at once, so that it needs the tap on an hour.
            if first == last && is_free && draft.moving.is_none() {
                return booking_hold::hold(turn, service, draft, day.to_datetime(first));
            }
            let fit: Vec<_> = hours
                .iter()
                .copied()
                .filter(|(time, _)| (first..=last).contains(time))
                .collect();
            Ok(hours_list(
                turn,
                draft,
                day,
                if fit.is_empty() { hours.clone() } else { fit },
            ))
        }
        Some(DayState::Full) => booking_release::full_day(turn, service, draft, day, days),
        Some(DayState::Not(why)) => not_on(turn, service, draft, day, days, why),
        // Beyond what is announced, or past.
        None if day < turn.today() => not_on(turn, service, draft, day, days, &WhyNot::Past),
        None => {
            let why = slots::why_not(turn.world.office, service, day, turn.world.now);
            not_on(turn, service, draft, day, days, &why.unwrap_or(WhyNot::NoPlaces))
        }
    }
}

fn not_on(
    turn: &mut Turn<'_>,
    service: &Service,
    draft: Draft,
    day: Date,
    days: &[(Date, DayState)],
    why: &WhyNot,
) -> Thought {
    match why {
        WhyNot::ByDraw { .. } => booking_release::tell_draw(turn, service, draft, day),
        WhyNot::ByList { .. } => booking_release::tell_list(turn, draft, day),
        WhyNot::ByRoom { .. } => booking_release::room(turn, service, draft, day),
        _ => {
            let wish = day.to_datetime(jiff::civil::Time::midnight());
            Ok(not_then(
                turn,
                draft,
                words_of(why, day, None),
                &slots::nearest(days, wish, NEAREST_MAX),
            ))
        }
    }
}

/// Why not, and the nearest free hours.
pub(super) fn not_then(turn: &mut Turn<'_>, draft: Draft, why: Arg, nearest: &[DateTime]) -> Reply {
    let rows = nearest
        .iter()
        .map(|at| Pick {
            choice: BOOKING_HOUR,
            value: at.to_string(),
            title: BOOKING_DAY_AND_HOUR.phrase(vec![("day", Arg::ShortDay(at.date())), ("time", Arg::Hour(at.time()))]),
            description: Arg::Empty,
        })
        .collect();
    wait(turn, BookingStep::Day, draft);
    let nearest_words = if nearest.is_empty() {
        Arg::Empty
    } else {
        BOOKING_NEAREST.words()
    };
    BOOKING_NOT_THEN
        .say(Choices::Picks {
            button: "days",
            rows,
            also: vec![BOOKING_DAYS, OFFICER, MENU],
        })
        .with("why", why)
        .with("nearest", nearest_words)
}

fn hours_list(turn: &mut Turn<'_>, mut draft: Draft, day: Date, hours: Vec<(jiff::civil::Time, u16)>) -> Reply {
    let shown = if hours.len() > LIST_ROWS_MAX - 1 {
        LIST_ROWS_MAX - 2
    } else {
        hours.len()
    };
    let mut rows: Vec<Pick> = hours
        .iter()
        .take(shown)
        .map(|(time, left)| Pick {
            choice: BOOKING_HOUR,
            value: day.to_datetime(*time).to_string(),
            title: Arg::Hour(*time),
            description: BOOKING_PLACES_LEFT.phrase(vec![("places", Arg::Number(i64::from(*left)))]),
        })
        .collect();
    if let Some((next, _)) = hours.get(shown) {
        rows.push(Pick {
            choice: BOOKING_HOURS,
            value: day.to_datetime(*next).to_string(),
            title: BOOKING_LATER_HOURS.words(),
            description: Arg::Empty,
        });
    }
    draft.day = Some(day);
    wait(turn, BookingStep::Hour, draft);
    BOOKING_HOURS_LIST
        .say(Choices::Picks {
            button: "hours",
            rows,
            also: vec![BOOKING_DAYS],
        })
        .with("day", Arg::Day(day))
}

/// Nothing at all: when the next places come out, if that is known.
fn no_days(service: &Service, days: &[(Date, DayState)]) -> Reply {
    let next = days.iter().find_map(|(_, state)| match state {
        DayState::Not(WhyNot::NotYet { opens_at }) => Some(*opens_at),
        _ => None,
    });
    let next = next.map_or(Arg::Empty, |opens_at| {
        BOOKING_NEXT_RELEASE.phrase(vec![
            ("day", Arg::Day(opens_at.date())),
            ("time", Arg::Clock(opens_at.time())),
        ])
    });
    BOOKING_NO_DAYS
        .say(Choices::Buttons(vec![QUEUE, OFFICER, MENU]))
        .with("service", name_of(&service.id))
        .with("next", next)
}

/// Days that can be taken somehow, and those that are full: there one may wait.
const fn is_worth_a_row(state: &DayState) -> bool {
    matches!(
        state,
        DayState::Free(_)
            | DayState::Full
            | DayState::Not(
                WhyNot::ByDraw { .. } | WhyNot::ByList { .. } | WhyNot::ByRoom { .. } | WhyNot::NotYet { .. }
            )
    )
}

fn about(state: &DayState) -> Arg {
    match state {
        DayState::Free(hours) => {
            let places = hours.iter().map(|(_, left)| i64::from(*left)).sum();
            BOOKING_PLACES_LEFT.phrase(vec![("places", Arg::Number(places))])
        }
        DayState::Full => BOOKING_ABOUT_FULL.words(),
        DayState::Not(WhyNot::ByDraw { closes_at, .. }) => BOOKING_ABOUT_DRAW.phrase(vec![
            ("day", Arg::ShortDay(closes_at.date())),
            ("time", Arg::Hour(closes_at.time())),
        ]),
        DayState::Not(WhyNot::ByList { .. }) => BOOKING_ABOUT_LIST.words(),
        DayState::Not(WhyNot::ByRoom { .. }) => BOOKING_ABOUT_ROOM.words(),
        DayState::Not(WhyNot::NotYet { opens_at }) => BOOKING_ABOUT_NOT_YET.phrase(vec![
            ("day", Arg::ShortDay(opens_at.date())),
            ("time", Arg::Hour(opens_at.time())),
        ]),
        DayState::Not(_) => Arg::Empty,
    }
}

/// Holidays among the days shown, with their names: nobody has to guess why a day is missing.
fn closures(days: &[(Date, DayState)], from: Date, to: Option<Date>) -> Arg {
    let told: Vec<Arg> = days
        .iter()
        .filter(|(day, _)| *day >= from && to.is_none_or(|to| *day <= to))
        .filter_map(|(day, state)| match state {
            DayState::Not(WhyNot::Closed {
                reason: Some(reason), ..
            })
            | DayState::Not(WhyNot::Stopped { reason }) => Some(Arg::Pair(
                Box::new(Arg::ShortDay(*day)),
                Box::new(Arg::Text(reason.clone())),
            )),
            _ => None,
        })
        .take(CLOSURES_TOLD_MAX)
        .collect();
    BOOKING_CLOSURES.lines("days", told)
}

/// Rules that the office has not confirmed are told as such.
pub(super) fn caution(service: &Service) -> Arg {
    if service.is_confirmed {
        Arg::Empty
    } else {
        BOOKING_CAUTION.words()
    }
}

/// A reason in words: for the chat, and for the desk.
#[must_use]
pub fn words_of(why: &WhyNot, day: Date, at: Option<DateTime>) -> Arg {
    let named = || ("day", Arg::Day(day));
    let moment = |at: &DateTime| vec![("day", Arg::Day(at.date())), ("time", Arg::Clock(at.time()))];
    match why {
        WhyNot::Past => BOOKING_WHY_PAST.phrase(vec![named()]),
        WhyNot::TooLate => BOOKING_WHY_TOO_LATE.phrase(vec![named()]),
        WhyNot::Closed {
            reason: Some(reason),
            is_estimated,
        } => {
            let spec = if *is_estimated {
                BOOKING_WHY_ESTIMATED
            } else {
                BOOKING_WHY_CLOSED
            };
            spec.phrase(vec![named(), ("reason", Arg::Text(reason.clone()))])
        }
        WhyNot::Closed { reason: None, .. } => BOOKING_WHY_WEEKDAY.phrase(vec![named()]),
        WhyNot::NoPlaces => BOOKING_WHY_NO_PLACES.phrase(vec![named()]),
        WhyNot::NotYet { opens_at } => BOOKING_WHY_NOT_YET.phrase(moment(opens_at)),
        WhyNot::NoSuchHour => BOOKING_WHY_NO_HOUR.phrase(vec![
            named(),
            ("time", at.map_or(Arg::Empty, |at| Arg::Clock(at.time()))),
        ]),
        WhyNot::Drawing { drawn_at } => BOOKING_WHY_DRAWING.phrase(moment(drawn_at)),
        WhyNot::Stopped { reason } => BOOKING_WHY_STOPPED.phrase(vec![named(), ("reason", Arg::Text(reason.clone()))]),
        WhyNot::ByDraw { .. } | WhyNot::ByList { .. } | WhyNot::ByRoom { .. } => {
            BOOKING_WHY_RELEASE.phrase(vec![named()])
        }
    }
}

/// The hours for somebody whom the waiting room has let in.
pub(super) fn hours_inside(
    turn: &mut Turn<'_>,
    draft: Draft,
    day: Date,
    hours: Vec<(jiff::civil::Time, u16)>,
) -> Reply {
    hours_list(turn, draft, day, hours)
}
