//! How fast it went: everything included, the load and Meta's side on the same cores too.

use std::time::Duration;

use crate::people::Heard;

/// What step 3 aims at on a file, on two cores with the load included.
const BOOKINGS_PER_SECOND_AIM: f64 = 5_000.0;

/// Processor time of a process since its start; 0 where the system does not tell.
pub(crate) fn processor_seconds(process: u32) -> f64 {
    /// Ticks a second that Linux counts in for programs.
    const TICKS: f64 = 100.0;
    let told = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The name in brackets may hold blanks: fields are counted after it.
    let fields = told.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace();
    fields
        .skip(11)
        .take(2)
        .filter_map(|ticks| ticks.parse::<f64>().ok())
        .sum::<f64>()
        / TICKS
}

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
