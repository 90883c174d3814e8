//! The bounds, and that no part of the time between them is preferred.

use super::*;

#[test]
fn the_ends_of_chance_stay_within_the_bounds() {
    assert_eq!(hidden_for([0; 8]), SignedDuration::from_mins(30));
    let longest = 12_600_u64.to_be_bytes();
    assert_eq!(hidden_for(longest), SignedDuration::from_mins(240));
}

#[test]
fn every_half_hour_is_as_likely_as_the_others() {
    // Multiples of a large odd number run through the values evenly.
    let mut counts = [0_u32; 7];
    for step in 0..70_000_u64 {
        let minutes = hidden_for(step.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes()).as_secs() / 60;
        counts[usize::try_from((minutes - 30) / 30).unwrap().min(6)] += 1;
    }
    for count in counts {
        assert!((9_700..10_300).contains(&count), "{counts:?}");
    }
}

proptest::proptest! {
    #[test]
    fn no_bytes_lead_out_of_the_bounds(random: [u8; 8]) {
        let hidden = hidden_for(random);
        proptest::prop_assert!(hidden >= SignedDuration::from_mins(30));
        proptest::prop_assert!(hidden <= SignedDuration::from_mins(240));
    }
}
