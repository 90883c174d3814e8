//! The time from which a window counts.

use super::*;

#[test]
fn a_window_counts_from_a_believable_time() {
    let received_at: Timestamp = "2026-12-01T02:15:00Z".parse().unwrap();
    let earlier = received_at - SignedDuration::from_hours(3);
    assert_eq!(readable_sent_at(earlier, received_at), earlier);
    for odd in [
        Timestamp::UNIX_EPOCH,
        received_at + SignedDuration::from_secs(1),
        Timestamp::MAX,
    ] {
        assert_eq!(readable_sent_at(odd, received_at), received_at);
    }
}
