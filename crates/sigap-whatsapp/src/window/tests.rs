//! The edges of a day.

use jiff::Timestamp;

use super::{is_late, is_open, window_until};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn the_window_ends_a_minute_before_the_day_is_over() {
    let last = at("2026-12-01T02:00:00Z");
    assert_eq!(window_until(last), at("2026-12-02T01:59:00Z"));
    assert!(is_open(last, at("2026-12-02T01:58:59Z")));
    assert!(!is_open(last, at("2026-12-02T01:59:00Z")));
}

#[test]
fn a_message_redelivered_after_a_day_is_late_and_the_epoch_is_always_late() {
    let sent = at("2026-12-01T02:00:00Z");
    assert!(!is_late(sent, at("2026-12-02T02:00:00Z")));
    assert!(is_late(sent, at("2026-12-02T02:00:01Z")));
    assert!(!is_late(sent, at("2026-12-01T01:00:00Z")), "a clock behind Meta's");
    assert!(is_late(Timestamp::UNIX_EPOCH, sent));
}

#[test]
fn the_end_of_time_does_not_overflow() {
    assert_eq!(window_until(Timestamp::MAX), Timestamp::MAX);
    assert!(is_late(Timestamp::MIN, Timestamp::MAX));
}
