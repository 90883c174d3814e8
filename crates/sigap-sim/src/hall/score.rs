//! What is announced against what people then waited: the band of `sigap_core::queue::band`, fed by measured service times,
//! beside the slot average of ZMS (`QueueList.php`): typed minutes over counters for each place, eight tenths of it as the
//! hopeful end, two minutes more on both.
//!
//! A quantile is scored by the pinball loss: for the `p` quantile, `p` for each minute too early and `1 - p` for each too late.

use sigap_core::queue::band::{Overtaking, ServiceTime, band};

use super::trace::{Class, Hall, Visit, play};
use crate::release::checks::Finding;

/// A counter room that is nearly full, with an elderly person now and then; service steadier than chance, as measured at Padang.
const HALL: Hall = Hall {
    counters: 3,
    service_minutes: 9.0,
    phases: 2,
    classes: &[
        Class {
            per_hour: 2.0,
            percent: 200,
        },
        Class {
            per_hour: 16.5,
            percent: 100,
        },
    ],
};
/// Of these classes everybody's waits are scored.
const ORDINARY: usize = 1;
/// Services that were measured before: a quarter of a year.
const MEASURED: usize = 10_000;
/// What was believed before anything was measured.
const BELIEVED: ServiceTime = ServiceTime {
    mean: 720.0,
    variation: 1.0,
};
/// What the office typed in, and how much better the band must be then: the best it could know, and the example of the schema,
/// which errs on the safe side here.
const TYPED_MINUTES: [(f64, f64); 2] = [(9.0, 0.30), (12.0, 0.0)];
const HOPEFUL: f64 = 0.8;
const ADDED_MINUTES: f64 = 2.0;

/// Losses of a pair of announced quantiles, and how often the wait was below.
#[derive(Debug, Clone, Copy, Default)]
struct Score {
    loss: f64,
    below_half: u64,
    below_most: u64,
    count: u64,
}

impl Score {
    fn count(&mut self, half: f64, most: f64, waited: f64) {
        self.loss += pinball(0.5, half, waited) + pinball(0.9, most, waited);
        self.below_half += u64::from(waited <= half);
        self.below_most += u64::from(waited <= most);
        self.count += 1;
    }

    fn coverage(&self) -> (f64, f64) {
        let count = self.count.max(1) as f64;
        (self.below_half as f64 / count, self.below_most as f64 / count)
    }
}

fn pinball(part: f64, announced: f64, waited: f64) -> f64 {
    if waited >= announced {
        part * (waited - announced)
    } else {
        (1.0 - part) * (announced - waited)
    }
}

/// Plays the hall twice over: once to measure services, then to announce and compare.
#[must_use]
pub fn look_at(people: u64, seed: u64) -> Vec<Finding> {
    let mut seconds = Vec::with_capacity(MEASURED);
    play(&HALL, MEASURED as u64, seed ^ 1, |visit| {
        seconds.push(visit.served * 60.0)
    });
    let service = ServiceTime::measured(&seconds, BELIEVED);
    let overtaking = Overtaking {
        per_second: HALL.classes[0].per_hour / 3_600.0,
        times: f64::from(HALL.classes[0].percent) / f64::from(HALL.classes[ORDINARY].percent),
    };
    let counters = u32::try_from(HALL.counters).unwrap_or(1);
    let mut ours = Score::default();
    let mut slots = [Score::default(); TYPED_MINUTES.len()];
    play(&HALL, people, seed, |visit: Visit| {
        let Some(ahead) = visit.ahead.filter(|_| visit.class == ORDINARY) else {
            return;
        };
        if let Some(band) = band(ahead, counters, service, overtaking) {
            ours.count(
                band.half.as_secs_f64() / 60.0,
                band.most.as_secs_f64() / 60.0,
                visit.waited,
            );
        }
        for (score, (typed, _)) in slots.iter_mut().zip(TYPED_MINUTES) {
            let slot = typed / HALL.counters as f64 * (f64::from(ahead) + 1.0);
            score.count(slot * HOPEFUL + ADDED_MINUTES, slot + ADDED_MINUTES, visit.waited);
        }
    });
    let (half, most) = ours.coverage();
    let mut findings = vec![
        Finding {
            promise: "half of the people wait less than the lower end of the band",
            figure: format!("{:.1} %", half * 100.0),
            holds: (half - 0.5).abs() < 0.05,
        },
        Finding {
            promise: "nine of ten wait less than its upper end",
            figure: format!("{:.1} %", most * 100.0),
            holds: (most - 0.9).abs() < 0.03,
        },
    ];
    for (score, (typed, wanted)) in slots.iter().zip(TYPED_MINUTES) {
        let better = 1.0 - ours.loss / score.loss;
        let (half, most) = score.coverage();
        findings.push(Finding {
            promise: "the band loses less than the slot average",
            figure: format!(
                "{:.1} %, wanted {:.0} %, with {typed} minutes typed in; {:.0} % and {:.0} % of the people stay below its ends",
                better * 100.0,
                wanted * 100.0,
                half * 100.0,
                most * 100.0
            ),
            holds: better >= wanted,
        });
    }
    findings
}
