//! Each class of outcome, and what it does to the message and to its number.

use sigap_whatsapp::errors::{Accepted, ApiError};

use super::*;

const SETTLE: SignedDuration = SignedDuration::from_secs(30);

fn now() -> Timestamp {
    "2026-12-01T02:15:00Z".parse().unwrap()
}

fn in_seconds(seconds: i64) -> Timestamp {
    now() + SignedDuration::from_secs(seconds)
}

fn refused(code: i64) -> SendOutcome {
    let body = format!(r#"{{"error":{{"message":"x","code":{code}}}}}"#);
    SendOutcome::Refused(ApiError::from_response(body.as_bytes()).unwrap())
}

#[track_caller]
fn after(outcome: &SendOutcome, attempt: u32) -> Consequence {
    consequence(outcome, attempt, now(), SETTLE, 0)
}

#[test]
fn an_accepted_message_keeps_its_id() {
    let accepted = SendOutcome::Accepted(Accepted {
        wamid: "wamid.1".into(),
        recipient_phone: None,
        recipient_bsuid: None,
        message_status: None,
    });
    let expected = AttemptResult::Accepted {
        message_id: "wamid.1".into(),
    };
    assert_eq!(after(&accepted, 1), Consequence::of(expected));
}

#[test]
fn an_unknown_outcome_waits_for_its_status() {
    let expected = AttemptResult::Unknown {
        settle_at: in_seconds(30),
    };
    assert_eq!(after(&SendOutcome::Unknown, 1), Consequence::of(expected));
}

#[test]
fn without_a_connection_three_tries_follow_at_once_and_then_ever_slower_ones() {
    let outcome = SendOutcome::NotSent(NotSent::NoConnection);
    for (attempt, seconds) in [(1, 0), (3, 0), (4, 2), (5, 4), (9, 60), (40, 60)] {
        let expected = AttemptResult::PutBack {
            not_before: in_seconds(seconds),
        };
        assert_eq!(after(&outcome, attempt), Consequence::of(expected), "attempt {attempt}");
    }
}

#[test]
fn what_cannot_be_built_ends() {
    assert_eq!(
        after(&SendOutcome::NotSent(NotSent::Unbuildable), 1),
        Consequence::failed(None)
    );
}

#[test]
fn a_refused_token_leaves_the_message_as_it_was_and_stops_the_number_for_an_operator() {
    let consequence = after(&refused(190), 1);
    assert_eq!(
        consequence.result,
        AttemptResult::Unclaimed {
            not_before: in_seconds(60)
        }
    );
    assert_eq!(
        consequence.pause,
        Some(Pause::Until {
            until: in_seconds(60),
            needs_operator: true
        })
    );
}

#[test]
fn a_number_that_sends_too_fast_slows_down_and_loses_nothing() {
    let consequence = after(&refused(130_429), 1);
    assert!(matches!(consequence.result, AttemptResult::PutBack { .. }));
    assert_eq!(consequence.pause, Some(Pause::SlowDown));
}

#[test]
fn too_much_for_one_person_delays_that_person_alone() {
    let consequence = after(&refused(131_056), 2);
    assert_eq!(
        consequence.result,
        AttemptResult::PutBack {
            not_before: in_seconds(4)
        }
    );
    assert_eq!(consequence.pause, None);
}

#[test]
fn an_error_that_says_little_is_repeated_three_times() {
    assert!(matches!(
        after(&refused(131_000), 3).result,
        AttemptResult::PutBack { .. }
    ));
    assert_eq!(
        after(&refused(131_000), 4).result,
        AttemptResult::Failed { code: Some(131_000) }
    );
}

#[test]
fn an_undeliverable_message_ends_with_its_code() {
    assert_eq!(after(&refused(131_026), 1), Consequence::failed(Some(131_026)));
}

#[test]
fn a_user_id_that_meta_does_not_take_may_be_replaced_by_the_phone() {
    assert!(after(&refused(131_009), 1).may_use_phone);
}

#[test]
fn a_crowd_that_was_refused_together_does_not_come_back_together() {
    let waits: Vec<_> = [0_i64, 64 << 10, 128 << 10, 255 << 10]
        .into_iter()
        .map(|seed| consequence(&refused(131_016), 3, now(), SETTLE, seed).result)
        .collect();
    for (one, other) in waits.iter().zip(&waits[1..]) {
        assert_ne!(one, other);
    }
    assert_eq!(
        waits[0],
        AttemptResult::PutBack {
            not_before: in_seconds(16)
        }
    );
}
