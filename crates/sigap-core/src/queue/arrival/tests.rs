use super::*;
use crate::booking::slots::tests::rules;

#[test]
fn waiting_counts_from_the_arrival_and_never_from_before_the_time_asked_for() {
    let rules = BookingRules {
        early_minutes: 30,
        ..rules()
    };
    let time = |text: &str| -> Timestamp { text.parse().unwrap() };
    let starts_at = time("2026-12-05T03:00:00Z");
    let cases = [
        ("2026-12-04T23:00:00Z", Punctuality::Early, "2026-12-05T02:30:00Z"),
        ("2026-12-05T02:30:00Z", Punctuality::InTime, "2026-12-05T02:30:00Z"),
        ("2026-12-05T03:00:00Z", Punctuality::InTime, "2026-12-05T03:00:00Z"),
        ("2026-12-05T03:20:00Z", Punctuality::Late, "2026-12-05T03:20:00Z"),
    ];
    for (came, punctuality, since) in cases {
        assert_eq!(
            waits_since(&rules, starts_at, time(came)),
            (punctuality, time(since)),
            "{came}"
        );
    }
}
