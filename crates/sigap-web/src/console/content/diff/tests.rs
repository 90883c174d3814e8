use super::*;

#[track_caller]
fn check(before: &str, after: &str, expected: &[(&str, &str)]) {
    let pieces = pieces(before, after);
    let shown: Vec<(&str, &str)> = pieces.iter().map(|piece| (piece.sign, piece.text.as_str())).collect();
    assert_eq!(shown, expected);
}

#[test]
fn only_the_words_that_differ_are_marked() {
    check(
        "Biaya paspor Rp650.000 saja",
        "Biaya paspor Rp700.000 saja",
        &[
            ("", "Biaya paspor "),
            ("-", "Rp650.000"),
            ("+", "Rp700.000"),
            ("", " saja"),
        ],
    );
    check("", "baru", &[("+", "baru")]);
    check("lama", "", &[("-", "lama")]);
    check("sama", "sama", &[("", "sama")]);
}

#[test]
fn texts_with_little_in_common_stand_one_after_the_other() {
    check(
        "Ketik menu untuk melihat semua layanan kami di sini",
        "Bantuan ada di meja satu",
        &[
            ("-", "Ketik menu untuk melihat semua layanan kami di sini"),
            ("+", "Bantuan ada di meja satu"),
        ],
    );
}
