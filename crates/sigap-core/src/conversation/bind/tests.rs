use super::*;

#[test]
fn a_code_alone_is_told_from_words_and_dates() {
    for text in [
        "AB12CD34",
        "ab12-cd34",
        "AB12 CD34",
        "kode AB12CD34",
        "kode slip: ab12 cd34",
        "KODE ABCDEFGH",
    ] {
        assert!(code_alone(text).is_some(), "{text}");
    }
    for text in [
        "12031990",
        "paspornya",
        "anak 2010",
        "besok 12",
        "ABCDEFGH",
        "status",
        "kode",
        "halo kak 12",
        "",
    ] {
        assert_eq!(code_alone(text), None, "{text}");
    }
}
