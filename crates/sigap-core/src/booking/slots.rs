//! Which hours of a day can be booked, how many places they have, and why not when they have none.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::service::{Opening, Release, Service, SlotPlan};
use crate::calendar::{self, ClosedReason};
use crate::limits::{ROOM_MINUTES, SLOTS_PER_DAY_MAX};
use crate::office::Office;

/// A slot as planned: not yet looked at who has taken it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlannedSlot {
    /// When it begins.
    pub time: Time,
    /// People.
    pub places: u16,
}

/// Why nothing is given on a day or at an hour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyNot {
    /// The day is over.
    Past,
    /// Too late for today's hours.
    TooLate,
    /// The office is closed.
    Closed {
        /// The holiday's name; `None` on a weekday without hours.
        reason: Option<String>,
        /// True while the decree's date is an estimate.
        is_estimated: bool,
    },
    /// The office is open and does not give places for this service on that day.
    NoPlaces,
    /// Places come out later.
    NotYet {
        /// At this moment, office time.
        opens_at: DateTime,
    },
    /// No such hour in the plan.
    NoSuchHour,
    /// Places are given by draw.
    ByDraw {
        /// Entries until then.
        closes_at: DateTime,
        /// The draw.
        drawn_at: DateTime,
    },
    /// The draw is under way: entries are closed, the result is not there yet.
    Drawing {
        /// The draw.
        drawn_at: DateTime,
    },
    /// Places are offered to a waiting list.
    ByList {
        /// First offers.
        offers_at: DateTime,
    },
    /// One goes in through the waiting room.
    ByRoom {
        /// The hour.
        opens_at: DateTime,
    },
    /// The office has closed this hour or day for new bookings.
    Stopped {
        /// In its words.
        reason: String,
    },
}

/// A counted quota: booking adds to `taken` only while it stays within `cap`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quota {
    /// Its name in storage: service, day and hour; the day alone for the quota of a day.
    pub name: String,
    /// Places.
    pub cap: u16,
}

/// What stands in a quota's row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QuotaUse {
    /// Places taken.
    pub taken: u32,
    /// Why the office gives no more, in its words.
    pub stopped: Option<String>,
}

/// A day as a person who wants to book sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayState {
    /// Hours with enough places, and how many are left there.
    Free(Vec<(Time, u16)>),
    /// All taken.
    Full,
    /// Nothing to take, and why.
    Not(WhyNot),
}

/// The slots of a day by the office's plan.
///
/// # Errors
/// Why there are none: closed, or no places for this service.
pub fn planned(office: &Office, service: &Service, date: Date) -> Result<Vec<PlannedSlot>, WhyNot> {
    if let Some(opening) = service.opening_on(date) {
        return Ok(slots_of(&opening.plan, service.slot_minutes, |_| true));
    }
    if let Some(reason) = calendar::closed_reason(office, date) {
        return Err(match reason {
            ClosedReason::Weekday => WhyNot::Closed {
                reason: None,
                is_estimated: false,
            },
            ClosedReason::Exception { reason, is_estimated } => WhyNot::Closed {
                reason: Some(reason.to_owned()),
                is_estimated,
            },
        });
    }
    let monday_is_zero = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default();
    let plan = service.week.get(monday_is_zero).map_or(&[][..], Vec::as_slice);
    let hours = calendar::hours_on(office, date);
    let slots = slots_of(plan, service.slot_minutes, |time| {
        hours.iter().any(|span| span.from <= time && time < span.to)
    });
    if slots.is_empty() {
        return Err(WhyNot::NoPlaces);
    }
    Ok(slots)
}

/// Whether places of a day are given to whoever asks now.
///
/// # Errors
/// Why not yet, or in which other way.
pub fn released(office: &Office, service: &Service, date: Date, now: Timestamp) -> Result<(), WhyNot> {
    let today = calendar::local_date(office, now);
    if date < today {
        return Err(WhyNot::Past);
    }
    let now = office.zone.to_datetime(now);
    let Some(opening) = service.opening_on(date) else {
        let rules = &service.rules;
        let opens_at = date
            .checked_sub(i64::from(rules.horizon_days).days())
            .unwrap_or(Date::MIN)
            .to_datetime(rules.opens_time);
        return if now < opens_at {
            Err(WhyNot::NotYet { opens_at })
        } else {
            Ok(())
        };
    };
    released_opening(opening, now)
}

fn released_opening(opening: &Opening, now: DateTime) -> Result<(), WhyNot> {
    match opening.release {
        Release::FirstCome { opens_at } if now < opens_at => Err(WhyNot::NotYet { opens_at }),
        Release::FirstCome { .. } => Ok(()),
        Release::Shuffled { opens_at, .. } => {
            let room_opens_at = opens_at
                .checked_sub(i64::from(ROOM_MINUTES).minutes())
                .unwrap_or(opens_at);
            if now < room_opens_at {
                Err(WhyNot::NotYet {
                    opens_at: room_opens_at,
                })
            } else {
                Err(WhyNot::ByRoom { opens_at })
            }
        }
        Release::Draw { opens_at, .. } if now < opens_at => Err(WhyNot::NotYet { opens_at }),
        Release::Draw {
            closes_at, drawn_at, ..
        } if now < closes_at => Err(WhyNot::ByDraw { closes_at, drawn_at }),
        Release::Draw { drawn_at, .. } if now < drawn_at => Err(WhyNot::Drawing { drawn_at }),
        // What the draw left goes to the waiting list; who comes later joins it.
        Release::Draw { drawn_at, .. } => Err(WhyNot::ByList { offers_at: drawn_at }),
        Release::WaitingList { opens_at, .. } if now < opens_at => Err(WhyNot::NotYet { opens_at }),
        Release::WaitingList { offers_at, .. } => Err(WhyNot::ByList { offers_at }),
    }
}

/// The slot that begins at that moment, if it can still be booked.
///
/// # Errors
/// Why not.
pub fn slot_at(office: &Office, service: &Service, at: DateTime, now: Timestamp) -> Result<PlannedSlot, WhyNot> {
    let slot = planned(office, service, at.date())?
        .into_iter()
        .find(|slot| slot.time == at.time())
        .ok_or(WhyNot::NoSuchHour)?;
    if is_too_late(office, service, at, now) {
        return Err(WhyNot::TooLate);
    }
    Ok(slot)
}

fn is_too_late(office: &Office, service: &Service, at: DateTime, now: Timestamp) -> bool {
    let closes = SignedDuration::from_mins(i64::from(service.rules.close_minutes));
    office
        .zone
        .to_timestamp(at)
        .ok()
        .and_then(|at| at.checked_sub(closes).ok())
        .is_none_or(|last| now > last)
}

/// The quotas a booking draws on, in the order in which they are taken: the day's, where there is one, then the hour's.
#[must_use]
pub fn quotas(service: &Service, at: DateTime, slot: PlannedSlot) -> Vec<Quota> {
    let mut quotas = Vec::with_capacity(2);
    if let Some(cap) = service.opening_on(at.date()).and_then(|opening| opening.day_places) {
        quotas.push(Quota {
            name: day_quota(service, at.date()),
            cap,
        });
    }
    quotas.push(Quota {
        name: slot_quota(service, at),
        cap: slot.places,
    });
    quotas
}

/// The name of a day's quota: `simpatik 2026-12-05`.
#[must_use]
pub fn day_quota(service: &Service, date: Date) -> String {
    format!("{} {date}", service.id)
}

/// The name of an hour's quota: `simpatik 2026-12-05T08:30`.
#[must_use]
pub fn slot_quota(service: &Service, at: DateTime) -> String {
    let time = at.time();
    format!("{} {}T{:02}:{:02}", service.id, at.date(), time.hour(), time.minute())
}

/// Why nothing can be taken on a day, by its plan and its release: past, closed, no places, not yet, in another way. `None`
/// when places are given now; they may still be taken.
#[must_use]
pub fn why_not(office: &Office, service: &Service, date: Date, now: Timestamp) -> Option<WhyNot> {
    if date < calendar::local_date(office, now) {
        return Some(WhyNot::Past);
    }
    planned(office, service, date)
        .err()
        .or_else(|| released(office, service, date, now).err())
}

/// Hours of one day with at least `places` places left. `used` holds the rows of the day's quotas by name.
#[must_use]
pub fn day_state(
    office: &Office,
    service: &Service,
    date: Date,
    now: Timestamp,
    places: u16,
    used: &BTreeMap<String, QuotaUse>,
) -> DayState {
    if let Some(why) = why_not(office, service, date, now) {
        return DayState::Not(why);
    }
    free_hours(office, service, date, now, places, used)
}

/// As `day_state`, for somebody who need not wait for the release: the waiting room's guest inside, the desk.
#[must_use]
pub fn free_hours(
    office: &Office,
    service: &Service,
    date: Date,
    now: Timestamp,
    places: u16,
    used: &BTreeMap<String, QuotaUse>,
) -> DayState {
    let slots = match planned(office, service, date) {
        Ok(slots) => slots,
        Err(why) => return DayState::Not(why),
    };
    let coming: Vec<PlannedSlot> = slots
        .into_iter()
        .filter(|slot| !is_too_late(office, service, date.to_datetime(slot.time), now))
        .collect();
    if coming.is_empty() {
        return DayState::Not(WhyNot::TooLate);
    }
    let mut stopped = None;
    let free: Vec<(Time, u16)> = coming
        .into_iter()
        .filter_map(|slot| {
            let left = quotas(service, date.to_datetime(slot.time), slot)
                .iter()
                .map(|quota| {
                    let used = used.get(&quota.name);
                    if let Some(reason) = used.and_then(|used| used.stopped.clone()) {
                        stopped = Some(reason);
                        return 0;
                    }
                    let taken = used.map_or(0, |used| used.taken);
                    u16::try_from(u32::from(quota.cap).saturating_sub(taken)).unwrap_or(u16::MAX)
                })
                .min()
                .unwrap_or(0);
            (left >= places.max(1)).then_some((slot.time, left))
        })
        .collect();
    match (free.is_empty(), stopped) {
        (false, _) => DayState::Free(free),
        (true, Some(reason)) => DayState::Not(WhyNot::Stopped { reason }),
        (true, None) => DayState::Full,
    }
}

/// The free hours nearest to a wish, at most `most`; the earlier one first at equal distance.
#[must_use]
pub fn nearest(days: &[(Date, DayState)], wish: DateTime, most: usize) -> Vec<DateTime> {
    let mut free: Vec<DateTime> = days
        .iter()
        .filter_map(|(date, state)| match state {
            DayState::Free(hours) => Some(hours.iter().map(move |(time, _)| date.to_datetime(*time))),
            DayState::Full | DayState::Not(_) => None,
        })
        .flatten()
        .collect();
    free.sort_by_key(|at| (at.duration_until(wish).abs(), *at));
    free.truncate(most);
    free
}

fn slots_of(plan: &[SlotPlan], minutes: u16, is_open: impl Fn(Time) -> bool) -> Vec<PlannedSlot> {
    let minutes = i64::from(minutes.max(1));
    let mut slots: Vec<PlannedSlot> = plan
        .iter()
        .flat_map(|plan| {
            let length = SignedDuration::from_mins(minutes);
            let starts = std::iter::successors(Some(plan.span.from), move |time| time.checked_add(length).ok());
            starts
                .take_while(move |time| {
                    time.checked_add(length)
                        .is_ok_and(|end| end <= plan.span.to && end > *time)
                })
                .map(|time| PlannedSlot {
                    time,
                    places: plan.places,
                })
        })
        .filter(|slot| slot.places > 0 && is_open(slot.time))
        .take(SLOTS_PER_DAY_MAX)
        .collect();
    slots.sort_by_key(|slot| slot.time);
    slots.dedup_by_key(|slot| slot.time);
    slots
}

#[cfg(test)]
pub(crate) mod tests;
