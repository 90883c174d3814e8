use jiff::civil::date;
use sigap_core::booking::Release;

use super::*;

/// Whatever the weekday on which somebody starts the demo, and at whatever hour.
#[test]
fn entries_of_the_draw_are_open_all_day_long() {
    for day in 1..=14 {
        let today = date(2026, 11, day);
        let content = with_bookings(today).unwrap();
        let office = content.office_by_slug(OFFICE).unwrap();
        let opening = office
            .services
            .iter()
            .find_map(|service| service.opening_on(draw_day(today)))
            .unwrap();
        let Release::Draw {
            opens_at, closes_at, ..
        } = &opening.release
        else {
            panic!("{:?}", opening.release)
        };
        assert!(opens_at.date() < today && closes_at.date() > today, "{today}");
    }
}

#[test]
fn the_demo_s_nation_has_halls_and_a_draw_that_is_over() {
    let today = date(2026, 11, 25);
    let content = with_nation(today, &["makassar", "jayapura"], today.at(13, 20, 0, 0)).unwrap();
    for slug in ["makassar", "jayapura", OFFICE] {
        let office = content.office_by_slug(slug).unwrap();
        assert!(office.hall.is_some() && !office.services.is_empty(), "{slug}");
    }
    let past = past_draw_day(today);
    assert!(past < today, "{past}");
    let office = content.office_by_slug(OFFICE).unwrap();
    let drawn = office.services.iter().any(|service| service.opening_on(past).is_some());
    assert!(drawn && content.office_by_slug("makassar").unwrap().services.len() == office.services.len());
    let has_room = |slug| {
        let office = content.office_by_slug(slug).unwrap();
        let mut openings = office
            .services
            .iter()
            .filter_map(|service| service.opening_on(day_of_room(today)));
        openings.any(|opening| opening.release.opens_at() == today.at(13, 20, 0, 0))
    };
    assert!(has_room("makassar") && !has_room("jayapura"));
}
