//! The form that books a visit: what for and how many, who, which day, which hour, everything once more. The place is taken with the last
//! button, by the rules of the chat; until then nothing is kept, and what was said travels with the form.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Serialize};
use sigap_actions::fill_form::FormSent;
use sigap_core::booking::slots::{DayState, WhyNot, planned};
use sigap_core::booking::{BookingRefusal, Service, Visitor, rules};
use sigap_core::calendar::local_date;
use sigap_core::conversation::reply::Arg;
use sigap_core::conversation::{read_person, refusal_told};
use sigap_core::intake::answers::YEARS_BACK_MAX;
use sigap_core::limits::PARTY_MAX;
use sigap_whatsapp::endpoint::Answer;
use sigap_whatsapp::flow::FlowOption;
use sigap_whatsapp::flow::booking::{
    CHECK, DAY, HOUR, PEOPLE, PERSONS, SERVICE, SO_FAR, check_screen, day_screen, done, hour_screen, people_screen,
    service_screen,
};

use super::{Filling, NotMade};

/// Closed days that are told above the calendar.
const CLOSED_TOLD_MAX: usize = 6;

/// What was said on earlier screens. It comes back from the phone, so it is believed no more than what is typed.
#[derive(Debug, Default, Serialize, Deserialize)]
struct SoFar {
    service: String,
    count: usize,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    people: Vec<Visitor>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    day: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<DateTime>,
}

impl SoFar {
    fn read(filling: &Filling<'_>) -> Self {
        serde_json::from_str(filling.request.words(SO_FAR)).unwrap_or_default()
    }

    fn to_text(&self) -> String {
        // Words and days into memory cannot fail; an empty text begins anew.
        serde_json::to_string(self).unwrap_or_default()
    }
}

pub(super) fn open(filling: &Filling<'_>, wrong: Option<String>) -> Answer {
    let services: Vec<FlowOption> = filling
        .words
        .office
        .services
        .iter()
        .map(|service| FlowOption::new(&service.id, filling.words.service(&service.id)))
        .collect();
    if services.is_empty() {
        return Answer::Over(filling.say("over"));
    }
    let most = filling.words.office.services.iter().map(most_of).max();
    let counts: Vec<FlowOption> = (1..=most.unwrap_or(1))
        .map(|count| {
            let words = filling
                .words
                .key("form.booking_people", &[("count", Arg::count(count))]);
            FlowOption::new(count.to_string(), words)
        })
        .collect();
    service_screen(&services, &counts, wrong)
}

pub(super) async fn go_on(filling: &Filling<'_>) -> Result<Answer, NotMade> {
    if filling.request.screen == SERVICE {
        return Ok(begun(filling));
    }
    let so_far = SoFar::read(filling);
    let Some(service) = service_of(filling, &so_far.service).filter(|_| (1..=PARTY_MAX).contains(&so_far.count)) else {
        return Ok(open(filling, Some(filling.say("booking_no_service"))));
    };
    match filling.request.screen.as_str() {
        PEOPLE => people_given(filling, service, so_far).await,
        DAY => day_given(filling, service, so_far).await,
        HOUR => hour_given(filling, service, so_far).await,
        CHECK => send(filling, service, so_far).await,
        _ => Ok(open(filling, None)),
    }
}

fn service_of<'a>(filling: &Filling<'a>, id: &str) -> Option<&'a Service> {
    filling.words.office.services.iter().find(|service| service.id == id)
}

/// How many one form can name.
fn most_of(service: &Service) -> usize {
    usize::from(service.most_people()).clamp(1, PARTY_MAX)
}

fn begun(filling: &Filling<'_>) -> Answer {
    let Some(service) = service_of(filling, filling.request.words("service")) else {
        return open(filling, Some(filling.say("booking_no_service")));
    };
    let most = most_of(service);
    let count = filling.request.words("count").parse::<usize>().unwrap_or(1).max(1);
    if count > most {
        let words = filling
            .words
            .key("form.booking_too_many", &[("most", Arg::count(most))]);
        return open(filling, Some(words));
    }
    let so_far = SoFar {
        service: service.id.clone(),
        count,
        ..SoFar::default()
    };
    ask_people(filling, &so_far, false, None)
}

fn today(filling: &Filling<'_>) -> Date {
    local_date(filling.words.office, filling.state.clock.now())
}

fn ask_people(filling: &Filling<'_>, so_far: &SoFar, asks_parent: bool, wrong: Option<String>) -> Answer {
    let latest = today(filling);
    let earliest = latest.checked_sub(YEARS_BACK_MAX.years()).unwrap_or(Date::MIN);
    let days = [earliest.to_string(), latest.to_string()];
    let days = days.each_ref().map(String::as_str);
    let about = filling.say("booking_who");
    people_screen(&so_far.to_text(), &about, so_far.count, days, asks_parent, wrong)
}

async fn people_given(filling: &Filling<'_>, service: &Service, mut so_far: SoFar) -> Result<Answer, NotMade> {
    let today = today(filling);
    let mut people: Vec<Visitor> = Vec::new();
    for (person, number) in PERSONS.iter().take(so_far.count).zip(1..) {
        let request = filling.request;
        let born = request.words(person.born);
        // The phone's calendar writes 1990-02-01; the rules read what people write.
        let born = born
            .parse::<Date>()
            .map_or_else(|_| born.to_owned(), |day| day.strftime("%d-%m-%Y").to_string());
        match read_person(request.words(person.name), &born, &people, today) {
            Ok(visitor) => people.push(visitor),
            Err(_) => {
                let words = filling
                    .words
                    .key("form.booking_person_wrong", &[("number", Arg::Number(number))]);
                return Ok(ask_people(filling, &so_far, false, Some(words)));
            }
        }
    }
    let has_parent = filling.request.data.get("parent").and_then(serde_json::Value::as_bool);
    if rules::is_without_adult(&service.rules, &people, today) && has_parent != Some(true) {
        let age = [("age", Arg::Number(i64::from(service.rules.adult_age)))];
        let words = filling.words.key("form.booking_parent_asked", &age);
        return Ok(ask_people(filling, &so_far, true, Some(words)));
    }
    so_far.people = people;
    match ask_day(filling, &so_far, None).await? {
        Some(answer) => Ok(answer),
        None => Ok(ask_people(
            filling,
            &so_far,
            false,
            Some(filling.say("booking_no_days")),
        )),
    }
}

async fn days_of(filling: &Filling<'_>, so_far: &SoFar) -> Result<Vec<(Date, DayState)>, NotMade> {
    let places = u8::try_from(so_far.people.len()).unwrap_or(u8::MAX).max(1);
    let service = &filling.state.service;
    let days = service.list_free(filling.office, so_far.service.clone(), places);
    days.await.map_err(NotMade::by)
}

/// The calendar; `None` when no day can be taken.
async fn ask_day(filling: &Filling<'_>, so_far: &SoFar, wrong: Option<String>) -> Result<Option<Answer>, NotMade> {
    let days = days_of(filling, so_far).await?;
    let mut free = days.iter().filter(|(_, state)| matches!(state, DayState::Free(_)));
    let Some((earliest, _)) = free.next() else {
        return Ok(None);
    };
    let latest = free.next_back().map_or(*earliest, |(day, _)| *day);
    let shown = || days.iter().filter(|(day, _)| (*earliest..=latest).contains(day));
    let closed: Vec<String> = shown()
        .filter(|(_, state)| !matches!(state, DayState::Free(_)))
        .map(|(day, _)| day.to_string())
        .collect();
    let told: Vec<Arg> = shown()
        .filter_map(|(day, state)| match state {
            DayState::Not(
                WhyNot::Closed {
                    reason: Some(reason), ..
                }
                | WhyNot::Stopped { reason },
            ) => Some(Arg::Pair(
                Box::new(Arg::ShortDay(*day)),
                Box::new(Arg::Text(reason.clone())),
            )),
            _ => None,
        })
        .take(CLOSED_TOLD_MAX)
        .collect();
    let mut about = vec![filling.words.service(&so_far.service)];
    if !told.is_empty() {
        about.push(filling.words.key("form.booking_closed", &[("days", Arg::Lines(told))]));
    }
    let is_elsewhere = |state: &DayState| {
        matches!(
            state,
            DayState::Not(WhyNot::ByDraw { .. } | WhyNot::ByList { .. } | WhyNot::ByRoom { .. })
        )
    };
    if days.iter().any(|(_, state)| is_elsewhere(state)) {
        about.push(filling.say("booking_elsewhere"));
    }
    let bounds = [earliest.to_string(), latest.to_string()];
    let bounds = bounds.each_ref().map(String::as_str);
    let so_far = so_far.to_text();
    Ok(Some(day_screen(&so_far, &about.join("\n\n"), bounds, &closed, wrong)))
}

async fn day_given(filling: &Filling<'_>, service: &Service, mut so_far: SoFar) -> Result<Answer, NotMade> {
    let Ok(day) = filling.request.words("day").parse::<Date>() else {
        return again_at_day(filling, &so_far, filling.say("missing")).await;
    };
    so_far.day = Some(day);
    ask_hour(filling, service, &so_far, day, None).await
}

async fn again_at_day(filling: &Filling<'_>, so_far: &SoFar, wrong: String) -> Result<Answer, NotMade> {
    match ask_day(filling, so_far, Some(wrong)).await? {
        Some(answer) => Ok(answer),
        None => Ok(Answer::Over(filling.say("booking_no_days"))),
    }
}

/// The hours of a day, the full ones too, which cannot be tapped.
async fn ask_hour(
    filling: &Filling<'_>,
    service: &Service,
    so_far: &SoFar,
    day: Date,
    wrong: Option<String>,
) -> Result<Answer, NotMade> {
    let days = days_of(filling, so_far).await?;
    let found = days.iter().find(|(known, _)| *known == day);
    let Some((_, DayState::Free(free))) = found else {
        return again_at_day(filling, so_far, filling.say("booking_day_hint")).await;
    };
    let left = |time: Time| free.iter().find(|(known, _)| *known == time).map(|(_, left)| *left);
    let mut times: Vec<Time> = planned(filling.words.office, service, day)
        .map(|slots| slots.into_iter().map(|slot| slot.time).collect())
        .unwrap_or_default();
    times.extend(free.iter().map(|(time, _)| *time));
    times.sort_unstable();
    times.dedup();
    let hours: Vec<FlowOption> = times
        .into_iter()
        .map(|time| {
            let about = match left(time) {
                Some(left) => {
                    let places = [("places", Arg::Number(i64::from(left)))];
                    filling.words.key("form.booking_left", &places)
                }
                None => filling.say("booking_full_hour"),
            };
            FlowOption {
                about: Some(about),
                is_free: left(time).is_some(),
                ..FlowOption::new(time.strftime("%H:%M").to_string(), filling.words.arg(&Arg::Clock(time)))
            }
        })
        .collect();
    let about = filling.words.arg(&Arg::Day(day));
    Ok(hour_screen(&so_far.to_text(), &about, &hours, wrong))
}

async fn hour_given(filling: &Filling<'_>, service: &Service, mut so_far: SoFar) -> Result<Answer, NotMade> {
    let Some(day) = so_far.day else {
        return again_at_day(filling, &so_far, filling.say("missing")).await;
    };
    let Ok(time) = filling.request.words("hour").parse::<Time>() else {
        return ask_hour(filling, service, &so_far, day, Some(filling.say("missing"))).await;
    };
    so_far.at = Some(day.to_datetime(time));
    Ok(check(filling, service, &so_far, &[], None))
}

fn check(
    filling: &Filling<'_>,
    service: &Service,
    so_far: &SoFar,
    nearest: &[DateTime],
    wrong: Option<String>,
) -> Answer {
    let at = so_far.at.unwrap_or_default();
    let people = so_far.people.iter().map(|visitor| Arg::Text(visitor.name.clone()));
    let mut about = vec![filling.words.key(
        "form.booking_summary",
        &[
            ("service", Arg::Key(format!("service.{}", service.id))),
            ("day", Arg::Day(at.date())),
            ("time", Arg::Clock(at.time())),
            ("office", Arg::Office(filling.office)),
            ("people", Arg::Lines(people.collect())),
        ],
    )];
    if !service.is_confirmed {
        about.push(filling.say("booking_caution"));
    }
    if service.needs_nik {
        about.push(filling.say("booking_nik"));
    }
    let others: Vec<FlowOption> = nearest
        .iter()
        .map(|at| {
            let day = filling.words.arg(&Arg::ShortDay(at.date()));
            let hour = filling.words.arg(&Arg::Hour(at.time()));
            FlowOption::new(at.to_string(), format!("{day}, {hour}"))
        })
        .collect();
    check_screen(&so_far.to_text(), &about.join("\n\n"), &others, wrong)
}

async fn send(filling: &Filling<'_>, service: &Service, mut so_far: SoFar) -> Result<Answer, NotMade> {
    if let Ok(other) = filling.request.words("other").parse() {
        so_far.at = Some(other);
    }
    let Some(at) = so_far.at.filter(|_| !so_far.people.is_empty()) else {
        return Ok(open(filling, Some(filling.say("missing"))));
    };
    let booked = filling.state.service.book_by_form(
        filling.office,
        filling.filler.clone(),
        service.id.clone(),
        at,
        so_far.people.clone(),
    );
    Ok(match booked.await.map_err(NotMade::by)? {
        FormSent::Done(view) => done(&filling.request.token, view.id),
        FormSent::Over => Answer::Over(filling.say("over")),
        FormSent::Refused(refusal) => {
            let told = refusal_told(&service.id, &refusal, Some(at));
            let words = filling.words.key(told.key, &told.args).replace('*', "");
            let nearest = match &refusal {
                BookingRefusal::Full { nearest } => nearest.as_slice(),
                _ => &[],
            };
            check(filling, service, &so_far, nearest, Some(words))
        }
    })
}
