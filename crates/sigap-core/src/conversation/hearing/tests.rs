use super::*;

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(comparable(text), expected, "{text:?}");
}

#[test]
fn letters_become_small_and_plain() {
    check("BIAYA Paspor!!", "biaya paspor");
    check("  biaya\n\tpaspor?  ", "biaya paspor");
    check("ＢＩＡＹＡ", "biaya");
    check("b\u{301}iaya", "biaya");
    check("palih kénca", "palih kenca");
    check("m-paspor", "m paspor");
    check("jum'at", "jumat");
}

#[test]
fn unseen_signs_and_pictures_fall_away() {
    check("\u{202e}\u{200f}bi\u{200b}aya\u{0}", "biaya");
    check("👍🏽 biaya 💰", "biaya");
    check("👍", "");
    check("", "");
}

#[test]
fn stretched_letters_are_one_and_double_letters_stay() {
    check("halooooo", "halo");
    check("assalamualaikum", "assalamualaikum");
    check("1111222", "1111222");
}

#[test]
fn polite_words_go_and_abbreviations_are_spelled_out() {
    check("min, sy mau tanya biaya paspor dong", "tanya biaya paspor");
    check("gmn cara bayarnya", "bagaimana cara bayar");
    check("syaratnya apa aja", "syarat apa aja");
    check("brp biayanya", "berapa biaya");
    check("permisi kak", "");
}

#[test]
fn endings_are_cut_only_where_they_are_endings() {
    check("buku warna tanya punya", "buku warna tanya punya");
    check("pasporku alamatna", "paspor alamat");
}

#[test]
fn the_comparable_form_is_stable() {
    for text in [
        "syaratnya apa aja min",
        "Berapa lama jadinya??",
        "kantor imigrasi palih mana",
        "e-KTP & m-paspor",
    ] {
        let once = comparable(text);
        assert_eq!(comparable(&once), once);
    }
}

#[test]
fn a_row_number_is_read_with_what_people_put_around_it() {
    for (text, number) in [
        ("3", Some(3)),
        (" 3. ", Some(3)),
        ("no 3", Some(3)),
        ("10", Some(10)),
        ("103", None),
        ("tiga", None),
        ("", None),
    ] {
        assert_eq!(Heard::read(text).small_number(), number, "{text}");
    }
}

#[test]
fn only_so_much_of_a_text_is_read() {
    let text = "é".repeat(10_000);
    let heard = Heard::read(&text);
    assert_eq!(heard.raw.chars().count(), TEXT_READ_CHARS_MAX);
    assert!(heard.words.chars().count() <= TEXT_READ_CHARS_MAX);
    assert!(!Heard::read("😀 ?!").has_words);
    assert!(Heard::read("pak").has_words);
}
