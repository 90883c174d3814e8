use jiff::civil::date;

use super::*;
use crate::booking::BookingCode;
use crate::booking::slots::tests::rules;
use crate::calendar::tests::{at, jakarta};
use crate::ids::{BookingId, OfficeId};

const VISIT: DateTime = date(2026, 12, 2).at(9, 0, 0, 0);

fn view(state: BookingState) -> BookingView {
    BookingView {
        id: BookingId(1),
        office: OfficeId(1),
        code: BookingCode::from_random([1; 16]),
        service: "pickup".into(),
        day: VISIT.date(),
        at: Some(VISIT),
        people: Vec::new(),
        state,
        until: None,
        moves: 0,
        url: None,
        needs_nik: false,
        approval: None,
    }
}

fn visitor(born_on: Date) -> Visitor {
    Visitor {
        name: "Ani".into(),
        born_on,
    }
}

#[test]
fn a_visit_can_be_moved_until_the_end_of_the_last_day() {
    let office = jakarta();
    let rules = rules();
    let last = date(2026, 12, 1).at(23, 59, 59, 0);
    assert_eq!(change_until(&rules, VISIT), last);
    let booked = view(BookingState::Booked);
    assert_eq!(may_move(&office, &rules, &booked, at("2026-12-01T16:59:59Z")), Ok(()));
    assert_eq!(
        may_move(&office, &rules, &booked, at("2026-12-01T17:00:00Z")),
        Err(NoChange::TooLate { last })
    );
}

#[test]
fn an_office_may_allow_changes_on_the_day_itself() {
    let rules = BookingRules {
        change_days_before: 0,
        ..rules()
    };
    assert_eq!(change_until(&rules, VISIT), VISIT);
}

#[test]
fn a_visit_is_moved_only_so_often() {
    let moved = BookingView {
        moves: 1,
        ..view(BookingState::Booked)
    };
    let now = at("2026-11-25T02:00:00Z");
    assert_eq!(
        may_move(&jakarta(), &rules(), &moved, now),
        Err(NoChange::TooOften { most: 1 })
    );
}

#[test]
fn only_what_is_booked_is_moved_and_only_what_is_live_is_cancelled() {
    let now = at("2026-11-25T02:00:00Z");
    for state in BookingState::ALL {
        let view = view(state);
        let may_move = may_move(&jakarta(), &rules(), &view, now).is_ok();
        assert_eq!(may_move, state == BookingState::Booked, "{state:?}");
        assert_eq!(may_cancel(&jakarta(), &view, now).is_ok(), state.is_live(), "{state:?}");
    }
}

#[test]
fn giving_back_is_welcome_until_the_visit_begins() {
    let booked = view(BookingState::Booked);
    // 09.00 in Jakarta.
    assert_eq!(may_cancel(&jakarta(), &booked, at("2026-12-02T01:59:59Z")), Ok(()));
    assert_eq!(
        may_cancel(&jakarta(), &booked, at("2026-12-02T02:00:00Z")),
        Err(NoChange::TooLate { last: VISIT })
    );
}

#[test]
fn who_is_later_than_the_office_waits_is_missing() {
    assert_eq!(missed_at(&jakarta(), &rules(), VISIT), Some(at("2026-12-02T03:00:00Z")));
}

#[test]
fn children_alone_need_somebody_from_the_day_they_are_not_grown_up() {
    let day = VISIT.date();
    let (child, grown_up) = (date(2009, 12, 3), date(2009, 12, 2));
    let is_alone = |born: &[Date]| {
        let people: Vec<Visitor> = born.iter().map(|born_on| visitor(*born_on)).collect();
        is_without_adult(&rules(), &people, day)
    };
    assert!(is_alone(&[child]));
    assert!(!is_alone(&[grown_up]));
    assert!(!is_alone(&[child, grown_up]));
    assert!(!is_alone(&[]));
}

#[test]
fn ages_change_on_the_birthday() {
    let born = visitor(date(2008, 2, 29));
    assert_eq!(born.age_on(date(2026, 2, 28)), 17);
    assert_eq!(born.age_on(date(2026, 3, 1)), 18);
    assert_eq!(born.age_on(date(2007, 1, 1)), 0);
}
