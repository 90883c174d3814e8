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
