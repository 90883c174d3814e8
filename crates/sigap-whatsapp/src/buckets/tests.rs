//! Bursts, waits and forgetting, with a clock made of numbers.

use jiff::{SignedDuration, Timestamp};

use super::Buckets;

fn at(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(1_796_000_000_000 + milliseconds).unwrap()
}

#[test]
fn one_person_gets_a_burst_of_45_and_then_one_in_six_seconds() {
    let mut buckets = Buckets::<u8, u8>::new();
    buckets.set_rate(1, 80);
    for _ in 0..45 {
        assert_eq!(buckets.take(1, 7, at(0)), Ok(()));
    }
    assert_eq!(buckets.take(1, 7, at(0)), Err(SignedDuration::from_secs(6)));
    assert_eq!(buckets.take(1, 8, at(0)), Ok(()), "another person is not held up");
    assert_eq!(buckets.take(1, 7, at(5_999)), Err(SignedDuration::from_millis(1)));
    assert_eq!(buckets.take(1, 7, at(6_000)), Ok(()));
    assert!(buckets.take(1, 7, at(6_001)).is_err());
}

#[test]
fn a_number_sends_its_rate_and_others_are_not_held_up() {
    let mut buckets = Buckets::<u8, u32>::new();
    for person in 0..40 {
        assert_eq!(buckets.take(1, person, at(0)), Ok(()));
    }
    assert_eq!(buckets.take(1, 99, at(0)), Err(SignedDuration::from_millis(25)));
    assert_eq!(buckets.take(2, 99, at(0)), Ok(()));
    assert_eq!(buckets.take(1, 99, at(25)), Ok(()));
    let sent = (1_000..2_000)
        .filter(|&ms| buckets.take(1, 1_000 + ms as u32, at(ms)).is_ok())
        .count();
    assert!((40..=80).contains(&sent), "{sent} in a second");
}

#[test]
fn a_refused_message_takes_nothing_from_the_other_bucket() {
    let mut buckets = Buckets::<u8, u8>::new();
    buckets.set_rate(1, 1);
    assert_eq!(buckets.take(1, 7, at(0)), Ok(()));
    for _ in 0..100 {
        assert!(buckets.take(1, 8, at(0)).is_err());
    }
    buckets.set_rate(1, 80);
    let burst = (0..60).filter(|_| buckets.take(1, 8, at(10_000)).is_ok()).count();
    assert_eq!(burst, 45);
}

#[test]
fn after_a_throughput_refusal_the_rate_is_halved_for_a_minute() {
    let mut buckets = Buckets::<u8, u32>::new();
    buckets.slow_down(1, at(0));
    assert!(buckets.take(1, 0, at(0)).is_err());
    let slow = (2_000..12_000)
        .step_by(5)
        .filter(|&ms| buckets.take(1, ms as u32, at(ms)).is_ok())
        .count();
    assert!((195..=225).contains(&slow), "{slow} in ten seconds");
    let fast = (70_000..80_000)
        .step_by(5)
        .filter(|&ms| buckets.take(1, ms as u32, at(ms)).is_ok())
        .count();
    assert!((395..=445).contains(&fast), "{fast} in ten seconds");
}

#[test]
fn memory_is_bounded_and_old_buckets_are_forgotten() {
    let mut buckets = Buckets::<u8, u32>::new();
    buckets.people_max = 10;
    buckets.set_rate(1, 80);
    for person in 0..10 {
        assert_eq!(buckets.take(1, person, at(0)), Ok(()));
    }
    assert_eq!(buckets.take(1, 10, at(0)), Err(SignedDuration::from_secs(1)));
    assert_eq!(buckets.take(1, 10, at(6_001)), Ok(()));
    assert_eq!(buckets.people.len(), 1);
}
