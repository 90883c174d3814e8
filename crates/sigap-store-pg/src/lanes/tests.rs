use super::*;

const HERE: OfficeId = OfficeId(1);
const THERE: OfficeId = OfficeId(2);

fn filled(works: &[(OfficeId, u32)]) -> Lanes<u32> {
    let lanes = Lanes::new();
    for (office, work) in works {
        lanes.push(*office, *work).unwrap();
    }
    lanes
}

/// Takes, looks and gives back.
fn look(lanes: &Lanes<u32>, most: usize) -> Option<(OfficeId, Vec<u32>)> {
    lanes.take(most).map(|taken| (taken.office, taken.works.clone()))
}

#[test]
fn a_lane_keeps_its_order_and_belongs_to_who_took_it() {
    let lanes = filled(&[(HERE, 1), (HERE, 2), (THERE, 3), (HERE, 4)]);
    let taken = lanes.take(2).unwrap();
    assert_eq!((taken.office, &taken.works[..]), (HERE, &[1, 2][..]));
    lanes.push(HERE, 5).unwrap();
    assert_eq!(look(&lanes, 9), Some((THERE, vec![3])));
    drop(taken);
    assert_eq!(look(&lanes, 9), Some((HERE, vec![4, 5])));
}

#[test]
fn a_flood_at_one_office_delays_another_by_one_batch() {
    let mut works: Vec<_> = (0..100).map(|work| (HERE, work)).collect();
    works.push((THERE, 100));
    let lanes = filled(&works);
    assert_eq!(look(&lanes, 10).map(|(office, _)| office), Some(HERE));
    assert_eq!(look(&lanes, 10), Some((THERE, vec![100])));
}

#[test]
fn closing_takes_nothing_more_and_lets_what_waits_be_worked() {
    let lanes = filled(&[(HERE, 1), (HERE, 2)]);
    assert_eq!(look(&lanes, 1), Some((HERE, vec![1])));
    lanes.close();
    assert_eq!(lanes.push(HERE, 3), Err(3));
    assert_eq!(look(&lanes, 9), Some((HERE, vec![2])));
    assert_eq!(look(&lanes, 9), None);
}
