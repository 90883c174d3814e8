//! A place on the earth, only as exactly as an office has to be chosen by it, and how far two of them are apart.

use serde::{Deserialize, Serialize};

/// Kilometres from the middle of the earth to its surface, on average (IUGG).
const EARTH_RADIUS_KM: f64 = 6_371.0;
/// Steps in a degree: one of them is 1.1 km from north to south, and about that from east to west near the equator.
const STEPS_PER_DEGREE: f64 = 100.0;

/// Degrees north and east, rounded to hundredths: about a kilometre. Nobody's house is found by it, so it cannot hold more of
/// where a citizen is than the choice of an office needs.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Point {
    /// Hundredths of a degree north of the equator.
    north: i16,
    /// Hundredths of a degree east of Greenwich.
    east: i16,
}

impl Point {
    /// The place at these degrees; `None` where there is no such place, and at 0, 0, which phones send that know no place.
    #[must_use]
    pub fn new(latitude: f64, longitude: f64) -> Option<Self> {
        let is_on_earth = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
        let is_unknown = latitude == 0.0 && longitude == 0.0;
        (is_on_earth && !is_unknown).then(|| Self {
            north: steps(latitude),
            east: steps(longitude),
        })
    }

    /// Degrees north.
    #[must_use]
    pub fn latitude(self) -> f64 {
        f64::from(self.north) / STEPS_PER_DEGREE
    }

    /// Degrees east.
    #[must_use]
    pub fn longitude(self) -> f64 {
        f64::from(self.east) / STEPS_PER_DEGREE
    }

    /// Kilometres in a straight line over the earth (haversine).
    #[must_use]
    pub fn km_to(self, other: Self) -> f64 {
        let (from, to) = (self.latitude().to_radians(), other.latitude().to_radians());
        let north = ((to - from) / 2.0).sin();
        let east = ((other.longitude() - self.longitude()).to_radians() / 2.0).sin();
        let part = north * north + from.cos() * to.cos() * east * east;
        2.0 * EARTH_RADIUS_KM * part.sqrt().min(1.0).asin()
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "at most 18,000 either way, which `new` has looked at"
)]
fn steps(degrees: f64) -> i16 {
    (degrees * STEPS_PER_DEGREE).round() as i16
}

// Where somebody is must not reach a log by way of `{:?}`.
impl std::fmt::Debug for Point {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Point(…)")
    }
}

#[cfg(test)]
mod tests;
