use super::*;

#[test]
fn a_few_are_not_counted_out() {
    assert_eq!(count(0), Shown::Told(0));
    assert_eq!(count(1), Shown::Few);
    assert_eq!(count(4), Shown::Few);
    assert_eq!(count(5), Shown::Told(5));
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
