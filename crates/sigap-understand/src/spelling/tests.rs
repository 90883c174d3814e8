use proptest::prelude::*;

use super::*;

#[test]
fn one_letter_is_forgiven_and_not_the_first() {
    for (one, other) in [
        ("senin", "senin"),
        ("senin", "snein"),
        ("selasa", "slasa"),
        ("selasa", "selassa"),
        ("rabu", "rabo"),
        ("kamis", "kami"),
        ("é1", "é"),
    ] {
        assert!(
            is_within_one_slip(one, other) && is_within_one_slip(other, one),
            "{one} {other}"
        );
    }
    for (one, other) in [
        ("tunggu", "minggu"),
        ("bayar", "layar"),
        ("biaya", "bia"),
        ("", ""),
        ("a", "b"),
    ] {
        assert!(!is_within_one_slip(one, other), "{one} {other}");
    }
}

proptest! {
    #[test]
    fn it_is_the_distance_of_the_library(one in "[abc]{1,6}", other in "[abc]{1,6}") {
        let expected = one.chars().next() == other.chars().next() && strsim::osa_distance(&one, &other) <= 1;
        prop_assert_eq!(is_within_one_slip(&one, &other), expected);
    }
}
