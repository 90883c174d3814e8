use proptest::prelude::*;

use super::*;
use crate::calendar::tests::office as any_office;
use crate::ids::OfficeId;
use crate::office::OfficePoint;

fn point(latitude: f64, longitude: f64) -> Point {
    Point::new(latitude, longitude).unwrap()
}

fn office(id: i64, at: Option<Point>) -> Office {
    Office {
        id: OfficeId(id),
        point: at.map(|at| OfficePoint { at, of: PointOf::City }),
        ..any_office("Asia/Jakarta")
    }
}

/// Jakarta, Bogor, Bandung, Sorong, and a counter that has no point.
fn offices() -> Vec<Office> {
    vec![
        office(1, Some(point(-6.17, 106.83))),
        office(2, Some(point(-6.60, 106.80))),
        office(3, Some(point(-6.92, 107.61))),
        office(4, Some(point(-0.88, 131.26))),
        office(5, None),
    ]
}

#[track_caller]
fn check(own: usize, place: Point, expected: Option<&[i64]>) {
    let offices = offices();
    match (find(place, &offices[own], &offices), expected) {
        (Nearest::Own, None) => {}
        (Nearest::Others(near), Some(expected)) => {
            let ids: Vec<i64> = near.iter().map(|(office, _)| office.id.0).collect();
            assert_eq!(ids, expected);
        }
        (found, expected) => panic!("{expected:?} expected, not {found:?}"),
    }
}

#[test]
fn the_own_office_is_named_when_none_is_clearly_nearer() {
    check(0, point(-6.20, 106.85), None);
    // Half way: Bogor is two kilometres nearer than Jakarta.
    check(0, point(-6.40, 106.82), None);
    check(1, point(-6.38, 106.82), None);
}

#[test]
fn others_are_named_nearest_first_and_none_far_behind() {
    check(2, point(-6.55, 106.80), Some(&[2, 1]));
    check(0, point(-0.90, 131.30), Some(&[4]));
    // A counter without a point is never the nearest.
    check(4, point(-6.17, 106.83), Some(&[1, 2]));
}

#[test]
fn outside_the_country_no_office_is_the_nearest() {
    let offices = offices();
    for (latitude, longitude) in [(21.42, 39.83), (35.68, 139.69), (-33.87, 151.21)] {
        let found = find(point(latitude, longitude), &offices[0], &offices);
        assert_eq!(found, Nearest::Nothing, "{latitude}, {longitude}");
    }
    assert_eq!(find(point(-6.2, 106.8), &offices[4], &offices[4..]), Nearest::Nothing);
}

#[test]
fn a_distance_is_round_and_none_is_told_within_a_town() {
    let town = office(1, Some(point(-6.17, 106.83)));
    let mut door = town.clone();
    door.point = door.point.map(|known| OfficePoint {
        of: PointOf::Building,
        ..known
    });
    let km = |km: i64| WORDLESS_NEAR_KM.phrase(vec![("km", Arg::Number(km))]);
    assert_eq!(distance(&town, 9.9), WORDLESS_NEAR_TOWN.words());
    assert_eq!(distance(&town, 11.9), km(10));
    assert_eq!(distance(&town, 48.1), km(50));
    assert_eq!(distance(&town, 184.0), km(180));
    assert_eq!(distance(&town, 336.0), km(350));
    assert_eq!(distance(&door, 1.9), WORDLESS_NEAR_TOWN.words());
    assert_eq!(distance(&door, 6.0), km(5));
}

proptest! {
    #[test]
    fn the_nearest_is_really_the_nearest(
        towns in prop::collection::vec((-11.0..6.0_f64, 95.0..141.0_f64), 1..40),
        place in (-11.0..6.0_f64, 95.0..141.0_f64),
    ) {
        let offices: Vec<Office> = (0..).zip(&towns).map(|(id, (north, east))| office(id, Some(point(*north, *east)))).collect();
        let place = point(place.0, place.1);
        let km = |office: &Office| office.point.map_or(f64::MAX, |known| place.km_to(known.at));
        let least = offices.iter().map(km).fold(f64::MAX, f64::min);
        match find(place, &offices[0], &offices) {
            Nearest::Nothing => prop_assert!(least > NEAREST_KM_MAX),
            Nearest::Own => prop_assert!(km(&offices[0]) <= least + NEAREST_MARGIN_KM && least <= NEAREST_KM_MAX),
            Nearest::Others(near) => {
                prop_assert!(km(&offices[0]) > least + NEAREST_MARGIN_KM);
                prop_assert!(!near.is_empty() && near.len() <= NEAREST_OFFICES_MAX);
                prop_assert_eq!(near[0].1, least);
                let named_to = near.last().map_or(0.0, |(_, km)| *km);
                let left_out = offices.iter().filter(|office| near.iter().all(|(named, _)| named.id != office.id));
                for office in left_out {
                    prop_assert!(km(office) >= named_to || near.len() < NEAREST_OFFICES_MAX && km(office) > least + NEAREST_SPREAD_KM);
                }
            }
        }
    }
}
