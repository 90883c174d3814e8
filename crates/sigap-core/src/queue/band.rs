//! How long somebody still waits, as a band: half of all people in the same place wait less than its lower end, nine of ten
//! less than its upper one.
//!
//! With all counters busy a call comes every `mean / counters` on the mean, and whoever has `ahead` people before waits for one
//! call more. The first of them comes sooner, since the services under way began earlier: by Wald's equation the whole takes
//! `ahead + (1 + variation) / 2` of that time. It is taken as gamma-distributed; with exponential service times it is
//! Erlang(ahead + 1) exactly, and measured times that vary less make the band narrower.

use jiff::SignedDuration;
use statrs::function::gamma::gamma_lr;

/// How long a service takes, as measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ServiceTime {
    /// Mean, in seconds.
    pub mean: f64,
    /// Variance over the square of the mean: 1 for exponential times, 0 for a machine.
    pub variation: f64,
}

/// Measured times weigh as much as what is believed before, when there are so many of them.
const PRIOR_COUNT: f64 = 20.0;
/// No hall is a machine: below this a band would be narrower than people are.
const VARIATION_MIN: f64 = 0.05;
/// Above this a few forgotten *done* taps have spoilt the measurement.
const VARIATION_MAX: f64 = 4.0;
/// Halvings of the interval in which a quantile is searched: to a millionth of it.
const HALVINGS: u32 = 40;

impl ServiceTime {
    /// From times in seconds, drawn towards what is believed before as long as they are few.
    #[must_use]
    pub fn measured(seconds: &[f64], before: Self) -> Self {
        let count = seconds.len() as f64;
        let weight = count + PRIOR_COUNT;
        let mean = (seconds.iter().sum::<f64>() + PRIOR_COUNT * before.mean) / weight;
        let squares: f64 = seconds.iter().map(|time| (time - mean).powi(2)).sum();
        let believed = before.variation * before.mean.powi(2);
        let variance = (squares + PRIOR_COUNT * believed) / weight;
        Self {
            mean,
            variation: (variance / mean.powi(2).max(f64::MIN_POSITIVE)).clamp(VARIATION_MIN, VARIATION_MAX),
        }
    }
}

/// Others with priority who come while one waits and are called before.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Overtaking {
    /// How many of them come in a second.
    pub per_second: f64,
    /// What they gain for each minute, as a multiple of what this person gains; 1 or less overtakes nobody.
    pub times: f64,
}

impl Overtaking {
    /// The part of the counters' work that goes to them instead, at most nearly all of it.
    fn share(self, counters: f64, service: ServiceTime) -> f64 {
        // Only who comes within this part of one's own wait gains enough to pass.
        let early = (1.0 - 1.0 / self.times.max(1.0)).max(0.0);
        (self.per_second.max(0.0) * service.mean / counters * early).min(0.95)
    }
}

/// A waiting time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// Half of the people wait less.
    pub half: SignedDuration,
    /// Nine of ten wait less.
    pub most: SignedDuration,
}

/// The band for somebody with `ahead` people before, while all of `counters` are busy. `None` without counters: nobody can know.
#[must_use]
pub fn band(ahead: u32, counters: u32, service: ServiceTime, overtaking: Overtaking) -> Option<Band> {
    if counters == 0 || service.mean.is_nan() || service.mean <= 0.0 {
        return None;
    }
    let counters = f64::from(counters);
    let variation = service.variation.clamp(VARIATION_MIN, VARIATION_MAX);
    // In units of the time between two calls.
    let own = f64::from(ahead) + f64::midpoint(1.0, variation);
    let mean = own / (1.0 - overtaking.share(counters, service));
    let passing = mean - own;
    // Services vary; how many pass is a matter of chance; and steady services under way are at chance points.
    let variance = variation * own + passing * (1.0 + variation) + counters * (1.0 - variation).max(0.0) / 6.0;
    let shape = mean * mean / variance;
    let scale = variance / mean * service.mean / counters;
    let at = |part| SignedDuration::try_from_secs_f64(scale * quantile(shape, part)).ok();
    Some(Band {
        half: at(0.5)?,
        most: at(0.9)?,
    })
}

/// Below which value a gamma variable of this shape and scale 1 stays with this probability.
fn quantile(shape: f64, part: f64) -> f64 {
    let (mut low, mut high) = (0.0, shape + 10.0 * shape.sqrt() + 10.0);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if gamma_lr(shape, middle) < part {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests;
