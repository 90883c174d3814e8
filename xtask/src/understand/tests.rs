use super::*;

#[test]
fn a_slip_is_told_before_the_build() {
    assert_eq!(not_understood(&["--sets", "my.tsv"]), Some("--sets"));
    assert_eq!(not_understood(&["--train", "now"]), Some("now"));
    assert_eq!(not_understood(&["--set"]), Some("--set"));
    assert_eq!(not_understood(&["--set", "my.tsv"]), None);
    assert_eq!(not_understood(&[]), None);
}
