use super::is_named;

#[test]
fn a_first_name_counts_as_a_word_of_its_own() {
    assert!(is_named("Ani Lestari", "Terima kasih Bu ANI, ramah sekali"));
    assert!(!is_named("Ani Lestari", "Petugasnya berani dan ramah"));
    assert!(!is_named("Budi", "Terima kasih Bu Ani"));
    assert!(!is_named("", "Terima kasih"));
}
