//! How fast it went: everything included, the load and Meta's side on the same cores too.

use std::time::Duration;

use crate::people::Heard;

/// What step 3 aims at on a file, on two cores with the load included.
const BOOKINGS_PER_SECOND_AIM: f64 = 5_000.0;

pub(crate) fn print(heard: Heard, seconds: f64, processor_seconds: f64) {
    let ended = (heard.codes.len() as f64 + heard.refused as f64).max(1.0);
    let booked = heard.codes.len() as f64 / seconds;
    if heard.refused == 0 {
        println!(
            "bookings a second {booked:.0}, {:.0} % of the aim of {BOOKINGS_PER_SECOND_AIM:.0} on a file",
            booked / BOOKINGS_PER_SECOND_AIM * 100.0
        );
    }
    println!(
        "decided a second {:.0}, processor time of the program for each {:.0} µs",
        ended / seconds,
        processor_seconds / ended * 1e6
    );
    for (what, took) in [("booking", heard.booked_after), ("refusal", heard.refused_after)] {
        if !took.is_empty() {
            let (median, late) = median_and_p99(took);
            println!(
                "a {what}, median {} ms, p99 {} ms",
                median.as_millis(),
                late.as_millis()
            );
        }
    }
}

fn median_and_p99(mut took: Vec<Duration>) -> (Duration, Duration) {
    took.sort_unstable();
    let at = |percent: usize| took.get(took.len() * percent / 100).copied().unwrap_or_default();
    (at(50), at(99))
}
