use jiff::civil::{date, time};

use super::*;
use crate::booking::BookingRules;
use crate::calendar::tests::{at, jakarta, span};
use crate::office::DayException;

/// The rules of an office that says nothing of its own.
pub(crate) fn rules() -> BookingRules {
    BookingRules {
        horizon_days: 30,
        opens_time: time(8, 0, 0, 0),
        close_minutes: 60,
        party_max: 5,
        people_per_contact_max: 5,
        moves_max: 1,
        change_days_before: 1,
        early_minutes: 30,
        late_minutes: 60,
        marks_attendance: false,
        missed_bar_days: 0,
        adult_age: 17,
    }
}

/// Half hours from nine to ten and from one to two on weekdays, three people each.
fn service() -> Service {
    let day = vec![plan((9, 0), (10, 0), 3), plan((13, 0), (14, 0), 3)];
    let none = Vec::new;
    Service {
        id: "pickup".into(),
        slot_minutes: 30,
        week: [day.clone(), day.clone(), day.clone(), day.clone(), day, none(), none()],
        openings: Vec::new(),
        rules: rules(),
        needs_nik: false,
        is_confirmed: true,
    }
}

fn plan(from: (i8, i8), to: (i8, i8), places: u16) -> SlotPlan {
    SlotPlan {
        span: span(from, to),
        places,
    }
}

fn opening(release: Release) -> Service {
    Service {
        openings: vec![Opening {
            date: date(2026, 12, 5),
            plan: vec![plan((8, 0), (10, 0), 20)],
            day_places: Some(30),
            release,
        }],
        slot_minutes: 60,
        ..service()
    }
}

fn times(slots: &[PlannedSlot]) -> Vec<(i8, i8)> {
    slots
        .iter()
        .map(|slot| (slot.time.hour(), slot.time.minute()))
        .collect()
}

const WEDNESDAY: Date = date(2026, 12, 2);
const SATURDAY: Date = date(2026, 12, 5);
/// Wednesday the 25th of November, nine in the morning in Jakarta.
const NOW: &str = "2026-11-25T02:00:00Z";

#[test]
fn a_plan_gives_slots_of_its_length() {
    let slots = planned(&jakarta(), &service(), WEDNESDAY).unwrap();
    assert_eq!(times(&slots), [(9, 0), (9, 30), (13, 0), (13, 30)]);
    // What does not fill a slot is not given.
    let longer = Service {
        slot_minutes: 45,
        ..service()
    };
    assert_eq!(
        times(&planned(&jakarta(), &longer, WEDNESDAY).unwrap()),
        [(9, 0), (13, 0)]
    );
}

#[test]
fn places_outside_the_offices_hours_are_not_given() {
    let mut office = jakarta();
    // This Wednesday the office closes at half past nine.
    let exception = DayException::Open {
        spans: vec![span((8, 0), (9, 30))],
        reason: "Apel".into(),
    };
    office.exceptions.insert(WEDNESDAY, exception);
    assert_eq!(times(&planned(&office, &service(), WEDNESDAY).unwrap()), [(9, 0)]);
}

#[test]
fn a_closed_day_says_why() {
    let mut office = jakarta();
    let holiday = DayException::Closed {
        reason: "Hari Raya Natal".into(),
        is_estimated: false,
    };
    office.exceptions.insert(date(2026, 12, 25), holiday);
    let why = |day| planned(&office, &service(), day).unwrap_err();
    let closed = |reason: Option<&str>| WhyNot::Closed {
        reason: reason.map(str::to_owned),
        is_estimated: false,
    };
    assert_eq!(why(date(2026, 12, 25)), closed(Some("Hari Raya Natal")));
    assert_eq!(why(date(2026, 12, 6)), closed(None));
    // Open, but nothing is given for this service.
    let mut fridays_off = service();
    fridays_off.week[4] = Vec::new();
    assert_eq!(planned(&office, &fridays_off, date(2026, 12, 4)), Err(WhyNot::NoPlaces));
}

#[test]
fn a_day_comes_out_at_its_hour_and_not_at_midnight() {
    let day = date(2026, 12, 25);
    let opens_at = date(2026, 11, 25).at(8, 0, 0, 0);
    let told = |now| released(&jakarta(), &service(), day, at(now));
    assert_eq!(told("2026-11-25T00:59:59Z"), Err(WhyNot::NotYet { opens_at }));
    assert_eq!(told("2026-11-25T01:00:00Z"), Ok(()));
    assert_eq!(
        released(&jakarta(), &service(), date(2026, 11, 24), at(NOW)),
        Err(WhyNot::Past)
    );
}

#[test]
fn a_slot_can_be_booked_until_an_hour_before() {
    let at_nine = WEDNESDAY.at(9, 0, 0, 0);
    let told = |now| slot_at(&jakarta(), &service(), at_nine, at(now)).map(|slot| slot.places);
    assert_eq!(told("2026-12-02T01:00:00Z"), Ok(3));
    assert_eq!(told("2026-12-02T01:00:01Z"), Err(WhyNot::TooLate));
    let between = WEDNESDAY.at(9, 15, 0, 0);
    assert_eq!(
        slot_at(&jakarta(), &service(), between, at(NOW)),
        Err(WhyNot::NoSuchHour)
    );
}

#[test]
fn each_way_of_release_says_what_comes_next() {
    let hour = |day: i8, hour: i8| date(2026, 11, day).at(hour, 0, 0, 0);
    // Now is the 25th, nine o'clock.
    let cases = [
        (Release::FirstCome { opens_at: hour(25, 8) }, Ok(())),
        (
            Release::FirstCome { opens_at: hour(25, 10) },
            Err(WhyNot::NotYet { opens_at: hour(25, 10) }),
        ),
        (
            Release::Shuffled {
                opens_at: hour(25, 10),
                per_minute: 5,
            },
            Err(WhyNot::NotYet {
                opens_at: date(2026, 11, 25).at(9, 30, 0, 0),
            }),
        ),
        (
            Release::Shuffled {
                opens_at: hour(25, 9),
                per_minute: 5,
            },
            Err(WhyNot::ByRoom { opens_at: hour(25, 9) }),
        ),
        (
            draw(hour(26, 8), hour(27, 8), hour(28, 8)),
            Err(WhyNot::NotYet { opens_at: hour(26, 8) }),
        ),
        (
            draw(hour(24, 8), hour(27, 8), hour(28, 8)),
            Err(WhyNot::ByDraw {
                closes_at: hour(27, 8),
                drawn_at: hour(28, 8),
            }),
        ),
        (
            draw(hour(20, 8), hour(25, 8), hour(28, 8)),
            Err(WhyNot::Drawing { drawn_at: hour(28, 8) }),
        ),
        (
            draw(hour(20, 8), hour(24, 8), hour(25, 8)),
            Err(WhyNot::ByList { offers_at: hour(25, 8) }),
        ),
        (
            Release::WaitingList {
                opens_at: hour(20, 8),
                offers_at: hour(28, 8),
            },
            Err(WhyNot::ByList { offers_at: hour(28, 8) }),
        ),
    ];
    for (release, expected) in cases {
        let service = opening(release.clone());
        assert_eq!(
            released(&jakarta(), &service, SATURDAY, at(NOW)),
            expected,
            "{release:?}"
        );
    }
}

fn draw(opens_at: DateTime, closes_at: DateTime, drawn_at: DateTime) -> Release {
    Release::Draw {
        opens_at,
        closes_at,
        drawn_at,
        public_value: "IHSG".into(),
    }
}

fn first_come() -> Service {
    opening(Release::FirstCome {
        opens_at: date(2026, 11, 25).at(8, 0, 0, 0),
    })
}

#[test]
fn an_opening_counts_its_day_before_its_hour() {
    let service = first_come();
    let at_eight = SATURDAY.at(8, 0, 0, 0);
    let slot = slot_at(&jakarta(), &service, at_eight, at(NOW)).unwrap();
    let named: Vec<(String, u16)> = quotas(&service, at_eight, slot)
        .into_iter()
        .map(|quota| (quota.name, quota.cap))
        .collect();
    assert_eq!(
        named,
        [
            ("pickup 2026-12-05".to_owned(), 30),
            ("pickup 2026-12-05T08:00".to_owned(), 20)
        ]
    );
}

fn used(rows: &[(&str, u32, Option<&str>)]) -> BTreeMap<String, QuotaUse> {
    let row = |(name, taken, stopped): &(&str, u32, Option<&str>)| {
        let used = QuotaUse {
            taken: *taken,
            stopped: stopped.map(str::to_owned),
        };
        ((*name).to_owned(), used)
    };
    rows.iter().map(row).collect()
}

#[test]
fn what_is_left_is_the_least_of_hour_and_day() {
    let state = |places, rows: &[(&str, u32, Option<&str>)]| {
        day_state(&jakarta(), &first_come(), SATURDAY, at(NOW), places, &used(rows))
    };
    let free = |hours: &[(i8, u16)]| {
        let hours = hours.iter().map(|(hour, left)| (time(*hour, 0, 0, 0), *left));
        DayState::Free(hours.collect())
    };
    assert_eq!(state(1, &[]), free(&[(8, 20), (9, 20)]));
    let most_of_eight = [("pickup 2026-12-05T08:00", 18, None), ("pickup 2026-12-05", 18, None)];
    assert_eq!(state(1, &most_of_eight), free(&[(8, 2), (9, 12)]));
    // A family of three does not fit at eight any more.
    assert_eq!(state(3, &most_of_eight), free(&[(9, 12)]));
    assert_eq!(state(1, &[("pickup 2026-12-05", 30, None)]), DayState::Full);
    // A row above its cap, after the office gave itself fewer places, is full and nothing else.
    assert_eq!(state(1, &[("pickup 2026-12-05", 99, None)]), DayState::Full);
}

#[test]
fn a_stopped_hour_is_left_out_and_a_stopped_day_says_why() {
    let state =
        |rows: &[(&str, u32, Option<&str>)]| day_state(&jakarta(), &first_come(), SATURDAY, at(NOW), 1, &used(rows));
    let one = state(&[("pickup 2026-12-05T08:00", 0, Some("Listrik padam"))]);
    assert_eq!(one, DayState::Free(vec![(time(9, 0, 0, 0), 20)]));
    let all = state(&[("pickup 2026-12-05", 0, Some("Listrik padam"))]);
    assert_eq!(
        all,
        DayState::Not(WhyNot::Stopped {
            reason: "Listrik padam".into()
        })
    );
}

#[test]
fn the_nearest_free_hours_come_first_whatever_their_day() {
    let days = [
        (
            WEDNESDAY,
            DayState::Free(vec![(time(9, 0, 0, 0), 1), (time(13, 0, 0, 0), 1)]),
        ),
        (date(2026, 12, 3), DayState::Full),
        (date(2026, 12, 4), DayState::Free(vec![(time(9, 0, 0, 0), 1)])),
    ];
    let wish = WEDNESDAY.at(11, 0, 0, 0);
    let found = nearest(&days, wish, 3);
    // Two hours before and two hours after: the earlier one is named first.
    assert_eq!(
        found,
        [
            WEDNESDAY.at(9, 0, 0, 0),
            WEDNESDAY.at(13, 0, 0, 0),
            date(2026, 12, 4).at(9, 0, 0, 0)
        ]
    );
    assert_eq!(nearest(&days, wish, 1).len(), 1);
    assert!(nearest(&[], wish, 3).is_empty());
}

#[test]
fn a_roster_gives_the_places_that_it_can_serve() {
    // Two counters, forty minutes a person, an hour, three quarters of it: 2.25.
    assert_eq!(SlotPlan::places_of_roster(75, 2, 60, 40), 2);
    assert_eq!(SlotPlan::places_of_roster(100, 3, 30, 10), 9);
    assert_eq!(SlotPlan::places_of_roster(100, 1, 30, 0), 30);
    assert_eq!(SlotPlan::places_of_roster(50, 1, 30, 60), 0);
}
