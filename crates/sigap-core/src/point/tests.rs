use proptest::prelude::*;

use super::*;

fn point(latitude: f64, longitude: f64) -> Point {
    Point::new(latitude, longitude).unwrap()
}

#[track_caller]
fn check(from: (f64, f64), to: (f64, f64), km: f64) {
    let (from, to) = (point(from.0, from.1), point(to.0, to.1));
    let told = from.km_to(to);
    assert!((told - km).abs() < 2.0, "{told} km instead of {km}");
    assert!((to.km_to(from) - told).abs() < 1e-9, "there and back differ");
}

#[test]
fn distances_are_those_of_an_atlas() {
    check((-6.17, 106.83), (-6.60, 106.80), 48.0); // Jakarta, Bogor
    check((-6.17, 106.83), (-7.25, 112.75), 665.0); // Jakarta, Surabaya
    check((0.5, 101.4), (-0.5, 101.4), 111.0); // over the equator
    check((5.89, 95.32), (-8.50, 140.41), 5_249.0); // Sabang, Merauke
    check((10.0, 179.9), (10.0, -179.9), 22.0); // over the date line
    check((-6.17, 106.83), (-6.17, 106.83), 0.0);
}

#[test]
fn what_is_no_place_is_no_point() {
    for (latitude, longitude) in [
        (f64::NAN, 106.0),
        (f64::INFINITY, 106.0),
        (-6.0, f64::NAN),
        (90.1, 0.0),
        (-91.0, 10.0),
        (0.0, 180.5),
        (106.8, -6.2), // Jakarta the wrong way round
        (0.0, 0.0),
    ] {
        assert_eq!(Point::new(latitude, longitude), None, "{latitude}, {longitude}");
    }
}

#[test]
fn nothing_finer_than_a_kilometre_is_held_stored_or_logged() {
    let exact = point(-6.208_763, 106.845_599);
    assert_eq!(exact, point(-6.21, 106.85));
    assert_eq!(serde_json::to_string(&exact).unwrap(), r#"{"north":-621,"east":10685}"#);
    assert_eq!(format!("{exact:?}"), "Point(…)");
}

proptest! {
    #[test]
    fn rounding_moves_nothing_by_more_than_a_kilometre(latitude in -90.0..=90.0_f64, longitude in -180.0..=180.0_f64) {
        let rounded = Point::new(latitude, longitude).unwrap();
        prop_assert!((rounded.latitude() - latitude).abs() <= 0.005_001);
        prop_assert!((rounded.longitude() - longitude).abs() <= 0.005_001);
    }

    #[test]
    fn no_two_places_are_farther_apart_than_half_the_earth(
        a in -90.0..=90.0_f64, b in -180.0..=180.0_f64, c in -90.0..=90.0_f64, d in -180.0..=180.0_f64,
    ) {
        let km = point(a, b).km_to(point(c, d));
        prop_assert!((0.0..=20_016.0).contains(&km));
    }
}
