use super::*;

#[test]
fn a_slip_is_told_before_the_build() {
    assert_eq!(not_understood(&["--sets", "my.tsv"]), Some("--sets"));
    assert_eq!(not_understood(&["--floors", "now"]), Some("now"));
    assert_eq!(not_understood(&["--set"]), Some("--set"));
    assert_eq!(not_understood(&["--set", "my.tsv", "--dates"]), Some("--dates"));
    assert_eq!(not_understood(&["--set", "my.tsv"]), None);
    assert_eq!(
        not_understood(&["--dates", "my.tsv", "--now", "2020-02-12T09:30"]),
        None
    );
    assert_eq!(not_understood(&["--dates", "--now", "2020-02-12T09:30"]), None);
    assert_eq!(not_understood(&[]), None);
}

#[test]
fn values_are_judged_only_where_a_set_has_some() {
    let title = "text\tintent\tlang\tslots\n";
    assert!(!has_values(title));
    assert!(!has_values(&format!("{title}a = b\thours\tid\nbesok\tinform\tid\t\n")));
    assert!(has_values(&format!("{title}besok\tinform\tid\tdate=besok\n")));
}
