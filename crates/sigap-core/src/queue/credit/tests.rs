use jiff::SignedDuration;
use proptest::prelude::*;

use super::*;

/// Waiting since so many minutes after an hour of some day.
fn waiting(number: u32, minute: i64, percent: u16) -> InLine {
    InLine {
        number,
        since: at(minute),
        percent,
    }
}

fn at(minute: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minute)
}

fn called(line: &[InLine], minute: i64) -> Option<u32> {
    next(line, at(minute)).map(|waiting| waiting.number)
}

#[test]
fn nobody_waits_and_nobody_is_called() {
    assert_eq!(called(&[], 10), None);
}

#[test]
fn who_came_first_is_called_first() {
    let line = [waiting(2, 5, 100), waiting(1, 0, 100), waiting(3, 7, 100)];
    assert_eq!(called(&line, 10), Some(1));
}

#[test]
fn double_credit_passes_who_waited_less_than_twice_as_long() {
    let line = [waiting(1, 0, 100), waiting(2, 5, 200)];
    // After ten minutes both have ten: the lower number. Then the faster one is ahead.
    assert_eq!(called(&line, 10), Some(1));
    assert_eq!(called(&line, 11), Some(2));
}

#[test]
fn who_came_this_moment_has_no_credit_and_a_clock_set_back_harms_nobody() {
    let line = [waiting(7, 10, 400), waiting(8, 3, 100)];
    assert_eq!(called(&line, 10), Some(8));
    // Nobody has credit yet: who came first.
    assert_eq!(called(&line, 0), Some(8));
}

#[test]
fn past_the_cap_of_the_day_everybody_gains_the_same() {
    let elderly = Priority {
        percent: 200,
        daily_cap: 2,
    };
    let gained: Vec<u16> = (0..4).map(|earlier| elderly.percent_after(earlier)).collect();
    assert_eq!(gained, [200, 200, 100, 100]);
    let punished = Priority {
        percent: 20,
        daily_cap: 9,
    };
    assert_eq!(punished.percent_after(0), ORDINARY_PERCENT);
}

proptest! {
    /// The promise: who waited longer than `percent / 100` times as long as everybody with priority is called before them.
    #[test]
    fn waiting_long_enough_beats_every_priority(
        others in prop::collection::vec((0_i64..60, 100_u16..=400), 0..40),
        minute in 61_i64..600,
    ) {
        let mut line: Vec<InLine> = others
            .iter()
            .zip(2..)
            .map(|((ago, percent), number)| waiting(number, minute - ago, *percent))
            .collect();
        // Four times an hour at least.
        line.push(waiting(1, minute - 4 * 60, 100));
        prop_assert_eq!(called(&line, minute), Some(1));
    }

    /// Whoever is next stays next when somebody else of no more credit joins, and the order of the line does not matter.
    #[test]
    fn the_order_of_the_list_does_not_matter(
        others in prop::collection::vec((0_i64..60, 100_u16..=400), 1..40),
    ) {
        let mut line: Vec<InLine> = others
            .iter()
            .zip(1..)
            .map(|((since, percent), number)| waiting(number, *since, *percent))
            .collect();
        let first = called(&line, 100);
        line.reverse();
        prop_assert_eq!(called(&line, 100), first);
        line.push(waiting(1_000, 100, 400));
        prop_assert_eq!(called(&line, 100), first);
    }
}
