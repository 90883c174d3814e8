use super::*;

#[test]
fn what_fits_is_left_alone() {
    assert_eq!(cut_body("Halo.".to_owned(), 5), "Halo.");
    assert_eq!(cut_title("Ségmén".to_owned(), 6), "Ségmén");
}

#[test]
fn a_body_is_cut_after_the_last_whole_sentence() {
    let cut = cut_body("Bawa KTP asli. Datang pagi. Jangan lupa bukti bayar.".to_owned(), 40);
    assert_eq!(cut, "Bawa KTP asli. Datang pagi.…");
}

#[test]
fn a_full_stop_inside_a_number_ends_no_sentence() {
    let cut = cut_body("Biaya paspor ini adalah Rp650.000 untuk lima tahun".to_owned(), 36);
    assert_eq!(cut, "Biaya paspor ini adalah Rp650.000…");
}

#[test]
fn a_body_without_sentences_is_cut_anywhere_but_never_inside_a_character() {
    assert_eq!(cut_body("é".repeat(10), 5), format!("{}…", "é".repeat(4)));
    assert_eq!(cut_body("x".repeat(10), 0).chars().count(), 1);
}

#[test]
fn cut_words_keep_the_limit() {
    let text = "kata ".repeat(300);
    for limit in [1, 2, 20, 1_024] {
        assert!(cut_body(text.clone(), limit).chars().count() <= limit, "body {limit}");
        assert!(cut_title(text.clone(), limit).chars().count() <= limit, "title {limit}");
    }
}
