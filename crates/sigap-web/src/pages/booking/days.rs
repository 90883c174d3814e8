//! `/o/{office}/antrean/hari`: the days of a service as a calendar, each with what can be had on it. A closed day says why when it is tapped.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use serde::Deserialize;
use sigap_core::booking::slots::{DayState, WhyNot};
use sigap_core::conversation::reply::Arg;
use sigap_core::conversation::why_not_in_words;

use super::{days_of, draft_of, service_of};
use crate::pages::visitor::Visitor;
use crate::pages::{Words, nowhere, private_page};
use crate::routes::AppState;

/// Days of a week.
const WEEK: usize = 7;

#[derive(Template)]
#[template(path = "visitor/days.html")]
struct DaysPage<'a> {
    words: Words<'a>,
    slug: &'a str,
    service: String,
    weekdays: Vec<(String, String)>,
    months: Vec<Month>,
    why: String,
    next: Option<(String, String)>,
    is_moving: bool,
}

struct Month {
    name: String,
    weeks: Vec<Vec<Option<Day>>>,
}

/// A day of the calendar.
struct Day {
    number: i8,
    kind: &'static str,
    sign: String,
    name: String,
    href: String,
}

/// A day that was tapped to hear why it is closed.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Why {
    #[serde(default)]
    kenapa: Option<Date>,
}

/// The calendar.
pub(crate) async fn show(
    State(state): State<AppState>,
    visitor: Visitor,
    why: Result<Query<Why>, axum::extract::rejection::QueryRejection>,
) -> Response {
    let (Some(office), Some(words)) = (visitor.office(&state), visitor.words(&state)) else {
        return nowhere();
    };
    let draft = draft_of(&visitor);
    let Some(service) = service_of(office, &draft) else {
        return visitor.go("/antrean");
    };
    if draft.people.is_empty() {
        return visitor.go("/antrean/orang");
    }
    let free = match days_of(&state, &visitor, &draft).await {
        Err(response) => return response,
        Ok(free) => free,
    };
    let asked = why.ok().and_then(|Query(why)| why.kenapa);
    let why = asked
        .and_then(|day| free.iter().find(|(known, _)| *known == day))
        .map(|(day, state)| why_words(words, *day, state))
        .unwrap_or_default();
    let next = free.iter().find(|(_, state)| matches!(state, DayState::Free(_)));
    let page = DaysPage {
        slug: &visitor.slug,
        service: words.service(&service.id),
        weekdays: (0..7)
            .map(|day| {
                let name = words.arg(&Arg::Weekdays(day, day));
                (name.chars().take(3).collect(), name)
            })
            .collect(),
        months: months(words, &visitor.slug, &free),
        why,
        next: next.map(|(day, _)| {
            (
                format!("/o/{}/antrean/jam?hari={day}", visitor.slug),
                words.arg(&Arg::Day(*day)),
            )
        }),
        is_moving: draft.moving.is_some(),
        words,
    };
    visitor.answer(private_page(StatusCode::OK, &page))
}

/// Why nothing can be had on a day.
fn why_words(words: Words<'_>, day: Date, state: &DayState) -> String {
    match state {
        DayState::Not(why) => words.arg(&why_not_in_words(why, day, None)),
        DayState::Full => words.key("booking.why_full_day", &[("day", Arg::Day(day))]),
        DayState::Free(_) => String::new(),
    }
}

fn months(words: Words<'_>, slug: &str, free: &[(Date, DayState)]) -> Vec<Month> {
    let mut months: Vec<(Date, Vec<Option<Day>>)> = Vec::new();
    for (day, state) in free {
        let first = day.first_of_month();
        if months.last().is_none_or(|(known, _)| *known != first) {
            months.push((first, Vec::new()));
        }
        let Some((_, days)) = months.last_mut() else {
            continue;
        };
        if days.is_empty() {
            let before = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or_default();
            days.extend((0..before).map(|_| None));
        }
        days.push(Some(one_day(words, slug, *day, state)));
    }
    months
        .into_iter()
        .map(|(first, days)| {
            let mut weeks: Vec<Vec<Option<Day>>> = Vec::new();
            for day in days {
                match weeks.last_mut() {
                    Some(week) if week.len() < WEEK => week.push(day),
                    _ => weeks.push(vec![day]),
                }
            }
            if let Some(last) = weeks.last_mut() {
                last.resize_with(WEEK, || None);
            }
            Month {
                name: words.month(first),
                weeks,
            }
        })
        .collect()
}

fn one_day(words: Words<'_>, slug: &str, day: Date, state: &DayState) -> Day {
    let (kind, sign) = match state {
        DayState::Free(hours) => {
            let left: i64 = hours.iter().map(|(_, left)| i64::from(*left)).sum();
            ("free", words.with_web("day_free", &[("count", Arg::Number(left))]))
        }
        DayState::Full => ("list", words.w("day_full")),
        DayState::Not(WhyNot::ByDraw { .. }) => ("draw", words.w("day_draw")),
        DayState::Not(WhyNot::ByList { .. }) => ("list", words.w("day_list")),
        DayState::Not(WhyNot::ByRoom { .. }) => ("draw", words.w("day_room")),
        DayState::Not(WhyNot::NotYet { .. } | WhyNot::Drawing { .. }) => ("closed", words.w("day_later")),
        DayState::Not(
            WhyNot::Past
            | WhyNot::TooLate
            | WhyNot::Closed { .. }
            | WhyNot::NoPlaces
            | WhyNot::NoSuchHour
            | WhyNot::Stopped { .. },
        ) => ("closed", words.w("day_closed")),
    };
    let page = if kind == "closed" { "hari?kenapa" } else { "jam?hari" };
    Day {
        number: day.day(),
        kind,
        name: words.arg(&Arg::Day(day)),
        sign,
        href: format!("/o/{slug}/antrean/{page}={day}"),
    }
}
