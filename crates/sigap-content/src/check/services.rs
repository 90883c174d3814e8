//! Services that can be booked: places that can really be given, special days in time, words for them.

use std::collections::HashSet;

use jiff::SignedDuration;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use sigap_core::booking::service::SlotPlan;
use sigap_core::booking::{Opening, Release, Service};
use sigap_core::limits::{DRAWN_HOURS, FREE_DAYS_MAX};
use sigap_core::office::{DayException, Office, Span};

use super::CheckReport;
use super::offices::{check_from, check_source, overlap};
use super::texts::COMPLETE;
use crate::content::{Content, place};
use crate::office_file::OfficeFile;

/// The shortest slot: `limits::SLOTS_PER_DAY_MAX` of them fill a day.
const SLOT_MINUTES_MIN: u16 = 10;
/// The longest slot: a working day.
const SLOT_MINUTES_MAX: u16 = 480;
/// An opening further away is a slip of the finger, or not decided yet.
const OPENING_DAYS_AHEAD_MAX: i64 = 366;
/// So long people may ask for the record of a draw: the longest deadline of a complaint, 60 working days, and a week.
const OPENING_DAYS_KEPT: i64 = 91;
/// Nobody needs a grown-up above this age.
const ADULT_AGE_MAX: u8 = 21;
const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

pub(super) fn check(
    content: &Content,
    path: &str,
    office: Option<&Office>,
    file: &OfficeFile,
    today: Date,
    report: &mut CheckReport,
) {
    let mut ids = HashSet::new();
    for service in &file.service {
        report.checked += 1;
        let id = service.id.as_str();
        if !ids.insert(id) {
            report.error(path, id, "the service stands twice", "join the two");
        }
        for language in COMPLETE {
            if content.texts[place(language)].words.find("service", id).is_none() {
                let next_step = format!("write it in texts/{}/service.toml", language.code());
                report.error(path, id, "the service has no name for citizens", next_step);
            }
        }
        if !service.is_confirmed {
            report.note(path, id, "nobody has confirmed it", "ask the office");
        }
        check_source(content.catalogue(), path, id, &service.source, report);
        check_from(path, id, service.from, today, report);
    }
    let Some(office) = office else {
        if !file.service.is_empty() {
            let next_step = "write them in the file of an office";
            report.error(path, "service", "no office offers these services", next_step);
        }
        return;
    };
    for service in &office.services {
        check_plans(path, office, service, report);
        check_rules(path, service, report);
        for opening in &service.openings {
            report.checked += 1;
            check_opening(path, office, service, opening, today, report);
        }
    }
}

fn check_plans(path: &str, office: &Office, service: &Service, report: &mut CheckReport) {
    let id = service.id.as_str();
    if !(SLOT_MINUTES_MIN..=SLOT_MINUTES_MAX).contains(&service.slot_minutes) {
        let what = format!("a slot has {SLOT_MINUTES_MIN} to {SLOT_MINUTES_MAX} minutes");
        report.error(path, id, what, "mend `slot_minutes`");
    }
    for ((day, plan), hours) in WEEKDAYS.iter().zip(&service.week).zip(&office.hours.week) {
        let key = format!("{id} {day}");
        check_plan(path, &key, service, plan, report);
        check_within(path, &key, plan, hours, report);
    }
    if service.week.iter().all(Vec::is_empty) && service.openings.is_empty() {
        let next_step = "write [[service.week]] or [[service.opening]], or delete it";
        report.warn(path, id, "it gives no places on any day", next_step);
    }
}

/// A plan of one day by itself.
fn check_plan(path: &str, key: &str, service: &Service, plan: &[SlotPlan], report: &mut CheckReport) {
    let length = SignedDuration::from_mins(i64::from(service.slot_minutes));
    if plan.iter().any(|plan| plan.places == 0) {
        let next_step = "give it at least one, or delete the hours";
        report.error(path, key, "a slot has no places", next_step);
    }
    if plan
        .iter()
        .any(|plan| plan.span.from.duration_until(plan.span.to) < length)
    {
        let next_step = "mend the hours or `slot_minutes`";
        report.error(path, key, "the hours are shorter than one slot", next_step);
    }
    let mut spans: Vec<Span> = plan.iter().map(|plan| plan.span).collect();
    spans.sort_by_key(|span| span.from);
    if overlap(&spans) {
        report.error(path, key, "hours of one day overlap", "mend the hours");
    }
}

fn check_within(path: &str, key: &str, plan: &[SlotPlan], hours: &[Span], report: &mut CheckReport) {
    let is_within = |span: Span| hours.iter().any(|open| open.from <= span.from && span.to <= open.to);
    if plan.iter().any(|plan| !is_within(plan.span)) {
        let next_step = "mend one of the two: citizens would stand before a closed door";
        report.error(path, key, "places lie outside the office's hours", next_step);
    }
}

fn check_rules(path: &str, service: &Service, report: &mut CheckReport) {
    let rules = &service.rules;
    let id = service.id.as_str();
    if rules.people_per_contact_max < rules.party_max {
        let next_step = "raise `people_per_contact_max` or lower `party_max`";
        report.error(path, id, "a contact may not book a whole party", next_step);
    }
    if rules.horizon_days == 0 || usize::from(rules.horizon_days) > FREE_DAYS_MAX {
        let what = format!("places are given 1 to {FREE_DAYS_MAX} days ahead");
        report.error(path, id, what, "mend `horizon_days`");
    }
    if rules.adult_age > ADULT_AGE_MAX {
        report.error(path, id, "nobody is a child at that age", "mend `adult_age`");
    }
    if rules.missed_bar_days > 0 && !rules.marks_attendance {
        let what = "people are barred for visits that nobody marks";
        report.error(path, id, what, "set `marks_attendance`, or `missed_bar_days = 0`");
    }
}

fn check_opening(
    path: &str,
    office: &Office,
    service: &Service,
    opening: &Opening,
    today: Date,
    report: &mut CheckReport,
) {
    let key = format!("{} {}", service.id, opening.date);
    let key = key.as_str();
    if opening
        .date
        .checked_add(OPENING_DAYS_KEPT.days())
        .is_ok_and(|last| last < today)
    {
        let next_step = "keep its record if it was drawn, and delete it: its page goes with it";
        report.warn(path, key, "the opening has been over for long", next_step);
    } else if today
        .checked_add(OPENING_DAYS_AHEAD_MAX.days())
        .is_ok_and(|last| opening.date > last)
    {
        report.warn(path, key, "the opening is more than a year away", "check the year");
    }
    if opening.plan.is_empty() {
        report.error(path, key, "the opening has no hours", "write `hours`");
        return;
    }
    check_plan(path, key, service, &opening.plan, report);
    match office.exceptions.get(&opening.date) {
        Some(DayException::Closed { reason, .. }) => {
            let what = format!("the office is closed on that day: {reason}");
            report.error(path, key, what, "delete the exception or the opening");
        }
        Some(DayException::Open { spans, .. }) => check_within(path, key, &opening.plan, spans, report),
        None => {}
    }
    let planned: u64 = opening
        .plan
        .iter()
        .map(|plan| held_by(plan, service.slot_minutes))
        .sum();
    match opening.day_places {
        Some(0) => report.error(path, key, "the day has no places", "mend `day_places`"),
        Some(day) if u64::from(day) >= planned => {
            let what = format!("the hours hold {planned} people, so `day_places` says nothing");
            report.warn(path, key, what, "delete it, or give the hours more places");
        }
        _ => {}
    }
    check_release(path, key, opening, report);
}

fn check_release(path: &str, key: &str, opening: &Opening, report: &mut CheckReport) {
    let first = opening.plan.iter().map(|plan| plan.span.from).min().unwrap_or_default();
    let begins_at = opening.date.to_datetime(first);
    match &opening.release {
        Release::FirstCome { .. } => {}
        Release::Shuffled { per_minute, .. } => {
            if *per_minute == 0 {
                let next_step = "write how many people a minute in `per_minute`";
                report.error(path, key, "nobody is let in", next_step);
            }
        }
        Release::Draw {
            drawn_at, public_value, ..
        } => {
            check_answers(path, key, *drawn_at, begins_at, report);
            if public_value.trim().is_empty() {
                let next_step = "name a value in `public_value` that nobody knows when entries close";
                report.error(path, key, "no public value is mixed in", next_step);
            }
        }
        Release::WaitingList { offers_at, .. } => check_answers(path, key, *offers_at, begins_at, report),
    }
}

/// Whoever gets a place needs time to say yes.
fn check_answers(path: &str, key: &str, given_at: DateTime, begins_at: DateTime, report: &mut CheckReport) {
    let last = given_at.checked_add(SignedDuration::from_hours(DRAWN_HOURS));
    if last.is_ok_and(|last| last > begins_at) {
        let what = format!("places are given less than {DRAWN_HOURS} hours before the visit");
        report.error(path, key, what, "give them earlier: people need time to answer");
    }
}

/// People who fit into all slots of some hours.
fn held_by(plan: &SlotPlan, slot_minutes: u16) -> u64 {
    let minutes = plan.span.from.duration_until(plan.span.to).as_mins().max(0);
    u64::try_from(minutes).unwrap_or(0) / u64::from(slot_minutes.max(1)) * u64::from(plan.places)
}

#[cfg(test)]
mod tests;
