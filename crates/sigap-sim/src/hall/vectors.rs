//! Halls of which theory knows the answer: M/M/c, strict and accumulating priority.
//!
//! Erlang C; Cobham 1954; Kleinrock 1964; Stanford, Taylor, Ziedins 2014 (doi 10.1007/s11134-013-9382-6). The means of 10⁶
//! arrivals scatter by two hundredths, so only ten times as many are held to two hundredths.

use hdrhistogram::Histogram;

use super::trace::{Class, Hall, play};
use crate::release::checks::Finding;

/// From so many people on a mean is held to `CLOSE`.
const MANY: u64 = 10_000_000;
const CLOSE: f64 = 0.02;
const ROUGH: f64 = 0.08;
/// Credit against which a hundredth counts as nothing: as good as a strict order.
const STRICT: u16 = 60_000;
/// Waits are counted in these parts of a minute.
const PARTS: f64 = 1_000.0;
/// The longest wait that is told apart: a week.
const PARTS_MAX: u64 = 7 * 24 * 60 * 1_000;
/// Below this difference in minutes nobody looks at a ratio.
const MINUTES_APART: f64 = 0.05;

struct Vector {
    name: &'static str,
    hall: Hall,
    /// Mean wait of each class, in minutes.
    means: &'static [f64],
    /// Half, nine tenths, nineteen twentieths of all wait less, in minutes.
    quantiles: Option<[f64; 3]>,
    /// Share that has to wait.
    waits: Option<f64>,
}

const fn everybody(counters: usize, service_minutes: f64, per_hour: &'static [Class]) -> Hall {
    Hall {
        counters,
        service_minutes,
        phases: 1,
        classes: per_hour,
    }
}

const fn class(per_hour: f64, percent: u16) -> Class {
    Class { per_hour, percent }
}

const VECTORS: &[Vector] = &[
    Vector {
        name: "3 counters, 8 minutes, 20 an hour",
        hall: everybody(3, 8.0, &[class(20.0, 100)]),
        means: &[19.140],
        quantiles: Some([11.21, 49.83, 66.47]),
        waits: Some(0.7975),
    },
    Vector {
        name: "4 counters, 8 minutes, 20 an hour",
        hall: everybody(4, 8.0, &[class(20.0, 100)]),
        means: &[2.271],
        quantiles: Some([0.0, 7.98, 12.14]),
        waits: Some(0.3784),
    },
    Vector {
        name: "4 counters, 10 minutes, 22 an hour",
        hall: everybody(4, 10.0, &[class(22.0, 100)]),
        means: &[24.652],
        quantiles: Some([14.90, 63.19, 83.98]),
        waits: Some(0.8217),
    },
    Vector {
        name: "strict priority, 3 counters, 3 and 17 an hour",
        hall: everybody(3, 8.0, &[class(3.0, STRICT), class(17.0, 1)]),
        means: &[2.454, 22.085],
        quantiles: None,
        waits: None,
    },
    Vector {
        name: "strict priority, 4 counters, 4 and 18 an hour",
        hall: everybody(4, 10.0, &[class(4.0, STRICT), class(18.0, 1)]),
        means: &[2.465, 29.583],
        quantiles: None,
        waits: None,
    },
    Vector {
        name: "double credit, 3 counters, 3 and 17 an hour",
        hall: everybody(3, 8.0, &[class(3.0, 200), class(17.0, 100)]),
        means: &[11.393, 20.507],
        quantiles: None,
        waits: None,
    },
    Vector {
        name: "fourfold credit, 3 counters, 3 and 17 an hour",
        hall: everybody(3, 8.0, &[class(3.0, 400), class(17.0, 100)]),
        means: &[7.089, 21.267],
        quantiles: None,
        waits: None,
    },
    Vector {
        name: "double credit, 4 counters, 4 and 18 an hour",
        hall: everybody(4, 10.0, &[class(4.0, 200), class(18.0, 100)]),
        means: &[14.567, 26.893],
        quantiles: None,
        waits: None,
    },
    Vector {
        name: "fourfold credit, 4 counters, 4 and 18 an hour",
        hall: everybody(4, 10.0, &[class(4.0, 400), class(18.0, 100)]),
        means: &[8.804, 28.174],
        quantiles: None,
        waits: None,
    },
];

/// Plays each of them with so many people and compares.
#[must_use]
pub fn look_at_all(people: u64, seed: u64) -> Vec<Finding> {
    VECTORS
        .iter()
        .flat_map(|vector| look_at(vector, people, seed))
        .collect()
}

fn look_at(vector: &Vector, people: u64, seed: u64) -> Vec<Finding> {
    let tolerance = if people >= MANY { CLOSE } else { ROUGH };
    let mut sums = vec![(0.0_f64, 0_u64); vector.means.len()];
    let mut waits: Histogram<u32> =
        Histogram::new_with_max(PARTS_MAX, 3).unwrap_or_else(|_| unreachable!("three digits are allowed"));
    let mut waited = 0_u64;
    play(&vector.hall, people, seed, |visit| {
        if let Some((sum, count)) = sums.get_mut(visit.class) {
            *sum += visit.waited;
            *count += 1;
        }
        waited += u64::from(visit.ahead.is_some());
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a wait is short and not negative"
        )]
        let parts = (visit.waited * PARTS) as u64;
        waits.saturating_record(parts);
    });
    let mut findings: Vec<Finding> = vector
        .means
        .iter()
        .zip(&sums)
        .map(|(expected, (sum, count))| compared(vector.name, "mean wait", sum / *count as f64, *expected, tolerance))
        .collect();
    if let Some(expected) = vector.quantiles {
        for (part, expected) in [0.5, 0.9, 0.95].into_iter().zip(expected) {
            let found = waits.value_at_quantile(part) as f64 / PARTS;
            findings.push(compared(vector.name, "quantile of waits", found, expected, tolerance));
        }
    }
    if let Some(expected) = vector.waits {
        findings.push(compared(
            vector.name,
            "share that waits",
            waited as f64 / people as f64,
            expected,
            tolerance,
        ));
    }
    findings
}

fn compared(name: &str, what: &'static str, found: f64, expected: f64, tolerance: f64) -> Finding {
    let apart = (found - expected).abs();
    Finding {
        promise: what,
        figure: format!("{name}: {found:.3}, by theory {expected:.3}"),
        holds: apart <= expected * tolerance || (expected >= 1.0 || expected == 0.0) && apart < MINUTES_APART,
    }
}
