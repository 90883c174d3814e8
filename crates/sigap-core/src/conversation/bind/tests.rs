use super::*;

#[test]
fn a_code_is_read_as_it_was_printed() {
    for text in [
        "AB12CD34",
        "ab12-cd34",
        " AB12 CD34 ",
        "A B 1 2 C D 3 4",
        "ABI2CD34",
        "abl2cd34",
    ] {
        assert_eq!(normalise_slip_code(text).as_deref(), Some("AB12CD34"), "{text}");
    }
    assert_eq!(normalise_slip_code("O0O0O0O0").as_deref(), Some("00000000"));
    for text in ["", "AB12CD3", "AB12CD345", "AB12CDU4", "AB12CD3!", "ＡＢ12CD34"] {
        assert_eq!(normalise_slip_code(text), None, "{text}");
    }
}

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
