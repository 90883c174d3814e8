use super::*;

#[track_caller]
fn check(minutes: &[u64], percent: u64, expected: Option<Bound>) {
    let mut histogram = Histogram::default();
    for minutes in minutes {
        histogram.add(&step_name(&WAIT_STEPS, minutes * 60), 1);
    }
    assert_eq!(histogram.bound(percent), expected, "{minutes:?}");
}

#[test]
fn the_bound_holds_for_so_many_of_those_who_waited() {
    check(&[], 50, None);
    check(&[0], 50, Some(Bound::AtMost(1)));
    check(&[7], 50, Some(Bound::AtMost(8)));
    check(&[1, 2, 3, 4], 50, Some(Bound::AtMost(2)));
    check(&[1, 2, 3, 4, 5], 50, Some(Bound::AtMost(3)));
    check(&[1, 2, 3, 4, 5, 6, 8, 10, 12, 240], 90, Some(Bound::AtMost(12)));
    check(&[1, 2, 3, 4, 5, 6, 8, 10, 12, 240], 91, Some(Bound::AtMost(240)));
    check(&[300, 300], 50, Some(Bound::Over(240)));
    check(&[240, 300], 90, Some(Bound::Over(240)));
}

#[test]
fn a_step_ends_with_its_last_second() {
    assert_eq!(step_name(&WAIT_STEPS, 0), "1");
    assert_eq!(step_name(&WAIT_STEPS, 60), "1");
    assert_eq!(step_name(&WAIT_STEPS, 61), "2");
    assert_eq!(step_name(&WAIT_STEPS, 240 * 60), "240");
    assert_eq!(step_name(&WAIT_STEPS, 240 * 60 + 1), "over240");
}

#[test]
fn days_add_up_whatever_their_steps_were() {
    let mut one = Histogram::default();
    one.add("10", 3);
    one.add("over240", 1);
    one.add("over", 9);
    one.add("nonsense", 9);
    let mut other = Histogram::default();
    other.add("7", 6);
    one.join(&other);
    assert_eq!(one.count(), 10);
    assert_eq!(one.bound(60), Some(Bound::AtMost(7)));
    assert_eq!(one.bound(90), Some(Bound::AtMost(10)));
    assert_eq!(one.bound(91), Some(Bound::Over(240)));
}

#[test]
fn bounds_are_told_as_what_is_known() {
    assert_eq!(Bound::AtMost(15).to_string(), "≤ 15");
    assert_eq!(Bound::Over(240).to_string(), "> 240");
}
