use jiff::civil::date;
use sigap_content::sample;

use super::*;

#[test]
fn the_next_day_off_is_told_two_weeks_before_and_weekends_are_not() {
    let content = sample::with_bookings(date(2026, 11, 25)).unwrap();
    let office = content.office_by_slug(sample::OFFICE).unwrap();
    let told = |text: &str| next_closure(office, text.parse().unwrap()).map(|(day, _)| day);
    // The day before Christmas 2026 is a common day off, a Thursday.
    assert_eq!(told("2026-12-12T02:00:00Z"), Some(date(2026, 12, 24)));
    assert_eq!(told("2026-12-01T02:00:00Z"), None);
}
