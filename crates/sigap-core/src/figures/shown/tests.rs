use super::*;

#[test]
fn a_few_are_not_counted_out() {
    assert_eq!(count(0), Shown::Told(0));
    assert_eq!(count(1), Shown::Few);
    assert_eq!(count(4), Shown::Few);
    assert_eq!(count(5), Shown::Told(5));
}

#[test]
fn what_is_withheld_is_not_found_by_subtraction() {
    use Shown::{Few, Told};
    assert_eq!(parts([110, 7, 3]), [Told(110), Few, Few]);
    assert_eq!(parts([110, 0, 3]), [Few, Told(0), Few]);
    assert_eq!(parts([7, 7, 3]), [Few, Told(7), Few]);
    assert_eq!(parts([110, 7, 0]), [Told(110), Told(7), Told(0)]);
    assert_eq!(parts([1, 2, 0]), [Few, Few, Told(0)]);
}

#[test]
fn a_time_that_is_that_of_a_few_is_not_told() {
    let mut waits = Histogram::default();
    assert_eq!(bound(&waits, 50), Shown::None);
    waits.add("15", 9);
    assert_eq!(bound(&waits, 50), Shown::Few);
    waits.add("60", 1);
    assert_eq!(bound(&waits, 50), Shown::Told(Bound::AtMost(15)));
    assert_eq!(bound(&waits, 90), Shown::Few);
    waits.add("60", 40);
    assert_eq!(bound(&waits, 90), Shown::Told(Bound::AtMost(60)));
}

#[test]
fn a_share_that_leads_back_to_a_few_is_not_told() {
    assert_eq!(share(0, 0), Shown::None);
    assert_eq!(share(0, 4), Shown::Few);
    assert_eq!(share(0, 40), Shown::Told(0));
    assert_eq!(share(4, 100), Shown::Few);
    assert_eq!(share(97, 100), Shown::Few, "three others");
    assert_eq!(share(100, 100), Shown::Told(100));
    assert_eq!(share(5, 100), Shown::Told(5));
}

#[test]
fn a_value_of_a_few_people_is_theirs() {
    assert_eq!(of_people::<u8>(None, 100), Shown::None);
    assert_eq!(of_people(Some(7), 4), Shown::Few);
    assert_eq!(of_people(Some(7), 5), Shown::Told(7));
}
