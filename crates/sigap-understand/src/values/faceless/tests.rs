use proptest::prelude::*;

use super::*;

#[test]
fn numbers_names_and_addresses_are_gone() {
    for (text, told) in [
        (
            "paspor a.n. Budi Santoso udah jadi blm",
            "paspor a.n. [nama] udah jadi blm",
        ),
        ("nik saya 3171015203900001 ya", "nik saya ################ ya"),
        ("wa 0812-3456-7890 aja", "wa ####-####-#### aja"),
        (
            "kirim ke budi@example.org atau www.example.org",
            "kirim ke [alamat] atau [alamat]",
        ),
        (
            "apa punya Siti sudah dicetak? Kapan jadi",
            "apa punya [nama] sudah dicetak? Kapan jadi",
        ),
        ("Mau Daftar Paspor", "Mau Daftar Paspor"),
        (
            "besok jam 9 buat 3 orang tahun 2026",
            "besok jam 9 buat 3 orang tahun 2026",
        ),
        ("KTP saya beda sama KK", "KTP saya beda sama KK"),
        (
            "wawan setiawan, iya wawan setiawan, blm bisa login",
            "[nama], iya [nama], blm bisa login",
        ),
        ("a.n. doni sama eka pratama", "a.n. [nama] sama [nama]"),
    ] {
        assert_eq!(faceless(text), told);
    }
}

proptest! {
    #[test]
    fn no_long_number_is_left(text in "[a-zA-Z0-9 .,-]{0,400}") {
        let told = faceless(&text);
        let longest = told.split(|c: char| !c.is_ascii_digit()).map(str::len).max();
        prop_assert!(longest.unwrap_or(0) < NUMBER_DIGITS_MIN);
        prop_assert!(told.chars().count() <= CHARS_MAX);
    }
}
