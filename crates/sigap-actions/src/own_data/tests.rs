use super::{mask, mask_phone};

#[test]
fn a_masked_number_is_known_again_and_not_learnt() {
    assert_eq!(mask_phone("6281234567890"), "628••••••••90");
    assert_eq!(mask("1021000012345678", 4, 4), "1021••••••••5678");
}

#[test]
fn of_a_short_text_nothing_is_shown() {
    assert_eq!(mask_phone("62812"), "•••••");
    assert_eq!(mask_phone(""), "");
}
