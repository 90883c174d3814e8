use super::read;
use crate::limits::{TAG_CHARS_MAX, TAGS_MAX};

#[test]
fn each_stands_once_in_small_letters() {
    let tags = read(" Loket 3, antrean,,\nANTREAN , ").unwrap();
    assert_eq!(tags, ["loket 3", "antrean"]);
    assert_eq!(read(" , "), Some(Vec::new()));
}

#[test]
fn what_does_not_fit_is_refused() {
    let many: Vec<String> = (0..TAGS_MAX).map(|n| format!("t{n}")).collect();
    assert_eq!(read(&many.join(",")).unwrap().len(), TAGS_MAX);
    assert_eq!(
        read(&format!("{},t0", many.join(","))).unwrap().len(),
        TAGS_MAX,
        "twice is once"
    );
    assert_eq!(read(&format!("{},more", many.join(","))), None);
    assert!(read(&"é".repeat(TAG_CHARS_MAX)).is_some());
    assert_eq!(read(&"é".repeat(TAG_CHARS_MAX + 1)), None);
}
